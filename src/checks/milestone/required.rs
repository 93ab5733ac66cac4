//! `milestone/required`: a standard node left out although the scale keeps it.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::Absence;
use crate::{rule, said};

rule! {
    /// A standard milestone is left out that campaigns of this scale keep.
    ///
    /// ## Why
    /// Each standard node catches a mistake that was once expensive. Small campaigns do without some, and policy says
    /// which (`scales.<scale>.drop`); whoever else leaves one out needs somebody to approve it, in public, with a waiver.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "plan-review"
    /// skip = "No time"
    /// ```
    /// ```toml,passes
    /// scale = "small"
    ///
    /// [[milestone]]
    /// id = "plan-review"
    /// skip = "Small campaigns are not reviewed"
    /// ```
    pub(crate) static RULE = "milestone/required", Error, ["MIL-2", "MIL-3", "MIL-4", "SOP-6"],
    zh: "省略了该规模应保留的标准里程碑。\n\n每个标准节点都来自一次昂贵的教训。小型活动可以省去其中一些，由政策规定（`scales.<规模>.drop`）；其他活动要省略，须有人公开批准并写下豁免。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let scale = model.policy.rows.scales.find(&campaign.scale);
    for (id, why) in campaign.schedule.iter().flat_map(|s| &s.absent) {
        let (Absence::Skipped(reason), Some(row)) = (why, model.policy.node(id)) else { continue };
        let is_dropped = scale.is_some_and(|s| s.drop.iter().any(|d| d.value == *id));
        let is_needless = row.needs.as_deref() == Some("physical-materials") && !campaign.has_physical_materials();
        if is_dropped || is_needless {
            continue;
        }
        let (task, size) = (words::text(&row.task), &campaign.scale);
        let (en, zh) = (&task.en, &task.zh);
        let message = said!("a `{size}` campaign cannot leave out {en}", "`{size}` 规模的活动不能省略 {zh}");
        found.push(
            Diagnostic::new(&RULE, reason.span, message)
                .hint(said!(
                    "remove `skip`, or have it approved: add `[[waiver]]` with `rule`, `target = \"{id}\"`, `reason`, `approver` and `expires`",
                    "请删除 `skip`，或经人批准：添加 `[[waiver]]`，写上 `rule`、`target = \"{id}\"`、`reason`、`approver`、`expires`"
                ))
                .about(campaign.subject().item(id)),
        );
    }
}

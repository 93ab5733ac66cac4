//! `postmortem/late`: a step of the review that came after its day.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A step of a review was reached after the day of its milestone.
    ///
    /// ## Why
    /// The next campaigns are planned while this one is reviewed (PMR-2, CAL-12): each day of delay is a day on which they are planned
    /// without its lessons.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md as-of=2026-07-01
    /// +++
    /// status = "data"
    ///
    /// [dates]
    /// data = 2026-06-19
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md as-of=2026-07-01
    /// +++
    /// status = "data"
    ///
    /// [dates]
    /// data = 2026-06-17
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/late", Info, ["PMR-2"],
    zh: "复盘的某一步晚于其里程碑日期。\n\n复盘本活动时，后面的活动已在策划（PMR-2、CAL-12）：每晚一天，它们就少用一天经验。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(review), Some(policy)) = (&campaign.postmortem, &model.policy.rows.review) else { return };
    let Some(schedule) = &campaign.schedule else { return };
    let mut met: Vec<&str> = Vec::new();
    for (status, row) in policy.statuses.iter() {
        let Some(id) = row.milestone.as_deref() else { continue };
        let (Some(node), Some((_, date))) =
            (schedule.milestone(id), review.dates.iter().find(|(s, _)| s.value == status))
        else {
            continue;
        };
        // Two statuses may meet one node: the first of them counts.
        if met.contains(&id) || date.value > model.as_of {
            continue;
        }
        met.push(id);
        let days = node.due.until(date.value);
        if days > 0 {
            let (late, name, due) = (words::days(days), words::node(node), node.due);
            let (en, zh, name_en, name_zh) = (&late.en, &late.zh, &name.en, &name.zh);
            let message = said!(
                "`{status}` was reached {en} after {name_en} was due on {due}",
                "`{status}` 比{name_zh}的截止日 {due} 晚 {zh}"
            );
            let advice = said!(
                "say under the process what held it up, and plan the next review earlier",
                "请在“过程”一节说明耽搁的原因，下次复盘提前安排"
            );
            let subject = campaign.subject().item(status);
            found.push(Diagnostic::new(&RULE, date.span, message).hint(advice).about(subject));
        }
    }
}

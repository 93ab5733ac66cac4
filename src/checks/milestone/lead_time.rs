//! `milestone/lead-time`: preparation that begins later than the scale wants.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// Preparation begins later before the first day than the scale of the campaign wants.
    ///
    /// ## Why
    /// A launch two weeks late reached two thirds of its guests; with 45 days of preparation and checkpoints every launch of the year was
    /// on time (MIL-9). Days by scale are policy, `scales.<scale>.lead-days`. Preparation begins with the first node, or earlier, with
    /// `preparation`.
    ///
    /// ## Example
    /// ```toml,reports
    /// scale = "large"
    /// ```
    /// ```toml,passes
    /// scale = "large"
    /// preparation = "T-45"
    /// ```
    pub(crate) static RULE = "milestone/lead-time", Warning, ["MIL-9"],
    zh: "筹备开始得比活动规模要求的晚。\n\n一次晚了两周的上线只来了三分之二的人；改为 45 天筹备并设检查点后，全年准时率达到 100%（MIL-9）。各规模的天数是政策 `scales.<规模>.lead-days`。筹备从第一个节点算起；更早则写 `preparation`。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let Some(wanted) = model.policy.rows.scales.find(&campaign.scale).and_then(|s| s.lead_days) else { return };
    let begins = campaign.preparation.map_or(schedule.first, |p| p.value.min(schedule.first));
    let start = schedule.window.first;
    let has = begins.until(start);
    if has >= wanted {
        return;
    }
    let (has, want) = (words::days(has), words::days(wanted));
    let (en, zh, want_en, want_zh) = (&has.en, &has.zh, &want.en, &want.zh);
    let latest = start.plus(-wanted);
    let message = said!(
        "preparation begins {en} before the first day, this scale wants {want_en}",
        "筹备只提前 {zh}，该规模要求 {want_zh}"
    );
    let span = campaign.preparation.map_or(schedule.start_span, |p| p.span);
    found.push(
        Diagnostic::new(&RULE, span, message)
            .hint(said!(
                "begin by {latest}: add a first node such as a kick-off, or `preparation = \"T-{wanted}\"`",
                "请在 {latest} 前开始：添加启动会等首个节点，或写 `preparation = \"T-{wanted}\"`"
            ))
            .about(campaign.subject()),
    );
}

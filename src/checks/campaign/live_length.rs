//! `campaign/live-length`: a live window shorter or longer than its scale allows.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::weight;
use crate::{rule, said};

rule! {
    /// A campaign is live for fewer or more days than campaigns of its scale.
    ///
    /// ## Why
    /// A burst of three to seven days keeps attention: a shorter one cannot build up, a longer one dilutes effort and
    /// gifts. Each scale in policy states its range (`live-days`) and how much it weighs (`live-severity`).
    ///
    /// ## Example
    /// ```toml,reports
    /// start = 2026-06-10
    /// end = 2026-06-19
    /// ```
    /// ```toml,passes
    /// start = 2026-06-10
    /// end = 2026-06-16
    /// ```
    pub(crate) static RULE = "campaign/live-length", Warning, ["CAL-5", "SOP-6"],
    zh: "活动进行的天数超出其规模的范围。\n\n3–7 天的爆发期能聚拢注意力：太短来不及升温，太长则摊薄投入和礼品。各规模的天数范围（`live-days`）和严重程度（`live-severity`）写在政策中。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let Some(scale) = model.policy.rows.scales.find(&campaign.scale) else { return };
    let range = scale.live_days.as_ref().and_then(|b| Some((b.min?, b.max?)));
    let (Some((min, max)), Some(severity)) = (range, weight_of(scale.live_severity)) else { return };
    let is = schedule.window.days();
    if (min..=max).contains(&is) {
        return;
    }
    let last = schedule.window.first.plus(if is > max { max.saturating_sub(1) } else { min.saturating_sub(1) });
    let (size, days) = (&campaign.scale, words::days(is));
    let (en, zh) = (&days.en, &days.zh);
    let message = said!(
        "the campaign is live for {en}, a `{size}` one for {min} to {max}",
        "活动进行 {zh}，`{size}` 规模应为 {min} 到 {max} 天"
    );
    let advice = if is > max {
        said!("end it on {last} or earlier", "请在 {last} 或更早结束")
    } else {
        said!("end it on {last} or later", "请在 {last} 或更晚结束")
    };
    found.push(
        Diagnostic::new(&RULE, schedule.end_span, message)
            .severity(severity)
            .fix(advice, schedule.end_span, last.to_string())
            .about(campaign.subject()),
    );
}

/// The severity a scale gives this rule: its own where the scale says nothing, none when it is off.
fn weight_of(written: Option<crate::policy::Weight>) -> Option<crate::base::Severity> {
    written.map_or(Some(RULE.severity), weight)
}

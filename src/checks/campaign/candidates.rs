//! `campaign/candidates`: too few or too many candidate themes once the theme is due.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::weight;
use crate::{rule, said};

rule! {
    /// The theme was due, and too few or too many candidates for it are recorded.
    ///
    /// ## Why
    /// A theme chosen from three to five candidates was really chosen; a single idea was only accepted, and twenty were
    /// not weighed. The record shows later teams what has been thought of. How much it weighs depends on the scale.
    ///
    /// ## Example
    /// ```toml,reports as-of=2026-05-12
    /// theme = "Plain 618"
    /// candidates = ["Plain 618", "Nineteen hours"]
    /// ```
    /// ```toml,passes as-of=2026-05-12
    /// theme = "Plain 618"
    /// candidates = ["Plain 618", "Nineteen hours", "One price"]
    /// ```
    pub(crate) static RULE = "campaign/candidates", Warning, ["SOP-7"],
    zh: "主题已到期，记录的候选主题过少或过多。\n\n从三到五个候选中选出的主题才是真正选出来的；只有一个只是默认，二十个则没有权衡。记录也让后来的团队知道想过什么。严重程度因规模而异。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

/// The standard node at which the theme is chosen.
const CHOSEN: &str = "theme-decided";

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(due) = campaign.schedule.as_ref().and_then(|s| s.milestone(CHOSEN)).map(|m| m.due) else { return };
    let written = model.policy.rows.scales.find(&campaign.scale).and_then(|s| s.candidates_severity);
    let Some(severity) = written.map_or(Some(RULE.severity), weight) else { return };
    let (min, max) = (model.policy.figure("theme-candidates-min"), model.policy.figure("theme-candidates-max"));
    let is = campaign.candidates.as_ref().map_or(0, |c| i64::try_from(c.value.len()).unwrap_or(i64::MAX));
    if model.as_of < due
        || (min..=max).contains(&is)
        || (campaign.candidates.is_none() && campaign.written.has("candidates"))
    {
        return;
    }
    let message = match is {
        0 => said!("no candidate theme is recorded, wanted {min} to {max}", "没有记录候选主题，应为 {min} 到 {max} 个"),
        1 => said!(
            "1 candidate theme is recorded, wanted {min} to {max}",
            "只记录了 1 个候选主题，应为 {min} 到 {max} 个"
        ),
        _ => said!(
            "{is} candidate themes are recorded, wanted {min} to {max}",
            "记录了 {is} 个候选主题，应为 {min} 到 {max} 个"
        ),
    };
    let advice = if is < min {
        said!(
            "list the themes that were weighed: `candidates = [\"…\", \"…\", \"…\"]`",
            "请列出权衡过的主题：`candidates = [\"…\", \"…\", \"…\"]`"
        )
    } else {
        said!("keep the {max} that were weighed to the end", "请保留最后权衡的 {max} 个")
    };
    let span = campaign.candidates.as_ref().map_or(campaign.span, |c| c.span);
    found.push(Diagnostic::new(&RULE, span, message).severity(severity).hint(advice).about(campaign.subject()));
}

//! `postmortem/lessons-missing`: a plan that learns from no campaign before it.

use super::before;
use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign after the first uses the lessons of no other.
    ///
    /// ## Why
    /// Lessons reach the next plan because its author names where they come from (PMR-4). The previous campaign or the one before will do
    /// (CAL-12).
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/may/campaign.toml
    /// title = "May"
    /// owner = "lin"
    /// start = 2026-05-13
    /// end = 2026-05-17
    /// ```
    /// ```toml,reports
    /// summary = "Everything new"
    /// ```
    /// ```toml,passes
    /// lessons-from = ["may"]
    /// ```
    pub(crate) static RULE = "postmortem/lessons-missing", Warning, ["PMR-4", "CAL-12"],
    zh: "从第二个活动起，没有写借鉴了哪个活动的经验。\n\n作者写明经验从哪里来，经验才会进入下一份方案（PMR-4）。上一场或再上一场都可以（CAL-12）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(start) = campaign.start.filter(|_| campaign.lessons_from.is_empty()) else { return };
    let written = campaign.written.span("lessons-from");
    let earlier = before(model, start.value);
    if earlier.is_empty() || (written.is_some() && !campaign.sound) {
        return;
    }
    let reach = usize::try_from(model.policy.figure("actions-applied-within")).unwrap_or(0);
    let last: Vec<String> = earlier.iter().rev().take(reach).rev().map(|c| format!("\"{}\"", c.id)).collect();
    let list = last.join(", ");
    let message = said!("the plan names no campaign whose lessons it uses", "方案没有写借鉴了哪个活动的经验");
    found.push(
        Diagnostic::new(&RULE, written.unwrap_or(campaign.span), message)
            .hint(said!(
                "read the last reviews and write those it uses: `lessons-from = [{list}]`",
                "请阅读最近的复盘，写上所借鉴的：`lessons-from = [{list}]`"
            ))
            .about(campaign.subject()),
    );
}

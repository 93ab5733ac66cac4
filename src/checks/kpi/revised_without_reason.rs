//! `kpi/revised-without-reason`: a target that was changed, and nobody says why.

use crate::base::{Diagnostic, Found, Text};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A target was changed without a reason.
    ///
    /// ## Why
    /// The attainment table shows both targets (PMR-5). A lower one with a reason is a decision; without one it looks as if the result
    /// had been known first.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// revised = 60
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// revised = 60
    /// reason = "Two shops are closed for repair."
    /// ```
    pub(crate) static RULE = "kpi/revised-without-reason", Error, ["PMR-5"],
    zh: "目标改了，却没有说明原因。\n\n达成表同时显示两个目标（PMR-5）。有原因的下调是决定；没有原因，看起来就像先知道了结果。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    for kpi in campaign.kpis.iter().filter(|k| k.sound && k.reason.as_ref().is_none_or(Text::is_empty)) {
        let Some(revised) = kpi.revised else { continue };
        let (word, old, new) = (&kpi.metric.value, kpi.target.value, revised.value);
        let message = said!(
            "`{word}` went from {old} to {new} without a reason",
            "`{word}` 的目标从 {old} 改为 {new}，没有说明原因"
        );
        found.push(
            Diagnostic::new(&RULE, revised.span, message)
                .label(kpi.target.span, said!("the target of the plan", "原定目标"))
                .hint(said!("add `reason = \"…\"` below it", "请在下面添加 `reason = \"…\"`"))
                .about(campaign.subject().item(word)),
        );
    }
}

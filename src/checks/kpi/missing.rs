//! `kpi/missing`: a campaign without a target.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign has no target at all.
    ///
    /// ## Why
    /// Without a target nobody can say afterwards whether it worked; the attainment table of its post-mortem stays empty (KPI-1, PMR-5).
    ///
    /// ## Example
    /// ```toml,reports
    /// summary = "A campaign that wants nothing"
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// ```
    pub(crate) static RULE = "kpi/missing", Info, ["KPI-1", "PMR-5"],
    zh: "活动没有任何目标。\n\n没有目标，事后谁也说不清活动是否有效，复盘的达成表也是空的（KPI-1、PMR-5）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    if !campaign.kpis.is_empty() || campaign.written.has("kpi") {
        return;
    }
    let message = said!("the campaign has no target", "活动没有目标");
    let diagnostic = Diagnostic::new(&RULE, campaign.span, message).about(campaign.subject());
    let example = model.policy.rows.metrics.iter().find(|(_, m)| m.target.is_some());
    let example = example.map_or("participation-rate", |(id, _)| id);
    found.push(diagnostic.hint(said!(
        "add a `[[kpi]]` with `metric`, such as `{example}`, and `target`",
        "请添加 `[[kpi]]`，写上 `metric`（如 `{example}`）和 `target`"
    )));
}

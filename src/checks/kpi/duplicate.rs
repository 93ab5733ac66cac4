//! `kpi/duplicate`: two targets for one metric.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign sets two targets for one metric.
    ///
    /// ## Why
    /// Gates and the attainment table compare with the campaign's target (PMR-5); with two of them a result may be reached and missed
    /// at once. A target that was changed keeps its line and adds `revised` and `reason`.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    ///
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 60
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// revised = 60
    /// reason = "Two shops are closed for repair."
    /// ```
    pub(crate) static RULE = "kpi/duplicate", Error, ["KPI-1", "PMR-5"],
    zh: "同一活动为同一指标设了两个目标。\n\n门槛和达成表都与活动目标对照（PMR-5）；有两个目标，结果就可能既达成又未达成。目标有变时保留原行，写上 `revised` 和 `reason`。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    for (place, kpi) in campaign.kpis.iter().enumerate() {
        let word = &kpi.metric.value;
        let Some(first) = campaign.kpis[..place].iter().find(|k| k.metric.value == *word) else { continue };
        let (old, new) = (first.target.value, kpi.target.value);
        let advice = match old == new {
            true => said!("remove one of the two", "请删除其中一个"),
            false => said!(
                "keep the first, and write `revised = {new}` and a `reason` there if the target was changed",
                "请保留第一个；如果目标有变，在那里写 `revised = {new}` 和 `reason`"
            ),
        };
        found.push(
            Diagnostic::new(&RULE, kpi.metric.span, said!("`{word}` has two targets", "`{word}` 有两个目标"))
                .label(first.metric.span, said!("first here, {old}", "第一次在这里，{old}"))
                .hint(advice)
                .about(campaign.subject().item(word)),
        );
    }
}

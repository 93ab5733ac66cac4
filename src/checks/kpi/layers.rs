//! `kpi/layers`: targets that leave out a monitoring layer.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// No target of the campaign is of a monitoring layer that its scale must cover.
    ///
    /// ## Why
    /// Live figures show whether it works today, those of the weeks after whether it was worth it (MON-5). A campaign that only counts
    /// participants learns nothing about repurchase; one that only counts returns learns of trouble after its end. The layer of each
    /// metric, and the scales that must cover it, are rows of policy.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    ///
    /// [[kpi]]
    /// metric = "roi"
    /// target = 4
    /// ```
    pub(crate) static RULE = "kpi/layers", Info, ["MON-5"],
    zh: "活动的目标没有覆盖其规模必须覆盖的监测层。\n\n实时数据说明今天是否有效，之后几周的数据说明是否值得（MON-5）。只数参与人数，学不到复购；只看回报，要到结束后才知道出了问题。各指标属于哪一层、哪些规模必须覆盖，都在政策中。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let rows = &model.policy.rows;
    // A target that could not be read, or names no metric, may be the one. None at all is `kpi/missing`.
    let all_known = campaign.kpis.iter().all(|k| rows.metrics.find(&k.metric.value).is_some());
    if campaign.kpis.is_empty() || !all_known || !campaign.sound {
        return;
    }
    let layer = |metric: &str| rows.metrics.find(metric).and_then(|m| m.monitoring.as_ref()).map(|l| l.value.as_str());
    let is_covered = |id: &str| campaign.kpis.iter().any(|k| layer(&k.metric.value) == Some(id));
    let needed = rows.monitoring.iter().filter(|(_, row)| row.scales.iter().any(|s| s.value == campaign.scale));
    let missing: Vec<_> = needed.filter(|(id, _)| !is_covered(id)).collect();
    let Some((first, _)) = missing.first() else { return };
    let names: Vec<_> = missing.iter().map(|(_, row)| words::text(&row.name)).collect();
    let list = words::first_three(&names);
    let (en, zh) = (&list.en, &list.zh);
    let example = rows.metrics.iter().find(|(id, m)| m.target.is_some() && layer(id) == Some(first));
    let example = example.map_or("…", |(id, _)| id);
    let message = said!("no target is watched in the layer {en}", "没有属于 {zh} 监测层的目标");
    let advice = said!("add a `[[kpi]]` such as `{example}`", "请添加 `[[kpi]]`，如 `{example}`");
    found.push(Diagnostic::new(&RULE, campaign.kpis[0].metric.span, message).hint(advice).about(campaign.subject()));
}

//! `kpi/fraction`: a percentage that is written as a fraction of one.

use super::Check;
use crate::base::{Diagnostic, Found, Quantity, Spanned};
use crate::checks::words;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::MetricUnit;
use crate::{rule, said};

rule! {
    /// A target or reading of a percentage looks like a fraction of one.
    ///
    /// ## Why
    /// Spreadsheets keep 30 % as `0.3`; here a percentage is written as its number, `30`. A target of `0.3` is reached by
    /// nearly everybody, and a reading of `0.3` stops the campaign at its next gate (KPI-8). How far below its pass mark a value is
    /// taken for a fraction is policy (`figures.fraction-times`).
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "interaction-rate"
    /// target = 0.3
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "interaction-rate"
    /// target = 30
    /// ```
    pub(crate) static RULE = "kpi/fraction", Warning, ["KPI-8"],
    zh: "百分比的目标或读数像是写成了小数。\n\n表格软件把 30% 存成 `0.3`；这里的百分比只写数字 `30`。目标写成 `0.3` 人人都能达到，读数写成 `0.3` 会让活动在下一道门槛被拦下（KPI-8）。比及格线低多少倍视为小数，由政策决定（`figures.fraction-times`）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let times = model.policy.figure("fraction-times");
    let target = |metric: &str| campaign.kpis.iter().find(|k| k.metric.value == metric).map(|k| k.target.value);
    let targets = campaign.kpis.iter().flat_map(|kpi| {
        let mark = model.policy.metric(&kpi.metric.value).and_then(|m| m.target.or(m.reference));
        [Some(kpi.target), kpi.revised].into_iter().flatten().map(move |value| (&kpi.metric, value, mark))
    });
    let readings = campaign.results.readings.iter().map(|r| (&r.metric, r.value, target(&r.metric.value)));
    for (metric, value, mark) in targets.chain(readings) {
        let is_percent =
            model.policy.metric(&metric.value).and_then(|m| m.unit).is_some_and(|unit| unit == MetricUnit::Percent);
        let is = value.value;
        let is_fraction = is > Quantity::whole(0) && is < Quantity::whole(1);
        if is_percent && is_fraction && mark.is_some_and(|mark| mark.0 >= is.0.saturating_mul(times)) {
            found.push(report(model, &metric.value, value).about(campaign.subject().item(&metric.value)));
        }
    }
}

fn report(model: &Model, metric: &str, value: Spanned<Quantity>) -> Diagnostic {
    let number = Quantity(value.value.0.saturating_mul(100));
    let [is, meant] = [value.value, number].map(|n| words::quantity(n, model.policy.metric(metric)));
    let (is_en, is_zh, en, zh) = (&is.en, &is.zh, &meant.en, &meant.zh);
    let message = said!("`{metric}` is {is_en}, a fraction of one per cent", "`{metric}` 为 {is_zh}，不到百分之一");
    let advice = said!("if {en} is meant, write `{number}`", "如果是 {zh}，请写 `{number}`");
    Diagnostic::new(&RULE, value.span, message).guess(advice, value.span, number.to_string(), false)
}

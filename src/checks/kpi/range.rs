//! `kpi/range`: a value below zero where there is none.

use crate::base::{Diagnostic, Found, Quantity, Spanned};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::MetricUnit;
use crate::{rule, said};

rule! {
    /// A target or reading is negative, and its unit knows no such values.
    ///
    /// ## Why
    /// Growth and scores may fall below zero; minutes, orders and returns on investment cannot (KPI-8). Such a value is a slip, and
    /// every gate that is judged by it is judged wrongly.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "roi"
    /// target = -4
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "roi"
    /// target = 4
    /// ```
    pub(crate) static RULE = "kpi/range", Error, ["KPI-8"],
    zh: "目标或读数为负，而其单位不可能为负。\n\n增长率和评分可以小于零；分钟、订单数和投入产出比不会（KPI-8）。这样的值是笔误，凭它判断的门槛也都会判错。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let targets =
        campaign.kpis.iter().flat_map(|k| [Some(k.target), k.revised].into_iter().flatten().map(|v| (&k.metric, v)));
    let readings = campaign.results.readings.iter().map(|r| (&r.metric, r.value));
    for (metric, value) in targets.chain(readings).filter(|(_, v)| v.value < Quantity::whole(0)) {
        let unit = model.policy.metric(&metric.value).and_then(|m| m.unit);
        if unit.is_some_and(is_never_negative) {
            found.push(report(&metric.value, value).about(campaign.subject().item(&metric.value)));
        }
    }
}

fn is_never_negative(unit: MetricUnit) -> bool {
    use MetricUnit::{Count, Days, Minutes, Money, PerMonth, Percent, Points, Ratio, Score, Times};
    match unit {
        Minutes | Days | Ratio | Count | PerMonth | Times => true,
        Percent | Points | Money | Score => false,
    }
}

fn report(metric: &str, value: Spanned<Quantity>) -> Diagnostic {
    let is = value.value;
    let right = Quantity(is.0.saturating_abs());
    let message = said!("`{metric}` is {is}, less than nothing", "`{metric}` 为 {is}，小于零");
    let advice = said!("remove the sign: `{right}`", "去掉负号：`{right}`");
    Diagnostic::new(&RULE, value.span, message).fix(advice, value.span, right.to_string())
}

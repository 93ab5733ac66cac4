//! Return on investment by campaign as bars, and each much-measured metric across the year's campaigns as a line.

use crate::base::Quantity;
use crate::model::campaign::Campaign;
use crate::model::measure;
use crate::pages::graph::{Data, Graph, Series, graph};
use crate::pages::parts;
use crate::plan::{Cx, Ref, Words};
use crate::policy::Metric;
use serde::Serialize;

/// A campaign's return.
#[derive(Serialize)]
pub(super) struct Return {
    campaign: Ref,
    roi: String,
    target: Option<String>,
    /// Thousandths of the greatest return or target.
    width: i64,
    target_x: Option<i64>,
    is_reached: bool,
}

/// The returns of campaigns that measured one.
pub(super) fn returns(cx: &Cx<'_>, campaigns: &[&Campaign]) -> Vec<Return> {
    let Some((id, metric)) = cx.model().policy.metric_for("return") else { return Vec::new() };
    let measured: Vec<(&Campaign, Quantity, Option<Quantity>)> = campaigns
        .iter()
        .filter_map(|c| {
            let target = c.kpi(id).map(crate::model::campaign::Kpi::current).or(metric.target);
            Some((*c, measure::actual(c, id)?.0, target))
        })
        .collect();
    let greatest = measured.iter().flat_map(|(_, roi, target)| [Some(*roi), *target]).flatten().max();
    let greatest = greatest.map_or(1, |q| q.0.max(1));
    let place = |q: Quantity| q.0.max(0) * 1000 / greatest;
    let row = |(campaign, roi, target): (&Campaign, Quantity, Option<Quantity>)| Return {
        campaign: parts::campaign(cx, campaign),
        roi: cx.measured(roi, Some(metric)),
        target: target.map(|t| cx.measured(t, Some(metric))),
        width: place(roi),
        target_x: target.map(|t| place(t).min(996)),
        is_reached: target.is_none_or(|t| roi >= t),
    };
    measured.into_iter().map(row).collect()
}

/// A campaign and what it measured.
type Measured<'a> = (&'a Campaign, Option<Quantity>);

/// A metric across campaigns.
#[derive(Serialize)]
pub(super) struct Trend {
    name: Words,
    graph: Graph,
    rows: Vec<(Ref, Option<String>)>,
}

/// Metrics that at least three campaigns measured, the most measured first.
pub(super) fn trends(cx: &Cx<'_>, campaigns: &[&Campaign]) -> Vec<Trend> {
    let metrics = &cx.model().policy.rows.metrics;
    let limit = usize::try_from(cx.model().policy.figure("report-trends")).unwrap_or(usize::MAX);
    let mut list: Vec<(usize, &Metric, Vec<Measured<'_>>)> = metrics
        .iter()
        .map(|(id, metric)| {
            let values: Vec<_> =
                campaigns.iter().map(|c| (*c, measure::actual(c, id).map(|(value, _)| value))).collect();
            (values.iter().filter(|(_, v)| v.is_some()).count(), metric, values)
        })
        .filter(|(count, ..)| *count > 2)
        .collect();
    list.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    list.into_iter().take(limit).filter_map(|(_, metric, values)| trend(cx, metric, &values)).collect()
}

fn trend(cx: &Cx<'_>, metric: &Metric, values: &[(&Campaign, Option<Quantity>)]) -> Option<Trend> {
    let name = cx.words(&metric.name);
    let words = |value: i64| cx.measured(rounded(value), Some(metric));
    let column = |c: &Campaign| c.start.map_or_else(String::new, |s| cx.month_short(s.value.month()).to_owned());
    let graph = graph(Data {
        label: cx.tf("trend-label", &[("metric", &name.text)]),
        columns: values.iter().map(|(c, _)| column(c)).collect(),
        series: vec![Series { name: name.text.clone(), values: values.iter().map(|(_, v)| v.map(|v| v.0)).collect() }],
        reference: metric.target.map(|t| (cx.t("target").to_owned(), vec![t.0; values.len()])),
        marks: Vec::new(),
        words: &words,
    })?;
    let row =
        |(c, v): &(&Campaign, Option<Quantity>)| (parts::campaign(cx, c), v.map(|v| cx.measured(v, Some(metric))));
    Some(Trend { name, graph, rows: values.iter().map(row).collect() })
}

/// Two decimals are enough beside a line.
fn rounded(value: i64) -> Quantity {
    Quantity((value + 50).div_euclid(100) * 100)
}

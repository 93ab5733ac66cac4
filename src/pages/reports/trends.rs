//! Return on investment by campaign as bars, and each much-measured metric across the year's campaigns as a line; where
//! there are many campaigns, both by month.

use crate::base::Quantity;
use crate::model::campaign::Campaign;
use crate::model::measure;
use crate::model::period::Period;
use crate::pages::graph::{Data, Graph, Series, graph};
use crate::pages::{parts, routes};
use crate::plan::{Cx, Ref, Words};
use crate::policy::{Every, Metric};
use serde::Serialize;

/// What a value is told of: a campaign, or a month of many.
struct Point<'a> {
    link: Ref,
    column: String,
    campaigns: Vec<&'a Campaign>,
}

/// The campaigns one by one, or by month where they are more than a page has rows.
fn points<'a>(cx: &Cx<'_>, campaigns: &[&'a Campaign]) -> Vec<Point<'a>> {
    let column = |c: &Campaign| c.start.map_or_else(String::new, |s| cx.month_short(s.value.month()).to_owned());
    let one = |c: &&'a Campaign| Point { link: parts::campaign(cx, c), column: column(c), campaigns: vec![c] };
    if campaigns.len() <= cx.model().policy.room("page-rows") {
        return campaigns.iter().map(one).collect();
    }
    let month = |c: &Campaign| c.start.map(|s| s.value.month_start());
    let of_month = |all: &[&'a Campaign]| {
        let first = month(all[0])?;
        let page = routes::report(&Period::of(Every::Month, first).to_string());
        Some(Point { link: cx.link(cx.month(first), &page), column: column(all[0]), campaigns: all.to_vec() })
    };
    campaigns.chunk_by(|a, b| month(a) == month(b)).filter_map(of_month).collect()
}

/// The mean of what is known; a single value is itself.
fn mean(values: impl Iterator<Item = Quantity>) -> Option<Quantity> {
    let (sum, count) = values.fold((0_i128, 0_i128), |(sum, count), q| (sum + i128::from(q.0), count + 1));
    let whole = |sum: i128| Quantity(i64::try_from(sum).unwrap_or(i64::MAX));
    match count {
        0 => None,
        1 => Some(whole(sum)),
        n => Some(rounded(whole((sum + n / 2).div_euclid(n)).0)),
    }
}

/// A campaign's return, or the mean return of a month.
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
    let target = |c: &Campaign| c.kpi(id).map(crate::model::campaign::Kpi::current).or(metric.target);
    let measured: Vec<(Ref, Quantity, Option<Quantity>)> = points(cx, campaigns)
        .into_iter()
        .filter_map(|point| {
            let known = || point.campaigns.iter().filter_map(|c| Some((*c, measure::actual(c, id)?.0)));
            let roi = mean(known().map(|(_, roi)| roi))?;
            Some((point.link, roi, mean(known().filter_map(|(c, _)| target(c)))))
        })
        .collect();
    let greatest = measured.iter().flat_map(|(_, roi, target)| [Some(*roi), *target]).flatten().max();
    let greatest = greatest.map_or(1, |q| q.0.max(1));
    let place = |q: Quantity| q.0.max(0) * 1000 / greatest;
    let row = |(campaign, roi, target): (Ref, Quantity, Option<Quantity>)| Return {
        campaign,
        roi: cx.measured(roi, Some(metric)),
        target: target.map(|t| cx.measured(t, Some(metric))),
        width: place(roi),
        target_x: target.map(|t| place(t).min(996)),
        is_reached: target.is_none_or(|t| roi >= t),
    };
    measured.into_iter().map(row).collect()
}

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
    let actual = |c: &Campaign, id: &str| measure::actual(c, id).map(|(value, _)| value);
    let mut list: Vec<(usize, &str, &Metric)> = metrics
        .iter()
        .map(|(id, metric)| (campaigns.iter().filter(|c| actual(c, id).is_some()).count(), id, metric))
        .filter(|(count, ..)| *count > 2)
        .collect();
    list.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    let points = points(cx, campaigns);
    let is_by_month = points.iter().any(|p| p.campaigns.len() > 1);
    let limit = if is_by_month { limit.min(cx.model().policy.room("report-trends-by-month")) } else { limit };
    let trend = |(_, id, metric): (usize, &str, &Metric)| {
        let value = |point: &Point<'_>| mean(point.campaigns.iter().filter_map(|c| actual(c, id)));
        trend(cx, metric, &points, &points.iter().map(value).collect::<Vec<_>>())
    };
    list.into_iter().take(limit).filter_map(trend).collect()
}

fn trend(cx: &Cx<'_>, metric: &Metric, points: &[Point<'_>], values: &[Option<Quantity>]) -> Option<Trend> {
    let name = cx.words(&metric.name);
    let words = |value: i64| cx.measured(rounded(value), Some(metric));
    let graph = graph(Data {
        label: cx.tf("trend-label", &[("metric", &name.text)]),
        columns: points.iter().map(|p| p.column.clone()).collect(),
        series: vec![Series { name: name.text.clone(), values: values.iter().map(|v| v.map(|v| v.0)).collect() }],
        reference: metric.target.map(|t| (cx.t("target").to_owned(), vec![t.0; values.len()])),
        marks: Vec::new(),
        words: &words,
    })?;
    let said = |value: Quantity| cx.measured(value, Some(metric));
    let rows = points.iter().zip(values).map(|(point, value)| (point.link.clone(), value.map(said))).collect();
    Some(Trend { name, graph, rows })
}

/// Two decimals are enough beside a line.
fn rounded(value: i64) -> Quantity {
    Quantity((value + 50).div_euclid(100) * 100)
}

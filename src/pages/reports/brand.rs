//! The brand's curve by quarter beside the industry's growth, with the campaigns of those days (MON-7).

use crate::base::{Quantity, Share};
use crate::model::period::Period;
use crate::pages::graph::{Data, Graph, Series, graph};
use crate::pages::obligations::period_name;
use crate::plan::{Cx, Words};
use serde::Serialize;

/// The curve and its numbers.
#[derive(Serialize)]
pub(super) struct Brand {
    graph: Option<Graph>,
    quarters: Vec<String>,
    rows: Vec<Row>,
    campaigns: usize,
}

/// A metric through the quarters.
#[derive(Serialize)]
struct Row {
    name: Words,
    values: Vec<Option<String>>,
    /// Growth over a year: the last value against that of four quarters before.
    growth: Option<String>,
    is_good: bool,
}

/// Points that the first value of each metric stands for.
const BASE: i64 = 100 * 10_000;

/// The curve up to the end of a period; none without values.
pub(super) fn of(cx: &Cx<'_>, until: Option<Period>) -> Option<Brand> {
    let model = cx.model();
    let known = model.brand.sorted();
    let known: Vec<_> = known.into_iter().filter(|(q, _)| until.is_none_or(|p| q.days.first <= p.days.last)).collect();
    let last = known.last()?.0;
    let mut quarters: Vec<Period> = known.first()?.0.until(last.days.last).collect();
    // As far back as policy looks; what lies before it is on the reports of those days.
    quarters.drain(..quarters.len().saturating_sub(model.policy.room("brand-quarters")));
    let first = *quarters.first()?;
    let growth = model.policy.share("brand-growth");
    let value = |quarter: &Period, metric: &str| {
        let (_, row) = known.iter().find(|(q, _)| q == quarter)?;
        row.values.iter().find(|(key, _)| key.value == metric).map(|(_, v)| v.value)
    };
    let name = |metric: &str| cx.named(model.policy.metric(metric).map(|m| &m.name), metric);
    let metrics = model.brand.metrics();
    let series = |metric: &&str| {
        let all: Vec<Option<Quantity>> = quarters.iter().map(|q| value(q, metric)).collect();
        let base = all.iter().flatten().next().filter(|b| b.0 > 0)?.0;
        let index = |q: Quantity| i64::try_from(i128::from(q.0) * i128::from(BASE) / i128::from(base)).ok();
        Some(Series { name: name(metric).text, values: all.iter().map(|v| v.and_then(index)).collect() })
    };
    // The reference grows by an equal part each quarter: 100, 103, 106, 109, 112.
    let reference: Vec<i64> =
        (0_i64..).zip(&quarters).map(|(n, _)| BASE + BASE / Share::WHOLE.0 * growth.0 * n / 4).collect();
    // A value stands at the end of its quarter, and a campaign where its first day lies between these ends.
    let span = first.days.last.until(last.days.last).max(1);
    let mark = |(c, s): (&crate::model::campaign::Campaign, &crate::model::milestone::Schedule)| {
        let at = first.days.last.until(s.window.first) * 1000 / span;
        (0..=1000).contains(&at).then(|| (at, format!("{} {}", cx.plain(&c.title), cx.range(s.window))))
    };
    let mut marks: Vec<(i64, String)> = model.dated().filter_map(mark).collect();
    let campaigns = marks.len();
    // Of very many the marks would be a band.
    if campaigns > model.policy.room("people-rows") {
        marks.clear();
    }
    let words = |value: i64| Quantity((value + 5_000).div_euclid(10_000) * 10_000).to_string();
    let graph = graph(Data {
        label: cx.t("brand-label").to_owned(),
        columns: quarters.iter().map(|q| period_name(cx, *q)).collect(),
        series: metrics.iter().filter_map(series).collect(),
        reference: Some((cx.tf("brand-reference", &[("share", &cx.percent(growth))]), reference)),
        marks,
        words: &words,
    });
    let row = |metric: &&str| {
        let row = model.policy.metric(metric);
        let year = value(&last, metric).zip(quarters.len().checked_sub(5).and_then(|at| value(&quarters[at], metric)));
        let change = year.and_then(|(now, then)| Quantity(now.0 - then.0).share_of(then));
        Row {
            name: name(metric),
            values: quarters.iter().map(|q| value(q, metric).map(|v| cx.measured(v, row))).collect(),
            growth: change.map(|s| cx.percent_signed(Share((s.0 + 5 * s.0.signum()) / 10 * 10))),
            is_good: change.is_some_and(|s| s >= growth),
        }
    };
    Some(Brand {
        graph,
        quarters: quarters.iter().map(|q| period_name(cx, *q)).collect(),
        rows: metrics.iter().map(row).collect(),
        campaigns,
    })
}

//! `health/`: every gauge of policy, its figure, its range, and the campaigns behind it (PRG-7).

use super::{parts, routes};
use crate::base::{Quantity, Severity, Share, Text};
use crate::model::campaign::Campaign;
use crate::model::gauge::{self, Compute, Figure, Measure};
use crate::model::milestone::Standing;
use crate::model::programme::Programme;
use crate::plan::{Cx, Ground, Page, Planned, Ref, Shelf, Words};
use crate::policy::{Bound, Gauge, MetricUnit};
use serde::Serialize;
use std::collections::BTreeMap;

/// One page, for the programme of the present year.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let model = ground.model;
    let Some(programme) = model.programmes.iter().find(|p| p.year == model.as_of.year()).or(model.programmes.last())
    else {
        return Vec::new();
    };
    vec![Planned::page(routes::health(), "health.html", move |cx| view(cx, programme)).more(
        Shelf::Running,
        15,
        "health",
    )]
}

/// Everything `health.html` can see.
#[derive(Serialize)]
struct View {
    programme: Ref,
    year: Vec<Row>,
    campaigns: Vec<Row>,
    beyond: usize,
    within: usize,
    unknown: usize,
    departments: Vec<OnTime>,
    people: Vec<OnTime>,
    /// How many people are more punctual than those.
    more_people: usize,
    all_people: Option<String>,
}

/// Nodes of the year by who answers for them (MIL-12).
#[derive(Serialize)]
struct OnTime {
    who: Ref,
    due: usize,
    on_time: usize,
    late: usize,
    open: usize,
    rate: String,
    /// On time in thousandths.
    share: usize,
}

/// One gauge.
#[derive(Serialize)]
struct Row {
    id: String,
    name: Words,
    /// The figure; of campaigns, the worst.
    value: Option<String>,
    /// What is asked for, in words.
    bounds: Vec<Ranged>,
    reference: Option<String>,
    verdict: &'static str,
    scale: Option<Scale>,
    advice: Option<Words>,
    /// Campaigns behind the figure; of campaigns, those beyond, each with its own figure.
    because: Vec<Behind>,
    /// How many are not named.
    more: usize,
    source: String,
    is_ours: bool,
}

/// One bound in words.
#[derive(Serialize)]
struct Ranged {
    weight: &'static str,
    words: String,
}

/// A campaign behind a figure.
#[derive(Serialize)]
struct Behind {
    campaign: Ref,
    value: Option<String>,
}

/// A figure on a line of a thousand.
#[derive(Serialize)]
struct Scale {
    value: i64,
    /// The nearest bound.
    bound: Option<i64>,
    reference: Option<i64>,
}

fn view(cx: &Cx<'_>, programme: &Programme) -> Page {
    let model = cx.model();
    let rows = || gauge::gauges(model);
    let is_year = |m: &Measure| matches!(m.compute, Compute::Programme(_));
    let year: Vec<Row> =
        rows().filter(|(_, _, m)| is_year(m)).map(|(id, g, m)| of_year(cx, programme, id, g, m)).collect();
    let campaigns: Vec<Row> =
        rows().filter(|(_, _, m)| !is_year(m)).map(|(id, g, m)| of_campaigns(cx, programme, id, g, m)).collect();
    let mut people = on_time(cx, programme, |owner| Some((owner.to_owned(), parts::person(cx, owner))));
    let more_people = super::worklist::cut(&mut people, cx);
    let count = |is: fn(&Row) -> bool| year.iter().chain(&campaigns).filter(|r| is(r)).count();
    let view = View {
        programme: cx.link(cx.words(&programme.title), &routes::programme(programme.id.as_str())),
        beyond: count(|r| !matches!(r.verdict, "within" | "unknown")),
        within: count(|r| r.verdict == "within"),
        unknown: count(|r| r.verdict == "unknown"),
        year,
        campaigns,
        departments: on_time(cx, programme, |owner| {
            let department = cx.model().person(owner)?.department.as_ref()?.value.as_str();
            Some((department.to_owned(), parts::department(cx, department)))
        }),
        people,
        more_people,
        all_people: cx.href(&routes::people()),
    };
    Page::new(cx.t("health"), view).about(cx.t("health-about"))
}

/// The year's due nodes by whatever an owner belongs to, the least punctual first.
fn on_time(cx: &Cx<'_>, programme: &Programme, of: impl Fn(&str) -> Option<(String, Ref)>) -> Vec<OnTime> {
    let mut all: BTreeMap<String, OnTime> = BTreeMap::new();
    let nodes = cx.model().held_of(programme).flat_map(|c| c.schedule.iter()).flat_map(|s| &s.milestones);
    for node in nodes {
        let standing = node.standing(cx.today());
        let Some((id, who)) = node.owner.as_ref().and_then(|o| of(&o.value)) else { continue };
        if matches!(standing, Standing::Open { .. }) {
            continue;
        }
        let rate = String::new();
        let row = all.entry(id).or_insert(OnTime { who, due: 0, on_time: 0, late: 0, open: 0, rate, share: 0 });
        row.due += 1;
        match standing {
            Standing::Done { late: 0 } => row.on_time += 1,
            Standing::Done { .. } => row.late += 1,
            _ => row.open += 1,
        }
    }
    let mut rows: Vec<OnTime> = all.into_values().collect();
    for row in &mut rows {
        row.share = row.on_time * 1000 / row.due.max(1);
        let share = Share::of(i128::try_from(row.on_time).unwrap_or(0), i128::try_from(row.due).unwrap_or(1));
        row.rate = cx.percent_short(share.unwrap_or_default());
    }
    rows.sort_by_key(|r| (r.share, std::cmp::Reverse(r.due)));
    rows
}

fn of_year(cx: &Cx<'_>, programme: &Programme, id: &str, gauge: &Gauge, measure: &Measure) -> Row {
    let figure = gauge::of_programme(cx.model(), programme, gauge, measure);
    let is_beyond = figure.as_ref().is_some_and(|f| gauge::beyond(gauge, f.value).is_some());
    let because = figure.iter().filter(|_| is_beyond).flat_map(|f| &f.because).filter_map(|id| cx.model().campaign(id));
    let because = because.map(|c| Behind { campaign: parts::campaign(cx, c), value: None }).collect();
    row(cx, id, gauge, measure, figure.as_ref(), because)
}

/// The worst of the year's campaigns, and all that are beyond.
fn of_campaigns(cx: &Cx<'_>, programme: &Programme, id: &str, gauge: &Gauge, measure: &Measure) -> Row {
    let model = cx.model();
    let known: Vec<(&Campaign, Figure)> =
        model.held_of(programme).filter_map(|c| Some((c, gauge::of_campaign(model, c, gauge, measure)?))).collect();
    let weight = |figure: &Figure| gauge::beyond(gauge, figure.value).map(|(severity, _)| severity);
    let is_low = [&gauge.error, &gauge.warning, &gauge.info]
        .into_iter()
        .flatten()
        .any(|b| (b.under.is_some() || b.to.is_some()) && b.over.is_none() && b.from.is_none());
    let towards = |figure: &Figure| if is_low { -figure.value.0 } else { figure.value.0 };
    let worst = known.iter().max_by_key(|(_, f)| (weight(f), towards(f))).map(|(_, f)| f);
    let beyond = known.iter().filter(|(_, f)| weight(f).is_some());
    let because = beyond
        .map(|(c, f)| Behind {
            campaign: parts::campaign(cx, c),
            value: Some(in_unit(cx, f.value, measure.unit(model, gauge))),
        })
        .collect();
    row(cx, id, gauge, measure, worst, because)
}

fn row(
    cx: &Cx<'_>,
    id: &str,
    gauge: &Gauge,
    measure: &Measure,
    figure: Option<&Figure>,
    mut because: Vec<Behind>,
) -> Row {
    let more = super::worklist::cut_to("home-lines", &mut because, cx);
    let said = |value: Quantity| in_unit(cx, value, measure.unit(cx.model(), gauge));
    let verdict = match figure.map(|f| gauge::beyond(gauge, f.value)) {
        None => "unknown",
        Some(None) => "within",
        Some(Some((Severity::Info, _))) => "info",
        Some(Some((Severity::Warning, _))) => "warning",
        Some(Some((Severity::Error, _))) => "error",
    };
    let bounds = [("error", &gauge.error), ("warning", &gauge.warning), ("info", &gauge.info)];
    let ranged = bounds.iter().filter_map(|(weight, b)| Some((*weight, b.as_ref()?))).flat_map(|(weight, bound)| {
        edges(bound).map(|(key, edge)| Ranged { weight, words: cx.tf(key, &[("n", &said(edge))]) })
    });
    let advice: Option<&Text> = gauge.advice.as_ref().filter(|_| !matches!(verdict, "within" | "unknown"));
    Row {
        id: id.to_owned(),
        name: cx.words(&gauge.name),
        value: figure.map(|f| said(f.value)),
        bounds: ranged.collect(),
        reference: gauge.reference.map(said),
        verdict,
        scale: figure.map(|f| scale(f.value, gauge)),
        advice: advice.map(|a| cx.words(a)),
        because,
        more,
        source: gauge.source.clone(),
        is_ours: gauge.ours,
    }
}

fn in_unit(cx: &Cx<'_>, value: Quantity, unit: Option<MetricUnit>) -> String {
    unit.map_or_else(|| value.to_string(), |unit| cx.quantity(value, unit))
}

/// What a bound says, each edge with the key of its words.
fn edges(bound: &Bound) -> impl Iterator<Item = (&'static str, Quantity)> {
    let edges = [
        ("health-under", bound.under),
        ("health-to", bound.to),
        ("health-over", bound.over),
        ("health-from", bound.from),
    ];
    edges.into_iter().filter_map(|(key, edge)| Some((key, edge?)))
}

/// Where figure, bound and reference lie on a line from nothing to a little more than the greatest of them.
fn scale(value: Quantity, gauge: &Gauge) -> Scale {
    let bounds = [&gauge.warning, &gauge.info, &gauge.error].into_iter().flatten();
    let bound = bounds.flat_map(|b| edges(b).map(|(_, edge)| edge)).next();
    let greatest = [Some(value), bound, gauge.reference].into_iter().flatten().map(|q| q.0).max().unwrap_or(1).max(1);
    let whole = greatest.saturating_add(greatest / 8);
    let x = |q: Quantity| q.0.max(0).saturating_mul(1000) / whole;
    Scale { value: x(value), bound: bound.map(x), reference: gauge.reference.map(x) }
}

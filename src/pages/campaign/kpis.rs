//! `campaigns/<id>/kpis/`: targets and what was measured, gates, before and after. What nobody measured is never zero.

use super::super::{
    alerts::{self, AlertView},
    routes,
};
use super::{At, GateView, Head, Part, Slice, gate, page, slices, task};
use crate::base::{Date, Quantity, Share};
use crate::model::campaign::Campaign;
use crate::model::measure::{self, Attainment, Verdict};
use crate::model::results::Window;
use crate::plan::{Cx, Day, Page, Ref, Words};
use crate::policy::{Direction, Layer, Metric, MetricUnit};
use serde::Serialize;

/// Everything `campaign/kpis.html` can see.
#[derive(Serialize)]
struct View {
    head: Head,
    roi: Option<Roi>,
    alerts: Vec<AlertView>,
    rows: usize,
    /// The attainment table by monitoring layer (MON-5).
    groups: Vec<Group>,
    sides: super::purpose::Sides,
    reached: usize,
    missed: usize,
    unmeasured: usize,
    gates: Vec<GateRow>,
    windows: Vec<WindowRow>,
    unlocks: Vec<Ladder>,
}

/// The targets of a monitoring layer.
#[derive(Serialize)]
struct Group {
    name: Words,
    when: Option<Words>,
    /// The latest day on which one of them was measured.
    as_of: Option<String>,
    rows: Vec<Row>,
}

/// The steps of one metric (GOL-14).
#[derive(Serialize)]
struct Ladder {
    metric: Words,
    /// The latest value, as far as to the last step.
    bar: Vec<Slice>,
    actual: Option<Measured>,
    steps: Vec<Step>,
}

/// A step at which users get something.
#[derive(Serialize)]
struct Step {
    threshold: String,
    benefit: Words,
    line: Option<Words>,
    opened: Option<Day>,
    is_reached: bool,
}

/// Return on investment with the definition that makes it comparable (KPI-8).
#[derive(Serialize)]
struct Roi {
    value: Option<String>,
    target: Option<String>,
    /// The definition in force.
    definition: Words,
}

/// A row of the attainment table (PMR-5).
#[derive(Serialize)]
pub(super) struct Row {
    id: String,
    name: Words,
    /// Key of the metric's layer.
    layer: Option<&'static str>,
    /// Key of the way that is good, where it is not "higher".
    direction: Option<&'static str>,
    target: String,
    /// The target of the plan, where it was changed.
    planned: Option<String>,
    reason: Option<Words>,
    baseline: Option<String>,
    actual: Option<Measured>,
    attainment: Option<String>,
    /// Attainment as a bar; what is beyond the target is cut off.
    bar: Vec<Slice>,
    /// `reached`, `missed`, `unmeasured`: class and words `kpi-<word>`.
    verdict: &'static str,
    previous: Option<Previous>,
    /// The same month of last year.
    last_year: Option<Previous>,
    reference: Option<String>,
    /// Average of the industry, stated with the target.
    industry: Option<String>,
    weight: Option<String>,
    formula: Option<Words>,
}

/// A value and its day.
#[derive(Serialize)]
struct Measured {
    value: String,
    day: Day,
}

/// What the campaign before came to.
#[derive(Serialize)]
struct Previous {
    value: String,
    campaign: Ref,
}

/// A gate of a node.
#[derive(Serialize)]
struct GateRow {
    day: Day,
    node: Ref,
    gate: GateView,
    /// What starts when it is missed (ALR-5).
    procedure: Option<Ref>,
}

/// A metric before, during and after the campaign (MON-6).
#[derive(Serialize)]
struct WindowRow {
    name: Words,
    before: Option<Measured>,
    during: Option<Measured>,
    after: Option<Measured>,
    /// From before to after, else from before to during: in percent of before, or in points for rates.
    change: Option<String>,
    /// Whether the change is for the better; none for ranges.
    is_better: Option<bool>,
}

pub(super) fn view(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let rows = measure::attainments(cx.model(), campaign);
    let count = |verdict: Verdict| rows.iter().filter(|r| r.verdict == verdict).count();
    let view = View {
        head: Head::of(cx, at, Part::Kpis),
        roi: roi(cx, &rows),
        sides: super::purpose::sides(cx, &rows),
        reached: count(Verdict::Reached),
        missed: count(Verdict::Missed),
        unmeasured: count(Verdict::NotMeasured),
        alerts: alerts::of_campaign(cx, campaign),
        rows: rows.len(),
        groups: groups(cx, campaign, &rows),
        unlocks: unlocks(cx, campaign),
        gates: gates(cx, campaign),
        windows: windows(cx, campaign),
    };
    page(cx, campaign, Part::Kpis, view)
}

/// The attainment table of a campaign.
pub(super) fn table(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Row> {
    measure::attainments(cx.model(), campaign).iter().map(|r| row(cx, campaign, r)).collect()
}

/// The attainment table by monitoring layer, in the order of policy; what is in none comes last.
fn groups(cx: &Cx<'_>, campaign: &Campaign, rows: &[Attainment<'_>]) -> Vec<Group> {
    let layers = &cx.model().policy.rows.monitoring;
    let layer = |r: &Attainment<'_>| r.metric.and_then(|m| m.monitoring.as_ref()).map(|l| l.value.clone());
    let group = |name: Words, when: Option<Words>, mine: Vec<&Attainment<'_>>| {
        let as_of = mine.iter().filter_map(|r| r.actual).map(|(_, day)| day).max();
        Group {
            name,
            when,
            as_of: as_of.map(|day| cx.tf("monitoring-as-of", &[("date", &cx.date(day))])),
            rows: mine.into_iter().map(|r| row(cx, campaign, r)).collect(),
        }
    };
    let of = |id: &str| rows.iter().filter(|r| layer(r).as_deref() == Some(id)).collect::<Vec<_>>();
    let known = layers.iter().map(|(id, row)| {
        let when = (!row.when.is_empty()).then(|| cx.words(&row.when));
        group(cx.words(&row.name), when, of(id))
    });
    let is_other = |r: &&Attainment<'_>| layer(r).is_none_or(|l| layers.find(&l).is_none());
    let other = group(cx.t("monitoring-other").into(), None, rows.iter().filter(is_other).collect());
    known.chain([other]).filter(|g| !g.rows.is_empty()).collect()
}

/// The steps at which users get something, by metric in the order of the file.
fn unlocks(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Ladder> {
    let mut metrics: Vec<&str> = Vec::new();
    for unlock in &campaign.unlocks {
        if !metrics.contains(&unlock.metric.value.as_str()) {
            metrics.push(&unlock.metric.value);
        }
    }
    let ladder = |id: &str| {
        let metric = cx.model().policy.metric(id);
        let lower = metric.and_then(|m| m.direction) == Some(Direction::Lower);
        let measured = measure::actual(campaign, id);
        let mine = campaign.unlocks.iter().filter(|u| u.metric.value == id);
        let reached = |limit: Quantity| measured.is_some_and(|(v, _)| if lower { v <= limit } else { v >= limit });
        let step = |u: &crate::model::control::Unlock| Step {
            threshold: cx.measured(u.threshold.value, metric),
            benefit: cx.words(&u.benefit),
            line: u.line.as_ref().map(|l| line_name(cx, campaign, &l.value)),
            opened: u.opened.map(|d| cx.day(d.value)),
            is_reached: u.opened.is_some() || reached(u.threshold.value),
        };
        let last = mine.clone().map(|u| u.threshold.value.0).max().unwrap_or(0);
        let value = measured.map_or(0, |(v, _)| v.0.clamp(0, last.max(0)));
        let bar = if last > 0 && !lower { slices([i128::from(value)], i128::from(last)) } else { Vec::new() };
        Ladder {
            metric: cx.named(metric.map(|m| &m.name), id),
            bar,
            actual: measured.map(|(v, day)| Measured { value: cx.measured(v, metric), day: cx.day(day) }),
            steps: mine.map(step).collect(),
        }
    };
    metrics.into_iter().map(ladder).collect()
}

/// A budget line's name, else what it is called.
fn line_name(cx: &Cx<'_>, campaign: &Campaign, word: &str) -> Words {
    let line = campaign.budget.iter().flat_map(|b| &b.lines).find(|l| l.is_named(word));
    cx.named(line.map(|l| &l.name), word)
}

/// The KPI of the metric that policy says is the return.
fn roi(cx: &Cx<'_>, rows: &[Attainment<'_>]) -> Option<Roi> {
    let policy = &cx.model().policy;
    let (id, _) = policy.metric_for("return")?;
    let row = rows.iter().find(|r| r.kpi.metric.value == id)?;
    let choice = policy.rows.choices.find("roi-definition")?;
    let option = policy.choice("roi-definition");
    Some(Roi {
        value: row.actual.map(|(value, _)| cx.measured(value, row.metric)),
        target: Some(cx.measured(row.kpi.current(), row.metric)),
        definition: cx.named(choice.options.find(option), option),
    })
}

fn row(cx: &Cx<'_>, campaign: &Campaign, row: &Attainment<'_>) -> Row {
    let kpi = row.kpi;
    let say = |value: Quantity| cx.measured(value, row.metric);
    Row {
        id: kpi.metric.value.clone(),
        name: cx.named(row.metric.map(|m| &m.name), &kpi.metric.value),
        layer: row.metric.and_then(|m| m.layer).map(layer_key),
        direction: row.metric.and_then(|m| m.direction).and_then(direction_key),
        target: say(kpi.current()),
        planned: kpi.revised.map(|_| say(kpi.target.value)),
        reason: kpi.reason.as_ref().map(|r| cx.words(r)),
        baseline: kpi.baseline.map(say),
        actual: row.actual.map(|(value, day)| Measured { value: say(value), day: cx.day(day) }),
        attainment: row.attainment.map(|a| cx.percent_short(a)),
        bar: row.attainment.map(|a| slices([i128::from(a.0)], i128::from(Share::WHOLE.0))).unwrap_or_default(),
        verdict: match row.verdict {
            Verdict::Reached => "reached",
            Verdict::Missed => "missed",
            Verdict::NotMeasured => "unmeasured",
        },
        previous: row.previous.map(|(value, campaign)| Previous {
            value: say(value),
            campaign: cx.link(cx.words(&campaign.title), &Part::Kpis.route(campaign)),
        }),
        last_year: super::purpose::last_year(cx, campaign, &kpi.metric.value)
            .map(|(value, campaign)| Previous { value: say(value), campaign }),
        reference: row.metric.and_then(|m| m.reference).map(say),
        industry: kpi.industry.map(say),
        weight: kpi.weight.map(|w| cx.percent_short(w.value)),
        formula: kpi.formula.as_ref().map(|f| cx.words(f)),
    }
}

/// Key of a layer's name.
fn layer_key(layer: Layer) -> &'static str {
    match layer {
        Layer::Base => "layer-base",
        Layer::Result => "layer-result",
        Layer::Long => "layer-long",
        Layer::Efficiency => "layer-efficiency",
    }
}

/// Key of the words for a direction that a reader might not expect.
fn direction_key(direction: Direction) -> Option<&'static str> {
    match direction {
        Direction::Higher => None,
        Direction::Lower => Some("direction-lower"),
        Direction::Range => Some("direction-range"),
    }
}

/// Gates of the campaign's nodes in order of date.
pub(super) fn gates_of(campaign: &Campaign) -> impl Iterator<Item = &crate::model::milestone::Milestone> {
    campaign.schedule.iter().flat_map(|s| &s.milestones).filter(|m| m.gate.is_some())
}

fn gates(cx: &Cx<'_>, campaign: &Campaign) -> Vec<GateRow> {
    let timeline = Part::Timeline.route(campaign);
    let row = |node: &crate::model::milestone::Milestone| {
        let Words { text, lang } = task(cx, node);
        Some(GateRow {
            day: cx.day(node.due),
            node: Ref { text, lang, href: cx.href_to(&timeline, node.id.as_str()) },
            gate: gate(cx, campaign, node, node.gate.as_ref()?),
            procedure: node.on_breach.as_ref().and_then(|id| {
                let sop = cx.model().sop(&id.value)?;
                Some(cx.link(cx.words(&sop.title), &routes::sop(sop.id.as_str())))
            }),
        })
    };
    gates_of(campaign).filter_map(row).collect()
}

/// Metrics with readings, in the order of policy, then by id.
fn windows(cx: &Cx<'_>, campaign: &Campaign) -> Vec<WindowRow> {
    let policy = &cx.model().policy;
    let mut metrics: Vec<&str> = campaign.results.readings.iter().map(|r| r.metric.value.as_str()).collect();
    metrics.sort_by_key(|id| (policy.rows.metrics.position(id).unwrap_or(usize::MAX), *id));
    metrics.dedup();
    metrics.into_iter().map(|id| window_row(cx, campaign, id, policy.metric(id))).collect()
}

fn window_row(cx: &Cx<'_>, campaign: &Campaign, id: &str, metric: Option<&Metric>) -> WindowRow {
    let read = |window| measure::in_window(campaign, id, window);
    let (before, during, after) = (read(Window::Before), read(Window::During), read(Window::After));
    let say = |(value, day): (Quantity, Date)| Measured { value: cx.measured(value, metric), day: cx.day(day) };
    let change = before.zip(after.or(during)).map(|((from, _), (to, _))| (from, to));
    WindowRow {
        name: cx.named(metric.map(|m| &m.name), id),
        before: before.map(say),
        during: during.map(say),
        after: after.map(say),
        change: change.and_then(|(from, to)| change_of(cx, from, to, metric)),
        is_better: change.filter(|(from, to)| from != to).and_then(|(from, to)| {
            match metric.and_then(|m| m.direction)? {
                Direction::Higher => Some(to > from),
                Direction::Lower => Some(to < from),
                Direction::Range => None,
            }
        }),
    }
}

/// A change in the reader's words: points for rates, else percent of the earlier value.
fn change_of(cx: &Cx<'_>, from: Quantity, to: Quantity, metric: Option<&Metric>) -> Option<String> {
    let difference = Quantity(to.0 - from.0);
    if metric.is_some_and(|m| matches!(m.unit, Some(MetricUnit::Percent | MetricUnit::Points))) {
        let sign = match difference.0 {
            0 => "±",
            n if n > 0 => "+",
            _ => "−",
        };
        return Some(format!("{sign}{}", cx.quantity(Quantity(difference.0.abs()), MetricUnit::Points)));
    }
    if from.0 <= 0 {
        return None;
    }
    let share = difference.share_of(from)?;
    Some(cx.percent_signed(Share((share.0 + 5 * share.0.signum()) / 10 * 10)))
}

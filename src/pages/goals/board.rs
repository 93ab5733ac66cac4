//! The board: goals in the columns of their dimensions, each with its letters, its year in twelve bars, steps and changes.

use super::{parts, tone};
use crate::base::Quantity;
use crate::model::goal::{Goal, GoalRevision};
use crate::model::programme::Programme;
use crate::model::progress::{self, Track, YEAR};
use crate::pages::axes::Axis;
use crate::pages::routes;
use crate::plan::{Cx, Day, Ref, Words};
use crate::policy::Metric;
use serde::Serialize;

/// Height of the tallest bar.
const HEIGHT: i128 = 60;
/// Room of a month.
const STEP: i128 = 20;

/// A dimension and its goals.
#[derive(Serialize)]
pub(super) struct Column {
    id: String,
    name: Words,
    pub(super) goals: Vec<Card>,
}

/// A goal as its card shows it.
#[derive(Serialize)]
pub(super) struct Card {
    id: String,
    title: Words,
    metric: Option<Words>,
    letters: Vec<Letter>,
    is_smart: bool,
    baseline: Option<String>,
    target: Option<String>,
    /// The target of the plan, where it was changed.
    planned: Option<String>,
    due: Option<Day>,
    owner: Option<Ref>,
    why: Option<Words>,
    formula: Option<Words>,
    weight: Option<String>,
    /// What it came to by the last closed month, and what was wanted by then.
    actual: Option<String>,
    wanted: Option<String>,
    attainment: Option<String>,
    /// Whether it is on its way; none when nobody knows.
    pub(super) is_on: Option<bool>,
    bars: Vec<Bar>,
    chart_label: String,
    months: Option<Months>,
    steps: Vec<StepView>,
    revisions: Vec<RevisionView>,
    campaigns: Vec<Ref>,
    more_campaigns: usize,
    /// Where all of them are, when some are left off.
    all_campaigns: Option<String>,
    /// Goals that are parts of this one, with what they came to (KPI-9).
    parts: Vec<PartView>,
}

/// A goal within a goal.
#[derive(Serialize)]
struct PartView {
    id: String,
    title: Words,
    actual: Option<String>,
    target: Option<String>,
}

/// A letter of SMART.
#[derive(Serialize)]
struct Letter {
    letter: String,
    name: String,
    is_met: bool,
}

/// A month of the chart: what was wanted behind what was measured.
#[derive(Serialize)]
struct Bar {
    x: i128,
    wanted_y: i128,
    wanted: i128,
    actual_y: i128,
    actual: i128,
    fill: &'static str,
}

/// The chart as a table.
#[derive(Serialize)]
struct Months {
    wanted: Vec<String>,
    actual: Vec<String>,
}

/// A quarterly step (GOL-12).
#[derive(Serialize)]
struct StepView {
    quarter: i64,
    value: String,
    actual: Option<String>,
    tone: &'static str,
}

/// A change of the target (GOL-10).
#[derive(Serialize)]
struct RevisionView {
    old: String,
    new: String,
    basis: Words,
    effect: Option<Words>,
    informed: Vec<Ref>,
    requested: Day,
    decided: Option<Day>,
    by: Option<Words>,
    days: Option<String>,
}

/// The columns in order of policy; goals of no dimension stand last.
pub(super) fn columns(cx: &Cx<'_>, programme: &Programme) -> Vec<Column> {
    let of = |id: Option<&str>| {
        let mine = programme.goals.list.iter().filter(|g| g.dimension.as_deref() == id);
        mine.map(|g| card(cx, programme, g)).collect::<Vec<_>>()
    };
    let rows = cx.model().policy.rows.goal_dimensions.iter();
    let mut columns: Vec<Column> =
        rows.map(|(id, row)| Column { id: id.to_owned(), name: cx.words(&row.name), goals: of(Some(id)) }).collect();
    let rest = of(None);
    if !rest.is_empty() {
        columns.push(Column { id: "other".to_owned(), name: cx.t("goals-other").into(), goals: rest });
    }
    columns
}

fn card(cx: &Cx<'_>, programme: &Programme, goal: &Goal) -> Card {
    let (model, policy) = (cx.model(), &cx.model().policy);
    let metric = progress::metric(policy, goal);
    let say = |value: Quantity| cx.measured(value, metric);
    let current = programme.goals.current(goal);
    let planned = goal.target.map(|t| t.value).filter(|t| Some(*t) != current);
    let months = progress::months(policy, goal, current);
    let closed = progress::closed(programme, cx.today());
    let actual: Vec<Option<Quantity>> = (1..=12).map(|m| progress::actual(model, programme, goal, m)).collect();
    let so_far = progress::until(model, programme, goal, closed);
    let wanted = months.as_ref().and_then(|m| progress::wanted_until(policy, goal, m, closed));
    let letters: Vec<Letter> = policy.rows.smart.iter().map(|(_, row)| letter(cx, goal, row)).collect();
    let title = cx.words(&goal.title);
    let mine = |c: &&crate::model::campaign::Campaign| c.goals.iter().any(|g| g.value == goal.id.value.as_str());
    let mut campaigns: Vec<_> = model.held_of(programme).filter(mine).collect();
    let more_campaigns = crate::pages::worklist::cut_to("home-lines", &mut campaigns, cx);
    Card {
        id: goal.id.value.as_str().to_owned(),
        chart_label: cx.tf("goal-chart", &[("goal", &title.text)]),
        title,
        metric: goal.metric.as_ref().map(|m| cx.named(metric.map(|m| &m.name), &m.value)),
        is_smart: letters.iter().all(|l| l.is_met),
        letters,
        baseline: goal.baseline.map(say),
        target: current.map(say),
        planned: planned.map(say),
        due: goal.due.map(|d| cx.day(d.value)),
        owner: parts::owner(cx, goal.owner.as_ref()),
        why: goal.why.as_ref().map(|w| cx.words(w)),
        formula: goal.formula.as_ref().map(|f| cx.words(f)),
        weight: goal.weight.map(|w| cx.percent_short(w)),
        actual: so_far.map(say),
        wanted: wanted.map(say),
        attainment: so_far
            .zip(wanted)
            .and_then(|(a, w)| progress::attainment(metric, a, w))
            .map(|s| cx.percent_short(s)),
        is_on: so_far.zip(wanted).map(|(a, w)| progress::is_reached(metric, a, w)),
        bars: months.as_ref().map(|m| bars(metric, m, &actual)).unwrap_or_default(),
        months: months.as_ref().map(|m| Months {
            wanted: m.iter().map(|v| say(*v)).collect(),
            actual: actual.iter().map(|v| v.map_or_else(|| "–".to_owned(), say)).collect(),
        }),
        steps: progress::steps(model, programme, goal).iter().map(|s| step(cx, metric, s)).collect(),
        revisions: programme.goals.revisions_of(goal).map(|r| revision(cx, metric, r)).collect(),
        parts: parts_of(cx, programme, goal),
        campaigns: campaigns.into_iter().map(|c| parts::campaign(cx, c)).collect(),
        all_campaigns: (more_campaigns > 0)
            .then(|| cx.href_to(&routes::campaigns_by(Axis::Goal.word()), goal.id.value.as_str()))
            .flatten(),
        more_campaigns,
    }
}

fn parts_of(cx: &Cx<'_>, programme: &Programme, whole: &Goal) -> Vec<PartView> {
    let id = whole.id.value.as_str();
    let goals = programme.goals.list.iter().filter(|g| g.part_of.as_ref().is_some_and(|p| p.value == id));
    let closed = progress::closed(programme, cx.today());
    let row = |goal: &Goal| {
        let metric = progress::metric(&cx.model().policy, goal);
        PartView {
            id: goal.id.value.as_str().to_owned(),
            title: cx.words(&goal.title),
            actual: progress::until(cx.model(), programme, goal, closed).map(|v| cx.measured(v, metric)),
            target: programme.goals.current(goal).map(|v| cx.measured(v, metric)),
        }
    };
    goals.map(row).collect()
}

fn letter(cx: &Cx<'_>, goal: &Goal, row: &crate::policy::SmartLetter) -> Letter {
    Letter {
        letter: row.letter.clone(),
        name: cx.plain(&row.name),
        is_met: row.needs.iter().all(|key| goal.written.iter().any(|written| written == key)),
    }
}

/// Bars by their size; a fall is drawn as high as a rise, its sign stands in the table.
fn bars(metric: Option<&Metric>, wanted: &[Quantity; YEAR], actual: &[Option<Quantity>]) -> Vec<Bar> {
    let size = |q: Quantity| i128::from(q.0).abs();
    let all = wanted.iter().copied().chain(actual.iter().copied().flatten());
    let greatest = all.map(size).max().unwrap_or(0).max(1);
    let height = |q: Quantity| size(q) * HEIGHT / greatest;
    // What adds up may be measured once a quarter: it answers for the months since the measure before it.
    let mut open = 0_i64;
    let bar = |(month, (wanted, actual)): (i128, (&Quantity, &Option<Quantity>))| {
        let (w, a) = (height(*wanted), actual.map_or(0, height));
        open = if progress::adds(metric) { open.saturating_add(wanted.0) } else { wanted.0 };
        let reached = actual.is_some_and(|a| progress::is_reached(metric, a, Quantity(open)));
        if actual.is_some() {
            open = 0;
        }
        Bar {
            x: month * STEP,
            wanted_y: HEIGHT - w,
            wanted: w,
            actual_y: HEIGHT - a,
            actual: a,
            fill: if reached { "fill-done" } else { "fill-late" },
        }
    };
    (0_i128..).zip(wanted.iter().zip(actual)).map(bar).collect()
}

fn step(cx: &Cx<'_>, metric: Option<&Metric>, step: &progress::Step) -> StepView {
    StepView {
        quarter: step.quarter,
        value: cx.measured(step.value, metric),
        actual: match step.track {
            Track::On(actual) | Track::Off(actual) => Some(cx.measured(actual, metric)),
            Track::Open | Track::NotMeasured => None,
        },
        tone: tone(step.track),
    }
}

fn revision(cx: &Cx<'_>, metric: Option<&Metric>, revision: &GoalRevision) -> RevisionView {
    let department = |id: &crate::base::Spanned<String>| {
        let name = cx.named(cx.model().departments.get(id.value.as_str()).map(|d| &d.name), &id.value);
        cx.link(name, &routes::department(&id.value))
    };
    RevisionView {
        old: cx.measured(revision.old.value, metric),
        new: cx.measured(revision.new.value, metric),
        basis: cx.words(&revision.basis),
        effect: revision.effect.as_ref().map(|e| cx.words(e)),
        informed: revision.informed.iter().map(department).collect(),
        requested: cx.day(revision.requested.value),
        decided: revision.decided.map(|d| cx.day(d.value)),
        by: revision
            .decided_by
            .as_ref()
            .map(|id| cx.named(cx.model().policy.rows.bodies.find(id).map(|b| &b.name), id)),
        days: revision.decided.map(|d| cx.count("days", revision.requested.value.until(d.value))),
    }
}

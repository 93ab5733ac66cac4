//! `goals/`: the goals of a year by dimension, month by month, with every change and review (GOL-1 … GOL-13, PRG-2, PRG-3),
//! and what a year may expect (OUT-1 … OUT-3).

mod board;
mod outcomes;

use super::{parts, routes};
use crate::model::goal::{Goals, QuarterReview};
use crate::model::programme::Programme;
use crate::model::progress::{self, Track};
use crate::model::{Model, measure};
use crate::plan::{Cx, Day, Ground, Page, Planned, Ref, Shelf, Words};
use crate::policy::GoalStage;
use board::{Column, columns};
pub(super) use outcomes::{OutcomeRow, outcomes};
use serde::Serialize;

/// One page for each year that has goals. The present year's is where the menu leads, else the last one.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let with_goals = || ground.model.programmes.iter().filter(|p| !p.goals.list.is_empty());
    let present = with_goals().find(|p| p.year == ground.model.as_of.year()).or_else(|| with_goals().next_back());
    let page = |programme: &'a Programme| {
        let id = programme.id.as_str();
        let page = Planned::page(routes::goals(id), "goals.html", move |cx| view(cx, programme))
            .aliases(&programme.aliases, routes::goals)
            .section(crate::plan::Section::Programme)
            .from(format!("goals of `{id}`"), programme.span);
        if present.is_some_and(|p| p.id == programme.id) {
            page.more(Shelf::Running, 20, "goals").section(crate::plan::Section::Programme).alias(routes::all_goals())
        } else {
            page
        }
    };
    with_goals().map(page).collect()
}

/// Everything `goals.html` can see.
#[derive(Serialize)]
struct View {
    programme: Ref,
    plan: Ref,
    goals: usize,
    on: usize,
    linked: Linked,
    weighted: Option<Weighted>,
    stages: Vec<Stage>,
    columns: Vec<Column>,
    month_names: Vec<String>,
    reviews: Vec<Review>,
    outcomes: Vec<OutcomeRow>,
    campaigns: Vec<CampaignRow>,
    more_campaigns: usize,
    all_campaigns: Option<String>,
}

/// How many campaigns of a year work for a goal (PRG-3).
#[derive(Clone, Copy, Serialize)]
pub(super) struct Linked {
    pub(super) linked: usize,
    pub(super) all: usize,
}

/// Attainment of all goals by their weights (GOL-11).
#[derive(Serialize)]
struct Weighted {
    /// Against the targets in force.
    current: String,
    /// Against the targets of the plan.
    planned: String,
    /// How much of the weight was measured.
    measured: String,
}

/// A stage of the year (GOL-2 … GOL-4).
#[derive(Serialize)]
struct Stage {
    name: Words,
    months: String,
    is_now: bool,
    is_past: bool,
    metrics: Vec<StageMetric>,
    forms: Vec<Words>,
}

#[derive(Serialize)]
struct StageMetric {
    name: Words,
    target: String,
}

/// A review of a quarter (GOL-7, GOL-8).
#[derive(Serialize)]
struct Review {
    quarter: i64,
    day: Day,
    departments: Vec<Ref>,
    changes: Words,
    long_term: Option<Words>,
}

/// A campaign and the goals it works for.
#[derive(Serialize)]
struct CampaignRow {
    campaign: Ref,
    month: String,
    goals: Vec<Ref>,
}

fn view(cx: &Cx<'_>, programme: &Programme) -> Page {
    let model = cx.model();
    let goals = &programme.goals;
    let columns = columns(cx, programme);
    let mut campaigns = campaigns(cx, programme);
    let more_campaigns = super::worklist::cut(&mut campaigns, cx);
    let view = View {
        programme: cx.link(cx.words(&programme.title), &routes::programme(programme.id.as_str())),
        plan: cx.link(cx.t("annual-plan"), &routes::annual_plan(programme.id.as_str())),
        goals: goals.list.len(),
        on: columns.iter().flat_map(|c| &c.goals).filter(|g| g.is_on == Some(true)).count(),
        linked: linked(model, programme),
        weighted: weighted(cx, programme),
        stages: model.policy.rows.goal_stages.iter().filter_map(|(_, s)| stage(cx, programme, s)).collect(),
        columns,
        month_names: (1..=12).map(|m| cx.month_short(m).to_owned()).collect(),
        reviews: goals.reviews.iter().map(|r| review(cx, r)).collect(),
        outcomes: outcomes(cx, programme),
        campaigns,
        more_campaigns,
        all_campaigns: cx.href(&routes::campaigns()),
    };
    Page::new(cx.tf("goals-title", &[("year", &programme.year)]), view)
        .about(cx.tf("goals-about", &[("year", &programme.year)]))
        .edited_in(cx.ground().sources.path(programme.file), 1)
}

/// Campaigns of a year that name a goal it has.
pub(super) fn linked(model: &Model, programme: &Programme) -> Linked {
    let is_linked =
        |goals: &Goals, c: &crate::model::campaign::Campaign| c.goals.iter().any(|g| goals.get(&g.value).is_some());
    let all: Vec<_> = model.held_of(programme).collect();
    Linked { linked: all.iter().filter(|c| is_linked(&programme.goals, c)).count(), all: all.len() }
}

/// A goal's id as a link to its card.
pub(super) fn goal_ref(cx: &Cx<'_>, programme: &Programme, id: &str) -> Ref {
    let title = programme.goals.get(id).map_or_else(|| Words::from(id), |g| cx.words(&g.title));
    let href =
        programme.goals.get(id).and_then(|_| cx.href_to(&routes::goals(programme.id.as_str()), &format!("_goal-{id}")));
    Ref { text: title.text, lang: title.lang, href }
}

fn campaigns(cx: &Cx<'_>, programme: &Programme) -> Vec<CampaignRow> {
    let row = |c: &crate::model::campaign::Campaign| CampaignRow {
        campaign: parts::campaign(cx, c),
        month: c.start.map_or_else(String::new, |s| cx.month_short(s.value.month()).to_owned()),
        goals: c.goals.iter().map(|g| goal_ref(cx, programme, &g.value)).collect(),
    };
    let mut list: Vec<_> = cx.model().held_of(programme).collect();
    // Where there are very many, those without a goal come first.
    if list.len() > cx.model().policy.room("list-rows") {
        list.sort_by_key(|c| !c.goals.is_empty());
    }
    list.into_iter().map(row).collect()
}

fn review(cx: &Cx<'_>, review: &QuarterReview) -> Review {
    let department = |id: &crate::base::Spanned<String>| {
        let name = cx.named(cx.model().departments.get(id.value.as_str()).map(|d| &d.name), &id.value);
        cx.link(name, &routes::department(&id.value))
    };
    Review {
        quarter: review.quarter.value,
        day: cx.day(review.date.value),
        departments: review.departments.iter().flat_map(|d| &d.value).map(department).collect(),
        changes: cx.words(&review.changes),
        long_term: review.long_term.as_ref().map(|l| cx.words(l)),
    }
}

/// A stage that has forms or more than one metric: what is only watched all year is no stage.
fn stage(cx: &Cx<'_>, programme: &Programme, stage: &GoalStage) -> Option<Stage> {
    let months = stage.months.as_ref()?;
    let (first, last) = (u8::try_from(months.min?).ok()?, u8::try_from(months.max?).ok()?);
    let closed = progress::closed(programme, cx.today());
    let metric = |(id, target): (&str, &crate::base::Quantity)| {
        let metric = cx.model().policy.metric(id);
        StageMetric { name: cx.named(metric.map(|m| &m.name), id), target: cx.measured(*target, metric) }
    };
    (!stage.forms.0.is_empty()).then(|| Stage {
        name: cx.words(&stage.name),
        months: cx.tf("month-range", &[("from", &cx.month_short(first)), ("to", &cx.month_short(last))]),
        is_now: programme.year == cx.today().year() && (first..=last).contains(&cx.today().month()),
        is_past: closed >= last,
        metrics: stage.metrics.iter().map(metric).collect(),
        forms: stage.forms.iter().map(|(_, name)| cx.words(name)).collect(),
    })
}

/// Attainment so far of the goals that have a weight and a value; each counts up to what was wanted.
fn weighted(cx: &Cx<'_>, programme: &Programme) -> Option<Weighted> {
    let (model, policy) = (cx.model(), &cx.model().policy);
    let closed = progress::closed(programme, cx.today());
    let rows = programme.goals.list.iter().filter_map(|goal| {
        let metric = progress::metric(policy, goal);
        let share = |target: Option<crate::base::Quantity>, whole: Option<crate::base::Quantity>| {
            let months = progress::months(policy, goal, whole)?;
            let wanted = progress::wanted_until(policy, goal, &months, closed)?;
            // The plan had no months of its own: its part is that of the year.
            let wanted = match (target, whole) {
                (Some(t), Some(w)) if t != w && w.0 != 0 => {
                    crate::base::Quantity(i64::try_from(i128::from(wanted.0) * i128::from(t.0) / i128::from(w.0)).ok()?)
                }
                _ => wanted,
            };
            progress::attainment(metric, progress::until(model, programme, goal, closed)?, wanted)
        };
        let current = programme.goals.current(goal);
        let planned = goal.target.map(|t| t.value);
        Some((goal.weight?, share(current, current)?, share(planned, current)?))
    });
    let rows: Vec<_> = rows.collect();
    measure::weighted(rows.iter().map(|r| (r.0, r.1))).zip(measure::weighted(rows.iter().map(|r| (r.0, r.2)))).map(
        |((current, measured), (planned, _))| Weighted {
            current: cx.percent_short(current),
            planned: cx.percent_short(planned),
            measured: cx.percent_short(measured),
        },
    )
}

/// The class of a track: `is-good`, `is-bad`, `is-mute`.
fn tone(track: Track) -> &'static str {
    match track {
        Track::On(_) => "is-good",
        Track::Off(_) => "is-bad",
        Track::NotMeasured => "is-late",
        Track::Open => "is-mute",
    }
}

//! Rows of work with a name on it, for people and departments.

use super::{parts, routes};
use crate::base::Date;
use crate::model::milestone::Standing;
use crate::model::work::{Task, Work};
use crate::plan::{Cx, Day, Leaves, Planned, Ref, Route, Section, Words};
use serde::Serialize;
use std::sync::Arc;

/// One thing to do.
#[derive(Serialize)]
pub(super) struct Row {
    /// Kind as a word: class and key `work-<kind>`.
    kind: &'static str,
    what: Ref,
    campaign: Option<Ref>,
    owner: Option<Ref>,
    /// The day it is due; of duty, the first.
    due: Option<Day>,
    /// The days of duty, where they are more than one.
    range: Option<String>,
    /// The last of them.
    until: Option<String>,
    state: Option<parts::State>,
    must: bool,
    /// When it was done.
    done: Option<Day>,
    /// Whether the day shown is of another year than today.
    is_far: bool,
}

/// Work in the order it wants doing.
#[derive(Serialize)]
pub(super) struct Lists {
    /// Past its day.
    overdue: Listed,
    /// From today on, as far as the home page looks.
    soon: Listed,
    /// After that.
    later: Listed,
    /// Without a day, in campaigns that are not over.
    undated: Listed,
    /// Done not long ago, the newest first.
    recent: Listed,
    /// Days that `soon` looks ahead.
    days_ahead: i64,
    /// Days that `recent` looks back.
    days_back: i64,
    /// Where all open work is, when it does not fit.
    all: Option<Ref>,
}

/// A list, as far as the page has room.
#[derive(Serialize)]
struct Listed {
    rows: Vec<Row>,
    count: usize,
    /// How many rows are left off.
    more: usize,
}

impl Listed {
    /// The first rows, as many as there is `room` for, which they take.
    fn of(work: &[&Work<'_>], names_owner: bool, room: &mut usize, cx: &Cx<'_>) -> Self {
        let rows: Vec<Row> = work.iter().take(*room).map(|work| row(work, names_owner, cx)).collect();
        *room -= rows.len();
        Self { count: work.len(), more: work.len() - rows.len(), rows }
    }
}

/// A number of rows of policy.
fn rows_of(figure: &str, cx: &Cx<'_>) -> usize {
    cx.model().policy.room(figure)
}

/// Everything open, overdue first, then by day, then what has none: for the pages that have room for all of it.
fn open<'w, 'a>(work: impl IntoIterator<Item = &'w Work<'a>>, today: Date) -> Vec<&'w Work<'a>>
where
    'a: 'w,
{
    let is_open = |w: &&Work<'_>| match w.standing(today) {
        Some(Standing::Done { .. }) => false,
        Some(_) => true,
        None => !is_over(w, today),
    };
    let mut open: Vec<&Work<'_>> = work.into_iter().filter(is_open).collect();
    open.sort_by_key(|w| w.days.is_none());
    open
}

/// Everything `work.html` can see: a part of all open work of a person, department or role.
#[derive(Serialize)]
struct All {
    rows: Vec<Row>,
}

/// Pages with all open work of somebody, where their own page has no room for it.
pub(super) fn plan_all<'a>(
    home: &Route,
    name: &'a crate::base::Text,
    work: &[Work<'a>],
    names_owner: bool,
    model: &'a crate::model::Model,
) -> Vec<Planned<'a>> {
    let room = model.policy.room("work-rows");
    let open: Vec<Work<'a>> = open(work, model.as_of).into_iter().copied().collect();
    if open.len() <= room {
        return Vec::new();
    }
    let leaves = Arc::new(Leaves::numbered(&all_of(home), open.len(), room));
    let open = Arc::new(open);
    let page = |at: usize| {
        let (open, leaves, home) = (Arc::clone(&open), Arc::clone(&leaves), home.clone());
        Planned::page(leaves.leaf(at).route.clone(), "work.html", move |cx| {
            let rows = open[leaves.leaf(at).rows.clone()].iter().map(|work| row(work, names_owner, cx)).collect();
            let words = cx.words(name);
            let title = cx.tf("work-everything-title", &[("name", &words.text)]);
            let mut page = leaves.page(at, Words { text: title, lang: words.lang.clone() }, All { rows }, cx);
            page.crumbs.splice(0..0, [(cx.t("nav-people").into(), routes::people()), (words, home.clone())]);
            page
        })
        .section(Section::People)
    };
    (0..leaves.count()).map(page).collect()
}

/// Where all open work of a page of work is.
fn all_of(home: &Route) -> Route {
    home.beside("work/index.html")
}

/// How many things are open and how many of them are overdue.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Counts {
    pub(super) open: usize,
    pub(super) overdue: usize,
}

impl Counts {
    /// Counts what has a date and is not done.
    pub(super) fn of<'w, 'a: 'w>(work: impl IntoIterator<Item = &'w Work<'a>>, today: Date) -> Self {
        let mut counts = Self::default();
        for work in work {
            match work.standing(today) {
                Some(Standing::Overdue { .. }) => {
                    counts.overdue += 1;
                    counts.open += 1;
                }
                Some(Standing::Open { .. }) => counts.open += 1,
                Some(Standing::Done { .. }) | None => {}
            }
        }
        counts
    }
}

/// Cuts a side list to the length of policy; how many rows were left off.
pub(super) fn cut<T>(rows: &mut Vec<T>, cx: &Cx<'_>) -> usize {
    cut_to("list-rows", rows, cx)
}

/// Cuts a list to a figure of policy; how many rows were left off.
pub(super) fn cut_to<T>(figure: &str, rows: &mut Vec<T>, cx: &Cx<'_>) -> usize {
    let room = cx.model().policy.room(figure);
    let over = rows.len().saturating_sub(room);
    rows.truncate(room);
    over
}

/// One of the first things to do, for the home page of whoever does it.
#[derive(Serialize)]
pub(super) struct Next {
    what: Ref,
    campaign: Option<String>,
    due: Day,
    until: Option<String>,
    state: Option<parts::State>,
}

impl Next {
    /// The first open rows, as many as the home page shows: overdue ones, the newest first, then what comes; and how many
    /// more there are.
    pub(super) fn of(work: &[Work<'_>], cx: &Cx<'_>) -> (Vec<Self>, usize) {
        let today = cx.today();
        let is_overdue = |w: &&Work<'_>| matches!(w.standing(today), Some(Standing::Overdue { .. }));
        let is_open = |w: &&Work<'_>| matches!(w.standing(today), Some(Standing::Open { .. }));
        let open: Vec<&Work<'_>> = work
            .iter()
            .rev()
            .filter(is_overdue)
            .chain(work.iter().filter(is_open))
            .filter(|w| w.days.is_some())
            .collect();
        let room = rows_of("home-lines", cx);
        let next = |work: &&Work<'_>| {
            let row = row(work, false, cx);
            let (campaign, due, until) = (row.campaign.map(|c| c.text), row.due?, row.until);
            Some(Self { what: row.what, campaign, due, until, state: row.state })
        };
        (open.iter().take(room).filter_map(next).collect(), open.len().saturating_sub(room))
    }
}

impl Lists {
    /// Sorts work, given in order of date, into lists. `names_owner` shows whose each row is. A page has room for some
    /// rows; the most urgent come first.
    pub(super) fn of<'w, 'a: 'w>(work: impl IntoIterator<Item = &'w Work<'a>>, names_owner: bool, cx: &Cx<'_>) -> Self {
        let policy = &cx.model().policy;
        let (days_ahead, days_back) = (policy.figure("next-nodes-days"), policy.figure("recent-days"));
        let today = cx.today();
        let (horizon, since) = (today.plus(days_ahead), today.plus(-days_back));
        let (mut overdue, mut soon, mut later, mut undated) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut recent: Vec<(Date, &Work<'_>)> = Vec::new();
        for work in work {
            match work.standing(today) {
                Some(Standing::Overdue { .. }) => overdue.push(work),
                Some(Standing::Open { .. }) if work.days.is_some_and(|d| d.first > horizon) => later.push(work),
                Some(Standing::Open { .. }) => soon.push(work),
                Some(Standing::Done { .. }) => {
                    let done = work.done.or(work.days.map(|d| d.last));
                    recent.extend(done.filter(|d| since <= *d && *d <= today).map(|d| (d, work)));
                }
                None if is_over(work, today) => {}
                None => undated.push(work),
            }
        }
        recent.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
        let recent: Vec<&Work<'_>> = recent.into_iter().map(|(_, work)| work).collect();
        let mut room = rows_of("work-rows", cx);
        let mut listed = |work: &[&Work<'_>]| Listed::of(work, names_owner, &mut room, cx);
        let (overdue, soon, later) = (listed(&overdue), listed(&soon), listed(&later));
        let (undated, recent) = (listed(&undated), listed(&recent));
        let open = overdue.count + soon.count + later.count + undated.count;
        let all = cx.link(cx.count("work-everything", open), &all_of(cx.route()));
        let all = Some(all).filter(|link| link.href.is_some());
        Self { overdue, soon, later, undated, recent, days_ahead, days_back, all }
    }
}

/// Whether the last date of the campaign is past.
fn is_over(work: &Work<'_>, today: Date) -> bool {
    work.campaign().and_then(|c| c.schedule.as_ref()).is_some_and(|s| s.last < today)
}

fn row(work: &Work<'_>, names_owner: bool, cx: &Cx<'_>) -> Row {
    let campaign = work.campaign();
    let id = campaign.map_or("", |c| c.id.as_str());
    let at = |words: Words, route: Route, fragment: &str| {
        let href = if fragment.is_empty() { cx.href(&route) } else { cx.href_to(&route, fragment) };
        Ref { text: words.text, lang: words.lang, href }
    };
    let part = |part: &str| routes::campaign_part(id, part);
    let (kind, what) = match work.task {
        Task::Milestone(_, node) => {
            let words = node.task.as_ref().map_or_else(|| node.id.as_str().into(), |t| cx.words(t));
            ("milestone", at(words, part("timeline"), node.id.as_str()))
        }
        Task::Item(_, item) => ("item", at(cx.words(&item.text), part("checklist"), &item.key())),
        Task::Material(_, material) => ("material", at(cx.words(&material.name), routes::campaign(id), "_materials")),
        Task::Action(_, action) => ("action", at(cx.words(&action.what), part("review"), action.id.value.as_str())),
        Task::Duty(_, duty) => {
            let words = match &duty.shift {
                Some(shift) => cx.tf("duty-shift", &[("shift", &cx.plain(shift))]),
                None => cx.t("duty").to_owned(),
            };
            ("duty", at(words.into(), routes::campaign(id), "_duty"))
        }
        Task::SopReview(sop) => ("sop-review", at(cx.words(&sop.title), routes::sop(sop.id.as_str()), "")),
    };
    let shown = work.done.or(work.days.map(|d| d.first));
    Row {
        kind,
        what,
        campaign: campaign.map(|c| parts::campaign(cx, c)),
        owner: (names_owner && !work.owner.is_empty()).then(|| parts::person(cx, work.owner)),
        due: work.days.map(|d| cx.day(d.first)),
        range: work.days.filter(|d| d.days() > 1).map(|d| cx.range(d)),
        until: work.days.filter(|d| d.days() > 1).map(|d| d.last.to_string()),
        state: state(work, cx),
        must: matches!(work.task, Task::Item(_, item) if item.must),
        done: work.done.map(|d| cx.day(d)),
        is_far: shown.is_some_and(|d| d.year() != cx.today().year()),
    }
}

/// How it stands in words; duty that is going on is not due, but now.
fn state(work: &Work<'_>, cx: &Cx<'_>) -> Option<parts::State> {
    match (work.task, work.days) {
        (Task::Duty(..), Some(days)) if days.contains(cx.today()) => {
            Some(parts::State { word: "today", text: cx.t("work-now").to_owned() })
        }
        _ => work.standing(cx.today()).map(|s| parts::state(cx, s)),
    }
}

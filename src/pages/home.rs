//! `/`: what is today, on one screen: what is live or next, what is late, who is needed, what was learnt last. Below it what
//! comes next and what must not be forgotten.

use super::alerts::{self, AlertView};
use super::calendar::{Almanac, Row, Slot, rows, slot};
use super::parts::{self, PhaseBar};
use super::routes;
use super::worklist::cut_to;
use crate::base::{Date, DateRange, Severity};
use crate::model::campaign::Campaign;
use crate::model::milestone::{Schedule, Standing};
use crate::model::work::{self, Work};
use crate::plan::{Cx, Day, Ground, Page, Planned, Ref, Section, Words};
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let page = Planned::page(routes::home(), "home.html", |cx| view(cx, ground)).entry(Section::Today);
    vec![page]
}

/// Everything `home.html` can see.
#[derive(Serialize)]
struct View {
    date: Day,
    full: String,
    /// Its week, at this day.
    week: Ref,
    month: Ref,
    /// Campaigns in a phase, with room for each.
    live: Vec<Live>,
    /// Those after them, a line each.
    also: Vec<Live>,
    /// Those that no line is left for.
    live_more: usize,
    live_all: usize,
    board: Option<String>,
    /// The campaign that begins next.
    off: Vec<Off>,
    upcoming: Option<Upcoming>,
    /// Alerts whose clock runs.
    alerts: Vec<AlertView>,
    alerts_more: usize,
    alerts_href: Option<String>,
    next: Vec<Row>,
    next_more: usize,
    next_all: usize,
    next_days: i64,
    agenda: Option<String>,
    overdue: Vec<Row>,
    overdue_more: usize,
    overdue_all: usize,
    must: Vec<Must>,
    must_open: usize,
    must_late: usize,
    must_more: usize,
    needed: Vec<Needed>,
    needed_more: usize,
    people: Option<String>,
    lessons: Vec<Lesson>,
    lessons_href: Option<String>,
    checks: Checks,
    linked: Option<Linked>,
}

/// A campaign that is in one of its phases.
#[derive(Serialize)]
struct Live {
    campaign: Ref,
    slot: Option<Slot>,
    summary: Option<Words>,
    phase: Words,
    colour: &'static str,
    progress: String,
    dates: String,
    owner: Option<Ref>,
    bar: Option<PhaseBar>,
    is_live: bool,
}

#[derive(Serialize)]
struct Upcoming {
    campaign: Ref,
    dates: String,
    distance: String,
}

/// The mandatory items of a campaign that are due soon or late.
#[derive(Serialize)]
struct Must {
    campaign: Ref,
    open: usize,
    late: usize,
    done: usize,
    all: usize,
    /// Done in thousandths.
    share: usize,
    href: Option<String>,
}

/// A campaign that would be on or ahead, had it not been called off.
#[derive(Serialize)]
struct Off {
    campaign: Ref,
    dates: String,
    when: Option<String>,
}

/// Somebody with something overdue, or due in the next days.
#[derive(Serialize)]
struct Needed {
    who: Ref,
    overdue: usize,
    soon: usize,
}

#[derive(Serialize)]
struct Lesson {
    text: Words,
    campaign: Ref,
}

/// How many campaigns of the year work for a goal (PRG-3).
#[derive(Serialize)]
struct Linked {
    linked: usize,
    all: usize,
    href: Option<String>,
}

/// Health of the checks.
#[derive(Serialize)]
struct Checks {
    errors: usize,
    warnings: usize,
    infos: usize,
    href: Option<String>,
}

fn view<'a>(cx: &Cx<'_>, ground: &'a Ground<'a>) -> Page {
    let model = ground.model;
    let almanac = Almanac::of(model);
    let today = cx.today();
    let days = model.policy.figure("next-nodes-days");
    let lines = model.policy.room("home-lines");
    let mut live: Vec<Live> = model.dated().filter_map(|(c, s)| live(cx, c, s)).collect();
    // What is being sold stands before what is being prepared or closed.
    live.sort_by_key(|l| !l.is_live);
    let live_all = live.len();
    let mut also = live.split_off(live.len().min(model.policy.room("home-cards")));
    let upcoming = model.dated().find(|(_, s)| s.phases.iter().map(|p| p.days.first).min().is_some_and(|d| d > today));
    let next = DateRange { first: today, last: today.plus(days) };
    let is_open = |s: Standing| matches!(s, Standing::Open { .. });
    let overdue = almanac.overdue(today);
    let overdue_all = overdue.len();
    let due: Vec<_> = almanac.due(next).filter(|e| is_open(e.standing(today))).collect();
    let next_all = due.len();
    let next_room = model.policy.room("home-next-lines");
    let mut must: Vec<Must> = model.dated().filter_map(|(c, s)| must(cx, c, s, next)).collect();
    let (must_open, must_late) = (must.iter().map(|m| m.open).sum(), must.iter().map(|m| m.late).sum());
    let mut alerts = alerts::open(cx);
    let mut needed = needed(cx, next);
    let view = View {
        date: cx.day(today),
        full: cx.date_full(today),
        week: Ref {
            href: cx.href_to(&routes::week(today), &today.to_string()),
            ..cx.link(cx.tf("week", &[("n", &today.iso_week().1)]), &routes::week(today))
        },
        month: cx.link(cx.month(today), &routes::month(today.year(), today.month())),
        live,
        live_more: cut_to("home-lines", &mut also, cx),
        also,
        live_all,
        board: cx.href(&routes::board()),
        off: off(cx, lines),
        upcoming: upcoming.map(|(campaign, schedule)| Upcoming {
            campaign: parts::campaign(cx, campaign),
            dates: cx.range_short(schedule.window),
            distance: cx.distance(schedule.window.first),
        }),
        alerts_more: cut_to("home-lines", &mut alerts, cx),
        alerts,
        alerts_href: cx.href(&routes::alerts()),
        next: rows(cx, due.into_iter().take(next_room)),
        next_more: next_all.saturating_sub(next_room),
        next_all,
        next_days: days,
        agenda: cx.href(&routes::agenda()),
        // The newest first: an old one that nobody closes must not hide them.
        overdue: rows(cx, overdue.into_iter().rev().take(lines)),
        overdue_more: overdue_all.saturating_sub(lines),
        overdue_all,
        must_open,
        must_late,
        must_more: cut_to("home-lines", &mut must, cx),
        must,
        needed_more: cut_to("home-lines", &mut needed, cx),
        needed,
        people: cx.href(&routes::people()),
        lessons: lessons(cx, lines),
        lessons_href: cx.href(&routes::lessons()),
        checks: checks(cx),
        linked: linked(cx),
    };
    let about = model.settings.tagline.as_ref().map_or_else(|| cx.plain(&model.settings.title), |t| cx.plain(t));
    Page::new(cx.t("nav-today"), view).about(about)
}

/// What was called off and would not be over yet: who comes to look for it finds it.
fn off(cx: &Cx<'_>, lines: usize) -> Vec<Off> {
    let ahead = |s: &Schedule| s.window.last >= cx.today();
    let all = cx.model().scheduled().filter(|(c, s)| c.called_off.is_some() && ahead(s));
    let row = |(campaign, schedule): (&Campaign, &Schedule)| Off {
        campaign: parts::campaign(cx, campaign),
        dates: cx.range_short(schedule.window),
        when: parts::called_off(cx, campaign),
    };
    all.take(lines).map(row).collect()
}

/// Who has something overdue or due in the next days: the most overdue first.
fn needed(cx: &Cx<'_>, next: DateRange) -> Vec<Needed> {
    let today = cx.today();
    let counted = |work: &[Work<'_>]| {
        let mut counts = (0, 0);
        for one in work {
            match one.standing(today) {
                Some(Standing::Overdue { .. }) => counts.0 += 1,
                Some(Standing::Open { .. }) if one.days.is_some_and(|d| d.first <= next.last) => counts.1 += 1,
                _ => {}
            }
        }
        counts
    };
    let work = work::by_owner(cx.model());
    let mut list: Vec<(&str, (usize, usize))> = work.iter().map(|(who, work)| (*who, counted(work))).collect();
    list.retain(|(_, counts)| *counts != (0, 0));
    list.sort_by_key(|(who, counts)| (std::cmp::Reverse(*counts), *who));
    let row = |(who, (overdue, soon))| Needed { who: parts::person(cx, who), overdue, soon };
    list.into_iter().map(row).collect()
}

fn live(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule) -> Option<Live> {
    let today = cx.today();
    let index = schedule.phases.iter().position(|p| p.days.contains(today))?;
    let phase = &schedule.phases[index];
    let day = phase.days.first.until(today) + 1;
    Some(Live {
        campaign: parts::campaign(cx, campaign),
        slot: slot(cx, campaign),
        summary: campaign.summary.as_ref().map(|s| cx.words(s)),
        phase: cx.words(&phase.name),
        colour: parts::phase_colour(campaign, schedule, index),
        progress: cx.tf("day-of", &[("n", &day), ("all", &phase.days.days())]),
        dates: cx.range_short(schedule.window),
        owner: parts::owner(cx, campaign.owner.as_ref()),
        bar: parts::phase_bar(cx, campaign),
        is_live: phase.live,
    })
}

/// The mandatory items of a campaign, if any of them is overdue or due in the next days.
fn must(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule, next: DateRange) -> Option<Must> {
    if schedule.last < cx.today() && campaign.postmortem.is_some() {
        return None;
    }
    let items: Vec<_> = campaign.checklist.iter().filter(|i| i.must).collect();
    let open = |until: Date| items.iter().filter(|i| i.done.is_none() && i.due.is_some_and(|d| d <= until)).count();
    let late = open(cx.today().plus(-1));
    let open = open(next.last);
    let done = items.iter().filter(|i| i.done.is_some()).count();
    let route = routes::campaign_part(campaign.id.as_str(), "checklist");
    (open > 0).then(|| Must {
        campaign: parts::campaign(cx, campaign),
        open,
        late,
        done,
        all: items.len(),
        share: done * 1000 / items.len().max(1),
        href: cx.href(&route),
    })
}

/// The newest lessons: one of each review in turn, so that one talkative review does not hide the others.
fn lessons(cx: &Cx<'_>, lines: usize) -> Vec<Lesson> {
    let reviewed: Vec<(&Campaign, &Vec<crate::base::Text>)> = cx
        .model()
        .dated()
        .rev()
        .filter_map(|(c, _)| c.postmortem.as_ref().map(|p| (c, &p.lessons)))
        .filter(|(_, lessons)| !lessons.is_empty())
        .take(lines)
        .collect();
    let mut list = Vec::new();
    let longest = reviewed.iter().map(|(_, lessons)| lessons.len()).max().unwrap_or(0);
    for turn in 0..longest {
        for (campaign, lessons) in &reviewed {
            let Some(text) = lessons.get(turn) else { continue };
            if list.len() == lines.div_ceil(2) {
                return list;
            }
            list.push(Lesson { text: cx.words(text), campaign: parts::campaign(cx, campaign) });
        }
    }
    list
}

/// The present year's, if it has goals.
fn linked(cx: &Cx<'_>) -> Option<Linked> {
    let model = cx.model();
    let year = model.programmes.iter().find(|p| p.year == cx.today().year() && !p.goals.list.is_empty())?;
    let count = super::goals::linked(model, year);
    Some(Linked { linked: count.linked, all: count.all, href: cx.href(&routes::goals(year.id.as_str())) })
}

fn checks(cx: &Cx<'_>) -> Checks {
    let count = |severity| cx.findings().iter().filter(|d| d.severity == severity).count();
    Checks {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
        href: cx.href(&routes::check()),
    }
}

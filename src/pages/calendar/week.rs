//! `calendar/<year>-w<week>/`: seven days, each with its phases, its hours, who is on duty and what is due. A day of a
//! crowded week has a page of its own, `calendar/<date>/`, with all its lines.

use super::almanac::{Almanac, Hour, Row, rows};
use super::grid::{self, Room, lay};
use super::{Tab, Turn, fair, tabs};
use crate::base::{Date, DateRange, Weekday};
use crate::model::calendar::Marked;
use crate::model::handover::Handover;
use crate::model::milestone::standing;
use crate::pages::obligations::{self, DueRow};
use crate::pages::{parts, routes};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Words};
use serde::Serialize;
use std::sync::Arc;

/// One page for each week that something happens in or that lies in a programme's year, and for days that need one.
pub(super) fn plan<'a>(ground: &'a Ground<'a>, almanac: &Arc<Almanac<'a>>) -> Vec<Planned<'a>> {
    let figure = |id: &str| usize::try_from(ground.model.policy.figure(id)).unwrap_or(usize::MAX);
    let (most, side) = (figure("week-lines"), figure("side-lines"));
    let mut pages = Vec::new();
    for monday in almanac.weeks().iter().copied() {
        let here = Arc::clone(almanac);
        pages.push(Planned::page(routes::week(monday), "calendar-week.html", move |cx| view(cx, &here, monday)));
        for day in crowded(almanac, monday, most, side) {
            let here = Arc::clone(almanac);
            pages.push(Planned::page(routes::day(day), "calendar-day.html", move |cx| day_view(cx, &here, day)));
        }
    }
    pages
}

/// Days of a week.
fn week_of(monday: Date) -> DateRange {
    DateRange { first: monday, last: monday.plus(6) }
}

/// Lines of a day that a crowded week cuts: hours and what is due.
fn lines_of(almanac: &Almanac<'_>, day: Date) -> usize {
    almanac.hours(day).len() + almanac.due(DateRange { first: day, last: day }).count()
}

/// How many lines a day of a week may have.
fn cap(almanac: &Almanac<'_>, monday: Date, most: usize) -> usize {
    let counts: Vec<usize> = week_of(monday).iter().map(|day| lines_of(almanac, day)).collect();
    fair(&counts, most)
}

/// The days of a week that do not stand whole on its page.
fn crowded(almanac: &Almanac<'_>, monday: Date, most: usize, side: usize) -> Vec<Date> {
    let cap = cap(almanac, monday, most);
    let is_cut = |day: Date| {
        let campaigns = almanac.campaigns(DateRange { first: day, last: day }).len();
        let beside = [campaigns, almanac.duties(day).len(), almanac.handovers(day).len()];
        lines_of(almanac, day) > cap || beside.iter().any(|n| *n > side)
    };
    week_of(monday).iter().filter(|day| is_cut(*day)).collect()
}

/// Everything `calendar-week.html` can see.
#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    turn: Turn,
    weekdays: Vec<String>,
    week: grid::Week,
    range: String,
    days: Vec<DayView>,
    months: Vec<Ref>,
    is_provisional: bool,
}

/// Everything `calendar-day.html` can see.
#[derive(Serialize)]
struct SingleView {
    tabs: Vec<Tab>,
    turn: Turn,
    day: DayView,
}

/// One day.
#[derive(Serialize)]
struct DayView {
    day: Day,
    /// `Thursday, 17 September 2026`.
    full: String,
    is_today: bool,
    is_past: bool,
    is_off: bool,
    mark: Option<Words>,
    is_makeup: bool,
    /// Campaigns in a phase.
    running: Vec<Running>,
    running_more: usize,
    duties: Vec<OnDuty>,
    hours: Vec<HourView>,
    due: Vec<Row>,
    handovers: Vec<Passed>,
    obligations: Vec<DueRow>,
    /// Lines that are left off, and where they stand.
    more: usize,
    more_href: Option<String>,
    is_empty: bool,
}

type Day = crate::plan::Day;

/// A campaign in one of its phases.
#[derive(Serialize)]
struct Running {
    campaign: Ref,
    phase: Words,
    colour: &'static str,
    progress: String,
    is_live: bool,
}

#[derive(Serialize)]
struct OnDuty {
    person: Ref,
    shift: Option<Words>,
    campaign: Ref,
}

/// A line of the run sheet.
#[derive(Serialize)]
struct HourView {
    time: String,
    what: Words,
    campaign: Ref,
    owner: Option<Ref>,
    must: bool,
    is_done: bool,
    /// Whether the line above says the same hour.
    is_again: bool,
}

/// A hand-over.
#[derive(Serialize)]
struct Passed {
    what: Ref,
    from: Words,
    to: Words,
    campaign: Ref,
    state: parts::State,
}

fn title(cx: &Cx<'_>, monday: Date) -> String {
    let (year, week) = monday.iso_week();
    cx.tf("week-title", &[("n", &week), ("year", &year)])
}

fn view(cx: &Cx<'_>, almanac: &Almanac<'_>, monday: Date) -> Page {
    let days = week_of(monday);
    let all: Vec<Date> = days.iter().collect();
    let laid = lay(&almanac.planned(days));
    let cap = cap(almanac, monday, cx.model().policy.room("week-lines"));
    // The strip shows bars only: what is due stands below.
    let space = Room { lanes: cx.model().policy.room("grid-lanes"), lines: 0 };
    let mut week = grid::week(cx, almanac, &laid, days, &all, space);
    week.forget_lines();
    let at = |monday: Date| {
        let words = cx.tf("week", &[("n", &monday.iso_week().1)]);
        almanac.weeks().contains(&monday).then(|| (words, routes::week(monday)))
    };
    let mut months = vec![days.first, days.last];
    months.dedup_by_key(|day| day.month());
    let view = View {
        tabs: tabs(cx, if days.contains(cx.today()) { cx.today() } else { monday }),
        turn: Turn::of(cx, at(monday.plus(-7)), at(monday.plus(7))),
        weekdays: Weekday::ALL.iter().map(|w| cx.t(&format!("weekday-short-{}", w.index() + 1)).to_owned()).collect(),
        week,
        range: cx.range(days),
        days: all.iter().map(|day| self::day(cx, almanac, *day, Some(cap))).collect(),
        months: months.iter().map(|m| cx.link(cx.month(*m), &routes::month(m.year(), m.month()))).collect(),
        is_provisional: cx.model().settings.calendar.is_some() && !cx.model().calendar().is_certain(monday),
    };
    let words = title(cx, monday);
    Page::new(words.clone(), view)
        .under(cx.tf("calendar-year-title", &[("year", &days.last.year())]), routes::year(days.last.year()))
        .under(cx.month(days.last), routes::month(days.last.year(), days.last.month()))
        .about(cx.tf("calendar-week-about", &[("week", &words), ("range", &cx.range(days))]))
}

fn day_view(cx: &Cx<'_>, almanac: &Almanac<'_>, day: Date) -> Page {
    let at = |day: Date| Some((cx.date_short(day), routes::day(day)));
    let monday = day.week_start();
    let view = SingleView {
        tabs: tabs(cx, day),
        turn: Turn::of(cx, at(day.plus(-1)), at(day.plus(1))),
        day: self::day(cx, almanac, day, None),
    };
    Page::new(cx.date_full(day), view)
        .under(cx.tf("calendar-year-title", &[("year", &day.year())]), routes::year(day.year()))
        .under(title(cx, monday), routes::week(monday))
        .about(cx.tf("calendar-day-about", &[("day", &cx.date_full(day))]))
}

/// One day; with `cap`, hours and what is due have so many lines together and the rest is counted.
fn day(cx: &Cx<'_>, almanac: &Almanac<'_>, day: Date, cap: Option<usize>) -> DayView {
    let only = DateRange { first: day, last: day };
    let mark = cx.model().calendar().days.get(&day);
    let hours = almanac.hours(day);
    let due: Vec<_> = almanac.due(only).collect();
    let cap_hours =
        cap.map_or(usize::MAX, |cap| cap.saturating_sub(fair(&[hours.len(), due.len()], cap).min(due.len())));
    let cap_due = cap.map_or(usize::MAX, |cap| cap - hours.len().min(cap_hours));
    let mut phases: Vec<Running> =
        almanac.campaigns(only).into_iter().filter_map(|(c, s)| running(cx, c, s, day)).collect();
    phases.sort_by_key(|running| !running.is_live);
    let most = if cap.is_some() { cx.model().policy.room("side-lines") } else { usize::MAX };
    let duties = almanac.duties(day).iter().map(|(campaign, duty)| OnDuty {
        person: parts::person(cx, &duty.person.value),
        shift: duty.shift.as_ref().map(|s| cx.words(s)),
        campaign: parts::campaign(cx, campaign),
    });
    let duties: Vec<OnDuty> = duties.take(most).collect();
    let handovers: Vec<Passed> = almanac.handovers(day).iter().take(most).map(|(c, h)| passed(cx, c, h)).collect();
    let obligations = obligations::due(cx, almanac.obligations(only));
    let more = hours.len().saturating_sub(cap_hours)
        + due.len().saturating_sub(cap_due)
        + almanac.duties(day).len().saturating_sub(most)
        + almanac.handovers(day).len().saturating_sub(most);
    DayView {
        day: cx.day(day),
        full: cx.date_full(day),
        is_today: day == cx.today(),
        is_past: day < cx.today(),
        is_off: !cx.model().calendar().is_working(day),
        mark: match mark {
            Some(Marked::Holiday(name)) => Some(cx.words(name)),
            Some(Marked::Workday(_)) => Some(cx.t("makeup-day").into()),
            None => None,
        },
        is_makeup: matches!(mark, Some(Marked::Workday(_))),
        is_empty: phases.is_empty()
            && hours.is_empty()
            && due.is_empty()
            && duties.is_empty()
            && handovers.is_empty()
            && obligations.is_empty(),
        running_more: phases.len().saturating_sub(most),
        running: phases.into_iter().take(most).collect(),
        duties,
        hours: hour_views(cx, hours.iter().copied().take(cap_hours), day),
        due: rows(cx, due.into_iter().take(cap_due)),
        handovers,
        obligations,
        more,
        more_href: cx.href(&routes::day(day)),
    }
}

fn running(
    cx: &Cx<'_>,
    campaign: &crate::model::campaign::Campaign,
    schedule: &crate::model::milestone::Schedule,
    day: Date,
) -> Option<Running> {
    let index = schedule.phases.iter().position(|p| p.days.contains(day))?;
    let phase = &schedule.phases[index];
    let n = phase.days.first.until(day) + 1;
    Some(Running {
        campaign: parts::campaign(cx, campaign),
        phase: cx.words(&phase.name),
        colour: parts::phase_colour(campaign, schedule, index),
        progress: cx.tf("day-of", &[("n", &n), ("all", &phase.days.days())]),
        is_live: phase.live,
    })
}

fn hour_views<'a>(cx: &Cx<'_>, hours: impl Iterator<Item = Hour<'a>>, day: Date) -> Vec<HourView> {
    let view = |hour: Hour<'a>| {
        let (campaign, what, owner, must, is_done) = match hour {
            Hour::Run(campaign, run) => (campaign, cx.words(&run.what), run.owner.as_ref(), false, false),
            Hour::Item(campaign, item, _) => {
                (campaign, cx.words(&item.text), item.owner.as_ref(), item.must, item.done.is_some())
            }
        };
        let sheet = routes::campaign_part(campaign.id.as_str(), "run-sheet");
        let name = cx.words(&campaign.title);
        HourView {
            time: hour.time().to_owned(),
            what,
            campaign: Ref { text: name.text, lang: name.lang, href: cx.href_to(&sheet, &day.to_string()) },
            owner: parts::owner(cx, owner),
            must,
            is_done,
            is_again: false,
        }
    };
    let mut views: Vec<HourView> = hours.map(view).collect();
    for i in (1..views.len()).rev() {
        views[i].is_again = views[i].time == views[i - 1].time;
    }
    views
}

fn passed(cx: &Cx<'_>, campaign: &crate::model::campaign::Campaign, handover: &Handover) -> Passed {
    let timeline = routes::campaign_part(campaign.id.as_str(), "timeline");
    let name = |id: &str| Words::from(parts::department(cx, id).text);
    let what = cx.words(&handover.item);
    Passed {
        what: Ref { text: what.text, lang: what.lang, href: cx.href_to(&timeline, "_handovers") },
        from: name(&handover.from.value),
        to: name(&handover.to.value),
        campaign: parts::campaign(cx, campaign),
        state: parts::state(cx, standing(handover.due, handover.accepted.map(|d| d.value), cx.today())),
    }
}

//! `calendar/<year>-<month>/`: a grid of days with phases and nodes, and the same as a list.

use super::almanac::{Almanac, Month, Row, first_of, month_of, phase_days, rows};
use super::{Tab, Turn, tabs};
use crate::base::{Date, DateRange, Weekday};
use crate::model::calendar::Marked;
use crate::model::campaign::Campaign;
use crate::model::milestone::Schedule;
use crate::pages::obligations::{self, DueRow};
use crate::pages::{parts, routes};
use crate::plan::{Cx, Page, Planned, Ref, Route, Words};
use serde::Serialize;
use std::sync::Arc;

/// One page for each month that something happens in.
pub(super) fn plan<'a>(almanac: &Arc<Almanac<'a>>) -> Vec<Planned<'a>> {
    let page = |month: Month| {
        let almanac = Arc::clone(almanac);
        Planned::page(routes::month(month.0, month.1), "calendar-month.html", move |cx| view(cx, &almanac, month))
    };
    almanac.shown().map(page).collect()
}

/// Everything `calendar-month.html` can see.
#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    turn: Turn,
    weekdays: Vec<String>,
    weeks: Vec<Week>,
    campaigns: Vec<Running>,
    rows: Vec<Row>,
    days_off: Vec<DayOff>,
    obligations: Vec<DueRow>,
    /// The days of this month on which most people take part.
    peak: Option<String>,
    /// Whether the year's public holidays are not all known.
    is_provisional: bool,
}

#[derive(Serialize)]
struct Week {
    number: u8,
    days: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    iso: String,
    day: u8,
    full: String,
    is_outside: bool,
    is_today: bool,
    is_off: bool,
    /// Whether most people take part on this day of the month (CAL-9).
    is_peak: bool,
    mark: Option<Words>,
    is_makeup: bool,
    lanes: Vec<Lane>,
    rows: Vec<Row>,
}

/// One campaign on one day; lanes without one keep the others in line.
#[derive(Default, Serialize)]
struct Lane {
    colour: Option<&'static str>,
    text: Option<Words>,
    href: Option<String>,
    title: String,
    is_first: bool,
    is_last: bool,
    /// How many days of this week the phase goes on from here: the room its words have.
    run: i64,
}

/// A campaign with phases in this month.
#[derive(Serialize)]
struct Running {
    campaign: Ref,
    phases: Vec<Phase>,
}

#[derive(Serialize)]
struct Phase {
    colour: &'static str,
    name: Words,
    range: String,
}

#[derive(Serialize)]
struct DayOff {
    range: String,
    name: Words,
    is_makeup: bool,
}

/// A campaign in a lane of the grid.
struct Laid<'a> {
    campaign: &'a Campaign,
    schedule: &'a Schedule,
    days: DateRange,
    lane: usize,
}

fn view(cx: &Cx<'_>, almanac: &Almanac<'_>, month: Month) -> Page {
    let first = first_of(month);
    let days = DateRange { first, last: first.month_end() };
    let laid = lay(&almanac.campaigns(days));
    let calendar = cx.model().calendar();
    let (before, after) = almanac.around(month);
    let turn = |month: Option<Month>| month.map(|m| (cx.month(first_of(m)), routes::month(m.0, m.1)));
    let grid = DateRange { first: first.week_start(), last: days.last.week_start().plus(6) };
    let all: Vec<Date> = grid.iter().collect();
    let weeks = all.chunks(7).map(|week| self::week(cx, almanac, &laid, days, week)).collect();
    let weekday = |w: &Weekday| cx.t(&format!("weekday-short-{}", w.index() + 1)).to_owned();
    let around = if days.contains(cx.today()) { cx.today() } else { first };
    let view = View {
        tabs: tabs(cx, around),
        turn: Turn::of(cx, turn(before), turn(after)),
        weekdays: Weekday::ALL.iter().map(weekday).collect(),
        weeks,
        campaigns: laid.iter().map(|l| running(cx, l, days)).collect(),
        rows: rows(cx, almanac.due(days)),
        days_off: days_off(cx, days),
        obligations: obligations::due(cx, days),
        peak: peak(cx, first).and_then(|p| {
            let here: Vec<Date> = days.iter().filter(|day| p.contains(*day)).collect();
            Some(cx.range_short(DateRange { first: *here.first()?, last: *here.last()? }))
        }),
        is_provisional: cx.model().settings.calendar.is_some() && !calendar.is_certain(first),
    };
    let (quarter_name, quarter) = quarter_of(cx, first);
    Page::new(cx.month(first), view)
        .under(cx.tf("calendar-year-title", &[("year", &month.0)]), routes::year(month.0))
        .under(quarter_name, quarter)
        .about(cx.tf("calendar-month-about", &[("month", &cx.month(first))]))
}

fn quarter_of(cx: &Cx<'_>, day: Date) -> (String, Route) {
    let (year, quarter) = (month_of(day).0, day.quarter());
    (cx.tf("quarter", &[("q", &quarter), ("year", &year)]), routes::quarter(year, quarter))
}

/// Puts campaigns into lanes so that those of one lane never share a day.
fn lay<'a>(campaigns: &[(&'a Campaign, &'a Schedule)]) -> Vec<Laid<'a>> {
    let mut ends: Vec<Date> = Vec::new();
    let mut laid = Vec::new();
    let mut sorted: Vec<_> = campaigns.iter().map(|(c, s)| (*c, *s, phase_days(s))).collect();
    sorted.sort_by(|(a, _, one), (b, _, other)| (one.first, &a.id).cmp(&(other.first, &b.id)));
    for (campaign, schedule, days) in sorted {
        let lane = ends.iter().position(|end| *end < days.first).unwrap_or_else(|| {
            ends.push(days.last);
            ends.len() - 1
        });
        ends[lane] = days.last;
        laid.push(Laid { campaign, schedule, days, lane });
    }
    laid
}

fn week(cx: &Cx<'_>, almanac: &Almanac<'_>, laid: &[Laid<'_>], month: DateRange, week: &[Date]) -> Week {
    let here = DateRange { first: week[0], last: week[week.len() - 1] };
    let lanes = laid.iter().filter(|l| l.days.overlaps(here)).map(|l| l.lane + 1).max().unwrap_or(0);
    let cell = |day: &Date| {
        let day = *day;
        let mark = cx.model().calendar().days.get(&day);
        Cell {
            iso: day.to_string(),
            day: day.day(),
            full: cx.date_full(day),
            is_outside: !month.contains(day),
            is_today: day == cx.today(),
            is_off: !cx.model().calendar().is_working(day),
            is_peak: month.contains(day) && peak(cx, day).is_some_and(|p| p.contains(day)),
            mark: match mark {
                Some(Marked::Holiday(name)) => Some(cx.words(name)),
                Some(Marked::Workday(_)) => Some(cx.t("makeup-day").into()),
                None => None,
            },
            is_makeup: matches!(mark, Some(Marked::Workday(_))),
            lanes: (0..lanes).map(|lane| lane_on(cx, laid, lane, day, here)).collect(),
            // What is due on a neighbour month's day stands on that month's page.
            rows: if month.contains(day) {
                rows(cx, almanac.due(DateRange { first: day, last: day }))
            } else {
                Vec::new()
            },
        }
    };
    Week { number: here.first.iso_week().1, days: week.iter().map(cell).collect() }
}

/// The days on which most people take part, by the programme of a day's year.
fn peak(cx: &Cx<'_>, day: Date) -> Option<crate::model::programme::Peak> {
    cx.model().programmes.iter().find(|p| p.year == day.year()).and_then(|p| p.peak)
}

fn lane_on(cx: &Cx<'_>, laid: &[Laid<'_>], lane: usize, day: Date, week: DateRange) -> Lane {
    let Some(one) = laid.iter().find(|l| l.lane == lane && l.days.contains(day)) else { return Lane::default() };
    let Some(index) = one.schedule.phases.iter().position(|p| p.days.contains(day)) else { return Lane::default() };
    let phase = &one.schedule.phases[index];
    let is_first = day == phase.days.first;
    let name = cx.words(&phase.name);
    // The campaign is named where it begins and at the start of each week, a later phase where it begins.
    let text = if day == week.first || day == one.days.first {
        Some(cx.words(&one.campaign.title))
    } else {
        is_first.then(|| name.clone())
    };
    Lane {
        colour: Some(parts::phase_colour(one.schedule, index)),
        text,
        href: cx.href(&routes::campaign(one.campaign.id.as_str())),
        title: format!("{} · {} {}", cx.plain(&one.campaign.title), name.text, cx.range_short(phase.days)),
        is_first,
        is_last: day == phase.days.last,
        run: day.until(phase.days.last.min(week.last)) + 1,
    }
}

fn running(cx: &Cx<'_>, laid: &Laid<'_>, month: DateRange) -> Running {
    let phase = |(index, phase): (usize, &crate::model::milestone::PhaseDays)| {
        phase.days.overlaps(month).then(|| Phase {
            colour: parts::phase_colour(laid.schedule, index),
            name: cx.words(&phase.name),
            range: cx.range_short(phase.days),
        })
    };
    Running {
        campaign: parts::campaign(cx, laid.campaign),
        phases: laid.schedule.phases.iter().enumerate().filter_map(phase).collect(),
    }
}

/// Holidays and make-up days of a month; a holiday's days in a row are one line.
fn days_off(cx: &Cx<'_>, month: DateRange) -> Vec<DayOff> {
    let calendar = cx.model().calendar();
    let mut list: Vec<(DateRange, Words, bool)> = Vec::new();
    for (day, mark) in calendar.days.range(month.first..=month.last) {
        let (name, is_makeup) = match mark {
            Marked::Holiday(name) => (cx.words(name), false),
            Marked::Workday(Some(reason)) => (cx.words(reason), true),
            Marked::Workday(None) => (cx.t("makeup-day").into(), true),
        };
        match list
            .last_mut()
            .filter(|(range, last, kind)| range.last.plus(1) == *day && *last == name && *kind == is_makeup)
        {
            Some((range, ..)) => range.last = *day,
            None => list.push((DateRange { first: *day, last: *day }, name, is_makeup)),
        }
    }
    list.into_iter().map(|(range, name, is_makeup)| DayOff { range: cx.range_short(range), name, is_makeup }).collect()
}

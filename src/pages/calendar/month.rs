//! `calendar/<year>-<month>/`: a grid of days with phases and nodes, and the same as a list.

use super::almanac::{Almanac, Month, Row, first_of, month_of, rows};
use super::grid::{self, Laid, Room, Week, lay, peak};
use super::weeks::{WeekLine, week_lines};
use super::{Tab, Turn, tabs};
use crate::base::{Date, DateRange, Weekday};
use crate::model::calendar::Marked;
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
    /// Campaigns that the list leaves off.
    more: usize,
    rows: Vec<Row>,
    /// Instead of the lines, where they are too many for one page: how many each week has.
    by_week: Vec<WeekLine>,
    /// Campaigns of this month by their dates, where there are more than the list shows.
    timeline: Option<String>,
    days_off: Vec<DayOff>,
    obligations: Vec<DueRow>,
    /// The days of this month on which most people take part.
    peak: Option<String>,
    /// Whether the year's public holidays are not all known.
    is_provisional: bool,
}

/// A campaign with phases in this month.
#[derive(Serialize)]
struct Running {
    campaign: Ref,
    /// When it was called off, in words.
    off: Option<String>,
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

fn view(cx: &Cx<'_>, almanac: &Almanac<'_>, month: Month) -> Page {
    let first = first_of(month);
    let days = DateRange { first, last: first.month_end() };
    let laid = lay(&almanac.planned(days));
    let calendar = cx.model().calendar();
    let (before, after) = almanac.around(month);
    let turn = |month: Option<Month>| month.map(|m| (cx.month(first_of(m)), routes::month(m.0, m.1)));
    let grid = DateRange { first: first.week_start(), last: days.last.week_start().plus(6) };
    let all: Vec<Date> = grid.iter().collect();
    let counts: Vec<usize> = days.iter().map(|day| almanac.due(DateRange { first: day, last: day }).count()).collect();
    let space = Room {
        lanes: cx.model().policy.room("grid-lanes"),
        lines: super::fair(&counts, cx.model().policy.room("grid-lines")),
    };
    let weeks = all.chunks(7).map(|week| grid::week(cx, almanac, &laid, days, week, space)).collect();
    let lines = cx.model().policy.room("calendar-lines");
    let is_crowded = counts.iter().sum::<usize>() > lines;
    let shown = if is_crowded { laid.len().min(cx.model().policy.room("side-lines")) } else { laid.len() };
    let weekday = |w: &Weekday| cx.t(&format!("weekday-short-{}", w.index() + 1)).to_owned();
    let around = if days.contains(cx.today()) { cx.today() } else { first };
    let view = View {
        tabs: tabs(cx, around),
        turn: Turn::of(cx, turn(before), turn(after)),
        weekdays: Weekday::ALL.iter().map(weekday).collect(),
        weeks,
        campaigns: laid.iter().take(shown).map(|l| running(cx, l, days)).collect(),
        more: laid.len() - shown,
        rows: if is_crowded { Vec::new() } else { rows(cx, almanac.due(days)) },
        by_week: if is_crowded { week_lines(cx, almanac, days) } else { Vec::new() },
        timeline: cx.href(&routes::timeline_of(&first.year_month())),
        days_off: days_off(cx, days),
        obligations: obligations::due(cx, almanac.obligations(days)),
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

fn running(cx: &Cx<'_>, laid: &Laid<'_>, month: DateRange) -> Running {
    let phase = |(index, phase): (usize, &crate::model::milestone::PhaseDays)| {
        phase.days.overlaps(month).then(|| Phase {
            colour: parts::phase_colour(laid.campaign, laid.schedule, index),
            name: cx.words(&phase.name),
            range: cx.range_short(phase.days),
        })
    };
    Running {
        campaign: parts::campaign(cx, laid.campaign),
        off: parts::called_off(cx, laid.campaign),
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

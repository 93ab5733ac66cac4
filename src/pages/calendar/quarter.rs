//! `calendar/<year>-q<n>/`: three months, campaigns side by side with their nodes.

use super::almanac::{Almanac, Entry, Row, month_of, quarter_days, rows};
use super::chart::{Chart, chart};
use super::timeline::{Piece, spans_of};
use super::weeks::{WeekLine, week_lines};
use super::{Tab, Turn, tabs};
use crate::base::{Date, DateRange};
use crate::pages::routes;
use crate::plan::{Cx, Page, Planned, Route};
use serde::Serialize;
use std::sync::Arc;

/// One page for each quarter that something happens in.
pub(super) fn plan<'a>(almanac: &Arc<Almanac<'a>>) -> Vec<Planned<'a>> {
    let page = |(year, quarter): (i16, u8)| {
        let almanac = Arc::clone(almanac);
        Planned::page(routes::quarter(year, quarter), "calendar-quarter.html", move |cx| {
            view(cx, &almanac, year, quarter)
        })
    };
    almanac.quarters().into_iter().map(page).collect()
}

/// Everything `calendar-quarter.html` can see.
#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    turn: Turn,
    /// Campaigns side by side, where there is room for all of them.
    chart: Option<Chart>,
    /// Else the timelines that have them.
    timelines: Vec<Piece>,
    campaigns: usize,
    months: Vec<Group>,
}

/// The nodes of a month.
#[derive(Serialize)]
struct Group {
    title: String,
    href: Option<String>,
    rows: Vec<Row>,
    /// Instead of the lines, where they are too many for one page.
    by_week: Vec<WeekLine>,
}

fn view(cx: &Cx<'_>, almanac: &Almanac<'_>, year: i16, quarter: u8) -> Page {
    let days = quarter_days(year, quarter);
    let programme = cx.model().programmes.iter().find(|p| p.year == year);
    let campaigns = almanac.open(days);
    let nodes: Vec<Entry<'_>> = almanac.due(days).filter(|e| matches!(e, Entry::Node(..))).collect();
    let has_room = campaigns.len() <= cx.model().policy.room("timeline-rows");
    let all = almanac.quarters();
    let neighbour = |by: i64| {
        let index = i64::from(year) * 4 + i64::from(quarter) - 1 + by;
        let (year, quarter) = (i16::try_from(index.div_euclid(4)).ok()?, u8::try_from(index.rem_euclid(4) + 1).ok()?);
        all.contains(&(year, quarter)).then(|| named(cx, year, quarter))
    };
    let today = cx.today();
    let around = if days.contains(today) { today } else { days.first };
    let view = View {
        tabs: tabs(cx, around),
        turn: Turn::of(cx, neighbour(-1), neighbour(1)),
        chart: has_room.then(|| chart(cx, days, &campaigns, programme, &nodes)),
        timelines: if has_room { Vec::new() } else { spans_of(cx, almanac, days) },
        campaigns: campaigns.len(),
        months: months(cx, almanac, days),
    };
    let (title, _) = named(cx, year, quarter);
    Page::new(title.clone(), view)
        .under(cx.tf("calendar-year-title", &[("year", &year)]), routes::year(year))
        .about(cx.tf("calendar-quarter-about", &[("quarter", &title)]))
}

fn named(cx: &Cx<'_>, year: i16, quarter: u8) -> (String, Route) {
    (cx.tf("quarter", &[("q", &quarter), ("year", &year)]), routes::quarter(year, quarter))
}

fn months(cx: &Cx<'_>, almanac: &Almanac<'_>, days: DateRange) -> Vec<Group> {
    let mut groups = Vec::new();
    let is_crowded = almanac.due(days).count() > cx.model().policy.room("calendar-lines");
    let mut first: Date = days.first;
    while first <= days.last {
        let (year, month) = month_of(first);
        let range = DateRange { first, last: first.month_end() };
        groups.push(Group {
            title: cx.month(first),
            href: cx.href(&routes::month(year, month)),
            rows: if is_crowded { Vec::new() } else { rows(cx, almanac.due(range)) },
            by_week: if is_crowded { week_lines(cx, almanac, range) } else { Vec::new() },
        });
        first = range.last.plus(1);
    }
    groups
}

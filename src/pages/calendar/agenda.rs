//! `calendar/agenda/`: what is overdue and what comes next, week by week.

use super::almanac::{Almanac, Row, rows_to_filter};
use super::weeks::{WeekLine, week_lines};
use super::{Tab, tabs};
use crate::base::{Date, DateRange};
use crate::pages::filter::{Filter, Maker};
use crate::pages::obligations::{self, DueRow};
use crate::pages::routes;
use crate::plan::{Cx, Page, Planned};
use serde::Serialize;
use std::sync::Arc;

/// One page.
pub(super) fn plan<'a>(almanac: &Arc<Almanac<'a>>) -> Planned<'a> {
    let almanac = Arc::clone(almanac);
    Planned::page(routes::agenda(), "calendar-agenda.html", move |cx| view(cx, &almanac))
}

/// Everything `calendar-agenda.html` can see.
#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    filter: Filter,
    overdue: Vec<Row>,
    overdue_more: usize,
    weeks: Vec<Week>,
    /// Weeks for whose lines there is no room here.
    later: Vec<WeekLine>,
    until: String,
    obligations: Vec<DueRow>,
}

#[derive(Serialize)]
struct Week {
    title: String,
    range: String,
    is_now: bool,
    rows: Vec<Row>,
}

fn view(cx: &Cx<'_>, almanac: &Almanac<'_>) -> Page {
    let today = cx.today();
    let last = today.plus(cx.model().policy.figure("agenda-days"));
    let mut left = cx.model().policy.room("calendar-lines");
    let overdue = almanac.overdue(today);
    let shown = overdue.len().min(left / 2);
    left -= shown;
    // The newest of them: an old one that nobody closes must not hide them.
    let mut maker = Maker::new(cx);
    let late = rows_to_filter(cx, overdue[overdue.len() - shown..].iter().copied(), &mut maker);
    let mut weeks = Vec::new();
    let mut monday = today.week_start();
    while monday <= last {
        let sunday = monday.plus(6);
        let here = DateRange { first: monday.max(today), last: sunday.min(last) };
        let count = almanac.due(here).count();
        if count > left {
            break;
        }
        left -= count;
        let rows = rows_to_filter(cx, almanac.due(here), &mut maker);
        if !rows.is_empty() {
            weeks.push(Week {
                title: title(cx, monday),
                range: cx.range_short(DateRange { first: monday, last: sunday }),
                is_now: monday <= today && today <= sunday,
                rows,
            });
        }
        monday = sunday.plus(1);
    }
    let view = View {
        tabs: tabs(cx, today),
        filter: maker.form("_agenda", &["campaign", "owner"], &[], false),
        overdue: late,
        overdue_more: overdue.len() - shown,
        weeks,
        later: if monday <= last {
            week_lines(cx, almanac, DateRange { first: monday.max(today), last })
        } else {
            Vec::new()
        },
        until: cx.date(last),
        obligations: obligations::due(cx, almanac.obligations(DateRange { first: today, last })),
    };
    Page::new(cx.t("calendar-agenda"), view)
        .under(cx.tf("calendar-year-title", &[("year", &today.year())]), routes::year(today.year()))
        .about(cx.t("calendar-agenda-about"))
}

/// `This week`, `Next week`, `Week 40`.
fn title(cx: &Cx<'_>, monday: Date) -> String {
    match cx.today().week_start().until(monday) {
        0 => cx.t("this-week").to_owned(),
        7 => cx.t("next-week").to_owned(),
        _ => cx.tf("week", &[("n", &monday.iso_week().1)]),
    }
}

//! Weeks as lines of a list: where the days of a month are too many for one page, their weeks stand for them.

use super::almanac::Almanac;
use crate::base::DateRange;
use crate::pages::routes;
use crate::plan::{Cx, Ref};
use serde::Serialize;

/// One week.
#[derive(Serialize)]
pub(super) struct WeekLine {
    week: Ref,
    range: String,
    due: usize,
    overdue: usize,
    live: usize,
    is_now: bool,
}

/// The weeks of some days: what is due in each, what of it is overdue, and how many campaigns are live.
pub(super) fn week_lines(cx: &Cx<'_>, almanac: &Almanac<'_>, days: DateRange) -> Vec<WeekLine> {
    let today = cx.today();
    let mut lines = Vec::new();
    let mut monday = days.first.week_start();
    while monday <= days.last {
        let week = DateRange { first: monday, last: monday.plus(6) };
        let here = DateRange { first: week.first.max(days.first), last: week.last.min(days.last) };
        lines.push(WeekLine {
            week: cx.link(cx.tf("week", &[("n", &monday.iso_week().1)]), &routes::week(monday)),
            range: cx.range_short(here),
            due: almanac.due(here).count(),
            overdue: almanac.due(here).filter(|entry| entry.is_overdue(today)).count(),
            live: almanac.campaigns(here).iter().filter(|(_, s)| s.window.overlaps(here)).count(),
            is_now: here.contains(today),
        });
        monday = monday.plus(7);
    }
    lines
}

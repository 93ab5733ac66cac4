//! A grid of weeks: phases as bars over days, what is due on each of them.

use super::almanac::{Almanac, Row, phase_days, rows};
use crate::base::{Date, DateRange};
use crate::model::calendar::Marked;
use crate::model::campaign::Campaign;
use crate::model::milestone::Schedule;
use crate::pages::{parts, routes};
use crate::plan::{Cx, Words};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Week {
    number: u8,
    /// The page of the week.
    href: Option<String>,
    /// Campaigns that have no lane.
    more: usize,
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
    /// Lines that the cell leaves off.
    more: usize,
    /// The day on the page of its week.
    href: Option<String>,
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

/// A campaign in a lane of the grid.
pub(super) struct Laid<'a> {
    pub(super) campaign: &'a Campaign,
    pub(super) schedule: &'a Schedule,
    days: DateRange,
    lane: usize,
}

/// How much a grid shows.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Campaigns in a week.
    pub(super) lanes: usize,
    /// Lines in a day.
    pub(super) lines: usize,
}

impl Week {
    /// Leaves off that lines are left off, where none are meant to stand.
    pub(super) fn forget_lines(&mut self) {
        for day in &mut self.days {
            day.more = 0;
        }
    }
}

/// Puts campaigns into lanes so that those of one lane never share a day.
pub(super) fn lay<'a>(campaigns: &[(&'a Campaign, &'a Schedule)]) -> Vec<Laid<'a>> {
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

/// One week; days outside of `month` show no lines.
pub(super) fn week(
    cx: &Cx<'_>,
    almanac: &Almanac<'_>,
    laid: &[Laid<'_>],
    month: DateRange,
    week: &[Date],
    room: Room,
) -> Week {
    let here = DateRange { first: week[0], last: week[week.len() - 1] };
    let present = || laid.iter().filter(|l| l.days.overlaps(here));
    let lanes = present().map(|l| l.lane + 1).max().unwrap_or(0).min(room.lanes);
    let cell = |day: &Date| {
        let day = *day;
        let mark = cx.model().calendar().days.get(&day);
        // What is due on a neighbour month's day stands on that month's page.
        let due = || almanac.due(DateRange { first: day, last: day }).filter(|_| month.contains(day));
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
            rows: rows(cx, due().take(room.lines)),
            more: due().count().saturating_sub(room.lines),
            href: cx.href_to(&routes::week(day), &day.to_string()),
        }
    };
    Week {
        number: here.first.iso_week().1,
        href: cx.href(&routes::week(here.first)),
        more: present().filter(|l| l.lane >= room.lanes).count(),
        days: week.iter().map(cell).collect(),
    }
}

/// The days on which most people take part, by the programme of a day's year.
pub(super) fn peak(cx: &Cx<'_>, day: Date) -> Option<crate::model::programme::Peak> {
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
        colour: Some(parts::phase_colour(one.campaign, one.schedule, index)),
        text,
        href: cx.href(&routes::campaign(one.campaign.id.as_str())),
        title: parts::called_off(cx, one.campaign).map_or_else(
            || format!("{} · {} {}", cx.plain(&one.campaign.title), name.text, cx.range_short(phase.days)),
            |off| format!("{} · {off}", cx.plain(&one.campaign.title)),
        ),
        is_first,
        is_last: day == phase.days.last,
        run: day.until(phase.days.last.min(week.last)) + 1,
    }
}

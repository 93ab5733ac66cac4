//! The year in twelve cells (CAL-3): slots, campaigns, gaps and anchors of each month.

use super::almanac::{Almanac, first_of};
use super::{Slot, slot};
use crate::base::{Date, DateRange};
use crate::model::campaign::Campaign;
use crate::model::programme::Programme;
use crate::pages::{parts, routes};
use crate::plan::{Cx, Ref, Words};
use serde::Serialize;

/// Twelve cells, and how often each slot occurs.
#[derive(Serialize)]
pub(crate) struct Strip {
    cells: Vec<Cell>,
    counts: Vec<Count>,
}

#[derive(Serialize)]
struct Cell {
    month: Ref,
    name: String,
    /// The slot that colours the cell: that of its first campaign.
    slot: Option<String>,
    campaigns: Vec<Held>,
    /// Campaigns that the cell leaves off.
    more: usize,
    gap: Option<Words>,
    anchors: Vec<Mark>,
    is_now: bool,
    is_past: bool,
}

#[derive(Serialize)]
struct Held {
    link: Ref,
    dates: String,
    slot: Option<Slot>,
    is_off: bool,
}

#[derive(Serialize)]
struct Mark {
    name: Words,
    range: String,
}

#[derive(Serialize)]
struct Count {
    slot: Slot,
    n: usize,
    wanted: i64,
    is_right: bool,
}

/// The year in twelve cells. A campaign stands in the month of its first day; one that was called off counts for no slot.
pub(crate) fn strip(cx: &Cx<'_>, almanac: &Almanac<'_>, year: i16, programme: Option<&Programme>) -> Strip {
    let days = super::almanac::year_days(year);
    let campaigns = almanac.planned(days);
    let starts_in = |month: DateRange| {
        let held = campaigns.iter().filter(move |(_, s)| month.contains(s.window.first));
        held.map(|(campaign, schedule)| (*campaign, schedule.window)).collect::<Vec<(&Campaign, DateRange)>>()
    };
    let counts: Vec<usize> = (1..=12)
        .map(|number| {
            let first = first_of((year, number));
            starts_in(DateRange { first, last: first.month_end() }).len()
        })
        .collect();
    let cap = super::fair(&counts, cx.model().policy.room("strip-lines"));
    let cell = |number: u8| {
        let first = first_of((year, number));
        let month = DateRange { first, last: first.month_end() };
        let held = starts_in(month);
        let gap = programme.and_then(|p| p.gaps.iter().find(|(m, _)| m.value == i64::from(number)));
        Cell {
            month: cx.link(cx.month_short(number), &routes::month(year, number)),
            name: cx.month(first),
            slot: held
                .iter()
                .filter(|(c, _)| c.called_off.is_none())
                .find_map(|(c, _)| c.slot.as_ref().map(|s| s.value.clone())),
            more: held.len().saturating_sub(cap),
            campaigns: held
                .iter()
                .take(cap)
                .map(|(campaign, window)| Held {
                    link: parts::campaign(cx, campaign),
                    dates: cx.range_short(*window),
                    slot: slot(cx, campaign),
                    is_off: campaign.called_off.is_some(),
                })
                .collect(),
            gap: gap.map(|(_, reason)| cx.words(reason)),
            anchors: anchors(cx, programme, month),
            is_now: month.contains(cx.today()),
            is_past: month.last < cx.today(),
        }
    };
    let in_year = |c: &&Campaign| c.called_off.is_none() && c.start.is_some_and(|s| s.value.year() == year);
    let all: Vec<&Campaign> = campaigns.iter().map(|(c, _)| *c).filter(in_year).collect();
    let count = |(id, row): (&str, &crate::policy::Slot)| {
        let n = all.iter().filter(|c| c.slot.as_ref().is_some_and(|s| s.value == id)).count();
        let slot = Slot { id: id.to_owned(), name: cx.words(&row.name) };
        Count { slot, n, wanted: row.count, is_right: i64::try_from(n) == Ok(row.count) }
    };
    let counts = cx.model().policy.rows.slots.iter().map(count).collect();
    Strip { cells: (1..=12).map(cell).collect(), counts }
}

fn anchors(cx: &Cx<'_>, programme: Option<&Programme>, month: DateRange) -> Vec<Mark> {
    let all = programme.into_iter().flat_map(|p| p.anchors.iter());
    let begins = |day: Date| month.contains(day);
    let mark = |anchor: &crate::model::programme::Stretch| {
        let range = DateRange::new(anchor.from.value, anchor.to.value);
        Mark { name: cx.words(&anchor.name), range: range.map_or_else(String::new, |r| cx.range_short(r)) }
    };
    all.filter(|a| begins(a.from.value)).map(mark).collect()
}

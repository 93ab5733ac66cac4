//! `calendar/…`: the year, its quarters, months and weeks, the agenda, and timelines.

mod agenda;
mod almanac;
mod chart;
mod grid;
mod month;
mod quarter;
mod strip;
mod timeline;
mod week;
mod weeks;
mod year;

pub(crate) use almanac::{Almanac, Row, rows};
pub(crate) use strip::{Strip, strip};

use super::routes;
use crate::base::Date;
use crate::plan::{Cx, Ground, Planned, Ref, Route, Section, Words};
use serde::Serialize;
use std::sync::Arc;

/// Every calendar page. The almanac is made once and shared by all of them.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let almanac = Arc::new(Almanac::of(ground.model));
    let mut pages = year::plan(ground, &almanac);
    pages.extend(quarter::plan(&almanac));
    pages.extend(month::plan(&almanac));
    pages.extend(week::plan(ground, &almanac));
    pages.push(agenda::plan(&almanac));
    pages.extend(timeline::plan(ground, &almanac));
    pages.into_iter().map(|page| page.section(Section::Calendar)).collect()
}

/// A tab: another view of the same time.
#[derive(Serialize)]
pub(super) struct Tab {
    text: String,
    href: String,
    current: Option<&'static str>,
}

/// The views of the calendar around a day.
pub(super) fn tabs(cx: &Cx<'_>, around: Date) -> Vec<Tab> {
    let (year, month) = (around.year(), around.month());
    let views: [(&str, Route); 7] = [
        ("calendar-year", routes::year(year)),
        ("calendar-quarter", routes::quarter(year, around.quarter())),
        ("calendar-month", routes::month(year, month)),
        ("calendar-week", routes::week(around)),
        ("calendar-agenda", routes::agenda()),
        ("calendar-timeline", routes::timeline()),
        ("board", routes::board()),
    ];
    let tab = |(key, route): (&str, Route)| {
        Some(Tab { text: cx.t(key).to_owned(), href: cx.href(&route)?, current: route.current(cx.route()) })
    };
    views.into_iter().filter_map(tab).collect()
}

/// The neighbours of a page in time.
#[derive(Serialize)]
pub(super) struct Turn {
    before: Option<Ref>,
    after: Option<Ref>,
}

impl Turn {
    /// Links to the neighbours that there are.
    pub(super) fn of(cx: &Cx<'_>, before: Option<(String, Route)>, after: Option<(String, Route)>) -> Self {
        let link = |(text, route): (String, Route)| cx.link(text, &route);
        Self {
            before: before.map(link).filter(|r| r.href.is_some()),
            after: after.map(link).filter(|r| r.href.is_some()),
        }
    }
}

/// Words of a slot and its class.
#[derive(Clone, Serialize)]
pub(crate) struct Slot {
    id: String,
    name: Words,
}

/// The slot of a campaign in the year's rhythm.
pub(crate) fn slot(cx: &Cx<'_>, campaign: &crate::model::campaign::Campaign) -> Option<Slot> {
    let id = &campaign.slot.as_ref()?.value;
    let row = cx.model().policy.rows.slots.find(id)?;
    Some(Slot { id: id.clone(), name: cx.words(&row.name) })
}

/// The most lines any of several lists may have, so that all of them together have at most `room`: short lists stay
/// whole, the longest are cut to one length. At least one.
pub(crate) fn fair(counts: &[usize], room: usize) -> usize {
    let mut counts = counts.to_vec();
    counts.sort_unstable();
    let mut left = room;
    for (place, count) in counts.iter().enumerate() {
        let lists = counts.len() - place;
        if count * lists > left {
            return (left / lists).max(1);
        }
        left -= count;
    }
    counts.last().copied().unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests {
    use super::fair;

    #[test]
    fn short_lists_stay_whole_and_long_ones_are_cut_alike() {
        assert_eq!(fair(&[3, 0, 5], 10), 5);
        assert_eq!(fair(&[2, 9, 20], 12), 5);
        assert_eq!(fair(&[9, 9, 9], 2), 1);
        assert_eq!(fair(&[], 4), 1);
    }

    proptest::proptest! {
        #[test]
        fn all_lists_together_fit(counts in proptest::collection::vec(0_usize..50, 1..12), room in 12_usize..200) {
            let cap = fair(&counts, room);
            let lines = |cap: usize| counts.iter().map(|n| (*n).min(cap)).sum::<usize>();
            proptest::prop_assert!(lines(cap) <= room);
            proptest::prop_assert!(lines(cap) == lines(usize::MAX) || lines(cap + 1) > room);
        }
    }
}

//! `handovers/`: what departments pass to each other, as a matrix and by month (MIL-10).

use super::{parts, routes};
use crate::base::Date;
use crate::model::campaign::Campaign;
use crate::model::handover::Handover;
use crate::model::milestone::standing;
use crate::plan::{Cx, Day, Ground, Leaves, Page, Planned, Ref, Section, Shelf, Words};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

type Handed<'a> = (&'a Campaign, &'a Handover);

/// One page, where any campaign has a hand-over; of many, pages by year, the newest first.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    if ground.model.campaigns.iter().all(|c| c.handovers.is_empty()) {
        return Vec::new();
    }
    let mut all: Vec<Handed<'a>> =
        ground.model.campaigns.iter().flat_map(|c| c.handovers.iter().map(move |h| (c, h))).collect();
    let room = ground.model.policy.room("page-rows");
    if all.len() > room {
        all.sort_by_key(|(_, h)| Reverse(h.due));
    }
    let years: Vec<i16> = all.iter().map(|(_, h)| h.due.year()).collect();
    let leaves = Arc::new(Leaves::by_year(&routes::handovers(), &years, room));
    let all = Arc::new(all);
    let page = |at: usize| {
        let (all, leaves) = (Arc::clone(&all), Arc::clone(&leaves));
        let route = leaves.leaf(at).route.clone();
        Planned::page(route, "handovers.html", move |cx| view(cx, &all, &leaves, at)).section(Section::More)
    };
    let mut planned: Vec<Planned<'a>> = (0..leaves.count()).map(page).collect();
    let first = planned.remove(0).more(Shelf::Running, 25, "handovers");
    planned.insert(0, first);
    planned
}

/// Everything `handovers.html` can see.
#[derive(Serialize)]
struct View {
    /// Whether this is the first of the pages, with what is about all of them.
    is_first: bool,
    open: usize,
    late: usize,
    on_time: usize,
    departments: Vec<Ref>,
    matrix: Vec<Giver>,
    months: Vec<Month>,
}

/// A row of the matrix.
#[derive(Serialize)]
struct Giver {
    name: Ref,
    cells: Vec<Cell>,
}

/// What one department passes to another.
#[derive(Serialize)]
struct Cell {
    is_self: bool,
    count: usize,
    late: usize,
}

/// The hand-overs due in a month.
#[derive(Serialize)]
struct Month {
    name: String,
    rows: Vec<Row>,
}

/// One hand-over.
#[derive(Clone, Serialize)]
pub(super) struct Row {
    item: Words,
    from: Ref,
    to: Ref,
    campaign: Ref,
    due: Day,
    node: Option<Ref>,
    state: parts::State,
    accepted: Option<Day>,
    by: Option<Ref>,
}

fn view(cx: &Cx<'_>, all: &[Handed<'_>], leaves: &Leaves, at: usize) -> Page {
    let model = cx.model();
    let is_late = |h: &Handover| match h.accepted {
        Some(day) => day.value > h.due,
        None => h.due < model.as_of,
    };
    let used: Vec<&str> = model
        .departments
        .keys()
        .map(crate::base::Id::as_str)
        .filter(|id| all.iter().any(|(_, h)| h.from.value == *id || h.to.value == *id))
        .collect();
    let cell = |from: &str, to: &str| {
        let mine = all.iter().filter(|(_, h)| h.from.value == from && h.to.value == to);
        Cell { is_self: from == to, count: mine.clone().count(), late: mine.filter(|(_, h)| is_late(h)).count() }
    };
    let giver = |from: &&str| Giver {
        name: parts::department(cx, from),
        cells: used.iter().map(|to| cell(from, to)).collect(),
    };
    let mut months: BTreeMap<Date, Vec<(&Campaign, &Handover)>> = BTreeMap::new();
    for (campaign, handover) in &all[leaves.leaf(at).rows.clone()] {
        months.entry(handover.due.month_start()).or_default().push((campaign, handover));
    }
    for list in months.values_mut() {
        list.sort_by_key(|(_, h)| h.due);
    }
    let mut months: Vec<_> = months.iter().collect();
    if !leaves.is_single() {
        months.reverse();
    }
    let view = View {
        is_first: at == 0,
        open: all.iter().filter(|(_, h)| h.accepted.is_none()).count(),
        late: all.iter().filter(|(_, h)| is_late(h)).count(),
        on_time: all.iter().filter(|(_, h)| h.accepted.is_some() && !is_late(h)).count(),
        departments: used.iter().map(|id| parts::department(cx, id)).collect(),
        matrix: used.iter().map(giver).collect(),
        months: months
            .into_iter()
            .map(|(month, list)| Month {
                name: cx.month(*month),
                rows: list.iter().map(|(campaign, handover)| row(cx, campaign, handover)).collect(),
            })
            .collect(),
    };
    leaves.page(at, cx.t("handovers"), view, cx).about(cx.t("handovers-about"))
}

/// A hand-over as a row of a table.
pub(super) fn row(cx: &Cx<'_>, campaign: &Campaign, handover: &Handover) -> Row {
    let accepted = handover.accepted.map(|d| d.value);
    let node = handover.node.as_ref().and_then(|node| campaign.schedule.as_ref()?.milestone(&node.value));
    let timeline = routes::campaign_part(campaign.id.as_str(), "timeline");
    Row {
        item: cx.words(&handover.item),
        from: parts::department(cx, &handover.from.value),
        to: parts::department(cx, &handover.to.value),
        campaign: parts::campaign(cx, campaign),
        due: cx.day(handover.due),
        node: node.and_then(|n| Some(cx.link(cx.words(n.task.as_ref()?), &timeline))),
        state: parts::state(cx, standing(handover.due, accepted, cx.today())),
        accepted: accepted.map(|day| cx.day(day)),
        by: handover.accepted_by.as_ref().map(|p| parts::person(cx, &p.value)),
    }
}

//! `handovers/`: what departments pass to each other, as a matrix and by month (MIL-10).

use super::{parts, routes};
use crate::base::Date;
use crate::model::campaign::Campaign;
use crate::model::handover::Handover;
use crate::model::milestone::standing;
use crate::plan::{Cx, Day, Ground, Page, Planned, Ref, Shelf, Words};
use serde::Serialize;
use std::collections::BTreeMap;

/// One page, where any campaign has a hand-over.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    if ground.model.campaigns.iter().all(|c| c.handovers.is_empty()) {
        return Vec::new();
    }
    vec![Planned::page(routes::handovers(), "handovers.html", view).more(Shelf::Running, 25, "handovers")]
}

/// Everything `handovers.html` can see.
#[derive(Serialize)]
struct View {
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

fn view(cx: &Cx<'_>) -> Page {
    let model = cx.model();
    let all: Vec<(&Campaign, &Handover)> =
        model.campaigns.iter().flat_map(|c| c.handovers.iter().map(move |h| (c, h))).collect();
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
    for (campaign, handover) in &all {
        months.entry(handover.due.month_start()).or_default().push((campaign, handover));
    }
    for list in months.values_mut() {
        list.sort_by_key(|(_, h)| h.due);
    }
    let view = View {
        open: all.iter().filter(|(_, h)| h.accepted.is_none()).count(),
        late: all.iter().filter(|(_, h)| is_late(h)).count(),
        on_time: all.iter().filter(|(_, h)| h.accepted.is_some() && !is_late(h)).count(),
        departments: used.iter().map(|id| parts::department(cx, id)).collect(),
        matrix: used.iter().map(giver).collect(),
        months: months
            .iter()
            .map(|(month, list)| Month {
                name: cx.month(*month),
                rows: list.iter().map(|(campaign, handover)| row(cx, campaign, handover)).collect(),
            })
            .collect(),
    };
    Page::new(cx.t("handovers"), view).about(cx.t("handovers-about"))
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

//! The year in twelve cells, for somebody with one minute.

use super::{punctuality, ratio};
use crate::base::DateRange;
use crate::model::measure::{self, Lane};
use crate::model::period::Period;
use crate::model::rollup;
use crate::pages::calendar::{Slot, slot};
use crate::pages::{parts, routes};
use crate::plan::{Cx, Ref};
use crate::policy::Every;
use serde::Serialize;

/// A month.
#[derive(Serialize)]
pub(super) struct Cell {
    month: Ref,
    full: String,
    slot: Option<Slot>,
    campaigns: Vec<Held>,
    /// How many there are, where they are too many to be named.
    count: usize,
    roi: Option<String>,
    punctuality: Option<String>,
    overdue: usize,
    is_now: bool,
    is_past: bool,
}

/// A campaign and where it stands.
#[derive(Serialize)]
struct Held {
    campaign: Ref,
    tone: &'static str,
    state: String,
}

/// The twelve months of a year.
pub(super) fn board(cx: &Cx<'_>, year: Period) -> Vec<Cell> {
    Period::of(Every::Month, year.days.first).until(year.days.last).map(|month| cell(cx, month)).collect()
}

fn cell(cx: &Cx<'_>, month: Period) -> Cell {
    let model = cx.model();
    let sum = rollup::rollup(model, month);
    let (punctuality, overdue) = punctuality(cx, &sum.campaigns);
    let DateRange { first, last } = month.days;
    let report = routes::report(&month.to_string());
    let page = cx.href(&report).map_or_else(|| routes::month(first.year(), first.month()), |_| report);
    let held = |campaign: &&crate::model::campaign::Campaign| {
        let lane = measure::lane(campaign, &model.policy, model.as_of)?;
        let (tone, key) = match lane {
            Lane::Planned => ("open", "lane-planned"),
            Lane::Running => ("today", "lane-running"),
            Lane::Reviewed => ("late", "lane-reviewed"),
            Lane::Closed => ("done", "lane-closed"),
        };
        Some(Held { campaign: parts::campaign(cx, campaign), tone, state: cx.t(key).to_owned() })
    };
    let is_many = sum.campaigns.len() > model.policy.room("month-campaigns");
    Cell {
        month: cx.link(cx.month_short(first.month()), &page),
        full: cx.month(first),
        slot: sum.campaigns.iter().filter(|_| !is_many).find_map(|c| slot(cx, c)),
        campaigns: sum.campaigns.iter().filter(|_| !is_many).filter_map(held).collect(),
        count: if is_many { sum.campaigns.len() } else { 0 },
        roi: sum.roi.map(|roi| ratio(cx, roi)),
        punctuality: punctuality.map(|s| cx.percent_short(s)),
        overdue,
        is_now: month.days.contains(cx.today()),
        is_past: last < cx.today(),
    }
}

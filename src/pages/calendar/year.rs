//! `calendar/<year>/`: twelve months at a glance. The present year is where the menu leads.

use super::almanac::{Almanac, year_days};
use super::chart::{Chart, chart};
use super::timeline::{Piece, spans_of};
use super::{Slot, Strip, Tab, Turn, slot, strip, tabs};
use crate::base::Date;
use crate::model::campaign::Campaign;
use crate::model::measure::{Lane, lane};
use crate::model::milestone::Schedule;
use crate::model::programme::Programme;
use crate::pages::{parts, routes};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Section};
use serde::Serialize;
use std::sync::Arc;

/// One page for each year that something happens in.
pub(super) fn plan<'a>(ground: &'a Ground<'a>, almanac: &Arc<Almanac<'a>>) -> Vec<Planned<'a>> {
    let present = ground.model.as_of.year();
    let page = |year: i16| {
        let almanac = Arc::clone(almanac);
        let page = Planned::page(routes::year(year), "calendar-year.html", move |cx| view(cx, &almanac, year));
        if year == present { page.entry(Section::Calendar).alias(routes::calendar()) } else { page }
    };
    almanac.years().into_iter().map(page).collect()
}

/// Everything `calendar-year.html` can see.
#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    turn: Turn,
    strip: Strip,
    /// Campaigns side by side, where there is room for all of them.
    chart: Option<Chart>,
    /// Else the timelines that have them.
    timelines: Vec<Piece>,
    campaigns: usize,
    rows: Vec<Row>,
    /// The year's campaigns as a table to sort and filter.
    table: Option<String>,
    quarters: Vec<Ref>,
    programme: Option<Ref>,
}

#[derive(Serialize)]
struct Row {
    campaign: Ref,
    is_off: bool,
    slot: Option<Slot>,
    dates: String,
    owner: Option<Ref>,
    lane: Option<Standing>,
}

/// Where a campaign stands: class and words.
#[derive(Serialize)]
pub(super) struct Standing {
    tone: &'static str,
    text: String,
}

fn view(cx: &Cx<'_>, almanac: &Almanac<'_>, year: i16) -> Page {
    let model = cx.model();
    let days = year_days(year);
    let programme = model.programmes.iter().find(|p| p.year == year);
    let campaigns = almanac.planned(days);
    let own: Vec<(&Campaign, &Schedule)> = campaigns.iter().copied().filter(|(_, s)| s.window.overlaps(days)).collect();
    let has_room = own.len() <= cx.model().policy.room("timeline-rows");
    let years = almanac.years();
    let at = |y: i16| years.contains(&y).then(|| (y.to_string(), routes::year(y)));
    let quarter = |q: u8| cx.link(cx.tf("quarter", &[("q", &q), ("year", &year)]), &routes::quarter(year, q));
    let today = model.as_of;
    let around = if today.year() == year { today } else { days.first };
    let view = View {
        tabs: tabs(cx, around),
        turn: Turn::of(cx, at(year - 1), at(year + 1)),
        strip: strip(cx, almanac, year, programme),
        chart: has_room.then(|| chart(cx, days, &own, programme, &[])),
        timelines: if has_room { Vec::new() } else { spans_of(cx, almanac, days) },
        campaigns: own.len(),
        rows: if has_room { own.iter().map(|(c, s)| row(cx, c, s)).collect() } else { Vec::new() },
        table: cx.href(&routes::campaigns_by(&format!("{year:04}"))),
        quarters: (1..=4).map(quarter).collect(),
        programme: programme.map(|p| link(cx, p)),
    };
    Page::new(title(cx, year), view).about(cx.tf("calendar-year-about", &[("year", &year)]))
}

fn title(cx: &Cx<'_>, year: i16) -> String {
    cx.tf("calendar-year-title", &[("year", &year)])
}

fn link(cx: &Cx<'_>, programme: &Programme) -> Ref {
    cx.link(cx.words(&programme.title), &routes::programme(programme.id.as_str()))
}

fn row(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule) -> Row {
    Row {
        campaign: parts::campaign(cx, campaign),
        is_off: campaign.called_off.is_some(),
        slot: slot(cx, campaign),
        dates: cx.range_short(schedule.window),
        owner: parts::owner(cx, campaign.owner.as_ref()),
        lane: standing(cx, campaign, cx.today()),
    }
}

/// Where a campaign stands on a day, in words.
pub(super) fn standing(cx: &Cx<'_>, campaign: &Campaign, day: Date) -> Option<Standing> {
    if campaign.called_off.is_some() {
        return Some(Standing { tone: "mute", text: cx.t("board-cancelled").to_owned() });
    }
    let lane = lane(campaign, &cx.model().policy, day)?;
    let (tone, key) = match lane {
        Lane::Planned => ("open", "lane-planned"),
        Lane::Running => ("today", "lane-running"),
        Lane::Reviewed => ("late", "lane-reviewed"),
        Lane::Closed => ("done", "lane-closed"),
    };
    Some(Standing { tone, text: cx.t(key).to_owned() })
}

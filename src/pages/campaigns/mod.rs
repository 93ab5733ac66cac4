//! `campaigns/`: campaigns by where they stand, each with its phases and its figures; `campaigns/by/…`: all of them in groups,
//! and those of a year as a table.

mod groups;
mod table;

use super::axes::{Axis, State};
use super::calendar::fair;
use super::campaign::{Stage, overview, waiver_thing};
use super::filter::{Data, Filter, Maker};
use super::{parts, routes};
use crate::model::campaign::Campaign;
use crate::model::measure;
use crate::plan::{Cx, Ground, Page, Planned, Ref, Section, Words};
use parts::PhaseBar;
use serde::Serialize;
use std::collections::BTreeMap;

/// The page of all, its groups, and the years.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let mut pages = vec![Planned::page(routes::campaigns(), "campaigns.html", view).entry(Section::Campaigns)];
    pages.extend(groups::plan(ground));
    pages.extend(table::plan(ground));
    pages
}

/// Everything `campaigns.html` can see.
#[derive(Serialize)]
struct View {
    count: usize,
    views: Views,
    filter: Filter,
    groups: Vec<Group>,
}

/// Campaigns that stand alike.
#[derive(Serialize)]
struct Group {
    /// Words `board-<word>`, id `_<word>`.
    word: &'static str,
    count: usize,
    cards: Vec<Card>,
    /// Cards that are left off, and where all of the group stand.
    more: usize,
    more_href: Option<String>,
}

/// Other pages of the same campaigns.
#[derive(Serialize)]
struct Views {
    axes: Vec<Other>,
    years: Vec<Other>,
}

#[derive(Serialize)]
struct Other {
    text: String,
    href: String,
    current: Option<&'static str>,
}

impl Views {
    fn of(cx: &Cx<'_>) -> Self {
        let other = |text: String, route: crate::plan::Route| {
            Some(Other { text, href: cx.href(&route)?, current: route.current(cx.route()) })
        };
        let axis = |axis: Axis| other(cx.t(&format!("axis-{}", axis.word())).to_owned(), axis.route());
        let years = table::years(cx.model()).into_iter().rev();
        let years: Vec<Other> = years.filter_map(|year| other(year.to_string(), table::route(year))).collect();
        let mut axes: Vec<Other> = std::iter::once(other(cx.t("campaigns-all").to_owned(), routes::campaigns()))
            .chain(Axis::ALL.into_iter().map(axis))
            .flatten()
            .collect();
        // All pages of campaigns lie below the list of all; the tables of the years are its parts, other axes are not.
        let is_grouped = axes.iter().skip(1).any(|axis| axis.current.is_some());
        if let Some(all) = axes.first_mut().filter(|_| is_grouped) {
            all.current = None;
        }
        Self { axes, years }
    }
}

/// A campaign of the list. Its words are also what a filter may ask for.
#[derive(Serialize)]
struct Card {
    id: String,
    title: Ref,
    summary: Option<Words>,
    /// Why it was called off.
    why: Option<Words>,
    is_off: bool,
    dates: Option<String>,
    /// Day and month of T, for the list's edge.
    month: Option<String>,
    first: Option<String>,
    start: String,
    data: Data,
    stage: Stage,
    phases: Option<PhaseBar>,
    owner: Option<Ref>,
    scale: Words,
    slot: Option<Words>,
    slot_id: String,
    mode: &'static str,
    budget: Option<String>,
    overdue: usize,
    waivers: usize,
    kpis: usize,
    reached: usize,
    measured: usize,
}

/// What is on comes first, what is closed last.
const ORDER: [State; 8] = [
    State::Live,
    State::Preparing,
    State::Planned,
    State::Settling,
    State::Review,
    State::Closed,
    State::CalledOff,
    State::Undated,
];

fn view(cx: &Cx<'_>) -> Page {
    let campaigns = &cx.model().campaigns;
    let mut waivers: BTreeMap<&str, usize> = BTreeMap::new();
    for waiver in &cx.model().waivers {
        *waivers.entry(waiver_thing(waiver)).or_default() += 1;
    }
    let of = |state: State| {
        let mut mine: Vec<&Campaign> = campaigns.iter().filter(|c| State::of(cx, c) == state).collect();
        // What is over is looked up from its end: the last one first.
        if matches!(state, State::Review | State::Closed | State::CalledOff) {
            mine.reverse();
        }
        (state, mine)
    };
    let all: Vec<(State, Vec<&Campaign>)> = ORDER.into_iter().map(of).filter(|(_, mine)| !mine.is_empty()).collect();
    let counts: Vec<usize> = all.iter().map(|(_, mine)| mine.len()).collect();
    let cap = fair(&counts, usize::try_from(cx.model().policy.figure("campaign-cards")).unwrap_or(usize::MAX));
    let mut maker = Maker::new(cx);
    let mut groups = Vec::new();
    for (state, mine) in all {
        groups.push(Group {
            word: state.word(),
            count: mine.len(),
            cards: mine.iter().take(cap).map(|c| card(cx, c, &waivers, &mut maker)).collect(),
            more: mine.len().saturating_sub(cap),
            more_href: cx.href_to(&Axis::State.route(), state.word()),
        });
    }
    let view = View {
        count: campaigns.len(),
        views: Views::of(cx),
        filter: maker.form("_list", &Axis::ALL.map(Axis::word), &["start", "name"], false),
        groups,
    };
    Page::new(cx.t("nav-campaigns"), view)
}

fn card(cx: &Cx<'_>, campaign: &Campaign, waivers: &BTreeMap<&str, usize>, maker: &mut Maker<'_, '_>) -> Card {
    let schedule = campaign.schedule.as_ref();
    let rows = measure::attainments(cx.model(), campaign);
    let process = measure::process(campaign, cx.today());
    let verdicts = |verdict| rows.iter().filter(|r| r.verdict == verdict).count();
    let scale = cx.model().policy.rows.scales.find(&campaign.scale);
    let total = campaign.budget.as_ref().and_then(|b| b.total);
    Card {
        id: campaign.id.as_str().to_owned(),
        title: parts::campaign(cx, campaign),
        summary: campaign.summary.as_ref().map(|s| cx.words(s)),
        why: campaign.called_off.as_ref().and_then(|off| off.because.as_ref()).map(|why| cx.words(why)),
        is_off: campaign.called_off.is_some(),
        dates: schedule.map(|s| cx.range(s.window)),
        month: schedule.map(|s| cx.month_short(s.window.first.month()).to_owned()),
        first: schedule.map(|s| s.window.first.day().to_string()),
        start: schedule.map(|s| s.window.first.to_string()).unwrap_or_default(),
        data: maker.campaign(campaign),
        stage: Stage::of(cx, campaign),
        phases: parts::phase_bar(cx, campaign),
        owner: parts::owner(cx, campaign.owner.as_ref()),
        scale: cx.named(scale.map(|s| &s.name), &campaign.scale),
        slot: overview::slot(cx, campaign),
        slot_id: campaign.slot.as_ref().map(|s| s.value.clone()).unwrap_or_default(),
        mode: overview::mode_key(campaign.mode),
        budget: total.map(|t| cx.money_short(t.value)),
        overdue: process.open,
        waivers: waivers.get(campaign.subject().thing.as_str()).copied().unwrap_or(0),
        kpis: rows.len(),
        reached: verdicts(measure::Verdict::Reached),
        measured: rows.len() - verdicts(measure::Verdict::NotMeasured),
    }
}

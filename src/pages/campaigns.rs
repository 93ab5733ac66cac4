//! `campaigns/`: all campaigns, by where they stand, each with its phases and its figures.

use super::campaign::{Stage, overview, waiver_thing};
use super::{parts, routes};
use crate::model::campaign::Campaign;
use crate::model::measure::{self, Lane};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Section, Words};
use parts::PhaseBar;
use serde::Serialize;
use std::collections::BTreeMap;

/// One page.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::campaigns(), "campaigns.html", view).entry(Section::Campaigns)]
}

/// Everything `campaigns.html` can see.
#[derive(Serialize)]
struct View {
    count: usize,
    groups: Vec<Group>,
}

/// Campaigns that stand alike.
#[derive(Serialize)]
struct Group {
    /// `live`, `planned`, `review`, `closed`, `undated`: words `campaigns-<word>`, id `_<word>`.
    word: &'static str,
    cards: Vec<Card>,
}

/// A campaign of the list. Its words are also what a filter may ask for.
#[derive(Serialize)]
struct Card {
    id: String,
    title: Ref,
    summary: Option<Words>,
    dates: Option<String>,
    /// Day and month of T, for the list's edge.
    month: Option<String>,
    first: Option<String>,
    stage: Stage,
    phases: Option<PhaseBar>,
    owner: Option<Ref>,
    owner_id: String,
    scale: Words,
    scale_id: String,
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
const ORDER: [&str; 5] = ["live", "planned", "review", "closed", "undated"];

fn view(cx: &Cx<'_>) -> Page {
    let campaigns = &cx.model().campaigns;
    let mut waivers: BTreeMap<&str, usize> = BTreeMap::new();
    for waiver in &cx.model().waivers {
        *waivers.entry(waiver_thing(waiver)).or_default() += 1;
    }
    let of = |word: &'static str| {
        let mine = campaigns.iter().filter(move |c| word_of(cx, c) == word);
        let mut cards: Vec<Card> = mine.map(|c| card(cx, c, &waivers)).collect();
        // What is over is looked up from its end: the last one first.
        if matches!(word, "review" | "closed") {
            cards.reverse();
        }
        Group { word, cards }
    };
    let groups = ORDER.into_iter().map(of).filter(|g| !g.cards.is_empty()).collect();
    Page::new(cx.t("nav-campaigns"), View { count: campaigns.len(), groups })
}

fn word_of(cx: &Cx<'_>, campaign: &Campaign) -> &'static str {
    match measure::lane(campaign, &cx.model().policy, cx.today()) {
        Some(Lane::Planned) => "planned",
        Some(Lane::Running) => "live",
        Some(Lane::Reviewed) => "review",
        Some(Lane::Closed) => "closed",
        None => "undated",
    }
}

fn card(cx: &Cx<'_>, campaign: &Campaign, waivers: &BTreeMap<&str, usize>) -> Card {
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
        dates: schedule.map(|s| cx.range(s.window)),
        month: schedule.map(|s| cx.month_short(s.window.first.month()).to_owned()),
        first: schedule.map(|s| s.window.first.day().to_string()),
        stage: Stage::of(cx, campaign),
        phases: schedule.and_then(|s| parts::phase_bar(cx, s)),
        owner: parts::owner(cx, campaign.owner.as_ref()),
        owner_id: campaign.owner.as_ref().map(|o| o.value.clone()).unwrap_or_default(),
        scale: cx.named(scale.map(|s| &s.name), &campaign.scale),
        scale_id: campaign.scale.clone(),
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

//! `campaigns/<id>/…`: everything about one campaign, a part a page; here is what the parts share.

mod budget;
mod checklist;
mod gantt;
mod history;
mod kpis;
pub(super) mod overview;
mod purpose;
pub(super) mod review;
mod run_sheet;
mod stores;
mod timeline;

use super::{parts, places, routes};
use crate::base::{Date, Diagnostic};
use crate::model::campaign::Campaign;
use crate::model::measure::{self, GateResult, Lane};
use crate::model::milestone::{Gate, Milestone, OwnerFrom, Schedule};
use crate::model::waiver::Waiver;
use crate::plan::{Cx, Ground, Page, Planned, Ref, Route, Section, Words};
use crate::policy::Op;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A part of a campaign: a page under its overview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What it is, in short.
    Overview,
    /// Every date.
    Timeline,
    /// What is to be done, by phase and group.
    Checklist,
    /// The same by person.
    ByOwner,
    /// Day by day, hour by hour.
    RunSheet,
    /// Money.
    Budget,
    /// Targets and what was measured.
    Kpis,
    /// Branches and inspections, where there are any.
    Stores,
    /// The post-mortem.
    Review,
}

impl Part {
    /// All of them.
    const ALL: [Self; 9] = [
        Self::Overview,
        Self::Timeline,
        Self::Checklist,
        Self::ByOwner,
        Self::RunSheet,
        Self::Budget,
        Self::Kpis,
        Self::Stores,
        Self::Review,
    ];

    /// The parts in the campaign's menu.
    const MENU: [Self; 8] = [
        Self::Overview,
        Self::Timeline,
        Self::Checklist,
        Self::RunSheet,
        Self::Budget,
        Self::Kpis,
        Self::Stores,
        Self::Review,
    ];

    /// Its folder under the campaign's.
    fn folder(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Timeline => "timeline",
            Self::Checklist => "checklist",
            Self::ByOwner => "checklist/by-owner",
            Self::RunSheet => "run-sheet",
            Self::Budget => "budget",
            Self::Kpis => "kpis",
            Self::Stores => "stores",
            Self::Review => "review",
        }
    }

    /// Key of its name.
    fn key(self) -> &'static str {
        match self {
            Self::Overview => "part-overview",
            Self::Timeline => "part-timeline",
            Self::Checklist => "part-checklist",
            Self::ByOwner => "part-by-owner",
            Self::RunSheet => "part-run-sheet",
            Self::Budget => "part-budget",
            Self::Kpis => "part-kpis",
            Self::Stores => "part-stores",
            Self::Review => "part-review",
        }
    }

    /// Where it lies.
    pub(crate) fn route(self, campaign: &Campaign) -> Route {
        self.route_of(campaign.id.as_str())
    }

    fn route_of(self, id: &str) -> Route {
        match self {
            Self::Overview => routes::campaign(id),
            part => routes::campaign_part(id, part.folder()),
        }
    }

    /// Whether a campaign has it.
    fn is_of(self, campaign: &Campaign) -> bool {
        self != Self::Stores || stores::is_there(campaign)
    }

    /// The file and the line that are edited to change it.
    fn source(self, cx: &Cx<'_>, campaign: &Campaign) -> (String, usize) {
        let (file, table) = match self {
            Self::Overview => ("campaign.toml", ""),
            Self::Timeline => ("campaign.toml", "milestone"),
            Self::Checklist | Self::ByOwner => ("results.toml", "done"),
            Self::RunSheet => ("campaign.toml", "run"),
            Self::Budget => ("campaign.toml", "budget"),
            Self::Kpis => ("campaign.toml", "kpi"),
            Self::Stores => ("results.toml", "branch"),
            Self::Review => ("postmortem.md", ""),
        };
        let of = |file: &str| places::table(cx, &format!("{}{file}", campaign.folder), table);
        of(file).or_else(|| of("campaign.toml")).unwrap_or_default()
    }

    /// The tab that is marked on its page.
    fn tab(self) -> Self {
        if self == Self::ByOwner { Self::Checklist } else { self }
    }
}

/// What pages of a campaign need from all others, gathered once.
struct Index<'a> {
    /// Campaigns that use the lessons of another, by its id.
    users: BTreeMap<&'a str, Vec<&'a Campaign>>,
    /// Waivers by what they are for, its parts included.
    waivers: BTreeMap<&'a str, Vec<&'a Waiver>>,
    /// Findings by campaign, the gravest first.
    findings: BTreeMap<&'a str, Vec<&'a Diagnostic>>,
}

impl<'a> Index<'a> {
    fn of(ground: &'a Ground<'a>) -> Self {
        let mut index =
            Self { users: users(&ground.model.campaigns), waivers: BTreeMap::new(), findings: BTreeMap::new() };
        for waiver in &ground.model.waivers {
            index.waivers.entry(waiver_thing(waiver)).or_default().push(waiver);
        }
        for finding in ground.findings {
            let file = finding.span.and_then(|s| ground.sources.path(s.file).strip_prefix("content/"));
            let thing = finding.subject.as_ref().map(|s| s.thing.as_str()).or(file);
            let id = thing.and_then(|t| t.strip_prefix("campaigns/")).and_then(|t| t.split('/').next());
            if let Some(id) = id {
                index.findings.entry(id).or_default().push(finding);
            }
        }
        for list in index.findings.values_mut() {
            list.sort_by_key(|d| std::cmp::Reverse(d.severity));
        }
        index
    }
}

/// Campaigns that use the lessons of another, by its id, in order of start.
pub(super) fn users(campaigns: &[Campaign]) -> BTreeMap<&str, Vec<&Campaign>> {
    let mut users: BTreeMap<&str, Vec<&Campaign>> = BTreeMap::new();
    for campaign in campaigns {
        for source in &campaign.lessons_from {
            users.entry(source.value.as_str()).or_default().push(campaign);
        }
    }
    users
}

/// What a waiver is for, without the part of it.
pub(super) fn waiver_thing(waiver: &Waiver) -> &str {
    waiver.target.split('#').next().unwrap_or_default()
}

/// A campaign among the others.
#[derive(Clone)]
struct At<'a> {
    campaign: &'a Campaign,
    previous: Option<&'a Campaign>,
    next: Option<&'a Campaign>,
    index: Arc<Index<'a>>,
}

/// How a part is shown: its template, and what makes its view.
type Show = (&'static str, fn(&At<'_>, &Cx<'_>) -> Page);

/// Every part of every campaign.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let index = Arc::new(Index::of(ground));
    let dated: Vec<&Campaign> = ground.model.dated().map(|(campaign, _)| campaign).collect();
    let mut planned = Vec::new();
    let mut add = |campaign, previous, next| {
        let at = At { campaign, previous, next, index: Arc::clone(&index) };
        planned.extend(Part::ALL.into_iter().filter(|p| p.is_of(campaign)).map(|part| part_of(ground, &at, part)));
    };
    for (place, campaign) in dated.iter().enumerate() {
        add(campaign, place.checked_sub(1).map(|p| dated[p]), dated.get(place + 1).copied());
    }
    for campaign in ground.model.campaigns.iter().filter(|c| c.schedule.is_none() || c.called_off.is_some()) {
        add(campaign, None, None);
    }
    planned
}

fn part_of<'a>(ground: &'a Ground<'a>, at: &At<'a>, part: Part) -> Planned<'a> {
    let (template, view): Show = match part {
        Part::Overview => ("campaign/overview.html", overview::view),
        Part::Timeline => ("campaign/timeline.html", timeline::view),
        Part::Checklist => ("campaign/checklist.html", checklist::view),
        Part::ByOwner => ("campaign/by-owner.html", checklist::by_owner),
        Part::RunSheet => ("campaign/run-sheet.html", run_sheet::view),
        Part::Budget => ("campaign/budget.html", budget::view),
        Part::Kpis => ("campaign/kpis.html", kpis::view),
        Part::Stores => ("campaign/stores.html", stores::view),
        Part::Review => ("campaign/review.html", review::view),
    };
    let campaign = at.campaign;
    let at = at.clone();
    let mut planned = Planned::page(part.route(campaign), template, move |cx| view(&at, cx))
        .section(Section::Campaigns)
        .aliases(&campaign.aliases, |id| part.route_of(id))
        .from(format!("campaign `{}`", campaign.id), campaign.span);
    let path = |file| ground.sources.path(file);
    match part {
        Part::Overview => {
            planned = planned.named(move |cx| cx.words(&campaign.title));
            let lessons = campaign.lessons_from.iter().filter_map(|c| ground.model.campaign(&c.value));
            planned = lessons.fold(planned, |page, other| page.cites(Part::Review.route(other)));
            let brief = campaign.brief.as_ref().and_then(|b| b.main());
            planned = planned.shows(path(campaign.file));
            brief.into_iter().fold(planned, |page, brief| page.shows_at(path(brief.file), "_brief", ""))
        }
        Part::Review => {
            let name = move |cx: &Cx<'_>| Words::from(format!("{} · {}", cx.plain(&campaign.title), cx.t(part.key())));
            campaign.postmortem.iter().fold(planned.named(name), |page, review| page.shows(path(review.file)))
        }
        _ => planned,
    }
}

/// A page of a campaign: its title, what it lies under, its source.
fn page(cx: &Cx<'_>, campaign: &Campaign, part: Part, view: impl Serialize) -> Page {
    let title = cx.words(&campaign.title);
    let (source, line) = part.source(cx, campaign);
    let page = match part {
        Part::Overview => Page::new(title, view),
        part => Page::new(format!("{} · {}", cx.t(part.key()), title.text), view),
    };
    let page = page.under(cx.t("nav-campaigns"), routes::campaigns());
    let page = match part {
        Part::Overview => page,
        _ => page.under(cx.words(&campaign.title), routes::campaign(campaign.id.as_str())),
    };
    let page = match (part, &campaign.summary) {
        (Part::Overview, _) | (_, None) => page,
        (part, Some(summary)) => page.about(format!("{}: {}", cx.t(part.key()), cx.words(summary).text)),
    };
    page.edited_in(source, line).made_of([campaign.folder.as_str()])
}

/// What stands above every part of a campaign.
#[derive(Serialize)]
struct Head {
    title: Words,
    /// Key of the part's name; none on the overview.
    part: Option<&'static str>,
    dates: Option<String>,
    stage: Stage,
    /// Why it was called off, if it was and somebody said so.
    called_off: Option<Words>,
    tabs: Vec<Tab>,
    previous: Option<Ref>,
    next: Option<Ref>,
}

/// A line of the campaign's menu.
#[derive(Serialize)]
struct Tab {
    key: &'static str,
    href: Option<String>,
    is_current: bool,
}

impl Head {
    fn of(cx: &Cx<'_>, at: &At<'_>, part: Part) -> Self {
        let campaign = at.campaign;
        let near = |other: &Campaign| {
            let part = if part.is_of(other) { part } else { Part::Overview };
            cx.link(cx.words(&other.title), &part.route(other))
        };
        let tab =
            |tab: Part| Tab { key: tab.key(), href: cx.href(&tab.route(campaign)), is_current: tab == part.tab() };
        Self {
            title: cx.words(&campaign.title),
            part: (part != Part::Overview).then(|| part.key()),
            dates: campaign.schedule.as_ref().map(|s| cx.range(s.window)),
            stage: Stage::of(cx, campaign),
            called_off: campaign.called_off.as_ref().and_then(|off| off.because.as_ref()).map(|why| cx.words(why)),
            tabs: Part::MENU.into_iter().filter(|p| p.is_of(campaign)).map(tab).collect(),
            previous: at.previous.map(near),
            next: at.next.map(near),
        }
    }
}

/// Where a campaign stands on the as-of day.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Stage {
    /// `planned`, `live`, `review`, `closed`, `undated`, `cancelled`: class `stage-<word>`.
    pub(super) word: &'static str,
    /// `Pre-heat, day 3 of 7`, `starts in 40 days`, `in review`, `reviewed`.
    pub(super) text: String,
}

impl Stage {
    pub(super) fn of(cx: &Cx<'_>, campaign: &Campaign) -> Self {
        if let Some(text) = parts::called_off(cx, campaign) {
            return Self { word: "cancelled", text };
        }
        let lane = measure::lane(campaign, &cx.model().policy, cx.today());
        let (Some(schedule), Some(lane)) = (&campaign.schedule, lane) else {
            return Self { word: "undated", text: cx.t("now-undated").to_owned() };
        };
        let word = match lane {
            Lane::Planned => "planned",
            Lane::Running => "live",
            Lane::Reviewed => "review",
            Lane::Closed => "closed",
        };
        let phase = schedule.phase_on(cx.today()).filter(|_| lane != Lane::Closed).map(|phase| {
            let day = phase.days.first.until(cx.today()) + 1;
            cx.tf("now-phase", &[("phase", &cx.words(&phase.name).text), ("day", &day), ("days", &phase.days.days())])
        });
        let text = phase.unwrap_or_else(|| match lane {
            Lane::Planned => cx.tf("now-planned", &[("distance", &cx.distance(schedule.window.first))]),
            Lane::Running => cx.t("now-live").to_owned(),
            Lane::Reviewed => cx.t("now-review").to_owned(),
            Lane::Closed => cx.t("now-closed").to_owned(),
        });
        Self { word, text }
    }
}

/// A day as counted from the campaign: `T−30` before it, `T`, `T+2`, `Z` within, `Z+10` after.
fn offset(schedule: &Schedule, day: Date) -> String {
    let (first, last) = (schedule.window.first, schedule.window.last);
    match (first.until(day), last.until(day)) {
        (before, _) if before < 0 => format!("T−{}", -before),
        (0, _) => "T".to_owned(),
        (_, 0) => "Z".to_owned(),
        (_, after) if after > 0 => format!("Z+{after}"),
        (within, _) => format!("T+{within}"),
    }
}

/// A node's task, else its id.
fn task(cx: &Cx<'_>, node: &Milestone) -> Words {
    node.task.as_ref().map_or_else(|| node.id.as_str().into(), |t| cx.words(t))
}

/// The task of a standard node, which a campaign may not have.
fn standard_task(cx: &Cx<'_>, id: &str) -> Words {
    cx.named(cx.model().policy.node(id).map(|n| &n.task), id)
}

/// A role's name.
fn role(cx: &Cx<'_>, id: &str) -> Words {
    cx.named(cx.model().policy.rows.roles.find(id).map(|r| &r.name), id)
}

/// Why somebody answers for something, where it is not written there: by role, by department, as owner of the campaign.
fn owner_why(cx: &Cx<'_>, from: &OwnerFrom) -> Option<Words> {
    match from {
        OwnerFrom::Node => None,
        OwnerFrom::Team(id) => Some(role(cx, id)),
        OwnerFrom::Department(id) => Some(cx.named(cx.model().departments.get(id.as_str()).map(|d| &d.name), id)),
        OwnerFrom::Campaign => Some(cx.t("owner-of-campaign").into()),
    }
}

/// A threshold and how it was met.
#[derive(Serialize)]
struct GateView {
    metric: Words,
    /// `≥ 65%`.
    limit: String,
    /// `met`, `missed`, `unmeasured`, `pending`: class `gate-<word>`, words `gate-<word>`.
    result: &'static str,
    actual: Option<String>,
}

fn gate(cx: &Cx<'_>, campaign: &Campaign, node: &Milestone, gate: &Gate) -> GateView {
    let policy = &cx.model().policy;
    let metric = policy.metric(&gate.metric.value);
    let sign = match gate.op {
        Op::AtLeast => "≥",
        Op::AtMost => "≤",
    };
    let limit = measure::threshold(campaign, gate, policy);
    let limit = limit.map_or_else(|| cx.t("gate-no-target").to_owned(), |l| cx.measured(l, metric));
    let (result, actual) = match measure::gate_result(campaign, node, gate, policy, cx.today()) {
        GateResult::Pending => ("pending", None),
        GateResult::NotMeasured => ("unmeasured", None),
        GateResult::Met(value) => ("met", Some(value)),
        GateResult::Missed(value) => ("missed", Some(value)),
    };
    GateView {
        metric: cx.named(metric.map(|m| &m.name), &gate.metric.value),
        limit: format!("{sign} {limit}"),
        result,
        actual: actual.map(|a| cx.measured(a, metric)),
    }
}

/// A bar of one or more parts, in thousandths.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Slice {
    /// Class `fill-<n>`: its place among the parts, round the colours of the theme.
    tone: usize,
    x: i64,
    width: i64,
}

/// The colour of a part by its place; the theme has six, `tone-0` to `tone-5`.
fn tone(place: usize) -> usize {
    place % 6
}

/// Cuts a bar of a thousand by parts of a whole; what is beyond the whole is cut off.
fn slices(parts: impl IntoIterator<Item = i128>, whole: i128) -> Vec<Slice> {
    let mut slices = Vec::new();
    let mut sum = 0_i128;
    let place = |sum: i128| i64::try_from((sum * 1000 / whole.max(1)).clamp(0, 1000)).unwrap_or(1000);
    for (index, part) in parts.into_iter().enumerate() {
        let x = place(sum);
        sum += part.max(0);
        let width = place(sum) - x;
        if width > 0 {
            slices.push(Slice { tone: tone(index), x, width });
        }
    }
    slices
}

/// A waiver as readers see it.
#[derive(Serialize)]
struct WaiverView {
    rule: Ref,
    /// The milestone, action or line it is for; none for the whole campaign.
    part: Option<String>,
    reason: Words,
    approver: Ref,
    expires: crate::plan::Day,
    is_expired: bool,
}

/// The waivers of a campaign, those of one rule family or all.
fn waivers(cx: &Cx<'_>, at: &At<'_>, family: Option<&str>) -> Vec<WaiverView> {
    let is_family = |rule: &str| family.is_none_or(|f| rule.split('/').next() == Some(f));
    let thing = at.campaign.subject().thing;
    let mine = at.index.waivers.get(thing.as_str()).into_iter().flatten().filter(|w| is_family(&w.rule.value));
    mine.map(|waiver| WaiverView {
        rule: cx.link(waiver.rule.value.as_str(), &routes::rule(&waiver.rule.value)),
        part: waiver.target.split_once('#').map(|(_, part)| part.to_owned()),
        reason: cx.words(&waiver.reason),
        approver: parts::person(cx, &waiver.approver.value),
        expires: cx.day(waiver.expires.value),
        is_expired: !waiver.holds_on(cx.today()),
    })
    .collect()
}

#[cfg(test)]
mod tests;

//! `campaigns/<id>/…`: everything about one campaign, a part a page; here is what the parts share.

pub(super) mod budget;
pub(super) mod checklist;
mod gantt;
pub(super) mod kpis;
pub(super) mod overview;
pub(super) mod review;
pub(super) mod run_sheet;
pub(super) mod timeline;

use super::{parts, routes};
use crate::base::Date;
use crate::model::campaign::Campaign;
use crate::model::measure::{self, GateResult, Lane};
use crate::model::milestone::{Gate, Milestone, OwnerFrom, Schedule};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Route, Section, Words};
use crate::policy::Op;
use serde::Serialize;

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
    /// The post-mortem.
    Review,
}

impl Part {
    /// The parts in the campaign's menu.
    const MENU: [Self; 7] =
        [Self::Overview, Self::Timeline, Self::Checklist, Self::RunSheet, Self::Budget, Self::Kpis, Self::Review];

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
            Self::Review => "part-review",
        }
    }

    /// Where it lies.
    pub(crate) fn route(self, campaign: &Campaign) -> Route {
        match self {
            Self::Overview => routes::campaign(campaign.id.as_str()),
            part => routes::campaign_part(campaign.id.as_str(), part.folder()),
        }
    }

    /// The tab that is marked on its page.
    fn tab(self) -> Self {
        if self == Self::ByOwner { Self::Checklist } else { self }
    }
}

/// Plans one part of each campaign.
fn each<'a>(
    ground: &'a Ground<'a>,
    part: Part,
    template: &'static str,
    view: impl Fn(&'a Campaign, &Cx<'_>) -> Page + Copy + Send + Sync + 'a,
) -> Vec<Planned<'a>> {
    let page = |campaign: &'a Campaign| {
        let mut planned = Planned::page(part.route(campaign), template, move |cx| view(campaign, cx))
            .section(Section::Campaigns)
            .from(format!("campaign `{}`", campaign.id), campaign.span);
        for alias in &campaign.aliases {
            planned = planned.alias(match part {
                Part::Overview => routes::campaign(alias.value.as_str()),
                part => routes::campaign_part(alias.value.as_str(), part.folder()),
            });
        }
        planned
    };
    ground.model.campaigns.iter().map(page).collect()
}

/// A page of a campaign: its title, what it lies under, its source.
fn page(cx: &Cx<'_>, campaign: &Campaign, part: Part, view: impl Serialize) -> Page {
    let title = cx.words(&campaign.title);
    let source = cx.ground().sources.path(campaign.file).to_owned();
    let page = match part {
        Part::Overview => Page::new(title, view),
        part => Page::new(format!("{} · {}", cx.t(part.key()), title.text), view),
    };
    let page = page.under(cx.t("nav-campaigns"), routes::campaigns());
    let page = match part {
        Part::Overview => page,
        _ => page.under(cx.words(&campaign.title), routes::campaign(campaign.id.as_str())),
    };
    page.edited_in(source, 1)
}

/// What stands above every part of a campaign.
#[derive(Serialize)]
struct Head {
    title: Words,
    /// Key of the part's name; none on the overview.
    part: Option<&'static str>,
    dates: Option<String>,
    stage: Stage,
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
    fn of(cx: &Cx<'_>, campaign: &Campaign, part: Part) -> Self {
        let dated: Vec<&Campaign> = cx.model().dated().map(|(c, _)| c).collect();
        let place = dated.iter().position(|c| c.id == campaign.id);
        let near = |to: Option<usize>| {
            let other = dated.get(to?)?;
            Some(cx.link(cx.words(&other.title), &part.route(other)))
        };
        let tab = |tab: Part| Tab {
            key: tab.key(),
            href: cx.href(&tab.route(campaign)),
            is_current: tab == part.tab(),
        };
        Self {
            title: cx.words(&campaign.title),
            part: (part != Part::Overview).then(|| part.key()),
            dates: campaign.schedule.as_ref().map(|s| cx.range(s.window)),
            stage: Stage::of(cx, campaign),
            tabs: Part::MENU.into_iter().map(tab).collect(),
            previous: near(place.and_then(|p| p.checked_sub(1))),
            next: near(place.map(|p| p + 1)),
        }
    }
}

/// Where a campaign stands on the as-of day.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Stage {
    /// `planned`, `live`, `review`, `closed`, `undated`: class `stage-<word>`.
    pub(super) word: &'static str,
    /// `Pre-heat, day 3 of 7`, `starts in 40 days`, `in review`, `reviewed`.
    pub(super) text: String,
}

impl Stage {
    pub(super) fn of(cx: &Cx<'_>, campaign: &Campaign) -> Self {
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
fn waivers(cx: &Cx<'_>, campaign: &Campaign, family: Option<&str>) -> Vec<WaiverView> {
    let thing = campaign.subject().thing;
    let is_mine = |target: &str| target.split('#').next() == Some(thing.as_str());
    let is_family = |rule: &str| family.is_none_or(|f| rule.split('/').next() == Some(f));
    let mine = cx.model().waivers.iter().filter(|w| is_mine(&w.target) && is_family(&w.rule.value));
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

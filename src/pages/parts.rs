//! Pieces that many pages show: people, campaigns, standings, phases.

use super::routes;
use crate::base::{Date, DateRange, Spanned};
use crate::model::campaign::Campaign;
use crate::model::milestone::{Schedule, Standing};
use crate::plan::{Cx, Ref, Route, Words};
use serde::Serialize;

/// A person's name and page; the bare id when there is no such person.
pub(crate) fn person(cx: &Cx<'_>, id: &str) -> Ref {
    let name = cx.model().person(id).map_or_else(|| Words::from(id), |p| cx.words(&p.name));
    cx.link(name, &routes::person(id))
}

/// A department's name and page; the bare id when there is no such department.
pub(crate) fn department(cx: &Cx<'_>, id: &str) -> Ref {
    let name = cx.model().departments.get(id).map_or_else(|| Words::from(id), |d| cx.words(&d.name));
    cx.link(name, &routes::department(id))
}

/// A role's name and page; the bare id when policy has no such role.
pub(crate) fn role(cx: &Cx<'_>, id: &str) -> Ref {
    cx.link(cx.named(cx.model().policy.rows.roles.find(id).map(|r| &r.name), id), &routes::role(id))
}

/// A calendar to subscribe to.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Subscription {
    /// Its address from the page.
    pub(crate) href: String,
    /// The address that calendar programs open, where the site knows its own.
    pub(crate) webcal: Option<String>,
    /// The whole address, where the site knows its own.
    pub(crate) address: Option<String>,
    /// Hours after which programs are asked to look again.
    pub(crate) hours: i64,
}

/// A feed, if there is one.
pub(crate) fn subscription(cx: &Cx<'_>, feed: &Route) -> Option<Subscription> {
    let href = cx.href(feed)?;
    let address = cx.absolute(feed);
    let webcal = address.as_deref().and_then(|a| a.split_once("://")).map(|(_, rest)| format!("webcal://{rest}"));
    Some(Subscription { href, webcal, address, hours: cx.model().policy.figure("feed-refresh-hours") })
}

/// The person of an owner field.
pub(crate) fn owner(cx: &Cx<'_>, owner: Option<&Spanned<String>>) -> Option<Ref> {
    owner.map(|id| person(cx, &id.value))
}

/// A campaign's title and page.
pub(crate) fn campaign(cx: &Cx<'_>, campaign: &Campaign) -> Ref {
    cx.link(cx.words(&campaign.title), &routes::campaign(campaign.id.as_str()))
}

/// How something stands, as a class and in words.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct State {
    /// `done`, `late`, `overdue`, `today`, `open`: class `is-<word>`.
    pub(crate) word: &'static str,
    /// `done`, `done 2 days late`, `overdue by 3 days`, `due today`, `due in 5 days`.
    pub(crate) text: String,
}

/// A standing in words.
pub(crate) fn state(cx: &Cx<'_>, standing: Standing) -> State {
    let (word, text) = match standing {
        Standing::Done { late: 0 } => ("done", cx.t("state-done").to_owned()),
        Standing::Done { late } => ("late", cx.count("state-late", late)),
        Standing::Overdue { days } => ("overdue", cx.count("state-overdue", days)),
        Standing::Open { days: 0 } => ("today", cx.t("state-today").to_owned()),
        Standing::Open { days } => ("open", cx.count("state-open", days)),
    };
    State { word, text }
}

/// A campaign's phases as a bar: places in thousandths of its whole length.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PhaseBar {
    pub(crate) phases: Vec<PhaseSlice>,
    /// Today's place; none outside the bar.
    pub(crate) today: Option<i64>,
    /// The bar in words, for those who do not see it.
    pub(crate) label: String,
}

/// One phase of a bar.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PhaseSlice {
    /// Id: class `phase-<n>` by its place, so that any phase set has colours.
    pub(crate) id: String,
    /// Class: `startup`, `preheat`, `burst`, `settle`, else by place.
    pub(crate) colour: &'static str,
    pub(crate) name: Words,
    pub(crate) range: String,
    pub(crate) x: i64,
    pub(crate) width: i64,
    pub(crate) is_now: bool,
    pub(crate) is_past: bool,
}

/// Colours of phases in order; the live one is always the burst.
const COLOURS: [&str; 3] = ["startup", "preheat", "settle"];

/// When a campaign was called off, in words; none when it was not.
pub(crate) fn called_off(cx: &Cx<'_>, campaign: &Campaign) -> Option<String> {
    let on = campaign.called_off.as_ref()?.on.as_ref()?.value;
    Some(cx.tf("now-cancelled", &[("date", &cx.date(on))]))
}

/// The colour of a phase: the live one burns, those before it warm up, those after it settle; what is called off has none.
pub(crate) fn phase_colour(campaign: &Campaign, schedule: &Schedule, index: usize) -> &'static str {
    if campaign.called_off.is_some() { OFF } else { colour_in(schedule, index) }
}

/// The colour of all phases of a campaign that was called off.
pub(crate) const OFF: &str = "off";

/// The colour of a phase by its place in the plan.
pub(crate) fn colour_in(schedule: &Schedule, index: usize) -> &'static str {
    let live = schedule.phases.iter().position(|p| p.live).unwrap_or(schedule.phases.len());
    match index {
        i if schedule.phases.get(i).is_some_and(|p| p.live) => "burst",
        i if i > live => COLOURS[2],
        i if i + 1 == live && live > 1 => COLOURS[1],
        _ => COLOURS[0],
    }
}

/// The phases of a campaign as a bar.
pub(crate) fn phase_bar(cx: &Cx<'_>, campaign: &Campaign) -> Option<PhaseBar> {
    let schedule = campaign.schedule.as_ref()?;
    let first = schedule.phases.iter().map(|p| p.days.first).min()?;
    let last = schedule.phases.iter().map(|p| p.days.last).max()?;
    let whole = DateRange::new(first, last)?;
    let today = cx.today();
    let slice = |(index, phase): (usize, &crate::model::milestone::PhaseDays)| PhaseSlice {
        id: phase.id.clone(),
        colour: phase_colour(campaign, schedule, index),
        name: cx.words(&phase.name),
        range: cx.range_short(phase.days),
        x: place(whole, phase.days.first),
        width: phase.days.days() * 1000 / whole.days(),
        is_now: phase.days.contains(today),
        is_past: phase.days.last < today,
    };
    let phases: Vec<PhaseSlice> = schedule.phases.iter().enumerate().map(slice).collect();
    let label =
        phases.iter().map(|p| format!("{} {}", p.name.text, p.range)).collect::<Vec<_>>().join(cx.t("list-comma"));
    let today = whole.contains(today).then(|| place(whole, today));
    Some(PhaseBar { phases, today, label })
}

/// Where a day begins in a range, in thousandths of its length.
pub(crate) fn place(whole: DateRange, day: Date) -> i64 {
    whole.first.until(day) * 1000 / whole.days()
}

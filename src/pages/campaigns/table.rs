//! `campaigns/by/<year>/`: the campaigns of a year as a table that can be sorted and filtered; by quarters where a year has
//! more than a page holds.

use super::Views;
use crate::base::Date;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::measure;
use crate::model::milestone::Schedule;
use crate::pages::axes::{Axis, State};
use crate::pages::filter::{Data, Filter, Maker};
use crate::pages::{calendar, parts, routes};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Route, Section, Words};
use serde::Serialize;
use std::collections::BTreeSet;

/// A year, or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Year(i16),
    Quarter(i16, u8),
    Month(i16, u8),
}

impl Span {
    fn route(self) -> Route {
        match self {
            Self::Year(year) => route(year),
            Self::Quarter(year, quarter) => routes::campaigns_by(&format!("{year:04}-q{quarter}")),
            Self::Month(year, month) => routes::campaigns_by(&format!("{year:04}-{month:02}")),
        }
    }
    fn has(self, day: Date) -> bool {
        match self {
            Self::Year(year) => day.year() == year,
            Self::Quarter(year, quarter) => day.year() == year && day.quarter() == quarter,
            Self::Month(year, month) => day.year() == year && day.month() == month,
        }
    }
    fn name(self, cx: &Cx<'_>) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            Self::Quarter(year, quarter) => cx.tf("quarter", &[("q", &quarter), ("year", &year)]),
            Self::Month(year, month) => Date::new(year, month, 1).map(|day| cx.month(day)).unwrap_or_default(),
        }
    }
}

/// The table of a year, or the list of its parts.
pub(super) fn route(year: i16) -> Route {
    routes::campaigns_by(&format!("{year:04}"))
}

/// The years in which campaigns begin, or would have begun, in order.
pub(super) fn years(model: &Model) -> BTreeSet<i16> {
    model.scheduled().map(|(_, s)| s.window.first.year()).collect()
}

fn count(model: &Model, span: Span) -> usize {
    model.scheduled().filter(|(_, s)| span.has(s.window.first)).count()
}

/// The parts of a year that fit on a page each; none when the year fits itself.
fn parts_of(model: &Model, year: i16) -> Vec<Span> {
    let most = usize::try_from(model.policy.figure("campaign-rows")).unwrap_or(usize::MAX);
    if count(model, Span::Year(year)) <= most {
        return Vec::new();
    }
    let quarters: Vec<Span> = (1..=4).map(|q| Span::Quarter(year, q)).collect();
    let months = || (1..=12).map(|m| Span::Month(year, m)).collect();
    let parts: Vec<Span> = if quarters.iter().all(|q| count(model, *q) <= most) { quarters } else { months() };
    parts.into_iter().filter(|span| count(model, *span) > 0).collect()
}

/// Every year with campaigns, and its parts where it has too many.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let mut pages = Vec::new();
    for year in years(ground.model) {
        let parts = parts_of(ground.model, year);
        for span in std::iter::once(Span::Year(year)).chain(parts) {
            let page = Planned::page(span.route(), "campaigns-year.html", move |cx| view(cx, span));
            pages.push(page.section(Section::Campaigns));
        }
    }
    pages
}

/// Everything `campaigns-year.html` can see.
#[derive(Serialize)]
struct View {
    views: Views,
    /// Parts of the year, where it has any.
    pieces: Vec<Piece>,
    filter: Option<Filter>,
    rows: Vec<Row>,
    turn: calendar::Turn,
}

#[derive(Serialize)]
struct Piece {
    name: Ref,
    count: usize,
    is_current: bool,
}

#[derive(Serialize)]
struct Row {
    campaign: Ref,
    is_off: bool,
    /// Why it was called off.
    why: Option<Words>,
    start: String,
    dates: String,
    tone: &'static str,
    state: String,
    /// Place of the state in a campaign's life, for sorting.
    stage: usize,
    owner: Option<Ref>,
    slot: Option<calendar::Slot>,
    scale: Words,
    mode: &'static str,
    channels: Vec<Words>,
    budget: Option<String>,
    /// In the smallest unit of money, for sorting.
    money: String,
    overdue: usize,
    reached: usize,
    kpis: usize,
    data: Data,
}

fn view(cx: &Cx<'_>, span: Span) -> Page {
    let model = cx.model();
    let year = match span {
        Span::Year(year) | Span::Quarter(year, _) | Span::Month(year, _) => year,
    };
    let parts = parts_of(model, year);
    let is_index = matches!(span, Span::Year(_)) && !parts.is_empty();
    let mut maker = Maker::new(cx);
    let mine = model.scheduled().filter(|(_, s)| !is_index && span.has(s.window.first));
    let rows: Vec<Row> = mine.map(|(campaign, schedule)| row(cx, campaign, schedule, &mut maker)).collect();
    let piece = |part: &Span| Piece {
        name: cx.link(part.name(cx), &part.route()),
        count: count(model, *part),
        is_current: *part == span,
    };
    let at = |year: i16| years(model).contains(&year).then(|| (year.to_string(), route(year)));
    let around = |by: usize, up: bool| {
        let place = parts.iter().position(|p| *p == span)?;
        let other = if up { place.checked_add(by) } else { place.checked_sub(by) };
        parts.get(other?).map(|p| (p.name(cx), p.route()))
    };
    let turn = match span {
        Span::Year(year) => calendar::Turn::of(cx, at(year - 1), at(year + 1)),
        _ => calendar::Turn::of(cx, around(1, false), around(1, true)),
    };
    let view = View {
        views: Views::of(cx),
        pieces: parts.iter().map(piece).collect(),
        filter: (!rows.is_empty()).then(|| maker.form("_rows", &Axis::ALL.map(Axis::word), &[], true)),
        rows,
        turn,
    };
    let words = cx.tf("campaigns-of", &[("span", &span.name(cx))]);
    let page = Page::new(words.clone(), view).under(cx.t("nav-campaigns"), routes::campaigns());
    let page = match span {
        Span::Year(_) => page,
        _ => page.under(year.to_string(), route(year)),
    };
    page.about(cx.tf("campaigns-of-about", &[("span", &span.name(cx))]))
}

fn row(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule, maker: &mut Maker<'_, '_>) -> Row {
    let state = State::of(cx, campaign);
    let rows = &cx.model().policy.rows;
    let attainments = measure::attainments(cx.model(), campaign);
    let total = campaign.budget.as_ref().and_then(|b| b.total);
    Row {
        campaign: parts::campaign(cx, campaign),
        is_off: campaign.called_off.is_some(),
        why: campaign.called_off.as_ref().and_then(|off| off.because.as_ref()).map(|why| cx.words(why)),
        start: schedule.window.first.to_string(),
        dates: cx.range_short(schedule.window),
        tone: state.tone(),
        state: parts::called_off(cx, campaign).unwrap_or_else(|| cx.t(&format!("board-{}", state.word())).to_owned()),
        stage: State::ALL.iter().position(|s| *s == state).unwrap_or(0),
        owner: parts::owner(cx, campaign.owner.as_ref()),
        slot: calendar::slot(cx, campaign),
        scale: cx.named(rows.scales.find(&campaign.scale).map(|s| &s.name), &campaign.scale),
        mode: crate::pages::campaign::overview::mode_key(campaign.mode),
        channels: campaign
            .channels
            .iter()
            .map(|c| cx.named(rows.channels.find(&c.value).map(|row| &row.name), &c.value))
            .collect(),
        budget: total.map(|t| cx.money_short(t.value)),
        money: total.map(|t| t.value.0.to_string()).unwrap_or_default(),
        overdue: measure::process(campaign, cx.today()).open,
        reached: attainments.iter().filter(|r| r.verdict == measure::Verdict::Reached).count(),
        kpis: attainments.len(),
        data: maker.campaign(campaign),
    }
}

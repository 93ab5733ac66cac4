//! `programmes/<id>/`: one year. Its rhythm, its big dates and stages, its money, its prose.

use super::calendar::{Almanac, Slot, Strip, slot, strip};
use super::{annual_plan, parts, routes};
use crate::base::{Currency, DateRange, Money, Share};
use crate::model::budget::{Budget, Line};
use crate::model::campaign::Campaign;
use crate::model::programme::{Programme, Stretch};
use crate::plan::{Cx, Ground, Heading, Page, Planned, Ref, Section, Words};
use crate::policy::{Axis, Preset, State};
use serde::Serialize;
use std::sync::Arc;

/// One page for each programme. The present year's is where the menu leads, else the last one.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let model = ground.model;
    let almanac = Arc::new(Almanac::of(model));
    let present = model.programmes.iter().find(|p| p.year == model.as_of.year()).or(model.programmes.last());
    let page = |programme: &'a Programme| {
        let almanac = Arc::clone(&almanac);
        let route = routes::programme(programme.id.as_str());
        let page = Planned::page(route, "programme.html", move |cx| view(cx, &almanac, programme))
            .section(Section::Programme)
            .named(move |cx| cx.words(&programme.title))
            .shows(ground.sources.path(programme.file))
            .aliases(&programme.aliases, routes::programme)
            .from(format!("programme `{}`", programme.id), programme.span);
        // A text in chapters has a page of its own.
        let page = if annual_plan::has_plan(model, programme) {
            page
        } else {
            page.shows_at(prose_path(ground, programme), "_prose", "")
        };
        if present.is_some_and(|p| p.id == programme.id) {
            page.entry(Section::Programme).alias(routes::programmes())
        } else {
            page
        }
    };
    model.programmes.iter().map(page).collect()
}

fn prose_path(ground: &Ground<'_>, programme: &Programme) -> String {
    let main = programme.prose.as_ref().and_then(|p| p.main());
    main.map_or_else(String::new, |version| ground.sources.path(version.file).to_owned())
}

/// Everything `programme.html` can see.
#[derive(Serialize)]
struct View {
    others: Vec<Ref>,
    /// Annual plan and goals, where there are such pages.
    more: Vec<Ref>,
    calendar: Ref,
    money: Ref,
    total: Option<String>,
    held: Option<String>,
    spent: String,
    spent_share: Option<String>,
    annual_share: Option<String>,
    count: usize,
    /// Campaigns that were called off, and what of their money is not planned anew.
    off: usize,
    freed: Option<String>,
    campaigns: Vec<Held>,
    /// Whether the rows are months, since there are very many campaigns.
    is_by_month: bool,
    /// Without it where there are very many campaigns: their months stand below.
    strip: Option<Strip>,
    stages: Vec<Dated>,
    anchors: Vec<Dated>,
    peak: Option<(i64, i64)>,
    splits: Vec<Split>,
    own_lines: Vec<OwnLine>,
    note: Option<Words>,
    prose: Option<String>,
}

/// A named stretch of the year.
#[derive(Serialize)]
struct Dated {
    name: Words,
    range: String,
    is_now: bool,
    is_past: bool,
    /// Whether it is a big-promotion date that no campaign is near (CAL-8).
    is_alone: bool,
}

/// A campaign, or a month of many, and its part of the year's money.
#[derive(Serialize)]
struct Held {
    campaign: Ref,
    is_off: bool,
    /// How many campaigns a month has.
    count: usize,
    slot: Option<Slot>,
    dates: String,
    total: Option<String>,
    spent: Option<String>,
    /// Thousandths of the greatest budget.
    width: i128,
    spent_width: i128,
}

/// A line of the programme itself.
#[derive(Serialize)]
struct OwnLine {
    name: Words,
    note: Option<Words>,
    amount: String,
    tags: Vec<Words>,
}

/// The year's money along one axis.
#[derive(Serialize)]
struct Split {
    name: Words,
    preset: Option<Words>,
    is_checked: bool,
    parts: Vec<Part>,
    untagged: Option<String>,
}

#[derive(Serialize)]
struct Part {
    name: Words,
    amount: String,
    share: String,
    target: Option<String>,
    /// How far from the target, with sign.
    off: Option<String>,
    is_off: bool,
    x: i64,
    width: i64,
    series: usize,
}

/// The money of a year.
struct Year<'a> {
    currency: Currency,
    total: Option<Money>,
    lines: Vec<&'a Line>,
}

impl Year<'_> {
    fn sum(&self) -> Money {
        self.lines.iter().map(|l| l.amount.value).sum()
    }
}

fn view(cx: &Cx<'_>, almanac: &Almanac<'_>, programme: &Programme) -> Page {
    let model = cx.model();
    let campaigns: Vec<&Campaign> = model.campaigns_of(programme).collect();
    let own = programme.budget.as_ref();
    let currency = own.map_or(model.settings.currency, |b| b.currency.value);
    let budgets = || campaigns.iter().filter_map(|c| c.budget.as_ref()).filter(|b| b.currency.value == currency);
    let year = Year {
        currency,
        total: own.and_then(|b| b.total).map(|t| t.value),
        lines: own.into_iter().chain(budgets()).flat_map(|b| &b.lines).collect(),
    };
    let spent: Money = campaigns.iter().filter(|c| is_in(c, currency)).map(|c| c.results.spent()).sum();
    let is_by_month = campaigns.len() > model.policy.room("page-rows");
    let money = |amount: Money| cx.money_in(amount, currency);
    let share = |part: Option<Money>, whole: Option<Money>| Some(cx.percent_short(part?.share_of(whole?)?));
    let view = View {
        others: others(cx, programme),
        more: [
            cx.link(cx.t("annual-plan"), &routes::annual_plan(programme.id.as_str())),
            cx.link(cx.t("goals"), &routes::goals(programme.id.as_str())),
        ]
        .into_iter()
        .filter(|link| link.href.is_some())
        .collect(),
        calendar: cx.link(cx.tf("calendar-year-title", &[("year", &programme.year)]), &routes::year(programme.year)),
        money: cx.link(cx.t("money-link"), &routes::programme_money(programme.id.as_str())),
        total: year.total.map(money),
        held: own.map(|b| money(b.sum())),
        spent: money(spent),
        spent_share: share(Some(spent), year.total),
        annual_share: share(year.total, programme.annual.map(|a| a.value)),
        count: campaigns.iter().filter(|c| c.called_off.is_none()).count(),
        off: campaigns.iter().filter(|c| c.called_off.is_some()).count(),
        freed: freed(&campaigns, &year).map(money),
        campaigns: held(cx, &campaigns, currency, is_by_month),
        is_by_month,
        strip: (!is_by_month).then(|| strip(cx, almanac, programme.year, Some(programme))),
        stages: programme.stages.iter().map(|s| stretch(cx, s)).collect(),
        anchors: programme.anchors.iter().map(|a| anchor(cx, a)).collect(),
        peak: programme.peak.map(|p| (p.from.value, p.to.value)),
        splits: splits(cx, &year),
        own_lines: own.map(|b| own_lines(cx, b)).unwrap_or_default(),
        note: own.and_then(|b| b.note.as_ref()).map(|n| cx.words(n)),
        prose: programme
            .prose
            .as_ref()
            .filter(|_| !annual_plan::has_plan(model, programme))
            .and_then(|p| p.get(cx.lang()))
            .map(|version| cx.markdown(version, Heading { shift: 1, ..Heading::default() }).html),
    };
    let path = cx.ground().sources.path(programme.file);
    Page::new(cx.words(&programme.title), view)
        .about(cx.tf("programme-about", &[("year", &programme.year)]))
        .edited_in(path, 1)
}

/// What campaigns called off have set free and nobody has planned anew.
fn freed(campaigns: &[&Campaign], year: &Year<'_>) -> Option<Money> {
    let released: Money = campaigns.iter().filter(|c| is_in(c, year.currency)).map(|c| c.released()).sum();
    let left = year.total? - year.sum();
    Some(left.min(released)).filter(|freed| *freed > Money::ZERO)
}

fn is_in(campaign: &Campaign, currency: Currency) -> bool {
    campaign.budget.as_ref().is_none_or(|b| b.currency.value == currency)
}

fn others(cx: &Cx<'_>, programme: &Programme) -> Vec<Ref> {
    let others = cx.model().programmes.iter().filter(|p| p.id != programme.id);
    others.map(|p| cx.link(cx.words(&p.title), &routes::programme(p.id.as_str()))).collect()
}

fn stretch(cx: &Cx<'_>, stretch: &Stretch) -> Dated {
    let range = DateRange::new(stretch.from.value, stretch.to.value);
    Dated {
        name: cx.words(&stretch.name),
        range: range.map_or_else(String::new, |r| cx.range_short(r)),
        is_now: range.is_some_and(|r| r.contains(cx.today())),
        is_past: stretch.to.value < cx.today(),
        is_alone: false,
    }
}

/// A big-promotion date, and whether a campaign is near it.
fn anchor(cx: &Cx<'_>, anchor: &Stretch) -> Dated {
    let near = cx.model().policy.figure("anchor-days");
    let range = DateRange::new(anchor.from.value.plus(-near), anchor.to.value.plus(near));
    let is_alone = range.is_some_and(|r| cx.model().dated().all(|(_, s)| !s.window.overlaps(r)));
    Dated { is_alone, ..stretch(cx, anchor) }
}

fn held(cx: &Cx<'_>, campaigns: &[&Campaign], currency: Currency, is_by_month: bool) -> Vec<Held> {
    let total = |c: &Campaign| c.budget.as_ref().filter(|b| b.currency.value == currency)?.total.map(|t| t.value);
    let spent = |c: &Campaign| is_in(c, currency).then(|| c.results.spent()).filter(|s| *s != Money::ZERO);
    let month = |c: &Campaign| c.start.map(|s| s.value.month_start());
    let groups: Vec<&[&Campaign]> = if is_by_month {
        campaigns.chunk_by(|a, b| month(a) == month(b)).collect()
    } else {
        campaigns.chunks(1).collect()
    };
    let sum = |group: &[&Campaign], of: &dyn Fn(&Campaign) -> Option<Money>| -> Option<Money> {
        let amounts: Vec<Money> = group.iter().filter_map(|c| of(c)).collect();
        (!amounts.is_empty()).then(|| amounts.into_iter().sum())
    };
    let amounts = groups.iter().flat_map(|g| [sum(g, &total), sum(g, &spent)]).flatten();
    let greatest = amounts.max().filter(|m| m.0 > 0).unwrap_or(Money(1));
    let width = |amount: Option<Money>| amount.map_or(0, |m| m.0.max(0) * 1000 / greatest.0);
    let named = |group: &[&Campaign]| match month(group[0]).filter(|_| is_by_month) {
        Some(first) => {
            let report = routes::report(&first.year_month());
            let calendar = || routes::month(first.year(), first.month());
            cx.link(cx.month(first), &cx.href(&report).map_or_else(calendar, |_| report.clone()))
        }
        None => parts::campaign(cx, group[0]),
    };
    let row = |group: &&[&Campaign]| Held {
        campaign: named(group),
        is_off: !is_by_month && group[0].called_off.is_some(),
        count: group.len(),
        slot: slot(cx, group[0]).filter(|_| !is_by_month),
        dates: group[0].schedule.as_ref().map_or_else(String::new, |s| cx.range_short(s.window)),
        total: sum(group, &total).map(|m| cx.money_in(m, currency)),
        spent: sum(group, &spent).map(|m| cx.money_in(m, currency)),
        width: width(sum(group, &total)),
        spent_width: width(sum(group, &spent)),
    };
    groups.iter().map(row).collect()
}

fn own_lines(cx: &Cx<'_>, budget: &Budget) -> Vec<OwnLine> {
    let axes = &cx.model().policy.rows.axes;
    let tag = |axis: &str, value: &str| axes.find(axis).and_then(|a| a.values.find(value)).map(|name| cx.words(name));
    let line = |line: &Line| OwnLine {
        name: cx.words(&line.name),
        note: line.note.as_ref().map(|n| cx.words(n)),
        amount: cx.money_in(line.amount.value, budget.currency.value),
        tags: line.tags.iter().filter_map(|(axis, value)| tag(&axis.value, &value.value)).collect(),
    };
    budget.lines.iter().map(line).collect()
}

/// The axes that any line is tagged along; those with a checked preset first.
fn splits(cx: &Cx<'_>, year: &Year<'_>) -> Vec<Split> {
    let rows = &cx.model().policy.rows;
    let used = rows.axes.iter().filter(|(axis, _)| year.lines.iter().any(|l| l.tag(axis).is_some()));
    let mut splits: Vec<Split> = used.map(|(axis, row)| split(cx, year, axis, row)).collect();
    splits.sort_by_key(|s| !s.is_checked);
    splits
}

fn split(cx: &Cx<'_>, year: &Year<'_>, axis: &str, row: &Axis) -> Split {
    let presets = &cx.model().policy.rows.presets;
    let of_axis = |p: &&Preset| p.axis.as_ref().is_some_and(|a| a.value == axis) && !p.shares.0.is_empty();
    let all: Vec<&Preset> = presets.iter().map(|(_, p)| p).filter(of_axis).collect();
    let is_on = |p: &&&Preset| p.state != Some(State::Off) && p.level != Some(crate::policy::Level::Campaign);
    let preset = all.iter().find(is_on).copied();
    let whole = year.sum();
    let mut x = 0;
    let parts = row.values.iter().enumerate().map(|(series, (value, name))| {
        let on = |l: &&&Line| l.tag(axis).is_some_and(|t| t.value == value);
        let amount: Money = year.lines.iter().filter(on).map(|l| l.amount.value).sum();
        let share = amount.share_of(whole).unwrap_or_default();
        let target: Option<Share> = preset.and_then(|p| p.shares.find(value)).map(|s| s.value);
        let off = target.map(|t| Share(share.0 - t.0));
        let warns = preset.and_then(|p| p.warn_above).unwrap_or_default();
        let width = (share.0 / 10).max(0);
        let part = Part {
            name: cx.words(name),
            amount: cx.money_in(amount, year.currency),
            share: cx.percent_short(share),
            target: target.map(|t| cx.percent(t)),
            off: off.map(|o| cx.points(o)),
            is_off: off.is_some_and(|o| o.distance(Share(0)) > warns),
            x,
            width,
            series: series % 6,
        };
        x += width;
        part
    });
    let parts = parts.collect();
    let untagged: Money = year.lines.iter().filter(|l| l.tag(axis).is_none()).map(|l| l.amount.value).sum();
    Split {
        name: cx.words(&row.name),
        preset: preset.map(|p| cx.words(&p.name)),
        is_checked: preset.is_some(),
        parts,
        untagged: (untagged != Money::ZERO).then(|| cx.money_in(untagged, year.currency)),
    }
}

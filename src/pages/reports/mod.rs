//! `reports/…`: what a month, quarter or year came to (PMR-8), with the brand's curve (MON-7) and all tables as files.

mod brand;
mod trends;
mod year;

use super::obligations::period_name;
use super::{parts, routes};
use crate::base::{Money, Quantity, Share};
use crate::model::alert;
use crate::model::cadence::{self, Kept};
use crate::model::campaign::Campaign;
use crate::model::measure;
use crate::model::milestone::Standing;
use crate::model::period::Period;
use crate::model::report::Report;
use crate::model::rollup::{self, Rollup, Tone, Value};
use crate::plan::{Cx, Ground, Heading, Leaves, Page, Planned, Ref, Shelf, Words};
use crate::policy::{Dimension, Every, MetricUnit};
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Tables over all campaigns that the overview offers.
const TABLES: [&str; 9] =
    ["campaigns", "milestones", "checklist", "budget", "dimensions", "kpis", "actions", "lessons", "obligations"];

/// The overview, and a page for each year, quarter and month that has begun or has a text.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let model = ground.model;
    let mut years: BTreeSet<i16> = model.dated().map(|(_, s)| s.window.first.year()).collect();
    years.extend(model.programmes.iter().map(|p| p.year));
    let mut periods: BTreeSet<Period> = model.reports.iter().map(|r| r.period).collect();
    for year in years {
        let Some(whole) = Period::parse(&format!("{year:04}")) else { continue };
        for every in [Every::Month, Every::Quarter, Every::Year] {
            let all = Period::of(every, whole.days.first).until(whole.days.last);
            periods.extend(all.filter(|p| p.days.first <= model.as_of));
        }
    }
    let room = model.policy.room("page-rows");
    let pages = |period: Period| {
        let base = routes::report(&period.to_string());
        // A year of very many tells of months, whose pages have them all.
        let count = rollup::campaigns(model, period).len();
        let count = if period.every == Every::Year && count > room { 0 } else { count };
        let leaves = Arc::new(Leaves::numbered(&base, count, room));
        let text = model.reports.iter().find(|r| r.period == period);
        let shared = Arc::clone(&leaves);
        let page = move |at: usize| {
            let leaves = Arc::clone(&shared);
            let route = leaves.leaf(at).route.clone();
            Planned::page(route, "report.html", move |cx| view(cx, period, text, &leaves, at))
        };
        let others = (1..leaves.count()).map(page.clone());
        let mut first = page(0);
        for version in text.iter().flat_map(|t| &t.prose.versions) {
            first = first.shows_at(ground.sources.path(version.file), "_prose", "");
        }
        let first = first
            .named(move |cx| cx.tf("report-title", &[("period", &period_name(cx, period))]).into())
            .from(format!("report `{period}`"), text.map(|t| crate::base::Span::new(t.file, 0, 0)));
        std::iter::once(first).chain(others)
    };
    let mut planned: Vec<Planned<'a>> = periods.iter().flat_map(|p| pages(*p)).collect();
    planned.push(Planned::page(routes::reports(), "reports.html", move |cx| overview(cx, &periods)).more(
        Shelf::Running,
        10,
        "reports-title",
    ));
    planned
}

/// Everything `reports.html` can see.
#[derive(Serialize)]
struct Overview {
    years: Vec<Year>,
    tables: Vec<Ref>,
    brand: Option<brand::Brand>,
}

#[derive(Serialize)]
struct Year {
    link: Ref,
    is_open: bool,
    quarters: Vec<Ref>,
    months: Vec<Ref>,
}

fn overview(cx: &Cx<'_>, periods: &BTreeSet<Period>) -> Page {
    let within = |year: Period, every: Every| {
        let here = periods.iter().filter(move |p| p.every == every && p.days.first.year() == year.days.first.year());
        here.map(|p| link(cx, *p)).collect()
    };
    let year = |year: &Period| Year {
        link: link(cx, *year),
        is_open: year.days.contains(cx.today()),
        quarters: within(*year, Every::Quarter),
        months: within(*year, Every::Month),
    };
    let table = |name: &&str| cx.link(cx.t(&format!("table-{name}")), &routes::table(name));
    let view = Overview {
        years: periods.iter().rev().filter(|p| p.every == Every::Year).map(year).collect(),
        tables: TABLES.iter().map(table).filter(|r| r.href.is_some()).collect(),
        brand: brand::of(cx, None),
    };
    Page::new(cx.t("reports-title"), view).about(cx.t("reports-about"))
}

fn link(cx: &Cx<'_>, period: Period) -> Ref {
    cx.link(period_name(cx, period), &routes::report(&period.to_string()))
}

/// Everything `report.html` can see.
#[derive(Serialize)]
struct View {
    /// Whether this is the first of the pages, with what is about all campaigns.
    is_first: bool,
    is_open: bool,
    before: Option<Ref>,
    after: Option<Ref>,
    above: Vec<Ref>,
    below: Vec<Ref>,
    tiles: Tiles,
    dimensions: Vec<Words>,
    /// Whether the campaigns are so many that they are on the pages of the months.
    is_by_month: bool,
    campaigns: Vec<Row>,
    /// Campaigns called off that would have begun here.
    off: Vec<Ref>,
    table: Option<String>,
    lessons: Vec<Lesson>,
    more_lessons: usize,
    repeated: Vec<Problem>,
    obligations: Vec<Obligation>,
    board: Vec<year::Cell>,
    returns: Vec<trends::Return>,
    trends: Vec<trends::Trend>,
    brand: Option<brand::Brand>,
    prose: Option<String>,
}

#[derive(Serialize)]
struct Tiles {
    planned: String,
    spent: String,
    execution: Option<String>,
    paid: String,
    roi: Option<String>,
    punctuality: Option<String>,
    overdue: usize,
    targets: String,
    findings: usize,
    errors: usize,
    alerts: usize,
    /// Alerts raised in the period whose analysis is still to come.
    open_alerts: usize,
}

/// A campaign in the table of three dimensions.
#[derive(Serialize)]
struct Row {
    campaign: Ref,
    month: String,
    slot: Option<super::calendar::Slot>,
    budget: Option<String>,
    spent: Option<String>,
    cells: Vec<Cell>,
    punctuality: Option<String>,
    targets: String,
}

/// A judged value.
#[derive(Serialize)]
struct Cell {
    text: String,
    note: String,
    tone: &'static str,
    word: &'static str,
}

#[derive(Serialize)]
struct Lesson {
    words: Words,
    campaign: Ref,
}

#[derive(Serialize)]
struct Problem {
    tag: String,
    count: usize,
    is_at_limit: bool,
    campaigns: Vec<Ref>,
    /// How many are not named.
    more: usize,
    /// Where all of them are, when some are left off.
    href: Option<String>,
}

/// An obligation and how its occurrences that were due in the period stand.
#[derive(Serialize)]
struct Obligation {
    what: Ref,
    kept: usize,
    late: usize,
    overdue: usize,
}

fn view(cx: &Cx<'_>, period: Period, text: Option<&Report>, leaves: &Leaves, at: usize) -> Page {
    if at > 0 {
        return part(cx, period, leaves, at);
    }
    let model = cx.model();
    let sum = rollup::rollup(model, period);
    let dimensions: Vec<(&str, &Dimension)> = model.policy.rows.dimensions.iter().collect();
    let limit = usize::try_from(model.policy.figure("report-lessons")).unwrap_or(usize::MAX);
    let lessons = rollup::lessons(model, period);
    let is_year = period.every == Every::Year;
    let view = View {
        is_first: true,
        is_open: period.days.last >= model.as_of,
        before: Some(link(cx, period.previous())).filter(|r| r.href.is_some()),
        after: Some(link(cx, period.next())).filter(|r| r.href.is_some()),
        above: above(cx, period),
        below: below(cx, period),
        tiles: tiles(cx, period, &sum),
        dimensions: dimensions.iter().map(|(_, d)| cx.words(&d.name)).collect(),
        is_by_month: is_year && leaves.leaf(at).rows.is_empty() && !sum.campaigns.is_empty(),
        campaigns: rows(cx, &sum.campaigns, &dimensions, leaves, at),
        table: cx.href(&routes::table("dimensions")),
        off: rollup::called_off(model, period).into_iter().map(|c| parts::campaign(cx, c)).collect(),
        more_lessons: lessons.len().saturating_sub(limit),
        lessons: lessons
            .into_iter()
            .take(limit)
            .map(|(c, l)| Lesson { words: cx.words(l), campaign: review(cx, c) })
            .collect(),
        repeated: rollup::repeated(model, period).iter().map(|r| problem(cx, r)).collect(),
        obligations: obligations(cx, period),
        board: if is_year { year::board(cx, period) } else { Vec::new() },
        returns: if is_year { trends::returns(cx, &sum.campaigns) } else { Vec::new() },
        trends: if is_year { trends::trends(cx, &sum.campaigns) } else { Vec::new() },
        brand: if period.every >= Every::Quarter { brand::of(cx, Some(period)) } else { None },
        prose: text
            .and_then(|t| t.prose.get(cx.lang()))
            .map(|version| cx.markdown(version, Heading { shift: 1, ..Heading::default() }).html),
    };
    let name = period_name(cx, period);
    let page = leaves
        .page(at, cx.tf("report-title", &[("period", &name)]), view, cx)
        .under(cx.t("reports-title"), routes::reports())
        .about(cx.tf("report-about", &[("period", &name)]));
    match text.and_then(|t| t.prose.get(cx.lang())) {
        Some(version) => page.edited_in(cx.ground().sources.path(version.file), 1),
        None => page,
    }
}

/// Everything `report.html` can see of a page of more campaigns.
#[derive(Serialize)]
struct PartView {
    is_first: bool,
    is_by_month: bool,
    dimensions: Vec<Words>,
    campaigns: Vec<Row>,
    table: Option<String>,
}

/// More campaigns of a period.
fn part(cx: &Cx<'_>, period: Period, leaves: &Leaves, at: usize) -> Page {
    let model = cx.model();
    let dimensions: Vec<(&str, &Dimension)> = model.policy.rows.dimensions.iter().collect();
    let view = PartView {
        is_first: false,
        is_by_month: false,
        dimensions: dimensions.iter().map(|(_, d)| cx.words(&d.name)).collect(),
        campaigns: rows(cx, &rollup::campaigns(model, period), &dimensions, leaves, at),
        table: cx.href(&routes::table("dimensions")),
    };
    let name = period_name(cx, period);
    let mut page = leaves.page(at, cx.tf("report-title", &[("period", &name)]), view, cx);
    page.crumbs.insert(0, (cx.t("reports-title").into(), routes::reports()));
    page
}

/// The longer periods that this one is part of.
fn above(cx: &Cx<'_>, period: Period) -> Vec<Ref> {
    let longer = [Every::Quarter, Every::Year].into_iter().filter(|e| *e > period.every);
    longer.map(|every| link(cx, Period::of(every, period.days.first))).filter(|r| r.href.is_some()).collect()
}

/// The shorter periods that it is made of.
fn below(cx: &Cx<'_>, period: Period) -> Vec<Ref> {
    let every = match period.every {
        Every::Year => Every::Quarter,
        _ => Every::Month,
    };
    if period.every <= Every::Month {
        return Vec::new();
    }
    let parts = Period::of(every, period.days.first).until(period.days.last);
    parts.map(|p| link(cx, p)).filter(|r| r.href.is_some()).collect()
}

fn tiles(cx: &Cx<'_>, period: Period, sum: &Rollup<'_>) -> Tiles {
    // Only campaigns with a reading or an answer of these days can have raised one.
    let speaks = |c: &&Campaign| {
        let readings = c.results.readings.iter().map(|r| r.date.value);
        readings.chain(c.results.answers.iter().map(|a| a.raised.value.day)).any(|day| period.days.contains(day))
    };
    let all = cx.model().campaigns.iter().filter(speaks).flat_map(|c| alert::of_campaign(cx.model(), c));
    let raised: Vec<_> = all.filter(|a| period.days.contains(a.raised().day)).collect();
    let about = |d: &&crate::base::Diagnostic| {
        let thing = d.subject.as_ref().and_then(|s| s.thing.strip_prefix("campaigns/"));
        thing.is_some_and(|id| sum.campaigns.iter().any(|c| c.id.as_str() == id))
    };
    let findings: Vec<_> =
        cx.findings().iter().filter(about).filter(|d| d.severity > crate::base::Severity::Info).collect();
    let counts =
        [("reached", &sum.reached as &dyn std::fmt::Display), ("measured", &sum.measured), ("n", &sum.targets)];
    Tiles {
        planned: cx.money(sum.planned),
        spent: cx.money(sum.spent),
        execution: sum.execution().map(|s| cx.percent_short(s)),
        paid: cx.money(sum.paid),
        roi: sum.roi.map(|roi| ratio(cx, roi)),
        punctuality: sum.punctuality().map(|s| cx.percent_short(s)),
        overdue: sum.overdue,
        targets: cx.tf("report-targets", &counts),
        errors: findings.iter().filter(|d| d.severity == crate::base::Severity::Error).count(),
        findings: findings.len(),
        alerts: raised.len(),
        open_alerts: raised.iter().filter(|a| a.is_open()).count(),
    }
}

/// A ratio to the nearest hundredth.
fn ratio(cx: &Cx<'_>, value: Quantity) -> String {
    cx.quantity(Quantity((value.0 + 50) / 100 * 100), MetricUnit::Ratio)
}

/// A page of the campaigns, those with a bad value first.
fn rows(
    cx: &Cx<'_>,
    campaigns: &[&Campaign],
    dimensions: &[(&str, &Dimension)],
    leaves: &Leaves,
    at: usize,
) -> Vec<Row> {
    let model = cx.model();
    let valued = |campaign: &Campaign| -> Vec<Option<Value<'_>>> {
        dimensions.iter().map(|(_, d)| rollup::value(model, campaign, d)).collect()
    };
    let is_bad = |value: &&Value<'_>| value.tone() == Tone::Bad;
    let mut list: Vec<_> = campaigns.iter().map(|campaign| (*campaign, valued(campaign))).collect();
    list.sort_by_cached_key(|(_, values)| std::cmp::Reverse(values.iter().flatten().filter(is_bad).count()));
    list[leaves.leaf(at).rows.clone()].iter().map(|(campaign, values)| row(cx, campaign, values)).collect()
}

fn row(cx: &Cx<'_>, campaign: &Campaign, values: &[Option<Value<'_>>]) -> Row {
    let attainments = measure::attainments(cx.model(), campaign);
    let reached = attainments.iter().filter(|a| a.verdict == measure::Verdict::Reached).count();
    let currency = campaign.budget.as_ref().map_or(cx.model().settings.currency, |b| b.currency.value);
    let spent = campaign.results.spent();
    Row {
        campaign: parts::campaign(cx, campaign),
        month: campaign.start.map_or_else(String::new, |s| cx.month_short(s.value.month()).to_owned()),
        slot: super::calendar::slot(cx, campaign),
        budget: campaign.budget.as_ref().and_then(|b| b.total).map(|t| cx.money_in(t.value, currency)),
        spent: (spent != Money::ZERO).then(|| cx.money_in(spent, currency)),
        cells: values.iter().map(|v| cell(cx, v.as_ref())).collect(),
        punctuality: measure::process(campaign, cx.today()).punctuality().map(|s| cx.percent_short(s)),
        targets: format!("{reached}/{}", attainments.len()),
    }
}

fn cell(cx: &Cx<'_>, value: Option<&Value<'_>>) -> Cell {
    let Some(value) = value else {
        return Cell { text: "–".to_owned(), note: cx.t("csv-state-unmeasured").to_owned(), tone: "", word: "" };
    };
    let tone = match value.tone() {
        Tone::Good => "is-good",
        Tone::Bad => "is-bad",
        Tone::Plain => "",
    };
    let (text, note) = match value {
        Value::Share(share, _) => (cx.percent_short(*share), String::new()),
        Value::Measured(value, metric, _) => (cx.measured(*value, Some(metric)), cx.plain(&metric.name)),
    };
    Cell { text, note, tone, word: tone_key(value.tone()) }
}

/// Key of the words that say what a colour says.
fn tone_key(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "value-good",
        Tone::Bad => "value-bad",
        Tone::Plain => "",
    }
}

fn review(cx: &Cx<'_>, campaign: &Campaign) -> Ref {
    cx.link(cx.words(&campaign.title), &routes::campaign_part(campaign.id.as_str(), "review"))
}

fn problem(cx: &Cx<'_>, repeated: &rollup::Repeated<'_>) -> Problem {
    let mut campaigns = repeated.campaigns.clone();
    let more = super::worklist::cut_to("month-campaigns", &mut campaigns, cx);
    Problem {
        tag: repeated.tag.to_owned(),
        count: repeated.campaigns.len(),
        is_at_limit: repeated.is_at_limit,
        campaigns: campaigns.iter().map(|c| review(cx, c)).collect(),
        href: (more > 0).then(|| crate::pages::lessons::problem_place(cx, repeated.tag)).flatten(),
        more,
    }
}

/// What was due in the period so far, the obligations that were missed first.
fn obligations(cx: &Cx<'_>, period: Period) -> Vec<Obligation> {
    let model = cx.model();
    let mut list = Vec::new();
    for (id, row, _) in cadence::active(model) {
        let here = cadence::occurrences(model, id, row, period.days.last);
        let here = here.iter().filter(|o| period.days.contains(o.due) && o.kept != Kept::Open);
        let (mut kept, mut late, mut overdue) = (0, 0, 0);
        for occurrence in here {
            match occurrence.kept {
                Kept::Done { late: 0 } => kept += 1,
                Kept::Done { .. } => late += 1,
                _ => overdue += 1,
            }
        }
        if kept + late + overdue > 0 {
            let href = cx.href_to(&routes::obligations(), id);
            let what = Ref { href, ..cx.link(cx.words(&row.name), &routes::obligations()) };
            list.push(Obligation { what, kept, late, overdue });
        }
    }
    list.sort_by_key(|o| std::cmp::Reverse((o.overdue, o.late)));
    list
}

/// The standing of a campaign's nodes: punctuality, and how many are overdue.
fn punctuality(cx: &Cx<'_>, campaigns: &[&Campaign]) -> (Option<Share>, usize) {
    let nodes = campaigns.iter().flat_map(|c| c.schedule.iter().flat_map(|s| &s.milestones));
    let (mut due, mut on_time, mut overdue) = (0_i128, 0_i128, 0);
    for node in nodes {
        match node.standing(cx.today()) {
            Standing::Open { .. } => continue,
            Standing::Done { late: 0 } => on_time += 1,
            Standing::Done { .. } => {}
            Standing::Overdue { .. } => overdue += 1,
        }
        due += 1;
    }
    (Share::of(on_time, due), overdue)
}

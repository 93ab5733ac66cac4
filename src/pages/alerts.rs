//! `alerts/`: what is off its target and waits for an answer, what was answered, and who watches what (ALR-1 … ALR-4).

use super::campaign::Part;
use super::{parts, routes};
use crate::base::{Date, Moment};
use crate::model::alert::{self, Alert, Side};
use crate::model::answer::{Answer, Decision};
use crate::model::campaign::Campaign;
use crate::model::carry;
use crate::model::measure::{Lane, lane};
use crate::plan::{Cx, Day, Ground, Leaves, Page, Planned, Ref, Section, Shelf, Words};
use crate::policy::Tone;
use serde::Serialize;
use std::sync::Arc;

/// One page.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let model = ground.model;
    let mut alerts: Vec<Alert<'_>> = alert::all(model).filter(|a| a.answer.is_some() || a.is_live).collect();
    alerts.sort_by_key(|a| std::cmp::Reverse((a.raised().day, a.raised().minutes)));
    let (mut open, settled): (Vec<_>, Vec<_>) = alerts.into_iter().partition(Alert::is_open);
    open.sort_by_key(|a| (a.report_by.day, a.report_by.minutes));
    let years: Vec<i16> = settled.iter().map(|a| a.raised().day.year()).collect();
    let leaves = Arc::new(Leaves::by_year(&routes::alerts(), &years, model.policy.room("page-cards")));
    let sorted = Arc::new((open, settled));
    let page = |at: usize| {
        let (sorted, shared) = (Arc::clone(&sorted), Arc::clone(&leaves));
        let route = leaves.leaf(at).route.clone();
        let page = Planned::page(route, "alerts.html", move |cx| view(cx, &sorted.0, &sorted.1, &shared, at));
        if at == 0 { page.more(Shelf::Running, 10, "alerts-title") } else { page.section(Section::More) }
    };
    (0..leaves.count()).map(page).collect()
}

/// Everything `alerts.html` can see.
#[derive(Serialize)]
struct View {
    /// Whether this is the first of the pages, with what is about all of them.
    is_first: bool,
    open_count: usize,
    open: Vec<AlertView>,
    /// The latest first.
    settled: Vec<AlertView>,
    overdue: usize,
    late: usize,
    in_time: usize,
    levels: Vec<LevelRow>,
    report_hours: i64,
    watches: Vec<WatchRow>,
    more_watches: usize,
    board: Option<String>,
}

/// A level with its clock.
#[derive(Serialize)]
struct LevelRow {
    level: Level,
    /// Until somebody must have answered.
    clock: String,
}

/// A signal that somebody watches.
#[derive(Serialize)]
struct WatchRow {
    campaign: Ref,
    source: Words,
    tool: Option<Words>,
    owner: Option<Ref>,
    threshold: Option<Words>,
}

/// A level as a badge.
#[derive(Serialize)]
struct Level {
    /// Class `is-<tone>`.
    tone: &'static str,
    name: Words,
}

/// An alert as `<alert_card>` shows it.
#[derive(Serialize)]
pub(super) struct AlertView {
    id: String,
    campaign: Ref,
    metric: Ref,
    level: Level,
    /// Whether the value is better than wanted.
    is_better: bool,
    value: String,
    target: String,
    limit: String,
    /// The limit is the metric's floor.
    is_floor: bool,
    day: Day,
    back: Option<Back>,
    raised: String,
    respond_by: String,
    report_by: String,
    /// `running`, `overdue`, `in-time`, `late`, `noted`: words `alert-<state>`, and the class of a badge.
    state: &'static str,
    tone: &'static str,
    /// How long the report took.
    took: Option<String>,
    /// How long the decision took.
    decided: Option<String>,
    /// Key of its words.
    decision: Option<&'static str>,
    /// What came of the decision.
    outcome: Vec<String>,
    savings_to: Option<Ref>,
    cause: Option<Words>,
    plan: Option<Words>,
    owner: Option<Ref>,
    /// The procedure that starts.
    procedure: Option<Ref>,
    /// What to look for, while it is open.
    causes: Vec<CauseRow>,
}

/// The reading that was back in the band.
#[derive(Serialize)]
struct Back {
    value: String,
    day: Day,
}

/// A cause to look for and what helps.
#[derive(Serialize)]
struct CauseRow {
    name: Words,
    remedy: Words,
}

fn view(cx: &Cx<'_>, open: &[Alert<'_>], settled: &[Alert<'_>], leaves: &Leaves, at: usize) -> Page {
    let model = cx.model();
    let today = cx.today();
    let is_first = at == 0;
    let mut watches = if is_first { watches(cx) } else { Vec::new() };
    let more_watches = super::worklist::cut(&mut watches, cx);
    let handed_in = |a: &&Alert<'_>| a.answer.is_some_and(|a| a.report.is_some());
    let late = settled.iter().filter(|a| a.is_late()).count();
    let level = |(_, row): (&str, &crate::policy::UrgencyLevel)| LevelRow {
        level: Level { tone: tone(row.tone), name: cx.words(&row.name) },
        clock: clock(cx, row.respond_hours.unwrap_or(0)),
    };
    let view = View {
        overdue: open.iter().filter(|a| a.is_overdue(today)).count(),
        late,
        in_time: settled.iter().filter(handed_in).count() - late,
        is_first,
        open_count: open.len(),
        open: open.iter().filter(|_| is_first).map(|a| alert_view(cx, a)).collect(),
        settled: settled[leaves.leaf(at).rows.clone()].iter().map(|a| alert_view(cx, a)).collect(),
        levels: alert::levels(&model.policy).into_iter().map(level).collect(),
        report_hours: model.policy.figure("alert-report-hours"),
        watches,
        more_watches,
        board: cx.href(&routes::board()),
    };
    leaves.page(at, cx.t("alerts-title"), view, cx).about(cx.t("alerts-lead"))
}

/// The alerts of a campaign that are worth showing: answered ones, and those that still want an answer.
pub(super) fn of_campaign(cx: &Cx<'_>, campaign: &Campaign) -> Vec<AlertView> {
    let alerts = alert::of_campaign(cx.model(), campaign);
    alerts.iter().filter(|a| a.answer.is_some() || a.is_live).map(|a| alert_view(cx, a)).collect()
}

/// The alerts whose clock runs, the nearest end first.
pub(super) fn open(cx: &Cx<'_>) -> Vec<AlertView> {
    let mut open: Vec<Alert<'_>> = alert::all(cx.model()).filter(Alert::is_open).collect();
    open.sort_by_key(|a| (a.report_by.day, a.report_by.minutes));
    open.iter().map(|a| alert_view(cx, a)).collect()
}

fn tone(tone: Option<Tone>) -> &'static str {
    tone.map_or("info", Tone::word)
}

/// `at once`, `within 4 hours`.
fn clock(cx: &Cx<'_>, hours: i64) -> String {
    if hours == 0 { cx.t("alert-at-once").to_owned() } else { cx.count("alert-within", hours) }
}

/// `15 Sep, 10:30`.
fn moment(cx: &Cx<'_>, moment: Moment) -> String {
    let day = cx.date_short(moment.day);
    moment.hour().map_or_else(|| day.clone(), |hour| cx.tf("alert-moment", &[("day", &day), ("hour", &hour)]))
}

/// How long something took: hours where both are known, else days.
fn lasted(cx: &Cx<'_>, from: Moment, to: Moment) -> String {
    match from.hours_until(to) {
        Some(hours) => cx.count("alert-hours", hours),
        None => cx.count("days", from.day.until(to.day)),
    }
}

fn state(alert: &Alert<'_>, today: Date) -> (&'static str, &'static str) {
    if alert.is_overdue(today) {
        ("overdue", "overdue")
    } else if alert.is_open() {
        ("running", "today")
    } else if alert.is_late() {
        ("late", "late")
    } else if alert.answer.is_some_and(|a| a.report.is_some()) {
        ("in-time", "done")
    } else {
        ("noted", "done")
    }
}

fn alert_view(cx: &Cx<'_>, alert: &Alert<'_>) -> AlertView {
    let campaign = alert.campaign;
    let kpis = Part::Kpis.route(campaign);
    let word = &alert.kpi.metric.value;
    let say = |value| cx.measured(value, Some(alert.metric));
    let value = alert.first.value.value;
    let floor = alert.band.floor.filter(|_| alert.band.is_past_floor(value));
    let answer = alert.answer;
    let (state, colour) = state(alert, cx.today());
    let Words { text, lang } = cx.words(&alert.metric.name);
    let raised = alert.raised();
    // A level that people gave it counts more than the computed one.
    let levels = alert::levels(&cx.model().policy);
    let given = answer.and_then(|a| a.level.as_ref()).and_then(|l| levels.iter().find(|(id, _)| *id == l.value));
    let level = given.map_or(alert.level.1, |(_, row)| row);
    AlertView {
        id: format!("{}.{word}.{}", campaign.id, alert.first.date.value),
        campaign: parts::campaign(cx, campaign),
        metric: Ref { text, lang, href: cx.href_to(&kpis, &format!("_kpi-{word}")) },
        level: Level { tone: tone(level.tone), name: cx.words(&level.name) },
        is_better: alert.side == Side::Better,
        value: say(value),
        target: say(alert.band.target),
        limit: say(floor.unwrap_or_else(|| alert.band.limit(alert.side))),
        is_floor: floor.is_some(),
        day: cx.day(alert.first.date.value),
        back: alert.back.map(|r| Back { value: say(r.value.value), day: cx.day(r.date.value) }),
        raised: moment(cx, raised),
        respond_by: moment(cx, raised.plus_hours(level.respond_hours.unwrap_or(0))),
        report_by: moment(cx, alert.report_by),
        state,
        tone: colour,
        took: answer.and_then(|a| a.report.as_ref()).map(|r| lasted(cx, raised, r.value)),
        decided: answer.and_then(|a| a.decided.as_ref()).map(|d| lasted(cx, raised, d.value)),
        decision: answer.and_then(|a| a.decision.as_ref()).map(|d| decision(d.value)),
        outcome: outcome(cx, alert, answer),
        savings_to: savings_to(cx, alert, answer),
        cause: answer.and_then(|a| a.cause.as_ref()).map(|cause| {
            let row = cause.plain.as_deref().and_then(|id| cx.model().policy.rows.causes.find(id));
            cx.words(row.map_or(cause, |row| &row.name))
        }),
        plan: answer.and_then(|a| a.plan.as_ref()).map(|p| cx.words(p)),
        owner: parts::owner(cx, answer.and_then(|a| a.owner.as_ref())),
        procedure: procedure(cx, alert),
        causes: if alert.is_open() && alert.side == Side::Worse { causes(cx, word) } else { Vec::new() },
    }
}

fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Remedy => "decision-remedy",
        Decision::ScaleUp => "decision-scale-up",
        Decision::EarlyStop => "decision-early-stop",
        Decision::None => "decision-none",
    }
}

/// What was added, or when it ended and what that saved.
fn outcome(cx: &Cx<'_>, alert: &Alert<'_>, answer: Option<&Answer>) -> Vec<String> {
    let results = &alert.campaign.results;
    let metric = &alert.kpi.metric.value;
    match answer.and_then(|a| a.decision.as_ref()).map(|d| d.value) {
        Some(Decision::ScaleUp) => {
            let mine = results.scale_ups.iter().filter(|s| s.metric.value == *metric);
            mine.flat_map(|s| {
                let money = s.budget.as_ref().map(|b| cx.tf("alert-added", &[("sum", &cx.money(b.value))]));
                money.into_iter().chain(s.people.map(|n| cx.count("alert-people", n)))
            })
            .collect()
        }
        Some(Decision::EarlyStop) => {
            let Some(stop) = results.early_stop.as_ref() else { return Vec::new() };
            let ended = cx.tf("alert-ended", &[("date", &cx.date_short(stop.on.value))]);
            let saved = carry::handed_on(alert.campaign).map(|sum| cx.tf("alert-saved", &[("sum", &cx.money(sum))]));
            std::iter::once(ended).chain(saved).collect()
        }
        _ => Vec::new(),
    }
}

/// The campaign that gets what an early end saved.
fn savings_to(cx: &Cx<'_>, alert: &Alert<'_>, answer: Option<&Answer>) -> Option<Ref> {
    let stopped = answer?.decision.as_ref()?.value == Decision::EarlyStop;
    let to = alert.campaign.results.early_stop.as_ref().filter(|_| stopped)?.to.as_ref()?;
    cx.model().campaign(&to.value).map(|c| parts::campaign(cx, c))
}

/// The procedure of the target, else of a gate on the metric.
fn procedure(cx: &Cx<'_>, alert: &Alert<'_>) -> Option<Ref> {
    if alert.side == Side::Better {
        return None;
    }
    let nodes = alert.campaign.schedule.iter().flat_map(|s| &s.milestones);
    let gate = |m: &&crate::model::milestone::Milestone| {
        m.gate.as_ref().is_some_and(|g| g.metric.value == alert.kpi.metric.value) && m.on_breach.is_some()
    };
    let node = nodes.into_iter().find(gate).and_then(|m| m.on_breach.as_ref());
    let id = alert.kpi.on_breach.as_ref().or(node)?;
    cx.model().sop(&id.value).map(|sop| cx.link(cx.words(&sop.title), &routes::sop(sop.id.as_str())))
}

fn causes(cx: &Cx<'_>, metric: &str) -> Vec<CauseRow> {
    let rows = cx.model().policy.rows.causes.iter();
    let fits = |c: &&crate::policy::Cause| c.metrics.is_empty() || c.metrics.iter().any(|m| m.value.as_str() == metric);
    let causes = rows.map(|(_, cause)| cause).filter(fits);
    causes.map(|c| CauseRow { name: cx.words(&c.name), remedy: cx.words(&c.remedy) }).collect()
}

/// The signals of campaigns that are not closed.
fn watches(cx: &Cx<'_>) -> Vec<WatchRow> {
    let model = cx.model();
    let is_current = |c: &&Campaign| lane(c, &model.policy, model.as_of).is_some_and(|lane| lane != Lane::Closed);
    let campaigns = model.campaigns.iter().filter(is_current);
    let row = |campaign: &Campaign, watch: &crate::model::control::Watch| WatchRow {
        campaign: parts::campaign(cx, campaign),
        source: cx.named(model.policy.rows.watch.find(&watch.source.value).map(|s| &s.name), &watch.source.value),
        tool: watch.tool.as_ref().map(|t| cx.words(t)),
        owner: parts::owner(cx, watch.owner.as_ref()),
        threshold: watch.threshold.as_ref().map(|t| cx.words(t)),
    };
    campaigns.flat_map(|c| c.watches.iter().map(move |w| row(c, w))).collect()
}

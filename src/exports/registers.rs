//! More tables over all campaigns: what is due, what was found, what departments and people have to do.

use super::tables::{Kind, currency, money, of_each, person, words};
use crate::base::{Lang, Spanned, Text};
use crate::model::Model;
use crate::model::alert;
use crate::model::campaign::Campaign;
use crate::model::milestone::{Standing, standing};
use crate::model::spending;
use crate::model::work::{self, Task, Work};
use crate::pages::routes;
use crate::plan::{Cx, Route};
use crate::report::position::Places;

/// The tables.
pub(super) static KINDS: &[Kind] = &[
    Kind { name: "calendar", pages: |_| vec![routes::agenda()], head: |cx| words(cx, &CALENDAR), rows: calendar },
    Kind {
        name: "alerts",
        pages: |_| vec![routes::alerts()],
        head: |cx| words(cx, &ALERTS),
        rows: |cx| of_each(cx, |c| alerts(cx, c)),
    },
    Kind {
        name: "handovers",
        pages: |_| vec![routes::handovers()],
        head: |cx| words(cx, &HANDOVERS),
        rows: |cx| of_each(cx, |c| handovers(cx, c)),
    },
    Kind { name: "goals", pages: years, head: |cx| words(cx, &GOALS), rows: goals },
    Kind { name: "people", pages: |_| vec![routes::people()], head: |cx| words(cx, &PEOPLE), rows: people },
    Kind { name: "work", pages: |_| vec![routes::people()], head: |cx| words(cx, &WORK), rows: all_work },
    Kind { name: "splits", pages: money, head: |cx| words(cx, &SPLITS), rows: |cx| of_each(cx, |c| splits(cx, c)) },
    Kind {
        name: "materials",
        pages: |_| vec![routes::board()],
        head: |cx| words(cx, &MATERIALS),
        rows: |cx| of_each(cx, |c| materials(cx, c)),
    },
    Kind { name: "sops", pages: |_| vec![routes::sops()], head: |cx| words(cx, &SOPS), rows: sops },
    Kind { name: "waivers", pages: |_| vec![routes::waivers()], head: |cx| words(cx, &WAIVERS), rows: waivers },
    Kind { name: "findings", pages: |_| vec![routes::check()], head: |cx| words(cx, &FINDINGS), rows: findings },
];

const CALENDAR: [&str; 6] = ["csv-start", "csv-end", "csv-kind", "csv-what", "csv-campaign", "csv-key"];
const ALERTS: [&str; 8] = [
    "csv-campaign",
    "csv-metric",
    "csv-level",
    "csv-raised",
    "csv-measured",
    "csv-target",
    "csv-report-by",
    "csv-state",
];
const HANDOVERS: [&str; 8] =
    ["csv-campaign", "csv-from", "csv-to", "csv-what", "csv-due", "csv-done", "csv-owner", "csv-state"];
const GOALS: [&str; 8] =
    ["csv-year", "csv-key", "csv-title", "csv-metric", "csv-target", "csv-goal-now", "csv-due", "csv-owner"];
const PEOPLE: [&str; 6] = ["csv-key", "csv-name", "csv-department", "csv-open", "csv-overdue", "csv-next"];
const WORK: [&str; 7] = ["csv-owner", "csv-kind", "csv-what", "csv-campaign", "csv-due", "csv-done", "csv-state"];
const SPLITS: [&str; 5] = ["csv-campaign", "csv-axis", "csv-value", "csv-planned", "csv-spent"];
const MATERIALS: [&str; 7] =
    ["csv-campaign", "csv-what", "csv-quantity", "csv-supplier", "csv-owner", "csv-due", "csv-done"];
const SOPS: [&str; 7] =
    ["csv-key", "csv-title", "csv-phase", "csv-owner", "csv-version", "csv-reviewed", "csv-review-by"];
const WAIVERS: [&str; 5] = ["csv-rule", "csv-target-of", "csv-reason", "csv-approver", "csv-expires"];
const FINDINGS: [&str; 5] = ["csv-severity", "csv-rule", "csv-message", "csv-file", "csv-line-number"];

/// Where the goals of each year are shown.
fn years(model: &Model) -> Vec<Route> {
    model.programmes.iter().map(|p| routes::goals(p.id.as_str())).collect()
}

fn state(cx: &Cx<'_>, standing: Option<Standing>) -> String {
    let key = match standing {
        Some(Standing::Done { .. }) => "csv-state-done",
        Some(Standing::Overdue { .. }) => "csv-state-overdue",
        Some(Standing::Open { .. }) | None => "csv-state-open",
    };
    cx.t(key).to_owned()
}

fn optional(cx: &Cx<'_>, text: Option<&Text>) -> String {
    text.map(|t| cx.plain(t)).unwrap_or_default()
}

fn department(cx: &Cx<'_>, id: &str) -> String {
    cx.named(cx.model().departments.get(id).map(|d| &d.name), id).text
}

/// Live windows, phases, milestones, big-promotion dates and stages, by date.
fn calendar(cx: &Cx<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut add = |first: String, last: String, kind: &str, what: String, campaign: &str, key: &str| {
        rows.push(vec![first, last, cx.t(kind).to_owned(), what, campaign.to_owned(), key.to_owned()]);
    };
    for (campaign, schedule) in cx.model().dated() {
        let id = campaign.id.as_str();
        let window = schedule.window;
        add(window.first.to_string(), window.last.to_string(), "feed-kind-live", cx.plain(&campaign.title), id, "");
        for phase in schedule.phases.iter().filter(|p| p.days != window) {
            let (first, last) = (phase.days.first.to_string(), phase.days.last.to_string());
            add(first, last, "feed-kind-phase", cx.plain(&phase.name), id, &phase.id);
        }
        for node in &schedule.milestones {
            let day = node.due.to_string();
            add(day.clone(), day, "feed-kind-milestone", optional(cx, node.task.as_ref()), id, node.id.as_str());
        }
    }
    for programme in &cx.model().programmes {
        let anchors = programme.anchors.iter().map(|a| ("feed-kind-anchor", a));
        for (kind, stretch) in anchors.chain(programme.stages.iter().map(|s| ("feed-kind-stage", s))) {
            let (first, last) = (stretch.from.value.to_string(), stretch.to.value.to_string());
            add(first, last, kind, cx.plain(&stretch.name), "", stretch.id.as_str());
        }
    }
    rows.sort();
    rows
}

fn alerts(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let row = |a: &alert::Alert<'_>| {
        vec![
            campaign.id.to_string(),
            cx.plain(&a.metric.name),
            cx.plain(&a.level.1.name),
            a.first.date.value.to_string(),
            a.last.value.value.to_string(),
            a.kpi.current().to_string(),
            a.report_by.to_string(),
            cx.t(if a.is_open() { "csv-state-open" } else { "csv-state-done" }).to_owned(),
        ]
    };
    alert::of_campaign(cx.model(), campaign).iter().map(row).collect()
}

fn handovers(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let row = |h: &crate::model::handover::Handover| {
        let taken = h.accepted.map(|d| d.value);
        vec![
            campaign.id.to_string(),
            department(cx, &h.from.value),
            department(cx, &h.to.value),
            cx.plain(&h.item),
            h.due.to_string(),
            taken.map(|d| d.to_string()).unwrap_or_default(),
            person(cx, h.accepted_by.as_ref()),
            state(cx, Some(standing(h.due, taken, cx.today()))),
        ]
    };
    campaign.handovers.iter().map(row).collect()
}

fn goals(cx: &Cx<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for programme in &cx.model().programmes {
        for goal in &programme.goals.list {
            let metric = goal.metric.as_ref().map(|m| m.value.as_str()).unwrap_or_default();
            let readings = programme.goals.readings.iter().filter(|r| r.goal.value == goal.id.value.as_str());
            let latest = readings.filter(|r| r.date.value <= cx.today()).max_by_key(|r| r.date.value);
            rows.push(vec![
                programme.year.to_string(),
                goal.id.value.to_string(),
                cx.plain(&goal.title),
                cx.named(cx.model().policy.metric(metric).map(|m| &m.name), metric).text,
                programme.goals.current(goal).map(|q| q.to_string()).unwrap_or_default(),
                latest.map(|r| r.value.to_string()).unwrap_or_default(),
                goal.due.map(|d| d.value.to_string()).unwrap_or_default(),
                person(cx, goal.owner.as_ref()),
            ]);
        }
    }
    rows
}

fn is_open(work: &Work<'_>, cx: &Cx<'_>) -> bool {
    work.days.is_some() && !matches!(work.standing(cx.today()), Some(Standing::Done { .. }))
}

fn people(cx: &Cx<'_>) -> Vec<Vec<String>> {
    let work = work::by_owner(cx.model());
    let row = |p: &crate::model::person::Person| {
        let mine = work.get(p.id.as_str()).map_or(&[][..], Vec::as_slice);
        let is_late = |w: &&Work<'_>| matches!(w.standing(cx.today()), Some(Standing::Overdue { .. }));
        let open: Vec<&Work<'_>> = mine.iter().filter(|w| is_open(w, cx)).collect();
        let next = open.iter().find(|w| !is_late(w)).and_then(|w| w.days);
        vec![
            p.id.to_string(),
            cx.plain(&p.name),
            p.department.as_ref().map(|d| department(cx, &d.value)).unwrap_or_default(),
            open.len().to_string(),
            mine.iter().filter(is_late).count().to_string(),
            next.map(|d| d.first.to_string()).unwrap_or_default(),
        ]
    };
    cx.model().people.values().filter(|p| p.active).map(row).collect()
}

/// Everything with a name on it, person by person.
fn all_work(cx: &Cx<'_>) -> Vec<Vec<String>> {
    let row = |w: &Work<'_>| {
        let (kind, what) = match w.task {
            Task::Milestone(_, node) => ("work-milestone", optional(cx, node.task.as_ref())),
            Task::Item(_, item) => ("work-item", cx.plain(&item.text)),
            Task::Material(_, material) => ("work-material", cx.plain(&material.name)),
            Task::Action(_, action) => ("work-action", cx.plain(&action.what)),
            Task::Duty(_, duty) => ("work-duty", optional(cx, duty.shift.as_ref())),
            Task::SopReview(sop) => ("work-sop-review", cx.plain(&sop.title)),
        };
        vec![
            cx.named(cx.model().person(w.owner).map(|p| &p.name), w.owner).text,
            cx.t(kind).to_owned(),
            what,
            w.campaign().map(|c| c.id.to_string()).unwrap_or_default(),
            w.days.map(|d| d.last.to_string()).unwrap_or_default(),
            w.done.map(|d| d.to_string()).unwrap_or_default(),
            state(cx, w.standing(cx.today())),
        ]
    };
    work::by_owner(cx.model()).values().flatten().map(row).collect()
}

/// A campaign's budget cut along every axis.
fn splits(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let policy = &cx.model().policy;
    let unit = currency(cx, campaign);
    let mut rows = Vec::new();
    let lines = spending::counted(campaign);
    for (id, axis) in policy.rows.axes.iter() {
        let cut = spending::cut(&lines, id, policy);
        for bucket in cut.buckets.iter().filter(|_| cut.is_used()) {
            rows.push(vec![
                campaign.id.to_string(),
                cx.plain(&axis.name),
                cx.named(axis.values.find(&bucket.value), &bucket.value).text,
                bucket.planned.plain(unit),
                bucket.spent.plain(unit),
            ]);
        }
    }
    rows
}

fn materials(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let row = |m: &crate::model::campaign::Material| {
        vec![
            campaign.id.to_string(),
            cx.plain(&m.name),
            m.quantity.map(|q| q.to_string()).unwrap_or_default(),
            m.supplier.clone().unwrap_or_default(),
            person(cx, m.owner.as_ref()),
            m.due.map(|d| d.to_string()).unwrap_or_default(),
            m.ready.map(|d| d.value.to_string()).unwrap_or_default(),
        ]
    };
    campaign.materials.iter().map(row).collect()
}

fn sops(cx: &Cx<'_>) -> Vec<Vec<String>> {
    let day = |d: Option<Spanned<crate::base::Date>>| d.map(|d| d.value.to_string()).unwrap_or_default();
    let row = |s: &crate::model::sop::Sop| {
        vec![
            s.id.to_string(),
            cx.plain(&s.title),
            s.phase.map(|p| cx.t(&format!("sop-phase-{}", p.value.word())).to_owned()).unwrap_or_default(),
            person(cx, s.owner.as_ref()),
            s.version.clone(),
            day(s.reviewed),
            day(s.review_by),
        ]
    };
    cx.model().sops.iter().map(row).collect()
}

fn waivers(cx: &Cx<'_>) -> Vec<Vec<String>> {
    let row = |w: &crate::model::waiver::Waiver| {
        vec![
            w.rule.value.clone(),
            w.target.clone(),
            cx.plain(&w.reason),
            person(cx, Some(&w.approver)),
            w.expires.value.to_string(),
        ]
    };
    cx.model().waivers.iter().map(row).collect()
}

fn findings(cx: &Cx<'_>) -> Vec<Vec<String>> {
    // Messages are written in two languages; readers of others get the English ones.
    let zh = Lang("zh-Hans".to_owned());
    let spoken = if cx.lang().is_kin(&zh) { "zh-Hans" } else { "en" };
    let mut places = Places::new(cx.ground().sources);
    let mut row = |d: &crate::base::Diagnostic| {
        let file = d.span.map(|span| places.path(span.file).to_owned()).unwrap_or_default();
        let line = d.span.map(|span| places.of(span).start.line.to_string()).unwrap_or_default();
        let severity = cx.t(&format!("severity-{}", d.severity.word())).to_owned();
        vec![severity, d.rule.to_owned(), d.message.in_lang(spoken).to_owned(), file, line]
    };
    cx.findings().iter().map(&mut row).collect()
}

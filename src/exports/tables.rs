//! `tables/…csv` and `campaigns/<id>/{readings,spend}.csv`: everything as tables, for the site and for `playbook export csv`.
//!
//! Readings and spending have the columns that `results.toml` takes in; the others are for people, in the reader's words.

use super::registers;
use super::{checklist, csv};
use crate::base::{Currency, Money, Share};
use crate::model::Model;
use crate::model::cadence;
use crate::model::campaign::Campaign;
use crate::model::gauge::money::returned;
use crate::model::measure::{self, Verdict};
use crate::model::milestone::Standing;
use crate::model::rollup::{self, Tone, Value};
use crate::model::spending;
use crate::pages::routes;
use crate::plan::{Cx, Ground, Planned, Route};

/// A table: the part of its address, the pages that show it, its columns, its rows.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) pages: fn(&Model) -> Vec<Route>,
    pub(super) head: fn(&Cx<'_>) -> Vec<String>,
    pub(super) rows: fn(&Cx<'_>) -> Vec<Vec<String>>,
}

/// Every table over all campaigns.
static KINDS: &[Kind] = &[
    Kind {
        name: "campaigns",
        pages: |_| vec![routes::campaigns()],
        head: |cx| words(cx, &CAMPAIGNS),
        rows: |cx| of_each(cx, |c| vec![campaign(cx, c)]),
    },
    Kind {
        name: "milestones",
        pages: |_| vec![routes::pipeline()],
        head: |cx| words(cx, &MILESTONES),
        rows: |cx| of_each(cx, |c| milestones(cx, c)),
    },
    Kind {
        name: "checklist",
        pages: |_| vec![routes::board()],
        head: checklist_head,
        rows: |cx| of_each(cx, |c| items(cx, c)),
    },
    Kind { name: "budget", pages: money, head: budget_head, rows: |cx| of_each(cx, |c| lines(cx, c)) },
    Kind {
        name: "dimensions",
        pages: money,
        head: dimensions_head,
        rows: |cx| of_each(cx, |c| vec![dimensions(cx, c)]),
    },
    Kind {
        name: "kpis",
        pages: |_| vec![routes::reports()],
        head: |cx| words(cx, &KPIS),
        rows: |cx| of_each(cx, |c| kpis(cx, c)),
    },
    Kind {
        name: "actions",
        pages: |_| vec![routes::lessons()],
        head: |cx| words(cx, &ACTIONS),
        rows: |cx| of_each(cx, |c| actions(cx, c)),
    },
    Kind {
        name: "lessons",
        pages: |_| vec![routes::lessons()],
        head: |cx| words(cx, &["csv-campaign", "csv-lesson"]),
        rows: |cx| of_each(cx, |c| lessons(cx, c)),
    },
    Kind {
        name: "obligations",
        pages: |_| vec![routes::obligations()],
        head: |cx| words(cx, &OBLIGATIONS),
        rows: obligations,
    },
];

const CAMPAIGNS: [&str; 14] = [
    "csv-campaign",
    "csv-title",
    "csv-slot",
    "csv-scale",
    "csv-start",
    "csv-end",
    "csv-owner",
    "csv-planned",
    "csv-spent",
    "csv-execution",
    "csv-roi",
    "csv-punctuality",
    "csv-cancelled",
    "csv-cancelled-because",
];
const MILESTONES: [&str; 8] =
    ["csv-campaign", "csv-key", "csv-task", "csv-stage", "csv-owner", "csv-due", "csv-done", "csv-state"];
const KPIS: [&str; 7] =
    ["csv-campaign", "csv-metric", "csv-title", "csv-target", "csv-measured", "csv-attainment", "csv-state"];
const ACTIONS: [&str; 7] = ["csv-campaign", "csv-key", "csv-task", "csv-owner", "csv-due", "csv-done", "csv-applied"];
const OBLIGATIONS: [&str; 6] = ["csv-key", "csv-title", "csv-period", "csv-due", "csv-done", "csv-evidence"];

/// The tables over all campaigns in each language, and readings and spending of each campaign once.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let table = |kind: &'static Kind| {
        let table = Planned::bytes(routes::table(kind.name), |cx| {
            csv::write(std::iter::once((kind.head)(cx)).chain((kind.rows)(cx)))
        });
        (kind.pages)(ground.model).into_iter().fold(table, Planned::offered_on)
    };
    let mut planned: Vec<Planned<'a>> = KINDS.iter().chain(registers::KINDS).map(table).collect();
    for campaign in &ground.model.campaigns {
        let id = campaign.id.as_str();
        if !campaign.results.readings.is_empty() {
            planned.push(
                Planned::bytes(routes::campaign_table(id, "readings"), move |_| csv::write(readings(campaign)))
                    .offered_on(routes::campaign_part(id, "kpis")),
            );
        }
        if !campaign.results.spends.is_empty() {
            planned.push(
                Planned::bytes(routes::campaign_table(id, "spend"), move |cx| csv::write(spends(cx, campaign)))
                    .offered_on(routes::campaign_part(id, "budget")),
            );
        }
    }
    planned
}

pub(super) fn words(cx: &Cx<'_>, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| cx.t(key).to_owned()).collect()
}

pub(super) fn of_each<'a>(cx: &Cx<'a>, rows: impl Fn(&'a Campaign) -> Vec<Vec<String>>) -> Vec<Vec<String>> {
    cx.model().campaigns.iter().flat_map(rows).collect()
}

/// Where the money of each year is shown.
pub(super) fn money(model: &Model) -> Vec<Route> {
    model.programmes.iter().map(|p| routes::programme_money(p.id.as_str())).collect()
}

fn line(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|c| (*c).to_owned()).collect()
}

fn readings(campaign: &Campaign) -> Vec<Vec<String>> {
    let row = |r: &crate::model::results::Reading| {
        let window = r.window.map_or("", |w| w.word());
        line(&[&r.date.value.to_string(), &r.metric.value, &r.value.value.to_string(), window, &r.source])
    };
    let head = line(&["date", "metric", "value", "window", "source"]);
    std::iter::once(head).chain(campaign.results.readings.iter().map(row)).collect()
}

fn spends(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let currency = cx.model().settings.currency;
    let default = cx.model().settings.default_lang();
    let row = |s: &crate::model::results::Spend| {
        let note = s.note.as_ref().map_or("", |n| n.get(default, default).0);
        line(&[&s.date.value.to_string(), &s.line.value, &s.amount.value.plain(currency), note])
    };
    let head = line(&["date", "line", "amount", "note"]);
    let all = campaign.results.spends.iter().chain(&campaign.results.carried);
    std::iter::once(head).chain(all.map(row)).collect()
}

pub(super) fn currency(cx: &Cx<'_>, campaign: &Campaign) -> Currency {
    campaign.budget.as_ref().map_or(cx.model().settings.currency, |b| b.currency.value)
}

fn percent(share: Option<Share>) -> String {
    share.map(Share::number).unwrap_or_default()
}

pub(super) fn person(cx: &Cx<'_>, id: Option<&crate::base::Spanned<String>>) -> String {
    let name = |id: &str| cx.named(cx.model().person(id).map(|p| &p.name), id).text;
    id.map(|id| name(&id.value)).unwrap_or_default()
}

fn campaign(cx: &Cx<'_>, campaign: &Campaign) -> Vec<String> {
    let rows = &cx.model().policy.rows;
    let currency = currency(cx, campaign);
    let money = |m: Money| m.plain(currency);
    let off = campaign.called_off.as_ref();
    let slot = campaign.slot.as_ref().map(|s| cx.named(rows.slots.find(&s.value).map(|r| &r.name), &s.value).text);
    vec![
        campaign.id.to_string(),
        cx.plain(&campaign.title),
        slot.unwrap_or_default(),
        cx.named(rows.scales.find(&campaign.scale).map(|r| &r.name), &campaign.scale).text,
        campaign.start.map(|d| d.value.to_string()).unwrap_or_default(),
        campaign.end.map(|d| d.value.to_string()).unwrap_or_default(),
        person(cx, campaign.owner.as_ref()),
        campaign.budget.as_ref().and_then(|b| b.total).map(|t| money(t.value)).unwrap_or_default(),
        money(campaign.results.spent()),
        percent(spending::execution(campaign).filter(|_| off.is_none())),
        returned(cx.model(), campaign).map(|value| value.to_string()).unwrap_or_default(),
        percent(measure::process(campaign, cx.today()).punctuality()),
        off.and_then(|off| off.on).map(|on| on.value.to_string()).unwrap_or_default(),
        off.and_then(|off| off.because.as_ref()).map(|why| cx.plain(why)).unwrap_or_default(),
    ]
}

fn milestones(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let row = |node: &crate::model::milestone::Milestone| {
        let state = match node.standing(cx.today()) {
            Standing::Done { .. } => "csv-state-done",
            Standing::Overdue { .. } => "csv-state-overdue",
            Standing::Open { .. } => "csv-state-open",
        };
        vec![
            campaign.id.to_string(),
            node.id.to_string(),
            node.task.as_ref().map(|t| cx.plain(t)).unwrap_or_default(),
            cx.t(&format!("stage-{}", node.stage.word())).to_owned(),
            person(cx, node.owner.as_ref()),
            node.due.to_string(),
            node.done.map(|d| d.value.to_string()).unwrap_or_default(),
            cx.t(state).to_owned(),
        ]
    };
    campaign.schedule.iter().flat_map(|s| &s.milestones).map(row).collect()
}

fn checklist_head(cx: &Cx<'_>) -> Vec<String> {
    let mut head = words(cx, &["csv-campaign"]);
    head.extend(checklist::head(cx));
    head
}

fn items(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let row = |item| std::iter::once(campaign.id.to_string()).chain(checklist::row(item, cx)).collect();
    campaign.checklist.iter().map(row).collect()
}

fn budget_head(cx: &Cx<'_>) -> Vec<String> {
    let mut head = words(cx, &["csv-campaign", "csv-key", "csv-line", "csv-planned", "csv-spent"]);
    head.extend(cx.model().policy.rows.axes.iter().map(|(_, axis)| cx.plain(&axis.name)));
    head
}

fn lines(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let currency = currency(cx, campaign);
    let axes = &cx.model().policy.rows.axes;
    let row = |spent: spending::LineSpent<'_>| {
        let mut row = vec![
            campaign.id.to_string(),
            spent.line.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default(),
            cx.plain(&spent.line.name),
            spent.line.amount.value.plain(currency),
            spent.spent.plain(currency),
        ];
        row.extend(axes.iter().map(|(id, axis)| {
            let tag = spent.line.tag(id);
            tag.map(|t| cx.named(axis.values.find(&t.value), &t.value).text).unwrap_or_default()
        }));
        row
    };
    spending::counted(campaign).into_iter().map(row).collect()
}

fn dimensions_head(cx: &Cx<'_>) -> Vec<String> {
    let mut head = words(cx, &["csv-campaign", "csv-title", "csv-month"]);
    for (_, row) in cx.model().policy.rows.dimensions.iter() {
        head.push(cx.plain(&row.name));
        head.push(cx.t("csv-metric").to_owned());
        head.push(cx.t("csv-state").to_owned());
    }
    head
}

/// A campaign in the three dimensions of spending (MON-2).
fn dimensions(cx: &Cx<'_>, campaign: &Campaign) -> Vec<String> {
    let model = cx.model();
    let month = campaign.start.map(|s| s.value.year_month()).unwrap_or_default();
    let mut row = vec![campaign.id.to_string(), cx.plain(&campaign.title), month];
    for (_, dimension) in model.policy.rows.dimensions.iter() {
        let value = rollup::value(model, campaign, dimension);
        let tone = match value.map(|v| v.tone()) {
            Some(Tone::Good) => cx.t("value-good"),
            Some(Tone::Bad) => cx.t("value-bad"),
            Some(Tone::Plain) | None => "",
        };
        let (value, metric) = match value {
            Some(Value::Share(share, _)) => (share.number(), String::new()),
            Some(Value::Measured(value, metric, _)) => (value.to_string(), cx.plain(&metric.name)),
            None => (String::new(), cx.t("csv-state-unmeasured").to_owned()),
        };
        row.extend([value, metric, tone.to_owned()]);
    }
    row
}

fn kpis(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let row = |a: measure::Attainment<'_>| {
        let id = &a.kpi.metric.value;
        let state = match a.verdict {
            Verdict::NotMeasured => "csv-state-unmeasured",
            Verdict::Reached => "csv-state-reached",
            Verdict::Missed => "csv-state-missed",
        };
        vec![
            campaign.id.to_string(),
            id.clone(),
            cx.named(a.metric.map(|m| &m.name), id).text,
            a.kpi.current().to_string(),
            a.actual.map(|(value, _)| value.to_string()).unwrap_or_default(),
            percent(a.attainment),
            cx.t(state).to_owned(),
        ]
    };
    measure::attainments(cx.model(), campaign).into_iter().map(row).collect()
}

fn actions(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let row = |a: &crate::model::postmortem::Action| {
        vec![
            campaign.id.to_string(),
            a.id.value.to_string(),
            cx.plain(&a.what),
            person(cx, a.owner.as_ref()),
            a.due.map(|d| d.value.to_string()).unwrap_or_default(),
            a.done.map(|d| d.value.to_string()).unwrap_or_default(),
            a.applied_in.as_ref().map(|c| c.value.clone()).unwrap_or_default(),
        ]
    };
    campaign.postmortem.iter().flat_map(|p| &p.actions).map(row).collect()
}

fn lessons(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Vec<String>> {
    let lessons = campaign.postmortem.iter().flat_map(|p| &p.lessons);
    lessons.map(|lesson| vec![campaign.id.to_string(), cx.plain(lesson)]).collect()
}

fn obligations(cx: &Cx<'_>) -> Vec<Vec<String>> {
    let model = cx.model();
    let all = cadence::active(model).flat_map(|(id, row, _)| cadence::occurrences(model, id, row, model.as_of));
    let row = |o: cadence::Occurrence<'_>| {
        vec![
            o.id.to_owned(),
            cx.plain(&o.row.name),
            o.period.to_string(),
            o.due.to_string(),
            o.held.map(|h| h.date.value.to_string()).unwrap_or_default(),
            o.held.map(|h| h.evidence.value.clone()).unwrap_or_default(),
        ]
    };
    all.map(row).collect()
}

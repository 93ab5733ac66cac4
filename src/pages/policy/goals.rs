//! The tables of goals, KPIs' frames, outcomes and chapters.

use super::table::{Cell, Maker, Table};
use crate::base::{Quantity, Text};
use crate::policy;

/// In the order of the pack.
pub(super) fn tables(m: &Maker<'_, '_>) -> Vec<Table> {
    vec![dimensions(m), stages(m), smart(m), frames(m), outcomes(m), chapters(m)]
}

fn title(m: &Maker<'_, '_>, key: &str) -> crate::plan::Words {
    m.cx.t(&format!("policy-table-{key}")).into()
}

/// `ROI 1:4`: a metric and a value of it.
fn value(m: &Maker<'_, '_>, id: &str, value: Quantity) -> String {
    let metric = m.cx.model().policy.metric(id);
    format!("{} {}", m.cx.named(metric.map(|m| &m.name), id).text, m.cx.measured(value, metric))
}

fn severity(m: &Maker<'_, '_>, weight: Option<policy::Weight>) -> Cell {
    weight.and_then(policy::weight).map(|s| m.cx.t(&format!("severity-{}", s.word()))).into()
}

fn names<'a>(m: &Maker<'_, '_>, rows: impl Iterator<Item = (&'a str, &'a Text)>) -> Cell {
    m.list(rows.map(|(_, name)| m.cx.plain(name)))
}

fn dimensions(m: &Maker<'_, '_>) -> Table {
    let row = |(id, row): (&str, &policy::GoalDimension)| {
        let presets = row.presets.iter().filter_map(|(metric, p)| Some(value(m, metric, p.target?)));
        m.row("goal-dimensions", id, &row.name, &row.source, false, vec![m.list(presets)])
    };
    let rows = m.cx.model().policy.rows.goal_dimensions.iter().map(row).collect();
    m.table("goal-dimensions", title(m, "goal-dimensions"), &[("wanted", "text")], rows)
}

fn stages(m: &Maker<'_, '_>) -> Table {
    let row = |(id, row): (&str, &policy::GoalStage)| {
        let months = row.months.as_ref().map(|b| {
            let month = |n: Option<i64>| n.and_then(|n| u8::try_from(n).ok()).map_or("–", |n| m.cx.month_short(n));
            m.cx.tf("month-range", &[("from", &month(b.min)), ("to", &month(b.max))])
        });
        let cells = vec![
            months.into(),
            m.list(row.metrics.iter().map(|(metric, target)| value(m, metric, *target))),
            names(m, row.forms.iter()),
            m.list(row.revise_in.iter().filter_map(|n| u8::try_from(*n).ok()).map(|n| m.cx.month_short(n).to_owned())),
            severity(m, row.severity),
        ];
        m.row("goal-stages", id, &row.name, &row.source, row.ours, cells)
    };
    let columns =
        [("goal-months", "text"), ("wanted", "text"), ("forms", "text"), ("revise-in", "text"), ("severity", "text")];
    let rows = m.cx.model().policy.rows.goal_stages.iter().map(row).collect();
    m.table("goal-stages", title(m, "goal-stages"), &columns, rows)
}

fn smart(m: &Maker<'_, '_>) -> Table {
    let row = |(id, row): (&str, &policy::SmartLetter)| {
        let cells = vec![row.needs.join(", ").into(), severity(m, row.severity)];
        m.row("smart", id, &row.name, &row.source, row.ours, cells)
    };
    let rows = m.cx.model().policy.rows.smart.iter().map(row).collect();
    m.table("smart", title(m, "smart"), &[("needs", "code"), ("severity", "text")], rows)
}

fn frames(m: &Maker<'_, '_>) -> Table {
    let scales = &m.cx.model().policy.rows.scales;
    let row = |(id, row): (&str, &policy::KpiFrame)| {
        let cells = vec![
            names(m, row.values.iter()),
            row.least.map(|n| n.to_string()).into(),
            m.list(row.scales.iter().map(|s| m.cx.named(scales.find(s).map(|row| &row.name), s).text)),
            row.from_kpis.map(|n| n.to_string()).into(),
        ];
        m.row("kpi-frames", id, &row.name, &row.source, row.ours, cells)
    };
    let columns = [("values", "text"), ("least", "number"), ("level", "text"), ("from-kpis", "number")];
    let rows = m.cx.model().policy.rows.kpi_frames.iter().map(row).collect();
    m.table("kpi-frames", title(m, "kpi-frames"), &columns, rows)
}

fn outcomes(m: &Maker<'_, '_>) -> Table {
    let row = |(id, row): (&str, &policy::Outcome)| {
        let metric = row.metric.as_ref().and_then(|name| m.cx.model().policy.metric(&name.value));
        let say = |v: Option<Quantity>| -> Cell { v.map(|v| m.cx.measured(v, metric)).into() };
        let cells = vec![say(row.from), say(row.min), say(row.max), row.months.to_string().into()];
        let name = metric.map_or_else(|| Text::plain(id), |m| m.name.clone());
        m.row("outcomes", id, &name, &row.source, row.ours, cells)
    };
    let columns = [("from", "number"), ("least", "number"), ("most", "number"), ("after-months", "number")];
    let rows = m.cx.model().policy.rows.outcomes.iter().map(row).collect();
    m.table("outcomes", title(m, "outcomes"), &columns, rows)
}

fn chapters(m: &Maker<'_, '_>) -> Table {
    let row = |(id, row): (&str, &policy::Chapter)| {
        m.row("chapters", id, &row.name, &row.source, false, vec![m.list(row.headings.iter().cloned())])
    };
    let rows = m.cx.model().policy.rows.chapters.iter().map(row).collect();
    m.table("chapters", title(m, "chapters"), &[("headings", "text")], rows)
}

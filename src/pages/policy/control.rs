//! The tables of alerts and monitoring.

use super::table::{Maker, Table};
use crate::base::Spanned;
use crate::policy::{Cause, MonitoringLayer, UrgencyLevel, WatchSource};

/// Levels with their clocks, causes, signals, monitoring layers.
pub(super) fn tables(m: &Maker<'_, '_>) -> Vec<Table> {
    let rows = &m.cx.model().policy.rows;
    let scales = |list: &[Spanned<String>]| {
        m.list(list.iter().map(|s| m.cx.named(rows.scales.find(&s.value).map(|s| &s.name), &s.value).text))
    };
    let level = |(id, row): (&str, &UrgencyLevel)| {
        let hours = row.respond_hours.map(|n| match n {
            0 => m.cx.t("alert-at-once").to_owned(),
            n => m.cx.count("alert-within", n),
        });
        let bands = row.bands.map(|b| b.to_string());
        let cells = vec![hours.into(), bands.into(), m.mark(row.floor, "alert-floor")];
        m.row("levels.alert", id, &row.name, &row.source, row.ours, cells)
    };
    let cause = |(id, row): (&str, &Cause)| {
        let metrics = row.metrics.iter().map(|id| m.cx.named(rows.metrics.find(&id.value).map(|m| &m.name), &id.value));
        let cells = vec![m.cx.words(&row.remedy).into(), m.list(metrics.map(|w| w.text))];
        m.row("causes", id, &row.name, &row.source, row.ours, cells)
    };
    let watch = |(id, row): (&str, &WatchSource)| {
        m.row("watch", id, &row.name, &row.source, row.ours, vec![scales(&row.scales)])
    };
    let layer = |(id, row): (&str, &MonitoringLayer)| {
        let cells = vec![m.cx.words(&row.when).into(), scales(&row.scales)];
        m.row("monitoring", id, &row.name, &row.source, row.ours, cells)
    };
    let title = |key: &str| m.cx.t(&format!("policy-table-{key}")).into();
    let levels =
        rows.levels.find("alert").into_iter().flat_map(crate::sources::shape::Entries::iter).map(level).collect();
    vec![
        m.table("levels.alert", title("levels"), &[("respond", "text"), ("bands", "number"), ("note", "text")], levels),
        m.table(
            "causes",
            title("causes"),
            &[("remedy", "text"), ("metrics", "text")],
            rows.causes.iter().map(cause).collect(),
        ),
        m.table("watch", title("watch"), &[("needed-by", "text")], rows.watch.iter().map(watch).collect()),
        m.table(
            "monitoring",
            title("monitoring"),
            &[("when", "text"), ("needed-by", "text")],
            rows.monitoring.iter().map(layer).collect(),
        ),
    ]
}

//! `policy/`: every figure in force with its source, whether it is ours, and where it was changed (BMK-2);
//! `policy/metrics/`: the dictionary of metrics.

mod control;
mod goals;
mod rows;
mod table;

use super::{places, routes};
use crate::plan::{Cx, Ground, Page, Planned, Shelf, Words};
use crate::policy;
use crate::sources::Sources;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use table::Table;

/// Values that the playbook changes: the path, the value, what the pack says, the place.
struct Change {
    path: String,
    value: String,
    was: Option<String>,
    span: crate::base::Span,
}

/// The two pages.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    // Made when the first of the two pages is: planning is the one stage that a single core does.
    let changes = Arc::new(LazyLock::new(move || changes(ground)));
    let shared = Arc::clone(&changes);
    vec![
        Planned::page(routes::policy(), "policy.html", move |cx| overview(&changes, cx)).more(
            Shelf::Method,
            110,
            "policy-title",
        ),
        Planned::page(routes::metrics(), "metrics.html", move |cx| metrics(&shared, cx)).more(
            Shelf::Method,
            115,
            "metrics-title",
        ),
    ]
}

/// What the playbook's own policy files say otherwise than the pack.
fn changes(ground: &Ground<'_>) -> Vec<Change> {
    let (mut nothing, _) = Sources::from_memory(std::iter::empty());
    let codes: Vec<&str> = ground.rules.iter().map(|r| r.code).collect();
    let (pack, _) = policy::load(&mut nothing, &ground.model.settings.policy, &codes);
    let pack: BTreeMap<String, String> = pack.values().into_iter().map(|v| (v.path, v.value)).collect();
    let is_own = |v: &policy::Value| !ground.sources.path(v.span.file).starts_with('<');
    let own = ground.model.policy.values().into_iter().filter(is_own);
    own.map(|v| Change { was: pack.get(&v.path).cloned(), path: v.path, value: v.value, span: v.span }).collect()
}

/// Everything `policy.html` can see.
#[derive(Serialize)]
struct Overview {
    pack: Words,
    pack_id: String,
    presets: Vec<Words>,
    changes: Vec<ChangeRow>,
    tables: Vec<Table>,
    metrics: Option<String>,
    waivers: Option<String>,
    waiver_count: usize,
}

#[derive(Serialize)]
struct ChangeRow {
    path: String,
    value: String,
    was: Option<String>,
    place: String,
}

fn overview(changes: &[Change], cx: &Cx<'_>) -> Page {
    let model = cx.model();
    let rows = &model.policy.rows;
    let active = rows.presets.iter().filter(|(_, p)| p.state != Some(policy::State::Off));
    let change = |change: &Change| {
        let (path, line) = places::of(cx, change.span);
        let Change { path: key, value, was, .. } = change;
        ChangeRow { path: key.clone(), value: value.clone(), was: was.clone(), place: format!("{path}:{line}") }
    };
    let view = Overview {
        pack: cx.words(&rows.title),
        pack_id: model.settings.policy.clone(),
        presets: active.map(|(_, p)| cx.words(&p.name)).collect(),
        changes: changes.iter().map(change).collect(),
        tables: rows::tables(changes, cx),
        metrics: cx.href(&routes::metrics()),
        waivers: cx.href(&routes::waivers()),
        waiver_count: model.waivers.len(),
    };
    let page = Page::new(cx.t("policy-title"), view).about(cx.t("policy-about"));
    // Figures of the pack are changed in the organisation's own file.
    let mut own = cx.ground().sources.under("content/policies/").map(|(path, _)| path);
    match own.next() {
        Some(path) => page.edited_in(path, 1).made_of(["content/policies/"]),
        None => page,
    }
}

/// Everything `metrics.html` can see.
#[derive(Serialize)]
struct Metrics {
    tables: Vec<Table>,
}

fn metrics(changes: &[Change], cx: &Cx<'_>) -> Page {
    let view = Metrics { tables: rows::metrics(changes, cx) };
    Page::new(cx.t("metrics-title"), view).under(cx.t("policy-title"), routes::policy()).about(cx.t("metrics-about"))
}

//! `policy/`: every figure in force with its source, whether it is ours, and where it was changed (BMK-2), by what it is
//! about; `policy/metrics/`: the dictionary of metrics.

mod control;
mod goals;
mod rows;
mod table;

use super::{places, routes};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Route, Shelf, Words};
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

/// The pages: what campaigns are made of, how a year is steered, single figures, metrics.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    // Made when the first of the pages is: planning is the one stage that a single core does.
    let changes = Arc::new(LazyLock::new(move || changes(ground)));
    let shared = Arc::clone(&changes);
    let mut planned = vec![Planned::page(routes::policy(), "policy.html", move |cx| overview(&changes, cx)).more(
        Shelf::Method,
        110,
        "policy-title",
    )];
    planned.extend(DICTIONARIES.iter().map(|dictionary| {
        let changes = Arc::clone(&shared);
        let page = Planned::page((dictionary.route)(), "policy-tables.html", move |cx| dictionary.page(&changes, cx));
        // The dictionary of metrics is looked up by itself; the others are reached from the policy.
        if dictionary.title == "metrics-title" { page.more(Shelf::Method, 115, "metrics-title") } else { page }
    }));
    planned
}

/// A page of tables below the policy: keys of its words, its address, its tables.
struct Dictionary {
    title: &'static str,
    lead: &'static str,
    about: &'static str,
    route: fn() -> Route,
    tables: fn(&[Change], &Cx<'_>) -> Vec<Table>,
}

static DICTIONARIES: &[Dictionary] = &[
    Dictionary {
        title: "steering-title",
        lead: "steering-lead",
        about: "steering-about",
        route: routes::policy_steering,
        tables: rows::steering,
    },
    Dictionary {
        title: "figures-title",
        lead: "figures-lead",
        about: "figures-about",
        route: routes::policy_figures,
        tables: rows::single,
    },
    Dictionary {
        title: "metrics-title",
        lead: "metrics-lead",
        about: "metrics-about",
        route: routes::metrics,
        tables: rows::metrics,
    },
];

/// Everything `policy-tables.html` can see.
#[derive(Serialize)]
struct Tables {
    lead: String,
    tables: Vec<Table>,
}

impl Dictionary {
    fn page(&self, changes: &[Change], cx: &Cx<'_>) -> Page {
        let view = Tables { lead: cx.t(self.lead).to_owned(), tables: (self.tables)(changes, cx) };
        Page::new(cx.t(self.title), view).under(cx.t("policy-title"), routes::policy()).about(cx.t(self.about))
    }
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
    dictionaries: Vec<Ref>,
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
        tables: rows::campaigns(changes, cx),
        dictionaries: DICTIONARIES.iter().map(|d| cx.link(cx.t(d.title), &(d.route)())).collect(),
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

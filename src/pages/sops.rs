//! `sops/`: the handbook of procedures by phase (SOP-12); `sops/<id>/`: one of them.

use super::files::{self, FileRow};
use super::places::{self, versions};
use super::{parts, routes};
use crate::base::{Anchor, Due, Unit};
use crate::markup::html;
use crate::model::campaign::Campaign;
use crate::model::sop::{Sop, SopItem};
use crate::plan::{Cx, Day, Ground, Heading, Page, Planned, Ref, Section, Words};
use crate::policy::{Mode, SopPhase};
use crate::sources::markdown::Task;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Campaigns that use each procedure, by id, in order of start.
type Users<'a> = BTreeMap<&'a str, Vec<&'a Campaign>>;

/// The library and a page for each procedure, with redirects from its earlier ids.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let model = ground.model;
    let mut users: Users<'a> = BTreeMap::new();
    for sop in &model.sops {
        let uses = model.campaigns.iter().filter(|c| sop.is_for(&c.scale, c.mode));
        users.insert(sop.id.as_str(), uses.collect());
    }
    let users = Arc::new(users);
    let shared = Arc::clone(&users);
    let mut planned =
        vec![Planned::page(routes::sops(), "sops.html", move |cx| library(&shared, cx)).entry(Section::Sops)];
    for sop in &model.sops {
        let users = Arc::clone(&users);
        let id = sop.id.as_str();
        let mut page = Planned::page(routes::sop(id), "sop.html", move |cx| one(sop, &users[sop.id.as_str()], cx))
            .section(Section::Sops)
            .named(move |cx| cx.words(&sop.title))
            .from(format!("procedure `{id}`"), sop.span);
        for version in &sop.prose.versions {
            page = page.shows(ground.sources.path(version.file));
        }
        planned.push(page.aliases(&sop.aliases, routes::sop));
    }
    planned
}

/// A procedure's standing facts, on both pages.
#[derive(Serialize)]
struct Facts {
    link: Ref,
    summary: Option<Words>,
    version: String,
    owner: Option<Ref>,
    reviewed: Option<Day>,
    review_by: Option<Day>,
    /// Whether the day of its next review is past.
    is_stale: bool,
    scales: Vec<Words>,
    modes: Vec<String>,
    items: usize,
    musts: usize,
    used_by: usize,
}

fn facts(sop: &Sop, users: &[&Campaign], cx: &Cx<'_>) -> Facts {
    let rows = &cx.model().policy.rows;
    let scale = |id: &str| cx.named(rows.scales.find(id).map(|s| &s.name), id);
    let mode = |mode: &Mode| cx.t(&format!("mode-{}", mode.word())).to_owned();
    let review_by = sop.review_by.map(|d| d.value);
    Facts {
        link: cx.link(cx.words(&sop.title), &routes::sop(sop.id.as_str())),
        summary: sop.summary.as_ref().map(|s| cx.words(s)),
        version: sop.version.clone(),
        owner: parts::owner(cx, sop.owner.as_ref()),
        reviewed: sop.reviewed.map(|d| cx.day(d.value)),
        review_by: review_by.map(|d| cx.day(d)),
        is_stale: review_by.is_some_and(|d| d < cx.today()),
        scales: sop.scales.iter().map(|s| scale(&s.value)).collect(),
        modes: sop.modes.iter().map(mode).collect(),
        items: sop.items.len(),
        musts: sop.items.iter().filter(|i| i.must).count(),
        used_by: users.len(),
    }
}

/// Everything `sops.html` can see.
#[derive(Serialize)]
struct Library {
    phases: Vec<PhaseShelf>,
    count: usize,
}

#[derive(Serialize)]
struct PhaseShelf {
    id: &'static str,
    name: String,
    sops: Vec<Facts>,
}

fn library(users: &Users<'_>, cx: &Cx<'_>) -> Page {
    let sops = &cx.model().sops;
    let shelf = |phase: SopPhase| PhaseShelf {
        id: phase.word(),
        name: cx.t(&format!("sop-phase-{}", phase.word())).to_owned(),
        sops: sops
            .iter()
            .filter(|s| s.phase.is_some_and(|p| p.value == phase))
            .map(|s| facts(s, &users[s.id.as_str()], cx))
            .collect(),
    };
    let phases = SopPhase::ALL.iter().map(|p| shelf(*p)).filter(|s| !s.sops.is_empty()).collect();
    let view = Library { phases, count: sops.len() };
    Page::new(cx.t("nav-sops"), view).about(cx.t("sops-about"))
}

/// Everything `sop.html` can see.
#[derive(Serialize)]
struct View {
    facts: Facts,
    phase: Option<String>,
    prose_html: String,
    prose_lang: Option<String>,
    /// Files that it leads to.
    files: Vec<FileRow>,
    /// Campaigns that use it, the newest first.
    users: Vec<User>,
    /// How many older ones are not shown.
    more: usize,
    /// Its address in the site, which stays.
    address: String,
    /// The procedures before and after it on the shelves.
    turn: Turn,
}

#[derive(Serialize)]
struct Turn {
    before: Option<Ref>,
    after: Option<Ref>,
}

/// The neighbours of a procedure, in the order of the library.
fn turn(sop: &Sop, cx: &Cx<'_>) -> Turn {
    let of = |phase: &SopPhase| {
        let phase = *phase;
        cx.model().sops.iter().filter(move |s| s.phase.is_some_and(|p| p.value == phase))
    };
    let shelves: Vec<&Sop> = SopPhase::ALL.iter().flat_map(of).collect();
    let place = shelves.iter().position(|s| s.id == sop.id);
    let at = |place: Option<usize>| {
        let other = shelves.get(place?)?;
        Some(cx.link(cx.words(&other.title), &routes::sop(other.id.as_str())))
    };
    Turn { before: at(place.and_then(|p| p.checked_sub(1))), after: at(place.map(|p| p + 1)) }
}

#[derive(Serialize)]
struct User {
    campaign: Ref,
    days: Option<String>,
    checklist: Option<String>,
}

fn one(sop: &Sop, users: &[&Campaign], cx: &Cx<'_>) -> Page {
    let id = sop.id.as_str();
    let chips = |task: &Task| chips(sop, task, cx);
    let version = sop.prose.get(cx.lang());
    let heading = Heading { shift: 0, id_prefix: "", task: Some(&chips) };
    let rendered = version.map(|v| cx.markdown(v, heading)).unwrap_or_default();
    let user = |c: &&Campaign| User {
        campaign: parts::campaign(cx, c),
        days: c.schedule.as_ref().map(|s| cx.range(s.window)),
        checklist: cx.href(&routes::campaign_part(c.id.as_str(), "checklist")),
    };
    let mut shown: Vec<&&Campaign> = users.iter().rev().collect();
    let more = super::worklist::cut(&mut shown, cx);
    let view = View {
        facts: facts(sop, users, cx),
        phase: sop.phase.map(|p| cx.t(&format!("sop-phase-{}", p.value.word())).to_owned()),
        prose_html: rendered.html,
        files: files::linked(cx, version),
        prose_lang: version.filter(|v| v.lang != *cx.lang()).map(|v| v.lang.tag().to_owned()),
        users: shown.into_iter().map(user).collect(),
        more,
        address: format!("sops/{id}/"),
        turn: turn(sop, cx),
    };
    let about = sop.summary.as_ref().map_or(rendered.excerpt, |s| cx.plain(s));
    let path = version.map_or("", |v| cx.ground().sources.path(v.file)).to_owned();
    Page::new(cx.words(&sop.title), view)
        .under(cx.t("nav-sops"), routes::sops())
        .about(about)
        .edited_in(path, 1)
        .made_of(versions(cx, &sop.prose))
}

/// What stands behind a checkpoint: who, when, whether it must be, how it is measured.
///
/// Translations repeat only the id, so the attributes come from the procedure.
fn chips(sop: &Sop, task: &Task, cx: &Cx<'_>) -> String {
    let id = task.id.as_ref().map(|id| id.value.as_str());
    let Some(item) = sop.items.iter().find(|item| Some(item.id.value.as_str()) == id) else { return String::new() };
    let mut out = String::from(" <span class=\"chips\">");
    let mut chip = |class: &str, words: &str, lang: Option<&str>| {
        out.push_str("<span class=\"chip chip-small");
        out.push_str(class);
        if let Some(lang) = lang {
            out.push_str("\" lang=\"");
            html::attribute(&mut out, lang);
        }
        out.push_str("\">");
        html::text(&mut out, words);
        out.push_str("</span> ");
    };
    if item.must {
        chip(" chip-must", cx.t("sop-must"), None);
    }
    if let Some(role) = &item.role {
        let row = cx.model().policy.rows.roles.find(&role.value);
        let name = cx.named(row.map(|r| &r.name), &role.value);
        chip("", &name.text, name.lang.as_deref());
    }
    if let Some(due) = due(item, cx) {
        chip("", &due, None);
    }
    if let Some(at) = &item.at {
        chip("", &at.value, None);
    }
    if let Some(measure) = &item.measure {
        chip("", &cx.tf("sop-measure", &[("measure", measure)]), None);
    }
    if let Some(address) = places::edit(cx, task.span) {
        out.push_str("<a class=\"edit-item no-print\" href=\"");
        html::attribute(&mut out, &address);
        out.push_str("\" rel=\"noopener noreferrer\">");
        html::text(&mut out, cx.t("edit-item"));
        out.push_str("<span class=\"hush\"> ");
        html::text(&mut out, &task.text);
        out.push_str("</span></a>");
    }
    out.truncate(out.trim_end().len());
    out.push_str("</span>");
    out
}

/// When a checkpoint is due, in words: `T−9 days`, `3 working days after plan review`.
fn due(item: &SopItem, cx: &Cx<'_>) -> Option<String> {
    let offset = match &item.due.as_ref()?.value {
        Due::On(date) => return Some(cx.date(*date)),
        Due::At(offset) => offset,
    };
    let anchor = match &offset.anchor {
        Anchor::Start => cx.t("anchor-start").to_owned(),
        Anchor::End => cx.t("anchor-end").to_owned(),
        Anchor::Promotion => cx.t("anchor-promotion").to_owned(),
        Anchor::Node(id) => cx.named(cx.model().policy.node(id).map(|n| &n.task), id).text,
    };
    let unit = match offset.unit {
        Unit::Days => "days",
        Unit::WorkingDays => "working-days",
        Unit::Weeks => "weeks",
    };
    Some(match offset.amount {
        0 => cx.tf("offset-on", &[("anchor", &anchor)]),
        n if n < 0 => cx.tf(&format!("offset-{unit}-before"), &[("n", &-n), ("anchor", &anchor)]),
        n => cx.tf(&format!("offset-{unit}-after"), &[("n", &n), ("anchor", &anchor)]),
    })
}

//! `campaigns/<id>/checklist/`: what is to be done, by phase and group; and the same list by person.

use super::{At, Head, Part, Slice, offset, owner_why, page, parts, role, slices};
use crate::base::Date;
use crate::model::campaign::Campaign;
use crate::model::checklist::{self, Item};
use crate::model::milestone::Standing;
use crate::pages::axes::{self, Axis, Value};
use crate::pages::filter::{Data, Filter, Maker};
use crate::pages::{places, routes};
use crate::plan::{Cx, Day, Page, Ref, Words};
use crate::policy::SopPhase;
use parts::State;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Everything `campaign/checklist.html` can see.
#[derive(Serialize)]
struct View {
    head: Head,
    preparation: Option<Preparation>,
    tally: Tally,
    filter: Filter,
    phases: Vec<Phase>,
    by_owner: Option<String>,
    csv: Option<String>,
    ticks: Ticks,
}

/// What the script that keeps ticks on the reader's device has to know.
#[derive(Serialize)]
struct Ticks {
    /// Whose ticks they are: they never mix between campaigns.
    campaign: String,
    /// Where done marks are written.
    path: String,
    /// The line of `[done]`; none when the file has no such table yet.
    line: Option<usize>,
}

impl Ticks {
    fn of(cx: &Cx<'_>, campaign: &Campaign) -> Self {
        let path = format!("{}results.toml", campaign.folder);
        let line = campaign.results.written.span("done").map(|span| places::of(cx, span).1);
        Self { campaign: campaign.id.to_string(), path, line }
    }
}

/// Edits lead to the done marks, where the campaign has a file for them.
fn marked(page: Page, cx: &Cx<'_>, campaign: &Campaign) -> Page {
    let line = Ticks::of(cx, campaign).line.unwrap_or(1);
    match campaign.results.file {
        Some(file) => page.edited_in(cx.ground().sources.path(file), line),
        None => page,
    }
}

/// How far the preparation is (MIL-8).
#[derive(Serialize)]
pub(super) struct Preparation {
    pub(super) done: usize,
    pub(super) all: usize,
    pub(super) percent: String,
    pub(super) bar: Vec<Slice>,
    pub(super) due: Day,
    /// How the node "preparation complete" stands, by its items and not by its mark.
    pub(super) state: State,
    /// Whether the open items want attention now.
    is_pressing: bool,
    /// Gate items that are not done: the first of them, by date. All stand in the tables below.
    pub(super) open: Vec<Row>,
    /// How many are not done.
    left: usize,
    /// How many of them are not among the first.
    more: usize,
}

/// How many items are done.
#[derive(Default, Serialize)]
struct Tally {
    done: usize,
    all: usize,
    overdue: usize,
}

/// A phase of the procedures.
#[derive(Serialize)]
struct Phase {
    /// Key of its name, and the id of its heading.
    key: &'static str,
    /// Its word in the filter.
    word: &'static str,
    tally: Tally,
    /// The procedures that its items come from.
    sops: Vec<Ref>,
    groups: Vec<Group>,
}

/// A group of policy.
#[derive(Serialize)]
struct Group {
    /// None for items that belong to none.
    name: Option<Words>,
    /// Whether its mandatory items gate "preparation complete".
    is_gate: bool,
    rows: Vec<Row>,
}

/// An item.
#[derive(Serialize)]
pub(super) struct Row {
    /// `sop/item`, the id of the row.
    key: String,
    /// Its words, which lead to the item in its procedure.
    task: Ref,
    owner: Option<Ref>,
    role: Option<Words>,
    day: Option<Day>,
    offset: Option<String>,
    at: Option<String>,
    must: bool,
    measure: Option<String>,
    measured: Option<String>,
    state: Option<State>,
    done: Option<Day>,
    /// What the filter finds it by.
    data: Data,
}

/// Everything `campaign/by-owner.html` can see.
#[derive(Serialize)]
struct OwnerView {
    head: Head,
    owners: Vec<Owner>,
    checklist: Option<String>,
    ticks: Ticks,
}

/// A person's items.
#[derive(Serialize)]
struct Owner {
    /// Id of the heading.
    id: String,
    person: Ref,
    title: Option<Words>,
    tally: Tally,
    rows: Vec<Row>,
}

pub(super) fn view(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let mut maker = Maker::new(cx);
    let phases = phases(cx, campaign, &mut maker);
    let fields = ["phase", Axis::Owner.word(), Axis::Role.word(), Axis::State.word()];
    let view = View {
        head: Head::of(cx, at, Part::Checklist),
        preparation: preparation(cx, campaign),
        tally: tally(campaign.checklist.iter(), cx.today()),
        filter: maker.form("_items", &fields, &[], false),
        phases,
        by_owner: cx.href(&Part::ByOwner.route(campaign)),
        csv: cx.href(&routes::checklist_table(campaign.id.as_str())),
        ticks: Ticks::of(cx, campaign),
    };
    marked(page(cx, campaign, Part::Checklist, view), cx, campaign)
}

pub(super) fn by_owner(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let mut items: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in &campaign.checklist {
        items.entry(item.owner.as_ref().map_or("", |o| o.value.as_str())).or_default().push(item);
    }
    let owner = |(id, items): (&str, Vec<&Item>)| Owner {
        id: if id.is_empty() { "_nobody".to_owned() } else { id.to_owned() },
        person: if id.is_empty() { cx.link(cx.t("nobody"), &routes::people()) } else { parts::person(cx, id) },
        title: cx.model().person(id).and_then(|p| p.title.as_ref()).map(|t| cx.words(t)),
        tally: tally(items.iter().copied(), cx.today()),
        rows: items.into_iter().map(|i| row(cx, campaign, i, Data::new())).collect(),
    };
    let view = OwnerView {
        head: Head::of(cx, at, Part::ByOwner),
        owners: items.into_iter().map(owner).collect(),
        checklist: cx.href(&Part::Checklist.route(campaign)),
        ticks: Ticks::of(cx, campaign),
    };
    let page = marked(page(cx, campaign, Part::ByOwner, view), cx, campaign);
    page.under(cx.t("part-checklist"), Part::Checklist.route(campaign))
}

/// How far the preparation is; none when the campaign has no such node.
pub(super) fn preparation(cx: &Cx<'_>, campaign: &Campaign) -> Option<Preparation> {
    let policy = &cx.model().policy;
    let node = campaign.schedule.as_ref()?.milestone("preparation-complete")?;
    let (done, all) = checklist::preparation(campaign, policy, None)?;
    let gates = campaign.checklist.iter().filter(|i| checklist::gates_preparation(i, policy, node.due));
    let open: Vec<&Item> = gates.clone().filter(|i| i.done.is_none()).collect();
    let last = gates.filter_map(|i| i.done).max();
    let done_day = if open.is_empty() { last.or(node.done.map(|d| d.value)) } else { None };
    let standing = crate::model::milestone::standing(node.due, done_day, cx.today());
    let count = |n: usize| i128::try_from(n).unwrap_or(0);
    let share = crate::base::Share::of(count(done), count(all)).unwrap_or(crate::base::Share::WHOLE);
    let shown = usize::try_from(policy.figure("side-lines")).unwrap_or(usize::MAX).min(open.len());
    let near = cx.today().until(node.due) <= policy.figure("preparation-warning-days");
    let is_late = |item: &&Item| matches!(item.standing(cx.today()), Some(Standing::Overdue { .. }));
    Some(Preparation {
        is_pressing: near || open.iter().any(is_late),
        done,
        all,
        percent: cx.percent_short(share),
        bar: slices([count(done)], count(all)),
        due: cx.day(node.due),
        state: parts::state(cx, standing),
        left: open.len(),
        more: open.len() - shown,
        open: open.into_iter().take(shown).map(|i| row(cx, campaign, i, Data::new())).collect(),
    })
}

fn tally<'a>(items: impl Iterator<Item = &'a Item>, today: Date) -> Tally {
    let mut tally = Tally::default();
    for item in items {
        tally.all += 1;
        tally.done += usize::from(item.done.is_some());
        tally.overdue += usize::from(matches!(item.standing(today), Some(Standing::Overdue { .. })));
    }
    tally
}

fn phases(cx: &Cx<'_>, campaign: &Campaign, maker: &mut Maker<'_, '_>) -> Vec<Phase> {
    let phases = [SopPhase::Preparation, SopPhase::Execution, SopPhase::Review];
    let mut shown = Vec::new();
    for phase in phases {
        let items: Vec<&Item> = campaign.checklist.iter().filter(|i| i.phase == phase).collect();
        if items.is_empty() {
            continue;
        }
        let key = phase_key(phase);
        let value = Value { id: phase.word().to_owned(), name: cx.t(key).into(), route: None };
        for _ in &items {
            maker.note("phase", std::slice::from_ref(&value));
        }
        let sops: BTreeSet<&str> = items.iter().map(|i| i.sop.as_str()).collect();
        shown.push(Phase {
            key,
            word: phase.word(),
            tally: tally(items.iter().copied(), cx.today()),
            sops: sops.into_iter().map(|id| cx.link(sop_title(cx, id), &routes::sop(id))).collect(),
            groups: groups(cx, campaign, &items, maker),
        });
    }
    shown
}

/// What the filter knows of an item: who does it, in which role, and how it stands.
fn data(cx: &Cx<'_>, item: &Item, maker: &mut Maker<'_, '_>) -> Data {
    let value = |id: &str, name: Words| Value { id: id.to_owned(), name, route: None };
    let state = match item.standing(cx.today()) {
        Some(Standing::Done { .. }) => "done",
        Some(Standing::Overdue { .. }) => "overdue",
        _ => "open",
    };
    let owner = item.owner.as_ref().map(|o| axes::person(cx, &o.value));
    let values = [
        (Axis::Owner.word(), owner),
        (Axis::Role.word(), item.role.as_deref().map(|id| value(id, role(cx, id)))),
        (Axis::State.word(), Some(value(state, cx.t(&format!("item-{state}")).into()))),
    ];
    values.into_iter().filter_map(|(key, value)| maker.note(key, value.as_slice())).collect()
}

fn sop_title(cx: &Cx<'_>, id: &str) -> Words {
    cx.named(cx.model().sop(id).map(|s| &s.title), id)
}

/// Key of a phase's name.
fn phase_key(phase: SopPhase) -> &'static str {
    match phase {
        SopPhase::Preparation => "items-preparation",
        SopPhase::Execution => "items-execution",
        SopPhase::Review => "items-review",
    }
}

/// Items by group in the order of policy; unknown groups next, those of no group last.
fn groups(cx: &Cx<'_>, campaign: &Campaign, items: &[&Item], maker: &mut Maker<'_, '_>) -> Vec<Group> {
    let rows = &cx.model().policy.rows.groups;
    let place = |item: &Item| match item.group.as_deref() {
        Some(group) => (rows.position(group).unwrap_or(usize::MAX - 1), group.to_owned()),
        None => (usize::MAX, String::new()),
    };
    let mut by_group: BTreeMap<(usize, String), Vec<&Item>> = BTreeMap::new();
    for item in items {
        by_group.entry(place(item)).or_default().push(item);
    }
    let group = |((_, id), items): ((usize, String), Vec<&Item>)| Group {
        name: (!id.is_empty()).then(|| cx.named(rows.find(&id).map(|g| &g.name), &id)),
        is_gate: rows.find(&id).is_some_and(|g| g.gate),
        rows: items.into_iter().map(|i| row(cx, campaign, i, data(cx, i, maker))).collect(),
    };
    by_group.into_iter().map(group).collect()
}

fn row(cx: &Cx<'_>, campaign: &Campaign, item: &Item, data: Data) -> Row {
    let schedule = campaign.schedule.as_ref();
    let words = cx.words(&item.text);
    Row {
        key: item.key(),
        task: Ref { text: words.text, lang: words.lang, href: places::checkpoint(cx, item) },
        owner: parts::owner(cx, item.owner.as_ref()),
        role: item.role.as_deref().map(|r| role(cx, r)).or_else(|| owner_why(cx, &item.owner_from)),
        day: item.due.map(|d| cx.day(d)),
        offset: item.due.zip(schedule).map(|(d, s)| offset(s, d)),
        at: item.at.clone(),
        must: item.must,
        measure: item.measure.clone(),
        measured: item.measured.clone(),
        state: item.standing(cx.today()).map(|s| parts::state(cx, s)),
        done: item.done.map(|d| cx.day(d)),
        data,
    }
}

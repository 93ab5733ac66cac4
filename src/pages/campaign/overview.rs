//! `campaigns/<id>/`: one campaign in short, and the way to all of its parts.

use super::checklist::{self, Preparation};
use super::timeline::{self, ProcessView};
use super::{At, Head, Part, WaiverView, budget, offset, page, parts, role, task, waivers};
use crate::base::DateRange;
use crate::model::campaign::{Campaign, MaterialKind};
use crate::model::handover::Squad;
use crate::model::measure::{self, Verdict};
use crate::model::milestone::standing;
use crate::pages::files::{self, FileRow};
use crate::pages::{findings, routes};
use crate::plan::{Cx, Day, Heading, Page, Ref, Words};
use crate::policy::Mode;
use parts::{PhaseBar, State};
use serde::Serialize;

/// How many of the next nodes are shown.
const NEXT: usize = 5;

/// Everything `campaign/overview.html` can see.
#[derive(Serialize)]
struct View {
    head: Head,
    summary: Option<Words>,
    theme: Option<Words>,
    /// The themes it was chosen from.
    candidates: Vec<Words>,
    first: Option<Day>,
    last: Option<Day>,
    days: i64,
    owner: Option<Ref>,
    programme: Option<Ref>,
    scale: Words,
    /// Key of the mode.
    mode: &'static str,
    slot: Option<Words>,
    slot_id: String,
    tags: Vec<String>,
    waivers: Vec<WaiverView>,
    findings: Vec<findings::Row>,
    /// The feed of its dates.
    feed: Option<String>,
    phases: Option<PhaseBar>,
    facts: Facts,
    next: Vec<NextNode>,
    brief_html: Option<String>,
    team: Vec<Member>,
    duties: Vec<DutyRow>,
    squad: Option<SquadView>,
    materials: Vec<MaterialRow>,
    files: Vec<FileRow>,
    lessons_from: Vec<Ref>,
    purpose: super::purpose::Purpose,
    parts: Links,
}

/// The way to the parts that the facts speak of.
#[derive(Serialize)]
struct Links {
    timeline: Option<String>,
    checklist: Option<String>,
    run_sheet: Option<String>,
    budget: Option<String>,
    kpis: Option<String>,
    review: Option<String>,
}

/// The campaign in five figures.
#[derive(Serialize)]
struct Facts {
    process: ProcessView,
    preparation: Option<Preparation>,
    money: Option<budget::Sums>,
    kpis: usize,
    reached: usize,
    missed: usize,
    review: Option<Words>,
}

/// A node that comes next.
#[derive(Serialize)]
struct NextNode {
    day: Day,
    offset: String,
    name: Ref,
    owner: Option<Ref>,
    state: State,
}

/// A role and who has it.
#[derive(Serialize)]
struct Member {
    role: Words,
    person: Ref,
}

/// Who stands by (BUF-4).
#[derive(Serialize)]
struct SquadView {
    phone: Option<String>,
    cover: Option<Words>,
    people: Vec<Member>,
}

/// Somebody on duty.
#[derive(Serialize)]
struct DutyRow {
    person: Ref,
    shift: Option<Words>,
    range: String,
    is_now: bool,
}

/// Something that must be there.
#[derive(Serialize)]
struct MaterialRow {
    name: Words,
    /// Key of its kind.
    kind: &'static str,
    quantity: Option<i64>,
    supplier: Option<String>,
    owner: Option<Ref>,
    artwork: Option<Day>,
    production_days: i64,
    due: Option<Day>,
    ready: Option<Day>,
    state: Option<State>,
}

pub(super) fn view(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let schedule = campaign.schedule.as_ref();
    let rows = &cx.model().policy.rows;
    let summary = campaign.summary.as_ref().map(|s| cx.words(s));
    let about = summary.as_ref().map(|s| s.text.clone()).unwrap_or_default();
    let programme = campaign.programme.as_ref().and_then(|p| cx.model().programme(&p.value));
    let brief = campaign.brief.as_ref().and_then(|b| b.get(cx.lang()));
    let to = |part: Part| cx.href(&part.route(campaign));
    let view = View {
        head: Head::of(cx, at, Part::Overview),
        summary,
        theme: campaign.theme.as_ref().map(|t| cx.words(t)),
        candidates: campaign.candidates.iter().flat_map(|c| &c.value).map(|t| cx.words(t)).collect(),
        first: schedule.map(|s| cx.day(s.window.first)),
        last: schedule.map(|s| cx.day(s.window.last)),
        days: schedule.map_or(0, |s| s.window.days()),
        owner: parts::owner(cx, campaign.owner.as_ref()),
        programme: programme.map(|p| cx.link(cx.words(&p.title), &routes::programme(p.id.as_str()))),
        scale: cx.named(rows.scales.find(&campaign.scale).map(|s| &s.name), &campaign.scale),
        mode: mode_key(campaign.mode),
        slot: slot(cx, campaign),
        slot_id: campaign.slot.as_ref().map(|s| s.value.clone()).unwrap_or_default(),
        tags: campaign.tags.clone(),
        waivers: waivers(cx, at, None),
        findings: findings::rows(cx, at.index.findings.get(campaign.id.as_str()).into_iter().flatten().copied()),
        feed: cx.href(&routes::campaign_feed(campaign.id.as_str())),
        phases: parts::phase_bar(cx, campaign),
        facts: facts(cx, campaign),
        next: next(cx, campaign),
        brief_html: brief.map(|b| cx.markdown(b, Heading { shift: 1, ..Heading::default() }).html),
        team: campaign
            .team
            .iter()
            .map(|(id, person)| Member { role: role(cx, &id.value), person: parts::person(cx, &person.value) })
            .collect(),
        duties: duties(cx, campaign),
        squad: campaign.squad.as_ref().map(|s| squad(cx, s)),
        materials: materials(cx, campaign),
        files: files(cx, campaign),
        lessons_from: campaign.lessons_from.iter().map(|c| source(cx, &c.value)).collect(),
        purpose: super::purpose::purpose(cx, campaign),
        parts: Links {
            timeline: to(Part::Timeline),
            checklist: to(Part::Checklist),
            run_sheet: to(Part::RunSheet),
            budget: to(Part::Budget),
            kpis: to(Part::Kpis),
            review: to(Part::Review),
        },
    };
    page(cx, campaign, Part::Overview, view).about(about)
}

/// The name of a campaign's slot.
pub(in crate::pages) fn slot(cx: &Cx<'_>, campaign: &Campaign) -> Option<Words> {
    let slots = &cx.model().policy.rows.slots;
    campaign.slot.as_ref().map(|s| cx.named(slots.find(&s.value).map(|row| &row.name), &s.value))
}

/// Key of a mode's name.
pub(in crate::pages) fn mode_key(mode: Mode) -> &'static str {
    match mode {
        Mode::Online => "mode-online",
        Mode::Offline => "mode-offline",
        Mode::Hybrid => "mode-hybrid",
    }
}

/// A campaign whose lessons are used: its title, leading to its review.
fn source(cx: &Cx<'_>, id: &str) -> Ref {
    match cx.model().campaign(id) {
        Some(other) => cx.link(cx.words(&other.title), &Part::Review.route(other)),
        None => Ref { text: id.to_owned(), ..Ref::default() },
    }
}

fn facts(cx: &Cx<'_>, campaign: &Campaign) -> Facts {
    let rows = measure::attainments(cx.model(), campaign);
    let count = |verdict: Verdict| rows.iter().filter(|r| r.verdict == verdict).count();
    let review = cx.model().policy.rows.review.as_ref();
    let status = campaign.postmortem.as_ref().and_then(|p| p.status.as_ref());
    Facts {
        process: timeline::process(cx, campaign),
        preparation: checklist::preparation(cx, campaign),
        money: budget::sums(cx, campaign),
        kpis: rows.len(),
        reached: count(Verdict::Reached),
        missed: count(Verdict::Missed),
        review: status.map(|s| cx.named(review.and_then(|r| r.statuses.find(&s.value)).map(|r| &r.name), &s.value)),
    }
}

fn next(cx: &Cx<'_>, campaign: &Campaign) -> Vec<NextNode> {
    let Some(schedule) = &campaign.schedule else { return Vec::new() };
    let timeline = Part::Timeline.route(campaign);
    let row = |node: &crate::model::milestone::Milestone| {
        let Words { text, lang } = task(cx, node);
        NextNode {
            day: cx.day(node.due),
            offset: offset(schedule, node.due),
            name: Ref { text, lang, href: cx.href_to(&timeline, node.id.as_str()) },
            owner: parts::owner(cx, node.owner.as_ref()),
            state: parts::state(cx, node.standing(cx.today())),
        }
    };
    timeline::next(schedule, cx.today(), NEXT).into_iter().map(row).collect()
}

fn squad(cx: &Cx<'_>, squad: &Squad) -> SquadView {
    let roles = &cx.model().policy.rows.squad;
    let member = |(id, row): (&str, &crate::policy::Named)| {
        Some(Member { role: cx.words(&row.name), person: parts::person(cx, &squad.person(id)?.value) })
    };
    SquadView {
        phone: squad.phone.clone(),
        cover: squad.cover.as_ref().map(|c| cx.words(c)),
        people: roles.iter().filter_map(member).collect(),
    }
}

fn duties(cx: &Cx<'_>, campaign: &Campaign) -> Vec<DutyRow> {
    let row = |duty: &crate::model::campaign::Duty| {
        let days = DateRange { first: duty.from.min(duty.to), last: duty.to.max(duty.from) };
        DutyRow {
            person: parts::person(cx, &duty.person.value),
            shift: duty.shift.as_ref().map(|s| cx.words(s)),
            range: cx.range_short(days),
            is_now: days.contains(cx.today()),
        }
    };
    campaign.duties.iter().map(row).collect()
}

fn materials(cx: &Cx<'_>, campaign: &Campaign) -> Vec<MaterialRow> {
    let row = |material: &crate::model::campaign::Material| {
        let ready = material.ready.map(|r| r.value);
        MaterialRow {
            name: cx.words(&material.name),
            kind: match material.kind {
                MaterialKind::Physical => "material-physical",
                MaterialKind::Digital => "material-digital",
            },
            quantity: material.quantity,
            supplier: material.supplier.clone(),
            owner: parts::owner(cx, material.owner.as_ref()),
            artwork: material.artwork.map(|a| cx.day(a.value)),
            production_days: material.production_days,
            due: material.due.map(|d| cx.day(d)),
            ready: ready.map(|r| cx.day(r)),
            state: material.due.map(|due| parts::state(cx, standing(due, ready, cx.today()))),
        }
    };
    campaign.materials.iter().map(row).collect()
}

fn files(cx: &Cx<'_>, campaign: &Campaign) -> Vec<FileRow> {
    let row = |(name, file): &(String, crate::base::FileId)| files::row(cx, name.trim_start_matches("assets/"), *file);
    campaign.assets.iter().map(row).collect()
}

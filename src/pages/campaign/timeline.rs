//! `campaigns/<id>/timeline/`: every date of a campaign, planned against done, as a chart and as a table.

use super::gantt::{Gantt, Say};
use super::{At, GateView, Head, Part, gate, history, offset, owner_why, page, parts, standard_task, task};
use crate::base::Date;
use crate::model::campaign::Campaign;
use crate::model::gauge;
use crate::model::measure;
use crate::model::milestone::{Absence, Milestone, Schedule, Standing};
use crate::model::slack::{Slack, Slacks};
use crate::pages::handovers;
use crate::plan::{Cx, Day, Page, Ref, Words};
use crate::policy::Stage;
use parts::{PhaseBar, State};
use serde::Serialize;

/// Everything `campaign/timeline.html` can see.
#[derive(Serialize)]
struct View {
    head: Head,
    gantt: Option<Gantt>,
    critical: Option<Critical>,
    phases: Option<PhaseBar>,
    process: ProcessView,
    nodes: Vec<Node>,
    absent: Vec<Absent>,
    revisions: Vec<Revision>,
    /// Days of the plan on which nothing is due, and their share.
    free: Option<(usize, String)>,
    handovers: Vec<handovers::Row>,
    /// What was changed in its files since it went live.
    changes: Option<history::Changes>,
}

/// Planned against done, in numbers.
#[derive(Serialize)]
pub(super) struct ProcessView {
    pub(super) nodes: usize,
    pub(super) done: usize,
    pub(super) late: usize,
    pub(super) open: usize,
    pub(super) delay_days: i64,
    pub(super) punctuality: Option<String>,
    pub(super) items_due: usize,
    pub(super) items_done: usize,
    pub(super) completion: Option<String>,
    pub(super) revisions: usize,
    pub(super) rejections: usize,
}

/// The critical path in words.
#[derive(Serialize)]
struct Critical {
    /// Its nodes in order, each leading to its row.
    steps: Vec<Step>,
    /// The open node that has the least slack before the first day.
    tightest: Option<Tightest>,
}

#[derive(Serialize)]
struct Step {
    node: Ref,
    is_done: bool,
}

#[derive(Serialize)]
struct Tightest {
    node: Ref,
    days: i64,
    latest: Day,
}

/// How far a node may slip.
#[derive(Serialize)]
struct SlackView {
    days: i64,
    working: i64,
    /// `bad` when too late, `tight` when none is left, else empty.
    tone: &'static str,
    latest: Day,
}

/// A node of the table.
#[derive(Serialize)]
struct Node {
    id: String,
    day: Day,
    offset: String,
    /// Why nobody works on that day, where it matters: a holiday's name.
    off: Option<Words>,
    name: Words,
    /// Key of the stage of work.
    stage: &'static str,
    owner: Option<Ref>,
    /// The role by which it fell to the owner.
    role: Option<Words>,
    waits: Vec<Ref>,
    buffer: i64,
    buffer_before: i64,
    /// How far it may slip, while it is not done.
    slack: Option<SlackView>,
    is_critical: bool,
    gate: Option<GateView>,
    state: State,
    done: Option<Day>,
    /// The day that policy wants, where it is another.
    standard: Option<Moved>,
    note: Option<Words>,
    evidence: Option<String>,
    /// Whether today lies between the node before and this one.
    is_after_today: bool,
}

/// Where policy puts a node that the campaign has moved.
#[derive(Serialize)]
struct Moved {
    day: Day,
    offset: String,
}

/// A standard node that is not there.
#[derive(Serialize)]
struct Absent {
    name: Words,
    why: Words,
}

/// A plan change after the plan review.
#[derive(Serialize)]
pub(super) struct Revision {
    day: Day,
    reason: Words,
    rejected: bool,
}

pub(super) fn view(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let schedule = campaign.schedule.as_ref();
    let slacks = schedule.map(|s| Slacks::of(s, cx.model().calendar_of(campaign), cx.today())).unwrap_or_default();
    let view = View {
        head: Head::of(cx, at, Part::Timeline),
        gantt: schedule.map(|s| chart(cx, campaign, s, &slacks)),
        critical: schedule.and_then(|s| critical(cx, s, &slacks)),
        phases: parts::phase_bar(cx, campaign),
        process: process(cx, campaign),
        nodes: schedule.map(|s| nodes(cx, campaign, s, &slacks)).unwrap_or_default(),
        absent: schedule.map(|s| absent(cx, s)).unwrap_or_default(),
        revisions: revisions(cx, campaign),
        changes: history::changes(cx, campaign),
        free: schedule.map(|s| free(cx, campaign, s)),
        handovers: campaign.handovers.iter().map(|h| handovers::row(cx, campaign, h)).collect(),
    };
    page(cx, campaign, Part::Timeline, view)
}

fn free(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule) -> (usize, String) {
    let (days, all) = gauge::time::free(campaign, schedule);
    let share = crate::base::Share::of(i128::try_from(days.len()).unwrap_or(0), i128::try_from(all).unwrap_or(1));
    (days.len(), cx.percent_short(share.unwrap_or_default()))
}

/// The critical path, where nodes wait for each other.
fn critical(cx: &Cx<'_>, schedule: &Schedule, slacks: &Slacks) -> Option<Critical> {
    let link = |place: usize| {
        let node = &schedule.milestones[place];
        let Words { text, lang } = task(cx, node);
        Ref { text, lang, href: Some(format!("#{}", node.id)) }
    };
    let step = |place: &usize| Step { node: link(*place), is_done: schedule.milestones[*place].done.is_some() };
    let tightest = slacks.tightest(schedule).and_then(|place| {
        let slack = &slacks.nodes[place];
        Some(Tightest { node: link(place), days: slack.left?, latest: cx.day(slack.latest) })
    });
    (!slacks.path.is_empty()).then(|| Critical { steps: slacks.path.iter().map(step).collect(), tightest })
}

fn slack(cx: &Cx<'_>, slack: &Slack) -> Option<SlackView> {
    let (days, working) = (slack.left?, slack.left_working?);
    let tone = match days {
        i64::MIN..0 => "bad",
        0 => "tight",
        _ => "",
    };
    Some(SlackView { days, working, tone, latest: cx.day(slack.latest) })
}

fn chart(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule, slacks: &Slacks) -> Gantt {
    let words = Say {
        label: &|node| task(cx, node),
        owner: &|node| parts::owner(cx, node.owner.as_ref()).map(|o| o.text).unwrap_or_default(),
        month: &|date| cx.month(date),
        phase: &|place| cx.words(&schedule.phases[place].name).text,
        is_off: campaign.called_off.is_some(),
    };
    let free = gauge::time::free(campaign, schedule).0;
    Gantt::of(schedule, slacks, &free, cx.model().calendar_of(campaign), cx.today(), &words)
}

/// The process figures of a campaign (PMR-6) in words.
pub(super) fn process(cx: &Cx<'_>, campaign: &Campaign) -> ProcessView {
    let figures = measure::process(campaign, cx.today());
    let nodes = campaign.schedule.iter().flat_map(|s| &s.milestones);
    ProcessView {
        nodes: nodes.clone().count(),
        done: nodes.filter(|n| n.done.is_some()).count(),
        late: figures.late,
        open: figures.open,
        delay_days: figures.delay_days,
        punctuality: figures.punctuality().map(|s| cx.percent_short(s)),
        items_due: figures.items_due,
        items_done: figures.items_done,
        completion: figures.completion().map(|s| cx.percent_short(s)),
        revisions: figures.revisions,
        rejections: figures.rejections,
    }
}

/// Plan changes after the plan review, in order of date.
pub(super) fn revisions(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Revision> {
    let mut all: Vec<_> = campaign.results.revisions.iter().collect();
    all.sort_by_key(|r| r.date);
    let view = |r: &crate::model::results::Revision| Revision {
        day: cx.day(r.date),
        reason: cx.words(&r.reason),
        rejected: r.rejected,
    };
    all.into_iter().map(view).collect()
}

fn nodes(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule, slacks: &Slacks) -> Vec<Node> {
    let mut before: Option<Date> = None;
    let mut rows = Vec::new();
    for (place, milestone) in schedule.milestones.iter().enumerate() {
        let mut row = node(cx, campaign, schedule, milestone);
        row.slack = slacks.nodes.get(place).and_then(|s| slack(cx, s));
        row.is_critical = slacks.is_critical(place);
        row.is_after_today = milestone.due > cx.today() && before.is_some_and(|d| d <= cx.today());
        before = Some(milestone.due);
        rows.push(row);
    }
    rows
}

fn node(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule, node: &Milestone) -> Node {
    let calendar = cx.model().calendar_of(campaign);
    let off = || match calendar.holiday(node.due) {
        Some(name) => cx.words(name),
        None => cx.t("day-off").into(),
    };
    let wait = |id: &str| {
        let other = schedule.milestone(id);
        let words = other.map_or_else(|| standard_task(cx, id), |n| task(cx, n));
        Ref { text: words.text, lang: words.lang, href: other.map(|_| format!("#{id}")) }
    };
    Node {
        id: node.id.as_str().to_owned(),
        day: cx.day(node.due),
        offset: offset(schedule, node.due),
        off: (!node.any_day && !calendar.is_working(node.due)).then(off),
        name: task(cx, node),
        stage: stage_key(node.stage),
        owner: parts::owner(cx, node.owner.as_ref()),
        role: owner_why(cx, &node.owner_from),
        waits: node.after.iter().map(|a| wait(&a.value)).collect(),
        buffer: node.buffer,
        buffer_before: node.buffer_before,
        slack: None,
        is_critical: false,
        gate: node.gate.as_ref().map(|g| gate(cx, campaign, node, g)),
        state: parts::state(cx, node.standing(cx.today())),
        done: node.done.map(|d| cx.day(d.value)),
        standard: node
            .standard_due
            .filter(|due| *due != node.due)
            .map(|due| Moved { day: cx.day(due), offset: offset(schedule, due) }),
        note: node.note.as_ref().map(|n| cx.words(n)),
        evidence: node.evidence.clone(),
        is_after_today: false,
    }
}

/// Key of a stage's name.
fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Planning => "stage-planning",
        Stage::Preparation => "stage-preparation",
        Stage::Execution => "stage-execution",
        Stage::Review => "stage-review",
    }
}

fn absent(cx: &Cx<'_>, schedule: &Schedule) -> Vec<Absent> {
    let why = |absence: &Absence| match absence {
        Absence::Scale => cx.t("absent-scale").into(),
        Absence::Merged(into) => {
            let node = schedule.milestone(into);
            let name = node.map_or_else(|| standard_task(cx, into), |n| task(cx, n));
            cx.tf("absent-merged", &[("name", &name.text)]).into()
        }
        Absence::TooShort => cx.t("absent-too-short").into(),
        Absence::NotNeeded => cx.t("absent-not-needed").into(),
        Absence::Skipped(reason) => cx.words(&reason.value),
    };
    schedule.absent.iter().map(|(id, absence)| Absent { name: standard_task(cx, id), why: why(absence) }).collect()
}

/// The nodes that come next: what is overdue first, then what is due, at most `most`.
pub(super) fn next(schedule: &Schedule, today: Date, most: usize) -> Vec<&Milestone> {
    let is_open = |node: &&Milestone| !matches!(node.standing(today), Standing::Done { .. });
    schedule.milestones.iter().filter(is_open).take(most).collect()
}

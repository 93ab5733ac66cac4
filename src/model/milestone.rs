//! Dated nodes of one campaign: what authors write, and the schedule it resolves to.

use super::calendar::Calendar;
use crate::base::{
    Anchor, Date, DateRange, Diagnostic, Due, Found, Id, Offset, Quantity, Span, Spanned, Subject, Text, Unit, words,
};
use crate::policy::{GateRow, Op, PhaseSet, Policy, Scale, Stage};
use crate::sources::shape::{BAD_VALUE, Days, Entries};
use crate::{rule, said, shape};
use std::collections::BTreeMap;

rule! {
    /// Milestones wait for each other in a circle.
    ///
    /// ## Why
    /// A node that waits for itself can never be done, and its date cannot be computed.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "script"
    /// task = "Write the script"
    /// due = "rehearsal-3"
    /// owner = "lin-yue"
    ///
    /// [[milestone]]
    /// id = "rehearsal"
    /// task = "Rehearse"
    /// due = "script+3"
    /// owner = "lin-yue"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "script"
    /// task = "Write the script"
    /// due = "T-14"
    /// owner = "lin-yue"
    ///
    /// [[milestone]]
    /// id = "rehearsal"
    /// task = "Rehearse"
    /// due = "script+3"
    /// owner = "lin-yue"
    /// ```
    pub(crate) static CYCLE = "milestone/cycle", Error, ["MIL-1", "MIL-15"],
    zh: "里程碑互相等待，形成循环。\n\n等待自己的节点永远无法完成，日期也算不出来。"
}

rule! {
    /// A date counts from a milestone, or waits for one, that the campaign does not have.
    ///
    /// ## Why
    /// The date cannot be computed, and the dependency would not be kept.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "plan-reveiw+5wd"
    /// owner = "lin-yue"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "plan-review+5wd"
    /// owner = "lin-yue"
    /// ```
    pub(crate) static UNKNOWN_NODE = "milestone/unknown-node", Error, ["MIL-1", "MIL-15"],
    zh: "日期从本活动没有的里程碑起算，或等待这样的里程碑。\n\n日期无法计算，依赖关系也不会被遵守。"
}

rule! {
    /// A campaign lasts longer than any campaign does.
    ///
    /// ## Why
    /// A wrong year in `end` makes a campaign of hundreds of days; every page and calendar would follow it.
    ///
    /// ## Example
    /// ```toml,reports
    /// start = 2026-06-10
    /// end = 2062-06-14
    /// ```
    /// ```toml,passes
    /// start = 2026-06-10
    /// end = 2026-06-14
    /// ```
    pub(crate) static ENDLESS = "campaign/endless", Error, ["CAL-1", "CAL-5"],
    zh: "活动持续时间长得不可能。\n\n`end` 的年份写错会变成几百天的活动，所有页面和日历都会跟着出错。"
}

shape! {
    /// `[[milestone]]` as written.
    pub struct RawMilestone {
        /// Id.
        "id" id: required Spanned<Id>,
        /// What is to be done.
        "task" task: optional Text,
        /// When.
        "due" due: optional Spanned<Due>,
        /// Who does it.
        "owner" owner: optional Spanned<String>,
        /// Stage of work.
        "stage" stage: optional Spanned<Stage>,
        /// Nodes it waits for.
        "after" after: list Spanned<String>,
        /// Days that stay free after it.
        "buffer" buffer: optional Days,
        /// Its threshold.
        "gate" gate: optional GateRow,
        /// The procedure that starts when its gate is missed.
        "on-breach" on_breach: optional Spanned<String>,
        /// When it was done.
        "done" done: optional Spanned<Date>,
        /// A remark.
        "note" note: optional Text,
        /// Proof.
        "evidence" evidence: optional String,
        /// Why a standard node is left out.
        "skip" skip: optional Spanned<Text>,
        /// Keys that are written, readable or not.
        "*" written: keys String,
    }
}

shape! {
    /// `[phases.<id>]` as written.
    pub struct RawPhase {
        /// First day.
        "from" from: optional Spanned<Due>,
        /// Last day.
        "to" to: optional Spanned<Due>,
    }
}

/// A threshold a node must meet.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Metric.
    pub metric: Spanned<String>,
    /// Comparison.
    pub op: Op,
    /// What it is compared with.
    pub value: GateValue,
}

/// The right side of a gate.
#[derive(Clone, Debug)]
pub enum GateValue {
    /// A stated quantity.
    Exactly(Quantity),
    /// The campaign's KPI target for the metric, else the metric's own.
    Target,
}

/// Who answers for a node, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerFrom {
    /// Written on the node.
    Node,
    /// The campaign's team, by this role.
    Team(String),
    /// The lead of the role's department.
    Department(String),
    /// The campaign's owner.
    Campaign,
}

/// Finds the person of a role, and why; without a role the campaign's owner.
pub(crate) type OwnerOf<'a> = dyn Fn(Option<&str>) -> (Option<Spanned<String>>, OwnerFrom) + 'a;

/// A dated node of a campaign.
#[derive(Clone, Debug)]
pub struct Milestone {
    /// Id, unique in the campaign.
    pub id: Id,
    /// What is to be done.
    pub task: Option<Text>,
    /// When.
    pub due: Date,
    /// The words of `due` in the campaign, where it has any.
    pub due_written: Option<Spanned<Due>>,
    /// When policy wants it, for a standard node.
    pub standard_due: Option<Date>,
    /// Who answers for it; may name a person who does not exist.
    pub owner: Option<Spanned<String>>,
    /// Why that person.
    pub owner_from: OwnerFrom,
    /// Stage of work.
    pub stage: Stage,
    /// Nodes of this campaign it waits for.
    pub after: Vec<Spanned<String>>,
    /// Days that stay free after it.
    pub buffer: i64,
    /// Days that stay free between the end of production and it.
    pub buffer_before: i64,
    /// Its threshold.
    pub gate: Option<Gate>,
    /// The procedure that starts when its gate is missed; may name one that does not exist.
    pub on_breach: Option<Spanned<String>>,
    /// Keys that are written but could not be read: nothing is known of them.
    pub broken: Vec<&'static str>,
    /// When it was done.
    pub done: Option<Spanned<Date>>,
    /// Whether policy supplies it.
    pub standard: bool,
    /// Whether it may fall on a day off.
    pub any_day: bool,
    /// Where to point: the node's header, else the campaign's `start` or `end`.
    pub span: Span,
    /// A remark.
    pub note: Option<Text>,
    /// Proof.
    pub evidence: Option<String>,
}

/// How a node stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Done; `late` days after it was due, 0 when on time.
    Done {
        /// Days late.
        late: i64,
    },
    /// Not done, and due `days` ago (at least 1).
    Overdue {
        /// Days since it was due.
        days: i64,
    },
    /// Not done, and due in `days` (0 is today).
    Open {
        /// Days until it is due.
        days: i64,
    },
}

/// How something due on `due` and perhaps done stands on `as_of`. A node due today is not overdue.
pub fn standing(due: Date, done: Option<Date>, as_of: Date) -> Standing {
    match done {
        Some(done) => Standing::Done { late: due.until(done).max(0) },
        None if due < as_of => Standing::Overdue { days: due.until(as_of) },
        None => Standing::Open { days: as_of.until(due) },
    }
}

impl Milestone {
    /// What findings and waivers call it in its campaign.
    pub fn subject(&self, campaign: &Subject) -> Subject {
        campaign.clone().item(self.id.as_str())
    }
    /// How it stands on `as_of`.
    pub fn standing(&self, as_of: Date) -> Standing {
        standing(self.due, self.done.map(|d| d.value), as_of)
    }
}

/// A phase with its days.
#[derive(Clone, Debug)]
pub struct PhaseDays {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Days; `last < first` cannot be.
    pub days: DateRange,
    /// Shortest length that does not warn.
    pub min_days: Option<i64>,
    /// Whether this is the live window.
    pub live: bool,
    /// Where to point.
    pub span: Span,
    /// The words of `from` in the campaign, where it moves it.
    pub from_written: Option<Spanned<Due>>,
    /// The words of `to` in the campaign, where it moves it.
    pub to_written: Option<Spanned<Due>>,
}

/// Why a standard node is not in the schedule.
#[derive(Clone, Debug)]
pub enum Absence {
    /// The campaign's scale drops it.
    Scale,
    /// It falls on the same day as the node it merges into.
    Merged(String),
    /// It would fall outside the live window.
    TooShort,
    /// The campaign has nothing that needs it.
    NotNeeded,
    /// The author left it out and says why.
    Skipped(Spanned<Text>),
}

/// Everything dated in a campaign.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// T to Z.
    pub window: DateRange,
    /// P.
    pub promotion: Date,
    /// Phases in order.
    pub phases: Vec<PhaseDays>,
    /// Nodes by date, then in order of policy and file.
    pub milestones: Vec<Milestone>,
    /// Standard nodes that are not there, and why.
    pub absent: Vec<(String, Absence)>,
    /// First of all dates: start of preparation.
    pub first: Date,
    /// Last of all dates.
    pub last: Date,
    /// The words of `start`.
    pub start_span: Span,
    /// The words of `end`.
    pub end_span: Span,
}

impl Schedule {
    /// A node by id.
    pub fn milestone(&self, id: &str) -> Option<&Milestone> {
        self.milestones.iter().find(|m| m.id.as_str() == id)
    }
    /// The phase a day belongs to.
    pub fn phase_on(&self, day: Date) -> Option<&PhaseDays> {
        self.phases.iter().find(|p| p.days.contains(day))
    }
    /// A phase by id.
    pub fn phase(&self, id: &str) -> Option<&PhaseDays> {
        self.phases.iter().find(|p| p.id == id)
    }
    /// The date of an offset, once all nodes have theirs. None when it names a node that is not there.
    pub fn resolve(&self, due: &Due, calendar: &Calendar) -> Option<Date> {
        let Due::At(offset) = due else {
            return match due {
                Due::On(date) => Some(*date),
                Due::At(_) => None,
            };
        };
        let base = match &offset.anchor {
            Anchor::Start => self.window.first,
            Anchor::End => self.window.last,
            Anchor::Promotion => self.promotion,
            Anchor::Node(id) => match self.milestone(&offset.written) {
                Some(node) => return Some(node.due),
                None => self.milestone(id)?.due,
            },
        };
        Some(shift(base, offset, calendar))
    }
}

fn shift(base: Date, offset: &Offset, calendar: &Calendar) -> Date {
    match offset.unit {
        Unit::Days => base.plus(offset.amount),
        Unit::Weeks => base.plus(offset.amount * 7),
        Unit::WorkingDays => calendar.plus_working(base, offset.amount),
    }
}

/// What a schedule is made from.
pub(crate) struct Input<'a> {
    pub(crate) subject: &'a Subject,
    pub(crate) start: Spanned<Date>,
    pub(crate) end: Spanned<Date>,
    pub(crate) promotion: Option<&'a Spanned<Due>>,
    pub(crate) phase_set: &'a PhaseSet,
    pub(crate) phases: &'a Entries<RawPhase>,
    pub(crate) milestones: Vec<RawMilestone>,
    pub(crate) scale: Option<&'a Scale>,
    pub(crate) has_materials: bool,
    pub(crate) has_kpi: &'a dyn Fn(&str) -> bool,
    pub(crate) calendar: &'a Calendar,
    pub(crate) policy: &'a Policy,
    /// The person of a role, and why; the campaign's owner in the end.
    pub(crate) owner_of: &'a OwnerOf<'a>,
    pub(crate) done: &'a dyn Fn(&str) -> Option<Spanned<Date>>,
}

/// A node before its date is known.
struct Draft {
    id: Id,
    raw: Option<RawMilestone>,
    /// The due in force, and where to point when it is wrong.
    due: Option<(Due, Span)>,
    span: Span,
}

/// Resolves every date of a campaign. `None` when the window itself is impossible (a check says so).
pub(crate) fn schedule(mut input: Input<'_>, found: &mut Found) -> Option<Schedule> {
    let window = DateRange::new(input.start.value, input.end.value)?;
    let (days, most) = (window.days(), input.policy.figure("longest-campaign-days"));
    if days > most {
        let message = said!("the campaign lasts {days} days", "活动持续 {days} 天");
        let advice = said!("look at the years; {most} days is the most", "请检查年份；最长 {most} 天");
        let place = Diagnostic::new(&ENDLESS, input.end.span, message).hint(advice).about(input.subject.clone());
        found.push(place.label(input.start.span, said!("it begins here", "从这里开始")));
        return None;
    }
    let rows = &input.policy.rows;
    let mut own: BTreeMap<String, RawMilestone> = BTreeMap::new();
    let mut order: Vec<Id> = Vec::new();
    for (key, _) in &rows.milestones.0 {
        order.extend(Id::new(&key.value));
    }
    for raw in std::mem::take(&mut input.milestones) {
        let Some(id) = raw.id.as_ref().map(|i| i.value.clone()) else { continue };
        if own.contains_key(id.as_str()) {
            continue; // `reference/duplicate-id` reports it.
        }
        if !order.contains(&id) {
            order.push(id.clone());
        }
        own.insert(id.as_str().to_owned(), raw);
    }

    let mut absent = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for id in order {
        let standard = rows.milestones.find(id.as_str());
        let raw = own.remove(id.as_str());
        if let Some(skip) = raw.as_ref().and_then(|r| r.skip.clone()) {
            absent.push((id.as_str().to_owned(), Absence::Skipped(skip)));
            continue;
        }
        if let (Some(row), None) = (standard, &raw) {
            let dropped = input.scale.is_some_and(|s| s.drop.iter().any(|d| d.value == id.as_str()));
            let needless = row.needs.as_deref().is_some_and(|needs| match needs.strip_prefix("kpi/") {
                Some(metric) => !(input.has_kpi)(metric),
                None => needs == "physical-materials" && !input.has_materials,
            });
            if dropped || needless {
                let why = if dropped { Absence::Scale } else { Absence::NotNeeded };
                absent.push((id.as_str().to_owned(), why));
                continue;
            }
        }
        let from_end = matches!(standard.and_then(|s| s.due.as_ref()).map(|d| &d.value), Some(Due::At(o)) if o.anchor == Anchor::End);
        let fallback = if from_end { input.end.span } else { input.start.span };
        let span = raw.as_ref().map_or(fallback, |r| r.id.as_ref().map_or(r.span, |i| i.span));
        let written = raw.as_ref().and_then(|r| r.due.as_ref()).map(|d| (d.value.clone(), d.span));
        let due = written.or_else(|| standard.and_then(|s| s.due.as_ref()).map(|d| (d.value.clone(), span)));
        drafts.push(Draft { id, raw, due, span });
    }

    let promotion_phase = input.phase_set.phases.find(&input.phase_set.promotion);
    let promotion_due = input.promotion.map(|d| (d.value.clone(), d.span)).or_else(|| {
        let moved = input.phases.find(&input.phase_set.promotion).and_then(|p| p.from.as_ref());
        moved.or(promotion_phase.and_then(|p| p.from.as_ref())).map(|d| (d.value.clone(), d.span))
    });

    let mut resolver = Resolver {
        window,
        calendar: input.calendar,
        drafts: &drafts,
        promotion: promotion_due,
        state: BTreeMap::new(),
        path: Vec::new(),
        subject: input.subject,
        found,
        absent: absent.iter().map(|(id, _)| id.as_str()).collect(),
    };
    let promotion = resolver.promotion().unwrap_or(window.first);
    let dates: Vec<Option<Date>> = (0..drafts.len()).map(|i| resolver.node(i)).collect();
    let standard_dates: Vec<Option<Date>> = drafts
        .iter()
        .map(|d| {
            let due = rows.milestones.find(d.id.as_str())?.due.as_ref()?;
            resolver.due(&due.value, None)
        })
        .collect();

    let mut milestones = Vec::new();
    for ((draft, due), standard_due) in drafts.into_iter().zip(dates).zip(standard_dates) {
        let Some(due) = due else { continue };
        milestones.push(lower(draft, due, standard_due, &input));
    }
    merge(&mut milestones, &mut absent, window, input.policy);
    let gone: Vec<&str> = absent.iter().map(|(id, _)| id.as_str()).collect();
    for milestone in &mut milestones {
        milestone.after.retain(|a| {
            !(milestone.standard && gone.contains(&a.value.as_str()) && a.span.file != input.start.span.file)
        });
    }
    milestones.sort_by_key(|m| m.due);

    let mut schedule = Schedule {
        window,
        promotion,
        phases: Vec::new(),
        first: milestones.first().map_or(window.first, |m| m.due).min(window.first),
        last: milestones.last().map_or(window.last, |m| m.due).max(window.last),
        milestones,
        absent,
        start_span: input.start.span,
        end_span: input.end.span,
    };
    schedule.phases = phases(&input, &schedule, found);
    schedule.first = schedule.phases.iter().map(|p| p.days.first).fold(schedule.first, Date::min);
    schedule.last = schedule.phases.iter().map(|p| p.days.last).fold(schedule.last, Date::max);
    Some(schedule)
}

fn lower(draft: Draft, due: Date, standard_due: Option<Date>, input: &Input<'_>) -> Milestone {
    let standard = input.policy.node(draft.id.as_str());
    let raw = draft.raw;
    let written_owner = raw.as_ref().and_then(|r| r.owner.clone());
    let (owner, owner_from) = match (written_owner, standard) {
        (Some(owner), _) => (Some(owner), OwnerFrom::Node),
        (None, Some(row)) => (input.owner_of)(row.role.as_ref().map(|r| r.value.as_str())),
        (None, None) => (None, OwnerFrom::Node),
    };
    let mut after: Vec<Spanned<String>> = standard.map(|s| s.after.clone()).unwrap_or_default();
    if let Some(raw) = raw.as_ref().filter(|r| !r.after.is_empty()) {
        after.clone_from(&raw.after);
    }
    let gate_row = raw.as_ref().and_then(|r| r.gate.as_ref()).or_else(|| standard.and_then(|s| s.gate.as_ref()));
    let gate = gate_row.and_then(gate);
    let on_breach = raw.as_ref().and_then(|r| r.on_breach.clone()).or_else(|| standard?.on_breach.clone());
    let mark = (input.done)(draft.id.as_str());
    let unread = [("gate", gate.is_none()), ("done", raw.as_ref().is_some_and(|r| r.done.is_none()))];
    let is_written = |key: &str| raw.as_ref().is_some_and(|r| r.written.iter().any(|k| k == key));
    Milestone {
        broken: unread.into_iter().filter(|(key, none)| *none && is_written(key)).map(|(key, _)| key).collect(),
        task: raw.as_ref().and_then(|r| r.task.clone()).or_else(|| standard.map(|s| s.task.clone())),
        due,
        due_written: raw.as_ref().and_then(|r| r.due.clone()),
        standard_due,
        owner,
        owner_from,
        stage: raw
            .as_ref()
            .and_then(|r| r.stage)
            .map(|s| s.value)
            .or_else(|| standard.and_then(|s| s.stage))
            .unwrap_or(Stage::Preparation),
        after,
        buffer: raw
            .as_ref()
            .and_then(|r| r.buffer)
            .map(|days| days.0)
            .or_else(|| standard.and_then(|s| s.buffer).map(|days| longer(days.0, input.policy)))
            .unwrap_or(0),
        buffer_before: standard.and_then(|s| s.buffer_before).map_or(0, |days| longer(days.0, input.policy)),
        gate,
        on_breach,
        done: raw.as_ref().and_then(|r| r.done).or(mark),
        standard: standard.is_some(),
        any_day: standard.is_some_and(|s| s.any_day),
        span: draft.span,
        note: raw.as_ref().and_then(|r| r.note.clone()),
        evidence: raw.and_then(|r| r.evidence),
        id: draft.id,
    }
}

/// A buffer of the method, lengthened as policy wants (BUF-3), rounded up to whole days.
fn longer(days: i64, policy: &Policy) -> i64 {
    let whole = crate::base::Share::WHOLE.0;
    (days * policy.share("buffer-factor").0 + whole - 1) / whole
}

fn gate(row: &GateRow) -> Option<Gate> {
    let value = row.value.as_ref()?;
    let value = match value.value.0.as_str() {
        "target" => GateValue::Target,
        number => GateValue::Exactly(Quantity::parse(number)?),
    };
    Some(Gate { metric: row.metric.clone()?, op: row.op?, value })
}

/// Merges nodes that fall on one day, and drops live nodes that a short campaign has no room for (MIL-3).
fn merge(milestones: &mut Vec<Milestone>, absent: &mut Vec<(String, Absence)>, window: DateRange, policy: &Policy) {
    let mut out = Vec::new();
    for milestone in milestones.iter() {
        let Some(into) = policy.node(milestone.id.as_str()).and_then(|n| n.merges_into.as_deref()) else { continue };
        let Some(target) = milestones.iter().find(|m| m.id.as_str() == into) else { continue };
        if milestone.due > window.last {
            out.push((milestone.id.clone(), Absence::TooShort));
        } else if milestone.due == target.due && milestone.due_written.is_none() {
            out.push((milestone.id.clone(), Absence::Merged(into.to_owned())));
        }
    }
    for (id, why) in out {
        milestones.retain(|m| m.id != id);
        absent.push((id.as_str().to_owned(), why));
    }
}

fn phases(input: &Input<'_>, schedule: &Schedule, found: &mut Found) -> Vec<PhaseDays> {
    let set = &input.phase_set.phases;
    for (key, phase) in input.phases.0.iter().filter(|(k, _)| set.find(&k.value).is_none()) {
        let _ = phase;
        let what = said!("phase of this rhythm", "该节奏的阶段");
        found.push(
            crate::sources::shape::bad_value(key.span, &key.value, &what, set.keys()).about(input.subject.clone()),
        );
    }
    let mut phases = Vec::new();
    for (id, row) in set.iter() {
        let moved = input.phases.find(id);
        let from = moved.and_then(|m| m.from.as_ref()).or(row.from.as_ref());
        let to = moved.and_then(|m| m.to.as_ref()).or(row.to.as_ref());
        let (Some(from), Some(to)) = (from, to) else { continue };
        let resolve = |due: &Spanned<Due>| schedule.resolve(&due.value, input.calendar);
        let own = |due: &Spanned<Due>| if due.span.file == input.start.span.file { due.span } else { input.start.span };
        let (Some(first), Some(last)) = (resolve(from), resolve(to)) else {
            let wrong = if resolve(from).is_none() { from } else { to };
            let word = wrong.value.to_string();
            let message = said!(
                "`{word}` counts from a milestone this campaign does not have",
                "`{word}` 从本活动没有的里程碑起算"
            );
            let advice = said!(
                "count from `T`, `Z`, `P` or a milestone of this campaign",
                "请从 `T`、`Z`、`P` 或本活动的里程碑起算"
            );
            found.push(Diagnostic::new(&UNKNOWN_NODE, own(wrong), message).hint(advice).about(input.subject.clone()));
            continue;
        };
        let span = if own(from) == input.start.span { own(to) } else { own(from) };
        match DateRange::new(first, last) {
            Some(days) => phases.push(PhaseDays {
                id: id.to_owned(),
                name: row.name.clone(),
                days,
                min_days: row.min_days,
                live: row.live,
                span,
                from_written: moved.and_then(|m| m.from.clone()),
                to_written: moved.and_then(|m| m.to.clone()),
            }),
            // Promotion moved before the start-up phase leaves that phase without a day: nothing to show.
            None if moved.is_none() => {}
            None => {
                let message = said!(
                    "phase `{id}` would end on {last}, before it begins on {first}",
                    "阶段 `{id}` 将在 {last} 结束，早于开始日 {first}"
                );
                let advice = said!("move `from` or `to`", "请调整 `from` 或 `to`");
                found.push(Diagnostic::new(&BAD_VALUE, span, message).hint(advice).about(input.subject.clone()));
            }
        }
    }
    phases
}

#[derive(Clone, Copy)]
enum State {
    Known(Option<Date>),
    Walking,
}

/// Finds each node's date by following what it counts from, and names the circle if there is one.
struct Resolver<'a> {
    window: DateRange,
    calendar: &'a Calendar,
    drafts: &'a [Draft],
    promotion: Option<(Due, Span)>,
    state: BTreeMap<usize, State>,
    path: Vec<usize>,
    subject: &'a Subject,
    found: &'a mut Found,
    absent: Vec<&'a str>,
}

impl Resolver<'_> {
    /// Number of the promotion start among the nodes being walked.
    const PROMOTION: usize = usize::MAX;

    fn promotion(&mut self) -> Option<Date> {
        let (due, span) = self.promotion.clone()?;
        self.walk(Self::PROMOTION, &due, span)
    }

    fn node(&mut self, index: usize) -> Option<Date> {
        let (due, span) = self.drafts[index].due.clone()?;
        self.walk(index, &due, span)
    }

    fn walk(&mut self, index: usize, due: &Due, span: Span) -> Option<Date> {
        match self.state.get(&index) {
            Some(State::Known(date)) => return *date,
            Some(State::Walking) => {
                self.circle(index, span);
                return None;
            }
            None => {}
        }
        self.state.insert(index, State::Walking);
        self.path.push(index);
        let date = self.due(due, Some(span));
        self.path.pop();
        self.state.insert(index, State::Known(date));
        date
    }

    fn due(&mut self, due: &Due, span: Option<Span>) -> Option<Date> {
        let offset = match due {
            Due::On(date) => return Some(*date),
            Due::At(offset) => offset,
        };
        let base = match &offset.anchor {
            Anchor::Start => self.window.first,
            Anchor::End => self.window.last,
            Anchor::Promotion => self.promotion()?,
            Anchor::Node(id) => {
                let find = |name: &str| self.drafts.iter().position(|d| d.id.as_str() == name);
                if let Some(index) = find(&offset.written) {
                    return self.node(index);
                }
                match find(id) {
                    Some(index) => self.node(index)?,
                    None => {
                        if let Some(span) = span {
                            self.unknown(id, span);
                        }
                        return None;
                    }
                }
            }
        };
        Some(shift(base, offset, self.calendar))
    }

    fn unknown(&mut self, id: &str, span: Span) {
        let message = if self.absent.contains(&id) {
            said!("this campaign leaves out the milestone `{id}`", "本活动没有保留里程碑 `{id}`")
        } else {
            said!("there is no milestone `{id}` in this campaign", "本活动没有里程碑 `{id}`")
        };
        let near = words::nearest(id, self.drafts.iter().map(|d| d.id.as_str()));
        let advice = match near {
            Some(near) => said!("did you mean `{near}`?", "是否想写 `{near}`？"),
            None => said!(
                "count from `T`, `Z`, `P` or a milestone of this campaign",
                "请从 `T`、`Z`、`P` 或本活动的里程碑起算"
            ),
        };
        self.found.push(Diagnostic::new(&UNKNOWN_NODE, span, message).hint(advice).about(self.subject.clone()));
    }

    fn circle(&mut self, index: usize, span: Span) {
        let from = self.path.iter().position(|i| *i == index).unwrap_or(0);
        let name = |i: &usize| match self.drafts.get(*i) {
            Some(draft) => draft.id.as_str().to_owned(),
            None => "P".to_owned(),
        };
        let mut names: Vec<String> = self.path[from..].iter().map(name).collect();
        names.push(name(&index));
        let circle = names.join(" → ");
        let first = &names[0];
        let message =
            said!("the dates of these milestones depend on each other: {circle}", "这些里程碑的日期互相依赖：{circle}");
        let advice = said!(
            "give `{first}` a date of its own or count it from `T` or `Z`",
            "请给 `{first}` 一个固定日期，或从 `T`、`Z` 起算"
        );
        self.found.push(Diagnostic::new(&CYCLE, span, message).hint(advice).about(self.subject.clone()));
    }
}

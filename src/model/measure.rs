//! Figures computed from plan and results: gates, attainment, process. Unmeasured is never zero.

use super::Model;
use super::campaign::{Campaign, Kpi};
use super::checklist::{self, Item};
use super::milestone::{Gate, GateValue, Milestone, Standing};
use super::results::Window;
use crate::base::{Date, Quantity, Share};
use crate::policy::{Direction, Metric, Op, Policy};

/// How a gate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateResult {
    /// Its day has not come and nothing is measured.
    Pending,
    /// Its day is past and nothing was measured.
    NotMeasured,
    /// Met, with the value that met it.
    Met(Quantity),
    /// Missed, with the value that missed it.
    Missed(Quantity),
}

/// A gate's threshold as a number; none when it is the target of a metric that has none.
pub fn threshold(campaign: &Campaign, gate: &Gate, policy: &Policy) -> Option<Quantity> {
    match gate.value {
        GateValue::Exactly(quantity) => Some(quantity),
        GateValue::Target => {
            let kpi = campaign.kpi(&gate.metric.value).map(Kpi::current);
            kpi.or_else(|| policy.metric(&gate.metric.value).and_then(|m| m.target))
        }
    }
}

/// Judges a node's gate on `as_of`: by the latest reading up to the node's day, or computed by playbook.
pub fn gate_result(campaign: &Campaign, node: &Milestone, gate: &Gate, policy: &Policy, as_of: Date) -> GateResult {
    let metric = &gate.metric.value;
    let computed = policy.metric(metric).and_then(|m| m.computed.as_deref());
    let actual = match computed {
        Some("preparation") if node.due <= as_of => checklist::preparation_rate(campaign, policy, Some(node.due)),
        Some(_) => None,
        None => campaign.results.reading_until(metric, node.due).map(|r| r.value.value),
    };
    let Some(actual) = actual else {
        return if as_of > node.due { GateResult::NotMeasured } else { GateResult::Pending };
    };
    let met = threshold(campaign, gate, policy).is_none_or(|limit| match gate.op {
        Op::AtLeast => actual >= limit,
        Op::AtMost => actual <= limit,
    });
    if met { GateResult::Met(actual) } else { GateResult::Missed(actual) }
}

/// How a KPI stands against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing measured.
    NotMeasured,
    /// Target reached, in the metric's direction.
    Reached,
    /// Target missed.
    Missed,
}

/// One row of the attainment table (PMR-5).
#[derive(Clone, Debug)]
pub struct Attainment<'a> {
    /// The KPI.
    pub kpi: &'a Kpi,
    /// Its metric, where policy knows it.
    pub metric: Option<&'a Metric>,
    /// The final value: the latest reading during the campaign or of its review, with its day.
    pub actual: Option<(Quantity, Date)>,
    /// Attainment: actual ÷ target, turned round for lower-is-better; 100 % and more is reached.
    pub attainment: Option<Share>,
    /// Whether the target was reached.
    pub verdict: Verdict,
    /// The value of the campaign before that measured the metric.
    pub previous: Option<(Quantity, &'a Campaign)>,
}

/// The latest reading of a metric that is not from before or from the weeks after.
pub fn actual(campaign: &Campaign, metric: &str) -> Option<(Quantity, Date)> {
    let fits = |r: &&super::results::Reading| {
        r.metric.value == metric && window_of(campaign, r.date.value, r.window) == Window::During
    };
    let latest = campaign.results.readings.iter().filter(fits).max_by_key(|r| r.date.value)?;
    Some((latest.value.value, latest.date.value))
}

/// When a reading was taken: stated, else before promotion starts, else during: reservations are counted before T (MIL-5). Only a stated window makes it `after`,
/// since final figures of the campaign itself are extracted days after Z.
pub fn window_of(campaign: &Campaign, date: Date, stated: Option<Window>) -> Window {
    let first = campaign.schedule.as_ref().map(|s| s.promotion.min(s.window.first));
    let first = first.or_else(|| campaign.start.map(|s| s.value));
    stated.unwrap_or(if first.is_some_and(|first| date < first) { Window::Before } else { Window::During })
}

/// The reading of a metric in a window: the latest there is.
pub fn in_window(campaign: &Campaign, metric: &str, window: Window) -> Option<(Quantity, Date)> {
    let fits = |r: &&super::results::Reading| {
        r.metric.value == metric && window_of(campaign, r.date.value, r.window) == window
    };
    let latest = campaign.results.readings.iter().filter(fits).max_by_key(|r| r.date.value)?;
    Some((latest.value.value, latest.date.value))
}

/// The attainment table of a campaign, in the order of its KPIs.
pub fn attainments<'a>(model: &'a Model, campaign: &'a Campaign) -> Vec<Attainment<'a>> {
    campaign.kpis.iter().map(|kpi| attainment(model, campaign, kpi)).collect()
}

fn attainment<'a>(model: &'a Model, campaign: &'a Campaign, kpi: &'a Kpi) -> Attainment<'a> {
    let metric = model.policy.metric(&kpi.metric.value);
    let measured = actual(campaign, &kpi.metric.value);
    let target = kpi.current();
    let lower = metric.and_then(|m| m.direction) == Some(Direction::Lower);
    let verdict = match measured {
        None => Verdict::NotMeasured,
        Some((value, _)) if (lower && value <= target) || (!lower && value >= target) => Verdict::Reached,
        Some(_) => Verdict::Missed,
    };
    // A ratio says nothing when target and value differ in sign, as for changes that should be negative.
    let attainment = measured.and_then(|(value, _)| {
        let (part, whole) = if lower { (target, value) } else { (value, target) };
        (target.0 > 0 && value.0 >= 0).then(|| part.share_of(whole)).flatten()
    });
    Attainment {
        kpi,
        metric,
        actual: measured,
        attainment,
        verdict,
        previous: previous(model, campaign, &kpi.metric.value),
    }
}

/// The last campaign before this one that measured a metric, and its value.
pub fn previous<'a>(model: &'a Model, campaign: &Campaign, metric: &str) -> Option<(Quantity, &'a Campaign)> {
    let start = campaign.start?.value;
    let earlier = model.campaigns.iter().rev().filter(|c| c.start.is_some_and(|s| s.value < start));
    earlier.filter_map(|c| actual(c, metric).map(|(value, _)| (value, c))).next()
}

/// Attainment by weight (GOL-11): of what was measured, and how much of the weight that is. None when nothing was.
pub fn weighted(rows: impl Iterator<Item = (Share, Share)>) -> Option<(Share, Share)> {
    let (mut sum, mut weights) = (0_i128, 0_i128);
    for (weight, attained) in rows {
        // What is beyond the target of one does not make up for another.
        let attained = attained.0.clamp(0, Share::WHOLE.0);
        sum += i128::from(weight.0) * i128::from(attained);
        weights += i128::from(weight.0);
    }
    let measured = Share(i64::try_from(weights).ok()?);
    Some((Share::of(sum, weights.checked_mul(i128::from(Share::WHOLE.0))?)?, measured))
}

/// How the work went (PMR-6), as of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Process {
    /// Nodes due so far.
    pub due: usize,
    /// Of these, done on their day or before.
    pub on_time: usize,
    /// Of these, done late.
    pub late: usize,
    /// Of these, still not done.
    pub open: usize,
    /// Days of delay of the late ones added up, and of the open ones until now.
    pub delay_days: i64,
    /// Checklist items due so far.
    pub items_due: usize,
    /// Of these, done.
    pub items_done: usize,
    /// Plan changes after the plan review.
    pub revisions: usize,
    /// Of these, rejections of the whole plan.
    pub rejections: usize,
}

impl Process {
    /// Punctuality: on time ÷ due.
    pub fn punctuality(&self) -> Option<Share> {
        share(self.on_time, self.due)
    }
    /// Checklist completion: done ÷ due.
    pub fn completion(&self) -> Option<Share> {
        share(self.items_done, self.items_due)
    }
}

fn share(part: usize, whole: usize) -> Option<Share> {
    Share::of(i128::try_from(part).ok()?, i128::try_from(whole).ok()?)
}

/// Computes the process figures of a campaign as of a day.
pub fn process(campaign: &Campaign, as_of: Date) -> Process {
    let mut process = Process {
        revisions: campaign.results.revisions.len(),
        rejections: campaign.results.revisions.iter().filter(|r| r.rejected).count(),
        ..Process::default()
    };
    for node in campaign.schedule.iter().flat_map(|s| &s.milestones) {
        match node.standing(as_of) {
            Standing::Open { .. } => continue,
            Standing::Done { late: 0 } => process.on_time += 1,
            Standing::Done { late } => {
                process.late += 1;
                process.delay_days += late;
            }
            Standing::Overdue { days } => {
                process.open += 1;
                process.delay_days += days;
            }
        }
        process.due += 1;
    }
    let due = |item: &&Item| item.due.is_some_and(|d| d <= as_of);
    process.items_due = campaign.checklist.iter().filter(due).count();
    process.items_done = campaign.checklist.iter().filter(due).filter(|i| i.done.is_some()).count();
    process
}

/// Where a campaign stands as of a day (CAL-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Before T.
    Planned,
    /// From T to Z.
    Running,
    /// After Z, review not closed.
    Reviewed,
    /// Review closed.
    Closed,
}

/// The lane a campaign is in as of a day. Running is the live window alone: before it a campaign is being planned.
pub fn lane(campaign: &Campaign, policy: &Policy, as_of: Date) -> Option<Lane> {
    let schedule = campaign.schedule.as_ref()?;
    Some(if campaign.called_off.is_some() {
        Lane::Closed
    } else if as_of < schedule.window.first {
        Lane::Planned
    } else if as_of <= schedule.window.last {
        Lane::Running
    } else {
        let last = policy.rows.review.as_ref().and_then(|r| r.statuses.keys().last().map(str::to_owned));
        let closed = campaign.postmortem.as_ref().zip(last).is_some_and(|(p, last)| p.is_at_least(&last, policy));
        if closed { Lane::Closed } else { Lane::Reviewed }
    })
}

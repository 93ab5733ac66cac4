//! What a month, quarter or year came to over all its campaigns (PMR-8, MON-2, PMR-10). Unmeasured is never zero.

use super::Model;
use super::campaign::Campaign;
use super::gauge::money::returned;
use super::measure::{self, Verdict};
use super::milestone::Standing;
use super::period::Period;
use super::spending;
use crate::base::{Date, Money, Quantity, Share, Text};
use crate::policy::{Dimension, Direction, Metric};
use std::collections::BTreeMap;

/// The figures of a period.
#[derive(Debug, Default)]
pub struct Rollup<'a> {
    /// Campaigns whose first live day lies in it, in order of start.
    pub campaigns: Vec<&'a Campaign>,
    /// Their budgets, and what was spent on campaigns called off.
    pub planned: Money,
    /// What was spent on them so far.
    pub spent: Money,
    /// What went out within the period, on any campaign.
    pub paid: Money,
    /// Targets of its campaigns that were reached.
    pub reached: usize,
    /// Targets of its campaigns that were measured.
    pub measured: usize,
    /// All their targets.
    pub targets: usize,
    /// Nodes of any campaign that were due within it so far.
    pub due: usize,
    /// Of these, done on their day or before.
    pub on_time: usize,
    /// Of these, still not done.
    pub overdue: usize,
    /// Return on investment over its campaigns, by their spending.
    pub roi: Option<Quantity>,
}

impl Rollup<'_> {
    /// Spent ÷ planned.
    pub fn execution(&self) -> Option<Share> {
        self.spent.share_of(self.planned)
    }
    /// On time ÷ due.
    pub fn punctuality(&self) -> Option<Share> {
        Share::of(i128::try_from(self.on_time).ok()?, i128::try_from(self.due).ok()?)
    }
}

/// The campaigns of a period, in order of start; those called off are no part of it.
pub fn campaigns(model: &Model, period: Period) -> Vec<&Campaign> {
    model.dated().filter(|(_, s)| period.days.contains(s.window.first)).map(|(c, _)| c).collect()
}

/// Campaigns called off that would have begun in a period, in order of start.
pub fn called_off(model: &Model, period: Period) -> Vec<&Campaign> {
    let all = model.scheduled().filter(|(c, s)| c.called_off.is_some() && period.days.contains(s.window.first));
    all.map(|(c, _)| c).collect()
}

/// Adds a period up, as of the day of judgement. Money of another currency than the book's is left out.
pub fn rollup(model: &Model, period: Period) -> Rollup<'_> {
    let mut sum = Rollup { campaigns: campaigns(model, period), ..Rollup::default() };
    let is_ours = |c: &&Campaign| c.budget.as_ref().is_none_or(|b| b.currency.value == model.settings.currency);
    let (mut weighed, mut weight) = (0_i128, 0_i128);
    for campaign in called_off(model, period).into_iter().filter(|c| is_ours(c)) {
        sum.planned = sum.planned + campaign.results.spent();
        sum.spent = sum.spent + campaign.results.spent();
    }
    for campaign in sum.campaigns.clone() {
        let spent = campaign.results.spent();
        if is_ours(&campaign) {
            sum.planned = sum.planned + campaign.budget.as_ref().and_then(|b| b.total).map_or(Money::ZERO, |t| t.value);
            sum.spent = sum.spent + spent;
            if let Some(roi) = returned(model, campaign).filter(|_| spent.0 > 0) {
                weighed += i128::from(roi.0) * spent.0;
                weight += spent.0;
            }
        }
        for row in measure::attainments(model, campaign) {
            sum.targets += 1;
            sum.measured += usize::from(row.verdict != Verdict::NotMeasured);
            sum.reached += usize::from(row.verdict == Verdict::Reached);
        }
    }
    sum.roi = (weight > 0).then(|| Quantity(i64::try_from((weighed + weight / 2) / weight).unwrap_or(i64::MAX)));
    let spends = model.campaigns.iter().filter(is_ours).flat_map(|c| &c.results.spends);
    sum.paid = spends.filter(|s| period.days.contains(s.date.value)).map(|s| s.amount.value).sum();
    for node in model.dated().flat_map(|(_, s)| &s.milestones).filter(|n| period.days.contains(n.due)) {
        match node.standing(model.as_of) {
            Standing::Open { .. } => continue,
            Standing::Done { late: 0 } => sum.on_time += 1,
            Standing::Done { .. } => {}
            Standing::Overdue { .. } => sum.overdue += 1,
        }
        sum.due += 1;
    }
    sum
}

/// How a value is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Not as it should be.
    Bad,
    /// Nothing to hold it against.
    Plain,
}

/// What a campaign comes to in a dimension of spending (MON-2).
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A share computed by playbook.
    Share(Share, Tone),
    /// A measured value and its metric.
    Measured(Quantity, &'a Metric, Tone),
}

impl Value<'_> {
    /// How it is judged.
    pub fn tone(&self) -> Tone {
        match self {
            Self::Share(_, tone) | Self::Measured(.., tone) => *tone,
        }
    }
}

/// The value of a campaign in a dimension; none when nothing is measured, or the campaign is not over.
pub fn value<'a>(model: &'a Model, campaign: &Campaign, dimension: &Dimension) -> Option<Value<'a>> {
    if dimension.metrics.is_empty() {
        let share = spending::execution(campaign).filter(|_| is_over(campaign, model.as_of))?;
        let is_good = dimension.least.is_none_or(|l| share > l) && dimension.most.is_none_or(|m| share <= m);
        return Some(Value::Share(share, if is_good { Tone::Good } else { Tone::Bad }));
    }
    let measured = dimension.metrics.iter().find_map(|m| {
        let metric = model.policy.metric(&m.value)?;
        Some((&m.value, metric, final_value(campaign, &m.value)?))
    });
    let (id, metric, value) = measured?;
    let target = campaign.kpi(id).map(super::campaign::Kpi::current).or(metric.target);
    let tone = match (target, metric.direction) {
        (None, _) => Tone::Plain,
        (Some(target), Some(Direction::Lower)) if value <= target => Tone::Good,
        (Some(target), Some(Direction::Higher | Direction::Range) | None) if value >= target => Tone::Good,
        _ => Tone::Bad,
    };
    Some(Value::Measured(value, metric, tone))
}

/// The last value of a metric: of the weeks after, else of the campaign itself.
fn final_value(campaign: &Campaign, metric: &str) -> Option<Quantity> {
    let after = measure::in_window(campaign, metric, super::results::Window::After);
    after.or_else(|| measure::actual(campaign, metric)).map(|(value, _)| value)
}

/// Whether the last live day is past.
pub fn is_over(campaign: &Campaign, as_of: Date) -> bool {
    campaign.schedule.as_ref().is_some_and(|s| s.window.last < as_of)
}

/// A problem that more than one review names.
#[derive(Debug)]
pub struct Repeated<'a> {
    /// Its tag.
    pub tag: &'a str,
    /// The campaigns whose review names it, in order of start.
    pub campaigns: Vec<&'a Campaign>,
    /// Whether it came up as often as policy lets pass.
    pub is_at_limit: bool,
}

/// Problems that came up more than once within the months of policy before the period's end, at least once within the period (PMR-10).
pub fn repeated(model: &Model, period: Period) -> Vec<Repeated<'_>> {
    let month = |d: Date| i64::from(d.year()) * 12 + i64::from(d.month());
    let last = month(period.days.last);
    let window = model.policy.figure("repeat-window-months");
    let limit = usize::try_from(model.policy.figure("repeat-limit")).unwrap_or(usize::MAX);
    let mut by_tag: BTreeMap<&str, Vec<&Campaign>> = BTreeMap::new();
    for (campaign, schedule) in model.dated() {
        let age = last - month(schedule.window.first);
        for tag in campaign.postmortem.iter().flat_map(|p| &p.problem_tags).filter(|_| (0..window).contains(&age)) {
            let list = by_tag.entry(&tag.value).or_default();
            if list.last().is_none_or(|c| c.id != campaign.id) {
                list.push(campaign);
            }
        }
    }
    let here = |c: &&Campaign| c.start.is_some_and(|s| period.days.contains(s.value));
    let mut list: Vec<Repeated<'_>> = by_tag
        .into_iter()
        .filter(|(_, campaigns)| campaigns.len() > 1 && campaigns.iter().any(here))
        .map(|(tag, campaigns)| Repeated { tag, is_at_limit: campaigns.len() >= limit, campaigns })
        .collect();
    list.sort_by_key(|r| std::cmp::Reverse(r.campaigns.len()));
    list
}

/// The lessons of a period: those that later campaigns use first, then the latest.
pub fn lessons(model: &Model, period: Period) -> Vec<(&Campaign, &Text)> {
    let users = |c: &Campaign| {
        model.campaigns.iter().flat_map(|o| &o.lessons_from).filter(|l| l.value == c.id.as_str()).count()
    };
    let mut list = campaigns(model, period);
    list.reverse();
    list.sort_by_key(|c| std::cmp::Reverse(users(c)));
    // One of each review before the second of any.
    let all: Vec<_> = list.into_iter().filter_map(|c| Some((c, &c.postmortem.as_ref()?.lessons))).collect();
    let most = all.iter().map(|(_, l)| l.len()).max().unwrap_or(0);
    (0..most).flat_map(|at| all.iter().filter_map(move |(c, l)| Some((*c, l.get(at)?)))).collect()
}

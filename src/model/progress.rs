//! How the goals of a year stand: month by month, step by step. Unmeasured is never zero.

use super::Model;
use super::goal::{Goal, Split};
use super::measure;
use super::programme::Programme;
use crate::base::{Date, DateRange, Quantity, Share};
use crate::policy::{Direction, Metric, MetricUnit, Months, Policy};

/// Months of a year.
pub const YEAR: usize = 12;

/// How a value stands against what was wanted of it by some day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Track {
    /// Its day has not come.
    Open,
    /// Its day is past and nothing was measured.
    NotMeasured,
    /// Reached.
    On(Quantity),
    /// Missed.
    Off(Quantity),
}

/// A quarterly step and how it stands.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Quarter, 1–4.
    pub quarter: i64,
    /// Wanted at its end.
    pub value: Quantity,
    /// Its last day.
    pub end: Date,
    /// How it stands.
    pub track: Track,
}

/// The metric of a goal, where policy knows it.
pub fn metric<'a>(policy: &'a Policy, goal: &Goal) -> Option<&'a Metric> {
    goal.metric.as_ref().and_then(|m| policy.metric(&m.value))
}

/// Whether the months of this metric add up to the year; else the last one is the year's figure.
pub fn adds(metric: Option<&Metric>) -> bool {
    metric.and_then(|m| m.months) == Some(Months::Add)
}

/// Whether `actual` is at least as good as `wanted`.
pub fn is_reached(metric: Option<&Metric>, actual: Quantity, wanted: Quantity) -> bool {
    if metric.and_then(|m| m.direction) == Some(Direction::Lower) { actual <= wanted } else { actual >= wanted }
}

/// Twelve values that go from `from` to `to` in equal steps and end on `to` exactly, in whole units of `unit`.
pub fn even(from: Quantity, to: Quantity, unit: i64) -> [Quantity; YEAR] {
    let mut values = [to; YEAR];
    let whole = i128::from(to.0) - i128::from(from.0);
    for (n, value) in (1_i128..).zip(values.iter_mut().take(YEAR - 1)) {
        let exact = whole * n / 12 + i128::from(from.0);
        let unit = i128::from(unit.max(1));
        let half = unit / 2 * exact.signum();
        *value = Quantity(i64::try_from((exact + half) / unit * unit).unwrap_or(to.0));
    }
    values
}

/// The smallest step in which a value of this unit is planned: whole things, else tenths.
pub fn step_of(unit: Option<MetricUnit>, value: Quantity) -> i64 {
    let whole = Quantity::whole(1).0;
    match unit {
        Some(MetricUnit::Count | MetricUnit::Money) if value.0 % whole == 0 => whole,
        _ if value.0 % (whole / 10) == 0 => whole / 10,
        _ if value.0 % (whole / 100) == 0 => whole / 100,
        _ => 1,
    }
}

/// Twelve parts that make `total` exactly: what each month adds when the year is split evenly.
pub fn parts(total: Quantity, unit: i64) -> [Quantity; YEAR] {
    let mut values = even(Quantity(0), total, unit);
    for month in (1..YEAR).rev() {
        values[month] = Quantity(values[month].0 - values[month - 1].0);
    }
    values
}

/// The monthly values of a goal: as written, else in equal steps.
pub fn months(policy: &Policy, goal: &Goal, current: Option<Quantity>) -> Option<[Quantity; YEAR]> {
    if let Some(months) = &goal.months {
        return <[Quantity; YEAR]>::try_from(months.value.as_slice()).ok();
    }
    let target = current.filter(|_| goal.split != Some(Split::Weighted))?;
    let metric = metric(policy, goal);
    let unit = step_of(metric.and_then(|m| m.unit), target);
    if adds(metric) { Some(parts(target, unit)) } else { goal.baseline.map(|from| even(from, target, unit)) }
}

/// What a goal's metric came to in a month: as recorded for the goal, else by the campaigns that began in it.
pub fn actual(model: &Model, programme: &Programme, goal: &Goal, month: u8) -> Option<Quantity> {
    let days = DateRange::month(programme.year, month)?;
    let id = goal.id.value.as_str();
    let mine = programme.goals.readings.iter().filter(|r| r.goal.value == id);
    let stated = mine.filter(|r| days.contains(r.date.value) && r.date.value <= model.as_of);
    if let Some(latest) = stated.max_by_key(|r| r.date.value) {
        return Some(latest.value);
    }
    let name = goal.metric.as_ref()?.value.as_str();
    let began = |c: &&super::campaign::Campaign| c.start.is_some_and(|s| days.contains(s.value));
    let values = model.held_of(programme).filter(began).filter_map(|c| measure::actual(c, name));
    let values: Vec<Quantity> = values.map(|(value, _)| value).collect();
    if adds(metric(&model.policy, goal)) && !values.is_empty() {
        Some(Quantity(values.iter().map(|v| v.0).sum()))
    } else {
        values.last().copied()
    }
}

/// What the year came to by the end of a month: the sum of its months, or the latest of them.
pub fn until(model: &Model, programme: &Programme, goal: &Goal, month: u8) -> Option<Quantity> {
    let values: Vec<Quantity> = (1..=month).filter_map(|m| actual(model, programme, goal, m)).collect();
    if adds(metric(&model.policy, goal)) && !values.is_empty() {
        return Some(Quantity(values.iter().map(|v| v.0).sum()));
    }
    values.last().copied()
}

/// The last month of the year that is over: 0 before its first month ended, 12 after the year.
pub fn closed(programme: &Programme, as_of: Date) -> u8 {
    let is_over = |month: &u8| DateRange::month(programme.year, *month).is_some_and(|days| days.last < as_of);
    (1..=12).rev().find(is_over).unwrap_or(0)
}

/// What was wanted by the end of a month.
pub fn wanted_until(policy: &Policy, goal: &Goal, months: &[Quantity; YEAR], month: u8) -> Option<Quantity> {
    let so_far = months.get(..usize::from(month))?;
    let last = *so_far.last()?;
    Some(if adds(metric(policy, goal)) { Quantity(so_far.iter().map(|v| v.0).sum()) } else { last })
}

/// Attainment so far: what was measured by the end of a month ÷ what was wanted; turned round where lower is better.
pub fn attainment(metric: Option<&Metric>, actual: Quantity, wanted: Quantity) -> Option<Share> {
    let lower = metric.and_then(|m| m.direction) == Some(Direction::Lower);
    // Both below zero: a fall of 12 of 20 wanted is 60 %.
    let (part, whole) = if lower && wanted.0 > 0 { (wanted, actual) } else { (actual, wanted) };
    (whole.0 != 0 && part.0.signum() == whole.0.signum()).then(|| part.share_of(whole)).flatten()
}

/// The last day of a quarter.
pub fn quarter_end(year: i16, quarter: i64) -> Option<Date> {
    let month = u8::try_from(quarter.checked_mul(3)?).ok()?;
    DateRange::month(year, month).map(|days| days.last)
}

/// The steps of a goal in order, each judged by what was known at its end.
pub fn steps(model: &Model, programme: &Programme, goal: &Goal) -> Vec<Step> {
    let metric = metric(&model.policy, goal);
    let step = |(quarter, value): &(crate::base::Spanned<i64>, crate::base::Spanned<Quantity>)| {
        let end = quarter_end(programme.year, quarter.value)?;
        let track = if model.as_of <= end {
            Track::Open
        } else {
            match until(model, programme, goal, end.month()) {
                None => Track::NotMeasured,
                Some(actual) if is_reached(metric, actual, value.value) => Track::On(actual),
                Some(actual) => Track::Off(actual),
            }
        };
        Some(Step { quarter: quarter.value, value: value.value, end, track })
    };
    goal.steps.iter().filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn twelve_parts_of_twenty_percent_make_twenty() {
        let parts = parts(q("20"), step_of(Some(MetricUnit::Percent), q("20")));
        assert_eq!(parts.iter().map(|p| p.0).sum::<i64>(), q("20").0);
        assert_eq!(parts[0], q("1.7"));
        assert!(parts.iter().all(|p| [q("1.6"), q("1.7")].contains(p)), "{parts:?}");
    }

    #[test]
    fn whole_things_are_planned_whole() {
        let parts = parts(q("100"), step_of(Some(MetricUnit::Count), q("100")));
        assert!(parts.iter().all(|p| p.0 % q("1").0 == 0));
        assert_eq!(parts.iter().map(|p| p.0).sum::<i64>(), q("100").0);
    }

    #[test]
    fn a_fall_is_planned_and_attained_as_a_fall() {
        let values = even(q("0"), q("-20"), q("0.1").0);
        assert_eq!((values[0], values[11]), (q("-1.7"), q("-20")));
        let metric = None;
        assert_eq!(attainment(metric, q("-12"), q("-20")), Some(Share::percent(60)));
        assert_eq!(attainment(metric, q("3"), q("-20")), None);
    }
}

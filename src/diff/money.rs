//! Money before and after: totals, lines, and the buckets of each axis in money and share.

use super::values::{Change, Percent, Sum};
use super::{name, same};
use crate::base::{Currency, Money, Said};
use crate::model::budget::{Budget, Line};
use crate::policy::Policy;
use serde::Serialize;
use std::collections::BTreeMap;

/// What changed in a budget.
#[derive(Debug, Serialize)]
pub struct MoneyChange {
    /// The whole; none where it stays.
    pub total: Option<Change<Sum>>,
    /// Lines that came, went or changed their amount.
    pub lines: Vec<LineChange>,
    /// Axes on which money is cut in another way, with all their buckets.
    pub axes: Vec<AxisChange>,
}

/// A line of a budget.
#[derive(Debug, Serialize)]
pub struct LineChange {
    /// Its name.
    pub name: Said,
    /// Its amount.
    #[serde(flatten)]
    pub amount: Change<Sum>,
}

/// An axis.
#[derive(Debug, Serialize)]
pub struct AxisChange {
    /// Its id.
    pub axis: String,
    /// Its name.
    pub name: Said,
    /// Its buckets in the order of policy; what carries no tag comes last, as `untagged`.
    pub buckets: Vec<BucketChange>,
}

/// A bucket of an axis.
#[derive(Debug, Serialize)]
pub struct BucketChange {
    /// Its id.
    pub bucket: String,
    /// Its name.
    pub name: Said,
    /// Its money.
    pub amount: Change<Sum>,
    /// Its share of all lines.
    pub share: Change<Percent>,
}

/// One side of a comparison: all lines that count.
#[derive(Clone, Debug)]
pub(super) struct Lines<'a> {
    pub(super) lines: Vec<&'a Line>,
    pub(super) currency: Currency,
}

impl Lines<'_> {
    fn sum(&self, of: impl Fn(&Line) -> bool) -> Money {
        self.lines.iter().filter(|line| of(line)).map(|line| line.amount.value).sum()
    }
}

/// Compares two budgets; none where nothing changed.
pub(super) fn of_budgets(before: Option<&Budget>, after: Option<&Budget>, policy: &Policy) -> Option<MoneyChange> {
    let lines = |budget: &Budget| by_name(budget);
    let (old, new) = (before.map(lines).unwrap_or_default(), after.map(lines).unwrap_or_default());
    let mut changed = Vec::new();
    for (key, (line_name, amount)) in &new {
        let was = old.get(key).map(|(_, amount)| *amount);
        changed.extend(Change::of(was, Some(*amount)).map(|amount| LineChange { name: line_name.clone(), amount }));
    }
    for (_, (line_name, amount)) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
        let amount = Change { before: Some(*amount), after: None };
        changed.push(LineChange { name: line_name.clone(), amount });
    }
    let change = MoneyChange {
        total: Change::of(before.map(total), after.map(total)),
        lines: changed,
        axes: axes(before.map(all).as_ref(), after.map(all).as_ref(), policy),
    };
    let is_empty = change.total.is_none() && change.lines.is_empty() && change.axes.is_empty();
    (!is_empty).then_some(change)
}

/// The total as written, else the sum of the lines.
pub(super) fn total(budget: &Budget) -> Sum {
    let money = budget.total.map_or_else(|| budget.sum(), |total| total.value);
    Sum { money, currency: budget.currency.value }
}

fn all(budget: &Budget) -> Lines<'_> {
    Lines { lines: budget.lines.iter().collect(), currency: budget.currency.value }
}

/// Lines by id, else by name and number among those of that name.
fn by_name(budget: &Budget) -> BTreeMap<(String, usize), (Said, Sum)> {
    let mut lines = BTreeMap::new();
    for line in &budget.lines {
        let said = name(&line.name);
        let word = line.id.as_ref().map_or_else(|| said.en.clone(), |id| format!("#{}", id.value.as_str()));
        let nth = (0..).find(|n| !lines.contains_key(&(word.clone(), *n))).unwrap_or(0);
        lines.insert((word, nth), (said, Sum { money: line.amount.value, currency: budget.currency.value }));
    }
    lines
}

/// The axes on which two sides differ.
pub(super) fn axes(before: Option<&Lines<'_>>, after: Option<&Lines<'_>>, policy: &Policy) -> Vec<AxisChange> {
    let mut changed = Vec::new();
    for (axis, row) in policy.rows.axes.iter() {
        let is_tagged = |side: &&Lines<'_>| side.lines.iter().any(|line| line.tag(axis).is_some());
        if before.filter(is_tagged).is_none() && after.filter(is_tagged).is_none() {
            continue;
        }
        let bucket = |id: &str, name: Said, of: &dyn Fn(&Line) -> bool| {
            let sum = |side: &Lines<'_>| Sum { money: side.sum(of), currency: side.currency };
            let share = |side: &Lines<'_>| side.sum(of).share_of(side.sum(|_| true)).map(Percent);
            BucketChange {
                bucket: id.to_owned(),
                name,
                amount: Change { before: before.map(sum), after: after.map(sum) },
                share: Change { before: before.and_then(share), after: after.and_then(share) },
            }
        };
        let mut buckets: Vec<BucketChange> = row
            .values
            .iter()
            .map(|(value, text)| {
                bucket(value, name(text), &|line: &Line| line.tag(axis).is_some_and(|tag| tag.value == value))
            })
            .collect();
        let untagged = Said { en: "untagged".to_owned(), zh: "未标注".to_owned() };
        buckets.push(bucket("untagged", untagged, &|line: &Line| line.tag(axis).is_none()));
        let is_changed = |b: &BucketChange| b.amount.before != b.amount.after || b.share.before != b.share.after;
        if !buckets.iter().any(is_changed) {
            continue;
        }
        // A bucket that holds nothing on either side says nothing.
        let holds = |sum: Option<Sum>| sum.is_some_and(|sum| sum.money != Money::ZERO);
        buckets.retain(|b| holds(b.amount.before) || holds(b.amount.after));
        let label = if row.name.is_empty() { same(axis) } else { name(&row.name) };
        changed.push(AxisChange { axis: axis.to_owned(), name: label, buckets });
    }
    changed
}

//! What is not one campaign's own: years, procedures, waivers, policy, findings, files.

use super::campaigns::{Kind, TargetChange};
use super::money::{self, Lines, MoneyChange};
use super::values::{Change, Sum};
use super::{Side, name};
use crate::base::{Date, Diagnostic, Money, Said, Severity};
use crate::checks::words::in_unit;
use crate::model::Model;
use crate::model::programme::Programme;
use crate::model::rollup::is_over;
use crate::model::sop::{Sop, SopItem};
use crate::report::identity;
use crate::report::position::Lines as TextLines;
use crate::sources::Sources;
use serde::Serialize;
use std::collections::BTreeMap;

/// A year whose money or goals changed.
#[derive(Debug, Serialize)]
pub struct YearChange {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What the campaigns of the year plan to spend, those called off left out.
    pub money: Option<MoneyChange>,
    /// The company's annual marketing budget.
    pub annual: Option<Change<Sum>>,
    /// Goals.
    pub targets: Vec<TargetChange>,
}

/// A procedure that changed.
#[derive(Debug, Serialize)]
pub struct SopChange {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What happened to it.
    pub kind: Kind,
    /// Items that came.
    pub added: Vec<SopItemChange>,
    /// Items that went.
    pub dropped: Vec<SopItemChange>,
    /// Items whose words, day, role or weight changed.
    pub changed: Vec<SopItemChange>,
}

/// An item of a procedure, and the campaigns that are not over and have it.
#[derive(Debug, Serialize)]
pub struct SopItemChange {
    /// Its id.
    pub item: String,
    /// Its words.
    pub name: Said,
    /// Whether a campaign may not go on without it.
    pub must: bool,
    /// Campaigns by id.
    pub reaches: Vec<String>,
}

/// A waiver that came, went or changed its expiry.
#[derive(Debug, Serialize)]
pub struct WaiverChange {
    /// The rule it sets aside.
    pub rule: String,
    /// What it covers.
    pub target: String,
    /// What happened to it.
    pub kind: Kind,
    /// Who approved it.
    pub approver: String,
    /// Its last day.
    #[serde(flatten)]
    pub expires: Change<Date>,
    /// Why.
    pub reason: Said,
}

/// A value of policy.
#[derive(Debug, Serialize)]
pub struct PolicyChange {
    /// Its dotted path.
    pub path: String,
    /// Its value in TOML notation.
    #[serde(flatten)]
    pub value: Change<String>,
}

/// A finding.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// Its weight.
    pub severity: Severity,
    /// What is wrong.
    pub message: Said,
    /// The file, from the playbook's folder.
    pub path: Option<String>,
    /// The line in it.
    pub line: Option<usize>,
}

/// A finding that stood before and says other figures now.
#[derive(Debug, Serialize)]
pub struct Altered {
    /// What it said before.
    pub was: Said,
    /// What it says now.
    #[serde(flatten)]
    pub now: Finding,
}

/// Files by what happened to them.
#[derive(Debug, Default, Serialize)]
pub struct Files {
    /// New ones.
    pub added: Vec<String>,
    /// Those with other bytes.
    pub changed: Vec<String>,
    /// Those that are gone.
    pub removed: Vec<String>,
}

/// The keys of both, each once, in order.
fn keys<'a, K: Ord, V>(old: &'a BTreeMap<K, V>, new: &'a BTreeMap<K, V>) -> Vec<&'a K> {
    let mut keys: Vec<&K> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    keys
}

pub(super) fn years(before: &Model, after: &Model) -> Vec<YearChange> {
    let by_id = |model: &'_ Model| -> BTreeMap<String, usize> {
        model.programmes.iter().enumerate().map(|(at, p)| (p.id.as_str().to_owned(), at)).collect()
    };
    let (old, new) = (by_id(before), by_id(after));
    let mut changes = Vec::new();
    for id in keys(&old, &new) {
        let was = old.get(id).map(|at| (&before.programmes[*at], before));
        let is = new.get(id).map(|at| (&after.programmes[*at], after));
        let Some((programme, model)) = is.or(was) else { continue };
        let total = |side: &Lines<'_>| Sum {
            money: side.lines.iter().map(|line| line.amount.value).sum::<Money>(),
            currency: side.currency,
        };
        let (old, new) = (was.map(lines), is.map(lines));
        let money = MoneyChange {
            total: Change::of(old.as_ref().map(total), new.as_ref().map(total)),
            lines: Vec::new(),
            axes: money::axes(old.as_ref(), new.as_ref(), &model.policy),
        };
        let annual = |(programme, model): (&Programme, &Model)| {
            programme.annual.map(|money| Sum { money: money.value, currency: model.settings.currency })
        };
        let change = YearChange {
            id: id.clone(),
            name: name(&programme.title),
            money: (money.total.is_some() || !money.axes.is_empty()).then_some(money),
            annual: Change::of(was.and_then(annual), is.and_then(annual)),
            targets: goals(was, is),
        };
        if change.money.is_some() || change.annual.is_some() || !change.targets.is_empty() {
            changes.push(change);
        }
    }
    changes
}

/// The lines of a year's campaigns in the book's currency, those called off left out.
fn lines<'a>((programme, model): (&Programme, &'a Model)) -> Lines<'a> {
    let currency = model.settings.currency;
    let counts = |c: &&crate::model::campaign::Campaign| {
        c.called_off.is_none() && c.programme.as_ref().is_some_and(|p| p.value == programme.id.as_str())
    };
    let budgets = model.campaigns.iter().filter(counts).filter_map(|c| c.budget.as_ref());
    let lines = budgets.filter(|budget| budget.currency.value == currency).flat_map(|budget| &budget.lines);
    Lines { lines: lines.collect(), currency }
}

fn goals(before: Option<(&Programme, &Model)>, after: Option<(&Programme, &Model)>) -> Vec<TargetChange> {
    let read = |(programme, model): (&Programme, &Model)| -> BTreeMap<String, (Said, Option<Said>)> {
        let goals = programme.goals.list.iter();
        goals
            .map(|goal| {
                let unit = goal.metric.as_ref().and_then(|m| model.policy.metric(&m.value)).and_then(|m| m.unit);
                let target = programme.goals.current(goal).map(|value| in_unit(value, unit));
                (goal.id.value.as_str().to_owned(), (name(&goal.title), target))
            })
            .collect()
    };
    let (old, new) = (before.map(read).unwrap_or_default(), after.map(read).unwrap_or_default());
    let change = |id: &String| {
        let (was, is) = (old.get(id), new.get(id));
        let (label, _) = is.or(was)?;
        let target = Change::of(was.and_then(|w| w.1.clone()), is.and_then(|i| i.1.clone()))?;
        Some(TargetChange { metric: id.clone(), name: label.clone(), target })
    };
    keys(&old, &new).into_iter().filter_map(change).collect()
}

pub(super) fn sops(before: &Model, after: &Model) -> Vec<SopChange> {
    fn by_id(model: &Model) -> BTreeMap<&str, &Sop> {
        model.sops.iter().map(|sop| (sop.id.as_str(), sop)).collect()
    }
    let (old, new) = (by_id(before), by_id(after));
    let mut changes = Vec::new();
    for id in keys(&old, &new) {
        let (was, is) = (old.get(id).copied(), new.get(id).copied());
        let Some(sop) = is.or(was) else { continue };
        let item = |item: &SopItem, model: &Model| SopItemChange {
            item: item.id.value.as_str().to_owned(),
            name: name(&item.text),
            must: item.must,
            reaches: reached(model, id, item.id.value.as_str()),
        };
        let items = |sop: Option<&Sop>| -> Vec<SopItem> { sop.map(|sop| sop.items.clone()).unwrap_or_default() };
        let (had, has) = (items(was), items(is));
        let find = |list: &[SopItem], one: &SopItem| list.iter().find(|i| i.id.value == one.id.value).cloned();
        let differs = |a: &SopItem, b: &SopItem| {
            let due = |i: &SopItem| i.due.as_ref().map(|d| d.value.clone());
            let role = |i: &SopItem| i.role.as_ref().map(|r| r.value.clone());
            a.text != b.text || due(a) != due(b) || role(a) != role(b) || a.must != b.must
        };
        let change = SopChange {
            id: (*id).to_owned(),
            name: name(&sop.title),
            kind: match (was, is) {
                (None, _) => Kind::Added,
                (_, None) => Kind::Removed,
                _ => Kind::Changed,
            },
            added: has.iter().filter(|i| find(&had, i).is_none()).map(|i| item(i, after)).collect(),
            dropped: had.iter().filter(|i| find(&has, i).is_none()).map(|i| item(i, before)).collect(),
            changed: has
                .iter()
                .filter(|i| find(&had, i).is_some_and(|old| differs(&old, i)))
                .map(|i| item(i, after))
                .collect(),
        };
        let is_empty = change.added.is_empty() && change.dropped.is_empty() && change.changed.is_empty();
        if change.kind != Kind::Changed || !is_empty {
            changes.push(change);
        }
    }
    changes
}

/// Campaigns that are not over and have an item of a procedure.
fn reached(model: &Model, sop: &str, item: &str) -> Vec<String> {
    let has = |c: &&crate::model::campaign::Campaign| {
        c.called_off.is_none()
            && !is_over(c, model.as_of)
            && c.checklist.iter().any(|i| i.sop.as_str() == sop && i.id.as_str() == item)
    };
    model.campaigns.iter().filter(has).map(|c| c.id.as_str().to_owned()).collect()
}

pub(super) fn waivers(before: &Model, after: &Model) -> Vec<WaiverChange> {
    fn by_key(model: &Model) -> BTreeMap<(&str, &str), &crate::model::waiver::Waiver> {
        model.waivers.iter().map(|w| ((w.rule.value.as_str(), w.target.as_str()), w)).collect()
    }
    let (old, new) = (by_key(before), by_key(after));
    let mut changes = Vec::new();
    for key in keys(&old, &new) {
        let (was, is) = (old.get(key), new.get(key));
        let Some(waiver) = is.or(was) else { continue };
        let expires = Change::of(was.map(|w| w.expires.value), is.map(|w| w.expires.value));
        let kind = match (was, is) {
            (None, _) => Kind::Added,
            (_, None) => Kind::Removed,
            _ => Kind::Changed,
        };
        let Some(expires) = expires else { continue };
        changes.push(WaiverChange {
            rule: key.0.to_owned(),
            target: key.1.to_owned(),
            kind,
            approver: waiver.approver.value.clone(),
            expires,
            reason: name(&waiver.reason),
        });
    }
    changes
}

pub(super) fn policy(before: &Model, after: &Model) -> Vec<PolicyChange> {
    let read = |model: &Model| -> BTreeMap<String, String> {
        model.policy.values().into_iter().map(|value| (value.path, value.value)).collect()
    };
    let (old, new) = (read(before), read(after));
    let change = |path: &String| {
        let value = Change::of(old.get(path).cloned(), new.get(path).cloned())?;
        Some(PolicyChange { path: path.clone(), value })
    };
    keys(&old, &new).into_iter().filter_map(change).collect()
}

/// What a change did to the findings, the worst first.
pub(super) struct Findings {
    pub(super) introduced: Vec<Finding>,
    pub(super) altered: Vec<Altered>,
    pub(super) resolved: Vec<Finding>,
}

pub(super) fn findings(before: Side<'_>, after: Side<'_>) -> Findings {
    let renamed = after.model.renamed(before.model);
    let found = identity::compare((before.findings, before.sources), (after.findings, after.sources), &renamed);
    let told = |side: Side<'_>, places: &[usize]| -> Vec<Finding> {
        let mut list: Vec<Finding> = places.iter().map(|at| finding(&side.findings[*at], side.sources)).collect();
        list.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        list
    };
    let alter = |(old, new): &(usize, usize)| Altered {
        was: before.findings[*old].message.clone(),
        now: finding(&after.findings[*new], after.sources),
    };
    let mut altered: Vec<Altered> = found.altered.iter().map(alter).collect();
    altered.sort_by_key(|altered| std::cmp::Reverse(altered.now.severity));
    Findings { introduced: told(after, &found.introduced), altered, resolved: told(before, &found.resolved) }
}

fn finding(finding: &Diagnostic, sources: &Sources) -> Finding {
    let line = finding.span.map(|span| {
        let text = sources.text(span.file).unwrap_or_default();
        TextLines::new(text).position(span.range().start).line
    });
    Finding {
        rule: finding.rule,
        severity: finding.severity,
        message: finding.message.clone(),
        path: finding.span.map(|span| sources.path(span.file).to_owned()),
        line,
    }
}

pub(super) fn files(before: &Sources, after: &Sources) -> Files {
    // What ships inside the binary is no file of the playbook.
    fn inside(sources: &Sources) -> BTreeMap<String, &[u8]> {
        let own = sources.paths().filter(|(path, _)| {
            *path == "playbook.toml" || path.starts_with("content/") || path.starts_with("themes/")
        });
        own.map(|(path, file)| (path.to_owned(), sources.bytes(file))).collect()
    }
    let (old, new) = (inside(before), inside(after));
    let mut files = Files::default();
    for path in keys(&old, &new) {
        match (old.get(path), new.get(path)) {
            (None, _) => files.added.push(path.clone()),
            (_, None) => files.removed.push(path.clone()),
            (Some(was), Some(is)) if was != is => files.changed.push(path.clone()),
            _ => {}
        }
    }
    files
}

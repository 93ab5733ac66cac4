//! Campaigns before and after.

use super::dates::{self, Late, Move, Slackest, node_name};
use super::money::{self, MoneyChange};
use super::values::Change;
use super::{name, same};
use crate::base::{Quantity, Said};
use crate::checks::words::in_unit;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::checklist::Item;
use crate::model::milestone::{Milestone, OwnerFrom};
use serde::Serialize;
use std::collections::BTreeMap;

/// What happened to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It is gone.
    Removed,
    /// It was called off.
    CalledOff,
    /// It was called off and no longer is.
    Resumed,
    /// It is new.
    Added,
    /// It is another.
    Changed,
}

/// A campaign that changed.
#[derive(Debug, Serialize)]
pub struct CampaignChange {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What happened to it.
    pub kind: Kind,
    /// Its id before, where it was renamed.
    pub was: Option<String>,
    /// Single keys: title, owner's slot, scale, mode … and for what comes or goes, its days.
    pub facts: Vec<Fact>,
    /// Dates that moved.
    pub moves: Vec<Move>,
    /// Checklist items whose day moved.
    pub items_moved: usize,
    /// Nodes that came.
    pub nodes_added: Vec<Node>,
    /// Nodes that went.
    pub nodes_removed: Vec<Node>,
    /// Nodes that are done now.
    pub done: Vec<Node>,
    /// Nodes that were done and no longer are.
    pub undone: Vec<Node>,
    /// What is late now and was not.
    pub late: Vec<Late>,
    /// The least slack before the first day, where it changed.
    pub slack: Option<Change<Slackest>>,
    /// Who answers for what.
    pub owners: Vec<OwnerChange>,
    /// Its money.
    pub money: Option<MoneyChange>,
    /// Its targets.
    pub targets: Vec<TargetChange>,
    /// Checklist items it has now, although their procedure had them before.
    pub items_added: Vec<Node>,
    /// Checklist items it no longer has, although their procedure still has them.
    pub items_dropped: Vec<Node>,
}

/// A key before and after.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// The key.
    pub key: &'static str,
    /// Its value.
    #[serde(flatten)]
    pub value: Change<String>,
}

/// A node or item by id.
#[derive(Debug, Serialize)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// When it is due, or was done.
    pub on: Option<crate::base::Date>,
}

/// Another person answers for something.
#[derive(Debug, Serialize)]
pub struct OwnerChange {
    /// `owner`, `role`, `department` or `milestone`.
    pub what: &'static str,
    /// The role, department or node; of an owner nothing.
    pub name: Said,
    /// The person, by id.
    #[serde(flatten)]
    pub person: Change<String>,
    /// Nodes and items that follow from it.
    pub follows: usize,
}

/// A target before and after.
#[derive(Debug, Serialize)]
pub struct TargetChange {
    /// The metric or goal.
    pub metric: String,
    /// Its name.
    pub name: Said,
    /// Its target, with unit.
    #[serde(flatten)]
    pub target: Change<Said>,
}

/// Compares all campaigns; those that did not change are left out.
pub(super) fn compare(before: &Model, after: &Model) -> Vec<CampaignChange> {
    let mut changes = Vec::new();
    let mut met = std::collections::BTreeSet::new();
    let renamed: BTreeMap<&str, &str> = after.renamed(before).into_iter().map(|(old, new)| (new, old)).collect();
    for campaign in &after.campaigns {
        let id = campaign.id.as_str();
        let old = before.campaign(renamed.get(id).copied().unwrap_or(id));
        if let Some(old) = old {
            met.insert(old.id.as_str());
        }
        changes.extend(change(old.map(|old| (old, before)), Some((campaign, after))));
    }
    for campaign in before.campaigns.iter().filter(|c| !met.contains(c.id.as_str())) {
        changes.extend(change(Some((campaign, before)), None));
    }
    changes.sort_by_key(|c| {
        let shift = c.moves.iter().filter(|m| m.id == "T").map(|m| m.days.abs()).max().unwrap_or(0);
        let weight = c.moves.len() + c.owners.len() + c.targets.len() + usize::from(c.money.is_some());
        use std::cmp::Reverse;
        (c.kind, Reverse(c.late.len()), Reverse(shift), Reverse(weight), c.id.clone())
    });
    changes
}

type Of<'a> = (&'a Campaign, &'a Model);

fn change(before: Option<Of<'_>>, after: Option<Of<'_>>) -> Option<CampaignChange> {
    let (campaign, model) = after.or(before)?;
    let off = |side: Option<Of<'_>>| side.is_some_and(|(c, _)| c.called_off.is_some());
    let kind = match (before, after) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Removed,
        _ if off(after) && !off(before) => Kind::CalledOff,
        _ if off(before) && !off(after) => Kind::Resumed,
        _ => Kind::Changed,
    };
    let mut change = CampaignChange {
        id: campaign.id.as_str().to_owned(),
        name: name(&campaign.title),
        kind,
        was: before.map(|(old, _)| old.id.as_str().to_owned()).filter(|old| old != campaign.id.as_str()),
        facts: facts(before, after),
        moves: Vec::new(),
        items_moved: 0,
        nodes_added: Vec::new(),
        nodes_removed: Vec::new(),
        done: Vec::new(),
        undone: Vec::new(),
        late: Vec::new(),
        slack: None,
        owners: Vec::new(),
        money: money::of_budgets(
            before.and_then(|(c, _)| c.budget.as_ref()),
            after.and_then(|(c, _)| c.budget.as_ref()),
            &model.policy,
        ),
        targets: targets(before, after),
        items_added: Vec::new(),
        items_dropped: Vec::new(),
    };
    if let (Some(old), Some(new), Kind::Changed) = (before, after, kind) {
        change.moves = dates::moves(old, new);
        nodes(&mut change, old, new);
        items(&mut change, old, new);
        change.owners = owners(old.0, new.0);
        let slack = |(campaign, model): Of<'_>| dates::slackest(campaign, model);
        // Names may be spelt anew without anything having moved.
        let (was, is) = (slack(old), slack(new));
        if was.as_ref().map(|s| s.days) != is.as_ref().map(|s| s.days) {
            change.slack = Change::of(was, is);
        }
    }
    if let Some(new) = after.filter(|_| matches!(kind, Kind::Changed | Kind::Added)) {
        change.late = dates::now_late(before, new);
    }
    (kind != Kind::Changed || change.says_something()).then_some(change)
}

impl CampaignChange {
    fn says_something(&self) -> bool {
        let lists = [self.nodes_added.len(), self.nodes_removed.len(), self.done.len(), self.undone.len()];
        let more = [self.facts.len(), self.moves.len(), self.items_moved, self.late.len(), self.owners.len()];
        let items = [self.targets.len(), self.items_added.len(), self.items_dropped.len()];
        self.was.is_some()
            || self.slack.is_some()
            || self.money.is_some()
            || lists.iter().chain(&more).chain(&items).any(|count| *count > 0)
    }
}

/// Keys by which a campaign is known, where they changed.
fn facts(before: Option<Of<'_>>, after: Option<Of<'_>>) -> Vec<Fact> {
    let word = |value: Option<&crate::base::Spanned<String>>| value.map(|v| v.value.clone());
    let list = |values: Vec<&str>| (!values.is_empty()).then(|| values.join(", "));
    let days = |c: &Campaign| Some(format!("{} – {}", c.start?.value, c.end?.value));
    let stays = before.is_some() && after.is_some();
    let read = |c: &Campaign| -> Vec<(&'static str, Option<String>)> {
        vec![
            // Of a campaign that comes or goes, the name says it.
            ("title", stays.then(|| c.title.all().collect::<Vec<_>>().join(" / "))),
            // Of a campaign that stays, days are moves.
            ("days", days(c).filter(|_| !stays)),
            ("owner", word(c.owner.as_ref()).filter(|_| !stays)),
            ("called-off", c.called_off.as_ref().and_then(|off| off.on).map(|on| on.value.to_string())),
            ("because", c.called_off.as_ref().and_then(|off| off.because.as_ref()).map(|why| name(why).en)),
            ("programme", word(c.programme.as_ref())),
            ("slot", word(c.slot.as_ref())),
            ("scale", Some(c.scale.clone())),
            ("mode", Some(c.mode.word().to_owned())),
            ("tier", word(c.tier.as_ref())),
            ("channels", list(c.channels.iter().map(|c| c.value.as_str()).collect())),
            ("theme", c.theme.as_ref().map(|theme| theme.all().collect::<Vec<_>>().join(" / "))),
        ]
    };
    let old = before.map(|(c, _)| read(c)).unwrap_or_default();
    let new = after.map(|(c, _)| read(c)).unwrap_or_default();
    let (keys, value) = (if new.is_empty() { &old } else { &new }, |side: &[(&str, Option<String>)], key: &str| {
        side.iter().find(|(k, _)| *k == key).and_then(|(_, value)| value.clone())
    });
    keys.iter()
        .filter_map(|(key, _)| Change::of(value(&old, key), value(&new, key)).map(|value| Fact { key, value }))
        .collect()
}

fn nodes(change: &mut CampaignChange, before: Of<'_>, after: Of<'_>) {
    let by_id = |(campaign, _): Of<'_>| -> BTreeMap<String, Milestone> {
        let nodes = campaign.schedule.iter().flat_map(|s| &s.milestones);
        nodes.map(|node| (node.id.as_str().to_owned(), node.clone())).collect()
    };
    let (old, new) = (by_id(before), by_id(after));
    let node = |n: &Milestone, on| Node { id: n.id.as_str().to_owned(), name: node_name(n), on };
    for (id, n) in &new {
        match old.get(id) {
            None => change.nodes_added.push(node(n, Some(n.due))),
            Some(was) => match (was.done, n.done) {
                (None, Some(on)) => change.done.push(node(n, Some(on.value))),
                (Some(_), None) => change.undone.push(node(n, Some(n.due))),
                _ => {}
            },
        }
    }
    let gone = old.iter().filter(|(id, _)| !new.contains_key(*id));
    change.nodes_removed.extend(gone.map(|(_, n)| node(n, Some(n.due))));
}

/// Checklist items that this campaign, and not a procedure, brings or drops: by scale, mode or dates.
fn items(change: &mut CampaignChange, before: Of<'_>, after: Of<'_>) {
    let by_key = |(campaign, _): Of<'_>| -> BTreeMap<String, Item> {
        campaign.checklist.iter().map(|item| (item.key(), item.clone())).collect()
    };
    let (old, new) = (by_key(before), by_key(after));
    let has = |model: &Model, item: &Item| {
        model.sop(item.sop.as_str()).is_some_and(|sop| sop.items.iter().any(|i| i.id.value == item.id))
    };
    let node = |item: &Item| Node { id: item.key(), name: name(&item.text), on: item.due };
    for (key, item) in &new {
        match old.get(key) {
            None if has(before.1, item) => change.items_added.push(node(item)),
            None => {}
            Some(was) => change.items_moved += usize::from(was.due != item.due),
        }
    }
    let gone = old.iter().filter(|(key, item)| !new.contains_key(*key) && has(after.1, item));
    change.items_dropped.extend(gone.map(|(_, item)| node(item)));
}

/// Who answers for what: each person that somebody changed, and how much follows from it.
fn owners(before: &Campaign, after: &Campaign) -> Vec<OwnerChange> {
    let mut changes: BTreeMap<(usize, String), OwnerChange> = BTreeMap::new();
    let mut note = |from: &OwnerFrom, own: (&str, Said), was: Option<String>, is: Option<String>, counts: bool| {
        if was == is {
            return;
        }
        let (rank, what, key, said) = match from {
            OwnerFrom::Campaign => (0, "owner", String::new(), Said::default()),
            OwnerFrom::Team(role) => (1, "role", role.clone(), same(role)),
            OwnerFrom::Department(role) => (2, "department", role.clone(), same(role)),
            OwnerFrom::Node => (3, "milestone", own.0.to_owned(), own.1),
        };
        let entry = changes.entry((rank, key)).or_insert_with(|| OwnerChange {
            what,
            name: said,
            person: Change { before: was, after: is },
            follows: 0,
        });
        entry.follows += usize::from(counts);
    };
    let person = |owner: Option<&crate::base::Spanned<String>>| owner.map(|o| o.value.clone());
    note(
        &OwnerFrom::Campaign,
        ("", Said::default()),
        person(before.owner.as_ref()),
        person(after.owner.as_ref()),
        false,
    );
    for (role, _) in before.team.iter().chain(&after.team) {
        let of = |c: &Campaign| c.team.iter().find(|(r, _)| r.value == role.value).map(|(_, p)| p.value.clone());
        note(&OwnerFrom::Team(role.value.clone()), ("", Said::default()), of(before), of(after), false);
    }
    let nodes = |c: &Campaign| c.schedule.iter().flat_map(|s| &s.milestones).cloned().collect::<Vec<_>>();
    let old = nodes(before);
    for node in nodes(after) {
        let Some(was) = old.iter().find(|was| was.id == node.id) else { continue };
        let counts = node.owner_from != OwnerFrom::Node;
        let own = (node.id.as_str(), node_name(&node));
        note(&node.owner_from, own, person(was.owner.as_ref()), person(node.owner.as_ref()), counts);
    }
    let old: BTreeMap<String, &Item> = before.checklist.iter().map(|item| (item.key(), item)).collect();
    for item in &after.checklist {
        let Some(was) = old.get(&item.key()) else { continue };
        let own = (item.id.as_str(), name(&item.text));
        note(&item.owner_from, own, person(was.owner.as_ref()), person(item.owner.as_ref()), true);
    }
    changes.into_values().collect()
}

fn targets(before: Option<Of<'_>>, after: Option<Of<'_>>) -> Vec<TargetChange> {
    let read = |(campaign, model): Of<'_>| -> BTreeMap<String, (Said, Quantity, Said)> {
        let kpi = |kpi: &crate::model::campaign::Kpi| {
            let metric = model.policy.metric(&kpi.metric.value);
            let label = metric.map_or_else(|| same(&kpi.metric.value), |m| name(&m.name));
            let value = kpi.current();
            (kpi.metric.value.clone(), (label, value, in_unit(value, metric.and_then(|m| m.unit))))
        };
        campaign.kpis.iter().map(kpi).collect()
    };
    let old = before.map(read).unwrap_or_default();
    let new = after.map(read).unwrap_or_default();
    let mut metrics: Vec<&String> = old.keys().chain(new.keys()).collect();
    metrics.sort();
    metrics.dedup();
    let change = |metric: &String| {
        let (was, is) = (old.get(metric), new.get(metric));
        let (label, ..) = is.or(was)?;
        // Compared as numbers: a unit may be spelt anew.
        (was.map(|w| w.1) != is.map(|i| i.1)).then(|| TargetChange {
            metric: metric.clone(),
            name: label.clone(),
            target: Change { before: was.map(|w| w.2.clone()), after: is.map(|i| i.2.clone()) },
        })
    };
    metrics.into_iter().filter_map(change).collect()
}

//! Dates that moved, what they push, and what no longer fits.

use super::{name, same};
use crate::base::{Anchor, Date, Due, Said};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::handover::Handover;
use crate::model::milestone::{Milestone, Schedule, Standing};
use crate::model::slack::Slacks;
use crate::policy::Policy;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A date that moved.
#[derive(Clone, Debug, Serialize)]
pub struct Move {
    /// `start`, `end`, `promotion`, `milestone`, `material` or `handover`.
    pub what: &'static str,
    /// `T`, `Z`, `P`, a node's id, or the name.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// Before the change.
    pub before: Date,
    /// After it.
    pub after: Date,
    /// Days later; negative for earlier.
    pub days: i64,
    /// The move it follows from; none where somebody moved it.
    pub cause: Option<String>,
}

/// What is late, or can no longer be in time, and was not before, or less so.
#[derive(Clone, Debug, Serialize)]
pub struct Late {
    /// `milestone` or `handover`.
    pub what: &'static str,
    /// Its id or name.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// When it is due.
    pub due: Date,
    /// By how many days.
    pub days: i64,
    /// `overdue`, `waited-for` or `no-slack`.
    pub reason: &'static str,
}

/// The node with the least slack before the first day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slackest {
    /// Its name.
    pub node: Said,
    /// Days it may still slip.
    pub days: i64,
}

/// A date of a campaign.
struct Point {
    what: &'static str,
    id: String,
    name: Said,
    date: Date,
    /// What it counts from, by the key of that point; `None` for a date of its own.
    anchor: Option<String>,
    /// How it is written in the campaign.
    written: Option<Due>,
    /// How policy has it.
    standard: Option<Due>,
}

/// A milestone's name: its task, else its id.
pub(super) fn node_name(node: &Milestone) -> Said {
    node.task.as_ref().filter(|task| !task.is_empty()).map_or_else(|| same(node.id.as_str()), name)
}

pub(super) fn handover_name(handover: &Handover) -> Said {
    let item = name(&handover.item);
    let (from, to) = (&handover.from.value, &handover.to.value);
    Said { en: format!("{} ({from} → {to})", item.en), zh: format!("{}（{from} → {to}）", item.zh) }
}

fn anchor(due: &Due, schedule: &Schedule) -> Option<String> {
    let Due::At(offset) = due else { return None };
    Some(match &offset.anchor {
        Anchor::Start => "T".to_owned(),
        Anchor::End => "Z".to_owned(),
        Anchor::Promotion => "P".to_owned(),
        // A node named `round-2` is found by the words as written before `round` minus two days is.
        Anchor::Node(_) if schedule.milestone(&offset.written).is_some() => offset.written.clone(),
        Anchor::Node(id) => id.clone(),
    })
}

fn points(campaign: &Campaign, schedule: &Schedule, policy: &Policy) -> BTreeMap<String, Point> {
    let fixed = |what, id: &str, en: &str, zh: &str, date| Point {
        what,
        id: id.to_owned(),
        name: Said { en: en.to_owned(), zh: zh.to_owned() },
        date,
        anchor: None,
        written: None,
        standard: None,
    };
    let mut points = BTreeMap::new();
    points.insert("T".to_owned(), fixed("start", "T", "go-live", "上线", schedule.window.first));
    points.insert("Z".to_owned(), fixed("end", "Z", "last day", "结束", schedule.window.last));
    let mut promotion = fixed("promotion", "P", "start of promotion", "宣传开始", schedule.promotion);
    // Unless it is written it is counted from the first day.
    if !campaign.written.has("promotion") {
        promotion.anchor = Some("T".to_owned());
    }
    points.insert("P".to_owned(), promotion);
    for node in &schedule.milestones {
        let standard = policy.node(node.id.as_str()).and_then(|row| row.due.as_ref()).map(|due| due.value.clone());
        let written = node.due_written.as_ref().map(|due| due.value.clone());
        let from = written.as_ref().or(standard.as_ref());
        let point = Point {
            what: "milestone",
            id: node.id.as_str().to_owned(),
            name: node_name(node),
            date: node.due,
            anchor: from.and_then(|due| anchor(due, schedule)),
            written,
            standard,
        };
        points.insert(node.id.as_str().to_owned(), point);
    }
    for material in &campaign.materials {
        let Some(date) = material.due else { continue };
        let said = name(&material.name);
        let written = material.due_written.as_ref().map(|due| due.value.clone());
        let from = written.as_ref().map_or(Some("materials-ready".to_owned()), |due| anchor(due, schedule));
        let id = said.en.clone();
        let point = Point { what: "material", id, name: said, date, anchor: from, written, standard: None };
        points.insert(format!("material {}", point.id), point);
    }
    for handover in &campaign.handovers {
        let said = handover_name(handover);
        let written = Some(handover.due_written.value.clone());
        let from = anchor(&handover.due_written.value, schedule);
        let (id, date) = (said.en.clone(), handover.due);
        let point = Point { what: "handover", id, name: said, date, anchor: from, written, standard: None };
        points.insert(format!("handover {}", point.id), point);
    }
    points
}

/// Every date that moved, in order of its new day; causes before what follows from them.
pub(super) fn moves(before: (&Campaign, &Model), after: (&Campaign, &Model)) -> Vec<Move> {
    let (Some(old), Some(new)) = (&before.0.schedule, &after.0.schedule) else { return Vec::new() };
    let old = points(before.0, old, &before.1.policy);
    let new = points(after.0, new, &after.1.policy);
    let moved = |key: &str| Some((old.get(key)?, new.get(key)?)).filter(|(old, new)| old.date != new.date);
    let cause = |key: &str| -> Option<String> {
        let (mut key, mut seen) = (key.to_owned(), BTreeSet::new());
        let first = key.clone();
        while seen.insert(key.clone()) {
            let (was, is) = moved(&key)?;
            // Who writes another date or offset moves it; a policy that says another moves it too.
            let is_own = was.written != is.written || was.anchor != is.anchor;
            let by_policy = is.written.is_none() && was.standard != is.standard;
            let from = is.anchor.as_ref().filter(|from| moved(from).is_some());
            match from {
                _ if is_own => return (key != first).then_some(key),
                _ if by_policy => return Some(if key == first { "policy".to_owned() } else { key }),
                Some(from) => key = from.clone(),
                None => return (key != first).then_some(key),
            }
        }
        None
    };
    let mut moves: Vec<Move> = new
        .keys()
        .filter_map(|key| moved(key).map(|(was, is)| (key, was, is)))
        .map(|(key, was, is)| Move {
            what: is.what,
            id: is.id.clone(),
            name: is.name.clone(),
            before: was.date,
            after: is.date,
            days: was.date.until(is.date),
            cause: cause(key),
        })
        .collect();
    let rank = |m: &Move| ["start", "end", "promotion"].iter().position(|what| *what == m.what).unwrap_or(3);
    moves.sort_by(|a, b| {
        (a.cause.is_some(), rank(a), a.after, &a.id).cmp(&(b.cause.is_some(), rank(b), b.after, &b.id))
    });
    moves
}

/// Days by which a hand-over is late, and why; none when it is in time.
fn lateness(handover: &Handover, campaign: &Campaign, as_of: Date) -> Option<(i64, &'static str)> {
    if handover.accepted.is_some() {
        return None;
    }
    if handover.due < as_of {
        return Some((handover.due.until(as_of), "overdue"));
    }
    let waiting = handover.node.as_ref().and_then(|node| campaign.schedule.as_ref()?.milestone(&node.value));
    waiting.filter(|node| node.due < handover.due).map(|node| (node.due.until(handover.due), "waited-for"))
}

/// What is late in a campaign, by kind and id.
fn late(campaign: &Campaign, model: &Model) -> BTreeMap<(&'static str, String), Late> {
    let mut late = BTreeMap::new();
    let as_of = model.as_of;
    for handover in &campaign.handovers {
        let Some((days, reason)) = lateness(handover, campaign, as_of) else { continue };
        let said = handover_name(handover);
        let id = said.en.clone();
        late.insert(
            ("handover", id.clone()),
            Late { what: "handover", id, name: said, due: handover.due, days, reason },
        );
    }
    let Some(schedule) = &campaign.schedule else { return late };
    let slacks = Slacks::of(schedule, model.calendar_of(campaign), as_of);
    for (node, slack) in schedule.milestones.iter().zip(&slacks.nodes) {
        let (days, reason) = match (node.standing(as_of), slack.left) {
            (Standing::Overdue { days }, _) => (days, "overdue"),
            (_, Some(left)) if left < 0 => (-left, "no-slack"),
            _ => continue,
        };
        let id = node.id.as_str().to_owned();
        let entry = Late { what: "milestone", id: id.clone(), name: node_name(node), due: node.due, days, reason };
        late.insert(("milestone", id), entry);
    }
    late
}

/// What is late now and was not, or by fewer days.
pub(super) fn now_late(before: Option<(&Campaign, &Model)>, after: (&Campaign, &Model)) -> Vec<Late> {
    let old = before.map(|(campaign, model)| late(campaign, model)).unwrap_or_default();
    let new = late(after.0, after.1);
    let is_new = |key: &(&'static str, String), late: &Late| old.get(key).is_none_or(|was| was.days < late.days);
    let mut list: Vec<Late> = new.into_iter().filter(|(key, late)| is_new(key, late)).map(|(_, late)| late).collect();
    list.sort_by(|a, b| (std::cmp::Reverse(a.days), &a.id).cmp(&(std::cmp::Reverse(b.days), &b.id)));
    list
}

/// The node with the least slack before the first day.
pub(super) fn slackest(campaign: &Campaign, model: &Model) -> Option<Slackest> {
    let schedule = campaign.schedule.as_ref()?;
    let slacks = Slacks::of(schedule, model.calendar_of(campaign), model.as_of);
    let place = slacks.tightest(schedule)?;
    Some(Slackest { node: node_name(&schedule.milestones[place]), days: slacks.nodes[place].left? })
}

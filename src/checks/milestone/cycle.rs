//! `milestone/cycle`: nodes that wait for each other. Dates that depend on each other are found by reading.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::{CYCLE, Milestone, Schedule};
use crate::said;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) static CHECK: Check = Check::campaign(&CYCLE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let mut walk = Walk { schedule, done: BTreeSet::new(), path: Vec::new(), circles: BTreeMap::new() };
    for node in &schedule.milestones {
        walk.visit(node);
    }
    for circle in walk.circles.into_values() {
        let (Some(first), Some(last)) = (circle.first(), circle.last()) else { continue };
        let ids: Vec<&str> = circle.iter().chain([first]).map(|m| m.id.as_str()).collect();
        let names = ids.join(" → ");
        let message = said!("these milestones wait for each other: {names}", "这些里程碑互相等待：{names}");
        // The last one closes the circle: its word for the first is the one to take out.
        let word = last.after.iter().find(|a| a.value == first.id.as_str());
        let (from, to) = (&last.id, &first.id);
        found.push(
            Diagnostic::new(&CYCLE, word.map_or(last.span, |w| w.span), message)
                .hint(said!(
                    "take `{to}` out of the `after` of `{from}`, or another link of the circle",
                    "请把 `{to}` 从 `{from}` 的 `after` 中去掉，或去掉循环中的另一环"
                ))
                .about(last.subject(&campaign.subject())),
        );
    }
}

/// A walk against the arrows of `after`, depth first.
struct Walk<'a> {
    schedule: &'a Schedule,
    done: BTreeSet<&'a str>,
    path: Vec<&'a Milestone>,
    /// Circles by their members, so that each is reported once, in order of walking.
    circles: BTreeMap<BTreeSet<&'a str>, Vec<&'a Milestone>>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, node: &'a Milestone) {
        if let Some(at) = self.path.iter().position(|m| m.id == node.id) {
            let circle = self.path[at..].to_vec();
            let members = circle.iter().map(|m| m.id.as_str()).collect();
            self.circles.entry(members).or_insert(circle);
            return;
        }
        if !self.done.insert(node.id.as_str()) {
            return;
        }
        self.path.push(node);
        for after in &node.after {
            if let Some(before) = self.schedule.milestone(&after.value) {
                self.visit(before);
            }
        }
        self.path.pop();
    }
}

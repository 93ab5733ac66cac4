//! Slack of a campaign's nodes: how far each may slip before a promised day must move, and the chain that has least.
//!
//! Promised are P, T and Z: customers know them. A node that waits for others comes no earlier than they are done and
//! the days kept free between them are over, and one that is counted from another keeps its distance to it. What
//! nothing waits for must be done before the next promised day, after Z before the end of the plan.

use super::calendar::Calendar;
use super::milestone::{Milestone, Schedule};
use crate::base::{Anchor, Date, DateRange, Due};

/// How far a node may slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slack {
    /// The last day on which it moves nothing that is promised.
    pub latest: Date,
    /// Days from its planned day to `latest`; negative when the plan itself leaves too few.
    pub planned: i64,
    /// Days from the day it can be done, today at the earliest, to `latest`; none once it is done.
    pub left: Option<i64>,
    /// The same in working days.
    pub left_working: Option<i64>,
}

/// The slack of a schedule.
#[derive(Clone, Debug, Default)]
pub struct Slacks {
    /// By the places of its nodes.
    pub nodes: Vec<Slack>,
    /// The critical path: places of the nodes that lead to T and on from it with the least slack, in order. Empty when
    /// no node waits for another.
    pub path: Vec<usize>,
}

impl Slacks {
    /// Computes it for a schedule as it stands on a day.
    pub fn of(schedule: &Schedule, calendar: &Calendar, as_of: Date) -> Self {
        let net = Net::of(schedule);
        let latest = net.latest();
        let slack = |(node, latest): (&Milestone, &i64)| {
            let latest = schedule.first.plus(*latest);
            let start = node.due.max(as_of);
            let is_open = node.done.is_none();
            Slack {
                latest,
                planned: node.due.until(latest),
                left: is_open.then(|| start.until(latest)),
                left_working: is_open.then(|| working(calendar, start, latest)),
            }
        };
        let nodes: Vec<Slack> = schedule.milestones.iter().zip(&latest).map(slack).collect();
        let pivot = schedule.milestones.iter().rposition(|n| n.due == schedule.window.first);
        let path = pivot.map_or_else(Vec::new, |pivot| net.path(pivot, &latest));
        Self { nodes, path }
    }

    /// Whether a node lies on the critical path.
    pub fn is_critical(&self, place: usize) -> bool {
        self.path.contains(&place)
    }

    /// The node of the critical path that is still to be done and has the least slack before T; the first of them.
    pub fn tightest(&self, schedule: &Schedule) -> Option<usize> {
        let open = |place: &&usize| {
            let node = &schedule.milestones[**place];
            node.due < schedule.window.first && self.nodes[**place].left.is_some()
        };
        self.path.iter().filter(open).copied().min_by_key(|place| (self.nodes[*place].left, *place))
    }
}

/// Working days after `from` up to `to`; negative when `to` is earlier.
fn working(calendar: &Calendar, from: Date, to: Date) -> i64 {
    let count = |first: Date, last: Date| {
        let days = DateRange::new(first.plus(1), last).into_iter().flat_map(DateRange::iter);
        i64::try_from(days.filter(|d| calendar.is_working(*d)).count()).unwrap_or(i64::MAX)
    };
    if from <= to { count(from, to) } else { -count(to, from) }
}

/// Nodes as numbers: days are counted from the first day of the plan.
#[derive(Clone, Debug)]
struct Net {
    due: Vec<i64>,
    /// The last day by what is promised, whoever waits.
    bound: Vec<i64>,
    /// From a node: who waits for it, and the days between them at least.
    next: Vec<Vec<(usize, i64)>>,
}

impl Net {
    fn of(schedule: &Schedule) -> Self {
        let nodes = &schedule.milestones;
        let day = |date: Date| schedule.first.until(date);
        let (first, last) = (schedule.window.first, schedule.window.last);
        let bound = |node: &Milestone| match node.due {
            due if due == schedule.promotion || due == first || due == last => due,
            due if due < first => first,
            due if due < last => last,
            due => schedule.last.max(due),
        };
        let place = |id: &str| nodes.iter().position(|n| n.id.as_str() == id);
        let mut next = vec![Vec::new(); nodes.len()];
        for (to, node) in nodes.iter().enumerate() {
            for from in node.after.iter().filter_map(|a| place(&a.value)) {
                next[from].push((to, nodes[from].buffer + node.buffer_before));
            }
            if let Some(Due::At(offset)) = node.due_written.as_ref().map(|due| &due.value)
                && let Anchor::Node(id) = &offset.anchor
                && let Some(from) = place(&offset.written).or_else(|| place(id))
                && nodes[from].due <= node.due
            {
                next[from].push((to, nodes[from].due.until(node.due)));
            }
        }
        Self {
            due: nodes.iter().map(|n| day(n.due)).collect(),
            bound: nodes.iter().map(|n| day(bound(n))).collect(),
            next,
        }
    }

    fn before(&self) -> Vec<Vec<usize>> {
        let mut before = vec![Vec::new(); self.due.len()];
        for (from, next) in self.next.iter().enumerate() {
            for (to, _) in next {
                before[*to].push(from);
            }
        }
        before
    }

    /// The last day of each node. In a circle of waiting the last of its nodes waits for nobody: a rule reports circles.
    fn latest(&self) -> Vec<i64> {
        let before = self.before();
        let mut open: Vec<usize> = self.next.iter().map(Vec::len).collect();
        let mut latest: Vec<Option<i64>> = vec![None; self.due.len()];
        let mut ready: Vec<usize> = (0..self.due.len()).filter(|n| open[*n] == 0).collect();
        let mut rest = self.due.len();
        loop {
            while let Some(node) = ready.pop() {
                if latest[node].is_some() {
                    continue;
                }
                let waiting = self.next[node].iter().filter_map(|(to, lag)| Some(latest[*to]? - lag));
                latest[node] = Some(waiting.min().map_or(self.bound[node], |day| day.min(self.bound[node])));
                for from in &before[node] {
                    open[*from] -= 1;
                    if open[*from] == 0 {
                        ready.push(*from);
                    }
                }
            }
            while rest > 0 && latest[rest - 1].is_some() {
                rest -= 1;
            }
            if rest == 0 {
                break;
            }
            ready.push(rest - 1);
        }
        latest.into_iter().zip(&self.bound).map(|(day, bound)| day.unwrap_or(*bound)).collect()
    }

    /// From a node to both sides, each time to the neighbour with the least slack: of equals the nearest, then the first.
    fn path(&self, pivot: usize, latest: &[i64]) -> Vec<usize> {
        let slack = |node: usize| latest[node] - self.due[node];
        let before = self.before();
        let mut path = vec![pivot];
        let mut at = pivot;
        while let Some(node) =
            before[at].iter().copied().filter(|n| !path.contains(n)).min_by_key(|n| (slack(*n), -self.due[*n], *n))
        {
            path.insert(0, node);
            at = node;
        }
        at = pivot;
        while let Some(node) = self.next[at]
            .iter()
            .map(|(to, _)| *to)
            .filter(|n| !path.contains(n))
            .min_by_key(|n| (slack(*n), self.due[*n], *n))
        {
            path.push(node);
            at = node;
        }
        if path.len() > 1 { path } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::model::tests::load_files;
    use proptest::prelude::*;

    fn june(more: &str) -> Model {
        let campaign = format!("title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n{more}");
        let settings = ("playbook.toml", "title = \"P\"\n");
        load_files(&[settings, ("content/campaigns/june/campaign.toml", &campaign)]).0
    }

    fn schedule(model: &Model) -> &Schedule {
        model.campaigns[0].schedule.as_ref().unwrap()
    }

    fn slacks(model: &Model, as_of: &str) -> Slacks {
        let as_of = Date::parse(as_of).unwrap();
        Slacks::of(schedule(model), model.calendar_of(&model.campaigns[0]), as_of)
    }

    fn slack_of<'a>(model: &Model, slacks: &'a Slacks, id: &str) -> &'a Slack {
        &slacks.nodes[schedule(model).milestones.iter().position(|n| n.id.as_str() == id).unwrap()]
    }

    #[test]
    fn promised_days_have_no_slack_and_what_leads_to_them_has_what_buffers_leave() {
        let model = june("");
        let slacks = slacks(&model, "2026-05-01");
        for id in ["preheat-start", "go-live", "closing"] {
            assert_eq!(slack_of(&model, &slacks, id).planned, 0, "{id}");
        }
        let nodes = &schedule(&model).milestones;
        let test = schedule(&model).milestone("tech-test").unwrap();
        let ready = schedule(&model).milestone("preparation-complete").unwrap();
        assert_eq!(slack_of(&model, &slacks, "tech-test").planned, test.due.until(ready.due) - test.buffer);
        let names: Vec<&str> = slacks.path.iter().map(|p| nodes[*p].id.as_str()).collect();
        assert!(names.starts_with(&["theme-decided", "plan-review"]), "{names:?}");
        assert!(names.windows(2).any(|pair| pair == ["preheat-start", "go-live"]), "{names:?}");
    }

    #[test]
    fn slack_shrinks_with_each_day_that_a_node_is_late() {
        let model = june("[[milestone]]\nid = \"theme-decided\"\ndone = 2026-05-11\n");
        let left = |as_of: &str, id: &str| slack_of(&model, &slacks(&model, as_of), id).left;
        assert_eq!(left("2026-05-16", "theme-decided"), None);
        assert_eq!(left("2026-05-16", "plan-review").unwrap() - left("2026-05-20", "plan-review").unwrap(), 4);
    }

    #[test]
    fn a_node_counted_from_another_keeps_its_distance() {
        let own = "[[milestone]]\nid = \"contract\"\ntask = \"c\"\ndue = \"T-20\"\nowner = \"lin\"\n\
                   [[milestone]]\nid = \"stage\"\ntask = \"s\"\ndue = \"contract+10\"\nowner = \"lin\"\n";
        let model = june(own);
        let slacks = slacks(&model, "2026-05-01");
        assert_eq!(slack_of(&model, &slacks, "stage").planned, 10);
        assert_eq!(slack_of(&model, &slacks, "contract").planned, 10);
    }

    #[test]
    fn a_circle_of_waiting_is_survived() {
        let own = "[[milestone]]\nid = \"a\"\ntask = \"a\"\ndue = \"T-20\"\nowner = \"lin\"\nafter = [\"b\"]\n\
                   [[milestone]]\nid = \"b\"\ntask = \"b\"\ndue = \"T-19\"\nowner = \"lin\"\nafter = [\"a\"]\n";
        let slacks = slacks(&june(own), "2026-05-01");
        assert!(slacks.nodes.iter().all(|s| s.planned <= 30));
    }

    /// Nodes in order of date that wait only for earlier ones, or, with `back`, for any.
    fn nets(back: bool) -> impl Strategy<Value = Net> {
        (1_usize..12).prop_flat_map(move |count| {
            let edge = (0..count, 0..count, 0_i64..6);
            (proptest::collection::vec((0_i64..90, 0_i64..40), count), proptest::collection::vec(edge, 0..24)).prop_map(
                move |(mut days, edges)| {
                    days.sort_unstable();
                    let mut next = vec![Vec::new(); count];
                    for (a, b, lag) in edges {
                        if back || a < b {
                            next[a].push((b, lag));
                        }
                    }
                    Net {
                        due: days.iter().map(|(due, _)| *due).collect(),
                        bound: days.iter().map(|(due, room)| due + room).collect(),
                        next,
                    }
                },
            )
        })
    }

    /// Where everything ends up when one node slips to a day and pushes all that wait for it.
    fn pushed(net: &Net, node: usize, day: i64) -> Vec<i64> {
        let mut at: Vec<i64> = vec![i64::MIN / 4; net.due.len()];
        at[node] = day;
        for from in 0..net.due.len() {
            for (to, lag) in &net.next[from] {
                at[*to] = at[*to].max(at[from] + lag);
            }
        }
        at
    }

    proptest! {
        #[test]
        fn a_node_may_slip_as_far_as_its_slack_and_no_day_further(net in nets(false)) {
            let latest = net.latest();
            for (node, last) in latest.iter().enumerate() {
                let holds = |day: i64| pushed(&net, node, day).iter().zip(&net.bound).all(|(at, bound)| at <= bound);
                prop_assert!(holds(*last));
                prop_assert!(!holds(last + 1));
            }
        }

        #[test]
        fn circles_end_and_no_node_passes_what_is_promised(net in nets(true)) {
            let latest = net.latest();
            prop_assert!(latest.iter().zip(&net.bound).all(|(day, bound)| day <= bound));
            let path = net.path(0, &latest);
            let mut once = path.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), path.len());
        }
    }
}

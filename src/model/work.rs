//! Work: everything dated that has somebody's name on it, over all campaigns.

use super::Model;
use super::campaign::{Campaign, Duty, Material};
use super::checklist::Item;
use super::milestone::{Milestone, Standing, standing};
use super::postmortem::Action;
use super::sop::Sop;
use crate::base::{Date, DateRange, Spanned};
use std::collections::BTreeMap;

/// What is to be done.
#[derive(Clone, Copy, Debug)]
pub enum Task<'a> {
    /// A milestone.
    Milestone(&'a Campaign, &'a Milestone),
    /// A checklist item.
    Item(&'a Campaign, &'a Item),
    /// A material that must be ready.
    Material(&'a Campaign, &'a Material),
    /// What a review says will be done differently.
    Action(&'a Campaign, &'a Action),
    /// Days on duty.
    Duty(&'a Campaign, &'a Duty),
    /// The next review of a procedure.
    SopReview(&'a Sop),
}

/// A task with its owner and days.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// What.
    pub task: Task<'a>,
    /// Whose; may name a person who does not exist.
    pub owner: &'a str,
    /// When: the day it is due, or the days of duty. None when its procedure gives no date.
    pub days: Option<DateRange>,
    /// When it was done.
    pub done: Option<Date>,
}

impl<'a> Work<'a> {
    /// The campaign it belongs to.
    pub fn campaign(&self) -> Option<&'a Campaign> {
        match self.task {
            Task::Milestone(campaign, _)
            | Task::Item(campaign, _)
            | Task::Material(campaign, _)
            | Task::Action(campaign, _)
            | Task::Duty(campaign, _) => Some(campaign),
            Task::SopReview(_) => None,
        }
    }

    /// How it stands on a day; none without a date unless it is done. Duty is never late: it passes.
    pub fn standing(&self, as_of: Date) -> Option<Standing> {
        match (self.task, self.days) {
            (Task::Duty(..), Some(days)) if days.last < as_of => Some(Standing::Done { late: 0 }),
            (Task::Duty(..), Some(days)) => Some(Standing::Open { days: as_of.until(days.first).max(0) }),
            (_, Some(days)) => Some(standing(days.last, self.done, as_of)),
            (_, None) => self.done.map(|_| Standing::Done { late: 0 }),
        }
    }
}

/// All work by owner: by date, that without a date last, then in order of campaigns and files.
pub fn by_owner<'a>(model: &'a Model) -> BTreeMap<&'a str, Vec<Work<'a>>> {
    let mut all: BTreeMap<&str, Vec<Work<'_>>> = BTreeMap::new();
    let mut add = |task, owner: Option<&'a Spanned<String>>, days, done| {
        if let Some(owner) = owner {
            all.entry(owner.value.as_str()).or_default().push(Work { task, owner: &owner.value, days, done });
        }
    };
    let on = |day: Date| Some(DateRange { first: day, last: day });
    for campaign in &model.campaigns {
        for node in campaign.schedule.iter().flat_map(|s| &s.milestones) {
            add(Task::Milestone(campaign, node), node.owner.as_ref(), on(node.due), node.done.map(|d| d.value));
        }
        for item in &campaign.checklist {
            add(Task::Item(campaign, item), item.owner.as_ref(), item.due.and_then(on), item.done);
        }
        // Of what is called off nothing is to be made ready any more.
        let off = campaign.called_off.is_some();
        for material in campaign.materials.iter().filter(|m| !off || m.ready.is_some()) {
            let days = material.due.and_then(on);
            add(Task::Material(campaign, material), material.owner.as_ref(), days, material.ready.map(|d| d.value));
        }
        for action in campaign.postmortem.iter().flat_map(|p| &p.actions) {
            let days = action.due.and_then(|d| on(d.value));
            add(Task::Action(campaign, action), action.owner.as_ref(), days, action.done.map(|d| d.value));
        }
        for duty in &campaign.duties {
            add(Task::Duty(campaign, duty), Some(&duty.person), DateRange::new(duty.from, duty.to), None);
        }
    }
    for sop in &model.sops {
        if let Some(review_by) = sop.review_by {
            add(Task::SopReview(sop), sop.owner.as_ref(), on(review_by.value), None);
        }
    }
    sort(&mut all);
    all
}

/// What was open in campaigns when they were called off, so that calendars can take it back; unsorted.
pub fn called_off<'a>(campaign: &'a Campaign) -> impl Iterator<Item = Work<'a>> {
    let on = |day: Date| Some(DateRange { first: day, last: day });
    let owner = |owner: &'a Option<Spanned<String>>| owner.as_ref().map_or("", |o| o.value.as_str());
    let work = |task, owner, days| Work { task, owner, days, done: None };
    campaign.called_off.iter().flat_map(move |off| {
        let nodes = off.milestones.iter().map(move |n| work(Task::Milestone(campaign, n), owner(&n.owner), on(n.due)));
        let items = off.items.iter().map(move |i| work(Task::Item(campaign, i), owner(&i.owner), i.due.and_then(on)));
        let duties = off
            .duties
            .iter()
            .map(move |d| work(Task::Duty(campaign, d), d.person.value.as_str(), DateRange::new(d.from, d.to)));
        nodes.chain(items).chain(duties)
    })
}

/// The role that some work falls to.
pub fn role_of_work<'a>(model: &'a Model, work: &Work<'a>) -> Option<&'a str> {
    match work.task {
        Task::Milestone(_, node) => role_of(model, node),
        Task::Item(_, item) => item.role.as_deref(),
        _ => None,
    }
}

fn sort(all: &mut BTreeMap<&str, Vec<Work<'_>>>) {
    for list in all.values_mut() {
        list.sort_by_key(|w| (w.days.is_none(), w.days));
    }
}

/// What plans give to a role, whoever holds it in which campaign: nodes and checklist items, in the same order.
/// Work that nobody holds is there too, with an empty owner.
pub fn by_role(model: &Model) -> BTreeMap<&str, Vec<Work<'_>>> {
    let mut all: BTreeMap<&str, Vec<Work<'_>>> = BTreeMap::new();
    let on = |day: Date| DateRange { first: day, last: day };
    for campaign in &model.campaigns {
        for node in campaign.schedule.iter().flat_map(|s| &s.milestones) {
            let Some(role) = role_of(model, node) else { continue };
            let owner = node.owner.as_ref().map_or("", |o| o.value.as_str());
            let (task, done) = (Task::Milestone(campaign, node), node.done.map(|d| d.value));
            all.entry(role).or_default().push(Work { task, owner, days: Some(on(node.due)), done });
        }
        for item in &campaign.checklist {
            let Some(role) = item.role.as_deref() else { continue };
            let owner = item.owner.as_ref().map_or("", |o| o.value.as_str());
            let task = Task::Item(campaign, item);
            all.entry(role).or_default().push(Work { task, owner, days: item.due.map(on), done: item.done });
        }
    }
    sort(&mut all);
    all
}

/// The role a node falls to: of a standard node its own; of another, none.
fn role_of<'a>(model: &'a Model, node: &Milestone) -> Option<&'a str> {
    model.policy.node(node.id.as_str())?.role.as_ref().map(|role| role.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Settings;
    use crate::sources::Sources;

    #[test]
    fn a_persons_work_comes_from_every_kind_of_plan_in_order_of_date() {
        let campaign = "title = \"x\"\nowner = \"bo\"\nstart = 2026-06-10\nend = 2026-06-14\n\
            [[milestone]]\nid = \"venue\"\ntask = \"Venue\"\nowner = \"lin\"\ndue = 2026-05-02\n\
            [[material]]\nname = \"Cups\"\nowner = \"lin\"\ndue = 2026-05-01\n\
            [[duty]]\nperson = \"lin\"\nfrom = \"T\"\nto = \"Z\"\n";
        let review =
            "+++\nstatus = \"draft\"\n[[action]]\nid = \"a\"\nwhat = \"Ask\"\nowner = \"lin\"\ndue = 2026-04-01\n+++\n";
        let sop = "+++\ntitle = \"S\"\nphase = \"preparation\"\nowner = \"lin\"\nversion = \"1\"\nreview-by = 2026-07-01\n+++\n\
            - [ ] Call {#call role=sales}\n";
        let files = [
            ("content/campaigns/june/campaign.toml", campaign),
            ("content/campaigns/june/postmortem.md", review),
            ("content/departments.toml", "[sales]\nname = \"Sales\"\nlead = \"lin\"\n"),
            ("content/sops/s.md", sop),
        ];
        let (mut sources, _) = Sources::from_memory(files.map(|(p, t)| (p.to_owned(), t.as_bytes().to_vec())));
        let (settings, _) = Settings::read(&sources);
        let as_of = Date::parse("2026-06-12").unwrap();
        let (model, _) = crate::model::load(&mut sources, settings, as_of, &[]);
        let shown: Vec<String> = by_owner(&model)["lin"]
            .iter()
            .map(|work| {
                let kind = match work.task {
                    Task::Milestone(..) => "milestone",
                    Task::Item(..) => "item",
                    Task::Material(..) => "material",
                    Task::Action(..) => "action",
                    Task::Duty(..) => "duty",
                    Task::SopReview(_) => "sop",
                };
                format!("{kind} {:?} {:?}", work.days.map(|d| d.first), work.standing(as_of))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "action Some(2026-04-01) Some(Overdue { days: 72 })",
                "material Some(2026-05-01) Some(Overdue { days: 42 })",
                "milestone Some(2026-05-02) Some(Overdue { days: 41 })",
                "duty Some(2026-06-10) Some(Open { days: 0 })",
                "sop Some(2026-07-01) Some(Open { days: 19 })",
                "item None None",
            ]
        );
    }
}

//! Checklists: the items of the procedures that are for a campaign, bound to its dates, people and done marks.

use super::calendar::Calendar;
use super::campaign::Campaign;
use super::milestone::{OwnerFrom, OwnerOf, Standing, standing};
use super::sop::{Sop, SopItem};
use crate::base::{Date, Id, Quantity, Share, Span, Spanned, Text};
use crate::policy::{Policy, SopPhase};

/// A checklist item of one campaign.
#[derive(Clone, Debug)]
pub struct Item {
    /// The procedure.
    pub sop: Id,
    /// The item of it.
    pub id: Id,
    /// The words by language.
    pub text: Text,
    /// Role that does it.
    pub role: Option<String>,
    /// Who that is in this campaign.
    pub owner: Option<Spanned<String>>,
    /// Why that person.
    pub owner_from: OwnerFrom,
    /// When; none when the procedure gives no offset or counts from a node that is not there.
    pub due: Option<Date>,
    /// Phase of the procedure.
    pub phase: SopPhase,
    /// Group of policy.
    pub group: Option<String>,
    /// Whether the campaign may not go on without it.
    pub must: bool,
    /// What makes it measurable.
    pub measure: Option<String>,
    /// What it came to.
    pub measured: Option<String>,
    /// Hour on the run sheet.
    pub at: Option<String>,
    /// When it was done.
    pub done: Option<Date>,
    /// The item in the procedure.
    pub span: Span,
}

impl Item {
    /// Key of its done mark: `sop/item`.
    pub fn key(&self) -> String {
        format!("{}/{}", self.sop, self.id)
    }
    /// How it stands on a day; none without a date unless it is done.
    pub fn standing(&self, as_of: Date) -> Option<Standing> {
        match (self.due, self.done) {
            (Some(due), done) => Some(standing(due, done, as_of)),
            (None, Some(_)) => Some(Standing::Done { late: 0 }),
            (None, None) => None,
        }
    }
}

/// Whether an item gates "preparation complete" (MIL-8): mandatory, in a gate group, due by then.
pub fn gates_preparation(item: &Item, policy: &Policy, complete: Date) -> bool {
    let gate = item.group.as_deref().and_then(|g| policy.rows.groups.find(g)).is_some_and(|g| g.gate);
    item.must && gate && item.due.is_none_or(|due| due <= complete)
}

/// How many gate items there are and how many are done by `until` (all done marks when none).
pub fn preparation(campaign: &Campaign, policy: &Policy, until: Option<Date>) -> Option<(usize, usize)> {
    let complete = campaign.schedule.as_ref()?.milestone("preparation-complete")?.due;
    let gates: Vec<&Item> = campaign.checklist.iter().filter(|i| gates_preparation(i, policy, complete)).collect();
    let done = gates.iter().filter(|i| i.done.is_some_and(|d| until.is_none_or(|u| d <= u))).count();
    Some((done, gates.len()))
}

/// The share of gate items that are done, as the metric `preparation-rate`; 100 when there are none.
pub fn preparation_rate(campaign: &Campaign, policy: &Policy, until: Option<Date>) -> Option<Quantity> {
    let (done, all) = preparation(campaign, policy, until)?;
    let count = |n: usize| i128::try_from(n).unwrap_or(0);
    let share = if all == 0 { Share::WHOLE } else { Share::of(count(done), count(all))? };
    Some(Quantity(share.0 * 100))
}

/// Binds the procedures to a campaign: those for its scale and mode, in order of date.
pub(crate) fn bind(campaign: &Campaign, sops: &[Sop], calendar: &Calendar, owner_of: &OwnerOf<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for sop in sops.iter().filter(|s| s.is_for(&campaign.scale, campaign.mode)) {
        let Some(phase) = sop.phase else { continue };
        for item in &sop.items {
            items.push(bound(campaign, sop, phase.value, item, calendar, owner_of));
        }
    }
    items.sort_by_key(|item: &Item| (item.due.is_none(), item.due, item.phase));
    items
}

fn bound(
    campaign: &Campaign,
    sop: &Sop,
    phase: SopPhase,
    item: &SopItem,
    calendar: &Calendar,
    owner_of: &OwnerOf<'_>,
) -> Item {
    let schedule = campaign.schedule.as_ref();
    let role = item.role.as_ref().map(|r| r.value.clone());
    let (owner, owner_from) = owner_of(role.as_deref());
    let key = format!("{}/{}", sop.id, item.id.value);
    let results = &campaign.results;
    let mark = results.done(&key).or_else(|| results.done(sop.id.as_str()));
    Item {
        sop: sop.id.clone(),
        id: item.id.value.clone(),
        text: item.text.clone(),
        role,
        owner,
        owner_from,
        due: item.due.as_ref().and_then(|d| schedule.and_then(|s| s.resolve(&d.value, calendar))),
        phase,
        group: item.group.as_ref().map(|g| g.value.clone()),
        must: item.must,
        measure: item.measure.clone(),
        measured: results.measured.iter().find(|(k, _)| k.value == key).map(|(_, v)| v.clone()),
        at: item.at.as_ref().map(|a| a.value.clone()),
        done: mark.map(|d| d.value),
        span: item.span,
    }
}

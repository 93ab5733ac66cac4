//! Campaigns called off: what was still open is no longer anybody's work, and is kept so that calendars can take it back. Money
//! that was not spent goes back to the year: of the plan only what was spent still counts.

use super::budget::Budget;
use super::campaign::{Campaign, Duty};
use super::checklist::Item;
use super::milestone::Milestone;
use super::spending;
use crate::base::{Date, Money, Spanned, Text};

/// That a campaign was called off, and what was open then.
#[derive(Clone, Debug, Default)]
pub struct CalledOff {
    /// When.
    pub on: Option<Spanned<Date>>,
    /// Why.
    pub because: Option<Text>,
    /// Nodes that were not done.
    pub milestones: Vec<Milestone>,
    /// Checklist items that were not done.
    pub items: Vec<Item>,
    /// Days of duty.
    pub duties: Vec<Duty>,
    /// The budget as it was planned.
    pub planned: Option<Budget>,
}

impl CalledOff {
    /// What a campaign says of it; none when it says nothing.
    pub(crate) fn of(on: Option<Spanned<Date>>, because: Option<Text>) -> Option<Self> {
        on.map(|on| Self { on: Some(on), because, ..Self::default() })
    }
    /// Whether calendars still take back what they showed, some days after it.
    pub fn is_told(&self, as_of: Date, days: i64) -> bool {
        self.on.is_some_and(|on| as_of <= on.value.plus(days))
    }
}

/// Takes out of a campaign what is no longer to be done. Before the day it is called off it stands as planned.
pub(crate) fn settle(campaign: &mut Campaign, as_of: Date) {
    let Some(mut off) = campaign.called_off.take() else { return };
    if off.on.is_none_or(|on| on.value > as_of) {
        return;
    }
    if let Some(schedule) = &mut campaign.schedule {
        (schedule.milestones, off.milestones) =
            std::mem::take(&mut schedule.milestones).into_iter().partition(|node| node.done.is_some());
    }
    (campaign.checklist, off.items) =
        std::mem::take(&mut campaign.checklist).into_iter().partition(|item| item.done.is_some());
    off.duties = std::mem::take(&mut campaign.duties);
    campaign.handovers.retain(|handover| handover.accepted.is_some());
    off.planned = campaign.budget.take();
    campaign.budget = off.planned.as_ref().map(|planned| kept(planned, campaign));
    campaign.called_off = Some(off);
}

/// What still counts of a budget: on each line what was spent on it, and all of it in the total.
fn kept(planned: &Budget, campaign: &Campaign) -> Budget {
    let mut kept = planned.clone();
    let spent: Vec<Money> = spending::on_lines(planned, &campaign.results).into_iter().map(|l| l.spent).collect();
    for (line, spent) in kept.lines.iter_mut().zip(spent) {
        line.amount.value = spent;
    }
    if let Some(total) = &mut kept.total {
        total.value = campaign.results.spent();
    }
    kept
}

impl Campaign {
    /// Its budget as written, also when the campaign was called off and little of it still counts.
    pub fn plan(&self) -> Option<&Budget> {
        self.called_off.as_ref().map_or(self.budget.as_ref(), |off| off.planned.as_ref())
    }
    /// What went back to the year when it was called off: planned and not spent.
    pub fn released(&self) -> Money {
        let total = |budget: Option<&Budget>| budget.and_then(|b| b.total).map_or(Money::ZERO, |t| t.value);
        let left = total(self.plan()) - total(self.budget.as_ref());
        left.max(Money::ZERO)
    }
}

//! Money that a campaign which ended early hands to a later one (BUF-6): shown apart, no part of its budget or of any split.

use super::Model;
use super::campaign::Campaign;
use crate::base::{Date, Money};

/// What spending calls the money that came from an earlier campaign.
pub const LINE: &str = "carry-over";

/// Money handed on.
#[derive(Clone, Copy, Debug)]
pub struct CarryOver<'a> {
    /// The campaign that ended early.
    pub from: &'a Campaign,
    /// The day of its end.
    pub on: Date,
    /// How much.
    pub amount: Money,
}

/// What a campaign's budget has left: its total less all spending. None without a total.
pub fn unspent(campaign: &Campaign) -> Option<Money> {
    let total = campaign.budget.as_ref()?.total?.value;
    Some(total - campaign.results.spent())
}

/// What a campaign that ended early hands on: what is written, else all it has left.
pub fn handed_on(campaign: &Campaign) -> Option<Money> {
    let stop = campaign.results.early_stop.as_ref().filter(|s| s.sound && s.to.is_some())?;
    stop.savings.map(|s| s.value).or_else(|| unspent(campaign)).filter(|amount| *amount > Money::ZERO)
}

/// What a campaign gets from others, in order of their dates.
pub fn received<'a>(model: &'a Model, campaign: &Campaign) -> Vec<CarryOver<'a>> {
    let from = |other: &'a Campaign| {
        let stop = other.results.early_stop.as_ref()?;
        let is_mine = stop.to.as_ref().is_some_and(|to| to.value == campaign.id.as_str()) && other.id != campaign.id;
        is_mine.then_some(())?;
        Some(CarryOver { from: other, on: stop.on.value, amount: handed_on(other)? })
    };
    model.campaigns.iter().filter_map(from).collect()
}

/// What of it is spent.
pub fn spent(campaign: &Campaign) -> Money {
    campaign.results.carried.iter().map(|s| s.amount.value).sum()
}

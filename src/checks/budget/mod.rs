//! Money: one rule a file.

mod anchor_reserve;
mod annual_share;
mod authority;
mod axis_value;
mod carry_over;
mod currency;
mod missing;
mod negative;
mod overspent;
mod programme_sum;
mod rationale;
mod spend_future;
mod spend_line;
mod spend_twice;
mod split;
mod sum;
mod top_up;
mod transfer;
mod untagged;

use super::{Check, programme};
use crate::base::Money;
use crate::model::Model;
use crate::model::budget::{Budget, Line};
use crate::model::campaign::Campaign;
use crate::model::programme::Programme;
use crate::policy::{Level, Preset, State};

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &anchor_reserve::CHECK,
    &annual_share::CHECK,
    &authority::CHECK,
    &axis_value::CHECK,
    &carry_over::CHECK,
    &currency::CHECK,
    &missing::CHECK,
    &negative::CHECK,
    &overspent::CHECK,
    &programme_sum::CHECK,
    &rationale::CHECK,
    &spend_future::CHECK,
    &spend_line::CHECK,
    &spend_twice::CHECK,
    &split::CHECK,
    &sum::CHECK,
    &top_up::CHECK,
    &transfer::CHECK,
    &untagged::CHECK,
];

/// The total of a budget whose lines make it up, none of them negative: shares of any other would mislead.
fn sound_total(budget: &Budget) -> Option<Money> {
    let total = budget.total.filter(|_| budget.complete)?.value;
    let negative = budget.lines.iter().any(|l| l.amount.value < Money::ZERO);
    (!negative && total >= Money::ZERO && budget.sum() == total).then_some(total)
}

/// The money of a year: the programme's own lines and those of its campaigns. Of those called off what was spent counts.
struct Year<'a> {
    total: Money,
    own: &'a Budget,
    campaigns: Vec<(&'a Campaign, &'a Budget)>,
    /// Whether some campaign has no budget yet.
    waits: bool,
    /// What went back to the year from campaigns called off: it may be planned anew, or wait.
    released: Money,
    /// Whether each budget's lines make up its total.
    is_sound: bool,
}

impl<'a> Year<'a> {
    /// None unless all its amounts could be read, none is negative, and all are in one currency: whatever is wrong
    /// there is reported there.
    fn of(model: &'a Model, programme: &'a Programme) -> Option<Self> {
        let own = programme.budget.as_ref().filter(|b| b.complete)?;
        let total = own.total.filter(|t| t.value >= Money::ZERO)?.value;
        if own.lines.iter().any(|l| l.amount.value < Money::ZERO) || programme::has_strays(model) {
            return None;
        }
        let (mut campaigns, mut waits, mut is_sound) = (Vec::new(), false, true);
        let mut released = Money::ZERO;
        for campaign in programme::members(model, programme).chain(programme::called_off(model, programme)) {
            released = released + campaign.released();
            match &campaign.budget {
                Some(budget) => {
                    let total =
                        budget.total.filter(|_| budget.complete && budget.currency.value == own.currency.value)?;
                    let negative = |amount: Money| amount < Money::ZERO;
                    if negative(total.value) || budget.lines.iter().any(|l| negative(l.amount.value)) {
                        return None;
                    }
                    is_sound &= budget.sum() == total.value || campaign.called_off.is_some();
                    campaigns.push((campaign, budget));
                }
                None if campaign.written.has("budget") => return None,
                None => waits |= campaign.called_off.is_none(),
            }
        }
        Some(Self { total, own, campaigns, waits, released, is_sound })
    }

    /// What the campaigns' totals and the programme's own lines add up to.
    fn sum(&self) -> Money {
        self.own.sum() + self.of_campaigns()
    }

    fn of_campaigns(&self) -> Money {
        self.campaigns.iter().filter_map(|(_, b)| b.total).map(|t| t.value).sum()
    }

    /// Whether its parts do not make its total. Money for a campaign that has no budget yet is not missing.
    fn is_off(&self) -> bool {
        let fits = |sum: Money| sum == self.total || (self.waits && sum < self.total) || self.is_freed(sum);
        !fits(self.sum()) && !fits(self.lines())
    }

    /// Whether a sum lacks no more than campaigns called off have set free.
    fn is_freed(&self, sum: Money) -> bool {
        sum < self.total && self.total <= sum + self.released
    }

    /// Whether all the money of the year is planned, but for what campaigns called off have set free.
    fn is_allotted(&self) -> bool {
        let sum = self.sum();
        sum == self.total || self.is_freed(sum)
    }

    /// What all lines add up to: another sum only while some campaign's total is reported as wrong.
    fn lines(&self) -> Money {
        self.own.sum() + self.campaigns.iter().map(|(_, b)| b.sum()).sum()
    }
}

/// The presets that are checked, at least where lines carry their axis.
fn presets(model: &Model) -> impl Iterator<Item = (&str, &Preset)> {
    model.policy.rows.presets.iter().filter(|(_, preset)| preset.state != Some(State::Off))
}

/// Whether a preset speaks of these lines: one that is checked when tagged waits for the first tag.
fn cuts<'l>(preset: &Preset, mut lines: impl Iterator<Item = &'l Line>) -> bool {
    let axis = preset.axis.as_ref().map(|a| a.value.as_str());
    preset.state == Some(State::On) || axis.is_some_and(|axis| lines.any(|l| l.tag(axis).is_some()))
}

/// Whether a preset binds each campaign of this mode.
fn binds_campaign(preset: &Preset, campaign: &Campaign) -> bool {
    let level = matches!(preset.level, Some(Level::Both | Level::Campaign));
    level && (preset.modes.is_empty() || preset.modes.contains(&campaign.mode))
}

/// Whether a preset binds the year.
fn binds_programme(preset: &Preset) -> bool {
    matches!(preset.level, Some(Level::Both | Level::Programme))
}

/// The line with the most money, the first of equals.
fn largest<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<&'a Line> {
    lines.fold(None, |best: Option<&Line>, line| match best {
        Some(best) if best.amount.value >= line.amount.value => Some(best),
        _ => Some(line),
    })
}

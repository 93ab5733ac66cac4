//! Measures of money.

use super::{Figure, bucket};
use crate::base::{Money, Quantity, Share};
use crate::model::Model;
use crate::model::budget::Line;
use crate::model::campaign::Campaign;
use crate::model::measure::actual;
use crate::model::programme::Programme;
use crate::model::spending::by_line;
use std::cmp::Reverse;

/// Planned money of a bucket ÷ the whole budget (BUD-9, BUD-10). None where no line carries the axis.
pub(super) fn bucket_share(_: &Model, campaign: &Campaign, of: &str) -> Option<Figure> {
    let (axis, value) = bucket(of)?;
    let budget = campaign.budget.as_ref().filter(|b| b.complete)?;
    budget.lines.iter().any(|l| l.tag(axis).is_some()).then_some(())?;
    let share = budget.planned(axis, value).share_of(budget.sum())?;
    let on = budget.lines.iter().filter(|l| l.tag(axis).is_some_and(|t| t.value == value));
    let span = on.max_by_key(|l| l.amount.value).map_or(budget.span, |l| l.amount.span);
    Some(Figure::share(share).at(Some(span)))
}

/// Spent ÷ planned (MON-3). None without a total, and once an audit says why.
pub(super) fn execution_rate(_: &Model, campaign: &Campaign, _: &str) -> Option<Figure> {
    let total = campaign.budget.as_ref()?.total?;
    let share = campaign.results.spent().share_of(total.value)?;
    campaign.results.audits.is_empty().then(|| Figure::share(share).at(Some(total.span)))
}

/// What was spent of a bucket before T ÷ what is planned in it (BUD-12).
pub(super) fn bucket_spent_before_start(_: &Model, campaign: &Campaign, of: &str) -> Option<Figure> {
    let (axis, value) = bucket(of)?;
    let start = campaign.start?.value;
    let budget = campaign.budget.as_ref().filter(|b| b.complete)?;
    let on = |line: &&Line| line.tag(axis).is_some_and(|t| t.value == value);
    let lines: Vec<&Line> = budget.lines.iter().filter(on).collect();
    let early = |s: &&crate::model::results::Spend| {
        s.date.value < start && lines.iter().any(|line| line.is_named(&s.line.value))
    };
    let spent: Money = campaign.results.spends.iter().filter(early).map(|s| s.amount.value).sum();
    let planned: Money = lines.iter().map(|l| l.amount.value).sum();
    Some(Figure::share(spent.share_of(planned)?).at(lines.first().map(|l| l.amount.span)))
}

/// What is left of a bucket after Z ÷ what is planned in it (BUD-12). None before, and once an audit says why.
pub(super) fn bucket_unspent(model: &Model, campaign: &Campaign, of: &str) -> Option<Figure> {
    let (axis, value) = bucket(of)?;
    campaign.end.filter(|end| end.value < model.as_of && campaign.results.audits.is_empty())?;
    let on = |line: &Line| line.tag(axis).is_some_and(|t| t.value == value);
    let lines: Vec<_> = by_line(campaign).into_iter().filter(|l| on(l.line)).collect();
    let planned: Money = lines.iter().map(|l| l.line.amount.value).sum();
    let spent: Money = lines.iter().map(|l| l.spent).sum();
    Some(Figure::share((planned - spent).share_of(planned)?).at(lines.first().map(|l| l.line.amount.span)))
}

/// Days since the last spending while a campaign is prepared or live (MON-1).
pub(super) fn days_without_spend(model: &Model, campaign: &Campaign, _: &str) -> Option<Figure> {
    let schedule = campaign.schedule.as_ref()?;
    let opens = schedule.phases.first()?.days.first;
    campaign.budget.as_ref().filter(|_| opens <= model.as_of && model.as_of <= schedule.window.last)?;
    let known = campaign.results.spends.iter().map(|s| s.date.value).filter(|d| *d <= model.as_of);
    let last = known.max().unwrap_or(opens).max(opens);
    Some(Figure::of(Quantity::whole(last.until(model.as_of))))
}

/// Money of a value ÷ all money of the year that carries its axis (BUD-17).
pub(super) fn tagged_share<'a>(model: &'a Model, programme: &'a Programme, of: &str) -> Option<Figure> {
    let (axis, value) = bucket(of)?;
    let campaigns: Vec<&Campaign> = model.campaigns_of(programme).collect();
    let budgets = programme.budget.iter().chain(campaigns.iter().filter_map(|c| c.budget.as_ref()));
    let (mut on, mut all) = (Money::ZERO, Money::ZERO);
    for line in budgets.flat_map(|b| &b.lines) {
        let Some(tag) = line.tag(axis) else { continue };
        all = all + line.amount.value;
        if tag.value == value {
            on = on + line.amount.value;
        }
    }
    Some(Figure::share(on.share_of(all)?).at(programme.budget.as_ref().map(|b| b.span)))
}

/// |spent − planned| ÷ planned of a bucket, over the campaigns whose books are closed (MON-4): those past their last node.
pub(super) fn bucket_deviation<'a>(model: &'a Model, programme: &'a Programme, of: &str) -> Option<Figure> {
    let (axis, value) = bucket(of)?;
    let is_closed = |c: &&Campaign| c.schedule.as_ref().is_some_and(|s| s.last < model.as_of);
    let (mut planned, mut spent, mut off) = (Money::ZERO, Money::ZERO, Vec::new());
    for campaign in model.held_of(programme).filter(is_closed) {
        let lines = by_line(campaign).into_iter().filter(|l| l.line.tag(axis).is_some_and(|t| t.value == value));
        let (mut own, mut gone) = (Money::ZERO, Money::ZERO);
        for line in lines {
            own = own + line.line.amount.value;
            gone = gone + line.spent;
        }
        planned = planned + own;
        spent = spent + gone;
        if own != gone {
            off.push(((own - gone).0.abs(), campaign));
        }
    }
    off.sort_by_key(|(by, _)| Reverse(*by));
    let share = Money((spent - planned).0.abs()).share_of(planned)?;
    Some(Figure::share(share).because(off.into_iter().map(|(_, c)| c)))
}

/// What the campaigns that start in a quarter plan ÷ what all plan (BUD-11). None where one of them is in a slot made for
/// a big promotion: that is the reason.
pub(super) fn quarter_share<'a>(model: &'a Model, programme: &'a Programme, of: &str) -> Option<Figure> {
    let quarter: u8 = of.parse().ok()?;
    let total = |c: &Campaign| c.budget.as_ref().and_then(|b| b.total).map_or(Money::ZERO, |t| t.value);
    let in_quarter = |c: &&Campaign| c.start.is_some_and(|s| s.value.quarter() == quarter);
    let members: Vec<&Campaign> = model.campaigns_of(programme).filter(in_quarter).collect();
    let part: Money = members.iter().map(|c| total(c)).sum();
    let whole: Money = model.campaigns_of(programme).map(total).sum();
    let is_anchored =
        |slot: &crate::base::Spanned<String>| model.policy.rows.slots.find(&slot.value).is_some_and(|row| row.anchored);
    if members.iter().filter(|c| c.called_off.is_none()).any(|c| c.slot.as_ref().is_some_and(is_anchored)) {
        return None;
    }
    Some(Figure::share(part.share_of(whole)?).because(members.into_iter()))
}

/// One campaign's part of the year's money and of what it brought.
#[derive(Clone, Copy, Debug)]
pub struct Weight<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// What it planned.
    pub budget: Money,
    /// Its part of the budgets.
    pub budget_share: Share,
    /// What it brought, as spent × ROI.
    pub output: Money,
    /// Its part of the output.
    pub output_share: Share,
}

/// The measured return of a campaign: its final reading of the metric that policy says is the return.
pub fn returned(model: &Model, campaign: &Campaign) -> Option<Quantity> {
    let (id, _) = model.policy.metric_for("return")?;
    actual(campaign, id).map(|(value, _)| value)
}

/// Campaigns with a measured return, greatest budget first, each with its part of money and output (BUD-15).
pub fn weights<'a>(model: &'a Model, programme: &'a Programme) -> Vec<Weight<'a>> {
    let known = model.held_of(programme).filter_map(|campaign| {
        let budget = campaign.budget.as_ref()?.total?.value;
        let roi = returned(model, campaign)?;
        Some((campaign, budget, Money(campaign.results.spent().0 * i128::from(roi.0) / 10_000)))
    });
    let mut known: Vec<(&Campaign, Money, Money)> = known.collect();
    known.sort_by_key(|(_, budget, _)| Reverse(*budget));
    let whole: Money = known.iter().map(|(_, b, _)| *b).sum();
    let brought: Money = known.iter().map(|(_, _, o)| *o).sum();
    let weight = |(campaign, budget, output): (&'a Campaign, Money, Money)| Weight {
        campaign,
        budget,
        budget_share: budget.share_of(whole).unwrap_or_default(),
        output,
        output_share: output.share_of(brought).unwrap_or_default(),
    };
    known.into_iter().map(weight).collect()
}

/// Output share ÷ budget share of the largest campaigns that together hold `of` percent of the budgets (BUD-15).
pub(super) fn concentrated_output<'a>(model: &'a Model, programme: &'a Programme, of: &str) -> Option<Figure> {
    let least = Share::parse_percent(of)?;
    let (mut budget, mut output, mut largest) = (0, 0, Vec::new());
    for weight in weights(model, programme) {
        if budget >= least.0 {
            break;
        }
        budget += weight.budget_share.0;
        output += weight.output_share.0;
        largest.push(weight.campaign);
    }
    let share = Share::of(i128::from(output), i128::from(budget))?;
    Some(Figure::share(share).because(largest.into_iter()))
}

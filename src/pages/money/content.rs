//! Content and experience in the budgets of a year, and what too little of it does to participation (BUD-9).

use crate::base::{Quantity, Share};
use crate::model::campaign::Campaign;
use crate::model::measure::actual;
use crate::pages::parts;
use crate::plan::{Cx, Ref};
use crate::policy::State;
use serde::Serialize;

/// One campaign.
#[derive(Serialize)]
pub(super) struct Row {
    campaign: Ref,
    share: String,
    least: String,
    is_low: bool,
    /// Campaigns in a row with too little, this one included.
    low_run: usize,
    /// Participation if it goes on like this: the last one measured before the run, less a part for each campaign of it.
    projected: Option<String>,
}

/// The campaigns whose lines carry the axis of a preset that wants a least share, in order.
pub(super) fn rows(cx: &Cx<'_>, campaigns: &[&Campaign]) -> Vec<Row> {
    let policy = &cx.model().policy;
    let is_least =
        |p: &&crate::policy::Preset| p.state != Some(State::Off) && p.modes.is_empty() && !p.least.0.is_empty();
    let Some(preset) = policy.rows.presets.iter().map(|(_, p)| p).find(is_least) else { return Vec::new() };
    let Some((axis, (value, least))) = preset.axis.as_ref().zip(preset.least.iter().next()) else { return Vec::new() };
    let metric = policy.metric_for("participation");
    let decline = policy.share("participation-decline");
    let (mut run, mut before): (usize, Option<Quantity>) = (0, None);
    let mut rows = Vec::new();
    for campaign in campaigns {
        let Some(budget) = campaign.budget.as_ref().filter(|b| b.lines.iter().any(|l| l.tag(&axis.value).is_some()))
        else {
            continue;
        };
        let Some(share) = budget.planned(&axis.value, value).share_of(budget.sum()) else { continue };
        let is_low = share < least.value;
        run = if is_low { run + 1 } else { 0 };
        let measured = metric.and_then(|(id, _)| actual(campaign, id)).map(|(value, _)| value);
        let projected = before.filter(|_| is_low).map(|from| falling(from, decline, run));
        rows.push(Row {
            campaign: parts::campaign(cx, campaign),
            share: cx.percent_short(share),
            least: cx.percent(least.value),
            is_low,
            low_run: run,
            projected: projected.map(|value| cx.measured(value, metric.map(|(_, m)| m))),
        });
        if !is_low {
            before = measured.or(before);
        }
    }
    // Where there are very many, those with too little come first.
    if rows.len() > cx.model().policy.room("list-rows") {
        rows.sort_by_key(|row| !row.is_low);
    }
    rows
}

/// A rate after so many months, each of which takes the same part of what is left; rounded down.
fn falling(from: Quantity, decline: Share, months: usize) -> Quantity {
    let whole = i128::from(Share::WHOLE.0);
    let keep = whole - i128::from(decline.0);
    let left = (0..months).fold(i128::from(from.0), |rate, _| rate * keep / whole);
    // To a tenth, as rates are read.
    Quantity(i64::try_from(left / 1000 * 1000).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_month_takes_its_part_of_what_is_left() {
        let from = Quantity::whole(70);
        assert_eq!(falling(from, Share::percent(8), 1).to_string(), "64.4");
        assert_eq!(falling(from, Share::percent(8), 3).to_string(), "54.5");
    }
}

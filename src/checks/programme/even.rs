//! `programme/even`: money spread evenly over the year.

use super::{has_strays, members, year_span};
use crate::base::{Currency, Diagnostic, Found, Money, Subject};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::programme::Programme;
use crate::{rule, said};

rule! {
    /// Budgets are spread evenly over the year: sprints get no more than the others, or all campaigns get about the same.
    ///
    /// ## Why
    /// Resources must follow the rhythm; spreading them evenly over the months dilutes the effect of each (CAL-10).
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    /// ```
    /// ```toml,with path=content/campaigns/april/campaign.toml
    /// title = "April"
    /// owner = "lin"
    /// slot = "regular"
    /// start = 2026-04-08
    /// end = 2026-04-12
    /// budget = { total = 300000 }
    /// ```
    /// ```toml,reports
    /// slot = "sprint"
    /// budget = { total = 200000 }
    /// ```
    /// ```toml,passes
    /// slot = "sprint"
    /// budget = { total = 600000 }
    /// ```
    pub(crate) static RULE = "programme/even", Info, ["CAL-10"],
    zh: "全年预算平均用力：冲刺档期并不比其他档期多，或各活动几乎一样。\n\n资源应跟着节奏走，平均分到各月会稀释效果（CAL-10）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    if has_strays(model) {
        return;
    }
    for programme in &model.programmes {
        found.extend(judge(model, programme).map(|d| d.about(Subject::programme(programme.id.as_str()))));
    }
}

fn judge(model: &Model, programme: &Programme) -> Option<Diagnostic> {
    let campaigns: Vec<&Campaign> = members(model, programme).collect();
    let currency = programme.budget.as_ref().map_or(model.settings.currency, |b| b.currency.value);
    // What is not known of one campaign cannot be said of the year.
    let totals: Vec<(&str, Money)> = campaigns.iter().map(|c| total(c, currency)).collect::<Option<_>>()?;
    let is_anchored = |slot: &str| model.policy.rows.slots.find(slot).is_some_and(|row| row.anchored);
    let (sprints, others): (Vec<_>, Vec<_>) = totals.iter().partition(|(slot, _)| is_anchored(slot));
    let high = mean(&sprints)?;
    let low = mean(&others)?;
    let all = mean(&totals)?;
    let even = model.policy.share("even-spread");
    let near = |m: Money| Money((m - all).0.abs()).share_of(all).is_some_and(|s| s <= even);
    let span = year_span(programme);
    if totals.iter().all(|(_, m)| near(*m)) {
        let message = said!("every budget is within {even} of the mean", "各活动预算与均值相差都在 {even} 以内");
        let advice = said!("move money to the campaigns that carry the year", "请把资源移到撑起全年的活动上");
        return Some(Diagnostic::new(&RULE, span, message).hint(advice));
    }
    (high <= low).then(|| {
        let (high, low) = (currency.words(high), currency.words(low));
        let message =
            said!("a sprint has {high} on average, another campaign {low}", "冲刺活动平均 {high}，其他活动平均 {low}");
        let advice = said!("move money to the sprints, or take other slots", "请把预算移到冲刺活动，或调整档期");
        Diagnostic::new(&RULE, span, message).hint(advice)
    })
}

/// A campaign's slot and budget.
fn total(campaign: &Campaign, currency: Currency) -> Option<(&str, Money)> {
    let budget = campaign.budget.as_ref().filter(|b| b.currency.value == currency)?;
    Some((campaign.slot.as_ref()?.value.as_str(), budget.total?.value))
}

fn mean(totals: &[(&str, Money)]) -> Option<Money> {
    let n = i128::try_from(totals.len()).ok().filter(|n| *n > 0)?;
    Some(Money(totals.iter().map(|(_, m)| m.0).sum::<i128>() / n)).filter(|m| m.0 > 0)
}

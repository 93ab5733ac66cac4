//! `budget/overspent`: a line on which far more was spent than planned, or less than nothing.

use super::Check;
use crate::base::{Diagnostic, Found, Money, Share};
use crate::checks::words;
use crate::model::Model;
use crate::model::budget::Line;
use crate::model::campaign::Campaign;
use crate::model::results::Spend;
use crate::{rule, said};

rule! {
    /// Far more was spent on a line than it has, or less than nothing.
    ///
    /// ## Why
    /// One zero too many is the most frequent mistake in spending, and the budget page would show it as overspending. If it is true,
    /// the money is missing somewhere else, and whoever answers for that hears of it while there is time (MON-2). How far is too far
    /// is policy (`figures.line-overspent`); money that the year transferred to the line counts.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/sample/campaign.toml
    /// [budget]
    /// total = 100000
    ///
    /// [[budget.line]]
    /// id = "livestream"
    /// name = "Livestream and media"
    /// amount = 100000
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [[spend]]
    /// date = 2026-02-20
    /// line = "livestream"
    /// amount = 620000
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [[spend]]
    /// date = 2026-02-20
    /// line = "livestream"
    /// amount = 62000
    /// ```
    pub(crate) static RULE = "budget/overspent", Warning, ["MON-2"],
    zh: "某行预算的支出远超计划，或合计小于零。\n\n多写一个零是记支出时最常见的笔误，而预算页会把它当作超支。如果属实，钱就从别处少了，负责人应在来得及的时候知道（MON-2）。超出多少算远超由政策决定（`figures.line-overspent`）；年度调拨给该行的钱计算在内。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(budget) = campaign.budget.as_ref().filter(|budget| budget.complete) else { return };
    let most = model.policy.share("line-overspent");
    for line in &budget.lines {
        let spends: Vec<&Spend> =
            campaign.results.spends.iter().filter(|spend| line.is_named(&spend.line.value)).collect();
        let spent: Money = spends.iter().map(|spend| spend.amount.value).sum();
        let planned = line.amount.value + transferred(model, campaign, line);
        let is_negative = spent < Money::ZERO;
        let share = spent.share_of(planned);
        let is_far = spent > planned && share.is_none_or(|share| share > most);
        // Of several the one that weighs most is probably the wrong one.
        let key = |spend: &&&Spend| if is_negative { Money::ZERO - spend.amount.value } else { spend.amount.value };
        let Some(spend) = spends.iter().max_by_key(key).filter(|_| is_negative || is_far) else { continue };
        found.push(
            report(line, spend, spent, (planned, share), budget.currency.value)
                .about(campaign.subject().item(&spend.line.value)),
        );
    }
}

/// What the year moved to a line of a campaign, less what it took from it.
fn transferred(model: &Model, campaign: &Campaign, line: &Line) -> Money {
    let is_line =
        |word: &str| word.split_once('/').is_some_and(|(id, name)| id == campaign.id.as_str() && line.is_named(name));
    let transfers = model.programmes.iter().flat_map(|programme| &programme.transfers);
    transfers
        .map(|transfer| {
            let amount = transfer.amount.value;
            let to = if is_line(&transfer.to.value) { amount } else { Money::ZERO };
            let from = if is_line(&transfer.from.value) { amount } else { Money::ZERO };
            to - from
        })
        .sum()
}

fn report(
    line: &Line,
    spend: &Spend,
    spent: Money,
    (planned, share): (Money, Option<Share>),
    currency: crate::base::Currency,
) -> Diagnostic {
    let name = words::text(&line.name);
    let [sum, plan] = [spent, planned].map(|money| currency.words(money));
    let (en, zh) = (&name.en, &name.zh);
    let message = match share.filter(|_| spent > Money::ZERO) {
        None => said!("{sum} spent on {en}, which has {plan}", "{zh}支出 {sum}，计划 {plan}"),
        Some(share) => {
            let share = words::share(share);
            let (of_en, of_zh) = (&share.en, &share.zh);
            said!("{sum} spent on {en}, {of_en} of the {plan} it has", "{zh}支出 {sum}，是计划 {plan} 的 {of_zh}")
        }
    };
    let diagnostic = Diagnostic::new(&RULE, spend.amount.span, message)
        .label(line.amount.span, said!("planned here", "计划写在这里"));
    match spent < Money::ZERO {
        true => diagnostic.hint(said!(
            "write what was spent without a sign; money that came back is less than what went before it",
            "支出请写正数；退回的钱不会多于此前花出的"
        )),
        false => diagnostic.hint(said!(
            "look for a zero too many or the wrong line; if it is true, move money to the line in the budget",
            "请检查是否多写了零或记错了行；若属实，请在预算中把钱调到这一行"
        )),
    }
}

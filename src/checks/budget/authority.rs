//! `budget/authority`: more money than the tier allows without the person who signs for it.

use super::Check;
use crate::base::{Currency, Diagnostic, Found, Money, Span, Spanned, Subject};
use crate::model::Model;
use crate::policy::Authority;
use crate::{rule, said};

rule! {
    /// A budget or a transfer is above what its tier may spend, and the person who signs above it has not signed.
    ///
    /// ## Why
    /// Graded authority keeps small decisions fast and large ones seen (BUD-6). Limits are rows of policy, `[authority.<tier>]`, in the
    /// currency of the book; the embedded pack has none, since every organisation has its own.
    ///
    /// ## Example
    /// ```toml,with path=content/policies/own.toml
    /// [authority.key]
    /// max = 500000
    /// approver = "lin"
    /// ```
    /// ```toml,reports
    /// tier = "key"
    ///
    /// [budget]
    /// total = 600000
    ///
    /// [[budget.line]]
    /// name = "Everything"
    /// amount = 600000
    /// ```
    /// ```toml,passes
    /// tier = "key"
    ///
    /// [budget]
    /// total = 600000
    /// approved-by = ["lin"]
    ///
    /// [[budget.line]]
    /// name = "Everything"
    /// amount = 600000
    /// ```
    pub(crate) static RULE = "budget/authority", Error, ["BUD-6"],
    zh: "预算或调拨超出所在层级的权限，而应签字的人没有签字。\n\n分级授权让小事快办、大事有人看（BUD-6）。限额是政策中的 `[authority.<层级>]`，按账本币种；内置政策不设限额，由各组织自定。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let book = model.settings.currency;
    let limit = |tier: Option<&Spanned<String>>| {
        let row = tier.and_then(|tier| model.policy.rows.authority.find(&tier.value))?;
        Some((row, Money::parse(&row.max.as_ref()?.value.0, book)?))
    };
    for campaign in model.held() {
        let Some((row, most)) = limit(campaign.tier.as_ref()) else { continue };
        let Some(budget) = campaign.budget.as_ref().filter(|b| b.currency.value == book) else { continue };
        let Some(total) = budget.total.filter(|t| t.value > most) else { continue };
        let signed: Vec<&str> = budget.approved_by.iter().map(|p| p.value.as_str()).collect();
        found.extend(report(row, most, total, &signed, book, budget.span).map(|d| d.about(campaign.subject())));
    }
    for programme in &model.programmes {
        let ledger = crate::model::ledger::Ledger::of(model, programme);
        for transfer in &programme.transfers {
            let tier = ledger.receiver(transfer).and_then(|c| c.tier.as_ref());
            let Some((row, most)) = limit(tier).filter(|(_, most)| transfer.amount.value > *most) else { continue };
            let signed = [transfer.approver.value.as_str()];
            let finding = report(row, most, transfer.amount, &signed, book, transfer.approver.span);
            found.extend(finding.map(|d| d.about(Subject::programme(programme.id.as_str()))));
        }
    }
}

fn report(
    row: &Authority,
    most: Money,
    amount: Spanned<Money>,
    signed: &[&str],
    currency: Currency,
    place: Span,
) -> Option<Diagnostic> {
    let approver = row.approver.as_ref().filter(|a| !signed.contains(&a.value.as_str()))?;
    let who = &approver.value;
    let [is, most] = [amount.value, most].map(|m| currency.words(m));
    let message = said!(
        "{is} is more than this tier may spend without `{who}`: {most}",
        "{is} 超出该层级未经 `{who}` 签字的限额 {most}"
    );
    Some(
        Diagnostic::new(&RULE, amount.span, message)
            .label(place, said!("signed by others, or by nobody", "由他人签字，或无人签字"))
            .hint(said!("once `{who}` agrees, write the name there", "待 `{who}` 同意后写上其编号")),
    )
}

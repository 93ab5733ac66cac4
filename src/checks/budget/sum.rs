//! `budget/sum`: lines that do not make up the total.

use super::Check;
use crate::base::{Diagnostic, Found, Money};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// The lines of a budget do not add up to its total.
    ///
    /// ## Why
    /// Splits are only meaningful if the sums are exact (BUD-19): money that stands in the total and in no line is approved
    /// for nothing, and money that stands in a line only was never approved.
    ///
    /// ## Example
    /// ```toml,reports
    /// [budget]
    /// total = 480000
    ///
    /// [[budget.line]]
    /// name = "Livestream and media"
    /// amount = 336000
    /// purpose = "core"
    ///
    /// [[budget.line]]
    /// name = "Emergency reserve"
    /// amount = 96000
    /// purpose = "reserve"
    ///
    /// [[budget.line]]
    /// name = "Experiment"
    /// amount = 84000
    /// purpose = "innovation"
    /// ```
    /// ```toml,passes
    /// [budget]
    /// total = 480000
    ///
    /// [[budget.line]]
    /// name = "Livestream and media"
    /// amount = 336000
    /// purpose = "core"
    ///
    /// [[budget.line]]
    /// name = "Emergency reserve"
    /// amount = 96000
    /// purpose = "reserve"
    ///
    /// [[budget.line]]
    /// name = "Experiment"
    /// amount = 48000
    /// purpose = "innovation"
    /// ```
    pub(crate) static RULE = "budget/sum", Error, ["BUD-19"],
    zh: "预算各行之和不等于总额。\n\n合计准确，拆分才有意义（BUD-19）：只在总额里而不在任何一行里的钱，批了却没有用途；只在某一行里的钱，从未获批。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(budget) = campaign.budget.as_ref().filter(|b| b.complete) else { return };
    let Some(total) = budget.total else { return };
    let negative = budget.lines.iter().any(|l| l.amount.value < Money::ZERO);
    let (sum, currency) = (budget.sum(), budget.currency.value);
    if sum == total.value || negative || total.value < Money::ZERO {
        return;
    }
    let [is, wanted] = [sum, total.value].map(|m| currency.words(m));
    let gap = currency.words(Money((sum.0 - total.value.0).abs()));
    if budget.lines.is_empty() {
        let message = said!("the budget has no lines, wanted {wanted} of them", "预算没有明细行，应合计 {wanted}");
        let advice = said!(
            "add a `[[budget.line]]` with `name` and `amount` for each part of it",
            "请为每一部分添加 `[[budget.line]]`，写上 `name` 和 `amount`"
        );
        found.push(Diagnostic::new(&RULE, total.span, message).hint(advice).about(campaign.subject()));
        return;
    }
    let more = sum > total.value;
    let message = match more {
        true => said!(
            "the lines add up to {is}, {gap} more than the total {wanted}",
            "各行合计 {is}，比总额 {wanted} 多 {gap}"
        ),
        false => said!(
            "the lines add up to {is}, {gap} less than the total {wanted}",
            "各行合计 {is}，比总额 {wanted} 少 {gap}"
        ),
    };
    let right = sum.plain(currency);
    let lines = match more {
        true => said!("or take {gap} out of the lines", "或者从各行中减去 {gap}"),
        false => said!("or add {gap} to the lines", "或者在各行中补上 {gap}"),
    };
    found.push(
        Diagnostic::new(&RULE, total.span, message)
            .fix(said!("change the total to `{right}`", "把总额改为 `{right}`"), total.span, right.clone())
            .hint(lines)
            .about(campaign.subject()),
    );
}

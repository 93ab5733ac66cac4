//! `budget/negative`: money below zero, or none at all.

use super::Check;
use crate::base::{Currency, Diagnostic, Found, Money, Severity, Spanned, Subject};
use crate::model::Model;
use crate::model::budget::Budget;
use crate::{rule, said};

rule! {
    /// An amount of a budget is negative, or its total is zero.
    ///
    /// ## Why
    /// A budget says what may be spent. A negative line would let others grow beyond what was approved, and a share of nothing
    /// cannot be computed (BUD-19).
    ///
    /// ## Example
    /// ```toml,reports
    /// [budget]
    /// total = -480000
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
    pub(crate) static RULE = "budget/negative", Error, ["BUD-19"],
    zh: "预算金额为负，或总额为零。\n\n预算写明可以花多少钱。负数行会让其他行超出获批金额，而零的占比无法计算（BUD-19）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for campaign in model.held() {
        if let Some(budget) = &campaign.budget {
            judge(budget, &campaign.subject(), found);
        }
    }
    for programme in &model.programmes {
        if let Some(budget) = &programme.budget {
            judge(budget, &Subject::programme(programme.id.as_str()), found);
        }
    }
}

fn judge(budget: &Budget, subject: &Subject, found: &mut Found) {
    let currency = budget.currency.value;
    if let Some(total) = budget.total {
        if total.value < Money::ZERO {
            found.push(below(total, currency).about(subject.clone()));
        } else if total.value == Money::ZERO && budget.complete && budget.sum() == Money::ZERO {
            let message = said!("the total is 0", "总额为 0");
            let advice = said!("write what was approved, or leave `[budget]` out", "请写获批金额，或者不写 `[budget]`");
            let diagnostic = Diagnostic::new(&RULE, total.span, message).severity(Severity::Warning).hint(advice);
            found.push(diagnostic.about(subject.clone()));
        }
    }
    for line in budget.lines.iter().filter(|l| l.amount.value < Money::ZERO) {
        let subject = match &line.id {
            Some(id) => subject.clone().item(id.value.as_str()),
            None => subject.clone(),
        };
        found.push(below(line.amount, currency).about(subject));
    }
}

fn below(amount: Spanned<Money>, currency: Currency) -> Diagnostic {
    let (is, right) = (currency.words(amount.value), Money(amount.value.0.abs()).plain(currency));
    Diagnostic::new(&RULE, amount.span, said!("{is} is less than nothing", "{is} 小于零")).fix(
        said!("remove the sign: `{right}`", "去掉负号：`{right}`"),
        amount.span,
        right.clone(),
    )
}

//! `budget/currency`: a campaign in another currency than the playbook.

use super::Check;
use crate::base::{Diagnostic, Found, Subject};
use crate::model::Model;
use crate::model::budget::Budget;
use crate::{rule, said};

rule! {
    /// A budget is in another currency than the playbook.
    ///
    /// ## Why
    /// The year's total, the shares along each axis and the spending add amounts of all campaigns; amounts in two currencies cannot
    /// be added, and a rate of exchange would change the plan every day (BUD-19).
    ///
    /// ## Example
    /// ```toml,reports
    /// [budget]
    /// total = 480000
    /// currency = "USD"
    ///
    /// [[budget.line]]
    /// name = "Livestream and media"
    /// amount = 480000
    /// ```
    /// ```toml,passes
    /// [budget]
    /// total = 480000
    /// currency = "CNY"
    ///
    /// [[budget.line]]
    /// name = "Livestream and media"
    /// amount = 480000
    /// ```
    pub(crate) static RULE = "budget/currency", Error, ["BUD-19"],
    zh: "预算使用的货币与手册不同。\n\n年度总额、各维度占比和支出都要把各活动的金额相加；两种货币不能相加，而汇率会让方案天天变化（BUD-19）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let campaigns = model.held().filter_map(|c| Some((c.subject(), c.budget.as_ref()?)));
    let year = |id: &str| Subject::programme(id);
    let programmes = model.programmes.iter().filter_map(|p| Some((year(p.id.as_str()), p.budget.as_ref()?)));
    for (subject, budget) in campaigns.chain(programmes) {
        found.extend(judge(model, budget).map(|d| d.about(subject)));
    }
}

fn judge(model: &Model, budget: &Budget) -> Option<Diagnostic> {
    let book = model.settings.currency;
    let currency = budget.currency;
    let (is, wanted) = (currency.value.code(), book.code());
    (currency.value != book).then(|| {
        Diagnostic::new(
            &RULE,
            currency.span,
            said!("the budget is in `{is}`, the playbook in `{wanted}`", "预算用 `{is}`，手册用 `{wanted}`"),
        )
        .hint(said!(
            "write every amount of this budget in {wanted} and remove `currency`",
            "请把本预算的金额都换算成 {wanted}，并删除 `currency`"
        ))
    })
}

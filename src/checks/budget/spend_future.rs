//! `budget/spend-future`: spending that has not happened yet.

use super::Check;
use crate::base::{Diagnostic, Found};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// Spending is dated after the day on which the playbook is judged.
    ///
    /// ## Why
    /// `results.toml` says what happened; money that will be spent belongs into the budget. More often the year or month is mistyped.
    ///
    /// ## Example
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [[spend]]
    /// date = 2062-02-20
    /// line = "media"
    /// amount = 12000
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [[spend]]
    /// date = 2026-02-20
    /// line = "media"
    /// amount = 12000
    /// ```
    pub(crate) static RULE = "budget/spend-future", Warning, ["BUD-19"],
    zh: "支出日期晚于判断日。\n\n`results.toml` 记录已发生的事；将要花的钱属于预算。更常见的是年份或月份写错了。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let today = model.as_of;
    for spend in campaign.results.spends.iter().filter(|s| s.date.value > today) {
        let date = spend.date.value;
        let message = said!("`{date}` is after today, {today}", "`{date}` 晚于今天 {today}");
        let advice =
            said!("write the day on which it was spent, or record it then", "请写实际支出的日期，或到那天再记");
        found.push(Diagnostic::new(&RULE, spend.date.span, message).hint(advice).about(campaign.subject()));
    }
}

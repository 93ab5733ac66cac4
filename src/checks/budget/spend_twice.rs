//! `budget/spend-twice`: one payment in two files.

use super::Check;
use crate::base::{Diagnostic, Found};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// The same payment stands in `results.toml` and in `spend.csv`.
    ///
    /// ## Why
    /// Both files are read and added up. Rows that were moved to the table and left where they were count twice: the budget looks
    /// spent while the money is still there (BUD-20). Two equal payments in one file are two payments.
    ///
    /// ## Example
    /// ```toml,with
    /// [budget]
    /// total = 100
    ///
    /// [[budget.line]]
    /// id = "film"
    /// name = "Film"
    /// amount = 100
    /// ```
    /// ```csv,with path=content/campaigns/sample/spend.csv
    /// date,line,amount
    /// 2026-04-20,film,40
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [[spend]]
    /// date = 2026-04-20
    /// line = "film"
    /// amount = 40
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [[spend]]
    /// date = 2026-04-20
    /// line = "film"
    /// amount = 10
    /// ```
    pub(crate) static RULE = "budget/spend-twice", Warning, ["BUD-20"],
    zh: "同一笔支出同时写在 `results.toml` 和 `spend.csv` 中。\n\n两个文件都会读取并相加。移到表格却没有删掉的行会重复计算：钱还在，预算却显示已花（BUD-20）。同一文件中两笔相同的支出算两笔。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let results = &campaign.results;
    let all: Vec<_> = results.spends.iter().chain(&results.carried).collect();
    // Rows of the table are read after those of `results.toml`.
    let is_in_results = |s: &crate::model::results::Spend| Some(s.amount.span.file) == results.file;
    let mut free: Vec<_> = all.iter().filter(|s| !is_in_results(s)).collect();
    for spend in all.iter().filter(|s| is_in_results(s)) {
        let is_same = |s: &crate::model::results::Spend| {
            (s.date.value, s.amount.value) == (spend.date.value, spend.amount.value) && s.line.value == spend.line.value
        };
        let Some(place) = free.iter().position(|s| is_same(s)) else { continue };
        let other = free.remove(place);
        let (line, day) = (&spend.line.value, spend.date.value);
        let message = said!(
            "this payment on `{line}` of {day} stands in `spend.csv` too",
            "`{line}` 在 {day} 的这笔支出也写在 `spend.csv` 中"
        );
        found.push(
            Diagnostic::new(&RULE, spend.amount.span, message)
                .label(other.amount.span, said!("here again", "又写在这里"))
                .hint(said!(
                    "remove one of the two; if they are two payments, keep both in one file",
                    "请删除其中一处；确是两笔的，请写在同一个文件里"
                ))
                .about(campaign.subject().item(line)),
        );
    }
}

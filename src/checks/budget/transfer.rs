//! `budget/transfer`: money moved from or to where it cannot be.

use super::Check;
use crate::base::{Currency, Diagnostic, Found, Spanned, Subject};
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::ledger::{Fault, Ledger, Transfer};
use crate::{rule, said};

rule! {
    /// A transfer names a budget line that does not exist, or moves more than the line holds.
    ///
    /// ## Why
    /// Money follows results and is not frozen in January (BUD-11), but what one line gets another must give: the year's sum stays.
    /// Lines of the programme are named by id, those of a campaign as `campaign/line`.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/sample/campaign.toml
    /// [budget]
    /// total = 1000
    ///
    /// [[budget.line]]
    /// id = "media"
    /// name = "Media"
    /// amount = 1000
    /// purpose = "core"
    /// ```
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [budget]
    /// total = 6000
    ///
    /// [[budget.line]]
    /// id = "reserve"
    /// name = "Reserve of the year"
    /// amount = 5000
    /// purpose = "reserve"
    ///
    /// [[transfer]]
    /// date = 2026-04-02
    /// from = "reserve"
    /// to = "sample/media"
    /// amount = 6000
    /// reason = "A second live-stream"
    /// approver = "lin"
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [budget]
    /// total = 6000
    ///
    /// [[budget.line]]
    /// id = "reserve"
    /// name = "Reserve of the year"
    /// amount = 5000
    /// purpose = "reserve"
    ///
    /// [[transfer]]
    /// date = 2026-04-02
    /// from = "reserve"
    /// to = "sample/media"
    /// amount = 600
    /// reason = "A second live-stream"
    /// approver = "lin"
    /// ```
    pub(crate) static RULE = "budget/transfer", Error, ["BUD-11", "BUD-6"],
    zh: "调拨写了不存在的预算明细，或超出该明细的余额。\n\n钱要随结果走，而不是一月就定死（BUD-11）；但一处多得，另一处必须少，全年总额不变。年度方案的明细写编号，活动的明细写 `活动/明细`。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        let Some(budget) = programme.budget.as_ref().filter(|b| b.complete) else { continue };
        if programme.transfers.is_empty() || model.campaigns.iter().any(|c| !c.sound) {
            continue;
        }
        let ledger = Ledger::of(model, programme);
        for (place, fault) in &ledger.faults {
            let transfer = &programme.transfers[*place];
            let subject = Subject::programme(programme.id.as_str());
            found.push(report(&ledger, transfer, *fault, budget.currency.value).about(subject));
        }
    }
}

fn report(ledger: &Ledger<'_>, transfer: &Transfer, fault: Fault, currency: Currency) -> Diagnostic {
    let amount = &transfer.amount;
    match fault {
        Fault::NoSource => unknown(ledger, &transfer.from),
        Fault::NoTarget => unknown(ledger, &transfer.to),
        Fault::Same => {
            let message = said!("the transfer leaves and reaches the same line", "调出与调入是同一条明细");
            Diagnostic::new(&RULE, transfer.to.span, message)
                .label(transfer.from.span, said!("from here", "从这里调出"))
                .hint(said!("name the line that gets the money", "请写收到这笔钱的明细"))
        }
        Fault::NotPositive => {
            let message = said!("the transfer moves nothing", "调拨金额不大于零");
            Diagnostic::new(&RULE, amount.span, message).hint(said!(
                "write an amount above 0; to move money back, exchange `from` and `to`",
                "请写大于 0 的金额；要退回则交换 `from` 和 `to`"
            ))
        }
        Fault::TooMuch(held) => {
            let [wanted, has] = [amount.value, held].map(|m| currency.words(m));
            let line = &transfer.from.value;
            let message = said!(
                "the transfer takes {wanted} from `{line}`, which holds {has}",
                "调拨要从 `{line}` 取 {wanted}，而它只有 {has}"
            );
            Diagnostic::new(&RULE, amount.span, message)
                .label(transfer.from.span, said!("{has} on that day", "当天余额 {has}"))
                .hint(said!("move {has} at most, or take the rest from another line", "最多调 {has}，其余从别处调"))
        }
    }
}

fn unknown(ledger: &Ledger<'_>, name: &Spanned<String>) -> Diagnostic {
    let word = &name.value;
    let message = said!("there is no budget line `{word}` in this year", "本年度没有预算明细 `{word}`");
    let names = ledger.names();
    let otherwise =
        said!("write the id of a line of the programme, or `campaign/line`", "请写年度方案的明细编号，或 `活动/明细`");
    let known = names.iter().map(String::as_str);
    did_you_mean(Diagnostic::new(&RULE, name.span, message), word, name.span, Written::Quoted, known, otherwise)
}

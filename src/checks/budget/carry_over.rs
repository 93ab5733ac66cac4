//! `budget/carry-over`: money of an early end that is counted twice.

use super::Check;
use crate::base::{Diagnostic, Found, Money, Span};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::carry;
use crate::{rule, said};

rule! {
    /// What a campaign hands on after an early end is counted twice: it is spent, stands in another budget, or is spent again.
    ///
    /// ## Why
    /// The money was part of the year's sum with the campaign that saved it. The campaign that gets it shows it apart, outside its
    /// total and its 7-2-1 split (BUF-6), and spends it on the line `carry-over`. More handed on than was left, a budget line for
    /// it, or more spent than was handed on, and the year has money that there is not.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/next/campaign.toml
    /// title = "Next"
    /// owner = "lin"
    /// start = 2026-07-10
    /// end = 2026-07-14
    /// ```
    /// ```toml,with
    /// [budget]
    /// total = 100
    ///
    /// [[budget.line]]
    /// id = "film"
    /// name = "Film"
    /// amount = 100
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml as-of=2026-06-20
    /// [[spend]]
    /// date = 2026-06-10
    /// line = "film"
    /// amount = 70
    ///
    /// [early-stop]
    /// metric = "participation-rate"
    /// on = 2026-06-12
    /// savings-to = "next"
    /// savings = 40
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml as-of=2026-06-20
    /// [[spend]]
    /// date = 2026-06-10
    /// line = "film"
    /// amount = 70
    ///
    /// [early-stop]
    /// metric = "participation-rate"
    /// on = 2026-06-12
    /// savings-to = "next"
    /// savings = 30
    /// ```
    pub(crate) static RULE = "budget/carry-over", Error, ["BUF-6", "X-28"],
    zh: "提前结束节省的资金重复计算：已经花掉、又写进别的预算，或花得比结转的多。\n\n这笔钱已随节省它的活动计入全年合计；接收的活动单独显示，不计入总额和 721 占比（BUF-6），花费记在 `carry-over` 行。结转多于剩余、另设预算行或超额花费，全年就多出并不存在的钱。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let mut report = |span: Span, message, advice| {
        let subject = campaign.subject().item(carry::LINE);
        found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(subject));
    };
    let plain = |amount: Money| amount.grouped(model.settings.currency);
    if let Some(stop) = campaign.results.early_stop.as_ref().filter(|s| s.sound)
        && let Some(to) = &stop.to
    {
        if to.value == campaign.id.as_str() {
            let message = said!("the campaign hands its savings to itself", "活动把节省的资金结转给自己");
            report(to.span, message, said!("name a later campaign", "请写之后的活动"));
        } else if let (Some(left), Some(savings)) = (carry::unspent(campaign), stop.savings)
            && savings.value > left
        {
            let (amount, rest) = (plain(savings.value), plain(left));
            let message = said!(
                "{amount} are handed on, {rest} are left: the rest is counted twice",
                "结转 {amount}，实际只剩 {rest}：差额重复计算"
            );
            let advice = said!("hand on what is left at most, or correct the spending", "最多结转剩余金额，或更正支出");
            report(savings.span, message, advice);
        }
    }
    let received: Money = carry::received(model, campaign).iter().map(|c| c.amount).sum();
    let line = campaign.budget.iter().flat_map(|b| &b.lines).find(|l| l.is_named(carry::LINE));
    if let Some(line) = line {
        let name = carry::LINE;
        let message = said!(
            "`{name}` is a budget line: what was saved elsewhere is no part of the budget",
            "`{name}` 是预算行：别处节省的资金不属于本预算"
        );
        let advice = said!(
            "remove the line and take it out of the total; the page shows carry-over apart",
            "请删除该行并从总额中扣除；页面会单独显示结转资金"
        );
        report(line.id.as_ref().map_or(line.span, |id| id.span), message, advice);
        return;
    }
    let spent = carry::spent(campaign);
    if let Some(last) = campaign.results.carried.last().filter(|_| spent > received) {
        let (out, got) = (plain(spent), plain(received));
        let message = said!("{out} are spent of a carry-over of {got}", "结转资金为 {got}，却花了 {out}");
        let advice = said!(
            "name a line of the budget, or correct `savings` of the campaign that ended early",
            "请改写预算行，或更正提前结束的活动的 `savings`"
        );
        report(last.amount.span, message, advice);
    }
}

//! `budget/top-up`: more money for a campaign that has not earned it, or that has and is not decided on.

use super::Check;
use crate::base::{Diagnostic, Found, Quantity, Severity, Subject};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::gauge::money::returned;
use crate::model::ledger::{Kind, Ledger, incentive};
use crate::model::programme::Programme;
use crate::{rule, said};

rule! {
    /// A top-up goes to a campaign that has not earned it, or out of an empty pool; or one is earned and not decided.
    ///
    /// ## Why
    /// A part of the floating money is held back for campaigns that return more than 1:5 (BUD-3). Given to others it is no incentive;
    /// never given, it is a reserve by another name. The pool is total × floating share × the part held back, all of policy.
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
    /// id = "pool"
    /// name = "Held back"
    /// amount = 5000
    /// purpose = "core"
    ///
    /// [[transfer]]
    /// kind = "top-up"
    /// date = 2026-04-02
    /// from = "pool"
    /// to = "sample/media"
    /// amount = 100
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
    /// id = "pool"
    /// name = "Held back"
    /// amount = 5000
    /// purpose = "core"
    /// ```
    pub(crate) static RULE = "budget/top-up", Error, ["BUD-3", "X-3", "X-14"],
    zh: "追加的激励给了回报不够的活动，或激励金已用完；或活动已够条件而无人决定。\n\n浮动预算中留出一部分，奖励投入产出比超过 1:5 的活动（BUD-3）。给了别人就不是激励，从来不给就只是换了名字的储备。激励金 = 总额 × 浮动占比 × 留存比例，均为政策。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        granted(model, programme, found);
        undecided(model, programme, found);
    }
}

/// The return above which more may be given: a share of cost, as a quantity.
fn least(model: &Model) -> Quantity {
    Quantity(model.policy.share("incentive-return").0)
}

fn granted(model: &Model, programme: &Programme, found: &mut Found) {
    let ledger = Ledger::of(model, programme);
    let subject = || Subject::programme(programme.id.as_str());
    let least = least(model);
    let currency = programme.budget.as_ref().map_or(model.settings.currency, |b| b.currency.value);
    for transfer in programme.transfers.iter().filter(|t| t.kind == Kind::TopUp) {
        let Some(campaign) = ledger.receiver(transfer) else { continue };
        let returned = returned(model, campaign);
        if returned.is_none_or(|r| r <= least) {
            let message = match returned {
                Some(is) => said!(
                    "the campaign that gets more returned 1:{is}, not more than 1:{least}",
                    "获得追加的活动回报为 1:{is}，未超过 1:{least}"
                ),
                None => {
                    said!("the campaign that gets more has no measured return", "获得追加的活动没有测得的投入产出比")
                }
            };
            found.push(
                Diagnostic::new(&RULE, transfer.to.span, message)
                    .hint(said!(
                        "record its return in `results.toml`, or write `kind = \"transfer\"` and the reason",
                        "请在 `results.toml` 记录回报，或写 `kind = \"transfer\"` 并说明理由"
                    ))
                    .about(subject()),
            );
        }
    }
    let Some(pool) = incentive(model, programme).filter(|pool| pool.left() < crate::base::Money::ZERO) else { return };
    let Some(last) = programme.transfers.iter().rev().find(|t| t.kind == Kind::TopUp) else { return };
    let [drawn, all] = [pool.drawn, pool.pool].map(|m| currency.words(m));
    found.push(
        Diagnostic::new(
            &RULE,
            last.amount.span,
            said!("top-ups come to {drawn}, the pool has {all}", "追加合计 {drawn}，激励金只有 {all}"),
        )
        .hint(said!(
            "give less, or move money with `kind = \"transfer\"`",
            "请减少追加，或用 `kind = \"transfer\"` 调拨"
        ))
        .about(subject()),
    );
}

/// A campaign with a high return that nobody gave more, while there is something to give.
fn undecided(model: &Model, programme: &Programme, found: &mut Found) {
    let has_left = incentive(model, programme).is_some_and(|pool| pool.left() > crate::base::Money::ZERO);
    let ledger = Ledger::of(model, programme);
    let is_decided = |campaign: &Campaign| {
        let reached = |t: &crate::model::ledger::Transfer| {
            t.kind == Kind::TopUp && ledger.receiver(t).is_some_and(|c| c.id == campaign.id)
        };
        programme.transfers.iter().any(reached)
    };
    let least = least(model);
    for campaign in model.held_of(programme).filter(|c| has_left && !is_decided(c)) {
        let Some(is) = returned(model, campaign).filter(|is| *is > least) else { continue };
        let message = said!(
            "the campaign returned 1:{is}, more than 1:{least}: it may be given more",
            "活动回报为 1:{is}，超过 1:{least}，可以追加预算"
        );
        found.push(
            Diagnostic::new(&RULE, campaign.span, message)
                .severity(Severity::Info)
                .hint(said!(
                    "add a `[[transfer]]` with `kind = \"top-up\"` to the programme, or leave it",
                    "可在年度方案添加 `kind = \"top-up\"` 的 `[[transfer]]`，也可不加"
                ))
                .about(campaign.subject()),
        );
    }
}

//! `budget/anchor-reserve`: a campaign made for a big promotion for which the year sets nothing aside.

use super::Check;
use crate::base::{Diagnostic, Found};
use crate::checks::programme::members;
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// The year sets money aside for some big promotions, and not for this one; or for a campaign that does not exist.
    ///
    /// ## Why
    /// 618, Double 11 and the like need money beyond the campaign's own reserve (BUD-16). A programme that plans it for one and forgets
    /// the other finds out in the week in which nobody can decide. Slots with `anchored = true` in policy are checked, from the first
    /// `[[anchor-reserve]]` of the programme on.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/sample/campaign.toml
    /// slot = "sprint"
    /// ```
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [[anchor-reserve]]
    /// campaign = "simple"
    /// amount = 20000
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [[anchor-reserve]]
    /// campaign = "sample"
    /// amount = 20000
    /// ```
    pub(crate) static RULE = "budget/anchor-reserve", Warning, ["BUD-16"],
    zh: "年度方案为部分大促预留了资金，却漏了这一场；或预留给了不存在的活动。\n\n618、双11 等需要活动自身储备之外的钱（BUD-16）。只留一场忘一场，等发现时已经没人来得及拍板。政策中 `anchored = true` 的档期，从方案写下第一条 `[[anchor-reserve]]` 起检查。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in model.programmes.iter().filter(|p| !p.anchor_reserves.is_empty()) {
        for reserve in programme.anchor_reserves.iter().filter(|r| model.campaign(&r.campaign.value).is_none()) {
            let word = &reserve.campaign.value;
            let message = said!("there is no campaign `{word}`", "没有活动 `{word}`");
            let known = members(model, programme).map(|c| c.id.as_str());
            let otherwise = said!("write the id of a campaign", "请写活动编号");
            found.push(crate::checks::words::did_you_mean(
                Diagnostic::new(&RULE, reserve.campaign.span, message),
                word,
                reserve.campaign.span,
                crate::checks::words::Written::Quoted,
                known,
                otherwise,
            ));
        }
        for campaign in members(model, programme) {
            let Some(slot) = campaign.slot.as_ref() else { continue };
            let is_anchored = model.policy.rows.slots.find(&slot.value).is_some_and(|row| row.anchored);
            let has = programme.anchor_reserves.iter().any(|r| campaign.id.as_str() == r.campaign.value);
            if is_anchored
                && !has
                && programme.anchor_reserves.iter().all(|r| model.campaign(&r.campaign.value).is_some())
            {
                let message =
                    said!("the year sets nothing aside for this big promotion", "年度方案没有为这场大促预留资金");
                let id = campaign.id.as_str();
                found.push(
                    Diagnostic::new(&RULE, slot.span, message)
                        .hint(said!(
                            "add `[[anchor-reserve]]` with `campaign = \"{id}\"` to the programme",
                            "请在年度方案添加 `[[anchor-reserve]]`，写上 `campaign = \"{id}\"`"
                        ))
                        .about(campaign.subject()),
                );
            }
        }
    }
}

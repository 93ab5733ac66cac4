//! `campaign/dates`: a campaign that ends before it begins.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign ends before it begins.
    ///
    /// ## Why
    /// Every other date is counted from the first or the last day; from impossible ones none can be computed, so the
    /// campaign has no timeline until they are mended.
    ///
    /// ## Example
    /// ```toml,reports
    /// start = 2026-06-10
    /// end = 2026-05-14
    /// ```
    /// ```toml,passes
    /// start = 2026-06-10
    /// end = 2026-06-14
    /// ```
    pub(crate) static RULE = "campaign/dates", Error, ["CAL-1"],
    zh: "活动在开始之前就结束。\n\n其他日期都从首日或末日起算；首末日不成立，任何日期都算不出来，活动也就没有时间线。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(start), Some(end)) = (campaign.start, campaign.end) else { return };
    let (first, last) = (start.value, end.value);
    if first <= last {
        return;
    }
    let message =
        said!("the campaign ends on {last}, before it begins on {first}", "活动在 {last} 结束，早于开始日 {first}");
    found.push(
        Diagnostic::new(&RULE, end.span, message)
            .label(start.span, said!("it begins here", "活动从这里开始"))
            .hint(said!(
                "write an `end` on {first} or later, or an earlier `start`",
                "请把 `end` 写成 {first} 或更晚，或把 `start` 提前"
            ))
            .about(campaign.subject()),
    );
}

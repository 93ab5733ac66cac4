//! `campaign/called-off`: a campaign that is called off without a reason, without a day, or when it was over.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A campaign is called off without a reason, gives a reason without a day, or is called off after its last day.
    ///
    /// ## Why
    /// Money, months and people were planned for it, and calendars take back what they showed: whoever finds the gap wants to read why.
    /// The money that was not spent goes back to the year, so what sets it free must be on record like any other revision of the plan
    /// (MIL-11). A campaign that was over cannot be called off; one that was cut short has ended early (BUF-6).
    ///
    /// ## Example
    /// ```toml,reports
    /// cancelled = 2026-05-20
    /// ```
    /// ```toml,passes
    /// cancelled = 2026-05-20
    /// cancelled-because = "The market hall is closed for repair until December."
    /// ```
    pub(crate) static RULE = "campaign/called-off", Warning, ["MIL-11", "BUF-6"],
    zh: "活动已取消却没有写原因，或写了原因却没有日期，或在结束之后才取消。\n\n资金、月份和人手都曾为它安排，日历也会撤回已显示的内容，看到空缺的人需要知道原因。未花的钱退回年度，因此释放资金的决定和其他方案修订一样要留下记录（MIL-11）。已经结束的活动无法取消；中途停止的属于提前结束（BUF-6）。"
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for campaign in &model.campaigns {
        let (day, reason) = (campaign.written.span("cancelled"), campaign.written.span("cancelled-because"));
        let (span, message, advice) = match (day, reason) {
            (Some(day), None) => (
                day,
                said!("the campaign is called off, but nobody says why", "活动已取消，但没有说明原因"),
                said!("add `cancelled-because = …`", "请添加 `cancelled-because = …`"),
            ),
            (None, Some(reason)) => (
                reason,
                said!("there is a reason, but no day on which the campaign is called off", "写了原因，但没有取消日期"),
                said!("add `cancelled = …`, or remove the reason", "请添加 `cancelled = …`，或删除原因"),
            ),
            (Some(day), Some(_)) => {
                let on = campaign.called_off.as_ref().and_then(|off| off.on).map(|on| on.value);
                let Some((on, end)) = on.zip(campaign.end.map(|z| z.value)).filter(|(on, end)| on > end) else {
                    continue;
                };
                (
                    day,
                    said!(
                        "the campaign is called off on {on}, but it was over on {end}",
                        "活动于 {on} 取消，但它在 {end} 已经结束"
                    ),
                    said!(
                        "remove `cancelled`; one that stopped early has `[early-stop]` in `results.toml`",
                        "请删除 `cancelled`；提前结束请在 `results.toml` 写 `[early-stop]`"
                    ),
                )
            }
            (None, None) => continue,
        };
        found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(campaign.subject()));
    }
}

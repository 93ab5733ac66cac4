//! `postmortem/no-action`: a final review of which nothing comes.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A final review has no action.
    ///
    /// ## Why
    /// A report that does not reach the planners repeats its mistakes (PMR-3): data must become insight, and insight somebody's task with
    /// a day.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "planned"
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "planned"
    ///
    /// [[action]]
    /// id = "limits-in-public"
    /// what = "Publish the number of vouchers for each shop on the first day"
    /// owner = "lin"
    /// due = 2026-07-10
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/no-action", Error, ["PMR-3"],
    zh: "定稿的复盘没有改进措施。\n\n到不了策划手里的报告，只会让错误重演（PMR-3）：数据要变成洞察，洞察要变成某个人限期完成的任务。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(review) = &campaign.postmortem else { return };
    let Some(status) = review.status.as_ref().filter(|_| review.is_final(&model.policy)) else { return };
    if !review.actions.is_empty() || review.written.has("action") {
        return;
    }
    let is = &status.value;
    let message = said!("the review is `{is}` and has no action", "复盘已是 `{is}`，却没有改进措施");
    let advice = said!(
        "add an `[[action]]` with `id`, `what`, `owner` and `due`",
        "请添加 `[[action]]`，写上 `id`、`what`、`owner` 和 `due`"
    );
    found.push(Diagnostic::new(&RULE, status.span, message).hint(advice).about(campaign.subject()));
}

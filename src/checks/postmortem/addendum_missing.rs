//! `postmortem/addendum-missing`: no word on the weeks after.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// The short-term report is long due, and the review has no addendum.
    ///
    /// ## Why
    /// A discount looks like success until the weeks after (MON-6): repurchase and order value between day 7 and 30 tell whether customers
    /// stayed. How many days of grace there are is the figure `addendum-grace-days` of policy.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md as-of=2026-07-22
    /// +++
    /// status = "planned"
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md as-of=2026-07-21
    /// +++
    /// status = "planned"
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/addendum-missing", Warning, ["MON-6", "PMR-2"],
    zh: "短期监测报告早已到期，复盘仍没有补充。\n\n打折的成功要看之后几周（MON-6）：第 7 到 30 天的复购和客单价，才说明顾客有没有留下。宽限天数是政策的 `addendum-grace-days`。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

/// The status and the section of the review that the short-term window ends with.
const ADDENDUM: &str = "addendum";

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(review), Some(policy)) = (&campaign.postmortem, &model.policy.rows.review) else { return };
    let (Some(schedule), Some(row)) = (&campaign.schedule, policy.statuses.find(ADDENDUM)) else { return };
    let Some(node) = row.milestone.as_deref().and_then(|id| schedule.milestone(id)) else { return };
    // An unknown status is reported as such.
    let Some(status) = review.status.as_ref().filter(|s| policy.statuses.find(&s.value).is_some()) else { return };
    let late = node.due.until(model.as_of);
    if late <= model.policy.figure("addendum-grace-days") {
        return;
    }
    let reached = review.is_at_least(ADDENDUM, &model.policy);
    let section = review.section(ADDENDUM);
    let advice = match (section, reached) {
        (Some(section), true) if !section.is_empty => return,
        (Some(section), false) if !section.is_empty => {
            said!("write `status = \"{ADDENDUM}\"` and its date", "请写 `status = \"{ADDENDUM}\"` 和日期")
        }
        _ => {
            let name = policy.sections.find(ADDENDUM).map(|s| s.name.both());
            let (en, zh) = name.unwrap_or((ADDENDUM, ADDENDUM));
            said!(
                "add `## {en} {{#{ADDENDUM}}}` with what the weeks after brought, then move `status`",
                "请添加 `## {zh} {{#{ADDENDUM}}}`，写之后几周的情况，再更新 `status`"
            )
        }
    };
    let (due, name, late) = (node.due, words::node(node), words::days(late));
    let (name_en, name_zh, en, zh) = (&name.en, &name.zh, &late.en, &late.zh);
    let message = said!(
        "{name_en} was due on {due}, {en} ago, and the review has no addendum",
        "{name_zh}应在 {due} 完成，已过 {zh}，复盘仍没有补充"
    );
    let span = section.filter(|s| s.is_empty).map_or(status.span, |s| s.span);
    found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(campaign.subject()));
}

//! `postmortem/action-overdue`: an action past its day.

use super::{is_overdue, subject};
use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// An action of a review is past its day and not done.
    ///
    /// ## Why
    /// Actions are the only part of a review that changes anything (PMR-3). One that is forgotten is a lesson paid for twice.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md as-of=2026-07-11
    /// +++
    /// status = "draft"
    ///
    /// [[action]]
    /// id = "limits-in-public"
    /// what = "Publish the number of vouchers for each shop on the first day"
    /// owner = "lin"
    /// due = 2026-07-10
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md as-of=2026-07-11
    /// +++
    /// status = "draft"
    ///
    /// [[action]]
    /// id = "limits-in-public"
    /// what = "Publish the number of vouchers for each shop on the first day"
    /// owner = "lin"
    /// due = 2026-07-10
    /// done = 2026-07-08
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/action-overdue", Warning, ["PMR-3"],
    zh: "改进措施已过期，仍未完成。\n\n复盘中只有改进措施能带来改变（PMR-3）。被忘掉的措施，等于同一个教训付两次学费。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    for action in campaign.postmortem.iter().flat_map(|p| &p.actions).filter(|a| is_overdue(a, model.as_of)) {
        let Some(due) = action.due else { continue };
        let (id, day, late) = (&action.id.value, due.value, words::days(due.value.until(model.as_of)));
        let (en, zh) = (&late.en, &late.zh);
        let message =
            said!("`{id}` was due on {day}, {en} ago, and is not done", "`{id}` 应在 {day} 完成，已过 {zh}，仍未完成");
        let advice = said!(
            "once it is done, add `done = …`; else agree on another `due` with its owner",
            "完成后请添加 `done = …`；否则与责任人另定 `due`"
        );
        found.push(Diagnostic::new(&RULE, due.span, message).hint(advice).about(subject(campaign, action)));
    }
}

//! `postmortem/action-not-applied`: an action that later campaigns did not use.

use super::{after, is_overdue, subject};
use crate::base::{Diagnostic, Found, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// An action of a review is applied in no campaign, and enough of them have started since.
    ///
    /// ## Why
    /// The next theme is due before the last review is finished, so lessons reach the campaign after next (CAL-12, PMR-3). An action that is
    /// still applied nowhere by then will not be. How many campaigns it may take is the figure `actions-applied-within` of policy.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/july/campaign.toml
    /// title = "July"
    /// owner = "lin"
    /// start = 2026-07-08
    /// end = 2026-07-12
    /// ```
    /// ```toml,with path=content/campaigns/august/campaign.toml
    /// title = "August"
    /// owner = "lin"
    /// start = 2026-08-12
    /// end = 2026-08-16
    /// ```
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md as-of=2026-08-12
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
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md as-of=2026-08-12
    /// +++
    /// status = "draft"
    ///
    /// [[action]]
    /// id = "limits-in-public"
    /// what = "Publish the number of vouchers for each shop on the first day"
    /// owner = "lin"
    /// due = 2026-07-10
    /// done = 2026-07-08
    /// applied-in = "july"
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/action-not-applied", Warning, ["PMR-3", "PMR-4", "CAL-12"],
    zh: "改进措施没有应用到任何活动，而其后已有足够多的活动开始。\n\n上一场复盘结束前，下一个主题已经定下，所以经验用在再下一场（CAL-12、PMR-3）。到那时仍未应用的，就不会再应用了。允许几场由政策的 `actions-applied-within` 决定。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(review), Some(start)) = (&campaign.postmortem, campaign.start) else { return };
    let within = usize::try_from(model.policy.figure("actions-applied-within")).unwrap_or(0).max(1);
    let later = after(model, start.value);
    let Some(last) = later.get(within - 1) else { return };
    let Some(begun) = last.start.filter(|s| s.value <= model.as_of) else { return };
    // One that is overdue is reported as that.
    let open = review.actions.iter().filter(|a| a.sound && a.applied_in.is_none() && !is_overdue(a, model.as_of));
    for action in open {
        let (id, last_id, day) = (&action.id.value, &last.id, begun.value);
        let list = words::one_of(later[..within].iter().map(|c| c.id.as_str()));
        let (en, zh) = (&list.en, &list.zh);
        let message = said!(
            "`{id}` is applied in no campaign, and `{last_id}` started on {day}",
            "`{id}` 没有应用到任何活动，而 `{last_id}` 已于 {day} 开始"
        );
        found.push(
            Diagnostic::new(&RULE, action.id.span, message)
                .hint(said!(
                    "add `applied-in = \"…\"` with the campaign that used it, {en}",
                    "请添加 `applied-in = \"…\"`，写应用它的活动：{zh}"
                ))
                .about(subject(campaign, action)),
        );
    }
}

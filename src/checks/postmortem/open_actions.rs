//! `postmortem/open-actions`: what a coming campaign could apply.

use super::before;
use crate::base::{Diagnostic, Found, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// The last two campaigns left actions open that a coming one could apply.
    ///
    /// ## Why
    /// The plan of a coming campaign is where an action costs least (PMR-4). This is an offer, not a fault.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/april/campaign.toml
    /// title = "April"
    /// owner = "lin"
    /// start = 2026-04-08
    /// end = 2026-04-12
    /// ```
    /// ```markdown,reports path=content/campaigns/april/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [[action]]
    /// id = "limits-in-public"
    /// what = "Publish the number of vouchers for each shop on the first day"
    /// owner = "lin"
    /// due = 2026-05-10
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/april/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [[action]]
    /// id = "limits-in-public"
    /// what = "Publish the number of vouchers for each shop on the first day"
    /// owner = "lin"
    /// due = 2026-05-10
    /// applied-in = "sample"
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/open-actions", Info, ["PMR-4"],
    zh: "最近两个活动留下了改进措施，即将到来的活动可以应用。\n\n改进措施在方案阶段落实，代价最小（PMR-4）。这是建议，不是错误。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(start) = campaign.start.filter(|s| s.value > model.as_of) else { return };
    let reach = usize::try_from(model.policy.figure("actions-applied-within")).unwrap_or(0);
    let earlier = before(model, start.value).iter().rev().take(reach).rev();
    let actions = earlier.filter_map(|c| c.postmortem.as_ref()).flat_map(|p| &p.actions);
    let open: Vec<_> = actions.filter(|a| a.sound && a.done.is_none() && a.applied_in.is_none()).collect();
    if open.is_empty() {
        return;
    }
    let ticked: Vec<String> = open.iter().map(|a| format!("`{}`", a.id.value)).collect();
    let list = words::all_of(ticked.iter().map(String::as_str));
    let (en, zh, own) = (&list.en, &list.zh, &campaign.id);
    let message = match open.len() {
        1 => said!("the campaigns before left {en} open", "之前的活动留下了未完成的 {zh}"),
        n => said!("the campaigns before left {n} actions open: {en}", "之前的活动留下了 {n} 项未完成的改进措施：{zh}"),
    };
    let span = campaign.written.span("lessons-from").unwrap_or(campaign.span);
    let mut diagnostic = Diagnostic::new(&RULE, span, message).about(campaign.subject());
    for action in open {
        diagnostic = diagnostic.label(action.id.span, said!("open", "未完成"));
    }
    found.push(diagnostic.hint(said!(
        "plan for them and write `applied-in = \"{own}\"` on each, or leave them to others",
        "请在方案中落实，并在各项写上 `applied-in = \"{own}\"`，或留给其他活动"
    )));
}

//! `postmortem/applied-earlier`: an action applied before it was learnt.

use super::{after, subject};
use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// An action is said to be applied in a campaign that did not start after the reviewed one.
    ///
    /// ## Why
    /// What a review teaches can only be applied later (PMR-3); an earlier campaign, or the reviewed one itself, closes the loop on paper only.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/july/campaign.toml
    /// title = "July"
    /// owner = "lin"
    /// start = 2026-07-08
    /// end = 2026-07-12
    /// ```
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [[action]]
    /// id = "limits-in-public"
    /// what = "Publish the number of vouchers for each shop on the first day"
    /// owner = "lin"
    /// due = 2026-07-10
    /// applied-in = "sample"
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [[action]]
    /// id = "limits-in-public"
    /// what = "Publish the number of vouchers for each shop on the first day"
    /// owner = "lin"
    /// due = 2026-07-10
    /// applied-in = "july"
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/applied-earlier", Error, ["PMR-3"],
    zh: "改进措施写成应用在并不晚于被复盘活动的活动中。\n\n复盘得来的经验只能用在之后（PMR-3）；写成更早的活动或本活动，闭环只停留在纸面。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(review), Some(start)) = (&campaign.postmortem, campaign.start) else { return };
    for action in &review.actions {
        let Some(word) = &action.applied_in else { continue };
        let Some(applied) = model.campaign(&word.value).and_then(|c| c.start) else { continue };
        if applied.value > start.value {
            continue;
        }
        let (id, other, own) = (&action.id.value, &word.value, &campaign.id);
        let (day, first) = (applied.value, start.value);
        let message = said!(
            "`{id}` is applied in `{other}`, which started on {day}, not after `{own}` on {first}",
            "`{id}` 写成应用于 `{other}`，它于 {day} 开始，不晚于 {first} 开始的 `{own}`"
        );
        let diagnostic = Diagnostic::new(&RULE, word.span, message).about(subject(campaign, action));
        found.push(match after(model, first).first() {
            Some(next) => {
                let next = &next.id;
                diagnostic.hint(said!("write a later campaign, such as `{next}`", "请写之后的活动，如 `{next}`"))
            }
            None => diagnostic
                .hint(said!("remove it until a later campaign applies it", "请先删除，等之后的活动应用了再写")),
        });
    }
}

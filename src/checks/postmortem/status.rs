//! `postmortem/status`: a status that policy does not have.

use crate::base::{Diagnostic, Found, Spanned, words};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A post-mortem's status, or a date of one, is none that policy has.
    ///
    /// ## Why
    /// The status says how far the review is, and from which one on its sections and actions must be complete (PMR-2). A mistyped one
    /// is never final.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "drft"
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/status", Error, ["PMR-2"],
    zh: "复盘状态或其日期写了政策中没有的状态。\n\n状态说明复盘走到哪一步，从哪一步起章节和改进措施必须齐全（PMR-2）。写错的状态永远不会算定稿。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(review), Some(policy)) = (&campaign.postmortem, &model.policy.rows.review) else { return };
    let dated = review.dates.iter().map(|(status, _)| (status, Written::Bare));
    for (status, written) in review.status.iter().map(|s| (s, Written::Quoted)).chain(dated) {
        let Spanned { value: word, span } = status;
        if policy.statuses.find(word).is_some() {
            continue;
        }
        let list = words::one_of(policy.statuses.keys());
        let (en, zh) = (&list.en, &list.zh);
        let diagnostic = Diagnostic::new(&RULE, *span, said!("`{word}` is no status", "`{word}` 不是复盘状态"));
        let diagnostic = diagnostic.about(campaign.subject());
        let otherwise = said!("write {en}", "请写 {zh}");
        found.push(did_you_mean(diagnostic, word, *span, written, policy.statuses.keys(), otherwise));
    }
}

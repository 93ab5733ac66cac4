//! `postmortem/complaint-rate`: more complaints than policy bears.

use crate::base::{Diagnostic, Found, Said, Share};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// More users complained than policy bears, by default 0.5 %.
    ///
    /// ## Why
    /// Complaints are the part of the users' voice that costs most (PMR-7, EMR-7). Above the limit the review should say what caused them
    /// and which action takes the cause away.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [satisfaction]
    /// complaint-rate = 0.8
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [satisfaction]
    /// complaint-rate = 0.3
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/complaint-rate", Warning, ["PMR-7"],
    zh: "投诉率超过政策上限（默认 0.5%）。\n\n投诉是用户声音中代价最高的部分（PMR-7、EMR-7）。超过上限时，复盘应写明原因，以及消除原因的改进措施。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let most = model.policy.share("complaint-rate-max");
    let satisfaction = campaign.postmortem.as_ref().and_then(|p| p.satisfaction.as_ref());
    // What is no share at all is reported as such.
    let Some(rate) = satisfaction.and_then(|s| s.complaint_rate).filter(|r| r.value <= Share::WHOLE) else { return };
    let is = rate.value;
    if is > most {
        let [Said { en: is, zh: is_zh }, Said { en: most, zh: most_zh }] = [is, most].map(words::share);
        let message = said!("the complaint rate is {is}, more than {most}", "投诉率为 {is_zh}，超过 {most_zh}");
        let advice = said!(
            "correct it if it is mistyped, else add a `[[waiver]]` once an action takes the cause away",
            "写错了请改正；否则在改进措施消除原因后添加 `[[waiver]]`"
        );
        found.push(Diagnostic::new(&RULE, rate.span, message).hint(advice).about(campaign.subject()));
    }
}

//! `postmortem/scores`: a score or share that cannot be.

use crate::base::{Diagnostic, Found, Quantity, Said, Share};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A score of a review is outside its scale, or a share of its users outside 0 to 100 %.
    ///
    /// ## Why
    /// Effect, process and user are compared from campaign to campaign (PMR-1); one value on another scale bends every average.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [scores]
    /// effect = 8
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [scores]
    /// effect = 4
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/scores", Error, ["PMR-1", "PMR-6", "PMR-7"],
    zh: "复盘评分超出范围，或用户占比不在 0 到 100% 之间。\n\n效果、过程、用户三项评分要在各活动之间比较（PMR-1）；一个用了别的尺度，所有平均值都会走样。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(review) = &campaign.postmortem else { return };
    let (least, most) = (model.policy.figure("score-min"), model.policy.figure("score-max"));
    let scores = review.scores.iter().flat_map(|s| [("effect", s.effect), ("process", s.process), ("user", s.user)]);
    for (name, score) in scores.filter_map(|(name, score)| Some((name, score?))) {
        let is = score.value;
        if is < Quantity::whole(least) || is > Quantity::whole(most) {
            let message =
                said!("`{name}` is {is}, wanted {least} to {most}", "`{name}` 为 {is}，应为 {least} 到 {most}");
            let advice = said!("write a number from {least} to {most}", "请写 {least} 到 {most} 的数");
            found.push(Diagnostic::new(&RULE, score.span, message).hint(advice).about(campaign.subject()));
        }
    }
    let shares = review.satisfaction.iter().flat_map(|s| [("value", s.value), ("complaint-rate", s.complaint_rate)]);
    for (name, share) in shares.filter_map(|(name, share)| Some((name, share?))) {
        let is = share.value;
        if is < Share(0) || is > Share::WHOLE {
            let Said { en: is, zh: is_zh } = words::share(is);
            let message = said!("`{name}` is {is}, wanted 0 to 100 %", "`{name}` 为 {is_zh}，应为 0 到 100%");
            let advice = said!("write percent from 0 to 100", "请写 0 到 100 的百分数");
            found.push(Diagnostic::new(&RULE, share.span, message).hint(advice).about(campaign.subject()));
        }
    }
}

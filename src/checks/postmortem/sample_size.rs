//! `postmortem/sample-size`: satisfaction of nobody knows how many.

use crate::base::{Diagnostic, Found, Said};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// Satisfaction is stated without the number of users who were asked.
    ///
    /// ## Why
    /// 92 % of twelve guests and 92 % of two thousand are different news (PMR-7).
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [satisfaction]
    /// value = 92
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    ///
    /// [satisfaction]
    /// value = 92
    /// sample-size = 655
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/sample-size", Warning, ["PMR-7"],
    zh: "写了满意度，没写调查了多少人。\n\n十二位顾客的 92% 和两千位顾客的 92% 不是一回事（PMR-7）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(satisfaction) = campaign.postmortem.as_ref().and_then(|p| p.satisfaction.as_ref()) else { return };
    let Some(value) = satisfaction.value.filter(|_| satisfaction.sound) else { return };
    let (Said { en: is, zh: is_zh }, asked) = (words::share(value.value), satisfaction.sample_size);
    let (span, message) = match asked {
        Some(asked) if asked.value > 0 => return,
        Some(asked) => (asked.span, said!("satisfaction is {is} of nobody", "满意度为 {is_zh}，却没有受访者")),
        None => (value.span, said!("satisfaction is {is} of an unknown number", "满意度为 {is_zh}，受访人数不详")),
    };
    let advice = said!("write how many were asked: `sample-size = …`", "请写受访人数：`sample-size = …`");
    found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(campaign.subject()));
}

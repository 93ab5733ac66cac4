//! `alert/watch-missing`: a kind of signal that nobody watches.

use super::Check;
use crate::base::{Diagnostic, Found};
use crate::checks::words::{self, Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign of this scale watches too few kinds of signals, or one without a threshold.
    ///
    /// ## Why
    /// Payment faults were noticed two and four hours early because data, user feedback and public opinion were watched together
    /// (ALR-4). A signal without a threshold is looked at, but never reported. Kinds of signals and the scales that need them
    /// are rows of policy, `[watch.<kind>]`.
    ///
    /// ## Example
    /// ```toml,reports
    /// scale = "large"
    ///
    /// [[watch]]
    /// source = "data"
    /// tool = "Order monitor"
    /// threshold = "Payment failures above 1 %"
    /// ```
    /// ```toml,passes
    /// scale = "large"
    ///
    /// [[watch]]
    /// source = "data"
    /// tool = "Order monitor"
    /// threshold = "Payment failures above 1 %"
    ///
    /// [[watch]]
    /// source = "feedback"
    /// threshold = "Ten tickets on one subject in an hour"
    ///
    /// [[watch]]
    /// source = "opinion"
    /// threshold = "Three negative posts in an hour"
    /// ```
    pub(crate) static RULE = "alert/watch-missing", Warning, ["ALR-4"],
    zh: "该规模的活动缺少必须监测的信号，或信号没有阈值。\n\n支付故障曾因同时监测数据、用户反馈和舆情而提前两小时和四小时发现（ALR-4）。没有阈值的信号只是看着，从不上报。信号种类和适用规模在政策的 `[watch.<种类>]` 中。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let sources = &model.policy.rows.watch;
    for watch in &campaign.watches {
        let word = &watch.source.value;
        let subject = campaign.subject().item(word);
        let span = watch.source.span;
        if sources.find(word).is_none() {
            let message = said!("there is no kind of signal `{word}`", "没有信号种类 `{word}`");
            let all = crate::base::words::one_of(sources.keys());
            let (en, zh) = (&all.en, &all.zh);
            let diagnostic = Diagnostic::new(&RULE, span, message).about(subject);
            found.push(did_you_mean(
                diagnostic,
                word,
                span,
                Written::Quoted,
                sources.keys(),
                said!("write {en}", "请写 {zh}"),
            ));
        } else if watch.threshold.is_none() && !watch.written.iter().any(|k| k == "threshold") {
            let message = said!("`{word}` is watched without a threshold", "监测 `{word}`，却没有阈值");
            let advice = said!(
                "add `threshold = \"…\"`: from where on somebody is told",
                "请添加 `threshold = \"…\"`：达到什么程度要上报"
            );
            found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(subject));
        }
    }
    // A signal that could not be read, or is mistyped, may be one of those that are missing.
    let all_known = campaign.watches.iter().all(|w| sources.find(&w.source.value).is_some());
    if !all_known || !campaign.sound {
        return;
    }
    let wanted = sources.iter().filter(|(_, row)| row.scales.iter().any(|s| s.value == campaign.scale));
    let missing: Vec<_> = wanted.filter(|(id, _)| !campaign.watches.iter().any(|w| w.source.value == *id)).collect();
    let Some((first, _)) = missing.first() else { return };
    let names: Vec<_> = missing.iter().map(|(_, row)| words::text(&row.name)).collect();
    let list = words::first_three(&names);
    let (en, zh) = (&list.en, &list.zh);
    let message = said!("nobody watches {en}", "无人监测 {zh}");
    let advice = said!(
        "add `[[watch]]` with `source = \"{first}\"`, `tool`, `owner` and `threshold`",
        "请添加 `[[watch]]`，写上 `source = \"{first}\"`、`tool`、`owner` 和 `threshold`"
    );
    found.push(Diagnostic::new(&RULE, campaign.span, message).hint(advice).about(campaign.subject()));
}

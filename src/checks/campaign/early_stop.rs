//! `campaign/early-stop`: an early end that was not early, or not earned.

use crate::base::{DateRange, Diagnostic, Found, Severity, Share};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::alert;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign ended early on a day that is not before its last, or without the figure that allows it.
    ///
    /// ## Why
    /// When the key metric is far over its target a campaign may end early and keep the money (BUF-6: at 150 % of the conversion target
    /// one ended three days early). Without the reading that carries the decision it is only a campaign that was cut short.
    ///
    /// ## Example
    /// ```toml,with
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 50
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml as-of=2026-06-20
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 61
    ///
    /// [early-stop]
    /// metric = "participation-rate"
    /// on = 2026-06-12
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml as-of=2026-06-20
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 77
    ///
    /// [early-stop]
    /// metric = "participation-rate"
    /// on = 2026-06-12
    /// ```
    pub(crate) static RULE = "campaign/early-stop", Warning, ["BUF-6"],
    zh: "活动提前结束的日期不早于最后一天，或没有足以支持的数据。\n\n关键指标远超目标时，活动可以提前结束、节省预算（BUF-6：有活动在转化达到目标 150% 时提前三天结束）。没有支持该决定的读数，只能算被砍短的活动。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(stop), Some(schedule)) = (&campaign.results.early_stop, &campaign.schedule) else { return };
    let (metric, day, window) = (&stop.metric.value, stop.on.value, schedule.window);
    let subject = campaign.subject().item(metric);
    let early = DateRange::new(window.first, window.last.plus(-1));
    if early.is_none_or(|days| !days.contains(day)) {
        let (first, last) = (window.first, window.last);
        let message = said!(
            "`{day}` is no early end of {first} to {last}",
            "对 {first} 至 {last} 的活动来说，`{day}` 不算提前结束"
        );
        let advice = said!("write the last day that was held, before {last}", "请写实际的最后一天，须早于 {last}");
        found.push(
            Diagnostic::new(&RULE, stop.on.span, message)
                .severity(Severity::Error)
                .label(schedule.end_span, said!("the planned end", "计划的结束日"))
                .hint(advice)
                .about(subject),
        );
        return;
    }
    if model.policy.metric(metric).is_none() || !stop.sound {
        return;
    }
    let times = |t: crate::base::Quantity| Share(t.0);
    let wanted = stop.threshold.map_or_else(|| model.policy.share("early-stop-share"), |t| times(t.value));
    let reached = alert::attained(model, campaign, metric, day);
    if reached.is_some_and(|share| share >= wanted) {
        return;
    }
    let want = words::share(wanted);
    let (want_en, want_zh) = (&want.en, &want.zh);
    let message = match reached.map(words::share) {
        Some(is) => {
            let (en, zh) = (&is.en, &is.zh);
            said!(
                "`{metric}` was at {en} of its target on {day}, an early end wants {want_en}",
                "`{metric}` 在 {day} 达到目标的 {zh}，提前结束要求 {want_zh}"
            )
        }
        None => said!(
            "nothing measured says how far `{metric}` was on {day}",
            "没有读数表明 `{metric}` 在 {day} 完成了多少"
        ),
    };
    let advice = said!(
        "add the reading that it was decided on, or write the `threshold` that was agreed, in times of the target",
        "请补上据以决定的读数，或写出约定的 `threshold`（目标的倍数）"
    );
    found.push(Diagnostic::new(&RULE, stop.metric.span, message).hint(advice).about(subject));
}

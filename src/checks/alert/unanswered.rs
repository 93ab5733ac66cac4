//! `alert/unanswered`: a reading is off its target, and nobody answered.

use super::Check;
use crate::base::{Diagnostic, Found, Severity};
use crate::checks::words;
use crate::model::Model;
use crate::model::alert::{self, Alert, Side};
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A reading is further off its target than the band allows, and no `[[alert]]` answers it.
    ///
    /// ## Why
    /// A metric that leaves its target by ten percent is looked into within 48 hours (ALR-1, ALR-2), and one below its floor at
    /// once (ALR-3). Far above the target there is as much to decide: add resources, or end early and keep the money (BUF-5, BUF-6).
    /// Levels, band and clocks are rows of policy. Readings before promotion starts, those with the window `before` or `after`, and
    /// campaigns whose review is closed raise none.
    ///
    /// ## Example
    /// ```toml,with
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml as-of=2026-06-12
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 49
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml as-of=2026-06-12
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 49
    ///
    /// [[alert]]
    /// metric = "participation-rate"
    /// raised = 2026-06-11T20:00:00
    /// cause = "weak-appeal"
    /// report = 2026-06-12T10:00:00
    /// plan = "A game at every full hour."
    /// decision = "remedy"
    /// ```
    pub(crate) static RULE = "alert/unanswered", Warning, ["ALR-1", "ALR-2", "ALR-3"],
    zh: "读数偏离目标超出区间，却没有 `[[alert]]` 回应。\n\n偏离目标 10% 的指标须在 48 小时内分析（ALR-1、ALR-2），低于底线的须立即处理（ALR-3）；远超目标同样要决定：追加资源，或提前结束节省预算（BUF-5、BUF-6）。级别、区间和时限都在政策中。推广开始前的读数、`window` 为 `before` 或 `after` 的读数，以及复盘已关闭的活动不触发预警。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    // An answer that could not be read may be the one.
    let answers = campaign.results.written.has("alert") && !campaign.sound;
    for alert in alert::of_campaign(model, campaign).iter().filter(|a| a.is_unanswered() && !answers) {
        found.push(report(model, alert));
    }
}

fn report(model: &Model, alert: &Alert<'_>) -> Diagnostic {
    let (name, level) = (words::text(&alert.metric.name), words::text(&alert.level.1.name));
    let value = alert.first.value.value;
    let past_floor = alert.band.floor.filter(|_| alert.band.is_past_floor(value));
    let edge = past_floor.unwrap_or_else(|| alert.band.limit(alert.side));
    let say = |q| words::quantity(q, Some(alert.metric));
    let (is, target, edge) = (say(value), say(alert.band.target), say(edge));
    let (en, zh, is_en, is_zh) = (&name.en, &name.zh, &is.en, &is.zh);
    let (target_en, target_zh, edge_en, edge_zh) = (&target.en, &target.zh, &edge.en, &edge.zh);
    let (level_en, level_zh, day) = (&level.en, &level.zh, alert.first.date.value);
    let message = match (alert.side, past_floor) {
        (Side::Worse, Some(_)) => said!(
            "{en} was {is_en} on {day}, past its floor of {edge_en}: {level_en}",
            "{zh} 在 {day} 为 {is_zh}，越过底线 {edge_zh}：{level_zh}"
        ),
        (Side::Worse, None) => said!(
            "{en} was {is_en} on {day}, the target is {target_en} and the limit {edge_en}: {level_en}",
            "{zh} 在 {day} 为 {is_zh}，目标 {target_zh}，界限 {edge_zh}：{level_zh}"
        ),
        (Side::Better, _) => said!(
            "{en} was {is_en} on {day}, better than the target {target_en} by more than the band: {level_en}",
            "{zh} 在 {day} 为 {is_zh}，优于目标 {target_zh} 且超出区间：{level_zh}"
        ),
    };
    let (metric, by) = (&alert.kpi.metric.value, alert.report_by);
    let late = model.as_of > by.day;
    let (due_en, due_zh) = if late { ("was due by", "应于") } else { ("is due by", "须于") };
    let advice = match alert.side {
        Side::Worse => said!(
            "add `[[alert]]` with `metric = \"{metric}\"`, `raised`, `cause`, `report`, `plan` and `decision` to `results.toml`; the report {due_en} {by}",
            "请在 `results.toml` 添加 `[[alert]]`，写上 `metric = \"{metric}\"`、`raised`、`cause`、`report`、`plan` 和 `decision`；报告{due_zh} {by} 前提交"
        ),
        Side::Better => said!(
            "decide whether to add resources or to end early, and add `[[alert]]` with `metric = \"{metric}\"`, `raised` and `decision` to `results.toml`",
            "请决定追加资源还是提前结束，并在 `results.toml` 添加 `[[alert]]`，写上 `metric = \"{metric}\"`、`raised` 和 `decision`"
        ),
    };
    let mut diagnostic = Diagnostic::new(&RULE, alert.first.value.span, message)
        .hint(advice)
        .label(alert.kpi.revised.unwrap_or(alert.kpi.target).span, said!("the target in force", "现行目标"))
        .about(alert.campaign.subject().item(metric));
    if alert.side == Side::Better {
        diagnostic = diagnostic.severity(Severity::Info);
    }
    diagnostic
}

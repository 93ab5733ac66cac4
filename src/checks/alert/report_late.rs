//! `alert/report-late`: an analysis that is missing after its clock, or was handed in after it.

use super::{Check, hours, lasted};
use crate::base::{Diagnostic, Found, Severity};
use crate::model::Model;
use crate::model::alert::{self, Side};
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// The analysis of an alert was handed in late, or is missing after its time.
    ///
    /// ## Why
    /// The team hands in an analysis and an adjustment plan within 48 hours (ALR-2): while the campaign runs, a later one helps only
    /// the review. A late one is kept with the time it took; a missing one is asked for until the review is closed.
    ///
    /// ## Example
    /// ```toml,with
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml as-of=2026-06-14
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 49
    ///
    /// [[alert]]
    /// metric = "participation-rate"
    /// raised = 2026-06-11T20:00:00
    /// plan = "A game at every full hour."
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml as-of=2026-06-14
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 49
    ///
    /// [[alert]]
    /// metric = "participation-rate"
    /// raised = 2026-06-11T20:00:00
    /// report = 2026-06-12T09:00:00
    /// plan = "A game at every full hour."
    /// ```
    pub(crate) static RULE = "alert/report-late", Warning, ["ALR-2"],
    zh: "预警的分析报告迟交，或逾期未交。\n\n团队须在 48 小时内提交分析报告和调整方案（ALR-2）：活动进行中，迟来的分析只对复盘有用。迟交的会显示用时，未交的在复盘关闭前一直提示。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let clock = hours(model.policy.figure("alert-report-hours"));
    let (clock_en, clock_zh) = (&clock.en, &clock.zh);
    for alert in alert::of_campaign(model, campaign) {
        let Some(answer) = alert.answer else { continue };
        let (metric, raised, by) = (&alert.kpi.metric.value, alert.raised(), alert.report_by);
        let subject = campaign.subject().item(metric);
        match &answer.report {
            Some(report) if alert.is_late() => {
                let took = lasted(raised, report.value);
                let (en, zh) = (&took.en, &took.zh);
                let message = said!(
                    "the report on `{metric}` took {en}, the clock is {clock_en}",
                    "`{metric}` 的报告用了 {zh}，时限为 {clock_zh}"
                );
                found.push(
                    Diagnostic::new(&RULE, report.span, message)
                        .severity(Severity::Info)
                        .label(answer.raised.span, said!("raised here", "预警时间"))
                        .hint(said!("say in the review what held it up", "请在复盘中说明延误原因"))
                        .about(subject),
                );
            }
            // Of success nobody owes an analysis, but a decision: `alert/decision-missing`.
            None if alert.side == Side::Worse && alert.is_overdue(model.as_of) && !answer.has("report") => {
                let message = said!("the report on `{metric}` was due by {by}", "`{metric}` 的报告应于 {by} 前提交");
                found.push(
                    Diagnostic::new(&RULE, answer.raised.span, message)
                        .hint(said!(
                            "hand it in and add `report = ` with day and hour",
                            "请提交报告，并写上 `report = ` 日期和时刻"
                        ))
                        .about(subject),
                );
            }
            _ => {}
        }
    }
}

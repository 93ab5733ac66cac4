//! `alert/decision-missing`: an answer that decides nothing, or a decision nothing came of.

use super::Check;
use crate::base::{Diagnostic, Found, Said, Severity, Span};
use crate::model::Model;
use crate::model::alert::{self, Alert, Side};
use crate::model::answer::Decision;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// An alert is answered without a decision or a plan, or nothing tells what came of the decision.
    ///
    /// ## Why
    /// Over-performance is a decision too: add money and people at once, end early and keep what is saved, or leave it on purpose
    /// (BUF-5, BUF-6). Under-performance wants an adjustment plan beside the analysis (ALR-2).
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
    /// value = 81
    ///
    /// [[alert]]
    /// metric = "participation-rate"
    /// raised = 2026-06-11
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml as-of=2026-06-12
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 81
    ///
    /// [[alert]]
    /// metric = "participation-rate"
    /// raised = 2026-06-11
    /// decision = "none"
    /// ```
    pub(crate) static RULE = "alert/decision-missing", Info, ["ALR-2", "BUF-5", "BUF-6"],
    zh: "预警的回应没有决定或方案，或看不出决定的结果。\n\n超预期也要决定：立即追加资金和人手、提前结束节省预算，或有意不动（BUF-5、BUF-6）。不达预期除分析外还要有调整方案（ALR-2）。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    for alert in alert::of_campaign(model, campaign) {
        let Some((span, message, advice)) = judge(&alert) else { continue };
        let decided = alert.answer.is_some_and(|a| a.decision.is_some());
        let diagnostic =
            Diagnostic::new(&RULE, span, message).hint(advice).about(campaign.subject().item(&alert.kpi.metric.value));
        // A decision that nothing came of is worse than one that is not written yet.
        found.push(if decided { diagnostic.severity(Severity::Warning) } else { diagnostic });
    }
}

fn judge(alert: &Alert<'_>) -> Option<(Span, Said, Said)> {
    let (answer, results) = (alert.answer?, &alert.campaign.results);
    let metric = &answer.metric.value;
    let at = answer.metric.span;
    match (&answer.decision, alert.side) {
        (None, _) if answer.has("decision") => None,
        (None, Side::Better) => Some((
            at,
            said!("nothing is decided on `{metric}`, which is over its target", "`{metric}` 超出目标，尚无决定"),
            said!(
                "add `decision = \"scale-up\"`, `\"early-stop\"` or `\"none\"`",
                "请添加 `decision = \"scale-up\"`、`\"early-stop\"` 或 `\"none\"`"
            ),
        )),
        (None, Side::Worse) if answer.report.is_some() && answer.plan.is_none() => Some((
            at,
            said!(
                "the report on `{metric}` is there, a plan or decision is not",
                "`{metric}` 有报告，但没有方案或决定"
            ),
            said!("add `plan` and `decision = \"remedy\"`", "请添加 `plan` 和 `decision = \"remedy\"`"),
        )),
        (Some(decision), _) => {
            let (key, is_there) = match decision.value {
                Decision::ScaleUp => ("[[scale-up]]", results.written.has("scale-up")),
                Decision::EarlyStop => ("[early-stop]", results.written.has("early-stop")),
                Decision::Remedy | Decision::None => return None,
            };
            let word = decision.value.word();
            (!is_there).then(|| {
                (
                    decision.span,
                    said!(
                        "`{word}` was decided, and no `{key}` says what was done",
                        "决定了 `{word}`，却没有 `{key}` 说明做了什么"
                    ),
                    said!("add `{key}` to `results.toml`", "请在 `results.toml` 添加 `{key}`"),
                )
            })
        }
        _ => None,
    }
}

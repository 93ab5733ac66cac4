//! `milestone/gate-missed`: a node whose figure fell short of its threshold.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::measure::{GateResult, gate_result, threshold};
use crate::policy::Op;
use crate::{rule, said};

rule! {
    /// The day of a gated milestone is past, and what was measured missed its threshold.
    ///
    /// ## Why
    /// A gate that is missed in silence is no gate: the team should see it while the campaign can still be helped, and
    /// the review should say why. Nothing measured is not a miss.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/sample/results.toml
    /// [done]
    /// startup = 2026-03-27
    /// prep = 2026-03-27
    ///
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-04-11
    /// value = 58
    /// ```
    /// ```toml,reports
    /// start = 2026-04-10
    /// end = 2026-04-14
    ///
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// ```
    /// ```toml,passes
    /// start = 2026-04-10
    /// end = 2026-04-14
    ///
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 55
    /// ```
    pub(crate) static RULE = "milestone/gate-missed", Warning, ["MIL-3"],
    zh: "有门槛的里程碑已过，实测值未达门槛。\n\n悄悄错过的门槛等于没有门槛：团队应在还能补救时看到，复盘应说明原因。没有测量不算未达。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    for node in campaign.schedule.iter().flat_map(|s| &s.milestones).filter(|m| m.due < model.as_of) {
        let Some(gate) = &node.gate else { continue };
        // Items that are open still are `milestone/preparation`; a gate is missed when they were done too late.
        let is_computed = model.policy.metric(&gate.metric.value).is_some_and(|m| m.computed.is_some());
        if is_computed && !super::preparation::open_items(model, campaign).is_empty() {
            continue;
        }
        let GateResult::Missed(actual) = gate_result(campaign, node, gate, &model.policy, model.as_of) else {
            continue;
        };
        let Some(limit) = threshold(campaign, gate, &model.policy) else { continue };
        let metric = model.policy.metric(&gate.metric.value);
        let reading = campaign.results.reading_until(&gate.metric.value, node.due);
        let (name, is, wanted) = (words::node(node), words::quantity(actual, metric), words::quantity(limit, metric));
        let id = &gate.metric.value;
        let what = metric.map_or_else(|| said!("`{id}`", "`{id}`"), |m| words::text(&m.name));
        let (en, zh, is_en, is_zh) = (&name.en, &name.zh, &is.en, &is.zh);
        let (what_en, what_zh, limit_en, limit_zh) = (&what.en, &what.zh, &wanted.en, &wanted.zh);
        let (op_en, op_zh) = match gate.op {
            Op::AtLeast => ("at least", "不低于"),
            Op::AtMost => ("at most", "不高于"),
        };
        let message = said!(
            "{what_en} was {is_en} at {en}, its gate wants {op_en} {limit_en}",
            "{zh} 时 {what_zh} 为 {is_zh}，门槛要求{op_zh} {limit_zh}"
        );
        let by_reading = reading.filter(|r| r.value.value == actual).map(|r| r.value.span);
        let mut diagnostic = Diagnostic::new(&RULE, by_reading.unwrap_or(node.span), message)
            .hint(said!(
                "correct the figure if it is wrong, else say in the review why it was missed and add a `[[waiver]]`",
                "数字有误请更正；否则请在复盘中说明原因，并添加 `[[waiver]]`"
            ))
            .about(node.subject(&campaign.subject()));
        if let Some(sop) = node.on_breach.as_ref().filter(|s| model.sop(&s.value).is_some()) {
            let id = &sop.value;
            diagnostic = diagnostic.hint(said!("start the procedure `{id}`", "请启动流程 `{id}`"));
        }
        if by_reading.is_some() {
            diagnostic = diagnostic.label(node.span, said!("the gate belongs here", "门槛属于这里"));
        }
        found.push(diagnostic);
    }
}

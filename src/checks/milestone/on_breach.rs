//! `milestone/on-breach`: no procedure starts when a gate is missed, or one that there is not.

use crate::base::{Diagnostic, Found, Severity, Spanned, Subject};
use crate::checks::Check;
use crate::checks::words::{self, Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// The `on-breach` of a gate or target names a procedure that there is not, or a gate that needs one has none.
    ///
    /// ## Why
    /// During execution a metric outside its threshold starts the contingency plan at once (ALR-5). Looking for the plan, or finding
    /// that its page was renamed, costs the minutes it was written for. Scales list the nodes that need one in `breach-plans`; an
    /// organisation writes it once for all campaigns as `[milestones.go-live] on-breach`.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "go-live"
    /// on-breach = "brst"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "go-live"
    /// on-breach = "burst"
    /// ```
    pub(crate) static RULE = "milestone/on-breach", Error, ["ALR-5"],
    zh: "门槛或目标的 `on-breach` 写了不存在的流程，或必须有应急流程的门槛没有写。\n\n执行中指标越过门槛应立即启动应急预案（ALR-5）。临时找预案，或发现页面已改名，会耗掉预案本该节省的时间。哪些节点必须有，由规模的 `breach-plans` 决定；组织可用 `[milestones.go-live] on-breach` 为所有活动统一写明。"
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    model.held().for_each(|campaign| judge(model, campaign, found));
}

fn judge(model: &Model, campaign: &Campaign, found: &mut Found) {
    let home = campaign.subject();
    for kpi in &campaign.kpis {
        if let Some(sop) = &kpi.on_breach {
            broken(model, sop, home.clone().item(&kpi.metric.value), found);
        }
    }
    let nodes = campaign.schedule.iter().flat_map(|s| &s.milestones);
    let scale = model.policy.rows.scales.find(&campaign.scale);
    let needs = |id: &str| scale.is_some_and(|s| s.breach_plans.iter().any(|n| n.value == id));
    let mut missing = Vec::new();
    for node in nodes {
        match &node.on_breach {
            Some(sop) => broken(model, sop, node.subject(&home), found),
            None if node.gate.is_some() && needs(node.id.as_str()) && campaign.sound => missing.push(node),
            None => {}
        }
    }
    let Some(first) = missing.first() else { return };
    let names: Vec<_> = missing.iter().map(|m| words::node(m)).collect();
    let (list, id) = (words::first_three(&names), &first.id);
    let (en, zh) = (&list.en, &list.zh);
    let message = said!("no procedure starts when the gate of {en} is missed", "{zh} 的门槛未达时没有应急流程");
    let advice = said!(
        "add `on-breach = \"…\"` with the id of a procedure to `[[milestone]]`, or once to `[milestones.{id}]` of a policy",
        "请在 `[[milestone]]` 中写 `on-breach = \"…\"`（流程 id），或在政策的 `[milestones.{id}]` 中统一写一次"
    );
    let diagnostic = Diagnostic::new(&RULE, campaign.span, message).severity(Severity::Warning).hint(advice);
    found.push(diagnostic.about(home));
}

fn broken(model: &Model, sop: &Spanned<String>, subject: Subject, found: &mut Found) {
    // One that could not be read may be meant.
    if model.sop(&sop.value).is_some() || !model.sops_complete {
        return;
    }
    let word = &sop.value;
    let message = said!("there is no procedure `{word}`", "没有流程 `{word}`");
    let diagnostic = Diagnostic::new(&RULE, sop.span, message).about(subject);
    let known = model.sops.iter().map(|s| s.id.as_str());
    let otherwise = said!(
        "write the name of a file in `content/sops/` without `.md`",
        "请写 `content/sops/` 中文件的名称（不含 `.md`）"
    );
    let earlier = model.sops.iter().map(|s| (&s.id, s.aliases.as_slice()));
    let finding = match words::called_now(word, earlier) {
        Some((now, advice)) => diagnostic.fix(advice, sop.span, Written::Quoted.put(now.as_str())),
        None => did_you_mean(diagnostic, word, sop.span, Written::Quoted, known, otherwise),
    };
    // One wrong name in a policy is one mistake, however many campaigns follow it.
    if !found.iter().any(|d| d.rule == finding.rule && d.span == finding.span) {
        found.push(finding);
    }
}

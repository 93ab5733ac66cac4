//! `reference/metric`: a metric that policy does not have.

use crate::base::{Diagnostic, Found, Spanned, Subject};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A target, a gate, a reading or an answer names a metric that policy does not have.
    ///
    /// ## Why
    /// Unit, direction and default target come from the dictionary of metrics. Two spellings of one metric never meet,
    /// and its target stays "not measured".
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "participation-rat"
    /// target = 65
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// ```
    pub(crate) static RULE = "reference/metric", Error, ["KPI-1", "MIL-3", "PMR-5"],
    zh: "目标、门槛、读数或预警回应写了政策中没有的指标。\n\n单位、方向和默认目标来自指标词典；同一指标的两种写法永远对不上，目标就一直显示“未测量”。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for campaign in &model.campaigns {
        of_campaign(model, campaign, found);
    }
    for programme in &model.programmes {
        for goal in &programme.goals.list {
            if let Some(metric) = &goal.metric {
                let home = Subject::programme(programme.id.as_str()).item(goal.id.value.as_str());
                judge(model, metric, home, found);
            }
        }
    }
}

fn of_campaign(model: &Model, campaign: &Campaign, found: &mut Found) {
    let home = campaign.subject();
    for kpi in &campaign.kpis {
        judge(model, &kpi.metric, home.clone(), found);
    }
    for node in campaign.schedule.iter().flat_map(|s| &s.milestones) {
        // A gate of policy is judged with policy.
        if let Some(gate) = node.gate.as_ref().filter(|g| g.metric.span.file == campaign.file) {
            judge(model, &gate.metric, node.subject(&home), found);
        }
    }
    let results = &campaign.results;
    let decided = results.scale_ups.iter().map(|s| &s.metric).chain(results.early_stop.iter().map(|s| &s.metric));
    let steps = campaign.unlocks.iter().map(|u| &u.metric);
    let answers = results.answers.iter().map(|a| &a.metric);
    for metric in results.readings.iter().map(|r| &r.metric).chain(answers).chain(decided).chain(steps) {
        judge(model, metric, home.clone(), found);
    }
}

fn judge(model: &Model, metric: &Spanned<String>, subject: Subject, found: &mut Found) {
    if model.policy.metric(&metric.value).is_some() {
        return;
    }
    let word = &metric.value;
    let diagnostic =
        Diagnostic::new(&RULE, metric.span, said!("there is no metric `{word}`", "没有指标 `{word}`")).about(subject);
    let otherwise = said!(
        "write a metric that `playbook policy` lists under `metrics`, or add `[metrics.{word}]` to a policy",
        "请写 `playbook policy` 在 `metrics` 下列出的指标，或在政策中添加 `[metrics.{word}]`"
    );
    found.push(did_you_mean(
        diagnostic,
        word,
        metric.span,
        Written::Quoted,
        model.policy.rows.metrics.keys(),
        otherwise,
    ));
}

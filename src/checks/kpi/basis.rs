//! `kpi/basis`: a target that lacks what makes its number mean something.

use crate::base::{Diagnostic, Found, Severity, Span, Subject};
use crate::checks::Check;
use crate::model::Model;
use crate::model::measure;
use crate::{rule, said};

rule! {
    /// A target lacks what it is computed from, or the value it is to be compared with.
    ///
    /// ## Why
    /// Two people who say "lifetime value +35 %" mean different things until the formula stands beside it (KPI-9). A cost below 80 % of the
    /// industry is no number without the industry's (KPI-4). And a result that can be compared with nothing teaches nothing (KPI-10).
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "ltv-growth"
    /// target = 35
    /// baseline = 0
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "ltv-growth"
    /// target = 35
    /// baseline = 0
    /// formula = "orders a year x basket x margin x years as a customer"
    /// ```
    pub(crate) static RULE = "kpi/basis", Error, ["KPI-4", "KPI-9", "KPI-10"],
    zh: "目标缺少计算依据或对照值。\n\n公式不写清，两个人说的“生命周期价值 +35%”就不是一回事（KPI-9）。成本低于行业 80%，没有行业值就不成数字（KPI-4）。没有可对照的结果，也学不到东西（KPI-10）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        for goal in programme.goals.list.iter().filter(|g| g.sound) {
            let Some(metric) = &goal.metric else { continue };
            let about = Subject::programme(programme.id.as_str()).item(goal.id.value.as_str());
            let has = |key: &str| goal.written.iter().any(|w| w == key);
            found.extend(lack(model, &metric.value, goal.id.span, has).map(|d| d.about(about)));
        }
    }
    for campaign in model.held() {
        for kpi in campaign.kpis.iter().filter(|k| k.sound) {
            let name = kpi.metric.value.as_str();
            let about = campaign.subject().item(name);
            let has = |key: &str| match key {
                "formula" => kpi.formula.is_some(),
                "industry" => kpi.industry.is_some(),
                _ => true,
            };
            if let Some(lack) = lack(model, name, kpi.metric.span, has) {
                found.push(lack.about(about));
                continue;
            }
            let Some(metric) = model.policy.metric(name) else { continue };
            let is_compared = kpi.baseline.is_some()
                || kpi.industry.is_some()
                || metric.reference.is_some()
                || metric.target.is_some()
                || measure::previous(model, campaign, name).is_some();
            if !is_compared {
                let message = said!("there is nothing to compare `{name}` with", "`{name}` 没有可对照的值");
                let advice =
                    said!("add `baseline = …`, the value before the campaign", "请添加 `baseline = …`，即活动之前的值");
                found.push(
                    Diagnostic::new(&RULE, kpi.metric.span, message).severity(Severity::Info).hint(advice).about(about),
                );
            }
        }
    }
}

/// What the dictionary asks of a target of this metric and its author did not write.
fn lack(model: &Model, name: &str, span: Span, has: impl Fn(&str) -> bool) -> Option<Diagnostic> {
    let key = model.policy.metric(name)?.needs.as_deref().filter(|key| !has(key))?;
    let (severity, advice) = match key {
        "industry" => (
            Severity::Error,
            said!("add `industry = …`, the average of the industry", "请添加 `industry = …`，即行业平均值"),
        ),
        _ => (Severity::Warning, said!("add `{key} = …` in words", "请用文字添加 `{key} = …`")),
    };
    let message = said!("a target of `{name}` needs `{key}`", "`{name}` 的目标须写 `{key}`");
    Some(Diagnostic::new(&RULE, span, message).severity(severity).hint(advice))
}

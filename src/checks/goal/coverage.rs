//! `goal/coverage`: a dimension or a stage that nobody aims at.

use super::{is_in, severity};
use crate::base::{Diagnostic, Found, Said, Subject, words};
use crate::checks::{self, Check};
use crate::model::Model;
use crate::model::programme::Programme;
use crate::policy::GoalStage;
use crate::{rule, said};

rule! {
    /// The goals of a year leave out a dimension, or a metric of a stage.
    ///
    /// ## Why
    /// A year that aims at sales alone pays with brand and users (GOL-1). Each stage has something that must grow in it: first data, then
    /// retention, then loyalty (GOL-2 to GOL-4); a goal or a campaign of those months must aim at it.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "share"
    /// title = "Campaigns bring 35 % of sales"
    /// metric = "campaign-sales-share"
    /// target = 35
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    /// ```
    pub(crate) static RULE = "goal/coverage", Warning, ["GOL-1", "GOL-2", "GOL-3", "GOL-4", "KPI-7"],
    zh: "全年目标缺了某个维度，或某阶段的指标。\n\n只盯销售的一年，代价由品牌和用户承担（GOL-1）。每个阶段都有该长的东西：先是数据，再是留存，然后是忠诚（GOL-2 至 GOL-4），该阶段须有目标或活动瞄准它。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        let goals = &programme.goals;
        if goals.list.is_empty() || !goals.complete {
            continue;
        }
        let span = programme.written.span("year").unwrap_or(programme.span);
        let about = Subject::programme(programme.id.as_str());
        for (id, row) in model.policy.rows.goal_dimensions.iter() {
            if goals.list.iter().any(|g| g.dimension.as_deref() == Some(id) || g.dimension.is_none()) {
                continue;
            }
            let message = said!("no goal of the year is of the dimension `{id}`", "全年没有 `{id}` 维度的目标");
            let known = words::one_of(row.presets.keys());
            let (en, zh) = (&known.en, &known.zh);
            let advice = said!("add a `[[goal]]` with the metric {en}", "请添加 `[[goal]]`，指标如 {zh}");
            found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(about.clone()));
        }
        for (id, stage) in model.policy.rows.goal_stages.iter() {
            let missing: Vec<Said> = missing(model, programme, stage).collect();
            let Some(weight) = severity(stage.severity).filter(|_| !missing.is_empty()) else { continue };
            let list = checks::words::first_three(&missing);
            let (en, zh) = (&list.en, &list.zh);
            let message = said!("nobody aims at {en} in the stage `{id}`", "`{id}` 阶段没有人瞄准 {zh}");
            let advice = said!(
                "add a `[[goal]]` with this metric, or a `[[kpi]]` in a campaign of those months",
                "请添加该指标的 `[[goal]]`，或在这几个月的活动中添加 `[[kpi]]`"
            );
            found.push(Diagnostic::new(&RULE, span, message).severity(weight).hint(advice).about(about.clone()));
        }
    }
}

/// Metrics of a stage that neither a goal of the year nor a campaign of its months aims at.
fn missing<'a>(model: &'a Model, programme: &'a Programme, stage: &'a GoalStage) -> impl Iterator<Item = Said> {
    let months = |month: u8| is_in(stage, month);
    stage.metrics.keys().filter_map(move |metric| {
        let is_goal = programme.goals.list.iter().any(|g| g.metric.as_ref().is_some_and(|m| m.value == metric));
        let mut campaigns = model.held_of(programme).filter(|c| c.start.is_some_and(|s| months(s.value.month())));
        let is_aimed_at = is_goal || campaigns.any(|c| c.kpi(metric).is_some());
        (!is_aimed_at).then(|| said!("`{metric}`", "`{metric}`"))
    })
}

//! `goal/vague`: a goal of words alone.

use super::{goals, is_measurable, subject, year};
use crate::base::{Diagnostic, Found, Span, Text};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::goal::Goal;
use crate::{rule, said};

rule! {
    /// A goal says neither how much nor of what.
    ///
    /// ## Why
    /// "Raise brand influence" can be neither reached nor missed. "Trade-media exposure +30 %" can (GOL-6). The same holds for what a
    /// department aims at in a campaign.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "influence"
    /// title = "Raise brand influence"
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "influence"
    /// title = "Trade-media exposure +30 %"
    /// metric = "media-exposure-growth"
    /// target = 30
    /// ```
    pub(crate) static RULE = "goal/vague", Warning, ["GOL-6", "PRG-5"],
    zh: "目标既没说多少，也没说什么。\n\n“提升品牌影响力”既谈不上达成，也谈不上落空；“行业媒体曝光量 +30%”才行（GOL-6）。部门在活动中的目标也一样。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for (programme, goal) in goals(model).filter(|(_, g)| g.sound && is_vague(model, g)) {
        found.push(report(&goal.title, goal.id.span).about(subject(programme, goal.id.value.as_str())));
    }
    for campaign in model.held() {
        let programme = year(model, campaign);
        let vague = |text: &Text| !text.is_empty() && !is_measurable(model, programme, text);
        for row in campaign.department_goals.iter().filter(|d| vague(&d.goal.value)) {
            let about = campaign.subject().item(&row.department.value);
            found.push(report(&row.goal.value, row.goal.span).about(about));
        }
    }
}

/// Whether a goal is made of words alone.
pub(super) fn is_vague(model: &Model, goal: &Goal) -> bool {
    let has = |key: &str| goal.written.iter().any(|written| written == key);
    !has("metric") && !has("target") && !is_measurable(model, None, &goal.title)
}

fn report(goal: &Text, span: Span) -> Diagnostic {
    let said = words::text(goal);
    let (en, zh) = (&said.en, &said.zh);
    Diagnostic::new(&RULE, span, said!("{en} says neither how much nor of what", "{zh} 既没说多少，也没说什么")).hint(
        said!(
            "name a metric and a number: not \"raise brand influence\" but \"trade-media exposure +30 %\"",
            "请写明指标和数字：不写“提升品牌影响力”，而写“行业媒体曝光量 +30%”"
        ),
    )
}

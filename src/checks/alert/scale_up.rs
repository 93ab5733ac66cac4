//! `alert/scale-up`: resources added without over-performance, or from money that is not meant for it.

use super::Check;
use crate::base::{Diagnostic, Found};
use crate::checks::words;
use crate::model::Model;
use crate::model::alert;
use crate::model::answer::ScaleUp;
use crate::model::campaign::Campaign;
use crate::{rule, said};

/// The word for money that the year keeps for success.
const POOL: &str = "incentive-pool";

rule! {
    /// A `[[scale-up]]` takes its money from a line that is not kept for it, or no reading is over its trigger.
    ///
    /// ## Why
    /// When a phase beats expectation, money and people are added at once (BUF-5), from the reserve or the incentive pool: taken from
    /// the core lines they are missing elsewhere. Without a reading over the trigger it is an ordinary overspending.
    ///
    /// ## Example
    /// ```toml,with
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 50
    ///
    /// [budget]
    /// total = 100
    ///
    /// [[budget.line]]
    /// id = "film"
    /// name = "Film"
    /// amount = 100
    /// purpose = "core"
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml as-of=2026-06-12
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 81
    ///
    /// [[scale-up]]
    /// metric = "participation-rate"
    /// add-budget = 20
    /// from = "film"
    /// approver = "lin"
    /// date = 2026-06-11
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml as-of=2026-06-12
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 81
    ///
    /// [[scale-up]]
    /// metric = "participation-rate"
    /// add-budget = 20
    /// from = "incentive-pool"
    /// approver = "lin"
    /// date = 2026-06-11
    /// ```
    pub(crate) static RULE = "alert/scale-up", Warning, ["BUF-5", "BUD-3"],
    zh: "`[[scale-up]]` 动用了不该动的预算行，或没有读数超过触发值。\n\n超预期时应立即追加资金和人手（BUF-5），资金来自应急储备或激励池；从核心行抽走，别处就会短缺。没有超过触发值的读数，那只是普通超支。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    for scale_up in &campaign.results.scale_ups {
        if let Some(diagnostic) = source(model, campaign, scale_up).or_else(|| trigger(model, campaign, scale_up)) {
            found.push(diagnostic.about(campaign.subject().item(&scale_up.metric.value)));
        }
    }
}

fn source(model: &Model, campaign: &Campaign, scale_up: &ScaleUp) -> Option<Diagnostic> {
    let purpose = model.policy.choice("scale-up-from");
    let name = model.policy.rows.choices.find("scale-up-from").and_then(|c| c.options.find(purpose));
    let name = name.map_or_else(|| said!("`{purpose}`", "`{purpose}`"), words::text);
    let (en, zh) = (&name.en, &name.zh);
    let advice = said!(
        "write a line whose purpose is {en}, or `incentive-pool`",
        "请写用途为 {zh} 的预算行，或 `incentive-pool`"
    );
    let Some(from) = &scale_up.from else {
        let budget = scale_up.budget.as_ref()?;
        let message = said!("nothing says where the money comes from", "没有说明资金来源");
        let advice = said!(
            "add `from = \"…\"`: a line whose purpose is {en}, or `incentive-pool`",
            "请添加 `from = \"…\"`：用途为 {zh} 的预算行，或 `incentive-pool`"
        );
        return Some(Diagnostic::new(&RULE, budget.span, message).hint(advice));
    };
    let word = &from.value;
    let budget = campaign.budget.as_ref().filter(|b| b.complete);
    if word == POOL || (budget.is_none() && campaign.written.has("budget")) {
        return None;
    }
    let line = budget.and_then(|b| b.lines.iter().find(|l| l.is_named(word)));
    match line {
        Some(line) if line.tag("purpose").is_some_and(|t| t.value == purpose) || !line.sound => None,
        Some(line) => {
            let message = said!("`{word}` is not kept for this", "`{word}` 不是为此预留的");
            let label = said!("this line", "这一行");
            Some(Diagnostic::new(&RULE, from.span, message).label(line.span, label).hint(advice))
        }
        None => {
            let message = said!("the budget has no line `{word}`", "预算没有 `{word}` 这一行");
            Some(Diagnostic::new(&RULE, from.span, message).hint(advice))
        }
    }
}

fn trigger(model: &Model, campaign: &Campaign, scale_up: &ScaleUp) -> Option<Diagnostic> {
    let metric = &scale_up.metric.value;
    model.policy.metric(metric)?;
    let wanted = scale_up.trigger.map_or_else(|| model.policy.share("scale-up-share"), |t| t.value);
    let reached = alert::attained(model, campaign, metric, scale_up.date.value);
    if reached.is_some_and(|share| share >= wanted) {
        return None;
    }
    let (want, day) = (words::share(wanted), scale_up.date.value);
    let (want_en, want_zh) = (&want.en, &want.zh);
    let message = match reached.map(words::share) {
        Some(is) => {
            let (en, zh) = (&is.en, &is.zh);
            said!(
                "`{metric}` was at {en} of its target on {day}, the trigger is {want_en}",
                "`{metric}` 在 {day} 达到目标的 {zh}，触发值为 {want_zh}"
            )
        }
        None => said!(
            "nothing measured says that `{metric}` was over its target on {day}",
            "没有读数表明 `{metric}` 在 {day} 超过目标"
        ),
    };
    let advice = said!(
        "add the reading that it was decided on, or write the `trigger` that was agreed",
        "请补上据以决定的读数，或写出约定的 `trigger`"
    );
    Some(Diagnostic::new(&RULE, scale_up.date.span, message).hint(advice))
}

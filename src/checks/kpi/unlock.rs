//! `kpi/unlock`: steps that do not rise, or that nobody pays for.

use crate::base::{Diagnostic, Found, Severity};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::Direction;
use crate::{rule, said};

rule! {
    /// The steps of an incentive do not rise one after another, or a step has no budget line.
    ///
    /// ## Why
    /// Reaching a step opens something more for everybody, and the next one is further on: that is why people bring others (GOL-14).
    /// A step below the one before it is open already, and a benefit without a line is promised with money nobody has.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[unlock]]
    /// metric = "participants"
    /// threshold = 10000
    /// benefit = "Second cup free"
    /// ```
    /// ```toml,passes
    /// [budget]
    /// total = 100
    ///
    /// [[budget.line]]
    /// id = "cups"
    /// name = "Cups"
    /// amount = 100
    ///
    /// [[unlock]]
    /// metric = "participants"
    /// threshold = 10000
    /// benefit = "Second cup free"
    /// line = "cups"
    /// ```
    pub(crate) static RULE = "kpi/unlock", Error, ["GOL-14"],
    zh: "激励的阶梯没有逐级升高，或某一级没有预算行。\n\n达到一级，所有人多得一份权益，下一级更远：大家因此愿意拉人参与（GOL-14）。低于前一级的阶梯早已打开；没有预算行的权益，是拿不存在的钱许诺。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    for (place, unlock) in campaign.unlocks.iter().enumerate() {
        let word = &unlock.metric.value;
        let subject = campaign.subject().item(word);
        let metric = model.policy.metric(word);
        let lower = metric.and_then(|m| m.direction) == Some(Direction::Lower);
        let before = campaign.unlocks[..place].iter().rev().find(|u| u.metric.value == *word);
        let (is, span) = (unlock.threshold.value, unlock.threshold.span);
        if let Some(before) = before.filter(|b| if lower { is >= b.threshold.value } else { is <= b.threshold.value }) {
            let (now, was) = (words::quantity(is, metric), words::quantity(before.threshold.value, metric));
            let (en, zh, was_en, was_zh) = (&now.en, &now.zh, &was.en, &was.zh);
            let message = said!(
                "the step {en} is no further than the one before it, {was_en}",
                "阶梯 {zh} 不比前一级 {was_zh} 更远"
            );
            found.push(
                Diagnostic::new(&RULE, span, message)
                    .label(before.threshold.span, said!("the step before", "前一级"))
                    .hint(said!(
                        "put the steps in order, each further than the last",
                        "请按顺序排列，每级都比前一级更远"
                    ))
                    .about(subject.clone()),
            );
        }
        let budget = campaign.budget.as_ref();
        let is_unread = budget.map_or(campaign.written.has("budget"), |b| !b.complete);
        let message = match &unlock.line {
            None if unlock.written.iter().any(|k| k == "line") => continue,
            _ if is_unread => continue,
            None => said!("no budget line pays for this benefit", "没有预算行支付这项权益"),
            Some(line) if budget.is_some_and(|b| b.lines.iter().any(|l| l.is_named(&line.value))) => continue,
            Some(line) => {
                let name = &line.value;
                said!("the budget has no line `{name}`", "预算没有 `{name}` 这一行")
            }
        };
        let place = unlock.line.as_ref().map_or(unlock.metric.span, |l| l.span);
        let advice = said!("add `line = \"…\"` with the id of a budget line", "请添加 `line = \"…\"`，写预算行的 id");
        found.push(Diagnostic::new(&RULE, place, message).severity(Severity::Warning).hint(advice).about(subject));
    }
}

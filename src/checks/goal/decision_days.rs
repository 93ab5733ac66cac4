//! `goal/decision-days`: a change of a goal that waits or waited too long.

use super::subject;
use crate::base::{Diagnostic, Found, Severity};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A change of a goal was not decided within the days of policy.
    ///
    /// ## Why
    /// A body that joins market, user and finance figures cut the answer from 15 days to 3 (GOL-9). Until it comes, everybody works towards a
    /// figure that nobody believes in.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "repurchase"
    /// title = "Repurchase +25 %"
    /// metric = "repurchase-rate-change"
    /// target = 25
    ///
    /// [[goal-revision]]
    /// goal = "repurchase"
    /// old = 25
    /// new = 27
    /// basis = "Two quarters above plan"
    /// informed = ["sales"]
    /// requested = 2026-04-02
    /// decided = 2026-04-09
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "repurchase"
    /// title = "Repurchase +25 %"
    /// metric = "repurchase-rate-change"
    /// target = 25
    ///
    /// [[goal-revision]]
    /// goal = "repurchase"
    /// old = 25
    /// new = 27
    /// basis = "Two quarters above plan"
    /// informed = ["sales"]
    /// requested = 2026-04-02
    /// decided = 2026-04-04
    /// ```
    pub(crate) static RULE = "goal/decision-days", Error, ["GOL-9"],
    zh: "目标调整未在政策规定的天数内决定。\n\n把市场、用户和财务数据放在一起的小组，把回应从 15 天缩短到 3 天（GOL-9）。决定之前，大家都在为一个没人相信的数字努力。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let (warn, error) = (model.policy.figure("goal-decision-days"), model.policy.figure("goal-decision-days-max"));
    for programme in &model.programmes {
        for revision in &programme.goals.revisions {
            if revision.decided.is_none() && !revision.sound {
                continue;
            }
            let until = revision.decided.map_or(model.as_of, |d| d.value);
            let taken = revision.requested.value.until(until);
            if taken <= warn {
                continue;
            }
            let (goal, is) = (&revision.goal.value, words::days(taken));
            let (limit, en, zh) = (words::days(warn), &is.en, &is.zh);
            let (limit_en, limit_zh) = (&limit.en, &limit.zh);
            let message = if revision.decided.is_some() {
                said!(
                    "the change of `{goal}` was decided after {en}, wanted within {limit_en}",
                    "`{goal}` 的调整用了 {zh} 才决定，应在 {limit_zh}内"
                )
            } else {
                said!(
                    "the change of `{goal}` has waited {en} for a decision, wanted within {limit_en}",
                    "`{goal}` 的调整已等了 {zh}，应在 {limit_zh}内决定"
                )
            };
            let advice = said!(
                "decide and write `decided = …`, or waive this once with the reason",
                "请作出决定并写 `decided = …`，或写明理由豁免这一次"
            );
            let span = revision.decided.map_or(revision.requested.span, |d| d.span);
            let weight = if taken > error { Severity::Error } else { Severity::Warning };
            found.push(
                Diagnostic::new(&RULE, span, message).severity(weight).hint(advice).about(subject(programme, goal)),
            );
        }
    }
}

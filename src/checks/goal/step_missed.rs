//! `goal/step-missed`: the latest quarterly step of a goal was missed.

use super::{goals, subject};
use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::progress::{self, Track};
use crate::{rule, said};

rule! {
    /// The latest quarterly step of a goal was missed.
    ///
    /// ## Why
    /// A year is reached in quarters (GOL-12). Whoever learns of a missed step in the next month can still do something about it; in December
    /// nobody can.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "retention"
    /// title = "Retention 68 %"
    /// metric = "retention-rate"
    /// target = 68
    /// steps = [{ quarter = 1, value = 56 }, { quarter = 4, value = 68 }]
    ///
    /// [[goal-reading]]
    /// goal = "retention"
    /// date = 2026-03-31
    /// value = 54.5
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "retention"
    /// title = "Retention 68 %"
    /// metric = "retention-rate"
    /// target = 68
    /// steps = [{ quarter = 1, value = 56 }, { quarter = 4, value = 68 }]
    ///
    /// [[goal-reading]]
    /// goal = "retention"
    /// date = 2026-03-31
    /// value = 56.5
    /// ```
    pub(crate) static RULE = "goal/step-missed", Warning, ["GOL-12"],
    zh: "目标最近一个季度的阶段值没有达到。\n\n全年是一个季度一个季度走到的（GOL-12）。下个月就知道没达到，还来得及补；到十二月才知道，谁也没办法。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for (programme, goal) in goals(model) {
        let steps = progress::steps(model, programme, goal);
        let Some(step) = steps.iter().rfind(|s| matches!(s.track, Track::On(_) | Track::Off(_))) else { continue };
        let Track::Off(actual) = step.track else { continue };
        let Some((_, span)) = goal.steps.iter().find(|(q, _)| q.value == step.quarter).map(|(q, v)| (q, v.span)) else {
            continue;
        };
        let metric = progress::metric(&model.policy, goal);
        let (is, wanted) = (words::quantity(actual, metric), words::quantity(step.value, metric));
        let (id, quarter) = (goal.id.value.as_str(), step.quarter);
        let (is_en, is_zh, en, zh) = (&is.en, &is.zh, &wanted.en, &wanted.zh);
        let message = said!(
            "`{id}` came to {is_en} by the end of Q{quarter}, its step was {en}",
            "`{id}` 到第 {quarter} 季度末为 {is_zh}，阶段值是 {zh}"
        );
        let advice = said!(
            "say in the next `[[quarter-review]]` what is done about it, or change the goal by a `[[goal-revision]]`",
            "请在下一次 `[[quarter-review]]` 写明措施，或用 `[[goal-revision]]` 调整目标"
        );
        found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(subject(programme, id)));
    }
}

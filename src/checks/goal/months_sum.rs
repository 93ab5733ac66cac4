//! `goal/months-sum`: twelve months that do not make their year.

use super::{goals, subject};
use crate::base::{Diagnostic, Found, Quantity, Spanned};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::goal::{Goal, Split};
use crate::model::progress::{self, YEAR};
use crate::policy::Metric;
use crate::{rule, said};

rule! {
    /// The monthly values of a goal do not make the figure of the year.
    ///
    /// ## Why
    /// Firms that split the year by month reach their plan more often than those that split by quarter (PRG-2), but only if the months are the
    /// year: what adds up must add up to the target, and what is a level must end on it.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "repurchase"
    /// title = "Repurchase +24 %"
    /// metric = "repurchase-rate-change"
    /// target = 24
    /// months = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3]
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "repurchase"
    /// title = "Repurchase +24 %"
    /// metric = "repurchase-rate-change"
    /// target = 24
    /// months = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]
    /// ```
    pub(crate) static RULE = "goal/months-sum", Error, ["PRG-2"],
    zh: "目标的月度值与年度数不符。\n\n按月拆分的企业比按季拆分的更常达成计划（PRG-2），前提是月份真的构成全年：可加的要加得起来，水平类的要落在目标上。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    // Tenths of one, in the smallest unit of a quantity.
    let tolerance = model.policy.figure("goal-months-tolerance").saturating_mul(Quantity::whole(1).0 / 10);
    for (programme, goal) in goals(model).filter(|(_, g)| g.sound) {
        let id = goal.id.value.as_str();
        let Some(target) = programme.goals.current(goal) else { continue };
        let metric = progress::metric(&model.policy, goal);
        let about = subject(programme, id);
        let Some(months) = &goal.months else {
            if goal.split == Some(Split::Weighted) {
                let message = said!(
                    "`{id}` is split by weight, and its months are not written",
                    "`{id}` 按权重拆分，却没有写月度值"
                );
                let advice = said!("add `months = […]` with twelve values", "请添加有十二个值的 `months = […]`");
                found.push(Diagnostic::new(&RULE, goal.id.span, message).hint(advice).about(about));
            }
            continue;
        };
        if months.value.len() != YEAR {
            let n = months.value.len();
            let message =
                said!("`{id}` has {n} monthly values, wanted {YEAR}", "`{id}` 有 {n} 个月度值，应为 {YEAR} 个");
            found
                .push(suggest(Diagnostic::new(&RULE, months.span, message), goal, months, target, metric).about(about));
            continue;
        }
        let adds = progress::adds(metric);
        let made = if adds {
            Quantity(months.value.iter().map(|v| v.0).fold(0, i64::saturating_add))
        } else {
            months.value[YEAR - 1]
        };
        let off = Quantity(made.0.saturating_sub(target.0));
        if off.0.saturating_abs() <= tolerance {
            continue;
        }
        let (is, wanted, by) = (
            words::quantity(made, metric),
            words::quantity(target, metric),
            words::quantity(Quantity(off.0.saturating_abs()), metric),
        );
        let (is_en, is_zh, wanted_en, wanted_zh, by_en, by_zh) =
            (&is.en, &is.zh, &wanted.en, &wanted.zh, &by.en, &by.zh);
        let (more_en, more_zh) = if off.0 > 0 { ("more", "多") } else { ("less", "少") };
        let message = if adds {
            said!(
                "the months of `{id}` add up to {is_en}, {by_en} {more_en} than {wanted_en}",
                "`{id}` 的月度之和为 {is_zh}，比 {wanted_zh} {more_zh} {by_zh}"
            )
        } else {
            said!(
                "the months of `{id}` end on {is_en}, the target is {wanted_en}",
                "`{id}` 的十二月为 {is_zh}，目标是 {wanted_zh}"
            )
        };
        let diagnostic = Diagnostic::new(&RULE, months.span, message);
        let diagnostic = match goal.target {
            Some(target) => diagnostic.label(target.span, said!("the year", "年度数")),
            None => diagnostic,
        };
        found.push(suggest(diagnostic, goal, months, target, metric).about(about));
    }
}

/// Twelve values that are right, as an edit: those written, brought to the target; else equal parts.
fn suggest(
    diagnostic: Diagnostic,
    goal: &Goal,
    months: &Spanned<Vec<Quantity>>,
    target: Quantity,
    metric: Option<&Metric>,
) -> Diagnostic {
    let unit = progress::step_of(metric.and_then(|m| m.unit), target);
    let whole: i128 = months.value.iter().map(|v| i128::from(v.0)).sum();
    let values: Vec<Quantity> = if !progress::adds(metric) {
        if months.value.len() == YEAR {
            months.value.iter().copied().take(YEAR - 1).chain([target]).collect()
        } else {
            progress::even(goal.baseline.unwrap_or(target), target, unit).to_vec()
        }
    } else if months.value.len() == YEAR && whole != 0 {
        // Each month keeps its part of the year; the parts are cut from running sums, so that nothing is lost.
        let unit = i128::from(coarsest(&months.value, target).unwrap_or(unit).max(1));
        let (mut sum, mut last) = (0_i128, 0_i128);
        let mut cut = |value: &Quantity| {
            sum += i128::from(value.0);
            let exact = i128::from(target.0) * sum / whole;
            let half = unit / 2 * exact.signum();
            let until = if sum == whole { i128::from(target.0) } else { (exact + half) / unit * unit };
            let part = until - last;
            last = until;
            Quantity(i64::try_from(part).unwrap_or_default())
        };
        months.value.iter().map(&mut cut).collect()
    } else {
        progress::parts(target, unit).to_vec()
    };
    let list = values.iter().map(Quantity::to_string).collect::<Vec<_>>().join(", ");
    diagnostic.fix(
        said!("write `[{list}]`, or correct the target", "请写 `[{list}]`，或更正目标"),
        months.span,
        format!("[{list}]"),
    )
}

/// The greatest power of ten that measures all these values: an author who plans in thousands is answered in thousands.
fn coarsest(months: &[Quantity], target: Quantity) -> Option<i64> {
    let measures = |unit: &i64| months.iter().chain([&target]).all(|v| v.0 % unit == 0);
    (0..=12).rev().map(|n| 10_i64.pow(n)).find(measures)
}

//! `goal/quarter-review`: a quarter that ended without a review of the goals.

use crate::base::{Diagnostic, Found, Subject, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::goal::QuarterReview;
use crate::model::programme::Programme;
use crate::model::progress;
use crate::policy::GoalReview;
use crate::{rule, said};

rule! {
    /// A quarter ended without a review of the goals, or a department was absent, or the long-term goals were left out at half-year.
    ///
    /// ## Why
    /// Marketing, sales and product look at the goals together each quarter and set the next ones (GOL-7); goals of the long stage are judged
    /// every six months, with the strategy of the year (GOL-8). A department that was not there works to another plan.
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
    /// [[quarter-review]]
    /// quarter = 1
    /// date = 2026-04-03
    /// departments = ["marketing", "sales"]
    /// changes = "None."
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
    /// [[quarter-review]]
    /// quarter = 1
    /// date = 2026-04-03
    /// departments = ["marketing", "sales", "product"]
    /// changes = "None."
    /// ```
    pub(crate) static RULE = "goal/quarter-review", Warning, ["GOL-7", "GOL-8"],
    zh: "季度结束却没有目标评审，或有部门缺席，或半年时漏了长期目标。\n\n市场、销售、产品每季度一起看目标、定后续（GOL-7）；长期目标每半年随年度战略评估一次（GOL-8）。没到场的部门，手里是另一份计划。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let Some(row) = &model.policy.rows.goal_review else { return };
    let grace = model.policy.figure("goal-review-days");
    for programme in model.programmes.iter().filter(|p| !p.goals.list.is_empty()) {
        let about = Subject::programme(programme.id.as_str());
        for quarter in 1..=4 {
            let Some(end) = progress::quarter_end(programme.year, quarter) else { continue };
            let reviews = || programme.goals.reviews.iter().filter(|r| r.quarter.value == quarter);
            for review in reviews() {
                found.extend(absent(model, review, row).map(|d| d.about(about.clone())));
                found.extend(long_term(programme, review, row).map(|d| d.about(about.clone())));
            }
            if reviews().next().is_none() && programme.goals.complete && end.plus(grace) < model.as_of {
                let span = programme.written.span("year").unwrap_or(programme.span);
                let message = said!(
                    "Q{quarter} ended on {end}, and no review of the goals is written",
                    "第 {quarter} 季度已于 {end} 结束，没有目标评审记录"
                );
                let advice = said!(
                    "hold it and add `[[quarter-review]]` with `quarter = {quarter}`, `date`, `departments` and `changes`",
                    "请评审并添加 `[[quarter-review]]`，写上 `quarter = {quarter}`、`date`、`departments` 和 `changes`"
                );
                found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(about.clone()));
            }
        }
    }
}

fn absent(model: &Model, review: &QuarterReview, row: &GoalReview) -> Option<Diagnostic> {
    let there = review.departments.as_ref();
    if !review.sound {
        return None;
    }
    let is_there = |id: &str| there.is_some_and(|list| list.value.iter().any(|d| d.value == id));
    let wanted = row.departments.iter().map(String::as_str).filter(|id| model.departments.contains_key(*id));
    let missing: Vec<&str> = wanted.filter(|id| !is_there(id)).collect();
    if missing.is_empty() {
        return None;
    }
    let ticked: Vec<String> = missing.iter().map(|id| format!("`{id}`")).collect();
    let list = words::all_of(ticked.iter().map(String::as_str));
    let (quarter, en, zh) = (review.quarter.value, &list.en, &list.zh);
    let message = said!("{en} took no part in the review of Q{quarter}", "{zh} 没有参加第 {quarter} 季度的评审");
    let advice = said!("go through it with them and add them to `departments`", "请与其补做评审，并写进 `departments`");
    Some(Diagnostic::new(&RULE, there.map_or(review.span, |d| d.span), message).hint(advice))
}

fn long_term(programme: &Programme, review: &QuarterReview, row: &GoalReview) -> Option<Diagnostic> {
    let quarter = review.quarter.value;
    if !row.half_year.contains(&quarter) || review.long_term.is_some() || !review.sound {
        return None;
    }
    let year = programme.year;
    let message = said!(
        "the review of Q{quarter} closes half of {year} and says nothing about the long-term goals",
        "第 {quarter} 季度的评审正值 {year} 年半年，没有写长期目标"
    );
    let advice = said!("add `long-term = …` with what was found", "请添加 `long-term = …`，写下结论");
    Some(Diagnostic::new(&RULE, review.quarter.span, message).hint(advice))
}

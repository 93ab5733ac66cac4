//! `brand/gap`: a closed quarter without brand values.

use super::subject;
use crate::base::{Diagnostic, Found, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::period::Period;
use crate::{rule, said};

rule! {
    /// A quarter is closed and its brand metrics are not entered.
    ///
    /// ## Why
    /// Awareness and loyalty move slowly; only an unbroken curve shows whether a year of campaigns moved them (MON-7). Quarters count from the
    /// first one in `content/brand.toml`; without that file nobody is reminded.
    ///
    /// ## Example
    /// ```toml,reports path=content/brand.toml as-of=2026-05-01
    /// [[quarter]]
    /// period = "2025-Q4"
    /// values = { nps = 41 }
    /// ```
    /// ```toml,passes path=content/brand.toml as-of=2026-05-01
    /// [[quarter]]
    /// period = "2025-Q4"
    /// values = { nps = 41 }
    ///
    /// [[quarter]]
    /// period = "2026-Q1"
    /// values = { nps = 42 }
    /// ```
    pub(crate) static RULE = "brand/gap", Warning, ["MON-7"],
    zh: "季度已结束，却没有录入品牌指标。\n\n知名度与忠诚度变化缓慢，只有不间断的曲线才能看出一年的活动有没有作用（MON-7）。从 `content/brand.toml` 中的第一个季度起算；没有这个文件则不提醒。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let brand = &model.brand;
    let sorted = brand.sorted();
    // What seems missing may stand in an entry that could not be read.
    let Some((first, _)) = sorted.first().filter(|_| brand.is_complete && sorted.len() == brand.quarters.len()) else {
        return;
    };
    let grace = model.policy.figure("brand-grace-days");
    let is_due = |p: &Period| p.days.last.plus(grace) < model.as_of;
    let has_values = |p: &Period| sorted.iter().any(|(q, row)| q == p && !row.values.is_empty());
    let missing: Vec<String> =
        first.until(model.as_of).filter(is_due).filter(|p| !has_values(p)).map(|p| p.to_string()).collect();
    let (Some(last), Some((_, row))) = (missing.last(), sorted.last()) else { return };
    let list = words::all_of(missing.iter().map(String::as_str));
    let (en, zh) = (&list.en, &list.zh);
    let message = match missing.len() {
        1 => said!("{en} has no brand values", "{zh} 没有品牌数值"),
        _ => said!("{en} have no brand values", "{zh} 没有品牌数值"),
    };
    let advice = said!(
        "add a `[[quarter]]` with `period = \"{last}\"` and `values`",
        "请添加 `[[quarter]]`，写上 `period = \"{last}\"` 和 `values`"
    );
    found.push(Diagnostic::new(&RULE, row.words.span, message).hint(advice).about(subject(last)));
}

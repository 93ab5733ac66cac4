//! `brand/unknown`: brand values for a quarter or metric that does not exist.

use super::subject;
use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::period::Period;
use crate::policy::Every;
use crate::{rule, said};

rule! {
    /// Brand values are for a period that is no quarter, for a quarter named twice or yet to come, or for a metric that policy does not know.
    ///
    /// ## Why
    /// The curve has one point a quarter and one line a metric (MON-7); what fits neither is not drawn, and nobody would notice.
    ///
    /// ## Example
    /// ```toml,reports path=content/brand.toml
    /// [[quarter]]
    /// period = "2026-Q1"
    /// values = { npps = 41 }
    /// ```
    /// ```toml,passes path=content/brand.toml
    /// [[quarter]]
    /// period = "2026-Q1"
    /// values = { nps = 41 }
    /// ```
    pub(crate) static RULE = "brand/unknown", Error, ["MON-7", "KPI-8"],
    zh: "品牌数值所写的周期不是季度、季度重复或尚未开始，或指标不在指标词典中。\n\n曲线每季度一个点、每个指标一条线（MON-7）；对不上的不会画出来，也没人会发现。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let metrics = &model.policy.rows.metrics;
    let mut seen: Vec<Period> = Vec::new();
    let example = Period::of(Every::Quarter, model.as_of).previous();
    for quarter in &model.brand.quarters {
        let text = &quarter.words.value;
        let wrong = match quarter.period {
            None => Some(said!("`{text}` is no quarter", "`{text}` 不是季度")),
            Some(p) if seen.contains(&p) => Some(said!("`{text}` is there twice", "`{text}` 出现了两次")),
            Some(p) if p.days.first > model.as_of => Some(said!("`{text}` has not begun", "`{text}` 尚未开始")),
            Some(_) => None,
        };
        seen.extend(quarter.period);
        if let Some(message) = wrong {
            let advice = said!("write a quarter once, such as `{example}`", "每个季度只写一次，如 `{example}`");
            found.push(Diagnostic::new(&RULE, quarter.words.span, message).hint(advice).about(subject(text)));
        }
        for (key, _) in quarter.values.iter().filter(|(key, _)| metrics.find(&key.value).is_none()) {
            let word = key.value.as_str();
            let diagnostic =
                Diagnostic::new(&RULE, key.span, said!("there is no metric `{word}`", "没有指标 `{word}`"));
            let otherwise = said!(
                "add `[metrics.{word}]` to a file in `content/policies/`",
                "请在 `content/policies/` 的文件里添加 `[metrics.{word}]`"
            );
            found.push(did_you_mean(
                diagnostic.about(subject(text)),
                word,
                key.span,
                Written::Bare,
                metrics.keys(),
                otherwise,
            ));
        }
    }
}

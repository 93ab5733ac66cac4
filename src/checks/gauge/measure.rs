//! `gauge/measure`: a gauge of policy that nothing can compute.

use crate::base::{Diagnostic, Found, Span, Spanned};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::gauge::{MEASURES, Of, measure};
use crate::policy::Gauge;
use crate::{rule, said};

rule! {
    /// A gauge of policy names a measure that does not exist, or one that is of nothing known.
    ///
    /// ## Why
    /// Nothing is computed, and nobody is warned of what the gauge was written for.
    ///
    /// ## Example
    /// ```toml,reports path=content/policies/own.toml
    /// [gauges.coupons]
    /// name = "Share of coupons"
    /// measure = "bucket-shar"
    /// of = "category/discount"
    /// warning = { from = 40 }
    /// ```
    /// ```toml,passes path=content/policies/own.toml
    /// [gauges.coupons]
    /// name = "Share of coupons"
    /// measure = "bucket-share"
    /// of = "category/discount"
    /// warning = { from = 40 }
    /// ```
    pub(crate) static RULE = "gauge/measure", Error, ["PRG-7", "BMK-2"],
    zh: "政策中的指示项用了不存在的计算方法，或计算对象不存在。\n\n什么也算不出来，该提醒的也就没人提醒。"
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for (_, gauge) in model.policy.rows.gauges.iter() {
        let Some(name) = &gauge.measure else { continue };
        match measure(&name.value) {
            None => found.push(unknown(name)),
            Some(measure) => found.extend(of_nothing(model, gauge, measure.of, name.span)),
        }
    }
}

fn unknown(name: &Spanned<String>) -> Diagnostic {
    let word = &name.value;
    let message = said!("there is no measure `{word}`", "没有名为 `{word}` 的计算方法");
    let list: Vec<&str> = MEASURES.iter().map(|m| m.id).collect();
    let list = list.join("`, `");
    let otherwise = said!("write one of `{list}`", "请写 `{list}` 之一");
    let known = MEASURES.iter().map(|m| m.id);
    did_you_mean(Diagnostic::new(&RULE, name.span, message), word, name.span, Written::Quoted, known, otherwise)
}

/// A finding where `of` does not name what the measure takes.
fn of_nothing(model: &Model, gauge: &Gauge, wants: Of, span: Span) -> Option<Diagnostic> {
    let rows = &model.policy.rows;
    let of = gauge.of.as_str();
    let (fits, advice) = match wants {
        Of::Nothing => (of.is_empty(), said!("leave `of` out", "请去掉 `of`")),
        Of::Number => {
            (of.parse::<u32>().is_ok(), said!("write a whole number: `of = \"3\"`", "请写整数：`of = \"3\"`"))
        }
        Of::Metric => {
            (rows.metrics.find(of).is_some(), said!("name a metric: `of = \"roi\"`", "请写指标：`of = \"roi\"`"))
        }
        Of::Bucket => (
            of.split_once('/').is_some_and(|(a, v)| rows.axes.find(a).is_some_and(|a| a.values.find(v).is_some())),
            said!("name axis and value: `of = \"category/discount\"`", "请写维度和取值：`of = \"category/discount\"`"),
        ),
    };
    let message = said!("this measure is not computed of `{of}`", "该方法不能对 `{of}` 计算");
    (!fits).then(|| Diagnostic::new(&RULE, span, message).hint(advice))
}

//! `budget/programme-sum`: campaigns that do not make up the year.

use super::{Check, Year};
use crate::base::{Diagnostic, Found, Money, Subject, words};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// The campaigns and the programme's own lines do not add up to the programme's total.
    ///
    /// ## Why
    /// The year's total is what was approved. A campaign that grows without the total, or a total that no campaign uses, shows up
    /// only when somebody adds the twelve budgets (BUD-19).
    ///
    /// ## Example
    /// ```toml,with
    /// [budget]
    /// total = 40000
    ///
    /// [[budget.line]]
    /// name = "Media"
    /// amount = 40000
    /// purpose = "core"
    /// ```
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [budget]
    /// total = 400000
    ///
    /// [[budget.line]]
    /// name = "Held by the programme"
    /// amount = 450000
    /// purpose = "core"
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [budget]
    /// total = 490000
    ///
    /// [[budget.line]]
    /// name = "Held by the programme"
    /// amount = 450000
    /// purpose = "core"
    /// ```
    pub(crate) static RULE = "budget/programme-sum", Error, ["BUD-19"],
    zh: "各活动与年度自有预算行之和不等于年度总额。\n\n年度总额才是获批的钱。活动加了预算而总额没变，或总额里有钱没有活动使用，只有把十二份预算加起来才会发现（BUD-19）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        let Some(year) = Year::of(model, programme) else { continue };
        let (sum, currency) = (year.sum(), year.own.currency.value);
        if !year.is_off() {
            continue;
        }
        let Some(total) = year.own.total else { continue };
        let gap = currency.words(Money((sum.0 - total.value.0).abs()));
        let [is, wanted, own, theirs, right] =
            [sum, total.value, year.own.sum(), year.of_campaigns(), sum].map(|m| currency.words(m));
        let count = year.campaigns.len();
        let campaigns = words::count(i64::try_from(count).unwrap_or(i64::MAX), "campaign");
        let message = match sum > total.value {
            true => said!(
                "campaigns and own lines add up to {is}, {gap} more than the total {wanted}",
                "各活动与自有预算行合计 {is}，比总额 {wanted} 多 {gap}"
            ),
            false => said!(
                "campaigns and own lines add up to {is}, {gap} less than the total {wanted}",
                "各活动与自有预算行合计 {is}，比总额 {wanted} 少 {gap}"
            ),
        };
        let plain = sum.plain(currency);
        found.push(
            Diagnostic::new(&RULE, total.span, message)
                .label(
                    year.own.span,
                    said!("{campaigns}: {theirs}, own lines: {own}", "{count} 个活动：{theirs}，自有预算行：{own}"),
                )
                .fix(said!("change the total to {right}", "把总额改为 {right}"), total.span, plain)
                .hint(said!(
                    "or change the campaign or line that is {gap} off",
                    "或者修改相差 {gap} 的那个活动或预算行"
                ))
                .about(Subject::programme(programme.id.as_str())),
        );
    }
}

//! `budget/annual-share`: a programme too small or too large for the year's marketing budget.

use super::{Check, Year, presets};
use crate::base::{Diagnostic, Found, Money, Said, Share, Subject};
use crate::checks::words::share as percent;
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A programme takes more or less of the annual marketing budget than policy wants.
    ///
    /// ## Why
    /// Monthly campaigns that get too little cannot carry the year, and those that take too much leave nothing for the brand (BUD-4).
    /// It is checked in every programme that names that budget.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    /// annual-marketing-budget = 20000000
    ///
    /// [budget]
    /// total = 5000000
    ///
    /// [[budget.line]]
    /// name = "Held by the programme"
    /// amount = 5000000
    /// purpose = "core"
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    /// annual-marketing-budget = 28000000
    ///
    /// [budget]
    /// total = 5000000
    ///
    /// [[budget.line]]
    /// name = "Held by the programme"
    /// amount = 5000000
    /// purpose = "core"
    /// ```
    pub(crate) static RULE = "budget/annual-share", Warning, ["BUD-4"],
    zh: "年度活动预算占年度营销预算的比例超出政策范围。\n\n月度活动的钱太少撑不起全年，太多又挤占品牌建设（BUD-4）。写了年度营销预算的方案都会检查。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let ranges = || presets(model).filter_map(|(_, p)| p.of_annual.as_ref()).filter_map(|b| Some((b.min?, b.max?)));
    for programme in &model.programmes {
        let Some(budget) = &programme.budget else { continue };
        let (Some(total), Some(annual)) = (budget.total, programme.annual) else { continue };
        // A total that is not that of its parts is a slip: its share would say the same again.
        let is_slip = Year::of(model, programme).is_some_and(|year| year.is_off());
        if is_slip || total.value < Money::ZERO || annual.value <= Money::ZERO {
            continue;
        }
        for (min, max) in ranges() {
            let bound = |percent: i64| Money(annual.value.0 * i128::from(percent) / 100);
            let (least, most) = (bound(min), bound(max));
            let (wanted, over) = match total.value {
                t if t < least => (min, false),
                t if t > most => (max, true),
                _ => continue,
            };
            let Some(is) = total.value.share_of(annual.value) else { continue };
            let points = is.distance(Share::percent(wanted)).number();
            let [Said { en: is, zh: is_zh }, Said { en: wanted, zh: wanted_zh }] =
                [is, Share::percent(wanted)].map(percent);
            let message = match over {
                true => said!(
                    "the programme takes {is} of the annual marketing budget, {points} points over {wanted}",
                    "活动预算占年度营销预算的 {is_zh}，比上限 {wanted_zh} 高 {points} 个百分点"
                ),
                false => said!(
                    "the programme takes {is} of the annual marketing budget, {points} points under {wanted}",
                    "活动预算占年度营销预算的 {is_zh}，比下限 {wanted_zh} 低 {points} 个百分点"
                ),
            };
            let [least, most, whole] = [least, most, annual.value].map(|m| budget.currency.value.words(m));
            found.push(
                Diagnostic::new(&RULE, total.span, message)
                    .label(annual.span, said!("of these {whole}", "年度营销预算 {whole}"))
                    .hint(said!("plan between {least} and {most}", "请安排在 {least} 到 {most} 之间"))
                    .about(Subject::programme(programme.id.as_str())),
            );
        }
    }
}

//! `calendar/provisional`: dates in a year whose days off are not all known.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};
use std::collections::BTreeSet;

rule! {
    /// A campaign has dates in a year whose holidays are not all known.
    ///
    /// ## Why
    /// Next year's holidays are often announced late in the year before. Until they are, working days are counted by
    /// weekends alone, and dates that count in working days may still move.
    ///
    /// ## Example
    /// ```toml,reports
    /// start = 2027-03-10
    /// end = 2027-03-14
    /// ```
    /// ```toml,passes
    /// start = 2026-06-10
    /// end = 2026-06-14
    /// ```
    pub(crate) static RULE = "calendar/provisional", Info, ["CAL-1"],
    zh: "活动有日期落在假日尚未全部公布的年份。\n\n次年的假日往往到年末才公布。公布之前只按周末计算工作日，按工作日推算的日期可能还会变动。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    // Without a calendar nobody expects holidays to be known; an unknown region has a finding of its own.
    let Some(region) = campaign.calendar.as_ref().map(|c| &c.value) else { return };
    let (Some(schedule), Some(calendar)) = (&campaign.schedule, model.calendars.regions.get(region)) else { return };
    // A campaign lasts a year at most, but its own nodes may lie further off: those years count, not each between.
    let dates = schedule
        .milestones
        .iter()
        .map(|m| m.due)
        .chain(schedule.phases.iter().flat_map(|p| [p.days.first, p.days.last]));
    let years: BTreeSet<i16> = dates.map(crate::base::date::Date::year).collect();
    for year in years {
        if calendar.years.get(&year).is_some_and(|y| y.complete) {
            continue;
        }
        let message = said!(
            "some dates fall in {year}, whose holidays are not all known in calendar `{region}`",
            "有日期落在 {year} 年，日历 `{region}` 中该年假日尚未齐全"
        );
        let advice = if calendar.years.contains_key(&year) {
            said!(
                "complete the file of {year} in `content/calendars/` and set `complete = true`",
                "请补全 `content/calendars/` 中 {year} 年的文件，并写 `complete = true`"
            )
        } else {
            said!(
                "add `content/calendars/{region}-{year}.toml` once the holidays are known",
                "假日公布后，请添加 `content/calendars/{region}-{year}.toml`"
            )
        };
        // The year is that of the campaign's beginning or of its end; point at the nearer one.
        let span = if year >= schedule.window.last.year() { schedule.end_span } else { schedule.start_span };
        found.push(Diagnostic::new(&RULE, span, message).hint(advice).about(campaign.subject()));
    }
}

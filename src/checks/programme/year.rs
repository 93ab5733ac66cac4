//! `programme/year`: a campaign outside the year of its programme.

use super::{Check, home};
use crate::base::{Diagnostic, Found};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign starts in another year than its programme's.
    ///
    /// ## Why
    /// Its money and its slot count for the programme it names (BUD-19, CAL-3), while its days stand in another year's calendar:
    /// both years then look wrong.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/next.toml
    /// title = "The next year"
    /// year = 2027
    /// ```
    /// ```toml,reports
    /// programme = "next"
    /// ```
    /// ```toml,passes
    /// programme = "next"
    /// start = 2027-01-10
    /// end = 2027-01-14
    /// ```
    pub(crate) static RULE = "programme/year", Warning, ["CAL-1", "CAL-3"],
    zh: "活动不在其年度计划的年份开始。\n\n它的预算和档期计入所写的年度计划（BUD-19、CAL-3），日期却在另一年的日历上，于是两年看起来都不对。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(programme), Some(start)) = (home(model, campaign), campaign.start) else { return };
    if start.value.year() == programme.year {
        return;
    }
    let (date, id, year) = (start.value, &programme.id, programme.year);
    let mut diagnostic = Diagnostic::new(
        &RULE,
        start.span,
        said!(
            "the campaign starts on {date}, programme `{id}` is for {year}",
            "活动于 {date} 开始，年度计划 `{id}` 属于 {year} 年"
        ),
    )
    .about(campaign.subject());
    let written = campaign.written.span("programme");
    if let Some(span) = written {
        diagnostic = diagnostic.label(span, said!("for {year}", "属于 {year} 年"));
    }
    let right = model.programmes.iter().find(|p| p.year == start.value.year());
    found.push(match (right, written) {
        (Some(right), Some(span)) => {
            let right = &right.id;
            diagnostic.fix(
                said!("move it to programme `{right}`", "请改到年度计划 `{right}`"),
                span,
                format!("\"{right}\""),
            )
        }
        _ => diagnostic.hint(said!(
            "start it in {year}, or name the programme of its year",
            "请改在 {year} 年开始，或写开始那年的年度计划"
        )),
    });
}

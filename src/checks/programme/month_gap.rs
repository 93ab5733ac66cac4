//! `programme/month-gap`: a month without a campaign and without a reason.

use super::{Check, has_strays, in_month, members, year_span};
use crate::base::{Diagnostic, Found, Subject, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::programme::Cadence;
use crate::{rule, said};

rule! {
    /// A month of a monthly programme has no campaign and no reason for it.
    ///
    /// ## Why
    /// Campaigns live from their rhythm: quarterly ones lost a third of their participants, monthly ones kept two thirds coming
    /// back (CAL-2). A month off may be right, but then somebody decided it and the next reader should see why.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    /// cadence = "monthly"
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    /// cadence = "quarterly"
    /// ```
    pub(crate) static RULE = "programme/month-gap", Warning, ["CAL-2"],
    zh: "按月开展的年度计划中，有月份没有活动，也没有说明原因。\n\n活动靠节奏维持：按季度开展的活动参与者流失三分之一，按月开展的留住三分之二（CAL-2）。停一个月也许是对的，但那应当是有人做出的决定，后来的读者要能看到原因。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in model.programmes.iter().filter(|p| p.cadence == Cadence::Monthly && p.gaps_complete) {
        let campaigns: Vec<&Campaign> = members(model, programme).collect();
        // A campaign whose dates could not be read may fill any month.
        if has_strays(model) || campaigns.iter().any(|c| c.start.is_none() || c.end.is_none()) {
            continue;
        }
        let excused = |month: i64| programme.gaps.iter().any(|(m, _)| m.value == month);
        let empty = |month: &i64| !excused(*month) && !campaigns.iter().any(|c| in_month(programme, *month, c));
        let months: Vec<i64> = (1..=12).filter(empty).collect();
        let Some(first) = months.first() else { continue };
        let names: Vec<String> = months.iter().map(|m| format!("{:04}-{m:02}", programme.year)).collect();
        let list = words::all_of(names.iter().map(String::as_str));
        let (en, zh) = (&list.en, &list.zh);
        let message = match months.len() {
            1 => said!("{en} has no campaign and no reason", "{zh} 没有活动，也没有说明原因"),
            _ => said!("{en} have no campaign and no reason", "{zh} 没有活动，也没有说明原因"),
        };
        let advice = said!(
            "plan a campaign, or add `[[gap]]` with `month = {first}` and a `reason`",
            "请安排活动，或添加 `[[gap]]`，写上 `month = {first}` 和 `reason`"
        );
        let subject = Subject::programme(programme.id.as_str());
        found.push(Diagnostic::new(&RULE, year_span(programme), message).hint(advice).about(subject));
    }
}

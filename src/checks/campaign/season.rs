//! `campaign/season`: a theme of one season in another.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A theme speaks of a season in which the campaign is not live.
    ///
    /// ## Why
    /// Warmth sells in winter and cool in summer; themes that fit the season convert by a third better (CAL-7). Which months a season has, and in
    /// which hemisphere, is policy (`seasons`, `choices.hemisphere`).
    ///
    /// ## Example
    /// ```toml,reports
    /// season = "winter"
    /// ```
    /// ```toml,passes
    /// season = "summer"
    /// ```
    pub(crate) static RULE = "campaign/season", Info, ["CAL-7"],
    zh: "主题所说的季节与活动日期不符。\n\n冬天卖温暖，夏天卖清凉，合季节的主题转化率高三分之一（CAL-7）。各季节的月份与所在半球由政策规定（`seasons`、`choices.hemisphere`）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(season), Some(schedule)) = (&campaign.season, &campaign.schedule) else { return };
    let of = |day: crate::base::Date| model.policy.season(day.month());
    let (first, last) = (of(schedule.window.first), of(schedule.window.last));
    if first.is_none() || [first, last].into_iter().flatten().any(|(id, _)| id == season.value) {
        return;
    }
    let Some((is, _)) = first else { return };
    let word = &season.value;
    let message = said!("the theme is of `{word}`, the campaign in `{is}`", "主题属于 `{word}`，活动却在 `{is}`");
    let advice = said!("choose a theme for `{is}`, or correct `season`", "请选适合 `{is}` 的主题，或更正 `season`");
    found.push(Diagnostic::new(&RULE, season.span, message).hint(advice).about(campaign.subject()));
}

//! `campaign/duty`: a live day of a large campaign with nobody on duty.

use crate::base::{Date, Diagnostic, Found, Said};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign whose scale wants a duty roster has a live day with nobody on duty.
    ///
    /// ## Why
    /// Two overloads were mastered because somebody watched and could act within minutes. A day without a name is a day
    /// on which everybody thinks that somebody else looks. Scales with `daily-duty = true` in policy are checked.
    ///
    /// ## Example
    /// ```toml,reports
    /// scale = "large"
    ///
    /// [[duty]]
    /// person = "yuan"
    /// from = "T"
    /// to = "T+2"
    /// ```
    /// ```toml,passes
    /// scale = "large"
    ///
    /// [[duty]]
    /// person = "yuan"
    /// from = "T"
    /// to = "Z"
    /// ```
    pub(crate) static RULE = "campaign/duty", Warning, ["SOP-4"],
    zh: "规模要求值班的活动，有进行日无人值班。\n\n两次过载能化解，是因为有人盯着并能在几分钟内处理。没有名字的那一天，人人都以为别人在看。政策中 `daily-duty = true` 的规模会检查。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let wanted = model.policy.rows.scales.find(&campaign.scale).is_some_and(|s| s.daily_duty);
    if !wanted || !campaign.duties_complete {
        return;
    }
    let covered = |day: Date| campaign.duties.iter().any(|d| d.from <= day && day <= d.to);
    let empty: Vec<Date> = schedule.window.iter().filter(|day| !covered(*day)).collect();
    let (Some(first), Some(last)) = (empty.first(), empty.last()) else { return };
    let count = i64::try_from(empty.len()).unwrap_or(i64::MAX);
    let message = if count == schedule.window.days() {
        said!("nobody is on duty on any of the {count} live days", "{count} 个进行日都无人值班")
    } else {
        let days = words::first_three(&stretches(&empty));
        let (en, zh) = (&days.en, &days.zh);
        said!("nobody is on duty on {en}", "{zh} 无人值班")
    };
    found.push(
        Diagnostic::new(&RULE, schedule.start_span, message)
            .hint(said!(
                "add `[[duty]]` with `person`, `from = {first}` and `to = {last}`",
                "请添加 `[[duty]]`，写上 `person`、`from = {first}` 和 `to = {last}`"
            ))
            .about(campaign.subject()),
    );
}

/// Days in order, those that follow each other as one stretch.
fn stretches(days: &[Date]) -> Vec<Said> {
    days.chunk_by(|a, b| a.until(*b) == 1)
        .filter_map(|run| Some((run.first()?, run.last()?)))
        .map(|(first, last)| match first == last {
            true => said!("{first}", "{first}"),
            false => said!("{first} to {last}", "{first} 至 {last}"),
        })
        .collect()
}

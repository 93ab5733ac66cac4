//! `milestone/day-off`: nodes on days on which nobody works.

use super::at;
use crate::base::{Date, Diagnostic, Due, Found, Said, Severity};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::calendar::Calendar;
use crate::model::campaign::Campaign;
use crate::model::milestone::Milestone;
use crate::policy::Stage;
use crate::{rule, said};

rule! {
    /// A milestone falls on a weekend or a public holiday.
    ///
    /// ## Why
    /// Nobody signs a contract on a holiday. A date that the author fixed is never moved, so the finding names the
    /// nearest working day; nodes that policy or an offset places are listed together. Execution nodes belong to the
    /// campaign's own days and are left alone.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = 2026-05-23
    /// owner = "chen"
    /// ```
    /// ```toml,passes
    /// scale = "small"
    /// start = 2026-06-11
    /// end = 2026-06-15
    ///
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = 2026-05-22
    /// owner = "chen"
    /// ```
    pub(crate) static RULE = "milestone/day-off", Warning, ["CAL-1", "MIL-1"],
    zh: "里程碑落在周末或法定假日。\n\n假日没人签合同。作者写定的日期绝不改动，因此指出最近的工作日；由政策或偏移得出的节点合并列出。执行节点属于活动当天，不作检查。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let calendar = model.calendar_of(campaign);
    let is_off = |m: &&Milestone| {
        let free = m.any_day || m.stage == Stage::Execution || m.done.is_some();
        !free && !calendar.is_working(m.due)
    };
    let mut counted = Vec::new();
    for node in schedule.milestones.iter().filter(is_off) {
        match node.due_written.as_ref().filter(|d| matches!(d.value, Due::On(_))) {
            Some(_) => found.push(fixed(node, calendar).about(node.subject(&campaign.subject()))),
            None => counted.push(node),
        }
    }
    if counted.is_empty() {
        return;
    }
    let each = |m: &&Milestone| {
        let (name, due, near) = (words::node(m), m.due, working_day(m, calendar));
        let (en, zh) = (&name.en, &name.zh);
        said!("{en} on {due} (nearest working day {near})", "{zh} {due}（最近的工作日 {near}）")
    };
    let list: Vec<Said> = counted.iter().map(each).collect();
    let list = words::first_three(&list);
    let (en, zh) = (&list.en, &list.zh);
    let (id, near) = (&counted[0].id, working_day(counted[0], calendar));
    let message = match counted.len() {
        1 => said!("a milestone falls on a day off: {en}", "有里程碑落在休息日：{zh}"),
        n => said!("{n} milestones fall on days off: {en}", "{n} 个里程碑落在休息日：{zh}"),
    };
    found.push(
        Diagnostic::new(&RULE, schedule.start_span, message)
            .severity(Severity::Info)
            .hint(said!(
                "give them days of their own, such as `[[milestone]]` with `id = \"{id}\"` and `due = {near}`",
                "请为它们另定日期，例如写 `[[milestone]]`，`id = \"{id}\"`，`due = {near}`"
            ))
            .about(campaign.subject()),
    );
}

fn fixed(node: &Milestone, calendar: &Calendar) -> Diagnostic {
    let (name, due, near) = (words::node(node), node.due, working_day(node, calendar));
    let (en, zh) = (&name.en, &name.zh);
    let message = match calendar.holiday(due).map(words::text) {
        Some(holiday) => {
            let (holiday_en, holiday_zh) = (&holiday.en, &holiday.zh);
            said!("{en} is due on {due}, which is {holiday_en}", "{zh} 在 {due} 到期，当天是 {holiday_zh}")
        }
        None => said!("{en} is due on {due}, a weekend", "{zh} 在 {due} 到期，当天是周末"),
    };
    Diagnostic::new(&RULE, at(node), message).fix(
        said!("write {near}, a working day", "请写 {near}，当天上班"),
        at(node),
        near.to_string(),
    )
}

/// The nearest working day; for nodes that must not be late by a day, the one before.
fn working_day(node: &Milestone, calendar: &Calendar) -> Date {
    if matches!(node.id.as_str(), super::DESIGN | super::MATERIALS) {
        calendar.plus_working(node.due, -1)
    } else {
        calendar.nearest_working(node.due)
    }
}

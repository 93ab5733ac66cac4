//! `milestone/late-plan`: a standard node planned later than policy wants it.

use super::at;
use crate::base::{Date, Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A standard milestone is planned for a later day than policy wants.
    ///
    /// ## Why
    /// The offsets leave room for what follows: a theme decided three weeks ahead leaves no time to print. A date that
    /// only steps over a day off is not late.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "resources-confirmed"
    /// due = "T-12"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "resources-confirmed"
    /// due = "T-22"
    /// ```
    pub(crate) static RULE = "milestone/late-plan", Warning, ["MIL-2", "MIL-3", "MIL-4", "MIL-8"],
    zh: "标准里程碑的计划日期晚于政策要求。\n\n提前量为后续工作留出时间：提前三周才定主题，就来不及印刷。仅仅避开休息日不算晚。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let calendar = model.calendar_of(campaign);
    for node in &schedule.milestones {
        let (Some(written), Some(standard)) = (&node.due_written, node.standard_due) else { continue };
        // The next two have an error of their own.
        if matches!(node.id.as_str(), super::DESIGN | super::MATERIALS) {
            continue;
        }
        let next_working = if calendar.is_working(standard) { standard } else { calendar.plus_working(standard, 1) };
        let is_in_time = |done: Date| done <= next_working;
        if node.due <= next_working || node.done.is_some_and(|done| is_in_time(done.value)) {
            continue;
        }
        let offset = model.policy.node(node.id.as_str()).and_then(|row| row.due.as_ref()).map(|d| d.value.to_string());
        let (name, days, offset) =
            (words::node(node), words::days(standard.until(node.due)), offset.unwrap_or_default());
        let (en, zh, days_en, days_zh, due) = (&name.en, &name.zh, &days.en, &days.zh, node.due);
        let message = said!(
            "{en} is planned for {due}, {days_en} after the standard `{offset}`",
            "{zh} 计划在 {due}，比标准 `{offset}` 晚 {days_zh}"
        );
        found.push(
            Diagnostic::new(&RULE, at(node), message)
                .fix(
                    said!("plan it for {standard} or earlier", "请安排在 {standard} 或更早"),
                    written.span,
                    words::due_on(&written.value, standard, schedule),
                )
                .about(node.subject(&campaign.subject())),
        );
    }
}

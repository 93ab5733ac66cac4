//! `programme/anchor`: a sprint without a big-promotion date, or such a date without a campaign.

use super::members;
use crate::base::{Date, DateRange, Diagnostic, Found, Severity, Subject};
use crate::checks::Check;
use crate::model::Model;
use crate::model::programme::{Programme, Stretch};
use crate::{rule, said};

rule! {
    /// A sprint has no big-promotion date near its live window, or a big-promotion date has no campaign near it.
    ///
    /// ## Why
    /// Sprints win because everybody is shopping in those days (CAL-8); a sprint far from any of them pays the sprint's price without the crowd.
    /// A date that nobody uses is worth a hint. Nothing is said of a programme that lists no such dates.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [[anchor]]
    /// id = "double-eleven"
    /// name = "Double 11"
    /// from = 2026-11-11
    /// ```
    /// ```toml,reports
    /// slot = "sprint"
    /// start = 2026-10-10
    /// end = 2026-10-14
    /// ```
    /// ```toml,passes
    /// slot = "sprint"
    /// start = 2026-11-07
    /// end = 2026-11-11
    /// ```
    pub(crate) static RULE = "programme/anchor", Warning, ["CAL-8"],
    zh: "冲刺档期的活动附近没有大促节点，或大促节点附近没有活动。\n\n冲刺之所以有效，是因为那几天人人都在买（CAL-8）；离大促太远的冲刺花了冲刺的钱，却没有人流。无人利用的节点给出提示。没有列出大促节点的年度方案不作判断。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in model.programmes.iter().filter(|p| !p.anchors.is_empty()) {
        judge(model, programme, found);
    }
}

fn judge(model: &Model, programme: &Programme, found: &mut Found) {
    let limit = model.policy.figure("anchor-days");
    let days = |a: &Stretch| DateRange::new(a.from.value, a.to.value);
    // A date of the year before or after counts too: a window of January may follow one of December.
    let anchors = || model.programmes.iter().flat_map(|p| &p.anchors).filter_map(|a| Some((a, days(a)?)));
    let is_anchored = |slot: &str| model.policy.rows.slots.find(slot).is_some_and(|row| row.anchored);
    for campaign in members(model, programme) {
        let (Some(schedule), Some(slot)) = (&campaign.schedule, campaign.slot.as_ref()) else { continue };
        if !is_anchored(&slot.value) {
            continue;
        }
        let near = anchors().min_by_key(|(_, range)| distance(schedule.window, *range));
        let Some((anchor, range)) = near.filter(|(_, range)| distance(schedule.window, *range) > limit) else {
            continue;
        };
        let (word, id, gap) = (&slot.value, &anchor.id, distance(schedule.window, range));
        let counted = crate::base::words::count(gap, "day");
        let message = said!(
            "slot `{word}`, and the nearest big-promotion date, `{id}`, is {counted} away",
            "档期为 `{word}`，最近的大促节点 `{id}` 相差 {gap} 天"
        );
        let advice = said!(
            "move it within {limit} days of a date, take another slot, or add the `[[anchor]]` it is made for",
            "请移到节点前后 {limit} 天以内、换一个档期，或添加它所对应的 `[[anchor]]`"
        );
        found.push(
            Diagnostic::new(&RULE, slot.span, message)
                .label(anchor.from.span, said!("the nearest", "最近的节点"))
                .hint(advice)
                .about(campaign.subject()),
        );
    }
    let windows: Vec<DateRange> = model.dated().map(|(_, s)| s.window).collect();
    // While some campaign has no readable dates, it may be the one that is missing here.
    if windows.len() != model.held().count() || windows.is_empty() {
        return;
    }
    for anchor in &programme.anchors {
        let Some(range) = days(anchor) else { continue };
        if windows.iter().any(|w| distance(*w, range) <= limit) {
            continue;
        }
        let id = &anchor.id;
        let message = said!("no campaign is live within {limit} days of `{id}`", "`{id}` 前后 {limit} 天内没有活动");
        let advice = said!("plan one, or remove the date", "请安排活动，或删除该节点");
        let subject = Subject::programme(programme.id.as_str()).item(id.as_str());
        let diagnostic = Diagnostic::new(&RULE, anchor.from.span, message).severity(Severity::Info);
        found.push(diagnostic.hint(advice).about(subject));
    }
}

/// Days between two ranges; none where they touch.
fn distance(a: DateRange, b: DateRange) -> i64 {
    let gap = |earlier: Date, later: Date| earlier.until(later).max(0);
    gap(a.last, b.first).max(gap(b.last, a.first))
}

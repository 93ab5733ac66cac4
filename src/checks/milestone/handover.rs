//! `milestone/handover`: something handed over after the milestone that waits for it, or not taken in time.

use crate::base::{Diagnostic, Found, Severity};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::handover::Handover;
use crate::model::milestone::Schedule;
use crate::{rule, said};

rule! {
    /// Something passes from one department to another later than the milestone that waits for it, or is due and not taken.
    ///
    /// ## Why
    /// A table of hand-overs cut the delay between departments by two thirds (MIL-10): most of what is late is not late at somebody's
    /// desk but between two desks. A hand-over after its milestone is an error; one that is due and that nobody has taken warns.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[handover]]
    /// from = "marketing"
    /// to = "marketing"
    /// item = "Price list"
    /// due = "T-5"
    /// node = "preparation-complete"
    /// ```
    /// ```toml,passes
    /// [[handover]]
    /// from = "marketing"
    /// to = "marketing"
    /// item = "Price list"
    /// due = "T-8"
    /// node = "preparation-complete"
    /// ```
    pub(crate) static RULE = "milestone/handover", Error, ["MIL-10"],
    zh: "部门之间的交接晚于等待它的里程碑，或到期无人接收。\n\n交接表让跨部门延误减少三分之二（MIL-10）：多数延误不在谁的桌上，而在两张桌子之间。交接晚于里程碑是错误；到期未接收是警告。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    for handover in &campaign.handovers {
        let finding = too_late(handover, schedule).or_else(|| not_taken(model, handover));
        found.extend(finding.map(|d| d.about(campaign.subject())));
    }
}

fn too_late(handover: &Handover, schedule: &Schedule) -> Option<Diagnostic> {
    let name = handover.node.as_ref()?;
    let Some(node) = schedule.milestone(&name.value) else {
        let word = &name.value;
        let message = said!("there is no milestone `{word}` in this campaign", "本活动没有里程碑 `{word}`");
        let known = schedule.milestones.iter().map(|m| m.id.as_str());
        let otherwise = said!("name a milestone of this campaign", "请写本活动的里程碑");
        let diagnostic = Diagnostic::new(&RULE, name.span, message);
        return Some(words::did_you_mean(diagnostic, word, name.span, words::Written::Quoted, known, otherwise));
    };
    if handover.due <= node.due {
        return None;
    }
    let (item, waits) = (words::text(&handover.item), words::node(node));
    let (en, zh, node_en, node_zh) = (&item.en, &item.zh, &waits.en, &waits.zh);
    let (due, limit) = (handover.due, node.due);
    let message = said!(
        "{en} is handed over on {due}, after {node_en} on {limit}, which waits for it",
        "{zh} 在 {due} 交接，晚于等待它的 {node_zh}（{limit}）"
    );
    let written = &handover.due_written;
    Some(Diagnostic::new(&RULE, written.span, message).fix(
        said!("plan it for {limit} or earlier", "请安排在 {limit} 或更早"),
        written.span,
        words::due_on(&written.value, limit, schedule),
    ))
}

fn not_taken(model: &Model, handover: &Handover) -> Option<Diagnostic> {
    if handover.accepted.is_some() || handover.due >= model.as_of {
        return None;
    }
    let item = words::text(&handover.item);
    let late = words::days(handover.due.until(model.as_of));
    let (en, zh, late_en, late_zh) = (&item.en, &item.zh, &late.en, &late.zh);
    let to = &handover.to.value;
    let message = said!(
        "{en} was to be handed to `{to}` {late_en} ago, and nobody has taken it",
        "{zh} 应在 {late_zh}前交给 `{to}`，至今无人接收"
    );
    let day = handover.due;
    Some(Diagnostic::new(&RULE, handover.due_written.span, message).severity(Severity::Warning).hint(said!(
        "once it is taken, add `accepted = {day}` with the right day, and `accepted-by`",
        "接收后请添加 `accepted = {day}`（写实际日期）和 `accepted-by`"
    )))
}

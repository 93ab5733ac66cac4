//! `milestone/buffer`: a node inside the days that must stay free after the one it waits for.

use super::at;
use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::{Campaign, MaterialKind};
use crate::model::milestone::{Milestone, Schedule};
use crate::{rule, said};

rule! {
    /// A milestone stands inside the buffer of one it waits for, or production leaves no buffer before materials are due.
    ///
    /// ## Why
    /// Three days for changes after the plan review, five for production, two after technical tests: buffers are what a
    /// plan lives on when something slips. The figures are policy.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-24"
    /// owner = "chen"
    /// after = ["plan-review"]
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-22"
    /// owner = "chen"
    /// after = ["plan-review"]
    /// ```
    pub(crate) static RULE = "milestone/buffer", Warning, ["BUF-2", "MIL-15", "X-6"],
    zh: "里程碑落在所等待节点的缓冲期内，或生产没有为物料到期留出缓冲。\n\n方案评审后留三天修改，生产留五天，技术测试后留两天：出现偏差时，计划靠缓冲支撑。天数写在政策中。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    // What is done needs no room any more.
    for node in schedule.milestones.iter().filter(|m| m.done.is_none()) {
        for after in &node.after {
            let Some(before) = schedule.milestone(&after.value) else { continue };
            let gap = before.due.until(node.due);
            // A node before the one it waits for is `milestone/order`.
            if gap >= 0 && gap < before.buffer {
                found.push(inside(node, before, schedule).about(node.subject(&campaign.subject())));
            }
        }
    }
    production(model, campaign, schedule, found);
}

fn inside(node: &Milestone, before: &Milestone, schedule: &Schedule) -> Diagnostic {
    let (name, first) = (words::node(node), words::node(before));
    let (gap, buffer) = (words::days(before.due.until(node.due)), before.buffer);
    let (en, zh, first_en, first_zh, gap_en, gap_zh) = (&name.en, &name.zh, &first.en, &first.zh, &gap.en, &gap.zh);
    let message = said!(
        "{en} is due {gap_en} after {first_en}, inside its buffer of {buffer}",
        "{zh} 在 {first_zh} 之后 {gap_zh}到期，落在 {buffer} 天缓冲期内"
    );
    let (later, earlier) = (before.due.plus(buffer), node.due.plus(buffer.saturating_neg()));
    let later_said = said!("plan it for {later} or later", "请安排在 {later} 或更晚");
    let earlier_said = said!("plan {first_en} for {earlier} or earlier", "请把 {first_zh} 安排在 {earlier} 或更早");
    match (&node.due_written, &before.due_written) {
        (Some(written), _) => Diagnostic::new(&RULE, at(node), message).fix(
            later_said,
            written.span,
            words::due_on(&written.value, later, schedule),
        ),
        (None, Some(written)) => Diagnostic::new(&RULE, at(before), message).fix(
            earlier_said,
            written.span,
            words::due_on(&written.value, earlier, schedule),
        ),
        (None, None) => Diagnostic::new(&RULE, at(node), message).hint(earlier_said),
    }
}

/// Materials: artwork + production + buffer must not pass the day they are due (X-6).
fn production(model: &Model, campaign: &Campaign, schedule: &Schedule, found: &mut Found) {
    let buffer = model.policy.node(super::MATERIALS).and_then(|row| row.buffer_before).map_or(0, |days| days.0);
    for material in campaign.materials.iter().filter(|m| m.kind == MaterialKind::Physical && m.ready.is_none()) {
        let (Some(artwork), Some(due)) = (material.artwork, material.due) else { continue };
        let days = material.production_days;
        let free = artwork.value.plus(days).until(due);
        if free >= buffer {
            continue;
        }
        let (name, last) = (words::text(&material.name), due.plus(days.saturating_neg().saturating_sub(buffer)));
        let (en, zh) = (&name.en, &name.zh);
        let message = if free >= 0 {
            let free = words::days(free);
            let (free_en, free_zh) = (&free.en, &free.zh);
            said!(
                "{en} has a buffer of {free_en} between production and {due}, wanted {buffer}",
                "{zh} 的生产与 {due} 之间只有 {free_zh}缓冲，应为 {buffer} 天"
            )
        } else {
            let late = words::days(free.saturating_neg());
            let (late_en, late_zh) = (&late.en, &late.zh);
            said!(
                "{en} comes out of production {late_en} after it is due on {due}",
                "{zh} 的生产在到期日 {due} 之后 {late_zh}才完成"
            )
        };
        let written = material.artwork_written.as_ref().map(|w| words::due_on(&w.value, last, schedule));
        found.push(
            Diagnostic::new(&RULE, artwork.span, message)
                .fix(
                    said!("release the artwork on {last} or earlier", "请在 {last} 或更早下发稿件"),
                    artwork.span,
                    written.unwrap_or_else(|| last.to_string()),
                )
                .about(campaign.subject().item(super::MATERIALS)),
        );
    }
}

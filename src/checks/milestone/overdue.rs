//! `milestone/overdue`: a node past its day and not done.

use super::at;
use crate::base::{Diagnostic, Found, Severity};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::Standing;
use crate::policy::Stage;
use crate::{rule, said};

rule! {
    /// A milestone is past its day and not marked as done.
    ///
    /// ## Why
    /// Either the work is late and those who wait for it should know, or it is done and nobody said so. A planning node
    /// that is still open on the first day is an error: the campaign went live without it. A node due today is not late.
    ///
    /// ## Example
    /// ```toml,reports as-of=2026-05-23
    /// [[milestone]]
    /// id = "theme-decided"
    /// done = 2026-05-11
    /// ```
    /// ```toml,passes as-of=2026-05-13
    /// [[milestone]]
    /// id = "theme-decided"
    /// done = 2026-05-11
    /// ```
    pub(crate) static RULE = "milestone/overdue", Error, ["MIL-2", "MIL-3", "MIL-4"],
    zh: "里程碑已过期且未标记完成。\n\n要么工作晚了，等待的人应该知道；要么已经完成却没人说。首日仍未完成的策划节点是错误：活动在缺少它的情况下上线。今天到期的节点不算晚。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let is_live = model.as_of >= schedule.window.first;
    for node in schedule.milestones.iter().filter(|m| !m.broken.contains(&"done")) {
        let Standing::Overdue { days } = node.standing(model.as_of) else { continue };
        if campaign.results.is_broken(node.id.as_str()) {
            continue;
        }
        let severity = if node.stage == Stage::Planning && is_live { Severity::Error } else { Severity::Warning };
        let (name, late) = (words::node(node), words::days(days));
        let (en, zh, late_en, late_zh, due, id) = (&name.en, &name.zh, &late.en, &late.zh, node.due, &node.id);
        let message = said!(
            "{en} was due on {due}, {late_en} ago, and is not done",
            "{zh} 应在 {due} 完成，已过 {late_zh}，仍未完成"
        );
        found.push(
            Diagnostic::new(&RULE, at(node), message)
                .severity(severity)
                .hint(said!(
                    "once it is done, write `{id} = {due}` with the right day under `[done]` in `results.toml`",
                    "完成后，请在 `results.toml` 的 `[done]` 下写 `{id} = {due}`，日期写实际完成日"
                ))
                .about(node.subject(&campaign.subject())),
        );
    }
}

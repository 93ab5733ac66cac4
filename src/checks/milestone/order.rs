//! `milestone/order`: a node due before one it waits for.

use super::at;
use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::{Milestone, Schedule};
use crate::{rule, said};

rule! {
    /// A milestone is due before a milestone it waits for.
    ///
    /// ## Why
    /// Its owner would have to finish before what it needs is there. One of the two dates, or the `after`, is wrong.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-26"
    /// owner = "chen"
    /// after = ["plan-review"]
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-18"
    /// owner = "chen"
    /// after = ["plan-review"]
    /// ```
    pub(crate) static RULE = "milestone/order", Error, ["MIL-15"],
    zh: "里程碑早于它所等待的里程碑。\n\n责任人要在所需条件具备之前完成；两个日期或 `after` 必有一个写错。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    for node in &schedule.milestones {
        for after in &node.after {
            let Some(before) = schedule.milestone(&after.value).filter(|before| before.due > node.due) else {
                continue;
            };
            found.push(report(node, before, schedule, campaign).about(node.subject(&campaign.subject())));
        }
    }
}

fn report(node: &Milestone, before: &Milestone, schedule: &Schedule, campaign: &Campaign) -> Diagnostic {
    let (name, first) = (words::node(node), words::node(before));
    let (en, zh, first_en, first_zh) = (&name.en, &name.zh, &first.en, &first.zh);
    let (due, first_due) = (node.due, before.due);
    let message = said!(
        "{en} is due on {due}, before {first_en} on {first_due}, which it waits for",
        "{zh} 在 {due} 到期，早于它所等待的 {first_zh}（{first_due}）"
    );
    let later = said!("plan it for {first_due} or later", "请安排在 {first_due} 或更晚");
    let earlier = said!("plan {first_en} for {due} or earlier", "请把 {first_zh} 安排在 {due} 或更早");
    // The date that the author wrote is the one that can be moved; of two, the later node's.
    match (&node.due_written, &before.due_written) {
        (Some(written), _) => Diagnostic::new(&RULE, at(node), message)
            .label(at(before), said!("due on {first_due}", "{first_due} 到期"))
            .fix(later, written.span, words::due_on(&written.value, first_due, schedule)),
        (None, Some(written)) => Diagnostic::new(&RULE, at(before), message).fix(
            earlier,
            written.span,
            words::due_on(&written.value, due, schedule),
        ),
        // Neither was written: what moved one of them is the start of promotion.
        (None, None) => match campaign.written.span("promotion") {
            Some(promotion) => Diagnostic::new(&RULE, promotion, message).hint(said!(
                "begin promotion earlier, or give {first_en} a date of its own",
                "请提前开始推广，或为 {first_zh} 另定日期"
            )),
            None => Diagnostic::new(&RULE, at(node), message).hint(earlier),
        },
    }
}

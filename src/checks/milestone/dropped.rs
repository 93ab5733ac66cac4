//! `milestone/dropped`: a live node that a short campaign has no day for.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::Absence;
use crate::{rule, said};

rule! {
    /// A campaign is too short for one of its standard milestones, which is dropped.
    ///
    /// ## Why
    /// Peak operation is the third day. A campaign of three days merges it with the closing sprint; a shorter one has no
    /// such day, and its plan should not pretend to have one.
    ///
    /// ## Example
    /// ```toml,reports
    /// start = 2026-06-10
    /// end = 2026-06-11
    /// ```
    /// ```toml,passes
    /// start = 2026-06-10
    /// end = 2026-06-12
    /// ```
    pub(crate) static RULE = "milestone/dropped", Info, ["MIL-3"],
    zh: "活动太短，容不下某个标准里程碑，该节点被略去。\n\n峰值运营在第三天。三天的活动把它并入收尾冲刺；更短的活动没有这一天，计划里也不应假装有。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    for (id, _) in schedule.absent.iter().filter(|(_, why)| matches!(why, Absence::TooShort)) {
        let Some(row) = model.policy.node(id) else { continue };
        let (name, days) = (words::text(&row.task), words::days(schedule.window.days()));
        let (en, zh, days_en, days_zh) = (&name.en, &name.zh, &days.en, &days.zh);
        let message = said!("a campaign of {days_en} has no day for {en}", "{days_zh}的活动没有 {zh} 这一天");
        let diagnostic = Diagnostic::new(&RULE, schedule.end_span, message).about(campaign.subject().item(id));
        let day = row.due.as_ref().and_then(|due| schedule.resolve(&due.value, model.calendar_of(campaign)));
        found.push(match day {
            Some(day) => {
                let advice = said!("end on {day} or later, or go without it", "请在 {day} 或更晚结束，或不设该节点");
                diagnostic.fix(advice, schedule.end_span, day.to_string())
            }
            None => {
                diagnostic.hint(said!("let the campaign last longer, or go without it", "请延长活动，或不设该节点"))
            }
        });
    }
}

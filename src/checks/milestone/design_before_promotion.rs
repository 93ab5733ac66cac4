//! `milestone/design-before-promotion`: design delivered too close to the start of promotion.

use super::at;
use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// Design is delivered later than promotion can use it.
    ///
    /// ## Why
    /// Whoever promotes needs three days to load, check and schedule what design delivers. Promotion starts with the
    /// pre-heat unless `promotion` says otherwise, so the last day is counted from there and not from go-live.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "design-delivered"
    /// due = "T-8"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "design-delivered"
    /// due = "T-11"
    /// ```
    pub(crate) static RULE = "milestone/design-before-promotion", Error, ["MIL-6", "X-6"],
    zh: "设计交付太晚，推广来不及使用。\n\n推广方需要三天上传、核对和排期。推广从预热开始（除非另写 `promotion`），因此最后期限从推广起算，而不是从上线起算。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let Some(node) = schedule.milestone(super::DESIGN) else { return };
    let (Some(written), Some(last)) = (&node.due_written, node.standard_due) else { return };
    if node.due <= last {
        return;
    }
    let promotion = schedule.promotion;
    let (days, wanted) = (node.due.until(promotion), last.until(promotion));
    let message = if days > 0 {
        let days = words::days(days);
        let (en, zh) = (&days.en, &days.zh);
        said!(
            "design is delivered {en} before promotion starts on {promotion}, wanted at least {wanted}",
            "设计在推广开始（{promotion}）前 {zh} 才交付，应至少提前 {wanted} 天"
        )
    } else {
        said!(
            "design is delivered when promotion has started on {promotion}, wanted at least {wanted} days before",
            "推广在 {promotion} 已开始，设计才交付，应至少提前 {wanted} 天"
        )
    };
    found.push(
        Diagnostic::new(&RULE, at(node), message)
            .fix(
                said!("deliver it on {last} or earlier", "请在 {last} 或更早交付"),
                written.span,
                words::due_on(&written.value, last, schedule),
            )
            .about(node.subject(&campaign.subject())),
    );
}

//! `milestone/materials-ready`: materials planned too late, or not there when they should be.

use crate::base::{Date, Diagnostic, Due, Found, Severity, Spanned};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::{Campaign, Material, MaterialKind};
use crate::model::milestone::Schedule;
use crate::{rule, said};

rule! {
    /// Physical materials are planned for later than policy wants, or are not ready on their day.
    ///
    /// ## Why
    /// Goods that arrive late cost three million in sales once; since they must be there fifteen days ahead, nine in ten
    /// such cases are gone. A plan that is late is an error, a delivery that is late a warning.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[material]]
    /// name = "Gift boxes"
    /// due = "T-10"
    /// ```
    /// ```toml,passes
    /// [[material]]
    /// name = "Gift boxes"
    /// due = "T-16"
    /// ```
    pub(crate) static RULE = "milestone/materials-ready", Error, ["MIL-7", "X-6"],
    zh: "实物物料的计划日期晚于政策要求，或到期仍未备齐。\n\n物料迟到曾损失三百万销售额；要求提前十五天备齐后，此类事件减少九成。计划晚是错误，到货晚是警告。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let standard = model.policy.node(super::MATERIALS).and_then(|row| row.due.as_ref());
    let last = standard.and_then(|due| schedule.resolve(&due.value, model.calendar_of(campaign)));
    if let Some(last) = last.filter(|_| campaign.has_physical_materials()) {
        if let Some(node) = schedule.milestone(super::MATERIALS).filter(|m| m.due > last) {
            let name = words::node(node);
            if let Some(written) = &node.due_written {
                let subject = node.subject(&campaign.subject());
                found.push(too_late(&name, node.due, last, written, schedule).about(subject));
            }
        }
        for material in campaign.materials.iter().filter(|m| m.kind == MaterialKind::Physical) {
            if let (Some(due), Some(written)) = (material.due.filter(|due| *due > last), &material.due_written) {
                let name = words::text(&material.name);
                found.push(
                    too_late(&name, due, last, written, schedule).about(campaign.subject().item(super::MATERIALS)),
                );
            }
        }
    }
    for material in &campaign.materials {
        not_ready(material, model.as_of, campaign, found);
    }
}

fn too_late(
    name: &crate::base::Said,
    due: Date,
    last: Date,
    written: &Spanned<Due>,
    schedule: &Schedule,
) -> Diagnostic {
    let go_live = schedule.window.first;
    let (days, wanted) = (due.until(go_live), last.until(go_live));
    let (en, zh) = (&name.en, &name.zh);
    let message = if days > 0 {
        let days = words::days(days);
        let (days_en, days_zh) = (&days.en, &days.zh);
        said!(
            "{en} is due {days_en} before go-live, wanted at least {wanted}",
            "{zh} 在上线前 {days_zh}到期，应至少提前 {wanted} 天"
        )
    } else {
        said!(
            "{en} is due when the campaign is live, wanted at least {wanted} days before",
            "{zh} 到期时活动已上线，应至少提前 {wanted} 天"
        )
    };
    Diagnostic::new(&RULE, written.span, message).fix(
        said!("have it ready on {last} or earlier", "请在 {last} 或更早备齐"),
        written.span,
        words::due_on(&written.value, last, schedule),
    )
}

fn not_ready(material: &Material, as_of: Date, campaign: &Campaign, found: &mut Found) {
    let Some(due) = material.due.filter(|due| *due < as_of && material.ready.is_none() && material.sound) else {
        return;
    };
    let (name, late) = (words::text(&material.name), words::days(due.until(as_of)));
    let (en, zh, late_en, late_zh) = (&name.en, &name.zh, &late.en, &late.zh);
    let message = said!("{en} should have been ready on {due}, {late_en} ago", "{zh} 应在 {due} 备齐，已过 {late_zh}");
    found.push(
        Diagnostic::new(&RULE, material.due_written.as_ref().map_or(material.span, |d| d.span), message)
            .severity(Severity::Warning)
            .hint(said!(
                "write `ready = {due}` with the right day once it is there",
                "到货后请写 `ready = {due}`，日期写实际备齐日"
            ))
            .about(campaign.subject().item(super::MATERIALS)),
    );
}

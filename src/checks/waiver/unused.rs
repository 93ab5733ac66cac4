//! `waiver/unused`: a waiver that sets nothing aside.

use super::{subject, waivable};
use crate::base::{Diagnostic, Found, words};
use crate::checks::{Check, Find, Judged, links};
use crate::model::Model;
use crate::model::waiver::Waiver;
use crate::{rule, said};

rule! {
    /// A waiver covers no finding.
    ///
    /// ## Why
    /// What it set aside has been mended, or its target is not the one the finding is about. Either way the public list shows an exception that
    /// is none (BMK-2).
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    ///
    /// [[waiver]]
    /// rule = "kpi/missing"
    /// reason = "A trial without targets."
    /// approver = "lin"
    /// expires = 2026-12-31
    /// ```
    /// ```toml,passes
    /// [[waiver]]
    /// rule = "kpi/missing"
    /// reason = "A trial without targets."
    /// approver = "lin"
    /// expires = 2026-12-31
    /// ```
    pub(crate) static RULE = "waiver/unused", Info, ["BMK-2"],
    zh: "豁免没有对应任何问题。\n\n要么问题已经改正，要么豁免对象写得不对。无论哪种，公开清单上都多了一个并不存在的例外（BMK-2）。",
}

pub(super) static CHECK: Check = Check { rule: &RULE, find: Find::Last(find) };

fn find(model: &Model, judged: &Judged, found: &mut Found) {
    for (place, waiver) in model.waivers.iter().enumerate() {
        let code = waiver.rule.value.as_str();
        // Links are judged on the rendered site, after this.
        let later = links::RULES.iter().any(|rule| rule.code == code);
        if later || judged.uses(place) || !waiver.holds_on(model.as_of) || !waivable().any(|known| known == code) {
            continue;
        }
        found.push(report(judged, waiver).about(subject(waiver)));
    }
}

fn report(judged: &Judged, waiver: &Waiver) -> Diagnostic {
    let (code, target) = (&waiver.rule.value, subject(waiver));
    let message = said!("the waiver of `{code}` covers no finding", "`{code}` 的豁免没有对应任何问题");
    let diagnostic = Diagnostic::new(&RULE, waiver.target_span.unwrap_or(waiver.rule.span), message);
    let findings = || judged.findings.iter().filter(|d| d.rule == code.as_str()).filter_map(|d| d.subject.as_ref());
    // A finding of the rule about another part of the same thing is what may be meant.
    if let (Some(span), Some(item)) = (waiver.target_span, &target.item) {
        let parts = findings().filter(|s| s.thing == target.thing).filter_map(|s| s.item.as_deref());
        if let Some(near) = words::nearest(item, parts) {
            let thing = &target.thing;
            let whole = if waiver.in_campaign { near.to_owned() } else { format!("{thing}#{near}") };
            return diagnostic.fix(
                said!("did you mean `{whole}`?", "是否想写 `{whole}`？"),
                span,
                format!("\"{whole}\""),
            );
        }
    }
    diagnostic.hint(said!("remove it", "请删除"))
}

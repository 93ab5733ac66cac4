//! `waiver/expired`: a waiver past its last day.

use super::subject;
use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A waiver is past its last day.
    ///
    /// ## Why
    /// A waiver is an exception with a reason, an approver and an end (BMK-2). Once it is over the rule speaks again, and the list of
    /// waivers should not show what no longer holds.
    ///
    /// ## Example
    /// ```toml,reports as-of=2026-05-01
    /// [[waiver]]
    /// rule = "kpi/missing"
    /// reason = "A trial without targets."
    /// approver = "lin"
    /// expires = 2026-04-30
    /// ```
    /// ```toml,passes as-of=2026-05-01
    /// [[waiver]]
    /// rule = "kpi/missing"
    /// reason = "A trial without targets."
    /// approver = "lin"
    /// expires = 2026-05-01
    /// ```
    pub(crate) static RULE = "waiver/expired", Warning, ["BMK-2"],
    zh: "豁免已过最后一天。\n\n豁免是有理由、有批准人、有期限的例外（BMK-2）。到期后规则重新生效，豁免清单里也不该留着已经无效的内容。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for waiver in model.waivers.iter().filter(|w| !w.holds_on(model.as_of)) {
        let (last, rule) = (waiver.expires.value, &waiver.rule.value);
        let ago = words::days(last.until(model.as_of));
        let (en, zh) = (&ago.en, &ago.zh);
        let message =
            said!("the waiver of `{rule}` expired on {last}, {en} ago", "`{rule}` 的豁免已于 {last} 到期，已过 {zh}");
        let advice = said!(
            "remove it, or have it approved again with a later `expires`",
            "请删除，或重新批准并写更晚的 `expires`"
        );
        found.push(Diagnostic::new(&RULE, waiver.expires.span, message).hint(advice).about(subject(waiver)));
    }
}

//! `waiver/rule`: a waiver of no rule.

use super::{subject, waivable};
use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A waiver names a rule that does not exist, or one that cannot be waived.
    ///
    /// ## Why
    /// A waiver under a mistyped name sets nothing aside (BMK-2). Findings of reading cannot be waived at all: a file that is not
    /// understood is not judged.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[waiver]]
    /// rule = "budget/splt"
    /// reason = "Half of the money is a gift of the landlord."
    /// approver = "lin"
    /// expires = 2026-12-31
    /// ```
    /// ```toml,passes
    /// [[waiver]]
    /// rule = "budget/split"
    /// reason = "Half of the money is a gift of the landlord."
    /// approver = "lin"
    /// expires = 2026-12-31
    /// ```
    pub(crate) static RULE = "waiver/rule", Error, ["BMK-2"],
    zh: "豁免写了不存在的规则，或不能豁免的规则。\n\n规则名写错的豁免什么也豁免不了（BMK-2）。读取时的问题不能豁免：读不懂的文件无从判断。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for waiver in model.waivers.iter().filter(|w| !waivable().any(|code| code == w.rule.value)) {
        let (word, span) = (&waiver.rule.value, waiver.rule.span);
        let message = said!("`{word}` is no rule that can be waived", "`{word}` 不是可以豁免的规则");
        let otherwise = said!(
            "write the code that stands in brackets before the finding's message",
            "请写问题消息前方括号里的规则代码"
        );
        let diagnostic = Diagnostic::new(&RULE, span, message).about(subject(waiver));
        found.push(did_you_mean(diagnostic, word, span, Written::Quoted, waivable(), otherwise));
    }
}

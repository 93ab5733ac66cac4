//! `sop/review-overdue`: a procedure past its review.

use super::subject;
use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A procedure is past the day by which it should have been reviewed.
    ///
    /// ## Why
    /// Procedures age: systems, people and shops change (SOP-1). The date is a promise to look at it again, and readers trust it.
    ///
    /// ## Example
    /// ```markdown,reports path=content/sops/example.md as-of=2026-05-01
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// owner = "lin"
    /// version = "1.0"
    /// review-by = 2026-04-30
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must measure="contract signed"}
    /// ```
    /// ```markdown,passes path=content/sops/example.md as-of=2026-05-01
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// owner = "lin"
    /// version = "1.0"
    /// review-by = 2026-10-31
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must measure="contract signed"}
    /// ```
    pub(crate) static RULE = "sop/review-overdue", Warning, ["SOP-1"],
    zh: "流程已过复审日期。\n\n流程会过时：系统、人员、门店都在变（SOP-1）。复审日期是一个承诺，读者信它。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for sop in &model.sops {
        let Some(by) = sop.review_by.filter(|by| by.value < model.as_of) else { continue };
        let (date, late) = (by.value, words::days(by.value.until(model.as_of)));
        let (en, zh) = (&late.en, &late.zh);
        let message = said!("the review was due on {date}, {en} ago", "应在 {date} 前复审，已过 {zh}");
        let mut diagnostic = Diagnostic::new(&RULE, by.span, message).about(subject(sop));
        if let Some(last) = sop.reviewed {
            diagnostic = diagnostic.label(last.span, said!("last reviewed here", "上次复审"));
        }
        found.push(diagnostic.hint(said!(
            "review it, then move `reviewed` and `review-by`",
            "请复审，然后更新 `reviewed` 和 `review-by`"
        )));
    }
}

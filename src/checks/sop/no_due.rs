//! `sop/no-due`: a checkpoint without a day.

use super::subject_of;
use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::policy::SopPhase;
use crate::{rule, said};

rule! {
    /// A checkpoint says no day.
    ///
    /// ## Why
    /// A campaign's checklist is in order of date, and what is late can only be late for a day (SOP-3, MIL-8). An item without one
    /// stands at the end of the list and is never missed.
    ///
    /// ## Example
    /// ```markdown,reports path=content/sops/example.md
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales must measure="contract signed"}
    /// ```
    /// ```markdown,passes path=content/sops/example.md
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must measure="contract signed"}
    /// ```
    pub(crate) static RULE = "sop/no-due", Warning, ["SOP-1", "SOP-3"],
    zh: "检查项没有写日期。\n\n活动清单按日期排列，有了日期才谈得上逾期（SOP-3、MIL-8）。没有日期的检查项排在最后，漏做了也没人发现。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for sop in &model.sops {
        let example = match sop.phase.map(|p| p.value) {
            Some(SopPhase::Review) => "Z+3",
            Some(SopPhase::Execution) => "T",
            _ => "T-10",
        };
        for item in sop.items.iter().filter(|i| i.sound && i.due.is_none()) {
            let id = &item.id.value;
            let message = said!("`{id}` has no due day", "`{id}` 没有截止日");
            let advice = said!("add `due=`, such as `due={example}`", "请添加 `due=`，如 `due={example}`");
            found.push(Diagnostic::new(&RULE, item.id.span, message).hint(advice).about(subject_of(sop, item)));
        }
    }
}

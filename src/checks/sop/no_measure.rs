//! `sop/no-measure`: a procedure that cannot be measured.

use super::{subject, tasks_without_id};
use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A procedure has no checkpoint that can be measured.
    ///
    /// ## Why
    /// A handbook is quantified (SOP-12): without a number each branch improvises and calls it done. One item with `measure` is enough to begin.
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
    /// - [ ] Call the venue {#call role=sales due=T-12 must}
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
    pub(crate) static RULE = "sop/no-measure", Warning, ["SOP-12"],
    zh: "流程中没有可以测量的检查项。\n\n手册要量化（SOP-12）：没有数字，各分店各做各的，都说做完了。先给一个检查项写上 `measure` 就好。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for sop in &model.sops {
        let measured = sop.items.iter().any(|i| i.measure.is_some() || !i.sound);
        if measured || tasks_without_id(sop).any(|t| t.get("measure").is_some()) {
            continue;
        }
        let message = match sop.items.is_empty() {
            true => said!("the procedure has no checkpoint", "流程没有检查项"),
            false => said!("no checkpoint can be measured", "没有可以测量的检查项"),
        };
        let advice = said!(
            "add `measure=\"…\"` to an item, such as `measure=\"≥ 95 %\"`",
            "请给某个检查项添加 `measure=\"…\"`，如 `measure=\"≥ 95 %\"`"
        );
        found.push(Diagnostic::new(&RULE, sop.span, message).hint(advice).about(subject(sop)));
    }
}

//! `sop/item-without-id`: a task item that is no checkpoint.

use super::{subject, tasks_without_id};
use crate::base::{Diagnostic, Found, Id};
use crate::checks::Check;
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A task item of a procedure has no id.
    ///
    /// ## Why
    /// Done marks, measured values and translations name an item by its id; one without is only prose, and no campaign's checklist shows it
    /// (SOP-1, SOP-3).
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
    /// - [ ] Call the venue
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
    pub(crate) static RULE = "sop/item-without-id", Warning, ["SOP-1", "SOP-3"],
    zh: "流程中的任务项没有 id。\n\n完成标记、测量值和译文都按 id 指向检查项；没有 id 的只是文字，任何活动的清单都不会显示它（SOP-1、SOP-3）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for sop in &model.sops {
        for task in tasks_without_id(sop) {
            let first: Vec<&str> = task.text.split_whitespace().take(3).collect();
            let id = Id::suggest(&first.join(" ")).map_or_else(|| "id".to_owned(), |id| id.to_string());
            let advice = match task.attrs.is_empty() {
                true => said!(
                    "add `{{#{id} role=… due=…}}` at its end, or write it without `[ ]`",
                    "请在末尾添加 `{{#{id} role=… due=…}}`，或去掉 `[ ]`"
                ),
                false => said!("add `#{id}` inside its braces", "请在花括号内添加 `#{id}`"),
            };
            let message = said!("the item has no id", "检查项没有 id");
            found.push(Diagnostic::new(&RULE, task.span, message).hint(advice).about(subject(sop)));
        }
    }
}

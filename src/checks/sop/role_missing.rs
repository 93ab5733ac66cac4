//! `sop/role-missing`: a checkpoint that nobody does.

use super::subject_of;
use crate::base::{Diagnostic, Found, words};
use crate::checks::Check;
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A checkpoint names no role.
    ///
    /// ## Why
    /// Each checkpoint has somebody who says "done" (SOP-1). Without a role it falls to the campaign's owner, who then owns everything and
    /// therefore nothing.
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
    /// - [ ] Call the venue {#call due=T-12 must measure="contract signed"}
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
    pub(crate) static RULE = "sop/role-missing", Error, ["SOP-1"],
    zh: "检查项没有写角色。\n\n每个检查项都要有人来说“完成”（SOP-1）。没有角色，它就落到活动负责人头上，而样样都归他，等于样样没人管。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let list = words::one_of(model.policy.rows.roles.keys());
    let (en, zh) = (&list.en, &list.zh);
    for sop in &model.sops {
        for item in sop.items.iter().filter(|i| i.sound && i.role.is_none()) {
            let id = &item.id.value;
            let message = said!("`{id}` has no role", "`{id}` 没有角色");
            let advice = said!("add `role=` with {en}", "请添加 `role=`，取值 {zh}");
            found.push(Diagnostic::new(&RULE, item.id.span, message).hint(advice).about(subject_of(sop, item)));
        }
    }
}

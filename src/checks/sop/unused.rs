//! `sop/unused`: a procedure that no campaign gets.

use super::subject;
use crate::base::{Diagnostic, Found, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::sop::Sop;
use crate::{rule, said};

rule! {
    /// No campaign gets a procedure, because none has its scale and mode.
    ///
    /// ## Why
    /// A procedure that is never used is never improved, and readers take it for valid (SOP-1).
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/sample/campaign.toml
    /// scale = "medium"
    /// ```
    /// ```markdown,reports path=content/sops/example.md
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// scale = ["large"]
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must measure="contract signed"}
    /// ```
    /// ```markdown,passes path=content/sops/example.md
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// scale = ["medium", "large"]
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must measure="contract signed"}
    /// ```
    pub(crate) static RULE = "sop/unused", Warning, ["SOP-1", "SOP-6"],
    zh: "没有活动用到这个流程：没有一个活动符合它的规模和形式。\n\n从不使用的流程也从不改进，读者却以为它有效（SOP-1）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    // A campaign whose scale or mode could not be read may be the one.
    if model.campaigns.is_empty() || model.campaigns.iter().any(|c| !c.sound) {
        return;
    }
    let known = |sop: &&Sop| sop.scales.iter().all(|s| model.policy.rows.scales.find(&s.value).is_some());
    for sop in model.sops.iter().filter(known) {
        if model.campaigns.iter().any(|c| sop.is_for(&c.scale, c.mode)) {
            continue;
        }
        let scales = sop.scales.iter().map(|s| s.value.as_str());
        let modes = sop.modes.iter().map(|m| m.word());
        let list = words::all_of(scales.chain(modes));
        let (en, zh) = (&list.en, &list.zh);
        let message = said!("no campaign uses the procedure, it is for {en} only", "没有活动使用它，它只适用于 {zh}");
        let span = sop.scales.first().map_or(sop.span, |s| s.span);
        found.push(
            Diagnostic::new(&RULE, span, message)
                .hint(said!("widen `scale` or `mode`, or remove the file", "请放宽 `scale` 或 `mode`，或删除该文件"))
                .about(subject(sop)),
        );
    }
}

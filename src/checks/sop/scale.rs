//! `sop/scale`: a procedure for a scale that does not exist.

use super::subject;
use crate::base::{Diagnostic, Found, words};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A procedure is for a scale that policy does not have.
    ///
    /// ## Why
    /// The scale picks the variant of a procedure (SOP-6); under a mistyped one no campaign ever gets it.
    ///
    /// ## Example
    /// ```markdown,reports path=content/sops/example.md
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// scale = ["lage"]
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
    /// scale = ["large"]
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must measure="contract signed"}
    /// ```
    pub(crate) static RULE = "sop/scale", Error, ["SOP-6"],
    zh: "流程写了政策中没有的规模。\n\n规模决定用哪个版本的流程（SOP-6）；规模写错，就没有活动会用到它。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let scales = &model.policy.rows.scales;
    for sop in &model.sops {
        for scale in sop.scales.iter().filter(|s| scales.find(&s.value).is_none()) {
            let word = &scale.value;
            let list = words::one_of(scales.keys());
            let (en, zh) = (&list.en, &list.zh);
            let otherwise = said!("write {en}", "请写 {zh}");
            let diagnostic = Diagnostic::new(&RULE, scale.span, said!("`{word}` is no scale", "`{word}` 不是规模"));
            let diagnostic = diagnostic.about(subject(sop));
            found.push(did_you_mean(diagnostic, word, scale.span, Written::Quoted, scales.keys(), otherwise));
        }
    }
}

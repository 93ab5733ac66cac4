//! `budget/axis-value`: a tag that its axis does not know.

use super::Check;
use crate::base::{Diagnostic, Found, Subject, words};
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::budget::Budget;
use crate::{rule, said};

rule! {
    /// A budget line carries a value that its axis does not have.
    ///
    /// ## Why
    /// Money under a mistyped value falls out of every share of that axis, and the split looks wrong where only a letter is (BUD-20).
    ///
    /// ## Example
    /// ```toml,reports
    /// [budget]
    /// total = 100000
    ///
    /// [[budget.line]]
    /// name = "Experiment"
    /// amount = 100000
    /// purpose = "inovation"
    /// ```
    /// ```toml,passes
    /// [budget]
    /// total = 100000
    ///
    /// [[budget.line]]
    /// name = "Experiment"
    /// amount = 100000
    /// purpose = "innovation"
    /// ```
    pub(crate) static RULE = "budget/axis-value", Error, ["BUD-20"],
    zh: "预算行的标签不是该维度的取值。\n\n标签写错的钱不计入该维度的任何占比，本来只是错了一个字母，看起来却像拆分有误（BUD-20）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let campaigns = model.held().filter_map(|c| Some((c.subject(), c.budget.as_ref()?)));
    let year = |id: &str| Subject::programme(id);
    let programmes = model.programmes.iter().filter_map(|p| Some((year(p.id.as_str()), p.budget.as_ref()?)));
    for (subject, budget) in campaigns.chain(programmes) {
        judge(model, budget, &subject, found);
    }
}

fn judge(model: &Model, budget: &Budget, subject: &Subject, found: &mut Found) {
    for line in &budget.lines {
        for (axis, tag) in &line.tags {
            // Tags on no axis are unknown keys, which reading reports.
            let Some(row) = model.policy.rows.axes.find(&axis.value) else { continue };
            if row.values.find(&tag.value).is_some() {
                continue;
            }
            let (axis, word) = (&axis.value, &tag.value);
            let list = words::one_of(row.values.keys());
            let (en, zh) = (&list.en, &list.zh);
            let diagnostic = Diagnostic::new(
                &RULE,
                tag.span,
                said!("`{word}` is no value of `{axis}`", "`{word}` 不是 `{axis}` 的取值"),
            );
            let subject = match &line.id {
                Some(id) => subject.clone().item(id.value.as_str()),
                None => subject.clone(),
            };
            let otherwise = said!("write {en}", "请写 {zh}");
            let known = row.values.keys();
            found.push(did_you_mean(diagnostic, word, tag.span, Written::Quoted, known, otherwise).about(subject));
        }
    }
}

//! `sop/unknown-group`: a group, or a part of it, that policy does not have.

use super::{subject, subject_of};
use crate::base::{Diagnostic, Found, Severity, Span, Spanned, words};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::sop::{Sop, SopItem};
use crate::policy::Group;
use crate::{rule, said};
use std::collections::BTreeSet;

rule! {
    /// An item names a group, or something covered, that policy does not have there.
    ///
    /// ## Why
    /// Groups say what a phase must see to, and which items gate the end of preparation (SOP-2, MIL-8). Under a mistyped name the
    /// item counts for nothing.
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
    /// - [ ] Call the venue {#call role=sales due=T-12 must group=resuorces measure="contract signed"}
    /// ```
    /// ```markdown,passes path=content/sops/example.md
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must group=resources measure="contract signed"}
    /// ```
    pub(crate) static RULE = "sop/unknown-group", Error, ["SOP-2", "SOP-4", "SOP-7", "SOP-8", "SOP-9", "SOP-10"],
    zh: "检查项写了政策中没有的分组或覆盖内容。\n\n分组说明一个阶段必须照顾到什么，哪些检查项决定准备是否完成（SOP-2、MIL-8）。名称写错，检查项就什么也不算。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for sop in &model.sops {
        // Items under one heading share the words of its group.
        let mut seen: BTreeSet<Span> = BTreeSet::new();
        for item in &sop.items {
            let group = item.group.as_ref();
            if let Some(group) = group.filter(|g| seen.insert(g.span)) {
                found.extend(judge_group(model, sop, item, group));
            }
            if let Some(covers) = &item.covers {
                found.extend(judge_covers(model, group, covers).map(|d| d.about(subject_of(sop, item))));
            }
        }
    }
}

fn judge_group(model: &Model, sop: &Sop, item: &SopItem, group: &Spanned<String>) -> Option<Diagnostic> {
    let (groups, word) = (&model.policy.rows.groups, &group.value);
    let own = item.span.range().contains(&(group.span.start as usize));
    let subject = if own { subject_of(sop, item) } else { subject(sop) };
    let Some(row) = groups.find(word) else {
        let list = words::one_of(groups.keys());
        let (en, zh) = (&list.en, &list.zh);
        let diagnostic = Diagnostic::new(&RULE, group.span, said!("there is no group `{word}`", "没有分组 `{word}`"));
        let otherwise = said!("write {en}", "请写 {zh}");
        let diagnostic = diagnostic.about(subject);
        return Some(did_you_mean(diagnostic, word, group.span, Written::Bare, groups.keys(), otherwise));
    };
    let (of, is) = (row.phase?, sop.phase.as_ref()?);
    (of != is.value).then(|| {
        let (of, is_word) = (of.word(), is.value.word());
        let message = said!(
            "group `{word}` is for `{of}`, the procedure is for `{is_word}`",
            "分组 `{word}` 属于 `{of}`，流程属于 `{is_word}`"
        );
        Diagnostic::new(&RULE, group.span, message)
            .severity(Severity::Warning)
            .label(is.span, said!("the phase of the procedure", "流程的阶段"))
            .hint(said!("move it into a procedure of phase `{of}`", "请移到 `{of}` 阶段的流程中"))
            .about(subject)
    })
}

fn judge_covers(model: &Model, group: Option<&Spanned<String>>, covers: &Spanned<String>) -> Option<Diagnostic> {
    let (groups, word) = (&model.policy.rows.groups, &covers.value);
    let home = groups.iter().find(|(_, row)| row.covers.find(word).is_some()).map(|(id, _)| id);
    let Some(group) = group else {
        let message = said!("`{word}` is covered for no group", "`{word}` 没有所属分组");
        let diagnostic = Diagnostic::new(&RULE, covers.span, message);
        return Some(match home {
            Some(home) => diagnostic.hint(said!("add `group={home}`", "请添加 `group={home}`")),
            None => diagnostic.hint(said!("add `group=`, or remove `covers`", "请添加 `group=`，或删除 `covers`")),
        });
    };
    let row: &Group = groups.find(&group.value)?;
    if row.covers.find(word).is_some() {
        return None;
    }
    let name = &group.value;
    let message = said!("group `{name}` asks for no `{word}`", "分组 `{name}` 没有要求 `{word}`");
    let diagnostic = Diagnostic::new(&RULE, covers.span, message);
    let list = words::one_of(row.covers.keys());
    let (en, zh) = (&list.en, &list.zh);
    let otherwise = match (home, row.covers.keys().next()) {
        (Some(home), _) => {
            said!("group `{home}` does: write `group={home}`", "分组 `{home}` 才要求它：请写 `group={home}`")
        }
        (None, Some(_)) => said!("write {en}, or remove `covers`", "请写 {zh}，或删除 `covers`"),
        (None, None) => said!("remove `covers`", "请删除 `covers`"),
    };
    Some(match home {
        Some(_) => diagnostic.hint(otherwise),
        None => did_you_mean(diagnostic, word, covers.span, Written::Bare, row.covers.keys(), otherwise),
    })
}

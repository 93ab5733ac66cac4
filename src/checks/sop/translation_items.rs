//! `sop/translation-items`: a translation whose items are not those of the procedure.

use super::subject;
use crate::base::{Diagnostic, Found, Span, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::prose::Version;
use crate::model::sop::Sop;
use crate::sources::markdown::Task;
use crate::{rule, said};

rule! {
    /// A translation of a procedure lacks an item, or has one that the procedure does not have.
    ///
    /// ## Why
    /// The words of an item are joined by its id; where the translation lacks it, readers of that language see the other one in the
    /// middle of their checklist (SOP-3, SOP-12).
    ///
    /// ## Example
    /// ```markdown,with path=content/sops/example.md
    /// +++
    /// title = "Call the venue"
    /// phase = "preparation"
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Call the venue {#call role=sales due=T-12 must measure="contract signed"}
    /// ```
    /// ```markdown,reports path=content/sops/example.zh-Hans.md
    /// - [ ] 联系场地 {#cal}
    /// ```
    /// ```markdown,passes path=content/sops/example.zh-Hans.md
    /// - [ ] 联系场地 {#call}
    /// ```
    pub(crate) static RULE = "sop/translation-items", Warning, ["SOP-3", "SOP-12"],
    zh: "流程的译文缺少检查项，或多出原文没有的检查项。\n\n检查项的各语言文字按 id 对应；译文缺少时，该语言的读者会在清单中间看到另一种语言（SOP-3、SOP-12）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for sop in &model.sops {
        let Some((main, translations)) = sop.prose.versions.split_first() else { continue };
        for version in translations {
            judge(sop, main, version, found);
        }
    }
}

fn id(task: &Task) -> Option<&str> {
    task.id.as_ref().map(|id| id.value.as_str())
}

fn judge(sop: &Sop, main: &Version, version: &Version, found: &mut Found) {
    let ids: Vec<&str> = main.document.tasks.iter().filter_map(id).collect();
    let theirs = || version.document.tasks.iter();
    let mut missing: Vec<&Task> =
        main.document.tasks.iter().filter(|t| id(t).is_some_and(|i| !theirs().any(|o| id(o) == Some(i)))).collect();
    // Where the procedure's own items lack ids, those of the translation may be the missing ones.
    let nameless = main.document.tasks.iter().filter(|t| t.id.is_none()).count();
    let home = &sop.id;
    for task in theirs() {
        let Some(word) = task.id.as_ref().filter(|w| !ids.contains(&w.value.as_str())) else { continue };
        let near = words::nearest(&word.value, missing.iter().filter_map(|t| id(t)));
        if near.is_none() && nameless > 0 {
            continue;
        }
        let name = &word.value;
        let message = said!("`{name}` is no item of `{home}`", "`{home}` 没有检查项 `{name}`");
        let diagnostic = Diagnostic::new(&RULE, word.span, message).about(subject(sop));
        found.push(match near.map(str::to_owned) {
            Some(near) => {
                missing.retain(|t| id(t) != Some(near.as_str()));
                let end = word.span.end as usize - word.span.start as usize;
                let from = end - word.value.len();
                let span = word.span.part(from, end);
                diagnostic.fix(said!("did you mean `{near}`?", "是否想写 `{near}`？"), span, near)
            }
            None => {
                diagnostic.hint(said!("remove it, or add the item to `{home}`", "请删除，或在 `{home}` 中添加该检查项"))
            }
        });
    }
    // Items without an id, one for each that is missing.
    let bare: Vec<&Task> = theirs().filter(|t| t.id.is_none()).collect();
    let sole = missing.len() == 1 && bare.len() == 1;
    for task in &bare {
        let message = said!(
            "the item has no id, so it belongs to no item of `{home}`",
            "检查项没有 id，无法对应 `{home}` 的检查项"
        );
        let diagnostic = Diagnostic::new(&RULE, task.span, message).about(subject(sop));
        let wanted = missing.first().and_then(|t| id(t)).filter(|_| sole && task.attrs.is_empty());
        let end =
            task.span.part((task.span.end - task.span.start) as usize, (task.span.end - task.span.start) as usize);
        found.push(match wanted {
            Some(wanted) => diagnostic.fix(
                said!("add `{{#{wanted}}}` at its end", "请在末尾添加 `{{#{wanted}}}`"),
                end,
                format!(" {{#{wanted}}}"),
            ),
            None => diagnostic
                .hint(said!("add the id that it has in `{home}`: `{{#…}}`", "请添加它在 `{home}` 中的 id：`{{#…}}`")),
        });
    }
    if !bare.is_empty() {
        missing.clear();
    }
    for task in missing {
        let Some(wanted) = id(task) else { continue };
        let lang = &version.lang;
        let message = said!("the item `{wanted}` is missing in `{lang}`", "`{lang}` 译文缺少检查项 `{wanted}`");
        found.push(
            Diagnostic::new(&RULE, place(main, version, task), message)
                .label(task.span, said!("the item", "该检查项"))
                .hint(said!("add `- [ ] … {{#{wanted}}}`", "请添加 `- [ ] … {{#{wanted}}}`"))
                .about(subject(sop)),
        );
    }
}

/// Where the translation of an item would stand: under the same heading, else the first, else at the top.
fn place(main: &Version, version: &Version, task: &Task) -> Span {
    let headings = &version.document.headings;
    let own = task.heading.and_then(|h| main.document.headings.get(h));
    let same = own.and_then(|own| headings.iter().find(|h| h.id == own.id));
    let top = version.document.body;
    same.or(headings.first()).map_or(Span::new(version.file, top, top), |h| h.span)
}

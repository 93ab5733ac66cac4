//! `programme/chapter`: an annual plan that lacks a chapter.

use crate::base::{Diagnostic, Found, Said, Subject};
use crate::checks::{self, Check};
use crate::model::Model;
use crate::model::programme::{ChapterSeen, Programme};
use crate::{rule, said};

rule! {
    /// The text of a year lacks a chapter of the annual plan, or one is empty.
    ///
    /// ## Why
    /// A yearly plan is written to a fixed outline (PRG-1): from the background to the conclusion. The chapter that is left out is mostly the
    /// one about risks, or the one that says what would count as success.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    /// ```
    /// ```markdown,reports path=content/programmes/2026.md
    /// ## Background
    /// Nineteen promotions in 2025; guests could name two.
    ///
    /// ## Goals
    /// ```
    /// ```markdown,passes path=content/programmes/2026.md
    /// ## Background
    /// Nineteen promotions in 2025.
    ///
    /// ## Problem
    /// We taught people to wait.
    ///
    /// ## Goals
    /// Fewer coupons.
    ///
    /// ## Theory
    /// Habits, not offers.
    ///
    /// ## Path
    /// Twelve campaigns.
    ///
    /// ## Risks
    /// Peak load.
    ///
    /// ## Resources
    /// Five million.
    ///
    /// ## Time plan
    /// Five stages.
    ///
    /// ## Expected outcomes
    /// More repurchases.
    ///
    /// ## Conclusion
    /// Tea is a habit.
    /// ```
    pub(crate) static RULE = "programme/chapter", Warning, ["PRG-1"],
    zh: "年度方案缺少章节，或章节为空。\n\n年度方案按固定提纲写（PRG-1），从背景到结论。漏掉的往往是风险那一章，或说明怎样才算成功的那一章。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        let Some(main) = programme.prose.as_ref().and_then(|p| p.main()) else { continue };
        let seen = crate::model::programme::chapters(&model.policy, &main.document);
        let about = Subject::programme(programme.id.as_str());
        // A new file has nothing but empty chapters: one finding says so.
        let empty: Vec<&ChapterSeen> = seen.iter().filter(|c| c.is_empty).collect();
        if let Some(first) = empty.first() {
            let names: Vec<Said> = empty.iter().map(|c| &c.chapter).map(|id| said!("`{id}`", "`{id}`")).collect();
            let (list, n) = (checks::words::first_three(&names), names.len());
            let (en, zh) = (&list.en, &list.zh);
            let message = match n {
                1 => said!("the chapter {en} is empty", "章节 {zh} 是空的"),
                _ => said!("{n} chapters are empty: {en}", "{n} 个章节是空的：{zh}"),
            };
            let advice = said!("write what there is to say, or why there is nothing", "请写下内容，或说明为何没有");
            found.push(Diagnostic::new(&RULE, first.span, message).hint(advice).about(about.clone()));
        }
        found.extend(missing(model, programme, &seen).map(|d| d.about(about)));
    }
}

fn missing(model: &Model, programme: &Programme, seen: &[ChapterSeen]) -> Option<Diagnostic> {
    let rows = &model.policy.rows.chapters;
    let lacks = || rows.iter().filter(|(id, _)| seen.iter().all(|c| c.chapter != *id));
    let names: Vec<Said> = lacks().map(|(id, _)| said!("`{id}`", "`{id}`")).collect();
    let (first, row) = lacks().next()?;
    let (list, n, all) = (checks::words::first_three(&names), names.len(), rows.0.len());
    let (en, zh) = (&list.en, &list.zh);
    let span = programme.prose.as_ref().and_then(|p| p.main()).map(|v| {
        // Its first heading, else the top of the file.
        v.document.headings.first().map_or(crate::base::Span::new(v.file, 0, 0), |h| h.span)
    });
    let message = said!("the annual plan lacks {n} of {all} chapters: {en}", "年度方案 {all} 章缺了 {n} 章：{zh}");
    let (name_en, name_zh) = row.name.both();
    let advice = said!(
        "add `## {name_en} {{#{first}}}` and the others, each with a few sentences",
        "请添加 `## {name_zh} {{#{first}}}` 等章节，每章写几句"
    );
    Some(Diagnostic::new(&RULE, span, message).hint(advice))
}

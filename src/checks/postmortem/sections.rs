//! `postmortem/sections`: a final review that lacks one of its sections.

use crate::base::{Diagnostic, Found, Spanned, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::postmortem::{Postmortem, section_of};
use crate::policy::Section;
use crate::{rule, said};

rule! {
    /// A final review lacks a section, or one is empty.
    ///
    /// ## Why
    /// A review judges effect, process and user (PMR-1): figures alone do not say why, and a good result hides a bad way of working. From
    /// the status on that policy calls final, all three are written.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "planned"
    /// +++
    ///
    /// ## Effect
    /// All targets were met.
    ///
    /// ## Process
    /// The room was ready a day late.
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "planned"
    /// +++
    ///
    /// ## Effect
    /// All targets were met.
    ///
    /// ## Process
    /// The room was ready a day late.
    ///
    /// ## User
    /// Guests liked the corner, not the queue.
    /// ```
    pub(crate) static RULE = "postmortem/sections", Error, ["PMR-1"],
    zh: "定稿的复盘缺少章节，或章节为空。\n\n复盘从效果、过程、用户三方面评估（PMR-1）：光有数字说不清原因，好结果也可能掩盖糟糕的做法。状态到政策所说的定稿起，三节都要写。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(review), Some(policy)) = (&campaign.postmortem, &model.policy.rows.review) else { return };
    let Some(status) = review.status.as_ref().filter(|_| review.is_final(&model.policy)) else { return };
    for (id, row) in policy.sections.iter().filter(|(_, row)| row.required) {
        let diagnostic = match review.section(id) {
            Some(seen) if seen.is_empty => {
                let message = said!("section `{id}` is empty", "章节 `{id}` 是空的");
                Diagnostic::new(&RULE, seen.span, message)
                    .hint(said!("write what there is to say, or why there is nothing", "请写下内容，或说明为何没有"))
            }
            Some(_) => continue,
            None => missing(model, review, status, id, row),
        };
        found.push(diagnostic.about(campaign.subject()));
    }
}

fn missing(model: &Model, review: &Postmortem, status: &Spanned<String>, id: &str, row: &Section) -> Diagnostic {
    let is = &status.value;
    let diagnostic = Diagnostic::new(
        &RULE,
        status.span,
        said!("the review is `{is}` and has no section `{id}`", "复盘已是 `{is}`，却没有章节 `{id}`"),
    );
    // A heading that nearly names it may be meant.
    let known = || row.headings.iter().map(String::as_str).chain([id]);
    let document = review.prose.main().map(|v| &v.document);
    let others =
        document.iter().flat_map(|d| &d.sections).filter(|s| section_of(&model.policy, &s.id, &s.title).is_none());
    for section in others {
        let Some(heading) = document.and_then(|d| d.headings.get(section.heading)) else { continue };
        if let Some(own) = heading.own_id().filter(|own| words::nearest(&own.value, [id]).is_some()) {
            return diagnostic.fix(said!("did you mean `{{#{id}}}`?", "是否想写 `{{#{id}}}`？"), own.span, id);
        }
        if let Some(near) = words::nearest(section.title.trim(), known()) {
            let marks = "#".repeat(usize::from(heading.level));
            let text = said!("did you mean `{near}`?", "是否想写 `{near}`？");
            return match heading.attributes {
                None => diagnostic.fix(text, heading.span, format!("{marks} {near}")),
                Some(_) => diagnostic
                    .label(heading.span, text)
                    .hint(said!("give this heading `{{#{id}}}`", "请给该标题写上 `{{#{id}}}`")),
            };
        }
    }
    let (en, zh) = row.name.both();
    diagnostic.hint(said!("add `## {en} {{#{id}}}` and what there is to say", "请添加 `## {zh} {{#{id}}}` 和内容"))
}

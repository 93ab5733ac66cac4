//! `links/broken`: a link that leads nowhere.

use super::{nearest, relative};
use crate::base::{Diagnostic, Said, Span, words};
use crate::sources::Sources;
use crate::{rule, said};

rule! {
    /// A link leads to a page or file that the site does not have.
    ///
    /// ## Why
    /// A reader who follows it stands before nothing, and does not know whether the page is gone or was never there. Links are judged on the
    /// finished site, those of templates included.
    ///
    /// ## Example
    /// ```markdown,reports path=content/pages/about.md
    /// +++
    /// title = "About"
    /// +++
    ///
    /// How we [prepare](../sops/perp.md).
    /// ```
    /// ```markdown,passes path=content/pages/about.md
    /// +++
    /// title = "About"
    /// +++
    ///
    /// How we [prepare](../sops/prep.md).
    /// ```
    pub(crate) static RULE = "links/broken", Error, ["SOP-12"],
    zh: "链接指向网站没有的页面或文件。\n\n读者点开什么也没有，不知道是页面没了，还是从未有过。链接在生成好的网站上检查，包括模板里的链接。",
}

pub(super) fn author(sources: &Sources, word: &str, span: Span, is_there: bool) -> Diagnostic {
    if is_there {
        let message = said!("`{word}` is there, but no page shows it", "`{word}` 存在，但没有页面展示它");
        let advice = said!(
            "link to a campaign, procedure, programme or page, or put the file into `assets/`",
            "请链接到活动、流程、年度计划或页面，或把文件放进 `assets/`"
        );
        return Diagnostic::new(&RULE, span, message).hint(advice);
    }
    let diagnostic = Diagnostic::new(&RULE, span, said!("`{word}` leads nowhere", "`{word}` 没有指向任何内容"));
    let scheme =
        ["https", "http"].iter().find_map(|scheme| Some((scheme, word.strip_prefix(*scheme)?.trim_start_matches(':'))));
    if let Some((scheme, rest)) = scheme.filter(|(_, rest)| rest.starts_with('/')) {
        let right = format!("{scheme}://{}", rest.trim_start_matches('/'));
        return diagnostic.fix(said!("write `{right}`", "请写 `{right}`"), span, right);
    }
    if let Some(path) = by_id(sources, word, span) {
        return diagnostic.fix(said!("write its path: `{path}`", "请写它的路径：`{path}`"), span, path);
    }
    match nearest(sources, word, span) {
        Some(near) => {
            let is_sure = words::near(word, [near.as_str()]).is_some_and(|near| near.is_sure);
            diagnostic.guess(said!("did you mean `{near}`?", "是否想写 `{near}`？"), span, near, is_sure)
        }
        None => diagnostic.hint(said!(
            "write the path of a file as seen from this one: `../sops/name.md`, `../campaigns/id`",
            "请写从本文件出发的路径：`../sops/name.md`、`../campaigns/id`"
        )),
    }
}

/// The path of the one thing that has a bare word as its id, seen from the file that names it.
fn by_id(sources: &Sources, word: &str, span: Span) -> Option<String> {
    if word.is_empty() || word.contains(['/', '.', '#', '?']) {
        return None;
    }
    let forms = [
        format!("content/campaigns/{word}/campaign.toml"),
        format!("content/sops/{word}.md"),
        format!("content/pages/{word}.md"),
        format!("content/programmes/{word}.toml"),
    ];
    let mut there = forms.iter().filter(|form| sources.find(form).is_some());
    let path = there.next()?;
    let is_only = there.next().is_none();
    is_only.then(|| relative(sources.path(span.file), path))
}

pub(super) fn template(page: &str, more: &Said, url: &str) -> Diagnostic {
    let (en, zh) = (&more.en, &more.zh);
    let message = said!("`{url}` on page `{page}`{en} leads nowhere", "页面 `{page}`{zh}上的 `{url}` 没有指向任何内容");
    Diagnostic::new(&RULE, None, message).hint(said!(
        "correct the template that writes it, or the file it is made from",
        "请改正写出它的模板，或生成它的文件"
    ))
}

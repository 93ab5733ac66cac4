//! `links/broken`: a link that leads nowhere.

use super::nearest;
use crate::base::{Diagnostic, Said, Span};
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
            "请链接到活动、程序、年度计划或页面，或把文件放进 `assets/`"
        );
        return Diagnostic::new(&RULE, span, message).hint(advice);
    }
    let diagnostic = Diagnostic::new(&RULE, span, said!("`{word}` leads nowhere", "`{word}` 没有指向任何内容"));
    match nearest(sources, word, span) {
        Some(near) => diagnostic.fix(said!("did you mean `{near}`?", "是否想写 `{near}`？"), span, near),
        None => diagnostic.hint(said!(
            "write the path of a file as seen from this one: `../sops/name.md`, `../campaigns/id`",
            "请写从本文件出发的路径：`../sops/name.md`、`../campaigns/id`"
        )),
    }
}

pub(super) fn template(page: &str, more: &Said, url: &str) -> Diagnostic {
    let (en, zh) = (&more.en, &more.zh);
    let message = said!("`{url}` on page `{page}`{en} leads nowhere", "页面 `{page}`{zh}上的 `{url}` 没有指向任何内容");
    Diagnostic::new(&RULE, None, message).hint(said!(
        "correct the template that writes it, or the file it is made from",
        "请改正写出它的模板，或生成它的文件"
    ))
}

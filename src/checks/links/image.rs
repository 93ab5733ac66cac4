//! `links/image`: a picture that is not there.

use super::nearest;
use crate::base::{Diagnostic, Said, Span};
use crate::sources::Sources;
use crate::{rule, said};

rule! {
    /// A page shows an image that the site does not have.
    ///
    /// ## Why
    /// The reader sees a broken frame, and the text beside it speaks of something that is not there.
    ///
    /// ## Example
    /// ```markdown,reports
    /// ![The corner](assets/corner.png)
    /// ```
    /// ```markdown,passes
    /// The corner is still to be drawn.
    /// ```
    pub(crate) static RULE = "links/image", Error, ["SOP-12"],
    zh: "页面上的图片不在网站里。\n\n读者只看到一个破图框，旁边的文字却在讲一件看不见的东西。",
}

pub(super) fn author(sources: &Sources, word: &str, span: Span) -> Diagnostic {
    let message = said!("there is no image `{word}`", "没有图片 `{word}`");
    let diagnostic = Diagnostic::new(&RULE, span, message);
    match nearest(sources, word, span) {
        Some(near) => diagnostic.fix(said!("did you mean `{near}`?", "是否想写 `{near}`？"), span, near),
        None => diagnostic.hint(said!(
            "put the file into `assets/` beside the text and write `assets/name.png`",
            "请把文件放进文字旁的 `assets/`，并写 `assets/name.png`"
        )),
    }
}

pub(super) fn template(page: &str, more: &Said, url: &str) -> Diagnostic {
    let (en, zh) = (&more.en, &more.zh);
    let message = said!(
        "page `{page}`{en} shows the image `{url}`, which is not there",
        "页面 `{page}`{zh}要显示的图片 `{url}` 不存在"
    );
    Diagnostic::new(&RULE, None, message)
        .hint(said!("add the file to the theme, or correct the template", "请在主题中添加该文件，或改正模板"))
}

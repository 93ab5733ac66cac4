//! `links/external-resource`: something a page loads from another host.

use crate::base::{Diagnostic, Said, Span};
use crate::{rule, said};

rule! {
    /// A page loads a picture, style, script or frame from another host.
    ///
    /// ## Why
    /// The site works offline, does not tell strangers who reads it, and does not break when somebody else tidies up. What pages need lies
    /// beside them; links that readers follow may lead anywhere.
    ///
    /// ## Example
    /// A theme whose template says `<script src="https://cdn.example.org/chart.js">` is reported; one that keeps `chart.js` in its
    /// `static/` folder is not.
    pub(crate) static RULE = "links/external-resource", Error, [],
    zh: "页面从别的主机加载图片、样式、脚本或框架。\n\n网站离线可用，不向外人透露谁在阅读，也不会因别人清理而失效。页面需要的东西就放在身边；供读者点击的链接可以指向任何地方。",
}

pub(super) fn author(word: &str, span: Span) -> Diagnostic {
    let message = said!("the page would load `{word}` from another host", "页面会从别的主机加载 `{word}`");
    Diagnostic::new(&RULE, span, message)
        .hint(said!("keep a copy in `assets/` beside the text", "请把副本放进文字旁的 `assets/`"))
}

pub(super) fn template(page: &str, more: &Said, url: &str) -> Diagnostic {
    let (en, zh) = (&more.en, &more.zh);
    let message = said!("page `{page}`{en} loads `{url}` from another host", "页面 `{page}`{zh}从别的主机加载 `{url}`");
    Diagnostic::new(&RULE, None, message).hint(said!(
        "keep a copy among the theme's static files and link to that",
        "请把副本放进主题的静态文件，并链接到副本"
    ))
}

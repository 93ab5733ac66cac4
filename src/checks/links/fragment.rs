//! `links/fragment`: a link to a place that its page does not have.

use super::{Published, Seen, scan};
use crate::base::{Diagnostic, Said, Span, words};
use crate::{rule, said};

rule! {
    /// A link leads to a place that its page does not have.
    ///
    /// ## Why
    /// The page opens at its top, and the reader searches for what the link promised. Headings carry their id in braces so that their words may
    /// change: `## Resources {#resources}`.
    ///
    /// ## Example
    /// ```markdown,reports path=content/pages/about.md
    /// +++
    /// title = "About"
    /// +++
    ///
    /// See [what we do](#what-we-doo).
    ///
    /// ## What we do
    /// ```
    /// ```markdown,passes path=content/pages/about.md
    /// +++
    /// title = "About"
    /// +++
    ///
    /// See [what we do](#what-we-do).
    ///
    /// ## What we do
    /// ```
    pub(crate) static RULE = "links/fragment", Error, ["SOP-12"],
    zh: "链接指向页面上没有的位置。\n\n页面会停在顶部，读者得自己找链接所说的内容。给标题写上花括号里的 id，文字改了链接也不断：`## 资源 {#resources}`。",
}

pub(super) fn author(site: &Published<'_>, word: &str, span: Span, page: &str, id: &str) -> Diagnostic {
    let own = word.split_once('#').map_or("", |(_, own)| own);
    let shown = page.trim_end_matches("index.html").trim_end_matches('/');
    let message = match word.starts_with('#') {
        true => said!("there is no `#{own}` on this page", "本页没有 `#{own}`"),
        false => said!("there is no `#{own}` on page `{shown}`", "页面 `{shown}` 没有 `#{own}`"),
    };
    let diagnostic = Diagnostic::new(&RULE, span, message);
    // Where several texts share a page, their ids carry a prefix that the author does not write.
    let decoded = super::decoded(own);
    let prefix = id.strip_suffix(&*decoded).unwrap_or_default();
    let mut ids: Vec<String> = Vec::new();
    if let Some(html) = site.files.get(page) {
        scan(html, |seen| {
            if let Seen::Id(id) = seen {
                ids.extend(id.strip_prefix(prefix).map(str::to_owned));
            }
        });
    }
    match words::nearest(&decoded, ids.iter().map(String::as_str)) {
        Some(near) => {
            let right = format!("{}#{near}", word.split_once('#').map_or(word, |(path, _)| path));
            diagnostic.fix(said!("did you mean `{right}`?", "是否想写 `{right}`？"), span, right)
        }
        None => diagnostic.hint(said!(
            "give the heading that is meant an id, `{{#{own}}}`, or link to the page",
            "请给目标标题写上 id `{{#{own}}}`，或只链接到页面"
        )),
    }
}

pub(super) fn template(page: &str, more: &Said, target: &str, id: &str) -> Diagnostic {
    let (en, zh) = (&more.en, &more.zh);
    let message = said!(
        "page `{page}`{en} links to `#{id}`, which `{target}` does not have",
        "页面 `{page}`{zh}链接到 `{target}` 没有的 `#{id}`"
    );
    Diagnostic::new(&RULE, None, message).hint(said!("correct the template that writes it", "请改正写出它的模板"))
}

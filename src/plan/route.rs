//! Addresses: where a file of the site lies, and how one page names another.

use crate::base::Lang;
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;

/// Where a file lies within a language's part of the site; or, if it is shared, within the whole site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route {
    path: String,
    is_shared: bool,
}

impl Route {
    /// A page in a folder of its own: `campaigns/x` lies at `campaigns/x/index.html`; the empty name is the home page.
    pub fn page(folder: &str) -> Self {
        let folder = folder.trim_matches('/');
        let path = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
        Self { path, is_shared: false }
    }

    /// A file that each language has: `calendar/all.ics`.
    pub fn file(path: &str) -> Self {
        Self { path: path.to_owned(), is_shared: false }
    }

    /// A file there is only one of: pictures, style sheets, the model as JSON.
    pub fn shared(path: &str) -> Self {
        Self { path: path.to_owned(), is_shared: true }
    }

    /// The path without the language.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether there is only one for all languages.
    pub fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// What a link to this says of itself (`aria-current`) on the page at `here`: it is the page, or the page lies below it.
    pub fn current(&self, here: &Self) -> Option<&'static str> {
        let folder = self.path.strip_suffix("index.html").unwrap_or(&self.path);
        let is_below = !folder.is_empty() && here.path.starts_with(folder);
        if self == here { Some("page") } else { is_below.then_some("true") }
    }

    /// Another file in the same folder, or under it.
    #[must_use]
    pub fn beside(&self, name: &str) -> Self {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        Self { path, is_shared: self.is_shared }
    }

    /// The path in the whole site, for readers of a language. The default language has no folder of its own.
    pub fn output(&self, lang: &Lang, default: &Lang) -> String {
        if self.is_shared || lang == default { self.path.clone() } else { format!("{}/{}", lang.tag(), self.path) }
    }
}

/// How a page at the path `from` names the file at `to`: relative, so that the site works in any folder and by double click.
pub fn relative(from: &str, to: &str) -> String {
    let folder = from.rfind('/').map_or("", |slash| &from[..=slash]);
    let same = folder.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    // Folders in common are those whose slash is.
    let common = from.as_bytes()[..same].iter().rposition(|b| *b == b'/').map_or(0, |slash| slash + 1);
    let up = folder[common..].matches('/').count();
    let mut out = String::with_capacity(up * 3 + to.len() - common);
    for _ in 0..up {
        out.push_str("../");
    }
    encode(&mut out, &to[common..]);
    out
}

/// How a page at the path `from` names the root of the site: empty, or `../` as often as needed.
pub fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

/// Adds a path, percent-encoding all that could be read as something else.
fn encode(out: &mut String, path: &str) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~!'()*,=@$+".contains(&byte);
    if path.bytes().all(is_plain) {
        out.push_str(path);
        return;
    }
    for byte in path.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// What a path is on a file system that ignores case and normal forms: two files with one such form cannot both be written.
pub fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().collect::<String>().to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::resolved;

    #[test]
    fn links_name_the_index_and_go_up_only_as_far_as_needed() {
        assert_eq!(relative("index.html", "campaigns/x/index.html"), "campaigns/x/index.html");
        assert_eq!(relative("campaigns/x/index.html", "campaigns/y/index.html"), "../y/index.html");
        assert_eq!(relative("campaigns/x/index.html", "campaigns/x/index.html"), "index.html");
        assert_eq!(relative("zh-Hans/sops/a/index.html", "static/style.css"), "../../../static/style.css");
        assert_eq!(relative("a/index.html", "a/图 1#.svg"), "%E5%9B%BE%201%23.svg");
    }

    #[test]
    fn a_language_other_than_the_default_has_a_folder() {
        let (en, zh) = (Lang("en".into()), Lang("zh-Hans".into()));
        assert_eq!(Route::page("people").output(&en, &en), "people/index.html");
        assert_eq!(Route::page("").output(&zh, &en), "zh-Hans/index.html");
        assert_eq!(Route::shared("a.svg").output(&zh, &en), "a.svg");
    }

    #[test]
    fn case_and_normal_form_do_not_make_two_files() {
        assert_eq!(folded("A/É.html"), folded("a/e\u{301}.html"));
    }

    #[test]
    fn source_paths_resolve_within_the_playbook() {
        let from = "content/campaigns/x/brief.md";
        assert_eq!(resolved(from, "../../sops/a.md").as_deref(), Some("content/sops/a.md"));
        assert_eq!(resolved(from, "./assets/a.svg").as_deref(), Some("content/campaigns/x/assets/a.svg"));
        assert_eq!(resolved(from, "../../../../etc"), None);
    }
}

//! Look and words as data: the theme in the binary, and the author's own files laid over it one by one.

mod assets;
mod embedded;
mod parts;
mod squeeze;
mod strings;

pub use assets::Asset;
pub use parts::Part;
pub use strings::{Arg, Strings};

use crate::base::{Diagnostic, FileId, Fingerprint, Found, Lang, Rule, Span, words};
use crate::sources::{Sources, toml};
use crate::{rule, said};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

rule! {
    /// `playbook.toml` names a theme that has no folder.
    ///
    /// ## Why
    /// The site would be built with another look than the one its owners chose.
    ///
    /// ## What to do
    /// Make the folder `themes/<name>/`, or remove the key to use the theme in the binary.
    pub(crate) static UNKNOWN_THEME = "theme/unknown", Error, [],
    zh: "`playbook.toml` 指定的主题没有对应的文件夹。\n\n否则网站会以另一种外观生成。请建立 `themes/<name>/`，或删去这个键以使用内置主题。"
}

rule! {
    /// A string table of a theme holds something that is no string and no plural.
    ///
    /// ## Why
    /// The site would show the words of another language in its place.
    ///
    /// ## What to do
    /// Write `key = "words"`, or `key = { one = "{n} day", other = "{n} days" }`; use only the placeholders of the default theme.
    pub(crate) static BAD_STRINGS = "theme/strings", Warning, [],
    zh: "主题的文字表中有既不是文字也不是单复数的值，或用了未知的占位符。\n\n网站会在那里显示另一种语言的文字。"
}

rule! {
    /// A site language has no string table of its own.
    ///
    /// ## Why
    /// Headings, buttons and dates of that language are shown in another one.
    ///
    /// ## What to do
    /// Add `themes/<name>/strings/<language>.toml`.
    pub(crate) static NO_STRINGS = "theme/language", Warning, [],
    zh: "网站的某种语言没有自己的文字表。\n\n标题、按钮和日期会以另一种语言显示。请添加 `themes/<name>/strings/<语言>.toml`。"
}

/// Rules of themes.
pub static THEME_RULES: &[&Rule] = &[&UNKNOWN_THEME, &BAD_STRINGS, &NO_STRINGS];

/// Name of the theme in the binary.
pub const DEFAULT: &str = "default";

/// A template: its text, and the file that findings point into.
#[derive(Clone, Debug)]
pub struct Template {
    /// The file; embedded ones have a path in angle brackets.
    pub file: FileId,
    /// Its text.
    pub text: Arc<str>,
}

/// A theme with the author's files laid over the default ones.
#[derive(Debug)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Templates by name: `campaign.html`, `components/card.html`; `default/campaign.html` is the one that an author's own covers.
    pub templates: BTreeMap<String, Template>,
    /// Static files by name: `style.css`.
    pub assets: BTreeMap<String, Asset>,
    /// Style sheets that only some pages need.
    pub parts: Vec<Part>,
    strings: BTreeMap<Lang, Arc<strings::Table>>,
}

impl Theme {
    /// The UI words for readers of a language.
    pub fn strings(&self, lang: &Lang) -> Strings {
        Strings::new(lang, &self.strings)
    }

    /// Whether all its templates are those in the binary, which link to nothing but files that are planned.
    pub fn has_own_templates(&self, sources: &Sources) -> bool {
        self.templates.values().any(|template| !sources.path(template.file).starts_with('<'))
    }

    /// The languages that have a string table.
    pub fn languages(&self) -> impl Iterator<Item = &Lang> {
        self.strings.keys()
    }
}

/// One file of a theme, whichever layer it comes from.
struct File {
    file: FileId,
    text: Option<Arc<str>>,
    bytes: Arc<[u8]>,
}

/// A fingerprint of all that [`load`] reads, the numbers of its files too, since findings point into them.
pub fn key(sources: &Sources, name: &str, languages: &[Lang]) -> Fingerprint {
    let mut read = vec![format!("{name} {}", sources.len())];
    read.extend(languages.iter().map(|lang| lang.tag().to_owned()));
    let config = sources.find("playbook.toml").map(|file| ("playbook.toml", file));
    let folder = format!("themes/{name}/");
    for (path, file) in sources.under(&folder).chain(config) {
        read.push(format!("{path} {} {}", file.0, Fingerprint::of(sources.bytes(file))));
    }
    Fingerprint::of(read.join("\n").as_bytes())
}

/// Adds the files of the theme in the binary to a snapshot; [`load`] does so too.
pub fn embed(sources: &mut Sources) {
    embedded(sources);
}

fn embedded(sources: &mut Sources) -> BTreeMap<String, File> {
    let add = |(path, bytes): (String, &'static [u8])| {
        let text = std::str::from_utf8(bytes).ok();
        let file = sources.add_embedded(&format!("<{DEFAULT}>/{path}"), text.unwrap_or_default());
        (path, File { file, text: text.map(Arc::from), bytes: bytes.into() })
    };
    embedded::files().into_iter().map(add).collect()
}

/// Loads a theme: the default one in the binary, over it `themes/<name>/` file by file.
pub fn load(sources: &mut Sources, name: &str, languages: &[Lang]) -> (Theme, Found) {
    let mut found = Found::new();
    let folder = format!("themes/{name}/");
    let mut files = embedded(sources);
    let own: Vec<_> = sources.under(&folder).map(|(path, file)| (path[folder.len()..].to_owned(), file)).collect();
    if own.is_empty() && name != DEFAULT {
        found.push(unknown(sources, name));
    }
    let mut covered = BTreeMap::new();
    for (path, file) in own {
        // The repository of the default theme lays it over itself; reading its words twice would be the slowest stage.
        if files.get(&path).is_some_and(|embedded| *embedded.bytes == *sources.bytes(file)) {
            continue;
        }
        let (text, bytes) = (sources.text(file).map(Arc::from), sources.shared(file));
        let own = File { file, text, bytes };
        if let Some(below) = files.insert(path.clone(), own).and_then(|below| covered_template(&path, below)) {
            covered.insert(below.0, below.1);
        }
    }
    let template = |(path, file): (&String, &File)| {
        let name = path.strip_prefix("templates/")?;
        let text = file.text.clone().filter(|_| name.ends_with(".html"))?;
        Some((name.to_owned(), Template { file: file.file, text }))
    };
    let templates = files.iter().filter_map(template).chain(covered).collect();
    let in_static = |(path, file): (&String, &File)| {
        path.strip_prefix("static/").map(|name| (name.to_owned(), Arc::clone(&file.bytes)))
    };
    let assets = assets::hashed(assets::joined(files.iter().filter_map(in_static).collect()));
    let strings = tables(sources, &files, &mut found);
    for lang in languages.iter().filter(|lang| !strings.contains_key(*lang)) {
        let (tag, span) = (lang.tag(), key_span(sources, "languages"));
        let message = said!("there are no interface words in `{tag}`", "没有 `{tag}` 的界面文字");
        let advice = said!("add `{folder}strings/{tag}.toml`", "请添加 `{folder}strings/{tag}.toml`");
        found.push(Diagnostic::new(&NO_STRINGS, span, message).hint(advice));
    }
    let parts = parts::parts(&assets);
    (Theme { name: name.to_owned(), templates, assets, parts, strings }, found)
}

/// A template of the default theme that an author's own takes the place of, under the name by which the own one may extend it:
/// `default/home.html`. Components have names of their own and are replaced whole.
fn covered_template(path: &str, below: File) -> Option<(String, Template)> {
    let name = path.strip_prefix("templates/").filter(|name| !name.starts_with("components/"))?;
    Some((format!("{DEFAULT}/{name}"), Template { file: below.file, text: below.text? }))
}

/// The string tables: `strings/en.toml` and the parts in `strings/en/`. A file of the author's adds to them key by key.
fn tables(sources: &Sources, files: &BTreeMap<String, File>, found: &mut Found) -> BTreeMap<Lang, Arc<strings::Table>> {
    let mut parts: BTreeMap<Lang, Vec<&str>> = BTreeMap::new();
    for (path, text) in embedded::texts() {
        if let Some(lang) = strings_lang(&path) {
            parts.entry(lang).or_default().push(text);
        }
    }
    let trusted = |(lang, texts): (Lang, Vec<&str>)| {
        let mut table = strings::Table::default();
        texts.into_iter().for_each(|text| table.trust(text));
        (lang, table)
    };
    let mut tables: BTreeMap<Lang, strings::Table> = parts.into_par_iter().map(trusted).collect();
    let model: Vec<strings::Table> = tables.values().cloned().collect();
    for (path, file) in files {
        let (Some(lang), Some(text)) = (strings_lang(path), file.text.as_deref()) else { continue };
        if !sources.path(file.file).starts_with('<') {
            let written = found.keep(toml::parse(file.file, text, 0));
            tables.entry(lang).or_default().lay(&written, &model, found);
        }
    }
    tables.into_iter().map(|(lang, table)| (lang, Arc::new(table))).collect()
}

/// The language whose words a file of the theme holds.
fn strings_lang(path: &str) -> Option<Lang> {
    let name = path.strip_prefix("strings/")?.strip_suffix(".toml")?;
    let tag = name.split('/').next()?;
    Lang::is_tag(tag).then(|| Lang(tag.to_owned()))
}

fn unknown(sources: &Sources, name: &str) -> Diagnostic {
    let message = said!("there is no theme `{name}`", "没有名为 `{name}` 的主题");
    let themes: std::collections::BTreeSet<&str> =
        sources.under("themes/").filter_map(|(path, _)| path.split('/').nth(1)).chain([DEFAULT]).collect();
    let near = words::nearest(name, themes);
    let diagnostic = Diagnostic::new(&UNKNOWN_THEME, key_span(sources, "theme"), message);
    match near {
        Some(near) => diagnostic.hint(said!("did you mean `{near}`?", "是否想写 `{near}`？")),
        None => diagnostic.hint(said!("make the folder `themes/{name}/`", "请建立文件夹 `themes/{name}/`")),
    }
}

/// The words of a key's value in `playbook.toml`.
fn key_span(sources: &Sources, key: &str) -> Option<Span> {
    let file = sources.find("playbook.toml")?;
    let (table, _) = toml::parse(file, sources.text(file)?, 0);
    Some(table.get(key).map_or(Span::new(file, 0, 0), |value| value.span))
}

#[cfg(test)]
mod tests;

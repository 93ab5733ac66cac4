//! Prose in several languages: a file and its translations by suffix.

use crate::base::{FileId, Found, Lang, Span};
use crate::sources::Sources;
use crate::sources::markdown::{self, Document};
use crate::sources::toml::{self, Table};

/// One language of a prose.
#[derive(Debug)]
pub struct Version {
    /// Its language.
    pub lang: Lang,
    /// Its file.
    pub file: FileId,
    /// Its parsed body.
    pub document: Document,
}

/// A text in Markdown with its translations.
#[derive(Debug)]
pub struct Prose {
    /// Versions; the one without suffix first.
    pub versions: Vec<Version>,
}

impl Prose {
    /// The version for readers of `lang`: itself, kin, else the file without suffix.
    pub fn get(&self, lang: &Lang) -> Option<&Version> {
        let exact = self.versions.iter().find(|v| v.lang == *lang);
        let kin = || self.versions.iter().find(|v| v.lang.is_kin(lang));
        exact.or_else(kin).or_else(|| self.versions.first())
    }

    /// The version without suffix.
    pub fn main(&self) -> Option<&Version> {
        self.versions.first()
    }
}

/// A prose file as read: its front matter and its versions.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) front: Option<Table>,
    /// Start of the file: where a missing front matter is reported.
    pub(crate) top: Span,
    pub(crate) file: FileId,
    pub(crate) prose: Prose,
}

/// Splits `brief.zh-Hans.md` into `brief` and its language; no language for `brief.md`.
pub(crate) fn stem(name: &str) -> Option<(&str, Option<Lang>)> {
    let base = name.strip_suffix(".md")?;
    Some(match base.rsplit_once('.') {
        Some((stem, tag)) if Lang::is_tag(tag) => (stem, Some(Lang(tag.to_owned()))),
        _ => (base, None),
    })
}

/// Reads `<folder><stem>.md` and its translations.
pub(crate) fn read(sources: &Sources, folder: &str, name: &str, default: &Lang, found: &mut Found) -> Option<Read> {
    let main_path = format!("{folder}{name}.md");
    let file = sources.find(&main_path)?;
    let text = sources.text(file)?;
    let split = markdown::split_front_matter(text);
    found.extend(split.found(file));
    let front = split.toml.clone().map(|range| {
        let mut table = found.keep(toml::parse(file, &text[range.clone()], range.start));
        table.span = Span::new(file, 0, text[..split.body].trim_end().find('\n').unwrap_or(3).min(3));
        table
    });
    let mut versions =
        vec![Version { lang: default.clone(), file, document: found.keep(Document::parse(file, text, split.body)) }];
    for (path, file) in sources.under(&format!("{folder}{name}.")) {
        let Some((stem, Some(lang))) = path.strip_prefix(folder).and_then(stem) else { continue };
        let Some(text) = sources.text(file).filter(|_| stem == name) else { continue };
        let split = markdown::split_front_matter(text);
        found.extend(split.found(file));
        versions.push(Version { lang, file, document: found.keep(Document::parse(file, text, split.body)) });
    }
    Some(Read { front, top: Span::new(file, 0, 0), file, prose: Prose { versions } })
}

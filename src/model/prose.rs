//! Prose in several languages: a file and its translations by suffix.

use crate::base::{FileId, Found, Lang, Span};
use crate::sources::Sources;
use crate::sources::markdown::Document;
use crate::sources::toml::Table;
use std::sync::Arc;

/// One language of a prose.
#[derive(Debug)]
pub struct Version {
    /// Its language.
    pub lang: Lang,
    /// Its file.
    pub file: FileId,
    /// Its parsed body.
    pub document: Arc<Document>,
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
pub(crate) struct Read<'s> {
    pub(crate) front: Option<&'s Table>,
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

/// Whether two states of a file of prose say the same but for the words of the text: their front matter is the same, byte for byte,
/// and they lead to the same places.
pub(super) fn is_reworded(file: FileId, before: &Sources, after: &Sources) -> bool {
    let of = |sources: &Sources| {
        let document = &sources.prose(file)?.document;
        let leads =
            document.links.iter().map(|link| (link.dest.clone(), link.is_image, link.reach)).collect::<Vec<_>>();
        Some((sources.text(file)?.get(..document.body)?.to_owned(), leads))
    };
    after.path(file).ends_with(".md") && of(before).is_some_and(|state| of(after) == Some(state))
}

/// Reads `<folder><stem>.md` and its translations.
pub(crate) fn read<'s>(
    sources: &'s Sources,
    folder: &str,
    name: &str,
    default: &Lang,
    found: &mut Found,
) -> Option<Read<'s>> {
    let main_path = format!("{folder}{name}.md");
    let file = sources.find(&main_path)?;
    let main = sources.prose(file)?;
    found.extend(main.found_in_front.iter().chain(main.found.iter()).cloned());
    let mut versions = vec![Version { lang: default.clone(), file, document: Arc::clone(&main.document) }];
    for (path, file) in sources.under(&format!("{folder}{name}.")) {
        let Some((stem, Some(lang))) = path.strip_prefix(folder).and_then(stem) else { continue };
        let Some(parsed) = sources.prose(file).filter(|_| stem == name) else { continue };
        // The keys of a translation are its original's.
        found.extend(parsed.found.iter().cloned());
        versions.push(Version { lang, file, document: Arc::clone(&parsed.document) });
    }
    Some(Read { front: main.front.as_ref(), top: Span::new(file, 0, 0), file, prose: Prose { versions } })
}

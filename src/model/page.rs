//! Free pages: prose with a title, alone or in the chapters of a manual.

use super::prose::{self, Prose};
use super::sop::no_front_matter;
use crate::base::{FileId, Found, Id, Lang, Span, Spanned, Text};
use crate::shape;
use crate::sources::Sources;
use crate::sources::shape::{Record, bad_id};
use std::collections::BTreeSet;

/// Where they lie.
pub(crate) const FOLDER: &str = "content/pages/";

/// The page that a folder opens with: the chapter itself.
const INDEX: &str = "index";

shape! {
    /// Front matter of a free page.
    pub struct RawPage {
        /// Title.
        "title" title: needed Text,
        /// One or two sentences.
        "summary" summary: optional Text,
        /// Place in the menu, and among the pages of its chapter.
        "order" order: default i64,
        /// Whether it is in the menu; default true, of a page in a chapter false.
        "menu" menu: optional bool,
        /// Earlier ids.
        "aliases" aliases: list Spanned<Id>,
        /// What it is about: pages with a tag in common are listed together.
        "tags" tags: list Spanned<Id>,
    }
}

/// A free page.
#[derive(Debug)]
pub struct FreePage {
    /// Its file's name.
    pub id: Id,
    /// The folder it lies in.
    pub chapter: Option<Id>,
    /// Its file.
    pub file: FileId,
    /// Title.
    pub title: Text,
    /// One or two sentences.
    pub summary: Option<Text>,
    /// Place in the menu, and among the pages of its chapter.
    pub order: i64,
    /// Whether it is in the menu.
    pub menu: bool,
    /// Earlier ids: addresses that lead here.
    pub aliases: Vec<Spanned<Id>>,
    /// Tags in the order of the file, each once.
    pub tags: Vec<Id>,
    /// Its prose.
    pub prose: Prose,
}

impl FreePage {
    /// Where it lies below the site: `name`, `chapter/name`; of the page that opens a chapter `chapter`.
    pub fn address(&self) -> String {
        match &self.chapter {
            Some(chapter) if self.opens_chapter() => chapter.to_string(),
            _ => self.address_of(self.id.as_str()),
        }
    }
    /// Where it would lie under another id.
    pub fn address_of(&self, id: &str) -> String {
        self.chapter.as_ref().map_or_else(|| id.to_owned(), |chapter| format!("{chapter}/{id}"))
    }
    /// Whether it is the page that a chapter opens with.
    pub fn opens_chapter(&self) -> bool {
        self.chapter.is_some() && self.id.as_str() == INDEX
    }
}

/// Reads all of them: by place in the menu, chapter and name.
pub(crate) fn pages(sources: &Sources, default: &Lang, found: &mut Found) -> Vec<FreePage> {
    read(sources, FOLDER, default, found)
}

/// The pages of a folder, in order of the menu.
pub(super) fn read(sources: &Sources, folder: &str, default: &Lang, found: &mut Found) -> Vec<FreePage> {
    let mut pages = Vec::new();
    let mut refused: BTreeSet<&str> = BTreeSet::new();
    for (path, file) in sources.under(folder) {
        let Some(inside) = path.strip_prefix(folder) else { continue };
        let (chapter, file_name) = match inside.split_once('/') {
            None => (None, inside),
            Some(("assets", _)) => continue,
            Some((chapter, name)) if !name.contains('/') => (Some(chapter), name),
            Some(_) => continue,
        };
        let Some((name, None)) = prose::stem(file_name) else { continue };
        let span = Span::new(file, 0, 0);
        let id = |text: &str, found: &mut Found| {
            let id = Id::new(text);
            if id.is_none() {
                found.push(bad_id(text, span, false));
            }
            id
        };
        let chapter = match chapter {
            None => None,
            Some(chapter) if refused.contains(chapter) => continue,
            Some(chapter) => match id(chapter, found) {
                Some(id) => Some(id),
                None => {
                    refused.insert(chapter);
                    continue;
                }
            },
        };
        let Some(name_id) = id(name, found) else { continue };
        let folder = &path[..path.len() - file_name.len()];
        let Some(read) = prose::read(sources, folder, name, default, found) else { continue };
        let Some(front) = read.front else {
            found.push(no_front_matter(read.top, "title"));
            continue;
        };
        let raw = RawPage::read(front, found);
        let mut tags: Vec<Id> = Vec::new();
        for tag in raw.tags {
            if !tags.contains(&tag.value) {
                tags.push(tag.value);
            }
        }
        let mut page = FreePage {
            id: name_id,
            chapter,
            file: read.file,
            title: raw.title,
            summary: raw.summary,
            order: raw.order,
            menu: false,
            tags,
            aliases: raw.aliases,
            prose: read.prose,
        };
        page.menu = raw.menu.unwrap_or(page.chapter.is_none() || page.opens_chapter());
        pages.push(page);
    }
    pages.sort_by(|a, b| (a.order, &a.chapter, &a.id).cmp(&(b.order, &b.chapter, &b.id)));
    pages
}

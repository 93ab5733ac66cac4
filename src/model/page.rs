//! Free pages: prose with a title, alone or in the chapters of a manual.

use super::prose::{self, Prose};
use super::sop::no_front_matter;
use crate::base::{FileId, Found, Id, Lang, Span, Spanned, Text};
use crate::shape;
use crate::sources::Sources;
use crate::sources::shape::{Record, bad_id};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

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

/// Reads all of them but those that are kept from before, by place in the menu, chapter and name; and says of which nothing was
/// found.
pub(super) fn pages(
    sources: &Sources,
    default: &Lang,
    mut kept: HashMap<FileId, Arc<FreePage>>,
    found: &mut Found,
) -> (Vec<Arc<FreePage>>, HashSet<FileId>) {
    let names = names(sources, FOLDER, found);
    let kept: Vec<(Name<'_>, Option<Arc<FreePage>>)> = names
        .into_iter()
        .map(|name| {
            let page = kept.remove(&name.file);
            (name, page)
        })
        .collect();
    let read = kept.into_par_iter().map(|(name, page)| match page {
        Some(page) => (Some(page), Found::new()),
        None => {
            let (page, found) = one(sources, name, default);
            (page.map(Arc::new), found)
        }
    });
    let read: Vec<(Option<Arc<FreePage>>, Found)> = read.collect();
    let silent = read.iter().filter(|(_, found)| found.is_empty());
    let silent = silent.filter_map(|(page, _)| page.as_ref().map(|page| page.file)).collect();
    (in_order(read.into_iter().filter_map(|read| found.keep(read)).collect()), silent)
}

/// The pages of a folder, in order of the menu.
pub(super) fn read(sources: &Sources, folder: &str, default: &Lang, found: &mut Found) -> Vec<Arc<FreePage>> {
    let names = names(sources, folder, found);
    let read = names.into_iter().filter_map(|name| found.keep(one(sources, name, default)));
    in_order(read.map(Arc::new).collect())
}

fn in_order(mut pages: Vec<Arc<FreePage>>) -> Vec<Arc<FreePage>> {
    pages.par_sort_by(|a, b| (a.order, &a.chapter, &a.id).cmp(&(b.order, &b.chapter, &b.id)));
    pages
}

/// The files of a folder that are named like pages.
fn names<'s>(sources: &'s Sources, folder: &'s str, found: &mut Found) -> Vec<Name<'s>> {
    let mut refused: BTreeSet<&str> = BTreeSet::new();
    let mut names = Vec::new();
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
        let Some(id) = id(name, found) else { continue };
        names.push(Name { id, chapter, file, folder: &path[..path.len() - file_name.len()], stem: name });
    }
    names
}

/// A file that is named like a page.
struct Name<'s> {
    id: Id,
    chapter: Option<Id>,
    file: FileId,
    folder: &'s str,
    stem: &'s str,
}

fn one(sources: &Sources, name: Name<'_>, default: &Lang) -> (Option<FreePage>, Found) {
    let mut found = Found::new();
    let Some(read) = prose::read(sources, name.folder, name.stem, default, &mut found) else { return (None, found) };
    let Some(front) = read.front else {
        found.push(no_front_matter(read.top, "title"));
        return (None, found);
    };
    let raw = RawPage::read(front, &mut found);
    let mut tags: Vec<Id> = Vec::new();
    for tag in raw.tags {
        if !tags.contains(&tag.value) {
            tags.push(tag.value);
        }
    }
    let mut page = FreePage {
        id: name.id,
        chapter: name.chapter,
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
    (Some(page), found)
}

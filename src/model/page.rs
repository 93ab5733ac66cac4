//! Free pages: prose with a title and a place in the menu.

use super::prose::{self, Prose};
use super::sop::no_front_matter;
use crate::base::{FileId, Found, Id, Lang, Span, Spanned, Text};
use crate::shape;
use crate::sources::Sources;
use crate::sources::shape::{Record, bad_id};

shape! {
    /// Front matter of a free page.
    pub struct RawPage {
        /// Title.
        "title" title: needed Text,
        /// Place in the menu.
        "order" order: default i64,
        /// Whether it is in the menu; default true.
        "menu" menu: optional bool,
        /// Earlier ids.
        "aliases" aliases: list Spanned<Id>,
    }
}

/// A free page.
#[derive(Debug)]
pub struct FreePage {
    /// Id, its file's name.
    pub id: Id,
    /// Its file.
    pub file: FileId,
    /// Title.
    pub title: Text,
    /// Place in the menu.
    pub order: i64,
    /// Whether it is in the menu.
    pub menu: bool,
    /// Earlier ids: addresses that lead here.
    pub aliases: Vec<Spanned<Id>>,
    /// Its prose.
    pub prose: Prose,
}

pub(crate) fn pages(sources: &Sources, default: &Lang, found: &mut Found) -> Vec<FreePage> {
    read(sources, "content/pages/", default, found)
}

/// The pages of a folder, in order of the menu.
pub(super) fn read(sources: &Sources, folder: &str, default: &Lang, found: &mut Found) -> Vec<FreePage> {
    let mut pages = Vec::new();
    for (path, file) in sources.under(folder) {
        let Some((name, None)) = path.strip_prefix(folder).and_then(prose::stem) else { continue };
        let Some(id) = Id::new(name) else {
            found.push(bad_id(name, Span::new(file, 0, 0), false));
            continue;
        };
        let Some(read) = prose::read(sources, folder, name, default, found) else { continue };
        let Some(front) = read.front else {
            found.push(no_front_matter(read.top, "title"));
            continue;
        };
        let raw = RawPage::read(&front, found);
        pages.push(FreePage {
            id,
            file: read.file,
            title: raw.title,
            order: raw.order,
            menu: raw.menu.unwrap_or(true),
            aliases: raw.aliases,
            prose: read.prose,
        });
    }
    pages.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    pages
}

//! Links in prose: paths of source files become addresses of the pages that show them.

use super::{Cx, Route, resolved};
use crate::base::Span;
use crate::markup::markdown::{Image, Links, Target};
use crate::sources::markdown::{Reach, Task};

/// How a text's headings and tasks are fitted into a page.
#[derive(Clone, Copy, Default)]
pub struct Heading<'a> {
    /// Added to every heading's level.
    pub shift: u8,
    /// Put before every id, for several texts on one page.
    pub id_prefix: &'a str,
    /// HTML added behind a task's words.
    pub task: Option<&'a dyn Fn(&Task) -> String>,
}

/// Resolves the links of one file.
pub(super) struct Resolver<'c, 'a> {
    pub(super) cx: &'c Cx<'a>,
    pub(super) from: &'c str,
}

impl Resolver<'_, '_> {
    /// The address that a path in the sources leads to, seen from the page.
    fn address(&self, dest: &str) -> Option<String> {
        let (path, fragment) = dest.split_once('#').map_or((dest, None), |(path, fragment)| (path, Some(fragment)));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let decoded = crate::markup::html::decoded(path);
        let target = resolved(self.from, &decoded)?;
        let directory = self.cx.directory();
        let whole =
            [target.clone(), format!("{target}/campaign.toml"), format!("{target}.md"), format!("{target}.toml")];
        let shown = whole.iter().find_map(|path| directory.shows(path))?;
        let fragment = match fragment {
            Some(fragment) => format!("{}{fragment}", shown.prefix),
            None => shown.anchor.clone(),
        };
        if fragment.is_empty() {
            return Some(self.cx.address(&shown.route));
        }
        let is_here = shown.route == *self.cx.route;
        let page = if is_here { String::new() } else { self.cx.address(&shown.route) };
        Some(format!("{page}#{fragment}"))
    }
}

impl Links for Resolver<'_, '_> {
    fn link(&self, dest: &str, _: Span) -> Target {
        match Reach::of(dest) {
            Reach::Relative if !dest.starts_with('#') => {
                Target { href: self.address(dest).unwrap_or_else(|| dest.to_owned()), external: false }
            }
            reach => Target { href: dest.to_owned(), external: reach == Reach::Web },
        }
    }

    fn image(&self, dest: &str, _: Span) -> Image {
        let decoded = crate::markup::html::decoded(dest);
        let asset = resolved(self.from, &decoded).and_then(|path| {
            let shown = self.cx.directory().shows(&path)?;
            let sources = self.cx.ground().sources;
            let size = sources.find(&path).and_then(|file| crate::markup::image::size(sources.bytes(file)));
            Some((self.cx.address(&shown.route), size))
        });
        match asset {
            Some((src, size)) => {
                let (width, height) = size.map_or((None, None), |(w, h)| (Some(w), Some(h)));
                Image { src, width, height }
            }
            None => Image { src: dest.to_owned(), width: None, height: None },
        }
    }
}

/// Where a file under an `assets` folder is published: at its path without `content/`.
pub(crate) fn asset_route(path: &str) -> Option<Route> {
    let inside = path.strip_prefix("content/")?;
    inside.split('/').any(|part| part == "assets").then(|| Route::shared(inside))
}

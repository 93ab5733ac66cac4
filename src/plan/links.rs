//! Links in prose: paths of source files become addresses of the pages that show them.

use super::{Cx, Directory, Route, Shown, resolved};
use crate::base::{FileId, Fingerprint, Span};
use crate::markup::markdown::{Image, Links, Target};
use crate::model::prose::Prose;
use crate::sources::Sources;
use crate::sources::markdown::{Reach, Task};
use rayon::prelude::*;
use std::collections::BTreeMap;

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

/// Where a path leads that the text of a file names, and the fragment it names.
pub(super) fn shown<'d, 't>(
    directory: &'d Directory,
    from: &str,
    dest: &'t str,
) -> Option<(&'d Shown, Option<&'t str>)> {
    let (path, fragment) = dest.split_once('#').map_or((dest, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let decoded = crate::markup::html::decoded(path);
    let mut target = resolved(from, &decoded)?;
    // Nearly all links name the file itself.
    let shown = directory.shows(&target).or_else(|| {
        let length = target.len();
        ["/campaign.toml", ".md", ".toml"].iter().find_map(|ending| {
            target.truncate(length);
            target.push_str(ending);
            directory.shows(&target)
        })
    });
    shown.map(|shown| (shown, fragment))
}

/// The author's words on one page, written without the page around them.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) html: String,
    /// Addresses as written, each with its place in the source.
    pub(crate) links: Vec<(String, Span)>,
}

/// Texts with a link that may be wrong, by the page that shows them: one that leads to no file of the sources, or names a place.
pub(crate) fn doubtful(plan: &super::Plan<'_>) -> BTreeMap<String, Written> {
    let (sources, directory) = (plan.ground.sources, &plan.directory);
    let default = plan.ground.model.settings.default_lang();
    let base_url = plan.ground.model.settings.base_url.as_deref();
    let is_doubtful = |from: &str, link: &crate::sources::markdown::Link| match link.reach {
        Reach::Blocked | Reach::Mail | Reach::Phone => false,
        // Somebody may write the whole address of a page of this site.
        Reach::Web => link.is_image || base_url.is_some_and(|base| link.dest.starts_with(base)),
        _ => shown(directory, from, &link.dest).is_none_or(|(_, fragment)| fragment.is_some()),
    };
    let proses: Vec<&Prose> = plan.ground.model.proses().collect();
    let write = |prose: &Prose| {
        let mut pages = Vec::new();
        for edition in &plan.editions {
            let Some(version) = prose.get(&edition.lang) else { continue };
            let from = sources.path(version.file);
            if !version.document.links.iter().any(|link| is_doubtful(from, link)) {
                continue;
            }
            // What no page shows, nobody follows.
            let Some(place) = directory.shows(from) else { continue };
            let output = place.route.output(&edition.lang, default);
            let cx = Cx::new(plan, edition, &place.route, &output);
            let rendered = cx.markdown(version, Heading { id_prefix: &place.prefix, ..Heading::default() });
            pages.push((output, rendered));
        }
        pages
    };
    let written: Vec<_> = proses.into_par_iter().flat_map_iter(write).collect();
    let mut pages: BTreeMap<String, Written> = BTreeMap::new();
    for (output, rendered) in written {
        let page = pages.entry(output).or_default();
        page.html.push_str(&rendered.html);
        page.links.extend(rendered.links);
    }
    pages
}

impl Resolver<'_, '_> {
    /// The address that a path in the sources leads to, seen from the page.
    fn address(&self, dest: &str) -> Option<String> {
        let (shown, fragment) = shown(self.cx.directory(), self.from, dest)?;
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

/// Where a file under an `assets` folder is published: at its path without `content/`, named by its bytes too, so that
/// it may be cached for ever and a changed picture is never shown as it was.
pub(crate) fn asset_route(sources: &Sources, file: FileId) -> Option<Route> {
    let inside = sources.path(file).strip_prefix("content/")?;
    if !inside.split('/').any(|part| part == "assets") {
        return None;
    }
    let hash = Fingerprint::of(sources.bytes(file)).short();
    let (folder, name) = inside.rsplit_once('/')?;
    Some(Route::shared(&match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{folder}/{stem}.{hash}.{ending}"),
        None => format!("{folder}/{name}.{hash}"),
    }))
}

//! Which files the site has. Knows no page by name: pages and exports plan themselves, this room puts them together.

mod backlinks;
mod cx;
mod foot;
mod format;
mod leaves;
mod links;
mod nav;
mod page;
mod route;

pub use crate::sources::resolved;
pub use cx::{Cx, Day, Ref, Words};
pub(crate) use foot::{Foot, edit_address, foot};
pub use leaves::{Leaf, Leaves, Pages};
pub use links::Heading;
pub(crate) use links::{asset_route, doubtful};
pub use nav::{Section, Shelf};
pub use page::{Finished, Page, Planned, View};
pub use route::{Route, folded, relative, root};

pub(crate) use nav::{Label, Menu, MenuItem};
pub(crate) use page::Body;

use crate::base::{Diagnostic, Found, Lang, Rule, Span};
use crate::model::Model;
use crate::sources::Sources;
use crate::theme::{Strings, Theme};
use crate::{rule, said};
use rayon::prelude::*;
use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, HashSet};

rule! {
    /// Two files of the site would lie at the same address.
    ///
    /// ## Why
    /// One would overwrite the other, on some machines only: file systems that ignore case, or that spell `é` in
    /// another way, hold one file where others hold two.
    ///
    /// ## What to do
    /// Rename one of the two sources, or remove the alias.
    pub(crate) static CLASH = "site/address", Error, [],
    zh: "网站的两个文件会落在同一个地址。\n\n其中一个会覆盖另一个，而且只在某些机器上发生：有的文件系统不区分大小写。请重命名其中一个来源，或删除别名。"
}

/// Rules of the plan.
pub static PLAN_RULES: &[&Rule] = &[&CLASH];

/// What all pages stand on.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Everything an author wrote, bound together.
    pub model: &'a Model,
    /// The files it came from.
    pub sources: &'a Sources,
    /// Look and words.
    pub theme: &'a Theme,
    /// What reading and checks found, sorted.
    pub findings: &'a [Diagnostic],
    /// Findings that a waiver sets aside, each with that waiver's place in the model.
    pub waived: &'a [(Diagnostic, usize)],
    /// Every rule there is, sorted by code.
    pub rules: &'a [&'static Rule],
}

/// Plans the files of one kind.
pub type Planner = for<'a> fn(&'a Ground<'a>) -> Vec<Planned<'a>>;

/// Where a source file is shown.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The page or file.
    pub(crate) route: Route,
    /// Where on it, when a link names no fragment.
    pub(crate) anchor: String,
    /// What the ids of its text begin with on that page.
    pub(crate) prefix: String,
}

/// What lies where; the same for every language.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    routes: HashSet<Route>,
    sources: HashMap<String, Shown>,
    downloads: HashMap<Route, Vec<Route>>,
}

impl Directory {
    /// Whether a file is planned.
    pub(crate) fn has(&self, route: &Route) -> bool {
        self.routes.contains(route)
    }
    /// Files that a page offers at its end.
    pub(crate) fn downloads(&self, page: &Route) -> &[Route] {
        self.downloads.get(page).map_or(&[], Vec::as_slice)
    }
    /// Where a source file is shown; a translation where its original is.
    pub(crate) fn shows(&self, path: &str) -> Option<&Shown> {
        let original = || {
            let (folder, name) = path.rsplit_once('/')?;
            let (stem, _) = crate::model::prose::stem(name).filter(|(_, lang)| lang.is_some())?;
            self.sources.get(&format!("{folder}/{stem}.md"))
        };
        self.sources.get(path).or_else(original)
    }
}

/// One language of the site.
#[derive(Debug)]
pub(crate) struct Edition {
    /// The language.
    pub(crate) lang: Lang,
    /// Its UI words.
    pub(crate) strings: Strings,
}

/// One file to be made.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its path in the site.
    pub(crate) output: String,
    /// Index into [`Plan::editions`].
    pub(crate) edition: usize,
    /// Index into [`Plan::planned`].
    pub(crate) planned: usize,
    /// Whether it is a redirect to the planned file instead of the file itself: the earlier route.
    pub(crate) alias: Option<Route>,
}

/// The whole site, not yet rendered.
pub struct Plan<'a> {
    pub(crate) ground: &'a Ground<'a>,
    pub(crate) planned: Vec<Planned<'a>>,
    pub(crate) editions: Vec<Edition>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) directory: Directory,
    pub(crate) menu: Menu,
    backlinks: backlinks::Backlinks,
}

impl<'a> Plan<'a> {
    /// What a file's maker may ask.
    pub(crate) fn cx(&'a self, entry: &'a Entry) -> Cx<'a> {
        let planned = &self.planned[entry.planned];
        let route = entry.alias.as_ref().unwrap_or(&planned.route);
        Cx::new(self, &self.editions[entry.edition], route, &entry.output)
    }

    /// Pages that name a page, given by its place in the plan, with the words they are known by and their routes.
    pub(crate) fn backlinks(&self, page: usize) -> impl ExactSizeIterator<Item = (&page::Name<'a>, &Route)> {
        self.backlinks[page].iter().map(|from| {
            let page = &self.planned[*from as usize];
            (page.name.as_ref().expect("bug: a page without a name is no backlink"), &page.route)
        })
    }

    /// Paths of all files in order.
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.output.as_str())
    }
}

/// Plans the whole site once for each language. Two files at one address are a finding; the first stays.
pub fn assemble<'a>(registers: &[&[Planner]], ground: &'a Ground<'a>) -> (Plan<'a>, Found) {
    let mut found = Found::new();
    let planners: Vec<&Planner> = registers.iter().flat_map(|register| register.iter()).collect();
    let lists: Vec<Vec<Planned<'a>>> = planners.into_par_iter().map(|planner| planner(ground)).collect();
    let planned: Vec<Planned<'a>> = lists.into_iter().flatten().collect();
    let settings = &ground.model.settings;
    let edition = |lang: &Lang| Edition { lang: lang.clone(), strings: ground.theme.strings(lang) };
    let editions: Vec<Edition> = settings.languages.iter().map(edition).collect();

    let (directory, (entries, clashes)) =
        rayon::join(|| directory(&planned), || entries(&planned, &editions, settings.default_lang()));
    found.extend(clashes);
    let (menu, backlinks) =
        rayon::join(|| Menu::of(&planned), || backlinks::gather(ground.model, ground.sources, &directory, &planned));
    (Plan { ground, planned, editions, entries, directory, menu, backlinks }, found)
}

/// What lies where, and what shows which source.
fn directory(planned: &[Planned<'_>]) -> Directory {
    let mut directory = Directory::default();
    directory.routes.reserve(planned.len());
    directory.sources.reserve(planned.len());
    for page in planned {
        directory.routes.insert(page.route.clone());
        directory.routes.extend(page.aliases.iter().cloned());
        for place in &page.offered_on {
            directory.downloads.entry(place.clone()).or_default().push(page.route.clone());
        }
        for (path, anchor, prefix) in &page.shows {
            let shown = Shown { route: page.route.clone(), anchor: anchor.clone(), prefix: prefix.clone() };
            directory.sources.entry(path.clone()).or_insert(shown);
        }
    }
    directory
}

/// Every file to be made in order of paths, once for each language, and findings on those that would lie at one address.
fn entries(planned: &[Planned<'_>], editions: &[Edition], default: &Lang) -> (Vec<Entry>, Found) {
    let mut found = Found::new();
    let mut taken: HashMap<String, usize> = HashMap::with_capacity(planned.len() * editions.len());
    let mut entries: Vec<Entry> = Vec::new();
    for (index, page) in planned.iter().enumerate() {
        for (number, edition) in editions.iter().enumerate() {
            if page.route.is_shared() && number > 0 {
                continue;
            }
            let own = std::iter::once(None).chain(page.aliases.iter().map(Some));
            for alias in own {
                let route = alias.unwrap_or(&page.route);
                let output = route.output(&edition.lang, default);
                match taken.entry(folded(&output)) {
                    Slot::Occupied(first) => clash(&output, &planned[*first.get()], page, &mut found),
                    Slot::Vacant(free) => {
                        free.insert(index);
                        entries.push(Entry { output, edition: number, planned: index, alias: alias.cloned() });
                    }
                }
            }
        }
    }
    entries.par_sort_by(|a, b| a.output.cmp(&b.output));
    (entries, found)
}

fn clash(output: &str, first: &Planned<'_>, second: &Planned<'_>, found: &mut Found) {
    let (one, other) = (&first.origin, &second.origin);
    let message = said!("{one} and {other} would both lie at `{output}`", "{one}与{other}会落在同一个地址 `{output}`");
    let span: Option<Span> = second.span.or(first.span);
    let mut diagnostic = Diagnostic::new(&CLASH, span, message);
    if let Some(place) = first.span.filter(|_| second.span.is_some()) {
        diagnostic = diagnostic.label(place, said!("the other one", "另一个来源"));
    }
    found.push(diagnostic.hint(said!("rename one of the two, or remove the alias", "请重命名其中一个，或删除别名")));
}

#[cfg(test)]
pub(crate) mod tests;

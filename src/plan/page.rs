//! A planned file: where it lies, and how it is made when its turn comes.

use super::{Cx, Route, Section, Words};
use crate::base::{FileId, Id, Span, Spanned};
use serde::Serialize;
use std::sync::Arc;

/// What a template can see, finished. The one place outside `render` that knows the engine's values: a view is made
/// of them at once, with no other tree between.
#[derive(Clone, Debug)]
pub struct View(pub(crate) tera::Context);

/// A page: its head, and its view.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its title; the site's name is added.
    pub title: Words,
    /// One or two sentences for search engines and previews.
    pub description: String,
    /// What it lies under, home excluded: words and address.
    pub crumbs: Vec<(Words, Route)>,
    /// The source file that is edited to change it, and the line.
    pub source: Option<(String, usize)>,
    /// Files it is made of besides that one, by path; folders end with a slash. Its history is theirs.
    pub files: Vec<String>,
    /// Whether search and sitemap leave it out.
    pub is_hidden: bool,
    /// Ways to the other pages of the list that it is a part of.
    pub pages: Option<super::Pages>,
    pub(crate) view: View,
}

impl Page {
    /// A page. The view must be a struct or map: each field is a variable of the template.
    pub fn new(title: impl Into<Words>, view: impl Serialize) -> Self {
        let context = tera::Context::from_serialize(&view).expect("bug: a view is a struct of plain values");
        Self {
            title: title.into(),
            description: String::new(),
            crumbs: Vec::new(),
            source: None,
            files: Vec::new(),
            is_hidden: false,
            pages: None,
            view: View(context),
        }
    }
    /// Adds what it lies under; outermost first.
    #[must_use]
    pub fn under(mut self, words: impl Into<Words>, route: Route) -> Self {
        self.crumbs.push((words.into(), route));
        self
    }
    /// Says in one or two sentences what it is.
    #[must_use]
    pub fn about(mut self, words: impl Into<String>) -> Self {
        self.description = words.into();
        self
    }
    /// Names the source file, and the line in it, that is edited to change it.
    #[must_use]
    pub fn edited_in(mut self, path: impl Into<String>, line: usize) -> Self {
        self.source = Some((path.into(), line));
        self
    }
    /// Names more files that it is made of, or a folder of them, whose path ends with a slash.
    #[must_use]
    pub fn made_of(mut self, paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.files.extend(paths.into_iter().map(Into::into));
        self
    }
    /// Leaves it out of search and sitemap.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.is_hidden = true;
        self
    }
}

/// A page when it is finished: what files made from all pages (search, sitemap, link check) may see.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its path in the site.
    pub output: String,
    /// Its path without the language.
    pub route: Route,
    /// Index of its language in the settings.
    pub edition: usize,
    /// Its title.
    pub title: Words,
    /// What it lies under.
    pub crumbs: Vec<String>,
    /// Its section's key, such as `campaigns`.
    pub section: &'static str,
    /// One or two sentences.
    pub description: String,
    /// Whether search and sitemap leave it out.
    pub is_hidden: bool,
    /// Links of its prose as written to HTML, with the place of each in its source.
    pub links: Vec<(String, Span)>,
    /// Files whose prose it shows.
    pub prose: Vec<FileId>,
    /// Its HTML.
    pub html: Arc<[u8]>,
}

type Maker<'a, T> = Box<dyn Fn(&Cx<'_>) -> T + Send + Sync + 'a>;
pub(crate) type Name<'a> = Box<dyn Fn(&Cx<'_>) -> Words + Send + Sync + 'a>;
type Folder<'a> = Box<dyn Fn(&Cx<'_>, &[Finished]) -> Vec<(Route, Arc<[u8]>)> + Send + Sync + 'a>;
type Last<'a> = Box<dyn Fn(&Cx<'_>, &[Finished]) -> Arc<[u8]> + Send + Sync + 'a>;

/// How a file is made.
pub(crate) enum Body<'a> {
    /// By a template.
    Page(&'static str, Maker<'a, Page>),
    /// As bytes.
    Bytes(Maker<'a, Arc<[u8]>>),
    /// As bytes, when all pages are finished.
    Last(Last<'a>),
    /// As several files, when all pages are finished.
    Folder(Folder<'a>),
}

/// A file of the site.
pub struct Planned<'a> {
    pub(crate) route: Route,
    pub(crate) section: Option<Section>,
    pub(crate) menu: Option<super::MenuItem>,
    pub(crate) shows: Vec<(String, String, String)>,
    pub(crate) aliases: Vec<Route>,
    pub(crate) origin: String,
    pub(crate) span: Option<Span>,
    pub(crate) is_absolute: bool,
    pub(crate) name: Option<Name<'a>>,
    pub(crate) cites: Vec<Route>,
    pub(crate) offered_on: Vec<Route>,
    pub(crate) body: Body<'a>,
}

impl<'a> Planned<'a> {
    fn new(route: Route, body: Body<'a>) -> Self {
        let origin = format!("`{}`", route.path());
        Self {
            route,
            section: None,
            menu: None,
            shows: Vec::new(),
            aliases: Vec::new(),
            origin,
            span: None,
            is_absolute: false,
            name: None,
            cites: Vec::new(),
            offered_on: Vec::new(),
            body,
        }
    }
    /// A page that `template` shows; `make` is called once for each language, in any order, on any thread.
    pub fn page(route: Route, template: &'static str, make: impl Fn(&Cx<'_>) -> Page + Send + Sync + 'a) -> Self {
        Self::new(route, Body::Page(template, Box::new(make)))
    }
    /// A file that no template makes.
    pub fn bytes<B: Into<Arc<[u8]>>>(route: Route, make: impl Fn(&Cx<'_>) -> B + Send + Sync + 'a) -> Self {
        Self::new(route, Body::Bytes(Box::new(move |cx| make(cx).into())))
    }
    /// A file made from all finished pages.
    pub fn last<B: Into<Arc<[u8]>>>(route: Route, make: impl Fn(&Cx<'_>, &[Finished]) -> B + Send + Sync + 'a) -> Self {
        Self::new(route, Body::Last(Box::new(move |cx, pages| make(cx, pages).into())))
    }
    /// Files made from all finished pages: as many as their words need, beside the one that is planned, which is one of them.
    pub fn folder(
        route: Route,
        make: impl Fn(&Cx<'_>, &[Finished]) -> Vec<(Route, Arc<[u8]>)> + Send + Sync + 'a,
    ) -> Self {
        Self::new(route, Body::Folder(Box::new(make)))
    }
    /// The part of the site it belongs to, marked in the menu.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        self.section = Some(section);
        self
    }
    /// Makes it the page that its section's name in the menu leads to.
    #[must_use]
    pub fn entry(mut self, section: Section) -> Self {
        self.section = Some(section);
        self.menu = Some(super::MenuItem::Section(section));
        self
    }
    /// Puts it on a shelf of the last menu, "More", under the words of a key of the string tables.
    #[must_use]
    pub fn more(mut self, shelf: super::Shelf, order: i64, key: &'static str) -> Self {
        self.section = Some(Section::More);
        self.menu = Some(super::MenuItem::More(shelf, order, super::nav::Label::Key(key)));
        self
    }
    /// Puts it in the last menu under an author's words.
    #[must_use]
    pub fn more_named(mut self, order: i64, title: &crate::base::Text) -> Self {
        self.section = Some(Section::More);
        self.menu = Some(super::MenuItem::More(super::Shelf::Own, order, super::nav::Label::Text(title.clone())));
        self
    }
    /// Makes it the page that the header's search leads to.
    #[must_use]
    pub fn searches(mut self) -> Self {
        self.menu = Some(super::MenuItem::Search);
        self
    }
    /// Says that links to a source file lead here.
    #[must_use]
    pub fn shows(self, path: impl Into<String>) -> Self {
        self.shows_at(path, "", "")
    }
    /// The same for one of several texts on the page: `anchor` is where it begins, `prefix` what its ids begin with.
    #[must_use]
    pub fn shows_at(mut self, path: impl Into<String>, anchor: &str, prefix: &str) -> Self {
        self.shows.push((path.into(), anchor.to_owned(), prefix.to_owned()));
        self
    }
    /// Says how pages that it links to name it; without, they do not.
    #[must_use]
    pub fn named(mut self, name: impl Fn(&Cx<'_>) -> Words + Send + Sync + 'a) -> Self {
        self.name = Some(Box::new(name));
        self
    }
    /// Says that it has to do with another page, which then names it as its prose would make it do.
    #[must_use]
    pub fn cites(mut self, route: Route) -> Self {
        self.cites.push(route);
        self
    }
    /// An earlier address, which now leads here.
    #[must_use]
    pub fn alias(mut self, route: Route) -> Self {
        self.aliases.push(route);
        self
    }
    /// The same for every earlier id of what it shows.
    #[must_use]
    pub fn aliases(self, earlier: &[Spanned<Id>], route: impl Fn(&str) -> Route) -> Self {
        earlier.iter().fold(self, |page, alias| page.alias(route(alias.value.as_str())))
    }
    /// Who made it, for findings: in backticks, such as `` campaign `x` ``; and where to point.
    #[must_use]
    pub fn from(mut self, origin: impl Into<String>, span: impl Into<Option<Span>>) -> Self {
        self.origin = origin.into();
        self.span = span.into();
        self
    }
    /// A page that shows what is in this file, and offers it at its end.
    #[must_use]
    pub fn offered_on(mut self, page: Route) -> Self {
        self.offered_on.push(page);
        self
    }
    /// Names other files from the root of the web server, for a page that is shown at any address (404).
    #[must_use]
    pub fn absolute(mut self) -> Self {
        self.is_absolute = true;
        self
    }
}

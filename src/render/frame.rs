//! What surrounds every page: head, menu, footer. What many pages share is rendered once and inserted as it is.

use super::contents::Room;
use super::templates::Templates;
use crate::base::{Diagnostic, Lang, Text};
use crate::plan::{Entry, Foot, Page, Plan, Section, Words, foot, relative, root};
use crate::theme::Theme;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tera::{Context, Value};

/// A line of a menu.
#[derive(Serialize)]
struct Item {
    key: Option<&'static str>,
    text: Option<String>,
    lang: Option<String>,
    href: String,
    is_current: bool,
}

/// Lines of the last menu that belong together.
#[derive(Serialize)]
struct ShelfItems {
    key: &'static str,
    items: Vec<Item>,
}

/// What `nav.html` and `footer.html` can see.
#[derive(Serialize)]
struct Shared<'a> {
    root: &'a str,
    home: String,
    site: SiteWords,
    items: Vec<Item>,
    /// Pages of the organisation's own, where the site has no sections.
    own: Vec<Item>,
    more: Vec<ShelfItems>,
    is_in_more: bool,
    as_of: String,
    as_of_iso: String,
}

#[derive(Clone, Serialize)]
struct SiteWords {
    title: Words,
    tagline: Option<Words>,
}

/// What the templates of pages see as `page`.
#[derive(Serialize)]
struct Frame<'a> {
    lang: &'a str,
    title: &'a Words,
    is_home: bool,
    description: String,
    section: &'a str,
    root: &'a str,
    home: String,
    search: Option<String>,
    site: &'a SiteWords,
    crumbs: Vec<Crumb<'a>>,
    languages: Vec<Language<'a>>,
    /// The whole address for readers of none of these languages, where the site knows its own.
    any_language: Option<String>,
    foot: Foot,
    /// The feed of what changed, where there is one.
    feed: Option<String>,
    /// Files with what the page shows: name and address.
    downloads: Vec<(String, String)>,
    pages: Option<&'a crate::plan::Pages>,
    fallbacks: Vec<&'a str>,
    as_of: &'a str,
    as_of_iso: String,
    /// Days after which a page says how old it is, and says so clearly.
    old_quiet_days: i64,
    old_clear_days: i64,
    nav: Value,
    footer: Value,
}

#[derive(Serialize)]
struct Crumb<'a> {
    text: &'a str,
    lang: Option<&'a str>,
    href: String,
}

#[derive(Serialize)]
struct Language<'a> {
    tag: &'a str,
    name: &'a str,
    href: String,
    /// The whole address, where the site knows its own; only such may be told to search engines.
    absolute: Option<String>,
    is_current: bool,
}

/// What `redirect.html` sees.
#[derive(Serialize)]
struct Redirect<'a> {
    lang: &'a str,
    href: String,
}

/// Menus and footers by language, root and section.
pub(super) struct Frames {
    parts: BTreeMap<(usize, String, Option<Section>), (Value, Value)>,
    site: Vec<SiteWords>,
    as_of: Vec<String>,
    names: Vec<String>,
    server_root: Option<String>,
    /// How many pages of the organisation's own stand in the menu itself.
    menu_room: usize,
    /// How long lists of contents may be.
    pub(super) room: Room,
}

impl Frames {
    /// Renders the menus and footers that the plan needs.
    pub(super) fn of(plan: &Plan<'_>, theme: &Theme, templates: &Templates) -> Result<Self, Box<Diagnostic>> {
        let settings = &plan.ground.model.settings;
        let default = settings.default_lang();
        let words = |text: &Text, lang: &Lang| {
            let (text, own) = text.get(lang, default);
            Words { text: text.to_owned(), lang: (own != lang).then(|| own.tag().to_owned()) }
        };
        let site = plan
            .editions
            .iter()
            .map(|e| SiteWords {
                title: words(&settings.title, &e.lang),
                tagline: settings.tagline.as_ref().map(|t| words(t, &e.lang)),
            })
            .collect();
        let as_of = plan.entries.first().map(|first| {
            let day = |(edition, _)| {
                plan.cx(&Entry { edition, output: String::new(), planned: first.planned, alias: None })
                    .date(plan.ground.model.as_of)
            };
            plan.editions.iter().enumerate().map(day).collect()
        });
        let name = |lang: &Lang| theme.strings(lang).get("language-name").unwrap_or(lang.tag()).to_owned();
        let figure = |id: &str| usize::try_from(plan.ground.model.policy.figure(id)).unwrap_or(0);
        let mut frames = Self {
            parts: BTreeMap::new(),
            site,
            as_of: as_of.unwrap_or_default(),
            names: settings.languages.iter().map(name).collect(),
            menu_room: figure("head-pages"),
            room: Room { least: figure("contents-least"), lines: figure("contents-lines") },
            server_root: settings.base_url.as_deref().map(server_root),
        };
        let mut wanted = BTreeSet::new();
        for entry in &plan.entries {
            wanted.insert((entry.edition, frames.root(plan, entry), plan.planned[entry.planned].section));
        }
        for key in wanted {
            let context = frames.shared(plan, key.0, &key.1, key.2);
            let nav = templates.render(key.0, "nav.html", &context)?;
            let footer = templates.render(key.0, "footer.html", &context)?;
            frames.parts.insert(key, (Value::safe_string(&nav), Value::safe_string(&footer)));
        }
        Ok(frames)
    }

    /// How a page names the top of the site. Without a base URL even the page for lost readers is relative: it then
    /// looks right where it lies, and nobody knows where else it might be shown.
    fn root(&self, plan: &Plan<'_>, entry: &Entry) -> String {
        match &self.server_root {
            Some(server) if plan.planned[entry.planned].is_absolute => server.clone(),
            _ => root(&entry.output),
        }
    }

    fn shared(&self, plan: &Plan<'_>, edition: usize, root: &str, section: Option<Section>) -> Context {
        let lang = &plan.editions[edition].lang;
        let default = plan.ground.model.settings.default_lang();
        let href = |route: &crate::plan::Route| format!("{root}{}", relative("", &route.output(lang, default)));
        let item = |(is, route): &(Section, crate::plan::Route)| Item {
            key: Some(is.key()),
            text: None,
            lang: None,
            href: href(route),
            is_current: section == Some(*is),
        };
        let line = |label: &crate::plan::Label, route: &crate::plan::Route| {
            let (key, words) = match label {
                crate::plan::Label::Key(key) => (Some(*key), None),
                crate::plan::Label::Text(text) => (None, Some(text.get(lang, default))),
            };
            Item {
                key,
                text: words.map(|(text, _)| text.to_owned()),
                lang: words.filter(|(_, own)| *own != lang).map(|(_, own)| own.tag().to_owned()),
                href: href(route),
                is_current: false,
            }
        };
        let mut more: Vec<ShelfItems> = Vec::new();
        for (shelf, label, route) in &plan.menu.more {
            if more.last().is_none_or(|last| last.key != shelf.key()) {
                more.push(ShelfItems { key: shelf.key(), items: Vec::new() });
            }
            let last = more.last_mut().expect("bug: a shelf was just put there");
            last.items.push(line(label, route));
        }
        // Without sections the organisation's own pages are what the site is about, not what there is more of.
        let is_own = |shelf: &ShelfItems| plan.menu.sections.is_empty() && shelf.key == crate::plan::Shelf::Own.key();
        // Of very many each would stand in the way of the others.
        let fits = |at: &usize| more[*at].items.len() <= self.menu_room;
        let own = more.iter().position(is_own).filter(fits).map_or_else(Vec::new, |at| more.remove(at).items);
        let is_in_more = section == Some(Section::More) && own.is_empty();
        let shared = Shared {
            root,
            own,
            home: href(&crate::plan::Route::page("")),
            site: self.site[edition].clone(),
            items: plan.menu.sections.iter().map(item).collect(),
            more,
            is_in_more,
            as_of: self.as_of[edition].clone(),
            as_of_iso: plan.ground.model.as_of.to_string(),
        };
        Context::from_serialize(&shared).expect("bug: the frame is a struct of plain values")
    }

    /// What surrounds one page.
    pub(super) fn page(&self, plan: &Plan<'_>, entry: &Entry, page: &Page, fallbacks: &BTreeSet<String>) -> Value {
        let planned = &plan.planned[entry.planned];
        let settings = &plan.ground.model.settings;
        let default = settings.default_lang();
        let lang = &plan.editions[entry.edition].lang;
        let root = self.root(plan, entry);
        let (nav, footer) = self.parts[&(entry.edition, root.clone(), planned.section)].clone();
        let href = |route: &crate::plan::Route, lang: &Lang| {
            let output = route.output(lang, default);
            let is_absolute = planned.is_absolute && self.server_root.is_some();
            if is_absolute { format!("{root}{}", relative("", &output)) } else { relative(&entry.output, &output) }
        };
        let name = |tag: &str| {
            let at = settings.languages.iter().position(|l| l.tag() == tag);
            at.map_or("", |at| self.names[at].as_str())
        };
        // Only a page that search engines may show has addresses for them.
        let base_url = settings.base_url.as_ref().filter(|_| !page.is_hidden);
        let absolute = |lang: &Lang| {
            let output = planned.route.output(lang, default);
            let path = output.strip_suffix("index.html").unwrap_or(&output);
            base_url.map(|url| format!("{url}/{}", relative("", path)))
        };
        let frame = Frame {
            lang: lang.tag(),
            title: &page.title,
            is_home: planned.route.path() == "index.html",
            description: described(page, &self.site[entry.edition]),
            section: planned.section.map_or("", Section::word),
            root: &root,
            home: href(&crate::plan::Route::page(""), lang),
            search: plan.menu.search.as_ref().map(|route| href(route, lang)),
            site: &self.site[entry.edition],
            // A year or month that nothing lies in has no page.
            crumbs: page
                .crumbs
                .iter()
                .filter(|(_, route)| plan.directory.has(route))
                .map(|(words, route)| Crumb { text: &words.text, lang: words.lang.as_deref(), href: href(route, lang) })
                .collect(),
            languages: settings
                .languages
                .iter()
                .zip(&self.names)
                .map(|(l, name)| Language {
                    tag: l.tag(),
                    name,
                    href: href(&planned.route, l),
                    absolute: absolute(l),
                    is_current: l == lang,
                })
                .collect(),
            any_language: absolute(default),
            foot: foot(plan, entry, page, &plan.cx(entry)),
            feed: Some(crate::plan::Route::file("feed.xml"))
                .filter(|feed| plan.directory.has(feed))
                .map(|feed| href(&feed, lang)),
            downloads: plan
                .directory
                .downloads(&planned.route)
                .iter()
                .map(|file| (file.path().rsplit('/').next().unwrap_or_default().to_owned(), href(file, lang)))
                .collect(),
            pages: page.pages.as_ref(),
            fallbacks: fallbacks.iter().map(|tag| name(tag)).filter(|name| !name.is_empty()).collect(),
            as_of: &self.as_of[entry.edition],
            as_of_iso: plan.ground.model.as_of.to_string(),
            old_quiet_days: plan.ground.model.policy.figure("old-quiet-days"),
            old_clear_days: plan.ground.model.policy.figure("old-clear-days"),
            nav,
            footer,
        };
        Value::from_serializable(&frame)
    }

    /// The page that leads from an earlier address to the present one.
    pub(super) fn redirect(
        &self,
        plan: &Plan<'_>,
        entry: &Entry,
        templates: &Templates,
    ) -> Result<String, Box<Diagnostic>> {
        let default = plan.ground.model.settings.default_lang();
        let lang = &plan.editions[entry.edition].lang;
        let target = plan.planned[entry.planned].route.output(lang, default);
        let view = Redirect { lang: lang.tag(), href: relative(&entry.output, &target) };
        let context = Context::from_serialize(&view).expect("bug: a redirect is a struct of plain values");
        templates.render(entry.edition, "redirect.html", &context)
    }
}

/// Where the site lies on its web server, for pages that are shown at any address: `/` or `/docs/`.
fn server_root(base_url: &str) -> String {
    let after_host = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    match after_host {
        Some((_, path)) if !path.is_empty() => format!("/{}/", path.trim_matches('/')),
        _ => "/".to_owned(),
    }
}

/// What search engines are told: what the page says of itself, else its title and what the site is about.
fn described(page: &Page, site: &SiteWords) -> String {
    if !page.description.is_empty() {
        return page.description.clone();
    }
    let about = site.tagline.as_ref().unwrap_or(&site.title);
    format!("{} · {}", page.title.text, about.text)
}

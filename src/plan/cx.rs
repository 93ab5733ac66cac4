//! All a page may ask: the model, words in the reader's language, today, links to other pages.

use super::links::Heading;
use super::{Edition, Ground, Plan, Route, relative};
use crate::base::{Date, Diagnostic, FileId, Lang, Span, Text};
use crate::markup::markdown::{self, Rendered, Word};
use crate::model::Model;
use crate::model::prose::Version;
use crate::sources::git::Commit;
use crate::theme::{Arg, Strings};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Words, and the language they are in where it is not the page's.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Their language, if it is another than the page's.
    pub lang: Option<String>,
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self { text, lang: None }
    }
}
impl From<&str> for Words {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Words that may be a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ref {
    /// The words.
    pub text: String,
    /// Their language, if it is another than the page's.
    pub lang: Option<String>,
    /// The address, where there is such a page.
    pub href: Option<String>,
}

/// A day in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// `2026-09-15`.
    pub iso: String,
    /// `15 Sep 2026`.
    pub text: String,
    /// `15 Sep`.
    pub short: String,
    /// `Tue`.
    pub weekday: String,
}

/// What is noticed while a page is made.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) links: Vec<(String, Span)>,
    /// Files whose prose was written.
    pub(crate) prose: Vec<FileId>,
    pub(crate) fallbacks: BTreeSet<String>,
}

/// All a page may ask while it is made for readers of one language.
pub struct Cx<'a> {
    plan: &'a Plan<'a>,
    edition: &'a Edition,
    pub(super) route: &'a Route,
    pub(super) output: &'a str,
    pub(super) seen: RefCell<Seen>,
}

impl<'a> Cx<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, edition: &'a Edition, route: &'a Route, output: &'a str) -> Self {
        Self { plan, edition, route, output, seen: RefCell::default() }
    }

    /// What the site stands on.
    pub fn ground(&self) -> &'a Ground<'a> {
        self.plan.ground
    }
    /// Everything an author wrote.
    pub fn model(&self) -> &'a Model {
        self.plan.ground.model
    }
    /// What reading and checks found, sorted.
    pub fn findings(&self) -> &'a [Diagnostic] {
        self.plan.ground.findings
    }
    /// The reader's language.
    pub fn lang(&self) -> &'a Lang {
        &self.edition.lang
    }
    /// The day on which overdue, phase and gates are judged.
    pub fn today(&self) -> Date {
        self.model().as_of
    }
    /// The day of a commit in the time zone of the site.
    pub fn day_of(&self, commit: &Commit) -> Option<Date> {
        Date::at(commit.at, &self.model().settings.timezone)
    }
    /// The page that is being made.
    pub fn route(&self) -> &'a Route {
        self.route
    }
    /// The UI words.
    pub fn strings(&self) -> &'a Strings {
        &self.edition.strings
    }
    pub(super) fn directory(&self) -> &'a super::Directory {
        &self.plan.directory
    }
    /// What was noticed while the page was made.
    pub(crate) fn into_seen(self) -> Seen {
        self.seen.into_inner()
    }

    // ---- words

    /// UI words of a key of the string tables.
    pub fn t(&self, key: &str) -> &'a str {
        self.strings().text(key)
    }
    /// UI words with placeholders filled; the argument `n` chooses singular or plural.
    pub fn tf(&self, key: &str, args: &[Arg<'_>]) -> String {
        let filled = self.strings().fill(key, args);
        filled.unwrap_or_else(|| panic!("bug: the default theme has no words `{key}`"))
    }
    /// `1 day`, `2 days`: UI words with a number.
    pub fn count(&self, key: &str, n: impl TryInto<i64>) -> String {
        let n: i64 = n.try_into().unwrap_or(i64::MAX);
        self.tf(key, &[("n", &n)])
    }
    /// An author's words in the reader's language, else in another one, which is noticed.
    pub fn words(&self, text: &Text) -> Words {
        let (words, lang) = text.get(self.lang(), self.model().settings.default_lang());
        Words { text: words.to_owned(), lang: self.foreign(words, lang) }
    }
    /// The same without the language, for attributes and sentences.
    pub fn plain(&self, text: &Text) -> String {
        self.words(text).text
    }
    /// The tag of a language if it is not the page's and there are words in it.
    fn foreign(&self, words: &str, lang: &Lang) -> Option<String> {
        let has_letters = words.chars().any(char::is_alphabetic);
        (lang != self.lang() && has_letters).then(|| {
            self.seen.borrow_mut().fallbacks.insert(lang.tag().to_owned());
            lang.tag().to_owned()
        })
    }

    // ---- links

    /// The address of a planned file from this page; none when there is no such file.
    pub fn href(&self, route: &Route) -> Option<String> {
        self.directory().has(route).then(|| self.address(route))
    }
    /// The same with a fragment.
    pub fn href_to(&self, route: &Route, fragment: &str) -> Option<String> {
        let href = self.href(route)?;
        Some(if route == self.route { format!("#{fragment}") } else { format!("{href}#{fragment}") })
    }
    /// The address of a file from this page, planned or not.
    pub(super) fn address(&self, route: &Route) -> String {
        relative(self.output, &route.output(self.lang(), self.model().settings.default_lang()))
    }
    /// The whole address of a planned file, where the site knows its own; a page's ends with a slash.
    pub fn absolute(&self, route: &Route) -> Option<String> {
        let settings = &self.model().settings;
        let base = settings.base_url.as_deref().filter(|_| self.directory().has(route))?;
        let path = relative("", &route.output(self.lang(), settings.default_lang()));
        Some(format!("{base}/{}", path.strip_suffix("index.html").unwrap_or(&path)))
    }
    /// Words that lead to a page, if it is planned.
    pub fn link(&self, words: impl Into<Words>, route: &Route) -> Ref {
        let Words { text, lang } = words.into();
        Ref { text, lang, href: self.href(route) }
    }
    /// The address of the page that shows a source file.
    pub fn source_href(&self, path: &str) -> Option<String> {
        self.directory().shows(path).map(|shown| self.address(&shown.route))
    }

    // ---- prose

    /// Writes one version of a text for this page. Links in it lead to pages, and are kept for the link check.
    pub fn markdown(&self, version: &Version, heading: Heading<'_>) -> Rendered {
        let sources = self.ground().sources;
        let text = sources.text(version.file).unwrap_or_default();
        self.foreign(text, &version.lang);
        let links = super::links::Resolver { cx: self, from: sources.path(version.file) };
        let strings = self.strings();
        let words = |word: Word| strings.text(word.key()).to_owned();
        let mut options = markdown::Options::new(&links, &words);
        options.heading_shift = heading.shift;
        options.id_prefix = heading.id_prefix;
        if let Some(task) = heading.task {
            options.task = task;
        }
        let rendered = markdown::render(&version.document, text, &options);
        let mut seen = self.seen.borrow_mut();
        seen.links.extend(rendered.links.iter().cloned());
        seen.prose.push(version.file);
        drop(seen);
        rendered
    }
}

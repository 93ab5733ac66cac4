//! The names in one file: keys, values and parts of them, items of procedures, links in prose, columns of tables.

use super::{FILED, Found, Mention, Symbol, folder, folder_of};
use crate::base::{FileId, Found as Findings, Span};
use crate::model::results::RawReading;
use crate::schema::walk::{self, Name};
use crate::schema::{Kind, Refers};
use crate::sources::csv::{self, Sort};
use crate::sources::markdown::{Document, Link, Reach, split_front_matter};
use crate::sources::resolved;
use crate::sources::shape::Record;
use crate::sources::toml::{self, Kind as Value, Table};
use std::collections::BTreeSet;

/// Every name in a file, without quotes.
pub fn of_file(path: &str, text: &str, file: FileId) -> Vec<Mention> {
    let mut names = Names { path, text, programme: None, list: Vec::new() };
    if let Some(kind) = Kind::of(path) {
        let range = kind.toml(text);
        let (table, _) = toml::parse(file, &text[range.clone()], range.start);
        names.programme = programme(path, &table);
        for name in walk::names(kind, &table) {
            names.name(name);
        }
    }
    if path.ends_with(".md") {
        names.prose(file);
    }
    if path.starts_with("content/campaigns/") && path.ends_with("/readings.csv") {
        let sort = |_: &str| Sort::Text;
        let rows = csv::parse(file, text, RawReading::FIELDS, sort, &mut Findings::new());
        for row in rows {
            for (_, value) in row.entries.iter().filter(|(key, _)| key.value == "metric") {
                if let Value::String(word) = &value.kind {
                    names.add(Refers::Metric, word, value.span, false);
                }
            }
        }
    }
    names.list
}

/// The programme whose goals a file speaks of.
fn programme(path: &str, table: &Table) -> Option<String> {
    if let Some(name) = path.strip_prefix("content/programmes/") {
        return name.strip_suffix(".toml").map(str::to_owned);
    }
    match &table.get("programme")?.kind {
        Value::String(id) => Some(id.clone()),
        _ => None,
    }
}

/// Names as they are gathered from one file.
struct Names<'t> {
    path: &'t str,
    text: &'t str,
    programme: Option<String>,
    list: Vec<Mention>,
}

impl Names<'_> {
    /// A name from a key or value: those that are made of two are taken apart.
    fn name(&mut self, mut name: Name) {
        let words = self.text.get(name.span.range()).unwrap_or_default();
        if words.len() > 1 && words.starts_with(['"', '\'']) && words.ends_with(['"', '\'']) {
            name.span = name.span.part(1, words.len() - 1);
        }
        let is_plain = self.text.get(name.span.range()) == Some(name.word.as_str());
        let (word, span) = (name.word.as_str(), name.span);
        match name.refers {
            Refers::Done if is_plain => self.done(word, span),
            Refers::Target if is_plain => self.target(word, span),
            Refers::Account if is_plain => {
                // A line of the programme itself stands alone.
                if let Some((campaign, _)) = word.split_once('/') {
                    self.add(Refers::Campaign, campaign, span.part(0, campaign.len()), false);
                }
            }
            refers => self.add(refers, word, span, name.defines),
        }
    }

    fn add(&mut self, refers: Refers, word: &str, span: Span, defines: bool) {
        let scope = match refers {
            Refers::Milestone => folder(self.path),
            Refers::Goal => self.programme.clone(),
            _ => None,
        };
        self.scoped(Symbol { refers, word: word.to_owned(), scope }, span, defines);
    }

    fn scoped(&mut self, symbol: Symbol, span: Span, defines: bool) {
        self.list.push(Mention { symbol, found: Found { span, defines } });
    }

    /// A done mark without a slash is a milestone's, else a whole procedure's; one with a slash names a procedure and its item.
    fn done(&mut self, word: &str, span: Span) {
        match word.split_once('/') {
            None => {
                self.add(Refers::Milestone, word, span, false);
                let sop = Symbol { refers: Refers::Sop, word: word.to_owned(), scope: folder(self.path) };
                self.scoped(sop, span, false);
            }
            Some((sop, _)) => {
                self.add(Refers::Sop, sop, span.part(0, sop.len()), false);
                self.add(Refers::Done, word, span.part(sop.len() + 1, word.len()), false);
            }
        }
    }

    /// The target of a waiver: `campaigns/<id>#<part>` in a policy, the part alone in a campaign's own file.
    fn target(&mut self, word: &str, span: Span) {
        if folder(self.path).is_some() {
            let part = word.trim_start_matches('#');
            return self.done(part, span.part(word.len() - part.len(), word.len()));
        }
        let (thing, item) = word.split_once('#').map_or((word, None), |(thing, item)| (thing, Some(item)));
        let Some((kind, id)) = thing.split_once('/') else { return };
        let from = kind.len() + 1;
        let id_span = span.part(from, thing.len());
        let item = item.map(|item| (item, span.part(thing.len() + 1, word.len())));
        let symbol = |refers, word: &str, scope| Symbol { refers, word: word.to_owned(), scope };
        match kind {
            "campaigns" => {
                self.add(Refers::Campaign, id, id_span, false);
                match item {
                    Some((item, span)) if item.contains('/') => self.done(item, span),
                    Some((item, span)) => {
                        self.scoped(symbol(Refers::Milestone, item, Some(folder_of(id))), span, false);
                    }
                    None => {}
                }
            }
            "sops" => {
                self.add(Refers::Sop, id, id_span, false);
                if let Some((item, span)) = item {
                    self.scoped(symbol(Refers::Done, &format!("{id}/{item}"), None), span, false);
                }
            }
            "programmes" => {
                self.add(Refers::Programme, id, id_span, false);
                if let Some((item, span)) = item {
                    self.scoped(symbol(Refers::Goal, item, Some(id.to_owned())), span, false);
                }
            }
            _ => {}
        }
    }

    /// Items of a procedure, and links to whatever has a file.
    fn prose(&mut self, file: FileId) {
        let (document, _) = Document::parse(file, self.text, split_front_matter(self.text).body);
        if let Some(sop) = sop(self.path) {
            let is_main = self.path == format!("content/sops/{sop}.md");
            for task in &document.tasks {
                if let Some(id) = &task.id {
                    self.add(Refers::Done, &format!("{sop}/{}", id.value), id.span, is_main);
                }
                for attr in &task.attrs {
                    match (attr.key.as_str(), &attr.value) {
                        ("role", Some(role)) => self.add(Refers::Role, role, attr.value_span, false),
                        ("due", Some(due)) => {
                            if let Some((from, node)) = walk::anchor(due) {
                                let span = attr.value_span.part(from, from + node.len());
                                self.add(Refers::Milestone, &node, span, false);
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        // Several links of one definition share its words.
        let mut seen = BTreeSet::new();
        let within = |link: &&Link| matches!(link.reach, Reach::Relative | Reach::Fragment);
        for link in document.links.iter().filter(within).filter(|link| seen.insert(link.span)) {
            self.link(link.span);
        }
    }

    /// The part of a link's path that is the name of a file or folder, and an item that it names of a procedure.
    fn link(&mut self, span: Span) {
        let words = self.text.get(span.range()).unwrap_or_default();
        // In angle brackets a path may have blanks.
        let inner = words.strip_prefix('<').and_then(|w| w.strip_suffix('>')).unwrap_or(words);
        let before = usize::from(inner.len() < words.len());
        let span = span.part(before, before + inner.len());
        let (dest, fragment) = inner.split_once('#').map_or((inner, None), |(dest, item)| (dest, Some(item)));
        let dest = dest.split_once('?').map_or(dest, |(dest, _)| dest);
        let target = if dest.is_empty() { Some(self.path.to_owned()) } else { resolved(self.path, dest) };
        let Some((refers, name)) = target.as_deref().and_then(filed) else { return };
        if let (Refers::Sop, Some(item)) = (refers, fragment) {
            let from = inner.len() - item.len();
            self.add(Refers::Done, &format!("{name}/{item}"), span.part(from, inner.len()), false);
        }
        // Counted from the end: what stands before may go up and down again.
        let below = target.iter().map(|path| path.matches('/').count()).sum::<usize>() - DEPTH;
        let parts: Vec<&str> = dest.trim_end_matches('/').split('/').collect();
        let Some(at) = parts.len().checked_sub(1 + below) else { return };
        let rest = parts[at].strip_prefix(name);
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
            let from: usize = parts[..at].iter().map(|part| part.len() + 1).sum();
            self.add(refers, name, span.part(from, from + name.len()), false);
        }
    }
}

/// What a path belongs to that is called after its file or folder, and its name.
fn filed(path: &str) -> Option<(Refers, &str)> {
    let (refers, rest) = FILED.iter().find_map(|(refers, base, _)| Some((*refers, path.strip_prefix(base)?)))?;
    let first = rest.split('/').next()?;
    let name = if refers == Refers::Campaign { first } else { first.split('.').next()? };
    let is_file = refers == Refers::Campaign || !rest.contains('/');
    (is_file && !name.is_empty()).then_some((refers, name))
}

/// Folders above whatever is called after its file or folder.
const DEPTH: usize = 2;

/// The procedure a file is, or a translation of.
fn sop(path: &str) -> Option<&str> {
    let name = path.strip_prefix("content/sops/")?.strip_suffix(".md")?;
    Some(name.split('.').next().unwrap_or(name))
}

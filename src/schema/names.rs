//! Where names are made and used, over all files: definitions, references, renaming.
//!
//! The language server and `playbook rename` look here, so that both find the same places.

use super::walk::{self, Name};
use super::{Kind, Refers};
use crate::base::{FileId, Found as Findings, Id, Said, Span};
use crate::model::results::RawReading;
use crate::policy::Policy;
use crate::said;
use crate::sources::csv::{self, Sort};
use crate::sources::markdown::{Document, Reach, split_front_matter};
use crate::sources::shape::Record;
use crate::sources::toml::{self, Kind as Value, Table};
use crate::sources::{Sources, resolved};
use std::collections::BTreeSet;

/// A name at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The words of the name alone: without quotes, and of `sop/item` only the part that is meant.
    pub span: Span,
    /// Whether this place makes the name.
    pub defines: bool,
}

/// A name, and where it is known: of a milestone the folder of its campaign, of a goal its programme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Symbol {
    /// What it names.
    pub refers: Refers,
    /// Its words; a checkpoint is `sop/item`.
    pub word: String,
    /// Where it is known, when not everywhere.
    pub scope: Option<String>,
}

impl Symbol {
    /// Whether another is this one: what is known everywhere is meant in every campaign.
    fn is(&self, other: &Self) -> bool {
        let scope_fits = self.scope.is_none() || self.scope == other.scope;
        scope_fits && self.refers == other.refers && self.word == other.word
    }
}

/// A name in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name.
    pub symbol: Symbol,
    /// Its place.
    pub found: Found,
}

/// The folder of the campaign that a file belongs to.
pub fn folder(path: &str) -> Option<String> {
    let rest = path.strip_prefix("content/campaigns/")?;
    let (name, file) = rest.split_once('/')?;
    (!file.is_empty()).then(|| folder_of(name))
}

fn folder_of(campaign: &str) -> String {
    format!("content/campaigns/{campaign}/")
}

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
        for link in document.links.iter().filter(|link| link.reach == Reach::Relative && seen.insert(link.span)) {
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

/// What is called after its file or folder: where it lies, and the file that makes it.
const FILED: &[(Refers, &str, &str)] = &[
    (Refers::Campaign, "content/campaigns/", "/campaign.toml"),
    (Refers::Sop, "content/sops/", ".md"),
    (Refers::Programme, "content/programmes/", ".toml"),
    (Refers::Page, "content/pages/", ".md"),
];

/// The procedure a file is, or a translation of.
fn sop(path: &str) -> Option<&str> {
    let name = path.strip_prefix("content/sops/")?.strip_suffix(".md")?;
    Some(name.split('.').next().unwrap_or(name))
}

/// The name at a place.
pub fn at(sources: &Sources, path: &str, byte: usize) -> Option<(Symbol, std::ops::Range<usize>)> {
    let file = sources.find(path)?;
    let text = sources.text(file)?;
    let holds = |m: &Mention| m.found.span.range().start <= byte && byte <= m.found.span.range().end;
    let mention = of_file(path, text, file).into_iter().find(holds)?;
    Some((mention.symbol, mention.found.span.range()))
}

/// Where the file lies whose name is the name itself, whether it is there or not.
pub fn own_path(refers: Refers, word: &str) -> Option<String> {
    FILED.iter().find(|(of, _, _)| *of == refers).map(|(_, base, rest)| format!("{base}{word}{rest}"))
}

/// The files and folders that are called by a name, from here to there: translations first, what makes the name last, so
/// that whoever is stopped in the middle can go on.
pub fn moves(sources: &Sources, symbol: &Symbol, new: &str) -> Vec<(String, String)> {
    let Some((_, base, _)) = FILED.iter().find(|(of, _, _)| *of == symbol.refers) else { return Vec::new() };
    let old = &symbol.word;
    if symbol.refers == Refers::Campaign {
        let (from, to) = (format!("{base}{old}"), format!("{base}{new}"));
        let is_there = sources.under(&format!("{from}/")).next().is_some();
        return is_there.then_some((from, to)).into_iter().collect();
    }
    let own = own_path(symbol.refers, old);
    let mut list: Vec<(String, String)> = sources
        .under(base)
        .filter_map(|(path, _)| {
            let rest = path.strip_prefix(base)?.strip_prefix(old.as_str())?;
            (rest.starts_with('.') && !rest.contains('/')).then(|| (path.to_owned(), format!("{base}{new}{rest}")))
        })
        .collect();
    list.sort_by_key(|(from, _)| Some(from) == own.as_ref());
    list
}

/// Everywhere a name stands, in order of files; in the playbook's own files only. In one thread: those of the pool are busy
/// while the whole is judged, and whoever waits for them waits for all of it.
pub fn all(sources: &Sources, symbol: &Symbol) -> Vec<Found> {
    let needle = symbol.word.rsplit('/').next().unwrap_or(&symbol.word);
    let finder = memchr::memmem::Finder::new(needle.as_bytes());
    let mut list: Vec<Found> = sources
        .paths()
        .filter(|(path, _)| path.starts_with("content/"))
        .filter_map(|(path, file)| Some((path, file, sources.text(file)?)))
        .filter(|(_, _, text)| finder.find(text.as_bytes()).is_some())
        .flat_map(|(path, file, text)| of_file(path, text, file))
        .filter(|mention| symbol.is(&mention.symbol))
        .map(|mention| mention.found)
        .collect();
    if symbol.refers == Refers::Sop {
        // The same word ticks a campaign's own milestone, where it has one that is called so.
        list.retain(|found| {
            let path = sources.path(found.span.file);
            !path.ends_with("/results.toml") || folder(path).is_none_or(|folder| !makes(sources, &folder, &symbol.word))
        });
    }
    let own = own_path(symbol.refers, &symbol.word).and_then(|path| sources.find(&path));
    list.extend(own.map(|file| Found { span: Span::new(file, 0, 0), defines: true }));
    list.sort();
    list.dedup();
    list
}

/// Whether a campaign makes a milestone of this name.
fn makes(sources: &Sources, folder: &str, word: &str) -> bool {
    let path = format!("{folder}campaign.toml");
    let file = sources.find(&path);
    let mentions = file.and_then(|file| Some(of_file(&path, sources.text(file)?, file)));
    let is_it = |m: &Mention| m.found.defines && m.symbol.refers == Refers::Milestone && m.symbol.word == word;
    mentions.iter().flatten().any(is_it)
}

/// Every name of a kind that the playbook's own files make.
pub fn made(sources: &Sources, policy: &Policy, refers: Refers) -> BTreeSet<Symbol> {
    let mut list = BTreeSet::new();
    let symbol = |word: &str| Symbol { refers, word: word.to_owned(), scope: None };
    for (path, file) in sources.paths().filter(|(path, _)| path.starts_with("content/")) {
        match own_name(refers, path) {
            Some(word) => {
                list.insert(symbol(word));
            }
            None if own_path(refers, "").is_some() => {}
            None => {
                let mentions = sources.text(file).map(|text| of_file(path, text, file)).unwrap_or_default();
                let makes = mentions.into_iter().filter(|m| m.found.defines && m.symbol.refers == refers);
                list.extend(makes.map(|mention| mention.symbol));
            }
        }
    }
    list.retain(|symbol| !is_standard(policy, symbol));
    list
}

/// The name that the file at a path makes by being there.
pub fn own_name(refers: Refers, path: &str) -> Option<&str> {
    let (_, base, rest) = FILED.iter().find(|(of, _, _)| *of == refers)?;
    let name = path.strip_prefix(base)?.strip_suffix(rest)?;
    (!name.contains(['/', '.'])).then_some(name)
}

/// Whether the pack that ships with the program makes a name: the author may say something of it, not call it otherwise.
pub fn is_standard(policy: &Policy, symbol: &Symbol) -> bool {
    let rows = match symbol.refers {
        Refers::Milestone => "milestones",
        Refers::Metric => "metrics",
        Refers::Role => "roles",
        _ => return false,
    };
    policy.ships(rows, &symbol.word)
}

/// The same name called otherwise, if it may be called so.
///
/// # Errors
/// What to write instead: it is no id, or there is one already.
pub fn renamed(sources: &Sources, symbol: &Symbol, new: &str) -> Result<Symbol, Said> {
    let Some(id) = Id::new(new) else {
        return Err(match Id::suggest(new) {
            Some(near) => said!("`{new}` is no id: write `{near}`", "`{new}` 不能作为 id：请写 `{near}`"),
            None => said!(
                "`{new}` is no id: use lower-case ASCII letters, digits and `-`",
                "`{new}` 不能作为 id：请用小写 ASCII 字母、数字和 `-`"
            ),
        });
    };
    let word = match symbol.word.rsplit_once('/') {
        Some((sop, _)) => format!("{sop}/{id}"),
        None => id.to_string(),
    };
    let wanted = Symbol { word, ..symbol.clone() };
    if all(sources, &wanted).iter().any(|found| found.defines) {
        return Err(said!("`{id}` is there already: choose another id", "`{id}` 已经存在：请另选一个 id"));
    }
    Ok(wanted)
}

//! Where names are made and used, over all files: definitions, references, renaming.
//!
//! The language server and `playbook rename` look here, so that both find the same places.

mod gather;

pub use gather::of_file;

use super::Refers;
use crate::base::{Id, Said, Span};
use crate::policy::Policy;
use crate::said;
use crate::sources::Sources;
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

/// What is called after its file or folder: where it lies, and the file that makes it.
const FILED: &[(Refers, &str, &str)] = &[
    (Refers::Campaign, "content/campaigns/", "/campaign.toml"),
    (Refers::Sop, "content/sops/", ".md"),
    (Refers::Programme, "content/programmes/", ".toml"),
    (Refers::Page, "content/pages/", ".md"),
];

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

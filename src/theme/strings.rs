//! UI words by language: key tables with plurals, placeholders and a chain of fallbacks.

use super::BAD_STRINGS;
use crate::base::{Diagnostic, Found, Lang, Span};
use crate::said;
use crate::sources::toml;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::{Display, Write as _};
use std::sync::Arc;

/// What stands for a placeholder: its name and what is put in its place.
pub type Arg<'a> = (&'a str, &'a dyn Display);

/// One entry: a sentence, or two forms by number.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    Plain(String),
    Plural { one: String, other: String },
}

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    entries: BTreeMap<String, Entry>,
}

impl Table {
    /// Lays a table of the default theme over it, which tests hold to be right.
    pub(super) fn trust(&mut self, text: &str) {
        let (table, found) = toml::parse(crate::base::FileId(0), text, 0);
        assert!(found.is_empty(), "bug: a string table of the default theme does not parse");
        self.lay(&table, &[], &mut Found::new());
    }

    /// Lays what an author wrote over it. Placeholders that no table of the default theme has there are reported.
    pub(super) fn lay(&mut self, written: &toml::Table, model: &[Self], found: &mut Found) {
        for (key, value) in &written.entries {
            let Some(entry) = entry(value) else {
                let key = &key.value;
                let message = said!("`{key}` is neither a string nor a plural", "`{key}` 既不是文字也不是单复数");
                let advice = said!(
                    "write `{key} = \"words\"` or `{key} = {{ one = \"…\", other = \"…\" }}`",
                    "请写 `{key} = \"文字\"` 或 `{key} = {{ one = \"…\", other = \"…\" }}`"
                );
                found.push(Diagnostic::new(&BAD_STRINGS, value.span, message).hint(advice));
                continue;
            };
            if model.iter().any(|table| table.entries.contains_key(&key.value)) {
                placeholders_are_known(&entry, &placeholders(model, &key.value), value.span, found);
            }
            self.entries.insert(key.value.clone(), entry);
        }
    }

    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }
}

/// The placeholders of a key in some tables. All keys of one family (`date…`, `range…`) may use those of any of them.
pub(super) fn placeholders(tables: &[Table], key: &str) -> Vec<String> {
    let family = |key: &str| key.split('-').next().filter(|f| matches!(*f, "date" | "range")).map(str::to_owned);
    let is_kin = |other: &str| other == key || (family(key).is_some() && family(other) == family(key));
    let entries = tables.iter().flat_map(|table| table.entries.iter()).filter(|(other, _)| is_kin(other));
    let mut names: Vec<String> = entries.flat_map(|(_, entry)| entry.placeholders()).collect();
    names.sort();
    names.dedup();
    names
}

impl Entry {
    fn placeholders(&self) -> Vec<String> {
        let text = match self {
            Self::Plain(text) => text,
            Self::Plural { other, .. } => other,
        };
        let mut names: Vec<String> = Vec::new();
        for part in text.split('{').skip(1) {
            if let Some((name, _)) = part.split_once('}') {
                names.push(name.to_owned());
            }
        }
        names.sort();
        names.dedup();
        names
    }
}

fn entry(value: &toml::Value) -> Option<Entry> {
    match &value.kind {
        toml::Kind::String(text) => Some(Entry::Plain(text.clone())),
        toml::Kind::Table(table) => {
            let form = |key: &str| match &table.get(key)?.kind {
                toml::Kind::String(text) => Some(text.clone()),
                _ => None,
            };
            let other = form("other")?;
            Some(Entry::Plural { one: form("one").unwrap_or_else(|| other.clone()), other })
        }
        _ => None,
    }
}

fn placeholders_are_known(entry: &Entry, names: &[String], span: Span, found: &mut Found) {
    for name in entry.placeholders().iter().filter(|n| !names.contains(n)) {
        let message = said!("there is no placeholder `{{{name}}}` here", "这里没有占位符 `{{{name}}}`");
        let list: Vec<String> = names.iter().map(|n| format!("{{{n}}}")).collect();
        let list = list.join(" ");
        let advice = if list.is_empty() {
            said!("write the words without placeholders", "请不要使用占位符")
        } else {
            said!("use {list}", "请使用 {list}")
        };
        found.push(Diagnostic::new(&BAD_STRINGS, span, message).hint(advice));
    }
}

/// The UI words for readers of one language: its own table, then kin, then English.
#[derive(Clone, Debug)]
pub struct Strings {
    lang: Lang,
    /// Every key of the chain, first come first served: a page asks for words some hundred times.
    words: Arc<HashMap<String, Entry>>,
}

impl Strings {
    pub(super) fn new(lang: &Lang, tables: &BTreeMap<Lang, Arc<Table>>) -> Self {
        let mut words = HashMap::new();
        for (key, entry) in chain(lang).iter().rev().filter_map(|l| tables.get(l)).flat_map(|table| &table.entries) {
            words.insert(key.clone(), entry.clone());
        }
        Self { lang: lang.clone(), words: Arc::new(words) }
    }

    /// The language it was made for.
    pub fn lang(&self) -> &Lang {
        &self.lang
    }

    fn find(&self, key: &str) -> Option<&Entry> {
        self.words.get(key)
    }

    /// Whether there are words under a key.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The words of a key as written, if there are any; of a plural, the form for many.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.find(key).map(|entry| match entry {
            Entry::Plain(text) | Entry::Plural { other: text, .. } => text.as_str(),
        })
    }

    /// The words of a key that the default theme has.
    pub fn text(&self, key: &str) -> &str {
        self.get(key).unwrap_or_else(|| panic!("bug: the default theme has no words `{key}`"))
    }

    /// The words of a key with its placeholders filled. The argument `n`, where given, chooses the plural form.
    pub fn fill(&self, key: &str, args: &[Arg<'_>]) -> Option<String> {
        let number = args.iter().find(|(name, _)| *name == "n").map(|(_, n)| n.to_string());
        let pattern = match self.find(key)? {
            Entry::Plain(text) => text,
            Entry::Plural { one, .. } if number.as_deref() == Some("1") => one,
            Entry::Plural { other, .. } => other,
        };
        Some(fill(pattern, args).into_owned())
    }
}

/// Puts arguments in the place of `{name}`.
fn fill<'a>(pattern: &'a str, args: &[Arg<'_>]) -> Cow<'a, str> {
    if !pattern.contains('{') {
        return Cow::Borrowed(pattern);
    }
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else { break };
        let name = &rest[open + 1..open + close];
        out.push_str(&rest[..open]);
        match args.iter().find(|(n, _)| *n == name) {
            Some((_, value)) => drop(write!(out, "{value}")),
            None => out.push_str(&rest[open..=open + close]),
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The languages that are asked for words, in order: itself, shorter tags, its script's default, the other Chinese, English.
fn chain(lang: &Lang) -> Vec<Lang> {
    let tag = lang.tag();
    let mut tags = vec![tag.to_owned()];
    let mut cut = tag;
    while let Some((shorter, _)) = cut.rsplit_once('-') {
        tags.push(shorter.to_owned());
        cut = shorter;
    }
    if cut == "zh" {
        let is_traditional = ["Hant", "TW", "HK", "MO"].iter().any(|mark| tag.contains(mark));
        let scripts = if is_traditional { ["zh-Hant", "zh-Hans"] } else { ["zh-Hans", "zh-Hant"] };
        tags.extend(scripts.map(str::to_owned));
    }
    tags.push("en".to_owned());
    let mut seen = std::collections::BTreeSet::new();
    tags.retain(|t| seen.insert(t.clone()));
    tags.into_iter().map(Lang).collect()
}

//! Texts that new files begin with: plain files with places for what is computed, compiled into the binary.

use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scaffold");

/// Languages that new files are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Tongue {
    /// The language of a tag: Chinese for `zh…`, else English.
    pub fn of(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") { Self::Chinese } else { Self::English }
    }
    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
        }
    }
    /// The text of two in this language.
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Self::English => en,
            Self::Chinese => zh,
        }
    }
}

/// What stands in the places of a text.
#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<&'static str, String>);

impl Words {
    /// The same with one more.
    #[must_use]
    pub fn with(mut self, key: &'static str, text: impl Into<String>) -> Self {
        self.0.insert(key, text.into());
        self
    }
}

/// A text with its places filled. A line that is a place alone takes several lines, or goes when there is nothing for it.
pub(super) fn filled(path: &str, words: &Words) -> String {
    let file = FILES.get_file(path).unwrap_or_else(|| panic!("bug: no scaffold `{path}`"));
    fill(file.contents_utf8().unwrap_or_else(|| panic!("bug: scaffold `{path}` is no text")), words)
}

/// The same for every file below a folder, by path below it.
pub(super) fn folder(path: &str, words: &Words) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let dir = FILES.get_dir(path).unwrap_or_else(|| panic!("bug: no scaffolds in `{path}`"));
    gather(dir, path, words, &mut files);
    files
}

fn gather(dir: &Dir<'_>, base: &str, words: &Words, files: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let inside = path.strip_prefix(base).unwrap_or(&path).trim_start_matches('/');
        files.insert(inside.to_owned(), filled(&path, words));
    }
    dir.dirs().for_each(|dir| gather(dir, base, words, files));
}

fn fill(text: &str, words: &Words) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut filled = String::new();
        let mut rest = line;
        while let Some((before, place)) = rest.split_once("<<") {
            let (key, after) = place.split_once(">>").unwrap_or_else(|| panic!("bug: an open place in `{line}`"));
            let word = words.0.get(key).unwrap_or_else(|| panic!("bug: nothing for the place `{key}`"));
            filled.push_str(before);
            filled.push_str(word);
            rest = after;
        }
        filled.push_str(rest);
        if filled.is_empty() && !line.is_empty() {
            continue;
        }
        out.push_str(filled.trim_end_matches('\n'));
        out.push('\n');
    }
    out
}

/// A string as TOML 1.0 writes it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

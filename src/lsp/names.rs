//! Where names are made and used, over all files: definitions, references, renaming.

use super::book::Book;
use crate::base::{FileId, Id, Span};
use crate::schema::walk::{Name, names};
use crate::schema::{Kind, Refers};
use crate::sources::Sources;
use crate::sources::markdown::{Document, split_front_matter};
use crate::sources::toml;
use std::ops::Range;

/// A name at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) defines: bool,
}

/// A name, and the folder it is known in: of a milestone its campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    pub(super) refers: Refers,
    pub(super) word: String,
    scope: Option<String>,
}

/// Every name in a file, without quotes.
pub(super) fn of_file(path: &str, text: &str, file: FileId) -> Vec<Name> {
    let mut list = Vec::new();
    if let Some(kind) = Kind::of(path) {
        let range = kind.toml(text);
        let (table, _) = toml::parse(file, &text[range.clone()], range.start);
        list = names(kind, &table);
    }
    if let Some(sop) = sop(path) {
        let (document, _) = Document::parse(file, text, split_front_matter(text).body);
        let is_main = path == format!("content/sops/{sop}.md");
        for task in &document.tasks {
            let named = |refers, word: &str, span, defines| Name { refers, word: word.to_owned(), span, defines };
            if let Some(id) = &task.id {
                list.push(named(Refers::Done, &format!("{sop}/{}", id.value), id.span, is_main));
            }
            for attr in &task.attrs {
                if let ("role", Some(role)) = (attr.key.as_str(), &attr.value) {
                    list.push(named(Refers::Role, role, attr.value_span, false));
                }
            }
        }
    }
    for name in &mut list {
        let words = text.get(name.span.range()).unwrap_or_default();
        if words.len() > 1 && words.starts_with(['"', '\'']) && words.ends_with(['"', '\'']) {
            name.span = name.span.part(1, words.len() - 1);
        }
        // A done mark without a slash is a milestone's.
        if name.refers == Refers::Done && !name.word.contains('/') {
            name.refers = Refers::Milestone;
        }
    }
    list
}

/// The procedure a file is, or a translation of.
fn sop(path: &str) -> Option<&str> {
    let name = path.strip_prefix("content/sops/")?.strip_suffix(".md")?;
    Some(name.split('.').next().unwrap_or(name))
}

/// The name at a place.
pub(super) fn at(book: &Book, path: &str, byte: usize) -> Option<(Symbol, Range<usize>)> {
    let file = book.sources.find(path)?;
    let text = book.sources.text(file)?;
    let list = of_file(path, text, file);
    let name = list.into_iter().find(|n| n.span.range().start <= byte && byte <= n.span.range().end)?;
    let scope = (name.refers == Refers::Milestone).then(|| Book::folder(path)).flatten();
    let range = name.span.range();
    Some((Symbol { refers: name.refers, word: name.word, scope }, range))
}

/// The file whose name is the name itself.
fn own_file(sources: &Sources, symbol: &Symbol) -> Option<FileId> {
    let word = &symbol.word;
    match symbol.refers {
        Refers::Sop => sources.find(&format!("content/sops/{word}.md")),
        Refers::Campaign => sources.find(&format!("content/campaigns/{word}/campaign.toml")),
        Refers::Programme => sources.find(&format!("content/programmes/{word}.toml")),
        _ => None,
    }
}

/// Everywhere a name stands, in order of files; in the playbook's own files only. In one thread: those of the pool are busy
/// while the whole is judged, and whoever waits for them waits for all of it.
pub(super) fn all(book: &Book, symbol: &Symbol) -> Vec<Found> {
    let needle = symbol.word.rsplit('/').next().unwrap_or(&symbol.word);
    let finder = memchr::memmem::Finder::new(needle.as_bytes());
    let files: Vec<(&str, FileId)> = match &symbol.scope {
        Some(folder) => book.sources.under(folder).collect(),
        None => book.sources.paths().filter(|(path, _)| path.starts_with("content/")).collect(),
    };
    let mut list: Vec<Found> = files
        .into_iter()
        .filter_map(|(path, file)| Some((path, file, book.sources.text(file)?)))
        .filter(|(_, _, text)| finder.find(text.as_bytes()).is_some())
        .flat_map(|(path, file, text)| {
            let mine = |n: &Name| n.refers == symbol.refers && n.word == symbol.word;
            let found = |n: Name| Found { span: n.span, defines: n.defines };
            of_file(path, text, file).into_iter().filter(mine).map(found).collect::<Vec<_>>()
        })
        .collect();
    if let Some(file) = own_file(&book.sources, symbol) {
        list.push(Found { span: Span::new(file, 0, 0), defines: true });
    }
    list.sort();
    list.dedup();
    list
}

/// Why a name cannot be another, in English and Chinese.
pub(super) type Refusal = (String, String);

/// Whether a name is one that an editor may change.
pub(super) fn renamable(book: &Book, symbol: &Symbol) -> Result<(), Refusal> {
    if own_file(&book.sources, symbol).is_some() {
        return Err((
            "the name is that of a file or folder: rename that; a campaign or SOP keeps the old one in `aliases`"
                .to_owned(),
            "这个名称是文件或文件夹名，请直接改文件名；活动和流程把旧名写进 `aliases`".to_owned(),
        ));
    }
    let is_standard = symbol.refers == Refers::Milestone && book.model.policy.node(&symbol.word).is_some();
    if !is_standard && all(book, symbol).iter().any(|found| found.defines) {
        return Ok(());
    }
    Err((
        "the name is made by policy or nowhere, so it cannot be changed here".to_owned(),
        "这个名称来自政策或没有定义，不能在这里修改".to_owned(),
    ))
}

/// The places to write a new name at, each with what to write.
pub(super) fn rename(book: &Book, symbol: &Symbol, new: &str) -> Result<Vec<(Found, String)>, Refusal> {
    renamable(book, symbol)?;
    let Some(id) = Id::new(new) else {
        let (en, zh) = match Id::suggest(new) {
            Some(near) => (format!("write `{near}`"), format!("请写 `{near}`")),
            None => (
                "use lower-case ASCII letters, digits and `-`".to_owned(),
                "请用小写 ASCII 字母、数字和 `-`".to_owned(),
            ),
        };
        return Err((format!("`{new}` is no id: {en}"), format!("`{new}` 不能作为 id：{zh}")));
    };
    let word = match symbol.word.rsplit_once('/') {
        Some((sop, _)) => format!("{sop}/{id}"),
        None => id.to_string(),
    };
    let taken = Symbol { word, ..symbol.clone() };
    if all(book, &taken).iter().any(|found| found.defines) {
        return Err((format!("`{id}` is there already"), format!("`{id}` 已经存在")));
    }
    let write = |found: Found| {
        // In a procedure an item's id stands alone; done marks name the procedure too.
        let is_sop = book.sources.path(found.span.file).starts_with("content/sops/");
        let text = if is_sop { id.to_string() } else { taken.word.clone() };
        (found, text)
    };
    Ok(all(book, symbol).into_iter().map(write).collect())
}

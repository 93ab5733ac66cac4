//! The snapshot: every input file, read once, in one order, with nothing skipped in silence.

use super::markdown::Parsed;
use crate::base::{Diagnostic, FileId, Found, Rule, Span, Trouble, trouble};
use crate::sources::git::{History, Reading};
use crate::{rule, said};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

rule! {
    /// A text file is not UTF-8.
    ///
    /// ## Why
    /// Spreadsheet programs and old editors save Chinese text as GBK or UTF-16. Guessing the encoding would
    /// show wrong words on the site without anyone noticing, so the file is refused with the place of the first wrong byte.
    ///
    /// ## What to do
    /// Save the file again as UTF-8.
    pub(crate) static NOT_UTF8 = "files/not-utf8", Error, [],
    zh: "文本文件不是 UTF-8 编码。\n\n表格软件和旧编辑器会把中文存成 GBK 或 UTF-16；猜测编码可能让网站悄悄显示错字，所以直接指出第一个错误字节。请将文件另存为 UTF-8。"
}

rule! {
    /// A symbolic link leads out of the playbook, or to a folder.
    ///
    /// ## Why
    /// A published site must only hold what the repository holds; a link out of it would publish a file of the machine that builds.
    ///
    /// ## What to do
    /// Copy the file into the playbook.
    pub(crate) static LINK = "files/symlink", Error, [],
    zh: "符号链接指向手册之外，或指向一个文件夹。\n\n发布的网站只应包含仓库里的内容。请把文件复制进手册。"
}

rule! {
    /// The name of a file or folder cannot be an address on every system.
    ///
    /// ## Why
    /// Names with `\`, `:`, control characters, invisible direction marks, or a trailing dot or space break on other
    /// people's machines or hide what they are.
    ///
    /// ## What to do
    /// Rename it with letters, digits, `-`, `_` and `.`.
    pub(crate) static NAME = "files/name", Error, [],
    zh: "文件或文件夹名不能在所有系统上作为地址。\n\n含有 `\\`、`:`、控制字符、不可见方向符，或以点、空格结尾的名称会在别人的电脑上出错。请用字母、数字、`-`、`_`、`.` 重新命名。"
}

rule! {
    /// A file under `content/` is of no known kind and is not read.
    ///
    /// ## Why
    /// A results file named `result.toml` would otherwise be left out in silence.
    ///
    /// ## What to do
    /// Give it the name the formats ask for, put it into an `assets` folder, or remove it.
    pub(crate) static UNKNOWN = "files/unknown", Warning, [],
    zh: "`content/` 下有无法识别、因而不会读取的文件。\n\n否则，写错名字的 `result.toml` 会被悄悄忽略。请改成格式要求的名称，放进 `assets` 文件夹，或删除。"
}

rule! {
    /// A text file is larger than the limit of 64 MiB.
    ///
    /// ## Why
    /// Such a file is a mistake (a database dump, a picture with a wrong name), and would slow every build.
    ///
    /// ## What to do
    /// Split it, or move it out of the playbook.
    pub(crate) static HUGE = "files/huge", Error, [],
    zh: "文本文件超过 64 MiB 上限。\n\n这通常是误放的文件，会拖慢每次构建。请拆分或移出手册。"
}

/// Rules of the snapshot.
pub static FILE_RULES: &[&Rule] = &[&NOT_UTF8, &LINK, &NAME, &UNKNOWN, &HUGE];

/// Largest text file that is read, in bytes. Spans hold 32 bits; this stays far below.
const LARGEST_TEXT: usize = 64 << 20;

/// One input file.
#[derive(Clone, Debug)]
struct File {
    path: Arc<str>,
    body: Body,
    /// What was read from it; a later snapshot with the same file has it too.
    parsed: Arc<OnceLock<Parsed>>,
}

/// What is in a file; held once, however it is asked for.
#[derive(Clone, Debug)]
enum Body {
    /// A text, with the byte-order mark that it may begin with.
    Text(Arc<str>),
    /// A picture, or a text that was refused.
    Bytes(Arc<[u8]>),
}

impl Body {
    /// Reads what a path says is a text as one.
    fn of(path: &str, bytes: Vec<u8>) -> (Self, Option<Refusal>) {
        if !is_text(path) {
            return (Self::Bytes(bytes.into()), None);
        }
        match decode(bytes) {
            Ok(text) => (Self::Text(text.into()), None),
            Err((bytes, refusal)) => (Self::Bytes(bytes.into()), Some(refusal)),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// Every input of a build, read once. Paths are relative to the playbook's folder, with `/`.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<File>,
    by_path: BTreeMap<Arc<str>, FileId>,
    history: Reading,
}

impl Sources {
    /// A snapshot held in memory, for tests and previews.
    pub fn from_memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> (Self, Found) {
        let mut sources = Self::default();
        let mut found = Found::new();
        let sorted: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        for (path, bytes) in sorted {
            let read = Body::of(&path, bytes);
            sources.take(path, read, &mut found);
        }
        (sources, found)
    }

    /// Reads `playbook.toml`, `content/` and `themes/` under `root`.
    ///
    /// Files and folders whose name starts with a dot are no input. Findings cover links out of the tree,
    /// names that cannot be published and texts that are not UTF-8.
    ///
    /// # Errors
    /// When `root` holds no `playbook.toml`, or a file or folder cannot be read; the path is named.
    pub fn read(root: &Path) -> anyhow::Result<(Self, Found)> {
        let mut found = Found::new();
        let config = root.join("playbook.toml");
        if !config.is_file() {
            let place = root.display();
            return Err(trouble(said!(
                "no `playbook.toml` in {place}: run this in a playbook's folder or pass --root",
                "{place} 中没有 `playbook.toml`：请在手册文件夹中运行，或用 --root 指定"
            )));
        }
        let real_root = root.canonicalize().map_err(Trouble::reading(root))?;
        let mut paths = vec![("playbook.toml".to_owned(), config)];
        for top in ["content", "themes"] {
            let dir = root.join(top);
            if dir.is_dir() {
                walk(&real_root, &dir, top, &mut paths, &mut found)?;
            }
        }
        paths.sort();
        let read = |(name, path): (String, PathBuf)| -> anyhow::Result<(String, (Body, Option<Refusal>))> {
            let bytes = std::fs::read(&path).map_err(Trouble::reading(&path))?;
            let read = Body::of(&name, bytes);
            Ok((name, read))
        };
        use rayon::prelude::*;
        let contents: Vec<_> = paths.into_par_iter().map(read).collect::<anyhow::Result<_>>()?;
        let mut sources = Self::default();
        for (path, read) in contents {
            sources.take(path, read, &mut found);
        }
        Ok((sources, found))
    }

    fn take(&mut self, path: String, (body, refusal): (Body, Option<Refusal>), found: &mut Found) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("bug: more than 2^32 input files"));
        if let Some(refusal) = refusal {
            found.push(refusal.diagnostic(id, &path));
        }
        let path: Arc<str> = path.into();
        self.files.push(File { path: Arc::clone(&path), body, parsed: Arc::default() });
        self.by_path.insert(path, id);
        id
    }

    /// Adds a text that ships inside the binary under a path of its own, such as `<monthly>`.
    pub fn add_embedded(&mut self, path: &str, text: &str) -> FileId {
        self.take(path.to_owned(), (Body::Text(text.into()), None), &mut Found::new())
    }

    /// Lays a text over the file at a path, or adds it: what an editor holds and has not saved. Its number stays.
    pub fn lay(&mut self, path: &str, text: &str) -> FileId {
        let body = Body::Text(text.strip_prefix('\u{feff}').unwrap_or(text).into());
        match self.find(path) {
            Some(id) => {
                let file = &mut self.files[id.0 as usize];
                (file.body, file.parsed) = (body, Arc::default());
                id
            }
            None => self.take(path.to_owned(), (body, None), &mut Found::new()),
        }
    }

    /// Says what git knows of these files, or is about to; without, nothing is known of them.
    pub fn remember(&mut self, reading: Reading) {
        self.history = reading;
    }
    /// Waits until git has answered, or forgets the question when nobody wants to know.
    pub fn settle(&mut self, is_wanted: bool) {
        let reading = std::mem::take(&mut self.history);
        self.history = Reading::Done(if is_wanted { reading.finish() } else { History::None });
    }
    /// What git knows of these files, once it is settled.
    pub fn history(&self) -> &History {
        match &self.history {
            Reading::Done(history) => history,
            Reading::Running(_) => &History::None,
        }
    }

    /// The file at a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }
    /// A file's path.
    pub fn path(&self, id: FileId) -> &str {
        self.files.get(id.0 as usize).map_or("", |f| &f.path)
    }
    /// A file's text without byte-order mark; none for pictures and refused texts.
    pub fn text(&self, id: FileId) -> Option<&str> {
        match &self.files.get(id.0 as usize)?.body {
            Body::Text(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Body::Bytes(_) => None,
        }
    }
    /// A file's bytes as they are on disk.
    pub fn bytes(&self, id: FileId) -> &[u8] {
        self.files[id.0 as usize].body.bytes()
    }
    /// The same to be kept.
    pub fn shared(&self, id: FileId) -> Arc<[u8]> {
        match &self.files[id.0 as usize].body {
            Body::Text(text) => Arc::clone(text).into(),
            Body::Bytes(bytes) => Arc::clone(bytes),
        }
    }
    /// Paths under a folder (`content/campaigns/`), in order.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, FileId)> {
        use std::ops::Bound::{Included, Unbounded};
        self.by_path
            .range::<str, _>((Included(folder), Unbounded))
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, id)| (&**path, *id))
    }
    /// All paths in order.
    pub fn paths(&self) -> impl Iterator<Item = (&str, FileId)> {
        self.by_path.iter().map(|(path, id)| (&**path, *id))
    }
    /// A text of prose with its front matter, read once however often it is asked for; none for what is no text.
    pub fn prose(&self, id: FileId) -> Option<&Parsed> {
        let text = self.text(id)?;
        Some(self.files[id.0 as usize].parsed.get_or_init(|| Parsed::read(id, text)))
    }
    /// Reads all prose, on all processors.
    pub fn read_prose(&self) {
        use rayon::prelude::*;
        let prose = self.files.par_iter().enumerate().filter(|(_, file)| file.path.ends_with(".md"));
        prose.for_each(|(at, _)| {
            self.prose(FileId(u32::try_from(at).unwrap_or(u32::MAX)));
        });
    }

    /// This snapshot with some of its files as they are now on disk, with all that was read from the others. None when one of them is
    /// no longer there, no plain file or no text: then everything wants to be read.
    pub fn again(&self, root: &Path, changed: &[PathBuf]) -> Option<Self> {
        let own = self.files.iter().take_while(|file| !file.path.starts_with('<')).cloned().collect();
        let by_path = self.by_path.iter().filter(|(path, _)| !path.starts_with('<'));
        let by_path = by_path.map(|(path, id)| (Arc::clone(path), *id)).collect();
        let mut again = Self { files: own, by_path, history: Reading::default() };
        for path in changed {
            let name = path.strip_prefix(root).ok()?.to_str()?;
            let id = again.find(name)?;
            if !std::fs::symlink_metadata(path).ok()?.is_file() {
                return None;
            }
            let (body, refusal) = Body::of(name, std::fs::read(path).ok()?);
            if refusal.is_some() {
                return None;
            }
            let file = &mut again.files[id.0 as usize];
            if file.body.bytes() != body.bytes() {
                (file.body, file.parsed) = (body, Arc::default());
            }
        }
        Some(again)
    }

    /// Whether a file is the very one of another snapshot: the same number, and read from the same bytes.
    pub fn is_same(&self, id: FileId, other: &Self) -> bool {
        let (one, two) = (self.files.get(id.0 as usize), other.files.get(id.0 as usize));
        one.zip(two).is_some_and(|(one, two)| Arc::ptr_eq(&one.parsed, &two.parsed))
    }
    /// Whether another snapshot has files of the same paths and numbers, be they changed or not.
    pub fn has_paths_of(&self, other: &Self) -> bool {
        fn own(sources: &Sources) -> impl Iterator<Item = &Arc<str>> {
            sources.files.iter().map(|file| &file.path).take_while(|path| !path.starts_with('<'))
        }
        own(self).eq(own(other))
    }
    /// A second hold on every file, without what git knows.
    #[must_use]
    pub fn held(&self) -> Self {
        Self { files: self.files.clone(), by_path: self.by_path.clone(), history: Reading::default() }
    }
    /// Whether another snapshot holds the same files, byte for byte. Texts that ship inside the binary are the same in all.
    pub fn has_files_of(&self, other: &Self) -> bool {
        fn own(sources: &Sources) -> impl Iterator<Item = (&str, FileId)> {
            sources.paths().filter(|(path, _)| !path.starts_with('<'))
        }
        let mut pairs = own(self).zip(own(other));
        let is_same = |(one, two): ((&str, FileId), (&str, FileId))| {
            one == two && (self.is_same(one.1, other) || self.bytes(one.1) == other.bytes(two.1))
        };
        own(self).count() == own(other).count() && pairs.all(is_same)
    }
    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Whether a path holds text that must be UTF-8, by its ending.
pub fn is_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    matches!(ending.as_str(), "toml" | "md" | "html" | "css" | "js" | "svg" | "txt" | "csv" | "json")
}

fn walk(
    real_root: &Path,
    dir: &Path,
    top: &str,
    paths: &mut Vec<(String, PathBuf)>,
    found: &mut Found,
) -> anyhow::Result<()> {
    let visible = |e: &walkdir::DirEntry| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.');
    for entry in walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|e| {
            let path = e.path().unwrap_or(dir).to_owned();
            let error = e.into_io_error().unwrap_or_else(|| std::io::Error::other("links lead in a circle"));
            Trouble::reading(&path)(error)
        })?;
        let inside = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let parts: Vec<String> = inside
            .components()
            .filter_map(|c| match c {
                Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        let name = std::iter::once(top.to_owned()).chain(parts.iter().cloned()).collect::<Vec<_>>().join("/");
        if let Some(part) = parts.last()
            && (!is_publishable(part) || entry.file_name().to_str().is_none())
        {
            found.push(unpublishable(&name));
            continue;
        }
        let kind = entry.file_type();
        if kind.is_symlink() {
            let target = entry.path().canonicalize().ok();
            let inside = target.as_ref().is_some_and(|t| t.starts_with(real_root) && t.is_file());
            if !inside {
                found.push(leads_out(&name));
                continue;
            }
            paths.push((name, entry.path().to_owned()));
        } else if kind.is_file() {
            paths.push((name, entry.path().to_owned()));
        }
    }
    Ok(())
}

/// Says that a path cannot be an address.
pub(super) fn unpublishable(name: &str) -> Diagnostic {
    let message = said!("the name of `{name}` cannot be published", "`{name}` 的名称无法发布");
    let advice = said!("rename it with letters, digits, `-`, `_` and `.`", "请用字母、数字、`-`、`_`、`.` 重新命名");
    Diagnostic::new(&NAME, None, message).hint(advice)
}

/// Says that a symbolic link is not followed.
pub(super) fn leads_out(name: &str) -> Diagnostic {
    let message = said!(
        "`{name}` is a link that leads out of the playbook or to no file",
        "`{name}` 是指向手册之外或不存在文件的链接"
    );
    Diagnostic::new(&LINK, None, message).hint(said!("copy the file into the playbook", "请把文件复制进手册"))
}

/// Whether one part of a path can be published everywhere.
pub(super) fn is_publishable(part: &str) -> bool {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    !part.contains(hidden) && !part.ends_with(['.', ' ']) && part.len() <= 240
}

#[derive(Debug)]
enum Refusal {
    Bytes { offset: usize, guess: Option<&'static str> },
    Huge { size: usize },
}

impl Refusal {
    fn diagnostic(&self, id: FileId, path: &str) -> Diagnostic {
        let start = Span::new(id, 0, 0);
        match self {
            Self::Huge { size } => {
                let mib = size >> 20;
                let message = said!("`{path}` is a text of {mib} MiB", "`{path}` 是 {mib} MiB 的文本");
                Diagnostic::new(&HUGE, start, message).hint(said!("split it or move it out", "请拆分或移出手册"))
            }
            Self::Bytes { offset, guess } => {
                let (en, zh) = guess.map_or((String::new(), String::new()), |g| {
                    (format!("; it looks like {g}"), format!("，看起来像 {g}"))
                });
                let message =
                    said!("`{path}` is not UTF-8 at byte {offset}{en}", "`{path}` 在第 {offset} 字节处不是 UTF-8{zh}");
                Diagnostic::new(&NOT_UTF8, start, message)
                    .hint(said!("save the file again as UTF-8", "请将文件另存为 UTF-8 编码"))
            }
        }
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, (Vec<u8>, Refusal)> {
    if bytes.len() > LARGEST_TEXT {
        let size = bytes.len();
        return Err((bytes, Refusal::Huge { size }));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let guess = guess(&bytes);
        (bytes, Refusal::Bytes { offset, guess })
    })
}

/// What an undecodable text probably is; only for the message.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Some("UTF-16");
    }
    // GBK: every byte above 0x80 opens a pair whose second byte is 0x40–0xFE without 0x7F.
    let mut rest = bytes;
    let mut pairs = 0;
    while let Some((&first, tail)) = rest.split_first() {
        if first < 0x80 {
            rest = tail;
        } else {
            match tail.split_first() {
                Some((&second, tail)) if first != 0xff && second >= 0x40 && second != 0x7f && second != 0xff => {
                    pairs += 1;
                    rest = tail;
                }
                _ => return None,
            }
        }
    }
    (pairs > 0).then_some("GBK")
}

/// The path that `target` means when it is written in the file `from`; none when it leads out of the playbook.
pub fn resolved(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if target.starts_with('/') {
        parts.clear();
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, bytes: &[u8]) -> (Sources, Vec<Diagnostic>) {
        let (sources, found) = Sources::from_memory([(path.to_owned(), bytes.to_vec())]);
        (sources, found.sorted())
    }

    #[test]
    fn a_gbk_file_is_named_with_the_offset() {
        let (sources, found) = one("content/people.toml", b"name = \"\xc1\xd6\xd4\xc2\"");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message.en, "`content/people.toml` is not UTF-8 at byte 8; it looks like GBK");
        assert_eq!(sources.text(FileId(0)), None);
    }

    #[test]
    fn utf16_is_recognised() {
        let (_, found) = one("a.toml", b"\xff\xfea\0");
        assert!(found[0].message.en.contains("UTF-16"));
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        let (sources, found) = one("a.md", "\u{feff}# 春".as_bytes());
        assert!(found.is_empty());
        assert_eq!(sources.text(FileId(0)), Some("# 春"));
    }

    #[test]
    fn names_that_hide_or_break_are_not_published() {
        for wrong in ["a\u{202e}gpj.md", "a.", "a ", "a:b", "a\\b", "\u{200b}"] {
            assert!(!is_publishable(wrong), "{wrong:?}");
        }
        assert!(is_publishable("春季焕新.png"));
    }
}

//! Decoding with spans: every wrong, missing and unknown key of a file is reported in one run.
//!
//! [`shape!`](crate::shape) declares a record once; from it come the struct, its decoder, and the table of
//! its keys ([`Record::FIELDS`]) that unknown-key suggestions and documentation use.

mod declare;
mod form;
mod values;

pub use form::{Form, Leaf, Shape, plain};
pub use values::{Days, Entries, Number, NumberOrWord, bad_id, bad_offset};

use super::statements::{Sort, statements};
use super::toml::{Kind, Table, Value};
use crate::base::{Date, Diagnostic, Found, Rule, Said, Span, Spanned, words};
use crate::{rule, said};

rule! {
    /// A key is not known here.
    ///
    /// ## Why
    /// A mistyped key would otherwise be ignored in silence, and the plan would not say what its author thinks it says.
    ///
    /// ## Example
    /// ```toml,reports
    /// sumary = "Two weeks of spring tea"
    /// ```
    /// ```toml,passes
    /// summary = "Two weeks of spring tea"
    /// ```
    pub(crate) static UNKNOWN_KEY = "shape/unknown-key", Error, [],
    zh: "这里没有这个键。\n\n写错的键若被悄悄忽略，方案就和作者以为的不一样。"
}

rule! {
    /// A key that must be written is missing.
    ///
    /// ## Why
    /// Without it the rest of the table has no meaning: a milestone without an id cannot be named, a line without an amount not be added.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "roi"
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "roi"
    /// target = 4
    /// ```
    pub(crate) static MISSING_KEY = "shape/missing-key", Error, [],
    zh: "缺少必填的键。\n\n没有它，这张表就没有意义：没有 id 的里程碑无法被引用，没有金额的预算行无法相加。"
}

rule! {
    /// A value is of the wrong kind.
    ///
    /// ## Why
    /// A date in quotes is a string to TOML, a number in quotes is text: neither can be computed with.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "theme-decided"
    /// done = "2026-05-11"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "theme-decided"
    /// done = 2026-05-11
    /// ```
    pub(crate) static WRONG_TYPE = "shape/wrong-type", Error, [],
    zh: "值的类型不对。\n\n加了引号的日期在 TOML 里是字符串，加了引号的数字是文字，都无法计算。"
}

rule! {
    /// A value is of the right kind, but not one that can stand here.
    ///
    /// ## Why
    /// Words such as `scale = "big"` would mean nothing; ids become addresses and must be plain ASCII; money has no tenth of a cent.
    ///
    /// ## Example
    /// ```toml,reports
    /// scale = "lage"
    /// ```
    /// ```toml,passes
    /// scale = "large"
    /// ```
    pub(crate) static BAD_VALUE = "shape/bad-value", Error, [],
    zh: "值的类型正确，但不能写在这里。\n\n例如 `scale = \"big\"` 没有含义；id 会成为网址，只能用 ASCII；金额没有“厘”。"
}

/// Rules of decoding.
pub static SHAPE_RULES: &[&Rule] = &[&UNKNOWN_KEY, &MISSING_KEY, &WRONG_TYPE, &BAD_VALUE];

/// A type that can be read from a TOML value. `None` means a finding was pushed.
pub trait Decode: Sized {
    /// Reads one value.
    fn decode(value: &Value, found: &mut Found) -> Option<Self>;
    /// What was wanted, with an article: for "is a string, wanted a date".
    fn wanted() -> Said;
    /// The same as data.
    fn form() -> Form;
}

/// One key of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key as authors write it.
    pub key: &'static str,
    /// Its documentation.
    pub docs: &'static str,
    /// Whether it must be written.
    pub required: bool,
    /// What its value must be.
    pub wanted: fn() -> Said,
    /// The same as data.
    pub form: fn() -> Form,
}

/// A table with known keys. Implemented by [`shape!`](crate::shape).
pub trait Record: Sized {
    /// Its keys in order of declaration.
    const FIELDS: &'static [Field];
    /// Its name, documentation and keys.
    const SHAPE: Shape;
    /// Reads a table.
    fn read(table: &Table, found: &mut Found) -> Self;
}

/// The finding for a value of another kind than wanted.
pub fn wrong_type(value: &Value, wanted: &Said, found: &mut Found) {
    let is = value.describe();
    let (is_en, is_zh, en, zh) = (&is.en, &is.zh, &wanted.en, &wanted.zh);
    let message = said!("this is {is_en}, wanted {en}", "这里是{is_zh}，应为{zh}");
    let mut diagnostic = Diagnostic::new(&WRONG_TYPE, value.span, message);
    if let Kind::String(s) = &value.kind {
        let number = !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if (en.contains("date") && Date::parse(s).is_some()) || (en.contains("number") && number) {
            let text = said!("remove the quotes: `{s}`", "去掉引号：`{s}`");
            diagnostic = diagnostic.fix(text, value.span, s.clone());
        }
    } else if let (Kind::Date(d), true) = (&value.kind, en.contains("string")) {
        let text = said!("put it in quotes: `\"{d}\"`", "加上引号：`\"{d}\"`");
        diagnostic = diagnostic.fix(text, value.span, format!("\"{d}\""));
    }
    if diagnostic.hints.is_empty() {
        diagnostic = diagnostic.hint(said!("write {en} here", "请在这里写{zh}"));
    }
    found.push(diagnostic);
}

/// The finding for a value that cannot stand here, with the nearest that can.
pub fn bad_value<'a>(
    span: Span,
    word: &str,
    what: &Said,
    allowed: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let (en, zh) = (&what.en, &what.zh);
    let diagnostic = Diagnostic::new(&BAD_VALUE, span, said!("`{word}` is no {en}", "`{word}` 不是{zh}"));
    match words::near(word, allowed.clone()) {
        Some(words::Near { name, is_sure }) => {
            let advice = said!("did you mean `{name}`?", "是否想写 `{name}`？");
            diagnostic.guess(advice, span, format!("\"{name}\""), is_sure)
        }
        None => {
            let list = words::one_of(allowed);
            let (en, zh) = (&list.en, &list.zh);
            diagnostic.hint(said!("write {en}", "请写 {zh}"))
        }
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        T::decode(value, found).map(|inner| Self::new(inner, value.span))
    }
    fn wanted() -> Said {
        T::wanted()
    }
    fn form() -> Form {
        T::form()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: &Value, found: &mut Found) -> Option<Self> {
        let Kind::Array(items) = &value.kind else {
            wrong_type(value, &Self::wanted(), found);
            return None;
        };
        Some(items.iter().filter_map(|item| T::decode(item, found)).collect())
    }
    fn wanted() -> Said {
        let inner = T::wanted();
        let (en, zh) = (inner.en, inner.zh);
        said!("a list, each {en}", "列表，每项是{zh}")
    }
    fn form() -> Form {
        Form::List(Box::new(T::form()))
    }
}

/// Reads the keys of one table. Used by the code that [`shape!`](crate::shape) makes.
#[derive(Debug)]
pub struct Reader<'a> {
    table: &'a Table,
}

impl<'a> Reader<'a> {
    /// Starts on a table.
    pub fn new(table: &'a Table) -> Self {
        Self { table }
    }

    /// The value of a key that may be left out.
    pub fn optional<T: Decode>(&self, key: &str, found: &mut Found) -> Option<T> {
        self.table.get(key).and_then(|value| T::decode(value, found))
    }

    /// The value of a key that must be written.
    pub fn required<T: Decode>(&self, key: &str, found: &mut Found) -> Option<T> {
        if self.table.get(key).is_none() && self.table.broken.iter().all(|b| b != key) {
            let wanted = T::wanted();
            let (en, zh) = (&wanted.en, &wanted.zh);
            let message = said!("`{key}` is missing", "缺少 `{key}`");
            let advice = said!("add `{key} = …`, {en}", "请添加 `{key} = …`，{zh}");
            found.push(Diagnostic::new(&MISSING_KEY, self.table.span, message).hint(advice));
        }
        self.optional(key, found)
    }

    /// The values of a list, or none.
    pub fn list<T: Decode>(&self, key: &str, found: &mut Found) -> Vec<T> {
        self.optional::<Vec<T>>(key, found).unwrap_or_default()
    }

    /// The keys that are written, whether or not their values could be read.
    pub fn keys(&self) -> Vec<String> {
        self.table.entries.iter().map(|(key, _)| key.value.clone()).collect()
    }

    /// Entries whose key is not among `fields`.
    pub fn rest<T: Decode>(&self, fields: &[Field], found: &mut Found) -> Entries<T> {
        let free = |k: &str| fields.iter().all(|f| f.key != k);
        let mut entries = Vec::new();
        for (key, value) in self.table.entries.iter().filter(|(k, _)| free(&k.value)) {
            if let Some(value) = T::decode(value, found) {
                entries.push((key.clone(), value));
            }
        }
        Entries(entries)
    }

    /// Reports keys that are not among `fields`. What such a key was meant to be is not missing besides.
    pub fn finish(&self, fields: &[Field], found: &mut Found) {
        for (key, _) in &self.table.entries {
            if fields.iter().all(|f| f.key != key.value) {
                if let Some(meant) = words::nearest(&key.value, fields.iter().map(|f| f.key)) {
                    let missing = said!("`{meant}` is missing", "缺少 `{meant}`");
                    let is_missing = |d: &Diagnostic| d.rule == MISSING_KEY.code && d.message == missing;
                    found.drop_where(|d| d.span == Some(self.table.span) && is_missing(d));
                }
                found.push(unknown_key(key, fields.iter().map(|f| f.key)));
            }
        }
    }
}

/// Reads the table of a whole file. A key of the file that stands under a header, where it is none, is told to move up.
pub fn of_file<T: Record>(table: &Table, text: &str, found: &mut Found) -> T {
    let mut own = Found::new();
    let record = T::read(table, &mut own);
    let is_root = |word: &str| T::FIELDS.iter().any(|field| field.key == word) && table.get(word).is_none();
    found.extend(own.into_iter().map(|finding| moved_up(finding, text, &is_root)));
    record
}

fn moved_up(mut finding: Diagnostic, text: &str, is_root: &dyn Fn(&str) -> bool) -> Diagnostic {
    let Some(span) = finding.span.filter(|_| finding.rule == UNKNOWN_KEY.code) else { return finding };
    if !text.get(span.range()).is_some_and(|word| is_root(word.trim_matches(['"', '\'']))) {
        return finding;
    }
    let statements = statements(text);
    let header = statements.iter().find(|s| s.sort == Sort::Header).map(|s| s.range.start);
    let own = statements.iter().find(|s| s.sort == Sort::Pair && s.range.start == span.start as usize);
    let (Some(header), Some(own)) = (header, own) else { return finding };
    finding.hints.clear();
    let between = text[header..own.range.start].trim_end();
    let moved = format!("{}\n\n{between}", &text[own.range.clone()]);
    let advice = said!(
        "it belongs to the whole file: move the line up, above the first `[`",
        "它属于整个文件：请把这一行移到最上面，放在第一个 `[` 之前"
    );
    finding.fix(advice, Span::new(span.file, header, own.range.end), moved)
}

/// The finding for a key that is not known, with the nearest that is.
pub fn unknown_key<'a>(key: &Spanned<String>, known: impl IntoIterator<Item = &'a str> + Clone) -> Diagnostic {
    let word = &key.value;
    let diagnostic =
        Diagnostic::new(&UNKNOWN_KEY, key.span, said!("`{word}` is no key here", "这里没有 `{word}` 这个键"));
    match words::near(word, known.clone()) {
        Some(words::Near { name, is_sure }) => {
            diagnostic.guess(said!("did you mean `{name}`?", "是否想写 `{name}`？"), key.span, name, is_sure)
        }
        None => {
            let list = words::one_of(known);
            let (en, zh) = (&list.en, &list.zh);
            diagnostic.hint(said!("remove it, or write one of {en}", "请删除，或写 {zh} 之一"))
        }
    }
}

//! TOML text → a tree with spans, in the order of the file, and every syntax error at once.

use crate::base::{Date, Diagnostic, FileId, Found, Rule, Said, Span, Spanned};
use crate::{rule, said};
use ::toml::de::{DeTable, DeValue};
use ::toml::Spanned as TomlSpanned;

rule! {
    /// A TOML file has a syntax error.
    ///
    /// ## Why
    /// Text that cannot be read cannot be checked. Reading goes on after the error, so other mistakes show in the same run.
    ///
    /// ## Example
    /// ```toml,reports
    /// tags = ["spring"
    /// ```
    /// ```toml,passes
    /// tags = ["spring"]
    /// ```
    pub(crate) static SYNTAX = "shape/syntax", Error, [],
    zh: "TOML 文件有语法错误。\n\n读不懂的文字无法检查；出错之后仍会继续阅读，让其他错误在同一次运行中一并显示。"
}

/// Rules of the TOML reader.
pub static TOML_RULES: &[&Rule] = &[&SYNTAX];

/// A value and its words.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// Its words; of a `[table]`, the header.
    pub span: Span,
}

/// The kinds of values. Numbers keep the text they were written as.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A string, unescaped.
    String(String),
    /// An integer in base ten.
    Integer(String),
    /// A decimal; `inf` and `nan` are kept as text and refused by whoever decodes.
    Float(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A plain date.
    Date(Date),
    /// A time, or a date with a time; as text.
    Time(String),
    /// A list.
    Array(Vec<Value>),
    /// A table.
    Table(Table),
}

/// A table: entries by position.
#[derive(Clone, Debug)]
pub struct Table {
    /// The header's words (`[budget]`), the braces, or the start of the file.
    pub span: Span,
    /// Entries in the order of the file.
    pub entries: Vec<(Spanned<String>, Value)>,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(k, _)| k.value == key).map(|(_, v)| v)
    }
}

impl Value {
    /// What it is, in words with an article.
    pub fn describe(&self) -> Said {
        match &self.kind {
            Kind::String(_) => said!("a string", "字符串"),
            Kind::Integer(_) => said!("a whole number", "整数"),
            Kind::Float(_) => said!("a decimal number", "小数"),
            Kind::Boolean(_) => said!("true or false", "布尔值"),
            Kind::Date(_) => said!("a date", "日期"),
            Kind::Time(_) => said!("a time", "时间"),
            Kind::Array(_) => said!("a list", "列表"),
            Kind::Table(_) => said!("a table", "表"),
        }
    }
}

/// Parses `text` (or, for front matter, the part of it that starts at byte `base`).
///
/// All syntax errors are reported, one for each broken place; the tree holds everything that could be read.
pub fn parse(file: FileId, text: &str, base: usize) -> (Table, Found) {
    let mut found = Found::new();
    let (table, errors) = DeTable::parse_recoverable(text);
    report_syntax(file, text, base, &errors, &mut found);
    let tree = Tree { file, base };
    let span = Span::new(file, base, base);
    (tree.table(table.get_ref(), span), found)
}

struct Tree {
    file: FileId,
    base: usize,
}

impl Tree {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start, self.base + range.end)
    }

    fn table(&self, table: &DeTable<'_>, span: Span) -> Table {
        let entry = |(k, v): (&TomlSpanned<_>, &TomlSpanned<DeValue<'_>>)| {
            let key: &std::borrow::Cow<'_, str> = k.get_ref();
            (Spanned::new(key.clone().into_owned(), self.span(k.span())), self.value(v))
        };
        let mut entries: Vec<_> = table.iter().map(entry).collect();
        entries.sort_by_key(|(k, _)| k.span.start);
        Table { span, entries }
    }

    fn value(&self, value: &TomlSpanned<DeValue<'_>>) -> Value {
        let span = self.span(value.span());
        let kind = match value.get_ref() {
            DeValue::String(s) => Kind::String(s.clone().into_owned()),
            DeValue::Integer(n) if n.radix() == 10 => Kind::Integer(n.as_str().to_owned()),
            DeValue::Integer(n) => {
                let parsed = i64::from_str_radix(n.as_str(), n.radix());
                Kind::Integer(parsed.map_or_else(|_| n.as_str().to_owned(), |n| n.to_string()))
            }
            DeValue::Float(n) => Kind::Float(n.as_str().to_owned()),
            DeValue::Boolean(b) => Kind::Boolean(*b),
            DeValue::Datetime(d) => match (d.date, d.time, d.offset) {
                (Some(date), None, None) => match Date::parse(&date.to_string()) {
                    Some(date) => Kind::Date(date),
                    None => Kind::Time(d.to_string()),
                },
                _ => Kind::Time(d.to_string()),
            },
            DeValue::Array(list) => Kind::Array(list.iter().map(|v| self.value(v)).collect()),
            DeValue::Table(t) => Kind::Table(self.table(t, span)),
        };
        Value { kind, span }
    }
}

/// Reports syntax errors, leaving out those that only echo an earlier one.
///
/// An unclosed bracket makes the parser stumble over each following line. Such an echo stands on a line that
/// is fine by itself, in the same `[table]` as the error before it.
fn report_syntax(file: FileId, text: &str, base: usize, errors: &[::toml::de::Error], found: &mut Found) {
    let mut last_table: Option<usize> = None;
    for error in errors {
        let range = error.span().unwrap_or(text.len()..text.len());
        let start = range.start.min(text.len());
        let line = line_of(text, start);
        let table = text[..line.start].rfind("\n[").map_or(0, |n| n + 1);
        let echo = last_table == Some(table) && DeTable::parse(&text[line.clone()]).is_ok();
        last_table = Some(table);
        if echo {
            continue;
        }
        // An error at the end of a line has no width; underline the line's last word instead of nothing.
        let (from, to) = match text.get(range.clone()) {
            Some(words) if !words.trim().is_empty() => (start, range.end),
            _ => {
                let trimmed = text[line.start..start].trim_end();
                let from = trimmed.rfind(char::is_whitespace).map_or(line.start, |n| line.start + n + 1);
                (from.min(start), line.start + trimmed.len().max(from - line.start))
            }
        };
        let detail = error.message().to_owned();
        let zh = chinese(&detail);
        let message = said!("{detail}", "TOML 语法错误：{zh}");
        let mut diagnostic = Diagnostic::new(&SYNTAX, Span::new(file, base + from, base + to), message);
        if let Some(advice) = advice(&text[line], &detail) {
            diagnostic = diagnostic.hint(advice);
        }
        found.push(diagnostic);
    }
}

fn line_of(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    start..end
}

/// What to do about the mistakes people really make.
fn advice(line: &str, detail: &str) -> Option<Said> {
    let wide = line.chars().find(|c| matches!(c, '“' | '”' | '‘' | '’' | '＝' | '，' | '【' | '】' | '［' | '］' | '＂'));
    if let Some(wide) = wide {
        return Some(said!(
            "replace the full-width or curly `{wide}` by a plain ASCII sign",
            "请把全角或弯引号 `{wide}` 换成英文半角符号"
        ));
    }
    let key_is_bare = line.split('=').next().is_some_and(|key| !key.is_ascii() && !key.contains('"'));
    if line.contains('=') && key_is_bare {
        return Some(said!("put a key that is not ASCII in quotes", "非 ASCII 的键名要加引号"));
    }
    if detail.contains("array") || detail.contains("`]`") {
        return Some(said!("close the list with `]`", "请用 `]` 结束列表"));
    }
    if detail.contains("inline table") || detail.contains("`}`") {
        return Some(said!("close the table with `}}`", "请用 `}}` 结束内联表"));
    }
    if detail.contains("string") || detail.contains("quote") {
        return Some(said!("put text in quotes: `key = \"text\"`", "文字要加引号：`键 = \"文字\"`"));
    }
    if detail.contains("duplicate") {
        return Some(said!("keep one of the two", "请只保留其中一个"));
    }
    if line.trim_end().ends_with('=') {
        return Some(said!("write a value after `=`", "请在 `=` 后写上值"));
    }
    Some(said!("write `key = value`, text in quotes", "请写成 `键 = 值`，文字加引号"))
}

/// The parser's description in Chinese, for the phrases it uses most; others stay as they are.
fn chinese(detail: &str) -> String {
    const PHRASES: [(&str, &str); 14] = [
        ("duplicate key", "键重复"),
        ("unclosed array", "列表没有结束"),
        ("unclosed inline table", "内联表没有结束"),
        ("unclosed table", "表头没有结束"),
        ("invalid basic string", "字符串无效"),
        ("invalid multi-line basic string", "多行字符串无效"),
        ("missing value", "缺少值"),
        ("invalid unquoted key", "键名无效"),
        ("string values must be quoted", "文字要加引号"),
        ("key with no value", "键没有值"),
        ("extra comma", "多余的逗号"),
        ("unexpected key or value", "意外的键或值"),
        ("invalid date", "日期无效"),
        (", expected ", "，应为 "),
    ];
    PHRASES.iter().fold(detail.to_owned(), |text, (en, zh)| text.replace(en, zh))
}

//! TOML text → a tree with spans, in the order of the file, and every syntax error at once.

mod meant;

use super::statements::{self, Sort, Statement};
use crate::base::{Date, Diagnostic, FileId, Found, Rule, Said, Span, Spanned};
use crate::{rule, said};
use ::toml::Spanned as TomlSpanned;
use ::toml::de::{DeTable, DeValue};

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
    /// Keys that were written but could not be read: reported already, so not missing.
    pub broken: Vec<String>,
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
/// A broken statement is reported once and taken out; the tree holds everything else. Each table knows the keys of
/// its broken statements, so that nobody calls them missing.
pub fn parse(file: FileId, text: &str, base: usize) -> (Table, Found) {
    let mut found = Found::new();
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let tree = Tree { file, base, broken: &[] };
        return (tree.table(table.get_ref(), Span::new(file, base, base)), found);
    }
    let mut repair = Repair::new(file, text, base);
    let mended = repair.run(&mut found);
    let (table, _) = DeTable::parse_recoverable(&mended);
    let tree = Tree { file, base, broken: &repair.broken };
    (tree.table(table.get_ref(), Span::new(file, base, base)), found)
}

/// Takes out broken statements one after another until the rest can be read.
struct Repair<'t> {
    file: FileId,
    text: &'t str,
    base: usize,
    statements: Vec<Statement>,
    /// Keys of statements taken out, with the start of the header they stand under.
    broken: Vec<(Option<usize>, String)>,
}

impl<'t> Repair<'t> {
    fn new(file: FileId, text: &'t str, base: usize) -> Self {
        Self { file, text, base, statements: statements::statements(text), broken: Vec::new() }
    }

    /// The text with every broken statement blanked; each is reported once.
    fn run(&mut self, found: &mut Found) -> String {
        let mut mended = self.text.as_bytes().to_vec();
        let mut left = std::mem::take(&mut self.statements);
        let (unclosed, rest): (Vec<_>, Vec<_>) = left.drain(..).partition(|s| s.unclosed.is_some());
        left = rest;
        for statement in unclosed {
            found.push(self.never_closed(&statement));
            self.take_out(&statement, &mut left, &mut mended);
        }
        loop {
            let text = String::from_utf8_lossy(&mended).into_owned();
            let (_, errors) = DeTable::parse_recoverable(&text);
            let Some(error) = errors.first() else { return text };
            let at = error.span().map_or(text.len(), |s| s.start);
            // An error between statements belongs to the one before it.
            let Some(index) = left.iter().rposition(|s| s.range.start <= at) else {
                found.push(self.diagnostic(error, None));
                return String::new();
            };
            let statement = left.remove(index);
            found.push(self.diagnostic(error, Some(&statement)));
            self.take_out(&statement, &mut left, &mut mended);
        }
    }

    /// Blanks a statement; under a broken header everything up to the next one, which would else join another table.
    fn take_out(&mut self, statement: &Statement, left: &mut Vec<Statement>, mended: &mut [u8]) {
        let mut blank = |range: std::ops::Range<usize>| {
            for byte in &mut mended[range] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        };
        blank(statement.range.clone());
        match statement.sort {
            Sort::Pair => self.broken.push((statement.header, statement.key(self.text).to_owned())),
            Sort::Header => {
                let under = |s: &Statement| s.header == statement.header;
                left.iter().filter(|s| under(s)).for_each(|s| blank(s.range.clone()));
                left.retain(|s| !under(s));
            }
        }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.file, self.base + from, self.base + to)
    }

    fn never_closed(&self, statement: &Statement) -> Diagnostic {
        let at = statement.unclosed.unwrap_or(statement.range.start);
        let (open, close) = if self.text[at..].starts_with('{') { ('{', '}') } else { ('[', ']') };
        let end = statement.range.end;
        let words = self.text[at..end].lines().next().map_or(at + 1, |line| at + line.trim_end().len());
        let message = said!("this `{open}` is never closed", "这个 `{open}` 没有结束");
        let advice = said!("close it with `{close}`", "请用 `{close}` 结束");
        // The bracket goes before a comma or comment at the end; both are rare enough to leave to the author.
        Diagnostic::new(&SYNTAX, self.span(at, words), message).fix(advice, self.span(end, end), close.to_string())
    }

    /// The finding for a name that must stand in quotes: `prep/budget = 2026-04-30`.
    fn named(&self, statement: &Statement, at: usize) -> Option<Diagnostic> {
        let line = &self.text[statement.range.clone()];
        let key = line.split_once('=').map(|(key, _)| key.trim_end())?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
        let (from, to) = (statement.range.start, statement.range.start + key.len());
        if !key.contains('/') || !key.chars().all(is_name) || at > to {
            return None;
        }
        let message = said!("the name `{key}` is not in quotes", "名称 `{key}` 没有加引号");
        let advice = said!("a name with `/` stands in quotes: `\"{key}\"`", "带 `/` 的名称要加引号：`\"{key}\"`");
        let span = self.span(from, to);
        Some(Diagnostic::new(&SYNTAX, span, message).fix(advice, span, format!("\"{key}\"")))
    }

    /// The finding for a date or number written as people write it.
    fn meant(&self, statement: &Statement, at: usize) -> Option<Diagnostic> {
        let (from, to) = value_range(self.text, &statement.range)?;
        let value = self.text.get(from..to)?;
        let (value, _) = value.split_once('#').unwrap_or((value, ""));
        let value = value.trim_end();
        if at < from || value.starts_with(['"', '\'', '[', '{']) {
            return None;
        }
        let meant = meant::meant(value)?;
        let span = self.span(from, from + value.len());
        let diagnostic = Diagnostic::new(&SYNTAX, span, meant.message);
        Some(match meant.edit {
            Some(edit) => diagnostic.fix(meant.advice, span, edit),
            None => diagnostic.hint(meant.advice),
        })
    }

    fn diagnostic(&self, error: &::toml::de::Error, statement: Option<&Statement>) -> Diagnostic {
        let range = error.span().unwrap_or(self.text.len()..self.text.len());
        let whole = statement.map_or(0..self.text.len(), |s| s.range.clone());
        let inside = |n: usize| n.clamp(whole.start, whole.end);
        let (mut from, mut to) = (inside(range.start), inside(range.end));
        let line_end = self.text[from..].find('\n').map_or(self.text.len(), |n| from + n);
        to = to.min(line_end);
        if self.text.get(from..to).is_none_or(|words| words.trim().is_empty()) {
            // Nothing stands there: underline the last word before it.
            let before = self.text.get(whole.start..from).unwrap_or_default().trim_end();
            to = whole.start + before.len();
            from = whole.start + before.rfind(char::is_whitespace).map_or(0, |n| n + 1);
        }
        // Of a number or date the parser names one sign; the author thinks of the whole value.
        if let Some((start, end)) =
            statement.and_then(|s| value_range(self.text, &s.range)).filter(|(start, _)| from >= *start)
        {
            let value = &self.text[start..end];
            if value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b'_' | b'-' | b':')) {
                (from, to) = (start, end);
            }
        }
        if let Some(finding) = statement.and_then(|s| self.named(s, from).or_else(|| self.meant(s, from))) {
            return finding;
        }
        let words = self.text.get(from..to).unwrap_or_default();
        let key = statement.map_or("", |s| s.key(self.text));
        let line = statement.map_or("", |s| &self.text[s.range.clone()]);
        let plain = Said { en: error.message().to_owned(), zh: format!("TOML 语法错误：{}", error.message()) };
        let (message, advice) = explain(error.message(), words, key, line)
            .unwrap_or_else(|| (plain, said!("write `key = value`, text in quotes", "请写成 `键 = 值`，文字加引号")));
        let diagnostic = Diagnostic::new(&SYNTAX, self.span(from, to), message);
        if let Some(mended) = statement.and_then(|_| mended(line)) {
            return diagnostic.fix(advice, self.span(whole.start, whole.end), mended);
        }
        match unquoted(error.message(), line, whole.start) {
            Some((from, to)) => {
                let value = &self.text[from..to];
                diagnostic.fix(
                    advice,
                    self.span(from, to),
                    format!("{:?}", value.trim_matches(['“', '”', '＂', '‘', '’'])),
                )
            }
            None => diagnostic.hint(advice),
        }
    }
}

/// A line that can be read when its signs are made plain, or when its last text is closed.
fn mended(line: &str) -> Option<String> {
    let reads = |line: &String| DeTable::parse_recoverable(line).1.is_empty();
    let plain = Some(meant::with_plain_signs(line)).filter(|plain| plain != line);
    let closed = || (!line.contains('#')).then(|| format!("{line}\""));
    plain.filter(reads).or_else(|| closed().filter(reads))
}

/// Where the value of a one-line statement stands.
fn value_range(text: &str, statement: &std::ops::Range<usize>) -> Option<(usize, usize)> {
    let line = &text[statement.clone()];
    let (key, value) = line.split_once('=').filter(|(_, v)| !v.contains('\n'))?;
    let start = statement.start + key.len() + 1 + (value.len() - value.trim_start().len());
    Some((start, statement.start + line.trim_end().len()))
}

/// The value of a one-line statement whose text lacks quotes: the edit puts them around it.
fn unquoted(detail: &str, line: &str, start: usize) -> Option<(usize, usize)> {
    if !detail.contains("must be quoted") || line.contains(['\n', '[', '{', '"', '#']) {
        return None;
    }
    let (key, value) = line.split_once('=').filter(|(_, value)| !is_like_a_date(value.trim()))?;
    let from = start + key.len() + 1 + (value.len() - value.trim_start().len());
    (!value.trim().is_empty()).then(|| (from, start + line.trim_end().len()))
}

/// Whether somebody may have meant a day: `12 December 2026`, `12/10/2026`, `2026年12月10日`.
fn is_like_a_date(value: &str) -> bool {
    let has_year = value.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    has_year && value.starts_with(|c: char| c.is_ascii_digit()) && value.contains([' ', '/', '.', '年'])
}

struct Tree<'a> {
    file: FileId,
    base: usize,
    broken: &'a [(Option<usize>, String)],
}

impl Tree<'_> {
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
        let here = |header: &Option<usize>| match header {
            Some(start) => span.start as usize == self.base + start && span.end > span.start,
            None => span.start == span.end,
        };
        let broken = self.broken.iter().filter(|(header, _)| here(header)).map(|(_, key)| key.clone()).collect();
        Table { span, entries, broken }
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

/// The mistakes people really make, in plain words: what is wrong, and what to do.
fn explain(detail: &str, words: &str, key: &str, line: &str) -> Option<(Said, Said)> {
    let wide = |c: &char| matches!(c, '“' | '”' | '‘' | '’' | '＝' | '，' | '【' | '】' | '［' | '］' | '＂' | '：');
    let outside_strings: String = line.split('"').step_by(2).collect();
    if let Some(sign) = outside_strings.chars().find(wide) {
        return Some((
            said!("`{sign}` is a full-width or curly sign", "`{sign}` 是全角符号或弯引号"),
            said!("write the plain ASCII sign instead", "请改用英文半角符号"),
        ));
    }
    if !key.is_ascii() && line.contains('=') && !line.trim_start().starts_with('"') {
        return Some((
            said!("the key `{key}` is not in quotes", "键 `{key}` 没有加引号"),
            said!(
                "write keys in ASCII; this one is probably not known here",
                "键名请用 ASCII 书写；这里可能没有这个键"
            ),
        ));
    }
    if detail.contains("duplicate key") {
        return Some((
            said!("`{key}` is written twice", "`{key}` 写了两次"),
            said!("keep one of the two", "请只保留一个"),
        ));
    }
    if line.trim_end().ends_with('=') {
        return Some((
            said!("`{key}` has no value", "`{key}` 没有值"),
            said!("write its value after `=`", "请在 `=` 后写上值"),
        ));
    }
    let value = line.split_once('=').map_or("", |(_, v)| v.trim());
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'_' | b'.'));
    if digits(value) && value.contains(',') {
        let plain = value.replace(',', "");
        return Some((
            said!("`{value}` is no number", "`{value}` 不是数字"),
            said!("write it without commas: `{plain}`", "请去掉逗号：`{plain}`"),
        ));
    }
    let dated =
        value.len() >= 8 && value.bytes().filter(|b| *b == b'-').count() == 2 && digits(&value.replace('-', ""));
    if dated || detail.starts_with("invalid date") {
        return Some((
            said!("`{value}` is no date", "`{value}` 不是日期"),
            said!("write year, month and day of a day that exists: `2026-03-12`", "请写真实存在的年月日：`2026-03-12`"),
        ));
    }
    if detail.contains("missing comma") {
        return Some((
            said!("there is no comma after `{words}`", "`{words}` 后面没有逗号"),
            said!("write a comma between the items of a list", "列表各项之间请写英文逗号"),
        ));
    }
    if is_like_a_date(value) {
        return Some((
            said!("`{value}` is no date", "`{value}` 不是日期"),
            said!("write a date as `2026-03-12`; put text in quotes", "日期请写成 `2026-03-12`；文字要加引号"),
        ));
    }
    if detail.contains("must be quoted") || detail.starts_with("invalid boolean") || detail.starts_with("invalid float")
    {
        return Some((
            said!("`{value}` is not in quotes", "`{value}` 没有加引号"),
            said!("put text in quotes", "文字要加引号"),
        ));
    }
    if detail.contains("invalid basic string") || detail.contains("invalid literal string") {
        return Some((
            said!("the text `{words}` is never closed", "文字 `{words}` 没有结束"),
            said!("close it with `\"`", "请用 `\"` 结束"),
        ));
    }
    if line.starts_with('[') {
        return Some((
            said!("`{line}` is no table header", "`{line}` 不是表头"),
            said!("write `[name]` or `[[name]]` on a line of its own", "请单独一行写 `[名称]` 或 `[[名称]]`"),
        ));
    }
    if !line.contains('=') {
        return Some((
            said!("`{line}` is no statement", "`{line}` 不是语句"),
            said!("write `key = value`, or begin a comment with `#`", "请写成 `键 = 值`，注释以 `#` 开头"),
        ));
    }
    if detail.contains("unexpected key or value") {
        return Some((
            said!("something else stands after the value of `{key}`", "`{key}` 的值后面还有别的内容"),
            said!("put each key on a line of its own", "每个键请单独写一行"),
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let (_, found) = parse(FileId(0), text, 0);
        found.sorted().into_iter().map(|d| (text[d.span.unwrap().range()].to_owned(), d.message.en)).collect()
    }

    #[test]
    fn each_broken_statement_is_one_finding_and_the_rest_is_read() {
        let text = "tags = [\"春\", \"夏\"\nscale = large\nstart = 2026-13-10\ntotal = 1,000\nmode = \"online\"\n[[kpi]]\nmetric = \"roi\ntarget = 4\n";
        let words: Vec<_> = found(text).into_iter().map(|(words, _)| words).collect();
        assert_eq!(words, ["[\"春\", \"夏\"", "large", "2026-13-10", "1,000", "\"roi"]);
        let (mut table, _) = parse(FileId(0), text, 0);
        assert!(table.get("mode").is_some());
        table.broken.sort();
        assert_eq!(table.broken, ["scale", "start", "tags", "total"]);
        let Some(Value { kind: Kind::Array(kpis), .. }) = table.get("kpi") else { panic!("{table:?}") };
        let Kind::Table(kpi) = &kpis[0].kind else { panic!("{kpis:?}") };
        assert_eq!((kpi.broken.as_slice(), kpi.get("target").is_some()), (&["metric".to_owned()][..], true));
    }

    #[test]
    fn a_value_left_out_is_named_by_its_key() {
        assert_eq!(found("slot =\nmode = \"online\"\n"), [("=".to_owned(), "`slot` has no value".to_owned())]);
    }

    #[test]
    fn a_day_in_words_is_no_text_without_quotes() {
        for value in ["12 December 2026", "12/10/2026", "10.12.2026"] {
            let text = format!("start = {value}\n");
            assert_eq!(found(&text), [(value.to_owned(), format!("`{value}` is no date"))]);
            let (_, found) = parse(FileId(0), &text, 0);
            assert!(found.sorted().iter().all(|d| d.hints.iter().all(|h| h.edit.is_none())), "{value}");
        }
    }

    #[test]
    fn a_comma_left_out_is_missed_where_it_belongs() {
        let list = found("tags = [\"a\", \"b\" \"c\"]\n");
        assert_eq!(list, [("\"b\"".to_owned(), "there is no comma after `\"b\"`".to_owned())]);
    }

    #[test]
    fn a_key_written_twice_is_found_at_the_second() {
        let list = found("a = 1\nb = 2\na = 3\n");
        assert_eq!(list, [("a".to_owned(), "`a` is written twice".to_owned())]);
    }
}

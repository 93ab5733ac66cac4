//! Attribute blocks: `{#load-test role=tech due=T-9 must measure="p95 ≤ 800 ms"}` behind a heading or a task.

use super::rules::ATTRIBUTES;
use crate::base::{Diagnostic, FileId, Said, Span, Spanned};
use crate::said;
use std::ops::Range;

/// One attribute: `key`, `key=value` or `key="several words"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attr {
    /// The key.
    pub key: String,
    /// The value without its quotes; none for a bare flag such as `must`.
    pub value: Option<String>,
    /// The whole attribute.
    pub span: Span,
    /// The value without its quotes; the key of a bare flag.
    pub value_span: Span,
}

/// What stands in an attribute block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// `#id`: starts with a letter or digit; letters, digits, `-` and `_`.
    pub id: Option<Spanned<String>>,
    /// `.class`.
    pub classes: Vec<Spanned<String>>,
    /// The rest, in the author's order.
    pub list: Vec<Attr>,
    /// The block with its braces.
    pub span: Span,
}

impl Attributes {
    /// The attribute with this key.
    pub fn get(&self, key: &str) -> Option<&Attr> {
        self.list.iter().find(|attr| attr.key == key)
    }
}

/// A block and what is wrong in it.
pub(super) struct Block {
    pub(super) attributes: Attributes,
    pub(super) found: Vec<Diagnostic>,
    /// Where the words before it end, spaces dropped.
    pub(super) cut: usize,
}

/// Finds the block at the end of `within` (a heading's or an item's words), if there is one.
///
/// Braces count as a block when they hold an id, a class or a `key=value`; `{name}` alone is text.
pub(super) fn read(file: FileId, text: &str, within: Range<usize>) -> Option<Block> {
    let words = text[within.clone()].trim_end();
    let inside = words.strip_suffix('}')?;
    if inside.ends_with('\\') {
        return None;
    }
    let open = opening(inside)?;
    let before = &inside[..open];
    let content = &inside[open + 1..];
    let is_named = content.trim_start().starts_with('#');
    if before.ends_with(['\\', '{']) || !(is_named || before.is_empty() || before.ends_with(char::is_whitespace)) {
        return None;
    }
    let start = within.start + open;
    let mut reader = Reader {
        file,
        text: content,
        base: start + 1,
        at: 0,
        block: Block {
            attributes: Attributes {
                id: None,
                classes: Vec::new(),
                list: Vec::new(),
                span: Span::new(file, start, within.start + words.len()),
            },
            found: Vec::new(),
            cut: within.start + before.trim_end().len(),
        },
    };
    reader.read();
    let read = &reader.block.attributes;
    let is_block =
        is_named || read.id.is_some() || !read.classes.is_empty() || read.list.iter().any(|a| a.value.is_some());
    is_block.then_some(reader.block)
}

/// The brace that opens a block, quotes skipped; with an odd number of quotes, the last `{#`.
fn opening(inside: &str) -> Option<usize> {
    let mut is_quoted = false;
    for (at, byte) in inside.bytes().enumerate().rev() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'{' if !is_quoted => return Some(at),
            b'}' if !is_quoted => return None,
            _ => {}
        }
    }
    if is_quoted { inside.rfind("{#") } else { None }
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    base: usize,
    at: usize,
    block: Block,
}

impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start, self.base + range.end)
    }

    /// Moves on while `test` holds and gives what was passed.
    fn take(&mut self, test: impl Fn(char) -> bool) -> Range<usize> {
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !test(c)).unwrap_or(rest.len());
        let range = self.at..self.at + length;
        self.at = range.end;
        range
    }

    fn read(&mut self) {
        loop {
            self.take(char::is_whitespace);
            if self.at == self.text.len() {
                return;
            }
            self.one();
        }
    }

    fn one(&mut self) {
        let name = self.take(|c| !c.is_whitespace() && c != '=');
        let word = self.text[name.clone()].to_owned();
        if !self.text[self.at..].starts_with('=') {
            return self.mark(&word, name);
        }
        self.at += 1;
        let Some(value) = self.value() else { return };
        let span = self.span(name.start..self.at);
        if !is_key(&word) {
            let shown = &self.text[name.start..self.at];
            let message = said!(
                "`{shown}` has no key of lower-case letters, digits and `-`",
                "`{shown}` 缺少由小写字母、数字和 `-` 组成的键"
            );
            return self.report(span, message);
        }
        let attr =
            Attr { key: word, value: Some(self.text[value.clone()].to_owned()), span, value_span: self.span(value) };
        self.add(attr);
    }

    /// A token without `=`: id, class or flag.
    fn mark(&mut self, word: &str, range: Range<usize>) {
        let span = self.span(range.clone());
        let inner = |word: &str| Spanned::new(word.to_owned(), self.span(range.start + 1..range.end));
        if let Some(id) = word.strip_prefix('#') {
            let spanned = inner(id);
            if !is_id(id) {
                self.report(
                    span,
                    said!(
                        "`{word}` is no id: letters, digits, `-` and `_` after a letter or digit",
                        "`{word}` 不是标识：须以字母或数字开头，只含字母、数字、`-`、`_`"
                    ),
                );
            } else if self.block.attributes.id.is_some() {
                self.report(span, said!("a second id `{word}`", "出现第二个标识 `{word}`"));
            } else {
                self.block.attributes.id = Some(spanned);
            }
        } else if let Some(class) = word.strip_prefix('.') {
            let spanned = inner(class);
            if is_class(class) {
                self.block.attributes.classes.push(spanned);
            } else {
                self.report(
                    span,
                    said!(
                        "`{word}` is no class: ASCII letters, digits, `-` and `_` after a letter",
                        "`{word}` 不是类名：须以 ASCII 字母开头，只含字母、数字、`-`、`_`"
                    ),
                );
            }
        } else if is_key(word) {
            self.add(Attr { key: word.to_owned(), value: None, span, value_span: span });
        } else {
            self.report(span, said!("`{word}` is no attribute", "`{word}` 不是属性"));
        }
    }

    fn add(&mut self, attr: Attr) {
        let key = &attr.key;
        if let Some(first) = self.block.attributes.get(key) {
            let twice = Diagnostic::new(&ATTRIBUTES, attr.span, said!("`{key}` is written twice", "`{key}` 写了两次"))
                .label(first.span, said!("first here", "首次出现在此"));
            self.block.found.push(twice);
        } else {
            self.block.attributes.list.push(attr);
        }
    }

    /// The value after `=`, quotes excluded.
    fn value(&mut self) -> Option<Range<usize>> {
        let open = self.at;
        let Some(quote) = self.text[open..].chars().next().filter(|c| matches!(c, '"' | '“' | '”')) else {
            let value = self.take(|c| !c.is_whitespace());
            if value.is_empty() {
                self.report(self.span(value.clone()), said!("a value is missing after `=`", "`=` 之后缺少值"));
                return None;
            }
            return Some(value);
        };
        self.at += quote.len_utf8();
        let value = self.take(|c| if quote == '"' { c != '"' } else { !matches!(c, '“' | '”') });
        let Some(close) = self.text[self.at..].chars().next() else {
            self.report(self.span(open..value.end), said!("the quote is never closed", "引号没有闭合"));
            return None;
        };
        self.at += close.len_utf8();
        let whole = self.span(open..self.at);
        if quote != '"' {
            let words = &self.text[value.clone()];
            let curly = Diagnostic::new(&ATTRIBUTES, whole, said!("the value stands in curly quotes", "值用了弯引号"));
            self.block.found.push(curly.fix(said!("use straight quotes", "改用直引号"), whole, format!("\"{words}\"")));
        }
        if self.text[self.at..].starts_with(|c: char| !c.is_whitespace()) {
            let rest = self.take(|c| !c.is_whitespace());
            self.report(self.span(rest), said!("a space is missing after the closing quote", "右引号之后缺少空格"));
        }
        Some(value)
    }

    fn report(&mut self, span: Span, message: Said) {
        let hint = said!(
            "write `#id`, `flag`, `key=value` or `key=\"several words\"`, parted by spaces",
            "写作 `#标识`、`标记`、`键=值` 或 `键=\"多个词\"`，以空格分隔"
        );
        self.block.found.push(Diagnostic::new(&ATTRIBUTES, span, message).hint(hint));
    }
}

/// Letters and digits of any script, `-` and `_`, a letter or digit first. A theme's own ids start with `_` or
/// hold a `:`, so the two never meet.
pub(crate) fn is_id(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

fn is_class(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Option<Block> {
        read(FileId(0), text, 0..text.len())
    }

    #[test]
    fn every_form_is_read_with_its_place() {
        let text = "Load test {#load-test .big role=tech must measure=\"p95 ≤ 800 ms at {3} ×\"}";
        let block = block(text).unwrap();
        assert!(block.found.is_empty());
        assert_eq!(&text[..block.cut], "Load test");
        let read = block.attributes;
        assert_eq!(read.id.as_ref().unwrap().value, "load-test");
        assert_eq!(&text[read.id.unwrap().span.range()], "load-test");
        assert_eq!(read.classes[0].value, "big");
        let keys: Vec<_> =
            read.list.iter().map(|a| (a.key.as_str(), a.value.as_deref(), &text[a.span.range()])).collect();
        assert_eq!(
            keys,
            [
                ("role", Some("tech"), "role=tech"),
                ("must", None, "must"),
                ("measure", Some("p95 ≤ 800 ms at {3} ×"), "measure=\"p95 ≤ 800 ms at {3} ×\""),
            ]
        );
        assert_eq!(&text[read.list[2].value_span.range()], "p95 ≤ 800 ms at {3} ×");
    }

    #[test]
    fn braces_without_a_sign_are_text() {
        for text in
            ["use {name}", "f{x=1}", "a \\{#b}", "a {#b\\}", "{{#b}}", "a {", "a }", "}", "", "a {}", "${#list}} }"]
        {
            assert!(block(text).is_none(), "{text}");
        }
        assert!(block("标题{#id}").is_some());
        assert!(block("{role=tech}").is_some());
    }

    #[test]
    fn slips_are_found_and_the_rest_is_kept() {
        for (text, words) in [
            ("a {#b role=}", ""),
            ("a {#b Role=x}", "Role=x"),
            ("a {#b 负责=x}", "负责=x"),
            ("a {#b #c}", "#c"),
            ("a {#b must must}", "must"),
            ("a {#b at=“10:00”}", "“10:00”"),
            ("a {#b at=\"10:00}", "\"10:00"),
            ("a {#b at=\"10:00\"must}", "must"),
            ("a {#b, must}", "#b,"),
            ("a {#b .1}", ".1"),
        ] {
            let block = block(text).unwrap_or_else(|| panic!("no block in {text}"));
            assert_eq!(block.found.len(), 1, "{text}");
            assert_eq!(&text[block.found[0].span.unwrap().range()], words, "{text}");
        }
        let curly = block("a {#b at=“10:00”}").unwrap();
        assert_eq!(curly.attributes.list[0].value.as_deref(), Some("10:00"));
        assert_eq!(curly.found[0].hints[0].edit.as_ref().unwrap().text, "\"10:00\"");
    }
}

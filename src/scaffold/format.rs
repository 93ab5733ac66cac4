//! `playbook fmt`: TOML laid out in one way. Only blanks between words and line ends change, so comments, order and every
//! word stay as they were written.

use crate::base::FileId;
use crate::sources::markdown::split_front_matter;
use crate::sources::toml::{self, Kind, Table, Value};
use std::ops::Range;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;
use unicode_width::UnicodeWidthStr;

/// Blanks for each open bracket.
const INDENT: usize = 2;

/// Blanks at least between a value and the remark behind it. Indents and remarks are those of taplo, so that editors that lay
/// files out by it when they are saved do not undo what this did.
const GAP: usize = 1;

/// Whether a path is of a file that has anything to lay out.
pub fn is_ours(path: &str) -> bool {
    path.ends_with(".toml") || path.ends_with(".md")
}

/// The text of a file of TOML, or one with front matter, laid out; none where its TOML cannot be read.
pub fn file(path: &str, text: &str) -> Option<String> {
    if path.ends_with(".toml") {
        return table(text);
    }
    match split_front_matter(text).toml {
        None => Some(text.to_owned()),
        Some(range) if text[range.clone()].trim().is_empty() => Some(text.to_owned()),
        Some(Range { start, end }) => {
            let front = table(&text[start..end])?;
            Some(format!("{}{front}{}", &text[..start], &text[end..]))
        }
    }
}

/// A text of TOML, laid out; none where it cannot be read.
fn table(text: &str) -> Option<String> {
    let read = |text: &str| Some(toml::parse(FileId(0), text, 0)).filter(|(_, found)| found.is_empty());
    let (was, _) = read(text)?;
    let laid_out = written(&spaced(lines(text)), if text.contains("\r\n") { "\r\n" } else { "\n" });
    let is_same = read(&laid_out).is_some_and(|(now, _)| same_table(&was, &now));
    assert!(is_same, "bug: laid out otherwise, a file would say something else");
    Some(laid_out)
}

fn same_table(a: &Table, b: &Table) -> bool {
    let same_entry = |((a, x), (b, y)): (&(_, Value), &(_, Value))| {
        let (a, b): (&crate::base::Spanned<String>, &crate::base::Spanned<String>) = (a, b);
        a.value == b.value && same(&x.kind, &y.kind)
    };
    a.entries.len() == b.entries.len() && a.entries.iter().zip(&b.entries).all(same_entry)
}

fn same(a: &Kind, b: &Kind) -> bool {
    match (a, b) {
        (Kind::String(a), Kind::String(b))
        | (Kind::Integer(a), Kind::Integer(b))
        | (Kind::Float(a), Kind::Float(b))
        | (Kind::Time(a), Kind::Time(b)) => a == b,
        (Kind::Boolean(a), Kind::Boolean(b)) => a == b,
        (Kind::Date(a), Kind::Date(b)) => a == b,
        (Kind::Array(a), Kind::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(&a.kind, &b.kind)),
        (Kind::Table(a), Kind::Table(b)) => same_table(a, b),
        _ => false,
    }
}

/// One line, or several where a string goes over them.
#[derive(Debug, Default)]
struct Line<'t> {
    /// Open brackets before it.
    depth: usize,
    text: String,
    comment: Option<&'t str>,
    is_header: bool,
    /// Whether its last word opens a bracket, or its first closes one.
    opens: bool,
    closes: bool,
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.text.is_empty() && self.comment.is_none()
    }
    /// Cells of what stands before a remark.
    fn width(&self) -> usize {
        let indent = if self.text.contains('\n') { 0 } else { self.depth * INDENT };
        indent + self.text.rsplit('\n').next().unwrap_or_default().width()
    }
}

/// The words of each line with the blanks that belong between them.
fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut list, mut line) = (Vec::new(), Line::default());
    let (mut depth, mut before, mut blank) = (0usize, None, false);
    for token in Source::new(text).lex() {
        let (kind, words) = (token.kind(), &text[token.span().start()..token.span().end()]);
        match kind {
            TokenKind::Eof => break,
            TokenKind::Whitespace => {
                blank = true;
                continue;
            }
            TokenKind::Newline => {
                line.opens = matches!(before, Some(TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket));
                list.push(std::mem::replace(&mut line, Line { depth, ..Line::default() }));
                (before, blank) = (None, false);
                continue;
            }
            TokenKind::Comment => {
                line.comment = Some(words.trim_end());
                continue;
            }
            _ => {}
        }
        let closes = matches!(kind, TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket);
        if line.text.is_empty() {
            line.closes = closes;
            line.is_header = depth == 0 && kind == TokenKind::LeftSquareBracket;
            line.depth = if closes { depth.saturating_sub(1) } else { depth };
        } else if is_apart(before, kind, blank) {
            line.text.push(' ');
        }
        match kind {
            // Brackets of a header hold no lines.
            _ if line.is_header => {}
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            _ if closes => depth = depth.saturating_sub(1),
            _ => {}
        }
        line.text.push_str(words);
        (before, blank) = (Some(kind), false);
    }
    list.push(line);
    list
}

/// Whether a blank stands between two words of a line.
fn is_apart(before: Option<TokenKind>, kind: TokenKind, blank: bool) -> bool {
    use TokenKind::{Comma, Dot, Equals, LeftCurlyBracket, LeftSquareBracket, RightCurlyBracket, RightSquareBracket};
    match (before, kind) {
        (Some(LeftCurlyBracket), RightCurlyBracket) | (Some(Dot | LeftSquareBracket), _) => false,
        (_, Comma | Dot | RightSquareBracket) => false,
        (Some(Equals | Comma | LeftCurlyBracket), _) | (_, Equals | RightCurlyBracket) => true,
        // A day and its hour.
        _ => blank,
    }
}

/// The same with one blank line where there were several, and one before each header.
fn spaced(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut list: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    for line in lines {
        let last = list.last();
        if line.is_blank() {
            // None at the top, none behind another, none behind an open bracket.
            if last.is_some_and(|last| !last.is_blank() && !last.opens) {
                list.push(line);
            }
            continue;
        }
        if line.closes && last.is_some_and(Line::is_blank) {
            list.pop();
        }
        // A remark right above may belong to what follows or to what stood before: nobody can tell.
        if line.is_header && list.last().is_some_and(|last| !last.text.is_empty()) {
            list.push(Line::default());
        }
        list.push(line);
    }
    while list.last().is_some_and(Line::is_blank) {
        list.pop();
    }
    list
}

/// The lines as a text, remarks behind neighbouring lines below each other.
fn written(lines: &[Line<'_>], line_end: &str) -> String {
    let has_remark = |line: &Line<'_>| line.comment.is_some() && !line.text.is_empty();
    let mut out = String::new();
    for block in lines.chunk_by(|a, b| has_remark(a) && has_remark(b)) {
        let column = block.iter().filter(|line| has_remark(line)).map(Line::width).max().unwrap_or(0) + GAP;
        for line in block {
            if !line.is_blank() {
                out.push_str(&" ".repeat(line.depth * INDENT));
            }
            out.push_str(&line.text);
            if has_remark(line) {
                out.push_str(&" ".repeat(column - line.width()));
            }
            out.push_str(line.comment.unwrap_or_default());
            out.push_str(line_end);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_change_and_nothing_else() {
        let wild = "\n\n# top\n a=1# one\nlonger  =  \"双十一\"   #two\n\n\n\n  [ s . \"b c\" ] # head\nx=[1,2 ,3 , ]\ny ={a=1,b={}}\nz=[\n\n1,# first\n      [ 2 ],\n\n]\nt=2026-03-12 07:30:00.5\nm = \"\"\"\n  kept   \n\"\"\"\n[[c]]\n# of c or d\n[[d]]\n\n";
        let tidy = "# top\na = 1             # one\nlonger = \"双十一\" #two\n\n[s.\"b c\"] # head\nx = [1, 2, 3,]\ny = { a = 1, b = {} }\nz = [\n  1, # first\n  [2],\n]\nt = 2026-03-12 07:30:00.5\nm = \"\"\"\n  kept   \n\"\"\"\n\n[[c]]\n# of c or d\n[[d]]\n";
        assert_eq!(table(wild).as_deref(), Some(tidy));
        assert_eq!(table(tidy).as_deref(), Some(tidy));
        let windows = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(table(&windows("a=1\n\n\nb=2")), Some(windows("a = 1\n\nb = 2\n")));
        assert_eq!(table("a = "), None);
    }

    #[test]
    fn of_a_text_only_the_front_matter_is_laid_out() {
        let text = "+++\ntitle=\"Tea\"\n+++\n\n\n#  Heading   \n";
        assert_eq!(file("x.md", text).unwrap(), "+++\ntitle = \"Tea\"\n+++\n\n\n#  Heading   \n");
        let plain = "no front=matter  \n\n\n";
        assert_eq!(file("x.md", plain).unwrap(), plain);
    }
}

//! Where each statement of a TOML text begins and ends, found without understanding it.
//!
//! The parser stumbles from line to line after an unclosed bracket. Knowing the statements, one broken statement can
//! be reported once and taken out, and everything after it is read as it was meant.

use std::ops::Range;

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// `[table]` or `[[table]]`.
    Header,
    /// `key = value`.
    Pair,
}

/// A statement: a header line, or a key with all the lines of its value.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    /// Its bytes, without the line feed at its end.
    pub(crate) range: Range<usize>,
    /// Header or pair.
    pub(crate) sort: Sort,
    /// The bracket that is never closed.
    pub(crate) unclosed: Option<usize>,
    /// Start of the header it stands under; none at the top of the file.
    pub(crate) header: Option<usize>,
}

impl Statement {
    /// The key of a pair as written, without quotes.
    pub(crate) fn key<'t>(&self, text: &'t str) -> &'t str {
        let words = &text[self.range.clone()];
        words.split('=').next().unwrap_or(words).trim().trim_matches(['"', '\''])
    }
}

/// Splits a text into its statements; blank lines and comments belong to none.
pub(crate) fn statements(text: &str) -> Vec<Statement> {
    let mut list = Vec::new();
    let mut header = None;
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let start = at + (text[at..end].len() - text[at..end].trim_start().len());
        let line = text[start..end].trim_end();
        if line.is_empty() || line.starts_with('#') {
            at = end + 1;
        } else if line.starts_with('[') {
            list.push(Statement {
                range: start..start + line.len(),
                sort: Sort::Header,
                unclosed: None,
                header: Some(start),
            });
            header = Some(start);
            at = end + 1;
        } else {
            let (stop, unclosed) = pair_end(text, start);
            let range = start..start + text[start..stop].trim_end().len();
            list.push(Statement { range, sort: Sort::Pair, unclosed, header });
            at = stop + 1;
        }
    }
    list
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n)
}

/// Where the value of a pair ends: the line feed after it, and the bracket that was left open if there is one.
fn pair_end(text: &str, start: usize) -> (usize, Option<usize>) {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut last = b' '; // Last byte that means something.
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'\n' if open.is_empty() => return (at, None),
            b'\n' => {
                if let Some(bracket) = open.last().copied().filter(|b| begins_anew(text, at + 1, bytes[*b], last)) {
                    return (at, Some(bracket));
                }
            }
            b'#' => at = line_end(text, at) - 1,
            quote @ (b'"' | b'\'') => {
                at = string_end(text, at, quote);
                last = quote;
            }
            b'[' | b'{' => {
                open.push(at);
                last = bytes[at];
            }
            b']' | b'}' => {
                open.pop();
                last = bytes[at];
            }
            byte if !byte.is_ascii_whitespace() => last = byte,
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), open.first().copied())
}

/// The last byte of a string that opens at `at`; a one-line string ends with its line at the latest.
fn string_end(text: &str, at: usize, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let triple = [quote; 3];
    if bytes[at..].starts_with(&triple) {
        let from = at + 3;
        let marks = std::str::from_utf8(&triple).unwrap_or_default();
        return text[from..].find(marks).map_or(text.len(), |n| from + n + 2);
    }
    let mut i = at + 1;
    while i < bytes.len() && bytes[i] != b'\n' {
        if bytes[i] == b'\\' && quote == b'"' {
            i += 1;
        } else if bytes[i] == quote {
            return i;
        }
        i += 1;
    }
    i.min(bytes.len()) - 1
}

/// Whether the line at `at` opens a new statement although a bracket is still open.
fn begins_anew(text: &str, at: usize, bracket: u8, last: u8) -> bool {
    let line = text[at.min(text.len())..line_end(text, at.min(text.len()))].trim();
    let bare = |s: &str| {
        let mut chars = s.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    let name = line.split('#').next().unwrap_or_default().trim();
    let is_header = name.starts_with('[') && name.ends_with(']') && bare(name.trim_matches(['[', ']']));
    let is_pair = line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty() && !key.starts_with(['"', '\'', '{', '[', ',', '#']) && !key.contains([',', '"', '{', '['])
    });
    // Inside braces `key = value` may go on after a comma (TOML 1.1); after a value it cannot.
    is_header || (is_pair && (bracket == b'[' || !matches!(last, b',' | b'{')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, bool)> {
        statements(text).into_iter().map(|s| (text[s.range.clone()].to_owned(), s.unclosed.is_some())).collect()
    }

    #[test]
    fn values_over_many_lines_are_one_statement() {
        let text = "a = [\n  \"x # y\", # why\n  [1, 2],\n]\nb = \"\"\"\nc = 1\n\"\"\"\n[t]\nd = { x = 1,\n  y = 2 }\n";
        let list = shown(text);
        assert_eq!(list.len(), 4);
        assert!(list.iter().all(|(_, open)| !open), "{list:?}");
        assert_eq!(list[1].0, "b = \"\"\"\nc = 1\n\"\"\"");
    }

    #[test]
    fn an_open_bracket_ends_where_the_next_statement_begins() {
        let list = shown("a = [1, 2\nb = 3\nc = { x = 1\nd = 4\ne = [\n[[t]]\nf = 1");
        let open: Vec<_> = list.iter().map(|(_, open)| *open).collect();
        assert_eq!(open, [true, false, true, false, true, false, false]);
    }

    #[test]
    fn an_open_string_ends_with_its_line() {
        assert_eq!(shown("a = \"x\nb = 1").len(), 2);
        assert_eq!(shown("a = \"").len(), 1);
    }
}

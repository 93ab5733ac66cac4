//! Places as editors count them: lines from 0, columns in units of UTF-16; and addresses of files.

use lsp_types::{Position, Range, TextDocumentContentChangeEvent, Uri};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A text and where its lines start.
#[derive(Debug, Default)]
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let after = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// A line without its end.
    fn line(&self, number: usize) -> (usize, &'t str) {
        let start = self.starts.get(number).copied().unwrap_or(self.text.len());
        let end = self.starts.get(number + 1).copied().unwrap_or(self.text.len());
        let words = self.text.get(start..end).unwrap_or_default();
        (start, words.trim_end_matches(['\r', '\n']))
    }

    /// Where a byte stands; one inside a character stands before it.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let (start, words) = self.line(line);
        let before = words.get(..byte - start).unwrap_or(words);
        let units = before.chars().map(char::len_utf16).sum::<usize>();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(count(line), count(units))
    }

    pub(super) fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        Range::new(self.position(bytes.start), self.position(bytes.end))
    }

    /// The byte at a place; past the end of a line is its end, past the last line the end of the text.
    pub(super) fn byte(&self, position: Position) -> usize {
        let line = position.line as usize;
        if line >= self.starts.len() {
            return self.text.len();
        }
        let (start, words) = self.line(line);
        let mut left = position.character as usize;
        for (at, sign) in words.char_indices() {
            if left < sign.len_utf16() {
                return start + at;
            }
            left -= sign.len_utf16();
        }
        start + words.len()
    }
}

/// The text after a change; without a range it is the whole text.
pub(super) fn changed(text: String, change: &TextDocumentContentChangeEvent) -> String {
    let Some(range) = change.range else { return change.text.clone() };
    let lines = Lines::new(&text);
    let (from, to) = (lines.byte(range.start), lines.byte(range.end));
    let mut new = text;
    new.replace_range(from..to.max(from), &change.text);
    new
}

/// The file that an address names; none for what lies in no file.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let rest = &rest[rest.find('/')?..];
    let mut bytes = Vec::new();
    let mut left = rest.bytes();
    while let Some(byte) = left.next() {
        if byte == b'%' {
            let (high, low) = (char::from(left.next()?).to_digit(16)?, char::from(left.next()?).to_digit(16)?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    // `/c:/book` of Windows.
    let drive = text.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if drive { &text[1..] } else { &text }))
}

/// The address of a file.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut address = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                address.push(char::from(byte));
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    Uri::from_str(&address).ok()
}

/// Where bytes of an old text stand in a new one: the same words, or none when they were touched.
pub(super) fn moved(old: &str, new: &str, bytes: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let same = |(a, b): &(u8, u8)| a == b;
    let head = old.bytes().zip(new.bytes()).take_while(same).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.bytes().rev().zip(new.bytes().rev()).take_while(same).count().min(most);
    if bytes.end <= head {
        return Some(bytes);
    }
    (bytes.start >= old.len() - tail).then(|| {
        let shift = |n: usize| n + new.len() - old.len();
        // Written so that a shorter text does not underflow.
        if new.len() >= old.len() {
            shift(bytes.start)..shift(bytes.end)
        } else {
            let less = old.len() - new.len();
            bytes.start - less..bytes.end - less
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_units_of_utf16() {
        let text = "title = \"双十一 🎉 x\"\r\nowner = \"lin\"\n";
        let lines = Lines::new(text);
        let at = text.find('x').unwrap();
        assert_eq!(lines.position(at), Position::new(0, 16));
        assert_eq!(lines.byte(Position::new(0, 16)), at);
        // Half of a pair is before it; past the end of a line is its end.
        assert_eq!(lines.byte(Position::new(0, 14)), text.find('🎉').unwrap());
        assert_eq!(lines.byte(Position::new(0, 99)), text.find('\r').unwrap());
        assert_eq!(lines.byte(Position::new(9, 0)), text.len());
        assert_eq!(lines.position(text.len()), Position::new(2, 0));
    }

    #[test]
    fn words_outside_an_edit_are_found_again() {
        assert_eq!(moved("a = 1\nb = 2\n", "a = 10\nb = 2\n", 6..7), Some(7..8));
        assert_eq!(moved("a = 10\nb = 2\n", "a = 1\nb = 2\n", 7..8), Some(6..7));
        assert_eq!(moved("a = 1\nb = 2\n", "a = 7\nb = 2\n", 4..5), None);
        assert_eq!(moved("aa", "aaa", 0..2), Some(0..2));
    }

    #[test]
    fn an_address_leads_back_to_its_file() {
        let file = Path::new("/book/双十一 a/campaign.toml");
        assert_eq!(path(&uri(file).unwrap()).as_deref(), Some(file));
        assert_eq!(path(&Uri::from_str("untitled:Untitled-1").unwrap()), None);
        assert_eq!(path(&Uri::from_str("file:///c%3A/book").unwrap()), Some(PathBuf::from("c:/book")));
    }
}

//! Bytes to lines and columns.

use super::Texts;
use crate::base::{FileId, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// A place between two characters of a file. Ordered as in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode characters (scalar values), from 1.
    pub column: usize,
}

/// What a column counts: every reader of reports has its own idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8, as reviewdog counts.
    Bytes,
    /// Unicode characters (scalar values), as people and terminals count.
    Characters,
    /// Units of UTF-16, as JavaScript and editors count.
    Utf16,
}

/// Bytes between two counts of characters: small enough to count again, large enough to cost no memory.
const BLOCK: usize = 1024;

/// What a text needs so that each question costs the same, however long its lines are.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// The byte each line starts at.
    starts: Vec<usize>,
    /// Characters before each block.
    counted: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Reads the text once. Lines end with LF or CR LF; a byte order mark belongs to no line.
    pub fn new(text: &'a str) -> Self {
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let after_feed = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        let mut starts: Vec<usize> = std::iter::once(first).chain(after_feed).collect();
        // Nothing follows the last line feed: editors show a line there, but no tool counts it.
        if starts.len() > 1 && starts.last() == Some(&text.len()) {
            starts.pop();
        }
        let mut counted = vec![0];
        let mut total = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            total += characters(block);
            counted.push(total);
        }
        Self { text, starts, counted }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// How many lines there are, at least 1.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line (from 1) without its end; empty past the last line.
    pub fn range(&self, line: usize) -> Range<usize> {
        let at = |n: usize| self.starts.get(n).copied().unwrap_or(self.text.len());
        let (start, next) = (at(line.saturating_sub(1)), at(line));
        let words = self.text.get(start..next).unwrap_or_default();
        let words = words.strip_suffix('\n').map_or(words, |w| w.strip_suffix('\r').unwrap_or(w));
        start..start + words.len()
    }

    /// The nearest byte that stands between two characters of a line.
    pub fn settle(&self, byte: usize) -> usize {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let line = self.range(self.line(byte));
        byte.clamp(line.start, line.end)
    }

    /// Where a byte stands. Past the end is the end; the end of a line holds its line feed too.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.settle(byte);
        let line = self.line(byte);
        Position { line, column: self.before(byte) - self.before(self.range(line).start) + 1 }
    }

    /// Where a byte stands, its column counted in another unit.
    pub fn position_in(&self, byte: usize, unit: Unit) -> Position {
        let byte = self.settle(byte);
        let Position { line, column } = self.position(byte);
        let before = self.text.get(self.range(line).start..byte).unwrap_or_default();
        let column = match unit {
            Unit::Characters => column,
            Unit::Bytes => before.len() + 1,
            Unit::Utf16 => before.chars().map(char::len_utf16).sum::<usize>() + 1,
        };
        Position { line, column }
    }

    fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    fn before(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..byte).unwrap_or_default();
        self.counted.get(block).copied().unwrap_or_default() + characters(rest)
    }
}

/// How many characters begin among these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b & 0xc0) != 0x80).count()
}

/// Positions in many files; each is read once, when first asked about.
pub struct Places<'a> {
    texts: &'a dyn Texts,
    files: BTreeMap<FileId, Lines<'a>>,
}

impl<'a> Places<'a> {
    /// Nothing read yet.
    pub fn new(texts: &'a dyn Texts) -> Self {
        Self { texts, files: BTreeMap::new() }
    }
    /// A file's path.
    pub fn path(&self, file: FileId) -> &'a str {
        self.texts.path(file)
    }
    /// A file's lines.
    pub fn lines(&mut self, file: FileId) -> &Lines<'a> {
        self.files.entry(file).or_insert_with(|| Lines::new(self.texts.text(file)))
    }
    /// Where a span starts, and the place just past its end.
    pub fn of(&mut self, span: Span) -> Range<Position> {
        self.counted(span, Unit::Characters)
    }
    /// The same, its columns counted in another unit.
    pub fn counted(&mut self, span: Span, unit: Unit) -> Range<Position> {
        let lines = self.lines(span.file);
        let Range { start, end } = span.range();
        lines.position_in(start, unit)..lines.position_in(end, unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, byte: usize) -> (usize, usize) {
        let Position { line, column } = Lines::new(text).position(byte);
        (line, column)
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "title = \"双十一 🎉\" # x\n";
        let sign = text.find('#').unwrap();
        assert_eq!(sign, 25, "three Chinese characters and an emoji take 13 bytes");
        assert_eq!(at(text, sign), (1, 17));
        assert_eq!(at(text, text.find('🎉').unwrap()), (1, 14));
    }

    #[test]
    fn every_unit_counts_chinese_and_emoji_in_its_own_way() {
        let text = "x\ntitle = \"双十一 🎉\" # x\n";
        let sign = text.find('#').unwrap();
        let lines = Lines::new(text);
        let column = |unit| lines.position_in(sign, unit).column;
        assert_eq!([Unit::Bytes, Unit::Characters, Unit::Utf16].map(column), [26, 17, 18]);
        assert_eq!(lines.position_in(sign, Unit::Utf16).line, 2);
    }

    #[test]
    fn a_byte_within_a_character_stands_before_it() {
        let text = "双十一";
        assert_eq!([0, 1, 2, 3].map(|byte| at(text, byte)), [(1, 1), (1, 1), (1, 1), (1, 2)]);
    }

    #[test]
    fn the_end_of_a_file_is_the_end_of_its_last_line() {
        assert_eq!(at("one\ntwo", 7), (2, 4));
        assert_eq!(at("one\ntwo\n", 8), (2, 4));
        assert_eq!(at("one\ntwo\n", 4_000), (2, 4));
        assert_eq!(at("one\n\n", 5), (2, 1));
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("\n", 1), (1, 1));
    }

    #[test]
    fn both_bytes_of_a_windows_line_end_belong_to_the_line_before() {
        let text = "one\r\ntwo\r\n";
        assert_eq!([3, 4, 5].map(|byte| at(text, byte)), [(1, 4), (1, 4), (2, 1)]);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(at("\u{feff}title", 3), (1, 1));
        assert_eq!(at("\u{feff}title", 0), (1, 1));
        assert_eq!(at("\u{feff}", 3), (1, 1));
    }

    #[test]
    fn every_byte_of_a_long_line_has_the_column_a_count_gives() {
        let text = "双a🎉\u{301}".repeat(1_000);
        let lines = Lines::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(lines.position(byte), Position { line: 1, column: n + 1 });
        }
    }
}

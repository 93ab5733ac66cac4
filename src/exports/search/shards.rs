//! The index as files of a few kilobytes. Each is a script that hands one value to one function, so that it works by
//! double click and under a strict content policy.
//!
//! | file | holds |
//! |---|---|
//! | `index.js` | what is in which file: the first term of each, pages by kind and rank, words of the interface |
//! | `t/<n>.js` | terms in order, each with its pages, and where its positions begin |
//! | `p/<n>.js` | positions of neighbours, for queries of more than two characters |
//! | `d/<n>.js` | pages: address, title, the beginning of the text |
//! | `c/<page>-<n>.js` | further pieces of a long text |
//! | `fold.js` | forms of Chinese characters that the index has not, for a query in which one may stand |
//!
//! What a first query loads, and what bounds it as pages grow:
//!
//! | part | grows with pages? |
//! |---|---|
//! | `index.js` | hardly: it names the first term of each of at most `search-term-files` files |
//! | a file of terms for each term | slowly: a term on every page has a byte or two a page, and stands alone in its file |
//! | positions | no: see below |
//! | `search-results` pieces of pages | no |
//!
//! Neighbours that stand on every page have positions of a hundred kilobytes and more. A query of three characters needs them
//! for nothing but to leave out pages where its pairs stand apart; they say nothing about rank. So the reader ranks the
//! pages that may be found by their terms alone, and checks them in that order until it has as many as it shows. Pages
//! are numbered by kind and rank, and positions lie in the order of pages: the best pages share few files. Where all
//! that may be found needs no more than `search-checked-files` files, all is checked and the count is exact; where
//! not, the count is said to be open (`10+`) until the reader asks for more.
//!
//! Numbers are written to the base 45: a sign of the second half of [`SIGNS`] says that more follows.

use super::index::{Index, Term};
use std::fmt::Write as _;

/// The signs of numbers: printable, and nothing that a string or a list parted by spaces must escape.
const SIGNS: &[u8; 90] = b"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";
const BASE: u32 = 45;

/// Writes a number.
pub(super) fn number(out: &mut String, mut n: u32) {
    while n >= BASE {
        out.push(char::from(SIGNS[(BASE + n % BASE) as usize]));
        n /= BASE;
    }
    out.push(char::from(SIGNS[n as usize]));
}

/// The terms and positions of an index, each a list of files.
#[derive(Debug, Default)]
pub(super) struct Shards {
    /// Terms: the first of each file, and its list.
    pub(super) terms: Vec<(String, String)>,
    /// Positions.
    pub(super) positions: Vec<String>,
}

/// Cuts an index into files of some bytes; of more, where it would be too many files: of terms, since a list of them is kept,
/// and of positions.
pub(super) fn cut(index: &Index, least: usize, most_terms: usize, most_positions: usize) -> Shards {
    let mut order: Vec<(&String, &Term)> = index.iter().collect();
    // The browser compares in units of UTF-16.
    order.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    let size = |sum: usize, most: usize| least.max(sum / most.max(1));
    let sum = order.iter().map(|(_, term)| term.positions.len()).sum();
    let mut positions = Positions { size: size(sum, most_positions), done: Vec::new(), open: String::new() };
    let entry = |(name, term): (&String, &Term)| {
        let mut entry = format!("{name} ");
        pages(&mut entry, term);
        entry.push(' ');
        positions.add(&mut entry, name, term);
        entry
    };
    let entries: Vec<String> = order.iter().copied().map(entry).collect();
    let size = size(entries.iter().map(String::len).sum(), most_terms);
    let mut terms: Vec<(String, String)> = Vec::new();
    for ((name, _), entry) in order.into_iter().zip(entries) {
        match terms.last_mut() {
            Some((_, list)) if list.len() + entry.len() < size => {
                list.push(' ');
                list.push_str(&entry);
            }
            _ => terms.push((name.clone(), entry)),
        }
    }
    Shards { terms, positions: positions.finish() }
}

/// The pages of a term: for each the step from the last, how well it stands there, and the piece if it is not the first.
fn pages(out: &mut String, term: &Term) {
    let mut next = 0;
    for posting in &term.postings {
        let is_later = posting.chunk > 0;
        number(out, (posting.doc - next) * 8 + posting.place as u32 * 2 + u32::from(is_later));
        if is_later {
            number(out, u32::from(posting.chunk));
        }
        next = posting.doc + 1;
    }
}

struct Positions {
    size: usize,
    done: Vec<String>,
    open: String,
}

impl Positions {
    /// Writes the positions of a term, over several files if there are many, and tells the entry where: the number of
    /// the first file, then at which page each further one begins.
    fn add(&mut self, entry: &mut String, name: &str, term: &Term) {
        if term.positions.is_empty() {
            return;
        }
        self.begin(name);
        number(entry, u32::try_from(self.done.len()).unwrap_or(0));
        let (mut from, mut started) = (0, 0);
        for (page, posting) in (0..).zip(&term.postings) {
            let to = from + posting.bytes as usize;
            if self.open.len() + (to - from) > self.size && page > started {
                self.turn();
                self.begin(name);
                number(entry, page - started);
                started = page;
            }
            self.open.push_str(&term.positions[from..to]);
            from = to;
        }
        if self.open.len() >= self.size {
            self.turn();
        }
    }

    fn begin(&mut self, name: &str) {
        let space = if self.open.is_empty() { "" } else { " " };
        let _ = write!(self.open, "{space}{name} ");
    }

    fn turn(&mut self) {
        self.done.push(std::mem::take(&mut self.open));
    }

    fn finish(mut self) -> Vec<String> {
        if !self.open.is_empty() {
            self.turn();
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_as_long_as_it_must_be() {
        let written = |n| {
            let mut out = String::new();
            number(&mut out, n);
            out
        };
        assert_eq!([written(0), written(44), written(45), written(2024)], ["#", "O", "P$", "~O"]);
        assert_eq!(written(2025).len(), 3);
        assert!(!SIGNS.iter().any(|s| b"\"\\ ".contains(s)));
    }
}

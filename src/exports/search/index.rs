//! Pages to postings: for each term the pages it stands in, how well, and where.

use super::extract::Words;
use super::shards::number;
use super::tokens::{terms, tokens};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// A page to be found.
pub(super) struct Doc {
    pub(super) words: Words,
    /// The pieces of its text that are loaded one by one.
    pub(super) chunks: Vec<Range<usize>>,
}

/// How well a term stands in a page; worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// In the text.
    Text,
    /// Often in the text.
    Often,
    /// In a heading.
    Heading,
    /// In the title.
    Title,
}

/// One page that a term stands in.
pub(super) struct Posting {
    pub(super) doc: u32,
    pub(super) place: Place,
    /// The piece of the text where it stands best.
    pub(super) chunk: u8,
    times: u16,
    /// How many bytes of the term's positions are this page's.
    pub(super) bytes: u32,
}

/// What is known of a term: its pages in order, and of neighbours where they stand.
#[derive(Default)]
pub(super) struct Term {
    pub(super) postings: Vec<Posting>,
    /// Of each page the steps from one position to the next, then a zero.
    pub(super) positions: String,
    last: u32,
}

impl Term {
    fn add(&mut self, doc: u32, place: Place, chunk: u8, position: Option<u32>, often: u16) {
        if self.postings.last().is_none_or(|p| p.doc != doc) {
            self.close();
            self.postings.push(Posting { doc, place, chunk, times: 0, bytes: 0 });
        }
        let Some(posting) = self.postings.last_mut() else { return };
        posting.times = posting.times.saturating_add(1);
        // A title is not part of the text: its first place there is shown.
        let is_first_in_text = posting.place == Place::Title && place != Place::Title && posting.chunk == 0;
        if is_first_in_text || place > posting.place {
            posting.chunk = chunk;
        }
        posting.place = posting.place.max(place);
        if posting.place == Place::Text && posting.times >= often {
            posting.place = Place::Often;
        }
        if let Some(position) = position {
            let before = self.positions.len();
            number(&mut self.positions, position - self.last);
            posting.bytes += u32::try_from(self.positions.len() - before).unwrap_or(0);
            self.last = position;
        }
    }

    /// Ends the positions of the last page.
    fn close(&mut self) {
        if let Some(posting) = self.postings.last_mut().filter(|p| p.bytes > 0) {
            number(&mut self.positions, 0);
            posting.bytes += 1;
        }
        self.last = 0;
    }
}

/// Every term in order.
pub(super) type Index = BTreeMap<String, Term>;

/// Pages are read in blocks of this many, each with a table of its own: how many is seen in no output.
const BLOCK: usize = 128;

/// Reads all pages; a term that stands `often` times in a text stands often in it.
pub(super) fn index(docs: &[Doc], often: u16) -> Index {
    let blocks: Vec<Vec<(String, Term)>> =
        docs.par_chunks(BLOCK).enumerate().map(|(number, docs)| block(docs, number * BLOCK, often)).collect();
    let mut index = Index::new();
    for (term, found) in blocks.into_iter().flatten() {
        let all = index.entry(term).or_default();
        all.postings.extend(found.postings);
        all.positions.push_str(&found.positions);
    }
    index
}

fn block(docs: &[Doc], first: usize, often: u16) -> Vec<(String, Term)> {
    let mut found: HashMap<String, Term> = HashMap::new();
    for (number, doc) in docs.iter().enumerate() {
        let id = u32::try_from(first + number).expect("bug: more pages than a number holds");
        let mut add = |term: &str, place, chunk, position| {
            if let Some(known) = found.get_mut(term) {
                known.add(id, place, chunk, position, often);
            } else {
                let mut fresh = Term::default();
                fresh.add(id, place, chunk, position, often);
                found.insert(term.to_owned(), fresh);
            }
        };
        // Positions begin with 1: 0 ends a page.
        let title = tokens(&doc.words.title, 1);
        terms(&title, |term, _, position| add(term, Place::Title, 0, position));
        let text = tokens(&doc.words.text, title.last().map_or(1, |t| t.position + 2));
        let (mut heading, mut chunk) = (0, 0);
        terms(&text, |term, token, position| {
            while doc.words.headings.get(heading).is_some_and(|range| range.end <= token.at) {
                heading += 1;
            }
            while doc.chunks.get(chunk).is_some_and(|range| range.end <= token.at) {
                chunk += 1;
            }
            let is_heading = doc.words.headings.get(heading).is_some_and(|range| range.start <= token.at);
            let place = if is_heading { Place::Heading } else { Place::Text };
            add(term, place, u8::try_from(chunk).unwrap_or(u8::MAX), position);
        });
    }
    let mut found: Vec<(String, Term)> = found.into_iter().collect();
    for (_, term) in &mut found {
        term.close();
    }
    found
}

/// Cuts a text into pieces of some bytes, at the ends of lines where there are any.
pub(super) fn chunks(text: &str, size: usize) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = 0;
    while text.len() - start > size + size / 2 && chunks.len() < usize::from(u8::MAX) - 1 {
        let most = text.floor_char_boundary(start + size);
        let least = text.floor_char_boundary(start + size / 2);
        let end = text[least..most].rfind('\n').map_or(most, |at| least + at + 1);
        chunks.push(start..end);
        start = end;
    }
    chunks.push(start..text.len());
    chunks
}

//! Plain words for search and for the excerpt.

use crate::sources::markdown::Plain;

/// The plain words for search and for the excerpt.
#[derive(Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) excerpt: Plain,
    pub(super) excerpt_length: usize,
}

impl Words {
    /// Adds visible words; those for the excerpt as long as it has room.
    pub(super) fn add(&mut self, words: &str, room: usize) {
        self.text.push_str(words);
        if self.excerpt_length <= room && room > 0 {
            let before = self.excerpt.text.chars().count();
            let end = words.char_indices().nth(room + 1 - before.min(room)).map_or(words.len(), |(at, _)| at);
            self.excerpt.push(&words[..end]);
            self.excerpt_length = self.excerpt.text.chars().count();
        }
    }

    /// A line, a cell or a block is over.
    pub(super) fn line(&mut self, sign: char) {
        if !self.text.is_empty() && !self.text.ends_with(['\n', sign]) {
            let kept = self.text.trim_end_matches(' ').len();
            self.text.truncate(kept);
            self.text.push(sign);
        }
        self.excerpt.line();
    }

    /// Puts words in place of the last sign.
    pub(super) fn replace_last(&mut self, words: &str) {
        self.text.pop();
        self.text.push_str(words);
        if self.excerpt.text.ends_with('\u{fffc}') {
            self.excerpt.text.pop();
        }
    }

    pub(super) fn finish(mut self, room: usize) -> (String, String) {
        self.text.truncate(self.text.trim_end().len());
        let mut excerpt = self.excerpt.text;
        if let Some((at, _)) = excerpt.char_indices().nth(room) {
            excerpt.truncate(at);
            excerpt.truncate(excerpt.trim_end().len());
            excerpt.push('…');
        }
        (self.text, excerpt)
    }
}

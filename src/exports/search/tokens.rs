//! Text to terms. A term is a word of letters and digits, a word with the words joined to it (`-70/20/10`), one
//! Chinese character, or two neighbours of which one is a Chinese character (`复盘`, `618大`).
//!
//! Whoever types a prefix finds words by it; what stands between two spaces of a query is found as it is written: terms
//! of neighbours have positions, so that 复盘会 is not found where 复盘 and 盘会 stand apart.

use super::fold::{self, is_cjk};

/// A word, or one Chinese character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    /// Byte in the text where it begins.
    pub(super) at: usize,
    /// Neighbours have neighbouring numbers; what a comma or a line end parts has not.
    pub(super) position: u32,
    pub(super) is_cjk: bool,
    /// The sign that joins it to the word before.
    pub(super) joint: Option<char>,
}

/// What stands between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    Joint(char),
    Space,
    Break,
}

/// The longest word, in characters; the rest of a longer one is not read.
pub(super) const LONGEST: usize = 32;

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '.' | ',' | '\'' | '_' | ':' | '/' | '&' | '+' | '@')
}

/// The tokens of a text, the first at a position.
pub(super) fn tokens(text: &str, first: u32) -> Vec<Token> {
    let mut reader = Reader { tokens: Vec::new(), gap: Gap::Break, next: first, is_open: false };
    for (at, c) in text.char_indices() {
        fold::read(c, |c| reader.take(at, c));
    }
    reader.tokens
}

struct Reader {
    tokens: Vec<Token>,
    gap: Gap,
    next: u32,
    /// Whether the last token is a word that may go on.
    is_open: bool,
}

impl Reader {
    fn take(&mut self, at: usize, c: char) {
        if is_cjk(c) {
            self.push(at, c, true);
        } else if c.is_alphanumeric() {
            match self.tokens.last_mut() {
                Some(word) if self.is_open => {
                    if word.text.chars().count() < LONGEST {
                        word.text.push(c);
                    }
                }
                _ => self.push(at, c, false),
            }
        } else {
            self.is_open = false;
            self.gap = match self.gap {
                Gap::Nothing if is_joint(c) => Gap::Joint(c),
                Gap::Nothing | Gap::Space if c.is_whitespace() && c != '\n' => Gap::Space,
                _ => Gap::Break,
            };
        }
    }

    fn push(&mut self, at: usize, c: char, is_cjk: bool) {
        let before = self.tokens.last().map(|t| t.is_cjk);
        let joint = match self.gap {
            Gap::Joint(sign) if before == Some(false) && !is_cjk => Some(sign),
            _ => None,
        };
        let is_neighbour = match self.gap {
            Gap::Nothing => true,
            Gap::Joint(_) => joint.is_some(),
            Gap::Space => !(is_cjk && before == Some(true)),
            Gap::Break => false,
        };
        let position = match self.tokens.last() {
            Some(last) => last.position + if is_neighbour { 1 } else { 2 },
            None => self.next,
        };
        self.tokens.push(Token { text: c.into(), at, position, is_cjk, joint });
        self.gap = Gap::Nothing;
        self.is_open = !is_cjk;
    }
}

/// Hands on every term of some tokens with its token and, where neighbours matter, its position.
pub(super) fn terms(tokens: &[Token], mut take: impl FnMut(&str, &Token, Option<u32>)) {
    let mut term = String::new();
    for (index, token) in tokens.iter().enumerate() {
        take(&token.text, token, None);
        let Some(next) = tokens.get(index + 1).filter(|next| next.position == token.position + 1) else { continue };
        if token.is_cjk || next.is_cjk {
            term.clear();
            term.push_str(&token.text);
            term.push_str(&next.text);
            take(&term, token, Some(token.position));
        }
        if next.joint.is_some() {
            joined(&mut term, &tokens[index..]);
            take(&term, token, Some(token.position));
        }
    }
}

/// A word and all that is joined to it, up to the longest word: `-2026-09-15`.
fn joined(term: &mut String, tokens: &[Token]) {
    term.clear();
    term.push('-');
    term.push_str(&tokens[0].text);
    for token in tokens[1..].iter().take_while(|t| t.joint.is_some()) {
        term.extend(token.joint);
        term.push_str(&token.text);
        if term.chars().count() > LONGEST {
            break;
        }
    }
    if let Some((end, _)) = term.char_indices().nth(LONGEST) {
        term.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        terms(&tokens(text, 0), |term, _, position| {
            found.push(position.map_or_else(|| term.to_owned(), |p| format!("{term}@{p}")));
        });
        found
    }

    #[test]
    fn neighbours_of_chinese_characters_are_terms_across_a_space_to_latin_words() {
        assert_eq!(all("SOP 清单"), ["sop", "sop清@0", "清", "清单@1", "单"]);
        assert_eq!(all("618大促"), ["618", "618大@0", "大", "大促@1", "促"]);
        assert_eq!(all("复盘，会"), ["复", "复盘@0", "盘", "会"]);
        assert_eq!(all("复 盘"), ["复", "盘"]);
    }

    #[test]
    fn joined_words_are_found_from_each_of_them() {
        assert_eq!(all("70/20/10, x"), ["70", "-70/20/10@0", "20", "-20/10@1", "10", "x"]);
        assert_eq!(all("T−9 前"), ["t", "-t-9@0", "9", "9前@1", "前"]);
        assert_eq!(all("end. Then"), ["end", "then"]);
    }
}

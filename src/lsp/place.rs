//! What stands at a place of a file: which key of which table, found in texts that are only half written.

use crate::schema::{Kind, refers};
use crate::sources::shape::{Form, Shape};
use crate::sources::{Sort, Statement, statements};
use std::ops::Range;

/// What is written at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// `[table]`.
    Header,
    /// The key of a pair, or where one may begin.
    Key,
    /// The value of a pair.
    Value,
}

/// A place in a file.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) spot: Spot,
    /// The table it stands in and, in a value or on a written key, the key.
    pub(super) path: Vec<String>,
    /// The words at the place, quotes included.
    pub(super) word: Range<usize>,
    /// Keys that the table has already.
    pub(super) present: Vec<String>,
}

/// What a path of keys holds, and which key of which record that is.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) form: Form,
    pub(super) record: &'static str,
    pub(super) key: String,
    /// The record that the key is of.
    pub(super) shape: Option<Shape>,
}

/// Follows a path of keys from the top of a kind of file.
pub(super) fn held(kind: &Kind, path: &[String]) -> Option<Held> {
    let mut held = Held { form: (kind.form)(), record: "", key: String::new(), shape: None };
    for (depth, key) in path.iter().enumerate() {
        let form = if depth == 0 { kind.under(key)? } else { held.form.under(key)? };
        if let Some(shape) = held.form.shape() {
            held.record = shape.name;
            held.key = if shape.field(key).is_some() { key.clone() } else { "*".to_owned() };
            held.shape = Some(shape);
        }
        held.form = form;
    }
    Some(held)
}

impl Held {
    /// What the words here name.
    pub(super) fn refers(&self) -> Option<crate::schema::Refers> {
        refers::of_value(self.record, &self.key, &self.form)
    }
    /// What the free keys under here name.
    pub(super) fn keys(&self) -> Option<crate::schema::Refers> {
        refers::of_keys(self.record, &self.key)
    }
}

/// What stands at byte `at` of a text whose TOML is `toml`.
pub(super) fn place(text: &str, toml: Range<usize>, at: usize) -> Option<Place> {
    if at < toml.start || at > toml.end {
        return None;
    }
    let source = text.get(toml.clone())?;
    let local = at - toml.start;
    let list = statements(source);
    let before = list.iter().rfind(|s| s.range.start <= local);
    let header = list.iter().rfind(|s| s.sort == Sort::Header && s.range.start <= local);
    let line = source[..local].rfind('\n').map_or(0, |n| n + 1);
    // A statement speaks for a place within it, or behind it on its last line.
    let here = before.filter(|s| local <= s.range.end || s.range.end >= line && source[line..local].trim() != "");
    let table = |header: Option<&Statement>| header.map_or_else(Vec::new, |h| keys(&source[h.range.clone()]));
    let present = |start: Option<usize>| {
        list.iter().filter(|s| s.sort == Sort::Pair && s.header == start).map(|s| s.key(source).to_owned()).collect()
    };
    let shift = |range: Range<usize>| range.start + toml.start..range.end + toml.start;
    let Some(statement) = here else {
        let start = header.map(|h| h.range.start);
        return Some(Place { spot: Spot::Key, path: table(header), word: at..at, present: present(start) });
    };
    if statement.sort == Sort::Header {
        let path = table(Some(statement));
        return Some(Place { spot: Spot::Header, path, word: shift(statement.range.clone()), present: Vec::new() });
    }
    let owner = list.iter().find(|s| s.sort == Sort::Header && Some(s.range.start) == statement.header);
    let mut path = table(owner);
    let words = &source[statement.range.clone()];
    let equals = words.find('=').map_or(words.len(), |n| n);
    let key_end = statement.range.start + words[..equals].trim_end().len();
    let present: Vec<String> = present(statement.header);
    if local <= key_end || equals == words.len() {
        let word = statement.range.start..key_end;
        path.extend(dotted(&source[word.clone()]));
        return Some(Place { spot: Spot::Key, path, word: shift(word), present });
    }
    path.extend(dotted(&words[..equals]));
    let value = statement.range.start + equals + 1;
    let inside = inside(source, value, local);
    path.extend(inside.path);
    let present = if inside.in_table { inside.present } else { Vec::new() };
    Some(Place { spot: inside.spot, path, word: shift(inside.word), present })
}

struct Inside {
    spot: Spot,
    path: Vec<String>,
    word: Range<usize>,
    present: Vec<String>,
    in_table: bool,
}

/// Follows brackets and strings from the start of a value to a place in it.
fn inside(source: &str, value: usize, at: usize) -> Inside {
    let bytes = source.as_bytes();
    // Inline tables that are open: their current key, and those before.
    let mut open: Vec<Option<(Option<String>, Vec<String>)>> = Vec::new();
    let mut token = value;
    let mut n = value;
    let mut quote: Option<(u8, usize)> = None;
    while n < at.min(bytes.len()) {
        let byte = bytes[n];
        match quote {
            Some((b'"', _)) if byte == b'\\' => n += 1,
            Some((sign, _)) if byte == sign => {
                quote = None;
            }
            Some(_) => {}
            None => match byte {
                b'"' | b'\'' => {
                    quote = Some((byte, n));
                }
                b'#' => n = source[n..].find('\n').map_or(at, |end| n + end),
                b'{' => {
                    open.push(Some((None, Vec::new())));
                    token = n + 1;
                }
                b'[' => {
                    open.push(None);
                    token = n + 1;
                }
                b'}' | b']' => {
                    open.pop();
                    token = n + 1;
                }
                b',' => {
                    if let Some(Some((key, before))) = open.last_mut() {
                        before.extend(key.take());
                    }
                    token = n + 1;
                }
                b'=' => {
                    if let Some(Some((key, _))) = open.last_mut() {
                        *key = Some(source[token..n].trim().trim_matches(['"', '\'']).to_owned());
                    }
                    token = n + 1;
                }
                _ => {}
            },
        }
        n += 1;
    }
    let path = open.iter().flatten().filter_map(|(key, _)| key.clone()).collect();
    let in_key = matches!(open.last(), Some(Some((None, _))));
    let present = open.iter().rev().flatten().next().map(|(_, before)| before.clone()).unwrap_or_default();
    let word = match quote {
        Some((sign, from)) => {
            let line = source[at..].find('\n').map_or(source.len(), |n| at + n);
            let end = source[at..line].find(char::from(sign)).map_or(at, |n| at + n + 1);
            from..end
        }
        None => bare(source, at),
    };
    Inside { spot: if in_key { Spot::Key } else { Spot::Value }, path, word, present, in_table: in_key }
}

/// The bare word around a place, or the string that ends there.
fn bare(source: &str, at: usize) -> Range<usize> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | ':');
    let head = &source[..at];
    let from = at - head.chars().rev().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
    let to = at + source[at..].chars().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
    from..to
}

/// The keys of `[a.b]` or `[[a.b]]`.
fn keys(header: &str) -> Vec<String> {
    let inner = header.split('#').next().unwrap_or_default().trim().trim_start_matches('[');
    dotted(inner.split(']').next().unwrap_or_default())
}

fn dotted(key: &str) -> Vec<String> {
    key.split('.').map(|part| part.trim().trim_matches(['"', '\'']).to_owned()).filter(|p| !p.is_empty()).collect()
}

/// A place in the braces of a checkpoint: `- [ ] Words {#id role=tech due=T-9}`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Brace {
    /// The attribute whose value it is; none where a key may stand.
    pub(super) key: Option<String>,
    /// The words of key or value.
    pub(super) word: Range<usize>,
}

/// What stands at a place in the braces of a line.
pub(super) fn brace(text: &str, at: usize) -> Option<Brace> {
    let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let open = line + text[line..at].rfind('{')?;
    if text[open..at].contains('}') {
        return None;
    }
    let from = text[open + 1..at].rfind([' ', '\t']).map_or(open + 1, |n| open + 2 + n);
    let to = at + text[at..].find([' ', '\t', '}', '\n', '\r']).unwrap_or(text.len() - at);
    match text[from..at].find('=') {
        Some(n) => Some(Brace { key: Some(text[from..from + n].to_owned()), word: from + n + 1..to }),
        None => {
            let end = text[from..to].find('=').map_or(to, |n| from + n);
            Some(Brace { key: None, word: from..end })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` marks the place.
    fn at(marked: &str) -> (Spot, String, String) {
        let at = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let place = place(&text, 0..text.len(), at).unwrap();
        (place.spot, place.path.join("."), text[place.word].to_owned())
    }

    #[test]
    fn half_written_texts_have_places_too() {
        let case = |marked, spot, path: &str, word: &str| {
            assert_eq!(at(marked), (spot, path.to_owned(), word.to_owned()), "{marked}");
        };
        case("title = \"x\"\nown|", Spot::Key, "own", "own");
        case("title = \"x\"\n|", Spot::Key, "", "");
        case("[[milestone]]\nid = \"双十一\"\n|\n", Spot::Key, "milestone", "");
        case("[[milestone]]\ndue = \"T-|", Spot::Value, "milestone.due", "\"T-");
        case("[[milestone]]\ndue = \"T-|7\" # 🎉\n", Spot::Value, "milestone.due", "\"T-7\"");
        case("owner = |\nstart = 2026-01-01\n", Spot::Value, "owner", "");
        case("[team]\ntech = \"a|\"\n", Spot::Value, "team.tech", "\"a\"");
        case("gate = { metric = \"ro|\", op = \">=\" }", Spot::Value, "gate.metric", "\"ro\"");
        case("gate = { metric = \"roi\", o| }", Spot::Key, "gate", "o");
        case("after = [\"a\", \"b|\"]", Spot::Value, "after", "\"b\"");
        case("[budget]\n[[budget.li|]]\n", Spot::Header, "budget.li", "[[budget.li]]");
        case("scale = lar|ge", Spot::Value, "scale", "large");
    }

    #[test]
    fn braces_of_a_checkpoint_have_keys_and_values() {
        let of = |marked: &str| {
            let at = marked.find('|').unwrap();
            let text = marked.replacen('|', "", 1);
            brace(&text, at).map(|b| (b.key, text[b.word].to_owned()))
        };
        assert_eq!(of("- [ ] 双十一 {#a role=te|ch}"), Some((Some("role".to_owned()), "tech".to_owned())));
        assert_eq!(of("- [ ] x {#a du|}"), Some((None, "du".to_owned())));
        assert_eq!(of("- [ ] x {#a} y|"), None);
    }
}

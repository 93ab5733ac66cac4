//! Findings for the box over a page that is being written: what a browser needs to show them and to lead to the place.

use super::position::Places;
use super::{Counts, Texts, one_line};
use crate::base::{Diagnostic, Severity};
use serde::Serialize;

/// Findings as the box shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlay {
    /// How many there are, shown or not.
    pub counts: Counts,
    /// The gravest first, in each weight by place.
    pub findings: Vec<Item>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    severity: Severity,
    rule: &'static str,
    message: String,
    /// `content/people.toml:3:8`; none of a finding about no file.
    place: Option<String>,
    /// The address that opens the place in the reader's editor.
    href: Option<String>,
    /// The line that is wrong, in three parts: before, the words, behind.
    line: Option<[String; 3]>,
    hints: Vec<String>,
}

impl Overlay {
    /// One error that is no author's: what the system said.
    pub fn failure(message: &str) -> Self {
        let item = Item {
            severity: Severity::Error,
            rule: "",
            message: one_line(message),
            place: None,
            href: None,
            line: None,
            hints: Vec::new(),
        };
        Self { counts: Counts { errors: 1, ..Counts::default() }, findings: vec![item] }
    }
}

/// Longest line that is shown around the words, in characters on each side.
const AROUND: usize = 60;

/// The first `most` findings in one language. `open` makes the address that opens a line and column of a file.
pub fn overlay(
    findings: &[Diagnostic],
    texts: &dyn Texts,
    lang: &str,
    most: usize,
    open: &dyn Fn(&str, usize, usize) -> Option<String>,
) -> Overlay {
    let mut places = Places::new(texts);
    let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
    sorted.sort_by_key(|d| std::cmp::Reverse(d.severity));
    sorted.truncate(most);
    let item = |d: &Diagnostic| {
        let at = d.span.map(|span| (places.path(span.file), places.of(span).start, span));
        // What ships inside the binary is no file that anybody could open.
        let own = at.filter(|(path, _, _)| !path.starts_with('<'));
        Item {
            severity: d.severity,
            rule: d.rule,
            message: one_line(d.message.in_lang(lang)),
            place: at.map(|(path, at, _)| format!("{}:{}:{}", one_line(path), at.line, at.column)),
            href: own.and_then(|(path, at, _)| open(path, at.line, at.column)),
            line: at.and_then(|(_, _, span)| line(texts.text(span.file), span.range())),
            hints: d.hints.iter().map(|hint| one_line(hint.text.in_lang(lang))).collect(),
        }
    };
    Overlay { counts: Counts::of(findings), findings: sorted.into_iter().map(item).collect() }
}

/// The words of a span with what stands around them on their first line; none where there are no words.
fn line(text: &str, range: std::ops::Range<usize>) -> Option<[String; 3]> {
    let (start, end) = (text.floor_char_boundary(range.start), text.floor_char_boundary(range.end));
    let words = text.get(start..end).and_then(|words| words.lines().next()).filter(|words| !words.trim().is_empty())?;
    let before = text[..start].rsplit('\n').next().unwrap_or_default();
    let behind = text[start + words.len()..].split('\n').next().unwrap_or_default().trim_end();
    let cropped = |text: &str, room: usize| -> String {
        let short: String = text.chars().take(room).collect();
        if short.len() < text.len() { short + "…" } else { short }
    };
    let skipped = before.chars().count().saturating_sub(AROUND);
    let before: String = before.chars().skip(skipped).collect();
    let before = if skipped > 0 { format!("…{before}") } else { before.trim_start().to_owned() };
    Some([before, cropped(words, 2 * AROUND), cropped(behind, AROUND)].map(|part| one_line(&part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_between_what_is_around_them() {
        let text = "a = 1\n  月 = \"五月\" # why\nb = 2";
        let start = text.find("\"五月\"").expect("it is there");
        let [before, words, behind] = line(text, start..start + 8).expect("a line");
        assert_eq!((before.as_str(), words.as_str(), behind.as_str()), ("月 = ", "\"五月\"", " # why"));
        assert_eq!(line(text, 0..0), None);
        assert_eq!(line(text, 900..901), None);
        let long = "x".repeat(500);
        let [before, words, behind] = line(&long, 200..400).expect("a line");
        assert_eq!([before.chars().count(), words.chars().count(), behind.chars().count()], [61, 121, 61]);
    }
}

//! Front matter: TOML between two lines of `+++`.

use super::rules::FRONT_MATTER;
use crate::base::{Diagnostic, FileId, Found, Span};
use crate::said;
use std::ops::Range;

/// Where a prose file's front matter and body lie, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The TOML between the fences, without them; none when the file has no front matter.
    pub toml: Option<Range<usize>>,
    /// Where the prose starts.
    pub body: usize,
    slip: Option<Slip>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Slip {
    /// A `+++` line that no other one closes.
    Unclosed(Range<usize>),
    /// Fences of another kind: both lines, where the second was found.
    Dashes(Range<usize>, Range<usize>),
}

impl FrontMatter {
    /// What is wrong with the fences.
    pub fn found(&self, file: FileId) -> Found {
        let mut found = Found::new();
        let span = |range: &Range<usize>| Span::new(file, range.start, range.end);
        match &self.slip {
            None => {}
            Some(Slip::Unclosed(open)) => found.push(
                Diagnostic::new(
                    &FRONT_MATTER,
                    span(open),
                    said!("front matter is never closed", "前置数据没有结束标记"),
                )
                .hint(said!("put a line of `+++` after the last key", "在最后一个键之后加一行 `+++`")),
            ),
            Some(Slip::Dashes(open, close)) => found.push(
                Diagnostic::new(
                    &FRONT_MATTER,
                    span(open),
                    said!(
                        "front matter stands between lines of `---`, not `+++`",
                        "前置数据写在 `---` 之间，应为 `+++`"
                    ),
                )
                .fix(
                    said!(
                        "open it with `+++` and write TOML (`key = \"value\"`)",
                        "用 `+++` 开头，并改写为 TOML（`键 = \"值\"`）"
                    ),
                    span(open),
                    "+++",
                )
                .fix(said!("close it with `+++`", "用 `+++` 结尾"), span(close), "+++"),
            ),
        }
        found
    }
}

/// Splits a file (byte order mark already gone) at its fences. The first `+++` line closes, wherever it stands.
pub fn split_front_matter(text: &str) -> FrontMatter {
    let none = FrontMatter { toml: None, body: 0, slip: None };
    let mut lines = lines(text);
    let Some((first, start)) = lines.next() else { return none };
    let closing = |fence: &str| lines.clone().find(|(line, _)| text[line.clone()].trim_end() == fence);
    match text[first.clone()].trim_end() {
        "+++" => match closing("+++") {
            Some((close, body)) => FrontMatter { toml: Some(start..close.start), body, slip: None },
            None => FrontMatter { toml: None, body: start, slip: Some(Slip::Unclosed(trimmed(text, first))) },
        },
        "---" => match closing("---") {
            // A thematic break may open a text; keys before the second one tell the two apart.
            Some((close, body)) if looks_like_keys(&text[start..close.start]) => {
                let slip = Slip::Dashes(trimmed(text, first), trimmed(text, close));
                FrontMatter { toml: None, body, slip: Some(slip) }
            }
            _ => none,
        },
        _ => none,
    }
}

/// Each line's range without its end, and where the next one starts.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, usize)> + Clone {
    let mut from = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = from;
        from += line.len();
        (start..start + line.trim_end_matches(['\r', '\n']).len(), from)
    })
}

fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    line.start..line.start + text[line].trim_end().len()
}

fn looks_like_keys(text: &str) -> bool {
    let is_key = |line: &str| {
        let Some((key, _)) = line.split_once([':', '=']) else { return false };
        let key = key.trim();
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
    };
    text.lines().find(|line| !line.trim().is_empty()).is_some_and(is_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (Option<&str>, &str) {
        let front = split_front_matter(text);
        (front.toml.map(|range| &text[range]), &text[front.body..])
    }

    #[test]
    fn fences_are_lines() {
        assert_eq!(split("+++\na = 1\n+++\n# x"), (Some("a = 1\n"), "# x"));
        assert_eq!(split("+++\r\na = 1\r\n+++\r\n# x"), (Some("a = 1\r\n"), "# x"));
        assert_eq!(split("+++ \n+++"), (Some(""), ""));
        assert_eq!(split("++++\na\n+++\n"), (None, "++++\na\n+++\n"));
        assert_eq!(split("text\n+++\n"), (None, "text\n+++\n"));
        assert_eq!(split(""), (None, ""));
    }

    #[test]
    fn a_missing_fence_is_reported_where_the_first_stands() {
        let front = split_front_matter("+++  \na = 1\n");
        let found = front.found(FileId(0)).sorted();
        assert_eq!(found[0].span, Some(Span::new(FileId(0), 0, 3)));
        assert!(split_front_matter("+++\n+++\n").found(FileId(0)).is_empty());
    }

    #[test]
    fn dashes_around_keys_are_front_matter_of_another_tool() {
        let front = split_front_matter("---\ntitle: x\n---\ntext");
        let found = front.found(FileId(0)).sorted();
        assert_eq!((found.len(), found[0].hints.len()), (1, 2));
        assert!(split_front_matter("---\n\ntext\n\n---\n").found(FileId(0)).is_empty());
    }
}

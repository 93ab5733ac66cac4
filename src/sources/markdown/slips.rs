//! Signs that authors type by habit and that do nothing: each finding carries the edit that mends it.

use super::rules::{HEADING_SPACE, LIST_MARKER, STRAY_MARK, TASK_MARKER};
use crate::base::{Diagnostic, FileId, Span};
use crate::said;
use std::ops::Range;

/// Judges a line of a paragraph, given its text from the first sign on; `at` is its place in the file.
///
/// `in_item` says whether the line opens a list item.
pub(super) fn line(file: FileId, line: &str, at: usize, in_item: bool) -> Option<Diagnostic> {
    let span = |from: usize, to: usize| Span::new(file, at + from, at + to);
    match line.as_bytes().first()? {
        b'#' | b'0'..=b'9' if in_item && line.starts_with('#') => None,
        b'#' => heading(line).map(|end| {
            let marks = &line[..end];
            Diagnostic::new(
                &HEADING_SPACE,
                span(0, end),
                said!("a space is missing after `{marks}`", "`{marks}` 之后缺少空格"),
            )
            .fix(
                said!("put a space between `{marks}` and the heading", "在 `{marks}` 与标题之间加空格"),
                span(end, end),
                " ",
            )
        }),
        b'0'..=b'9' => number(line).map(|(digits, end)| {
            let (shown, marker) = (&line[..end], format!("{}. ", &line[..digits]));
            Diagnostic::new(
                &LIST_MARKER,
                span(0, end),
                said!("`{shown}` starts no list item", "`{shown}` 不会成为列表项"),
            )
            .fix(said!("write `{marker}`", "写作 `{marker}`"), span(0, end), marker)
        }),
        _ => {
            task(line, in_item).map(|(end, marker)| {
                let shown = &line[..end];
                Diagnostic::new(&TASK_MARKER, span(0, end), said!("`{shown}` is no check box", "`{shown}` 不是复选框"))
                    .fix(said!("write `{marker}`", "写作 `{marker}`"), span(0, end), marker)
            })
        }
    }
}

/// The first run of marks (`**` and longer, `~~`) that starts within `range`, words that are printed as they stand.
///
/// The parser may print a run sign by sign, so the run is read from the text.
pub(super) fn stray(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut i = range.start;
    while i < range.end {
        let start = i + bytes[i..range.end].iter().position(|b| matches!(b, b'*' | b'~'))?;
        let mark = bytes[start];
        let length = bytes[start..].iter().take_while(|&&b| b == mark).count();
        i = start + length;
        let before = start.checked_sub(1).map(|n| bytes[n]);
        let whole = length + usize::from(before == Some(mark));
        let is_marks = if mark == b'*' { whole >= 2 } else { whole == 2 };
        if is_marks && before != Some(b'\\') {
            return Some(start..i);
        }
    }
    None
}

/// Marks are printed as text.
pub(super) fn printed(span: Span, marks: &str) -> Diagnostic {
    Diagnostic::new(&STRAY_MARK, span, said!("`{marks}` is printed as text", "`{marks}` 会被直接印出")).hint(said!(
        "drop the spaces inside the marks, close them, or write `\\{marks}`",
        "去掉标记内侧的空格、补上另一半，或写作 `\\{marks}`"
    ))
}

/// Where the `#`s of a heading without its space end. One `#` may be a tag: `#双十一#`, `#1`, `#a #b`.
fn heading(line: &str) -> Option<usize> {
    let end = line.len() - line.trim_start_matches('#').len();
    let next = line[end..].chars().next()?;
    let rest = line[end..].contains('#');
    let fits = if end == 1 { next.is_alphabetic() && !rest } else { next.is_alphanumeric() };
    (end <= 6 && fits).then_some(end)
}

/// Where the digits and the sign of `1、项` or `1.项` end.
fn number(line: &str) -> Option<(usize, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = line[digits..].chars();
    let sign = rest.next()?;
    let next = rest.as_str().trim_start().chars().next()?;
    let spaces = rest.as_str().len() - rest.as_str().trim_start().len();
    let is_slip = match sign {
        '、' | '．' => true,
        // `3.5` is a number and `a.b` a name; only a wide character shows that a space was meant.
        '.' | ')' => spaces == 0 && super::cjk::is_cjk(next) && next.is_alphabetic(),
        _ => false,
    };
    (digits <= 9 && is_slip).then_some((digits, digits + sign.len_utf8() + spaces))
}

/// Where a mistyped check box ends, and how it is written.
fn task(line: &str, in_item: bool) -> Option<(usize, &'static str)> {
    let (bullet, rest) = if in_item {
        ("", line)
    } else {
        let rest = line.strip_prefix(['-', '*', '+'])?;
        ("- ", rest)
    };
    let rest_start = line.len() - rest.len();
    let rest = rest.trim_start_matches([' ', '\u{3000}']);
    let mut signs = rest.char_indices();
    let (_, open) = signs.next()?;
    if !matches!(open, '[' | '【' | '［' | '〔') {
        return None;
    }
    let (close_at, close) = signs.by_ref().take(4).find(|(_, c)| matches!(c, ']' | '】' | '］' | '〕'))?;
    let inside = rest[open.len_utf8()..close_at].trim();
    let marker = match inside {
        "" => ["- [ ] ", "[ ] "],
        "x" | "X" | "✓" | "√" | "✔" | "ｘ" => ["- [x] ", "[x] "],
        _ => return None,
    };
    let after = &rest[close_at + close.len_utf8()..];
    // `[](a.md)` and `[x][y]` are links to be.
    if after.trim().is_empty() || after.starts_with(['(', '[', ':']) {
        return None;
    }
    let spaces = after.len() - after.trim_start().len();
    let end = line.len() - after.len() + spaces;
    debug_assert!(end > rest_start);
    Some((end, marker[usize::from(bullet.is_empty())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str, in_item: bool) -> Option<String> {
        let found = line(FileId(0), text, 0, in_item)?;
        let edit = found.hints[0].edit.clone().unwrap();
        let mut mended = text.to_owned();
        mended.replace_range(edit.span.range(), &edit.text);
        Some(mended)
    }

    #[test]
    fn slips_are_mended() {
        for (slip, right) in [
            ("#标题", "# 标题"),
            ("##标题 #1", "## 标题 #1"),
            ("1、项", "1. 项"),
            ("12、 项", "12. 项"),
            ("1.项", "1. 项"),
            ("1)项", "1. 项"),
            ("-[ ] 项", "- [ ] 项"),
            ("-[x]项", "- [x] 项"),
            ("*[] 项", "- [ ] 项"),
        ] {
            assert_eq!(mended(slip, false).as_deref(), Some(right), "{slip}");
        }
        for (slip, right) in [
            ("【 】项", "[ ] 项"),
            ("【x】 项", "[x] 项"),
            ("[\u{3000}] 项", "[ ] 项"),
            ("[] 项", "[ ] 项"),
            ("[ ]项", "[ ] 项"),
            ("［√］项", "[x] 项"),
            ("1、项", "1. 项"),
        ] {
            assert_eq!(mended(slip, true).as_deref(), Some(right), "{slip}");
        }
    }

    #[test]
    fn what_is_meant_as_it_stands_is_left_alone() {
        for text in [
            "#双十一#",
            "#1 in the list",
            "#!",
            "#######七",
            "3.5 倍",
            "1.x",
            "2026年",
            "12.12 大促",
            "a",
            "- x",
            "[ ]",
        ] {
            assert_eq!(mended(text, false), None, "{text}");
        }
        for text in ["[](a.md)", "[x][y]", "[x]: y", "【重要】项", "[abc] x", "#标题", "[]"] {
            assert_eq!(mended(text, true), None, "{text}");
        }
    }
}

//! Whatever is typed: nothing panics, places are true, words stay.

use super::{html, read, written};
use campaign_playbook::base::Span;
use campaign_playbook::markup::html::escaped;
use proptest::prelude::*;

/// Pieces of Markdown, of Chinese, and of trouble.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "*",
        "**",
        "***",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "```",
        "```rust\n",
        "#",
        "## ",
        "- ",
        "1. ",
        "1、",
        "> ",
        "> [!NOTE]\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "[^1]",
        "[^1]: ",
        "[a]: b\n",
        "<",
        ">",
        "<b>",
        "<br>",
        "<!--",
        "-->",
        "&amp;",
        "&",
        "\\",
        "|",
        "|-|-|\n",
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "\t",
        " ",
        "- [ ] ",
        "- [x] ",
        "【 】",
        "[　]",
        "{#a}",
        "{#b role=tech must at=\"",
        "\"}",
        "{",
        "}",
        "=",
        "中",
        "文",
        "：",
        "，",
        "“",
        "”",
        "（",
        "）",
        "한",
        "🎉",
        "\u{fe0f}",
        "\u{e0100}",
        "\u{2060}",
        "\u{feff}",
        "\u{0}",
        "a",
        "B",
        "1",
        ".",
        "://",
        "https://x.cn",
        "javascript:",
        "===\n",
        "---\n",
        "+++\n",
        "é",
        "e\u{301}",
        "\u{a0}",
        "\u{3000}",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn places_are_in_the_text_and_on_characters(text in text()) {
        let (document, found) = read(&text);
        let mut spans: Vec<Span> = Vec::new();
        spans.extend(document.headings.iter().map(|h| h.span));
        let blocks = document.headings.iter().filter_map(|h| h.attributes.as_ref());
        spans.extend(blocks.flat_map(|a| a.list.iter().flat_map(|a| [a.span, a.value_span]).chain([a.span])));
        spans.extend(document.tasks.iter().flat_map(|t| t.attrs.iter().flat_map(|a| [a.span, a.value_span]).chain([t.span])));
        spans.extend(document.tasks.iter().filter_map(|t| t.id.as_ref()).map(|id| id.span));
        spans.extend(document.links.iter().flat_map(|l| [l.span, l.whole]));
        spans.extend(document.sections.iter().map(|s| s.span));
        for diagnostic in &found {
            spans.extend(diagnostic.span);
            spans.extend(diagnostic.labels.iter().map(|(span, _)| *span));
            spans.extend(diagnostic.hints.iter().filter_map(|h| h.edit.as_ref()).map(|e| e.span));
        }
        for span in spans {
            prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
        for task in &document.tasks {
            if let Some(id) = &task.id {
                prop_assert_eq!(&text[id.span.range()], id.value.as_str());
            }
        }
    }

    #[test]
    fn the_writer_closes_what_it_opens(text in text()) {
        let html = html(&text);
        let mut open: Vec<&str> = Vec::new();
        for tag in html.split('<').skip(1) {
            let name = tag.split([' ', '>']).next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(name) => prop_assert_eq!(open.pop(), Some(name), "{}", html),
                None if matches!(name, "br" | "hr" | "img" | "input") => {}
                None => open.push(name),
            }
        }
        prop_assert!(open.is_empty(), "{}", html);
        prop_assert!(!html.contains("href=\"javascript"));
    }

    #[test]
    fn ids_are_unique(text in text()) {
        let html = html(&text);
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        prop_assert_eq!(unique.len(), ids.len(), "{}", html);
    }

    #[test]
    fn parts_are_the_whole_without_their_headings(text in text()) {
        let rendered = written(&text);
        let mut rest = rendered.html.as_str();
        for (n, part) in rendered.parts.iter().enumerate() {
            if n > 0 {
                prop_assert!(rest.starts_with("<h2"));
                rest = rest.split_once("</h2>\n").unwrap().1;
            }
            rest = rest.strip_prefix(part.html.as_str()).unwrap();
        }
        prop_assert_eq!(rest, "");
    }

    /// Words, marks and spaces without blocks: all that is not a mark comes out, in order, and nothing else.
    #[test]
    fn the_rewrite_changes_no_visible_word(
        pieces in prop::collection::vec(prop::sample::select(&["**", "*", "~~", "中", "文", "：", "，", "“", "”", "a", "b", "0", "🎉", "é", " "][..]), 0..30)
    ) {
        let text = format!("x{}", pieces.concat());
        let kept = |s: &str| s.chars().filter(|c| !matches!(c, '*' | '~' | ' ' | '\n')).collect::<String>();
        let mut words = html(&text);
        for tag in ["<p>", "</p>", "<strong>", "</strong>", "<em>", "</em>", "<del>", "</del>"] {
            words = words.replace(tag, "");
        }
        prop_assert_eq!(kept(&words), kept(&escaped(&text)));
        prop_assert_eq!(kept(&written(&text).text), kept(&text));
    }
}

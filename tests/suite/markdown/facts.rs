//! What reading finds: headings, tasks, links, sections, and the slips of authors.

use super::{findings, read};
use campaign_playbook::base::{FileId, Found, Span};
use campaign_playbook::sources::markdown::{Document, MARKDOWN_RULES, split_front_matter};
use std::collections::BTreeSet;

#[test]
fn tasks_carry_what_the_author_wrote_and_where() {
    let text = "## Testing {#testing group=technical}\r\n\r\n\
        - [ ] Load **test** at\r\n  3 × peak {#load-test role=tech due=T-9 must measure=\"p95 ≤ 800 ms\"}\r\n\
        - [x] 第二项\r\n  - [ ] inner {#inner}\r\n- no task {#no}\r\n";
    let (document, found) = read(text);
    assert_eq!(found, []);
    assert_eq!(document.headings[0].get("group").unwrap().value.as_deref(), Some("technical"));
    let seen: Vec<_> =
        document.tasks.iter().map(|t| (t.text.as_str(), t.checked, t.anchor.as_deref(), t.heading)).collect();
    assert_eq!(
        seen,
        [
            ("Load test at 3 × peak", false, Some("load-test"), Some(0)),
            ("第二项", true, None, Some(0)),
            ("inner", false, Some("inner"), Some(0)),
        ]
    );
    let task = &document.tasks[0];
    assert_eq!(&text[task.id.as_ref().unwrap().span.range()], "load-test");
    assert!(text[task.span.range()].starts_with("[ ] Load") && text[task.span.range()].ends_with("800 ms\"}"));
    assert_eq!(
        task.attrs.iter().map(|a| &text[a.value_span.range()]).collect::<Vec<_>>(),
        ["tech", "T-9", "must", "p95 ≤ 800 ms"]
    );
    assert!(task.get("must").unwrap().value.is_none());
}

#[test]
fn attributes_stand_behind_loose_items_marks_and_nested_blocks_too() {
    let text = "- [ ] a `b` {#a}\n\n- [ ] **c** {#c x=\"*y* <z> [q](r)\"}\n\n  more {#more}\n- [ ] d {#d}\n\n  ```\n  {#e}\n  ```\n\n> - [ ] f\n>   {#f}\n";
    let (document, found) = read(text);
    assert_eq!(found, []);
    let seen: Vec<_> = document.tasks.iter().map(|t| (t.text.as_str(), t.anchor.as_deref().unwrap())).collect();
    assert_eq!(seen, [("a b", "a"), ("c", "c"), ("d", "d"), ("f", "f")]);
    assert!(document.links.is_empty());
    assert_eq!(document.tasks[1].get("x").unwrap().value.as_deref(), Some("*y* <z> [q](r)"));
}

#[test]
fn spans_count_from_the_start_of_the_file() {
    let text = "+++\ntitle = \"双十一\"\n+++\n# **重点：**标题 {#top}\n\n**注意：**见[链接](a.md)。\n";
    let (document, _) = read(text);
    assert_eq!(document.headings[0].text, "重点：标题");
    assert_eq!(&text[document.headings[0].span.range()], "# **重点：**标题 {#top}");
    assert_eq!(&text[document.links[0].span.range()], "a.md");
    assert_eq!(&text[document.links[0].whole.range()], "[链接](a.md)");
}

#[test]
fn every_kind_of_link_knows_its_destination() {
    let text = "[a](b.md \"t\") [c](<d e.md>) [f][g] [g][] [g] <https://h.cn> <i@j.cn> ![k](l.png) [![m](n.png)](o.md) [p](q_(r).md) [\\]](s.md) [](t.md)\n\n[g]: u.md \"v\"\n";
    let (document, found) = read(text);
    assert_eq!(found, []);
    let seen: Vec<_> = document.links.iter().map(|l| (l.dest.as_str(), &text[l.span.range()], l.is_image)).collect();
    assert_eq!(
        seen,
        [
            ("b.md", "b.md", false),
            ("d e.md", "d e.md", false),
            ("u.md", "u.md", false),
            ("u.md", "u.md", false),
            ("u.md", "u.md", false),
            ("https://h.cn", "https://h.cn", false),
            ("mailto:i@j.cn", "i@j.cn", false),
            ("l.png", "l.png", true),
            ("o.md", "o.md", false),
            ("n.png", "n.png", true),
            ("q_(r).md", "q_(r).md", false),
            ("s.md", "s.md", false),
            ("t.md", "t.md", false),
        ]
    );
}

#[test]
fn ids_are_made_from_words_and_unique() {
    let text = "# Load Test: 3 × peak!\n## 技术测试（二）\n## 技术测试（二）\n## a-1\n## a\n## a\n## `Code` & *b*\n## {#own}\n- [ ] x {#a}\n";
    let (document, _) = read(text);
    let ids: Vec<&str> = document.headings.iter().map(|h| h.id.as_str()).collect();
    assert_eq!(ids, ["load-test-3--peak", "技术测试二", "技术测试二-1", "a-1", "a-2", "a-3", "code--b", "own"]);
    assert_eq!(document.tasks[0].anchor.as_deref(), Some("a"));
}

#[test]
fn an_id_written_twice_is_reported_and_made_unique() {
    let text = "## a {#x}\n\n- [ ] b {#x}\n- [ ] c {#x}\n";
    let (document, found) = read(text);
    assert_eq!(findings(text), ["markdown/duplicate-id: x", "markdown/duplicate-id: x"]);
    assert_eq!(found[0].labels[0].0, Span::new(FileId(0), 7, 8));
    let anchors: Vec<_> = document.tasks.iter().filter_map(|t| t.anchor.as_deref()).collect();
    assert_eq!((document.headings[0].id.as_str(), anchors), ("x", vec!["x-1", "x-2"]));
}

#[test]
fn sections_end_at_the_next_heading_and_know_whether_they_are_empty() {
    let text = "lead\n\n## Effect {#effect}\n\n### Reach\n\n<!-- write here -->\n\n## 过程\n\n> ## no section\n\n# Top\n\nwords\n\n## Pictures\n\n![a](b.png)\n\n## Code\n\n```\nx\n```\n\n## Tasks\n\n- [ ]\n- \n\n## Rule\n\n---\n\n## Last\n";
    let (document, _) = read(text);
    let seen: Vec<_> = document.sections.iter().map(|s| (s.id.as_str(), s.is_empty)).collect();
    assert_eq!(
        seen,
        [
            ("effect", true),
            ("过程", false),
            ("pictures", false),
            ("code", false),
            ("tasks", true),
            ("rule", false),
            ("last", true)
        ]
    );
    assert_eq!(&text[document.sections[1].span.range()], "## 过程\n\n> ## no section\n\n");
    assert_eq!(document.section("effect").unwrap().title, "Effect");
}

#[test]
fn slips_are_reported_in_paragraphs_and_items_only() {
    let text =
        "#标题\n\n文字\n1、第一\n2、第二\n\n- 【 】项\n- [　] 项\n- []项\n- [ ]项\n\n-[ ] 项\n-[x] 项\n\n1.第一\n";
    assert_eq!(
        findings(text),
        [
            "markdown/heading-space: #",
            "markdown/list-marker: 1、",
            "markdown/list-marker: 2、",
            "markdown/task-marker: 【 】",
            "markdown/task-marker: [　] ",
            "markdown/task-marker: []",
            "markdown/task-marker: [ ]",
            "markdown/task-marker: -[ ] ",
            "markdown/task-marker: -[x] ",
            "markdown/list-marker: 1.",
        ]
    );
    let fine = "`#标题` 见 1、2、3\n\n    #标题\n\n```\n1、项\n-[ ] 项\n```\n\n| #标题 | 1、项 |\n|---|---|\n| 【 】 | -[ ] x |\n\n# 1、标题\n\n#双十一# 开始\n\n3.5 倍，\\#标题\n\n- [链接](a.md)\n- [ ] 1、项\n";
    assert_eq!(findings(fine), [""; 0]);
}

#[test]
fn mending_every_slip_leaves_none() {
    let mut text =
        "#标题\n\n1、第一\n2、第二\n\n- 【 】项 {#a at=“10:00”}\n- [　] 项\n\n-[ ] 项\n-[x] 项\n\n[a](//b.cn)\n"
            .to_owned();
    let (_, found) = read(&text);
    let mut edits: Vec<_> = found.into_iter().filter_map(|d| d.hints.into_iter().find_map(|h| h.edit)).collect();
    edits.sort();
    for edit in edits.into_iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    assert_eq!(
        text,
        "# 标题\n\n1. 第一\n2. 第二\n\n- [ ] 项 {#a at=“10:00”}\n- [ ] 项\n\n- [ ] 项\n- [x] 项\n\n[a](https://b.cn)\n"
    );
    assert_eq!(findings(&text), ["markdown/attributes: “10:00”"]);
}

#[test]
fn footnotes_without_a_reference_are_reported() {
    assert_eq!(findings("a[^Eins]\n\n[^eins]: b\n\n[^2]: c\n"), ["markdown/unused-footnote: [^2]"]);
}

#[test]
fn html_is_reported_comments_and_breaks_are_not() {
    let text = "a <b>b</b> <br> <!-- c -->\n\n<div>\nd\n</div>\n\n<!-- e -->\n";
    assert_eq!(
        findings(text),
        ["markdown/raw-html: <b>", "markdown/raw-html: </b>", "markdown/raw-html: <div>\nd\n</div>"]
    );
}

/// The examples in the rules' documentation behave as marked, and each rule that has one finds it.
#[test]
fn the_rules_examples_are_true() {
    let codes: BTreeSet<&str> = MARKDOWN_RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), MARKDOWN_RULES.len());
    for rule in MARKDOWN_RULES {
        assert_eq!(rule.family(), "markdown");
        assert!(!rule.summary_zh().is_empty() && rule.docs.contains("## Why"), "{}", rule.code);
        let docs = rule.docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n");
        let examples = docs.split("```markdown,").skip(1);
        for example in examples {
            let (kind, rest) = example.split_once('\n').unwrap();
            let text = &rest[..rest.find("```").unwrap()];
            let front = split_front_matter(text);
            let mut found: Found = front.found(FileId(0));
            found.extend(Document::parse(FileId(0), text, front.body).1);
            let found: Vec<&str> = found.iter().map(|d| d.rule).collect();
            let expected = if kind == "reports" { vec![rule.code] } else { Vec::new() };
            let found: BTreeSet<&str> = found.into_iter().collect();
            assert_eq!(found.into_iter().collect::<Vec<_>>(), expected, "{text}");
        }
    }
}

//! What a hostile or careless author cannot do.

use super::{findings, html, read, words, written};
use campaign_playbook::base::{FileId, Span};
use campaign_playbook::markup::markdown::{Image, Links, Options, Target, render};
use campaign_playbook::sources::markdown::Document;
use std::time::{Duration, Instant};

#[test]
fn no_nasty_address_becomes_a_link() {
    for dest in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "java&#x09;script:alert(1)",
        "java&#10;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "java&Tab;script:alert(1)",
        "&#1;javascript:alert(1)",
        "<\u{1}javascript:alert(1)>",
        "< javascript:alert(1)>",
        "<java\tscript:alert(1)>",
        "javascript\\:alert(1)",
        "vbscript:x",
        "livescript:x",
        "data:text/html,x",
        "data:image/svg+xml;base64,x",
        "feed:javascript:alert(1)",
        "file:///etc/passwd",
        "blob:x",
        "about:blank",
        "view-source:x",
        "//host/x",
        "///host/x",
        "\\\\\\\\host",
        "/\\\\host",
        "&sol;/host",
        "https:host",
        "http:/\\\\host",
        "ftp://host",
        "C:\\\\x",
    ] {
        for text in [
            format!("[word]({dest})"),
            format!("![word]({dest})"),
            format!("[word][a]\n\n[a]: {dest}"),
            format!("<{dest}>"),
        ] {
            let html = html(&text);
            for sign in ["href", "src", "<a", "<img"] {
                assert!(!html.contains(sign), "{text}\n{html}");
            }
        }
    }
    assert!(html("<javascript:alert(1)>").contains("<p>javascript:alert(1)</p>"));
}

#[test]
fn allowed_addresses_are_links() {
    for (text, expected) in [
        ("[a](https://x.cn/?a=1&b=2)", "<a href=\"https://x.cn/?a=1&amp;b=2\" rel=\"noopener noreferrer\">a</a>"),
        ("[a](mailto:a@b.cn)", "<a href=\"mailto:a@b.cn\">a</a>"),
        ("<a@b.cn>", "<a href=\"mailto:a@b.cn\">a@b.cn</a>"),
        ("[a](tel:+8610)", "<a href=\"tel:+8610\">a</a>"),
        ("[a](../b/c.md#d)", "<a href=\"../b/c.md#d\">a</a>"),
        ("[a](<b c.md> \"t\\\"><b>\")", "<a href=\"b%20c.md\" title=\"t&quot;&gt;&lt;b&gt;\">a</a>"),
        ("[a](\"onclick=x)", "<a href=\"%22onclick=x\">a</a>"),
        ("[a](#x)", "<a href=\"#x\">a</a>"),
    ] {
        assert_eq!(html(text), format!("<p>{expected}</p>\n"));
    }
}

#[test]
fn html_is_text() {
    for tag in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:1'>",
        "<style>*{}</style>",
        "<iframe src=x>",
        "<math><mi//xlink:href=x>",
        "<?php ?>",
        "<![CDATA[x]]>",
        "<!DOCTYPE x>",
    ] {
        for text in [
            tag.to_owned(),
            format!("a {tag} b"),
            format!("- {tag}"),
            format!("# {tag}"),
            format!("|{tag}|\n|-|\n"),
            format!("![{tag}](a.png)"),
            format!("x[^{tag}]\n\n[^{tag}]: y"),
            format!("```{tag}\n```"),
            format!("## a {{#{tag}}}"),
        ] {
            let html = html(&text);
            let found =
                ["<script", "<img src=x", "<svg", "<a href='", "<style", "<iframe", "<math", "<?", "<![", "<!D"]
                    .iter()
                    .find(|s| html.contains(*s));
            assert_eq!(found, None, "{text}\n{html}");
        }
    }
    assert_eq!(html("a <b>b</b>"), "<p>a &lt;b&gt;b&lt;/b&gt;</p>\n");
    assert_eq!(html("<div>\na & b\n</div>\n\nc"), "<p>&lt;div&gt;\na &amp; b\n&lt;/div&gt;</p>\n<p>c</p>\n");
    assert_eq!(html("a<!-- b --> c\n\n<!-- d\n\ne -->\n\nf<br/>g"), "<p>a c</p>\n<p>f<br>\ng</p>\n");
}

#[test]
fn attributes_are_ids_and_classes_and_nothing_else() {
    let text = "# h {#id .a onclick=alert(1) style=\"x\" .b\"c}\n\n## location {#location}\n\n## x {#__proto__}\n";
    let html = html(text);
    assert!(html.starts_with("<h1 id=\"id\" class=\"a\">h<a "), "{html}");
    assert!(!html.contains("onclick") && !html.contains("style"), "{html}");
    // An id alone can shadow a name of the window only for scripts that ask for it there; the site's never do.
    assert!(html.contains("<h2 id=\"location\">"), "{html}");
    assert!(html.contains("<h2 id=\"x\">"), "{html}");
}

#[test]
fn ids_of_prose_stay_clear_of_a_themes_own() {
    let text = "## _nav {#_nav}\n\n## fn:1\n\n### -\n\n## …\n\n- [ ] a {#_b}\n";
    let rendered = written(text);
    let ids: Vec<&str> = rendered.html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids, ["nav", "fn1", "section", "section-1"]);
}

#[test]
fn the_site_asks_no_other_host_for_an_image() {
    let text = "![海报](https://cdn.cn/a.png \"t\") [![b](http://x.cn/b.png)](c.md) ![](https://x.cn/d.png)";
    assert_eq!(
        html(text),
        "<p><a href=\"https://cdn.cn/a.png\" title=\"t\" rel=\"noopener noreferrer\">海报</a> <a href=\"c.md\">b</a> \
         <a href=\"https://x.cn/d.png\" rel=\"noopener noreferrer\">https://x.cn/d.png</a></p>\n"
    );
    assert_eq!(
        findings(text),
        ["https://cdn.cn/a.png", "http://x.cn/b.png", "https://x.cn/d.png"]
            .map(|url| format!("markdown/remote-image: {url}"))
    );
}

/// A site that resolves everything to something it must not.
struct Careless;

impl Links for Careless {
    fn link(&self, _: &str, _: Span) -> Target {
        Target { href: "javascript:alert(1)".to_owned(), external: false }
    }
    fn image(&self, _: &str, _: Span) -> Image {
        Image { src: "https://x.cn/a.png".to_owned(), width: None, height: None }
    }
}

#[test]
fn what_the_site_resolves_is_judged_again() {
    let text = "[a](b.md) ![c](d.png)";
    let (document, _) = Document::parse(FileId(0), text, 0);
    assert_eq!(render(&document, text, &Options::new(&Careless, &words)).html, "<p>a c</p>\n");
}

#[test]
fn unsafe_links_are_reported_with_a_fix_where_there_is_one() {
    let (_, found) = read("[a](//shop.cn/x) [b](javascript:x)");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].hints[0].edit.as_ref().unwrap().text, "https://shop.cn/x");
    assert!(found[1].hints[0].edit.is_none());
}

#[test]
fn deep_nesting_is_flattened_and_reported() {
    for text in [
        ">".repeat(10_000) + " x",
        "- ".repeat(2_000) + "x",
        "> - ".repeat(2_000) + "x",
        "*a _b ".repeat(200) + &"_*".repeat(200),
    ] {
        let html = html(&text);
        assert!(html.len() < text.len() * 4 + 2_000, "{} from {}", html.len(), text.len());
        assert!(html.contains('x') || html.contains('b'));
        let open = |tag: &str| html.matches(&format!("<{tag}>")).count();
        for tag in ["blockquote", "ul", "li", "em", "strong"] {
            assert!(open(tag) <= 70 && open(tag) == html.matches(&format!("</{tag}>")).count(), "{tag}");
        }
        assert_eq!(findings(&text).iter().filter(|f| f.starts_with("markdown/too-deep")).count(), 1);
    }
}

/// Eight times the text may take eight times the work, never sixty-four; a machine that is busy at one moment is asked again,
/// while work in proportion to the square is too slow each time.
#[test]
fn long_lines_take_time_in_proportion() {
    let shapes: [fn(usize) -> String; 12] = [
        |n| "中".repeat(n / 3),
        |n| "**重点：**内容".repeat(n / 20),
        |n| ">**中".repeat(n / 6),
        |n| "[a](b) ".repeat(n / 7),
        |n| "![".repeat(n / 2),
        |n| "![a](".repeat(n / 5),
        |n| "[x]: y\n".repeat(n / 7) + &"[x] ".repeat(n / 4),
        |n| "- [ ] a {#b c=\"d\"\n".repeat(n / 18),
        |n| "# a {".repeat(n / 5),
        |n| "# a\n".repeat(n / 4),
        |n| "<!-- ".repeat(n / 5),
        |n| "中\n*a*\n".repeat(n / 8),
    ];
    let time = |text: &str| -> Duration {
        let start = Instant::now();
        written(text);
        start.elapsed()
    };
    for (number, shape) in shapes.iter().enumerate() {
        let (small, large) = (shape(30_000), shape(240_000));
        let is_in_proportion = || time(&large) < time(&small) * 32 + Duration::from_millis(200);
        assert!((0..5).any(|_| is_in_proportion()), "shape {number}");
    }
}

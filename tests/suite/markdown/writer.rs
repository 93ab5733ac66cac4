//! The HTML of each construct, and what else rendering hands on.

use super::{html, read, words, written};
use campaign_playbook::base::{FileId, Span};
use campaign_playbook::markup::markdown::{AsWritten, Image, Links, Options, Target, TocEntry, render};
use campaign_playbook::sources::markdown::{Document, Task};

#[test]
fn headings_have_ids_and_a_link_to_themselves() {
    assert_eq!(
        html("## 技术 *测试* {.wide group=x}"),
        "<h2 id=\"技术-测试\" class=\"wide\">技术 <em>测试</em><a class=\"anchor\" href=\"#技术-测试\" aria-label=\"permalink 技术 测试\">\
         <span aria-hidden=\"true\">#</span></a></h2>\n"
    );
}

#[test]
fn tasks_are_labelled_and_anchored() {
    let text = "- [ ] Load *test* {#load role=tech}\n- [x] done\n  - [ ] inner {#inner}\n- plain\n";
    assert_eq!(
        html(text),
        "<ul>\n<li class=\"task\" id=\"load\"><label><input type=\"checkbox\" disabled> Load <em>test</em></label></li>\n\
         <li class=\"task\"><label><input type=\"checkbox\" disabled checked> done</label>\n<ul>\n\
         <li class=\"task\" id=\"inner\"><label><input type=\"checkbox\" disabled> inner</label></li>\n</ul>\n</li>\n<li>plain</li>\n</ul>\n"
    );
    let loose = "- [ ] a {#a}\n\n  b\n";
    assert_eq!(
        html(loose),
        "<ul>\n<li class=\"task\" id=\"a\">\n<p><label><input type=\"checkbox\" disabled> a</label></p>\n<p>b</p>\n</li>\n</ul>\n"
    );
}

#[test]
fn a_task_may_be_followed_by_more() {
    let text = "- [ ] a {#a role=tech}\n- [ ] b\n";
    let (document, _) = read(text);
    let chip = |task: &Task| {
        task.get("role").map_or(String::new(), |r| format!(" <b>{}</b>", r.value.as_deref().unwrap_or_default()))
    };
    let options = Options { task: &chip, id_prefix: "sop-", ..Options::new(&AsWritten, &words) };
    assert_eq!(
        render(&document, text, &options).html,
        "<ul>\n<li class=\"task\" id=\"sop-a\"><label><input type=\"checkbox\" disabled> a</label> <b>tech</b></li>\n\
         <li class=\"task\"><label><input type=\"checkbox\" disabled> b</label></li>\n</ul>\n"
    );
}

#[test]
fn tables_scroll_in_a_named_frame() {
    assert_eq!(
        html("# T\n\n| a | |\n|:-:|--:|\n| 1 | <br> |\n\n| c |\n|---|\n").split_once("</h1>\n").unwrap().1,
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"table 1: T\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\" class=\"align-center\">a</th><td></td></tr>\n</thead>\n<tbody>\n\
         <tr><td class=\"align-center\">1</td><td class=\"align-right\"><br>\n</td></tr>\n</tbody>\n</table>\n</div>\n\
         <div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"table 2: T\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\">c</th></tr>\n</thead>\n</table>\n</div>\n"
    );
}

#[test]
fn footnotes_are_numbered_by_reference_and_lead_back() {
    let text = "a[^z] b[^y] c[^Z]\n\n[^y]: Why\n[^z]: Zed\n\n    - list\n\n[^unused]: no\n";
    assert_eq!(
        html(text),
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn:1\" id=\"fnref:1\" role=\"doc-noteref\">1</a></sup> \
         b<sup class=\"footnote-ref\"><a href=\"#fn:2\" id=\"fnref:2\" role=\"doc-noteref\">2</a></sup> \
         c<sup class=\"footnote-ref\"><a href=\"#fn:1\" id=\"fnref:1:2\" role=\"doc-noteref\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"footnotes\">\n<ol>\n\
         <li id=\"fn:1\"><p>Zed</p>\n<ul>\n<li>list</li>\n</ul>\
         <p><a href=\"#fnref:1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"back-to-text 1\">↩</a> \
         <a href=\"#fnref:1:2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"back-to-text 1-2\">↩<sup>2</sup></a></p></li>\n\
         <li id=\"fn:2\"><p>Why <a href=\"#fnref:2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"back-to-text 2\">↩</a></p></li>\n\
         </ol>\n</section>\n"
    );
}

#[test]
fn alerts_are_notes_with_a_title() {
    assert_eq!(
        html("> [!WARNING]\n> 小心\n"),
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">alert-warning</p>\n<p>小心</p>\n</div>\n"
    );
    assert_eq!(html("> [!OTHER]\n> a\n"), "<blockquote>\n<p>[!OTHER]\na</p>\n</blockquote>\n");
}

#[test]
fn code_names_its_language() {
    assert_eq!(
        html("```toml,reports x\na < b\n```"),
        "<pre><code class=\"language-tomlreports\">a &lt; b\n</code></pre>\n"
    );
    assert_eq!(
        html("```toml add=content/people.toml\n```"),
        "<pre data-file=\"content/people.toml\"><code class=\"language-toml\"></code></pre>\n"
    );
    assert_eq!(html("```text output=check\n```"), "<pre><code class=\"language-text\"></code></pre>\n");
    assert_eq!(html("```\"><b>\n```"), "<pre><code class=\"language-b\"></code></pre>\n");
    assert_eq!(html("~~a~~ `b`"), "<p><del>a</del> <code>b</code></p>\n");
}

/// A site that knows its images.
struct Site;

impl Links for Site {
    fn link(&self, dest: &str, at: Span) -> Target {
        Target { href: format!("../{}-{}", at.start, dest.replace(".md", ".html")), external: false }
    }
    fn image(&self, dest: &str, _: Span) -> Image {
        Image { src: format!("/a/{dest}"), width: Some(640), height: Some(480) }
    }
}

#[test]
fn links_and_images_are_what_the_site_makes_of_them() {
    let text = "## a {#b}\n\n[c](d.md#e) ![f](g.png \"h\") [i](#b) [j](#k) [l](#%62)\n";
    let (document, _) = Document::parse(FileId(0), text, 0);
    let options = Options { heading_shift: 1, id_prefix: "p-", ..Options::new(&Site, &words) };
    let rendered = render(&document, text, &options);
    assert_eq!(
        rendered.html.split_once("</h3>\n").unwrap().1,
        "<p><a href=\"../15-d.html#e\">c</a> <img src=\"/a/g.png\" alt=\"f\" title=\"h\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\"> \
         <a href=\"#p-b\">i</a> <a href=\"../51-#k\">j</a> <a href=\"#p-b\">l</a></p>\n"
    );
    let written: Vec<(&str, &str)> =
        rendered.links.iter().map(|(href, span)| (href.as_str(), &text[span.range()])).collect();
    assert_eq!(
        written,
        [("../15-d.html#e", "d.md#e"), ("/a/g.png", "g.png"), ("#p-b", "#b"), ("../51-#k", "#k"), ("#p-b", "#%62")]
    );
    assert_eq!(rendered.toc, [TocEntry { level: 3, id: "p-b".to_owned(), title: "a".to_owned() }]);
}

#[test]
fn parts_start_at_headings_of_level_two() {
    let rendered =
        written("lead\n\n# One\n\n## *Two* & {#two}\n\na[^1]\n\n### Three\n\n> ## inner\n\n## Four\n\n[^1]: note\n");
    let parts: Vec<_> = rendered.parts.iter().map(|p| (p.id.as_str(), p.title_html.as_str())).collect();
    assert_eq!(parts, [("", ""), ("two", "<em>Two</em> &amp;"), ("four", "Four")]);
    assert!(rendered.parts[0].html.starts_with("<p>lead</p>\n<h1 "));
    assert!(rendered.parts[1].html.starts_with("<p>a<sup") && rendered.parts[1].html.contains("<h2 id=\"inner\""));
    assert!(rendered.parts[2].html.starts_with("<section class=\"footnotes\""));
    let levels: Vec<u8> = rendered.toc.iter().map(|entry| entry.level).collect();
    assert_eq!(levels, [1, 2, 3, 2, 2]);
}

#[test]
fn search_and_excerpt_see_words_only() {
    let text = "# Title {#t}\n\nFirst **para**\ngraph &amp; [link](a.md).  \nBreak ![alt](b.png)\n\n| a | b |\n|---|---|\n| c | d |\n\n- [ ] task {#x role=tech}\n- <!-- no --> item\n\n```\ncode\n```\n";
    let rendered = written(text);
    assert_eq!(rendered.text, "Title\nFirst para graph & link. Break alt\na b\nc d\ntask\nitem\ncode");
    assert_eq!(rendered.excerpt, "First para graph & link. Break task item");
    let long = written(&"中文。".repeat(100));
    assert_eq!(long.excerpt.chars().count(), 201);
    assert!(long.excerpt.ends_with('…'));
}

#[test]
fn front_matter_and_an_empty_text_are_nothing() {
    assert_eq!(html("+++\na = 1\n+++\n"), "");
    let rendered = written("");
    assert_eq!((rendered.parts.len(), rendered.excerpt.as_str()), (1, ""));
}

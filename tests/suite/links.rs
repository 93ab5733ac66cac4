//! Links of a finished site that no author wrote: those of templates, scripts and redirects.

use campaign_playbook::base::Diagnostic;
use campaign_playbook::checks::links::{Memo, Page, Published, run};
use campaign_playbook::compile::{self, Clock, Compiled, Input};
use campaign_playbook::sources::Sources;
use std::collections::BTreeMap;
use std::sync::Arc;

fn judge(files: &[(&str, &str)], base_url: Option<&str>) -> Vec<String> {
    let files: BTreeMap<String, Arc<[u8]>> =
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().into())).collect();
    let (sources, _) = Sources::from_memory([]);
    let pages = files.keys().map(|path| Page { path, links: &[] }).collect();
    let found = run(&Published { files: &files, pages, base_url, sources: &sources, known: &[] }, &mut Memo::default());
    let line = |d: &Diagnostic| format!("{}: {}", d.rule, d.message.en);
    found.sorted().iter().map(line).collect()
}

#[test]
fn a_link_that_a_template_writes_on_every_page_is_found_once() {
    let page = |n: usize| format!("p{n}/index.html");
    let paths: Vec<String> = (0..30).map(page).collect();
    let html = r#"<a href="../index.html">Home</a><a href="../calender/">Calendar</a>"#;
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), html)).collect();
    files.push(("index.html", "<a href='p0/'>First</a> <a href='./p1'>Second</a>"));
    assert_eq!(
        judge(&files, None),
        ["links/broken: `../calender/` on page `p0/index.html` (and on 29 more) leads nowhere"]
    );
}

#[test]
fn what_a_page_loads_from_another_host_is_found_and_what_readers_follow_is_not() {
    let html = r#"
        <link rel="canonical" href="https://example.org/">
        <link rel="alternate" type="application/atom+xml" href="https://example.org/feed.atom">
        <link href="https://cdn.example.org/a.css" rel="preload stylesheet">
        <script src="//cdn.example.org/chart.js"></script>
        <img src="https://img.example.org/a.png" srcset="data:image/png;base64,AA== 1x, http://img.example.org/b.png 2x">
        <a href="https://example.org/elsewhere">Elsewhere</a> <a href="mailto:a@example.org">Write</a>"#;
    let loaded = [
        "//cdn.example.org/chart.js",
        "http://img.example.org/b.png",
        "https://cdn.example.org/a.css",
        "https://img.example.org/a.png",
    ]
    .map(|what| format!("links/external-resource: page `index.html` loads `{what}` from another host"));
    assert_eq!(judge(&[("index.html", html)], None), loaded);
}

#[test]
fn a_redirect_an_icon_and_a_place_on_another_page_are_looked_up() {
    let files = [
        ("old/index.html", r#"<meta http-equiv="refresh" content="0; url=../nwe/">"#),
        (
            "new/index.html",
            r##"<h1 id="双11">x</h1><a href="#双11">a</a><a href="#%E5%8F%8C11">b</a><a href="#">c</a>"##,
        ),
        ("index.html", r#"<link rel=icon href="icon.svg"><a href="new/#双12">x</a><a href="new/index.html#top">y</a>"#),
    ];
    assert_eq!(
        judge(&files, None),
        [
            "links/broken: `../nwe/` on page `old/index.html` leads nowhere",
            "links/broken: `icon.svg` on page `index.html` leads nowhere",
            "links/fragment: page `index.html` links to `#双12`, which `new/index.html` does not have",
        ]
    );
}

#[test]
fn addresses_from_the_root_are_those_of_the_place_the_site_is_published_at() {
    let html = r#"<a href="/sub/a/">a</a><a href="https://example.org/sub/a/">b</a><a href="https://example.org/sub/b/">c</a>"#;
    let files = [("404.html", html), ("a/index.html", "")];
    assert_eq!(
        judge(&files, Some("https://example.org/sub")),
        ["links/broken: `https://example.org/sub/b/` on page `404.html` leads nowhere"]
    );
}

#[test]
fn a_check_finds_what_a_build_finds() {
    let read = || {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let (sources, _) = Sources::read(root).expect("the sample can be read");
        let mut files: BTreeMap<String, Vec<u8>> =
            sources.paths().map(|(path, file)| (path.to_owned(), sources.bytes(file).to_vec())).collect();
        // Files that no template makes: one that is there, one that is not; and a page without the place named.
        let more = "+++\ntitle = \"Feeds\"\n+++\n\n[all](../calendar.ics) [none](../calendars.ics) \
                    [place](../sops/store-day.md#nowhere)\n";
        files.insert("content/pages/feeds.md".to_owned(), more.into());
        // Every kind of prose, in every language it has, with links of every kind: right ones, wrong ones, places of the text, of the
        // page around it, of other pages, pictures, other hosts, the site's own address.
        for (path, text) in files.iter_mut().filter(|(path, _)| path.starts_with("content/") && path.ends_with(".md")) {
            let depth = path.matches('/').count();
            let content = "../".repeat(depth - 1);
            let links = [
                "[a](#nowhere) [b](#_h-no-heading) [c](#_main) [d](nothing.md) [e](nothing/) ![f](nothing.png)".to_owned(),
                format!("[g]({content}sops/store-day.md) [h]({content}sops/store-day.md#no-such) [i]({content}sops/store-dya.md)"),
                format!("[j]({content}campaigns/2026-03-spring-renewal/campaign.toml#nothing) [k]({content}people.toml)"),
                "[l](https://example.org/) ![m](https://img.example.org/x.png) [n](mailto:a@example.org) [o](//example.org/x)".to_owned(),
                format!("[p](<{content}sops/store%20day.md>) [q](../) [r](../../calendar/) [s](../static/none.css) [t][ref]"),
                "[![u](none.svg)](none.md) ![v [w](inner.md)](outer.png) <https://example.org/auto> [x](javascript:y) [z](tel:1)"
                    .to_owned(),
                "\n[ref]: ../../../elsewhere.md#there\n".to_owned(),
            ];
            text.extend(format!("\n\n## Links of a story\n\n{}\n", links.join("\n")).bytes());
        }
        let (sources, read) = Sources::from_memory(files);
        Input { sources, read, clock: Clock::default() }
    };
    let said = |compiled: &Compiled| -> Vec<String> {
        compiled.findings().iter().map(|d| format!("{} {:?} {}", d.rule, d.span, d.message.en)).collect()
    };
    let (checked, built) = (said(&compile::judge(read())), said(&compile::compile(read())));
    for (line, other) in checked.iter().zip(&built) {
        assert_eq!(line, other);
    }
    assert_eq!(checked.len(), built.len());
    let of_links = |rule: &str| checked.iter().filter(|line| line.starts_with(rule)).count();
    let rules = ["links/broken ", "links/fragment ", "links/image "];
    let counts = rules.map(of_links);
    assert!(counts.iter().all(|count| *count > 50), "{counts:?}");
}

#[test]
fn an_item_that_is_not_translated_yet_leads_to_its_procedure() {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let (sources, read) = Sources::from_memory([
        file("playbook.toml", "title = \"Tea\"\nlanguages = [\"en\", \"zh-Hans\"]\nas-of = 2026-04-01\n"),
        file("content/people.toml", "[lin]\nname = \"Lin\"\ndepartment = \"shop\"\n"),
        file("content/departments.toml", "[shop]\nname = \"Shop\"\nlead = \"lin\"\n"),
        file(
            "content/campaigns/june/campaign.toml",
            "title = \"June\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n",
        ),
        file(
            "content/sops/settle.md",
            "+++\ntitle = \"Settle\"\nphase = \"review\"\nowner = \"lin\"\nversion = \"1\"\n+++\n\n\
             - [ ] Thank the shops {#thanks due=Z+3}\n- [ ] Count the cups {#cups due=Z+4}\n",
        ),
        file("content/sops/settle.zh-Hans.md", "- [ ] 感谢门店 {#thanks}\n"),
    ]);
    let compiled = compile::compile(Input { sources, read, clock: Clock::default() });
    let found: Vec<&str> =
        compiled.findings().iter().map(|d| d.rule).filter(|rule| rule.starts_with("links/")).collect();
    assert_eq!(found, Vec::<&str>::new());
    let page = &compiled.rendered.site["zh-Hans/campaigns/june/checklist/index.html"];
    let page = String::from_utf8_lossy(page);
    assert!(page.contains("sops/settle/index.html#thanks") && page.contains("sops/settle/index.html\""), "{page}");
    assert!(!page.contains("sops/settle/index.html#cups"), "{page}");
}

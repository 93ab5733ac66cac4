//! Builds one after another: with a memo, and before the eyes of an onlooker, they come to what a first build comes to.

use super::{AS_OF, JUNE, book, june};
use campaign_playbook::base::{Date, Diagnostic};
use campaign_playbook::compile::{Clock, Compiled, Early, Input, Memo, Onlooker, compile, compile_again};
use campaign_playbook::render::Site;
use campaign_playbook::sources::Sources;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Sees everything and wants every page early.
#[derive(Default)]
struct Eager {
    early: Mutex<Option<Site>>,
}

impl Onlooker for Eager {
    fn wants(&self, _: &str) -> bool {
        true
    }
    fn knows(&self, _: &str) -> bool {
        false
    }
    fn early(&self, _: &Early<'_>, site: Option<Site>) {
        *self.early.lock().unwrap() = site;
    }
    fn is_over(&self) -> bool {
        false
    }
}

#[test]
fn a_warm_build_equals_a_cold_one_after_every_edit_and_early_pages_equal_late_ones() {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let book = book();
    for entry in walkdir::WalkDir::new(book.root()).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file())
    {
        let path = entry.path().strip_prefix(book.root()).unwrap().to_str().unwrap().to_owned();
        files.insert(path, std::fs::read(entry.path()).unwrap());
    }
    let settings =
        |languages: &str| format!("title = \"Tea\"\ntimezone = \"Asia/Shanghai\"\nlanguages = [{languages}]\n");
    let template = "{% extends \"base.html\" %}{% block main %}{{ \"glossary\" | t }}{% endblock %}";
    let edits: Vec<(&str, Option<String>)> = vec![
        ("playbook.toml", Some(settings("\"en\", \"zh-Hans\""))),
        (JUNE, Some(june("Another June"))),
        ("content/campaigns/june/brief.md", Some("# Why\n\n**因为茶。**很多 [茶](../june/campaign.toml)\n".to_owned())),
        ("content/campaigns/august/campaign.toml", Some(june("August").replace("-06-", "-08-"))),
        ("themes/default/static/style/own.css", Some(".own { color: red }".to_owned())),
        ("themes/default/strings/en.toml", Some("nav-campaigns = \"Endeavours\"\nnav-calendar = 1\n".to_owned())),
        ("themes/default/templates/about.html", Some("{{ broken".to_owned())),
        ("content/aaa.toml", Some("moves the numbers of all files = 1".to_owned())),
        ("themes/default/templates/about.html", Some(template.to_owned())),
        ("content/aaa.toml", None),
        ("playbook.toml", Some(settings("\"zh-Hans\", \"en\", \"zh-Hant\""))),
        ("playbook.toml", Some(format!("{}theme = \"none\"\n", settings("\"en\"")))),
        ("playbook.toml", Some(settings("\"en\""))),
        ("content/campaigns/august/campaign.toml", None),
        ("themes/default/static/style/own.css", None),
    ];
    let input = |files: &BTreeMap<String, Vec<u8>>| {
        let (sources, read) = Sources::from_memory(files.clone());
        Input { sources, read, clock: Clock::fixed(Date::parse(AS_OF).unwrap()) }
    };
    let mut memo = Memo::default();
    let mut good = 0;
    for (path, text) in edits {
        match text {
            Some(text) => files.insert(path.to_owned(), text.into_bytes()),
            None => files.remove(path),
        };
        let eager = Eager::default();
        let warm = compile_again(input(&files), &mut memo, &eager).expect("nobody breaks it off");
        let cold = compile(input(&files));
        same(&warm, &cold, path);
        if let Some(early) = eager.early.into_inner().unwrap() {
            good += 1;
            for (name, bytes) in &early {
                assert!(cold.rendered.site[name] == *bytes, "`{name}` is another early, after the edit of {path}");
            }
            assert!(early.len() > 100, "{} early files after the edit of {path}", early.len());
        }
    }
    assert!(good > 5, "{good} builds without errors");
}

fn same(warm: &Compiled, cold: &Compiled, edit: &str) {
    let (one, two): (&Site, &Site) = (&warm.rendered.site, &cold.rendered.site);
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>(), "after the edit of {edit}");
    let bytes: Vec<(&String, &Arc<[u8]>)> = one.iter().filter(|(path, bytes)| two[*path] != **bytes).collect();
    assert!(bytes.is_empty(), "{:?} differ after the edit of {edit}", bytes.iter().map(|(p, _)| p).collect::<Vec<_>>());
    let said = |found: &[Diagnostic]| found.iter().map(|d| format!("{d:?}")).collect::<Vec<_>>();
    assert_eq!(said(warm.findings()), said(cold.findings()), "after the edit of {edit}");
}

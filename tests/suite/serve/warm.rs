//! Builds one after another: with a memo, and before the eyes of an onlooker, they come to what a first build comes to.

use super::{AS_OF, Book, JUNE, book, june};
use campaign_playbook::base::{Date, Diagnostic, Found};
use campaign_playbook::compile::{Clock, Compiled, Early, Input, Memo, Onlooker, compile, compile_again};
use campaign_playbook::plan::Finished;
use campaign_playbook::render::Site;
use campaign_playbook::sources::Sources;
use proptest::prelude::*;
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

/// What an author does next.
#[derive(Clone, Debug)]
enum Edit {
    /// Other words in a text.
    Words(usize, u8),
    /// Another title of a page.
    Title(usize, u8),
    /// A link to a page, or to one that is not there.
    Link(usize, usize),
    /// One more heading.
    Heading(usize),
    /// A translation's words.
    Translation(u8),
    /// Words in a campaign's brief.
    Brief(u8),
    /// Another name of a campaign.
    Campaign(u8),
    /// Another rule of the house.
    Policy(u8),
    /// Another word of the frame.
    Strings(u8),
    /// A page more.
    New(u8),
    /// A page less.
    Gone,
    /// The next day.
    Day,
}

fn edit() -> impl Strategy<Value = Edit> {
    let page = 0..4_usize;
    prop_oneof![
        5 => (page.clone(), any::<u8>()).prop_map(|(page, n)| Edit::Words(page, n)),
        2 => any::<u8>().prop_map(Edit::Translation),
        2 => (page.clone(), 0..6_usize).prop_map(|(page, to)| Edit::Link(page, to)),
        1 => (page.clone(), any::<u8>()).prop_map(|(page, n)| Edit::Title(page, n)),
        1 => page.prop_map(Edit::Heading),
        1 => any::<u8>().prop_map(Edit::Brief),
        1 => any::<u8>().prop_map(Edit::Campaign),
        1 => any::<u8>().prop_map(Edit::Policy),
        1 => any::<u8>().prop_map(Edit::Strings),
        1 => any::<u8>().prop_map(Edit::New),
        1 => Just(Edit::Gone),
        1 => Just(Edit::Day),
    ]
}

const HANDBOOK: [&str; 4] = ["index", "opening", "closing", "till"];

/// The small playbook with a handbook whose pages lead to each other, or the handbook alone.
fn handbook(is_alone: bool) -> Book {
    let book = book();
    if is_alone {
        std::fs::remove_dir_all(book.root().join("content")).unwrap();
    }
    for (at, name) in HANDBOOK.iter().enumerate() {
        let next = HANDBOOK[(at + 1) % HANDBOOK.len()];
        let text = format!(
            "+++\ntitle = \"The {name}\"\norder = {at}\nmenu = {}\n+++\n\nHow it is done. See [next]({next}.md#how).\n\n## How {{#how}}\n\nSo.\n",
            at < 2
        );
        book.write(&format!("content/pages/shop/{name}.md"), &text);
    }
    book.write("content/pages/shop/till.zh-Hans.md", "怎么收银。\n\n## 步骤 {#how}\n\n如此。\n");
    book
}

/// Makes an edit on disk; which file was changed, none where files came or went.
fn make(edit: &Edit, book: &Book, day: &mut Date) -> Option<String> {
    let page = |at: usize| format!("content/pages/shop/{}.md", HANDBOOK[at]);
    let change = |path: String, of: &dyn Fn(String) -> String| {
        let text = std::fs::read_to_string(book.root().join(&path)).unwrap_or_default();
        let is_there = book.root().join(&path).exists();
        book.write(&path, &of(text));
        is_there.then_some(path)
    };
    match edit {
        Edit::Words(at, n) => {
            change(page(*at), &|text| text.replacen("done", &format!("done in {n} minutes"), 1) + "More.\n")
        }
        Edit::Title(at, n) => change(page(*at), &|text| text.replacen("title = \"", &format!("title = \"{n} "), 1)),
        Edit::Link(at, to) => {
            let to = HANDBOOK.get(*to).copied().unwrap_or("nowhere");
            change(page(*at), &|text| format!("{text}\nSee also [this]({to}.md).\n"))
        }
        Edit::Heading(at) => change(page(*at), &|text| format!("{text}\n## Besides\n\nMore of it.\n")),
        Edit::Translation(n) => {
            change("content/pages/shop/till.zh-Hans.md".into(), &|text| format!("{text}\n第 {n} 步。\n"))
        }
        Edit::Brief(n) => change("content/campaigns/june/brief.md".into(), &|text| format!("{text}\nReason {n}.\n")),
        Edit::Campaign(n) => change(JUNE.into(), &|_| june(&format!("June {n}"))),
        Edit::Policy(n) => {
            change("content/policies/own.toml".into(), &|_| format!("[figures.backlinks]\nvalue = {}\n", n % 4))
        }
        Edit::Strings(n) => {
            change("themes/default/strings/en.toml".into(), &|_| format!("nav-calendar = \"Days {n}\"\n"))
        }
        Edit::New(n) => change(format!("content/pages/extra-{n}.md"), &|_| {
            "+++\ntitle = \"Extra\"\n+++\n\nSee [how](shop/till.md).\n".into()
        }),
        Edit::Gone => {
            let _ = std::fs::remove_file(book.root().join("content/pages/shop/till.zh-Hans.md"));
            None
        }
        Edit::Day => {
            *day = day.plus(1);
            Some("playbook.toml".to_owned())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]

    /// As `serve` does it: what is known of the files and pages of the last build is taken over.
    #[test]
    fn after_any_edits_what_is_taken_over_is_what_a_cold_build_makes(edits in prop::collection::vec(edit(), 4..8), is_alone: bool) {
        let book = handbook(is_alone);
        let root = book.root().canonicalize().unwrap();
        let mut day = Date::parse(AS_OF).unwrap();
        let mut memo = Memo::default();
        let mut changed: Option<String> = None;
        let all = |day: Date| {
            let (sources, read) = Sources::read(&root).unwrap();
            Input { sources, read, clock: Clock::fixed(day) }
        };
        for at in 0..=edits.len() {
            let again = changed.take().and_then(|path| memo.sources()?.again(&root, &[root.join(path)]));
            let input = again.map_or_else(|| all(day), |sources| Input { sources, read: Found::new(), clock: Clock::fixed(day) });
            let warm = compile_again(input, &mut memo, &Patient).expect("nobody breaks it off");
            same(&warm, &compile(all(day)), &format!("{:?}", &edits[..at]));
            let Compiled { sources, model, rendered, .. } = warm;
            memo.take_back(model, &sources, rendered);
            if let Some(edit) = edits.get(at) {
                changed = make(edit, &book, &mut day);
            }
        }
    }
}

/// Waits for the end.
struct Patient;

impl Onlooker for Patient {}

/// That the property above is about something: of a handbook whose words change, no other page is made again.
#[test]
fn other_pages_are_not_made_again_when_words_change() {
    let book = handbook(false);
    let root = book.root().canonicalize().unwrap();
    let day = Date::parse(AS_OF).unwrap();
    let mut memo = Memo::default();
    let (sources, read) = Sources::read(&root).unwrap();
    let first = compile_again(Input { sources, read, clock: Clock::fixed(day) }, &mut memo, &Patient).unwrap();
    let before = first.rendered.site.clone();
    memo.take_back(first.model, &first.sources, first.rendered);
    let mut today = day;
    let path = make(&Edit::Words(1, 5), &book, &mut today).unwrap();
    let sources = memo.sources().unwrap().again(&root, &[root.join(path)]).unwrap();
    let second =
        compile_again(Input { sources, read: Found::new(), clock: Clock::fixed(day) }, &mut memo, &Patient).unwrap();
    let pages = &second.rendered.pages;
    let is_new = |page: &&Finished| !Arc::ptr_eq(&page.html, &before[&page.output]);
    let made: Vec<_> = pages.iter().filter(is_new).map(|page| page.output.as_str()).collect();
    assert_eq!(made, ["shop/opening/index.html", "zh-Hans/shop/opening/index.html"]);
    assert!(pages.len() > 100);
}

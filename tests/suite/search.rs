//! The index of search: complete, small, the same in every build, and without a character that is read as another.

use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn built(sources: (Sources, campaign_playbook::base::Found)) -> Compiled {
    let (sources, read) = sources;
    compile(Input { sources, read, clock: Clock::fixed(Date::parse("2026-09-17").unwrap()) })
}

fn sample() -> Compiled {
    built(Sources::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap())
}

/// The values of an edition's files by name, and the state that they name.
fn index(compiled: &Compiled, edition: &str) -> (BTreeMap<String, Value>, BTreeSet<String>) {
    let mut states = BTreeSet::new();
    let mut values = BTreeMap::new();
    let folder = format!("{edition}search/");
    for (path, bytes) in
        compiled.rendered.site.iter().filter(|(path, _)| path.starts_with(&folder) && path.ends_with(".js"))
    {
        let text = std::str::from_utf8(bytes).unwrap();
        let call = text.strip_prefix("playbookSearch(").and_then(|t| t.strip_suffix(");\n")).unwrap();
        let list: Vec<Value> = serde_json::from_str(&format!("[{call}]")).unwrap();
        let [Value::String(name), Value::String(state), value] = <[Value; 3]>::try_from(list).unwrap() else {
            panic!("{path} hands on something else")
        };
        // All but the first have the state in their names: a page never gets one of another state by them.
        let file = if name == "index" { name.clone() } else { format!("{name}.{state}") };
        assert_eq!(format!("{folder}{file}.js"), *path);
        states.insert(state);
        values.insert(name, value);
    }
    (values, states)
}

fn terms(index: &BTreeMap<String, Value>) -> BTreeSet<String> {
    let lists = index.iter().filter(|(name, _)| name.starts_with("t/")).map(|(_, list)| list.as_str().unwrap());
    lists.flat_map(|list| list.split(' ').step_by(3).map(str::to_owned)).collect()
}

fn pieces(index: &BTreeMap<String, Value>) -> Vec<&Value> {
    index.iter().filter(|(name, _)| name.starts_with("d/")).flat_map(|(_, list)| list.as_array().unwrap()).collect()
}

#[test]
fn every_page_of_an_edition_is_in_its_index_once_and_no_other() {
    let compiled = sample();
    for (number, edition) in ["", "zh-Hans/"].into_iter().enumerate() {
        let (index, states) = index(&compiled, edition);
        assert_eq!(states.len(), 1, "all files are of one state");
        let pages = compiled.rendered.pages.iter().filter(|page| page.edition == number && !page.is_hidden);
        let pages: BTreeSet<&str> = pages.map(|page| page.output.strip_prefix(edition).unwrap()).collect();
        let found: Vec<&str> = pieces(&index).iter().map(|piece| piece["u"].as_str().unwrap()).collect();
        assert_eq!(found.len(), pages.len());
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), pages);
        let sum: u64 = index["index"]["runs"].as_array().unwrap().iter().map(|run| run[2].as_u64().unwrap()).sum();
        assert_eq!(usize::try_from(sum).unwrap(), pages.len());
    }
}

#[test]
fn files_stay_small_and_list_their_terms_in_the_order_of_the_browser() {
    let compiled = sample();
    let least = usize::try_from(compiled.model.policy.figure("search-shard-bytes")).unwrap();
    let (index, _) = index(&compiled, "zh-Hans/");
    let mut last = Vec::new();
    let firsts = index["index"]["terms"].as_str().unwrap().split(' ');
    for (number, first) in firsts.enumerate() {
        let list = index[&format!("t/{number}")].as_str().unwrap();
        assert!(list.len() <= least * 2, "t/{number} has {} bytes", list.len());
        let terms: Vec<Vec<u16>> = list.split(' ').step_by(3).map(|term| term.encode_utf16().collect()).collect();
        assert_eq!(terms[0], first.encode_utf16().collect::<Vec<_>>());
        assert!(last < terms[0] && terms.is_sorted());
        last.clone_from(terms.last().unwrap());
    }
    for (name, value) in index.iter().filter(|(name, _)| name.starts_with("p/")) {
        assert!(value.as_str().unwrap().len() <= least * 2, "{name} is too large");
    }
}

#[test]
fn one_word_in_three_spellings_is_one_term() {
    let compiled = sample();
    let (index, _) = index(&compiled, "zh-Hans/");
    let terms = terms(&index);
    for term in ["复盘", "清单", "618", "sop", "复", "-70/20/10"] {
        assert!(terms.contains(term), "{term} is missing");
    }
    assert!(
        !terms.iter().any(|term| term.contains(['復', '覆', '盤', '著', 'Ｋ']) || term.chars().any(char::is_uppercase))
    );
    // The browser learns the other spellings from a file that it loads when a query needs it.
    let forms = index["fold"].as_str().unwrap();
    for pair in ["复復", "复覆", "盘盤", "单單"] {
        assert!(forms.contains(pair), "{pair} is missing");
    }
}

#[test]
fn words_that_stand_untranslated_on_a_page_are_found_in_its_edition() {
    let files = [
        ("playbook.toml", "title = \"P\"\nlanguages = [\"en\", \"zh-Hans\"]\nas-of = 2026-06-11\n"),
        ("content/pages/about.md", "+++\ntitle = \"About\"\n+++\nEverything stands here in Esperanto.\n"),
        ("content/pages/notes.md", "+++\ntitle = \"Notes\"\n+++\nOnly English.\n"),
        ("content/pages/notes.zh-Hans.md", "+++\ntitle = \"笔记\"\n+++\n这里有译文。\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let compiled = built(Sources::from_memory(files));
    let terms = |edition| terms(&index(&compiled, edition).0);
    let (english, chinese) = (terms(""), terms("zh-Hans/"));
    assert!(english.contains("esperanto") && chinese.contains("esperanto"));
    assert!(chinese.contains("译文") && !english.contains("译文"));
    // The frame of a page is no part of it.
    assert!(!chinese.contains("菜单") && !english.contains("menu"), "the menu is in the index");
}

#[test]
fn two_builds_have_the_same_index() {
    let (one, other) = (sample(), sample());
    let of = |compiled: &Compiled| {
        let files = compiled.rendered.site.iter().filter(|(path, _)| path.contains("search/"));
        files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect::<Vec<_>>()
    };
    assert!(of(&one) == of(&other), "the index differs from build to build");
}

//! Schemas for editors: made from the tables that decode the files, and published with the site.

use super::cli::Book;
use campaign_playbook::compile::{Clock, Input, compile};
use campaign_playbook::schema::KINDS;
use campaign_playbook::sources::Sources;
use serde_json::Value;
use std::path::Path;

fn printed(book: &Book, args: &[&str]) -> String {
    let output = book.run(args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_schema_knows_keys_words_and_the_names_of_this_playbook() {
    let book = Book::small();
    book.write("content/policies/own.toml", "[channels.tram]\nname = \"Tram\"\n");
    let schema: Value = serde_json::from_str(&printed(&book, &["schema", "campaign"])).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["required"], serde_json::json!(["title", "owner", "start", "end"]));
    assert_eq!(schema["additionalProperties"], false);
    let keys = &schema["properties"];
    assert_eq!(keys["start"]["description"], "T, the first day.");
    assert_eq!(keys["mode"]["enum"], serde_json::json!(["online", "offline", "hybrid"]));
    // What policy has is all there is; what the playbook has is offered, and more may come.
    let has = |words: &Value, word: &str| words.as_array().unwrap().iter().any(|w| w == word);
    assert!(has(&keys["channels"]["items"]["enum"], "tram"), "{}", keys["channels"]);
    assert!(has(&keys["owner"]["anyOf"][0]["enum"], "lin-yue"), "{}", keys["owner"]);
    assert_eq!(keys["owner"]["anyOf"][1]["type"], "string");
    let line = &schema["$defs"]["Line"];
    assert!(has(&line["properties"]["purpose"]["enum"], "core"), "{line}");
    assert_eq!(line["additionalProperties"], false);
}

#[test]
fn a_policy_file_says_only_what_differs() {
    let schema: Value = serde_json::from_str(&printed(&Book::small(), &["schema", "policy"])).unwrap();
    assert!(schema["required"].is_null() && schema["$defs"]["StandardNode"]["required"].is_null());
    assert!(schema["properties"]["waiver"].is_object());
}

#[test]
fn every_kind_is_listed_written_and_published() {
    let book = Book::small();
    let list = printed(&book, &["schema"]);
    let folder = book.root().join("out");
    printed(&book, &["schema", "--all", folder.to_str().unwrap()]);
    let (sources, read) = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let site = compile(Input { sources, read, clock: Clock::default() }).rendered.site;
    let tables = String::from_utf8(site["tables/index.html"].to_vec()).unwrap();
    for kind in KINDS {
        assert!(list.lines().any(|line| line.starts_with(kind.name) && line.contains(kind.path)), "{list}");
        assert!(folder.join(format!("{}.schema.json", kind.name)).is_file(), "{}", kind.name);
        let published: Value = serde_json::from_slice(&site[&kind.file()]).unwrap();
        assert_eq!(published["title"], kind.path);
        assert!(tables.contains(&kind.file()), "{} is not in the list of data", kind.name);
    }
    let wrong = book.run(&["schema", "campain"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("did you mean `campaign`?"));
}

#[test]
fn outside_a_playbook_the_policy_of_the_program_speaks() {
    let folder = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_playbook"))
        .args(["schema", "campaign"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(schema["properties"]["scale"]["enum"].as_array().is_some_and(|words| words.len() == 3));
}

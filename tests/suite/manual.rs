//! The documentation: a playbook of prose, built by the program that it is about. Every block of code in it is run (`walk.rs`), or
//! stands below with the reason why it is not.

use super::cli::{Book, stdout};
use super::history::{commit, git};
use super::walk::{Reading, playbook, sample, walk_both};
use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;
use campaign_playbook::sources::shape::Form;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// A page in English and in Chinese.
fn page(name: &str) -> (String, String) {
    let read = |ending: &str| {
        let path = folder().join("content/pages").join(format!("{name}{ending}"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    (read(".md"), read(".zh-Hans.md"))
}

/// Takes the steps of a page in a copy of the sample; how many there were.
fn walked(name: &str, book: &Path, read: &[Reading]) -> usize {
    let (english, chinese) = page(name);
    walk_both(&english, &chinese, book, read)
}

fn documentation() -> Compiled {
    let (sources, read) = Sources::read(&folder()).expect("docs/ can be read");
    let day = Date::new(2026, 11, 27).expect("a real day");
    compile(Input { sources, read, clock: Clock::fixed(day) })
}

fn html(compiled: &Compiled, path: &str) -> String {
    let bytes = compiled.rendered.site.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_documentation_has_no_finding_and_every_page_in_both_languages() {
    let compiled = documentation();
    assert_eq!(compiled.findings().iter().map(|d| d.rule.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
    for page in &compiled.model.pages {
        let languages: Vec<&str> = page.prose.versions.iter().map(|v| v.lang.tag()).collect();
        let both = ["en", "zh-Hans"].iter().all(|lang| languages.contains(lang));
        assert!(both, "{} is written in {languages:?}", page.id);
    }
}

#[test]
fn a_playbook_of_prose_is_its_pages_and_says_nothing_of_campaigns() {
    let compiled = documentation();
    let home = html(&compiled, "index.html");
    let menu =
        home.split("class=\"nav\"").nth(1).and_then(|rest| rest.split("</nav>").next()).expect("there is a menu");
    assert!(menu.contains("For authors") && menu.contains("Rules"), "{menu}");
    for absent in ["Calendar", "Today", "Campaigns", "Lessons"] {
        assert!(!menu.contains(absent), "{absent} stands in {menu}");
    }
    assert!(home.contains("For authors") && home.contains("href=\"authors/index.html\""), "home leads to the pages");
    assert!(html(&compiled, "zh-Hans/index.html").contains("写给作者"));
    let about_campaigns =
        |path: &&String| path.starts_with("calendar") || path.ends_with(".ics") || path.contains("model.json");
    assert_eq!(compiled.rendered.site.keys().filter(about_campaigns).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn no_page_is_left_out_of_the_walks() {
    let walked = [
        "authors",
        "commands",
        "contributing",
        "editors",
        "exports",
        "formats",
        "operators",
        "questions",
        "reviewing",
        "serve",
        "themes",
    ];
    let pages: Vec<String> = documentation().model.pages.iter().map(|page| page.id.to_string()).collect();
    let mut sorted = pages.clone();
    sorted.sort();
    assert_eq!(sorted, walked, "a page is new or gone: walk it here");
    // Commands that are set off by spaces alone would be run by nobody.
    for name in &pages {
        for text in [page(name).0, page(name).1] {
            let mut in_block = false;
            for line in text.lines() {
                in_block ^= line.starts_with("```");
                let is_set_off = line.starts_with("    ") && !line.trim_start().starts_with(['-', '|', '*']);
                assert!(in_block || !is_set_off, "{name}: write a fence around `{}`", line.trim());
            }
        }
    }
}

#[test]
fn the_tasks_go_as_the_guide_for_authors_says() {
    let book = sample();
    assert!(walked("authors", book.path(), &[]) > 15);
    let output = playbook(book.path(), &["check", "--format", "short", "--all"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    // What the tasks wrote is new, and nothing is wrong with it: the sample's own warnings are all there are.
    let findings = stdout(&output);
    let of_the_tasks: Vec<&str> =
        findings.lines().filter(|line| line.contains("2026-12") || line.contains("waiver/")).collect();
    assert_eq!(of_the_tasks, Vec::<&str>::new(), "{findings}");
}

#[test]
fn a_small_theme_is_made_as_the_guide_for_theme_makers_says() {
    let book = sample();
    assert!(walked("themes", book.path(), &[]) > 8);
}

#[test]
fn everything_in_the_guide_for_contributors_stands_so_in_the_source() {
    let read: &[Reading] = &[
        ("cargo run --release -- build", "builds the program that runs this story; `./test` runs these lines"),
        ("BLESS=1 FIXTURE=", "would run the tests within the tests, and write into the source"),
    ];
    assert!(walked("contributing", sample().path(), read) > 15);
}

#[test]
fn files_are_written_as_the_page_of_formats_says() {
    assert_eq!(walked("formats", sample().path(), &[]), 5);
}

#[test]
fn tables_and_the_model_are_written_as_the_page_of_exports_says() {
    assert_eq!(walked("exports", sample().path(), &[]), 2);
}

#[test]
fn the_page_is_served_beside_the_text() {
    assert_eq!(walked("serve", sample().path(), &[]), 1);
}

/// A branch on which a launch has moved, under git, with what its pull request is compared with.
#[test]
fn a_change_is_told_as_the_guide_for_reviewers_says() {
    let book = Book::small();
    book.write("playbook.toml", "title = \"Tea\"\nas-of = 2026-04-01\n");
    git(book.root(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(book.root(), "He Jia", "2026-03-01T10:00:00+0800", "The year as planned");
    git(book.root(), &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    git(book.root(), &["tag", "v1"]);
    let plan = "title = \"June\"\nowner = \"lin-yue\"\nstart = 2026-06-17\nend = 2026-06-21\n";
    book.write("content/campaigns/june/campaign.toml", plan);
    commit(book.root(), "He Jia", "2026-03-02T10:00:00+0800", "A week later");
    git(book.root(), &["tag", "v2"]);
    let read: &[Reading] =
        &[("\"format\"", "an outline of the JSON; `diff/formats.rs` holds its keys to what the program writes")];
    assert!(walked("reviewing", book.root(), read) > 4);
    let comment = std::fs::read_to_string(book.root().join("comment.md")).unwrap();
    assert!(comment.starts_with("<!-- playbook diff -->") && comment.contains("June"), "{comment}");
}

#[test]
fn schemas_are_where_the_page_of_editors_looks_for_them() {
    let book = sample();
    let read: &[Reading] = &[
        ("vim.lsp.config", "configures Neovim, which is no part of these tests"),
        ("[language-server.playbook]", "configures Helix; what it starts is told by the stories of `lsp`"),
        ("{\n  \"evenBetterToml", "configures Visual Studio Code; what it names is looked at below"),
        ("#:schema", "a first line; what it names is looked at below"),
    ];
    assert_eq!(walked("editors", book.path(), read), 1);
    let (english, _) = page("editors");
    let named: Vec<&str> = english.split(['"', '/', ' ', '\n']).filter(|word| word.ends_with(".schema.json")).collect();
    assert!(named.len() > 10, "{named:?}");
    for name in named {
        assert!(book.path().join(".schemas").join(name).is_file(), "there is no {name}");
    }
}

#[test]
fn every_key_that_authors_write_stands_in_the_page_of_formats() {
    let (english, chinese) = page("formats");
    for kind in campaign_playbook::schema::KINDS.iter().filter(|kind| kind.name != "policy") {
        let mut keys = std::collections::BTreeSet::new();
        gather(&(kind.form)(), &mut keys);
        for text in [&english, &chinese] {
            // Words of code: what stands between backticks.
            let code = text.split('`').skip(1).step_by(2);
            let words: std::collections::BTreeSet<&str> =
                code.flat_map(|code| code.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')).collect();
            let missing: Vec<_> = keys.iter().filter(|key| !words.contains(**key)).collect();
            assert!(missing.is_empty(), "keys of {} that the page does not name: {missing:?}", kind.name);
        }
    }
}

/// The keys of a form and of what it holds.
fn gather(form: &Form, keys: &mut std::collections::BTreeSet<&'static str>) {
    match form {
        Form::List(inner) | Form::Entries(inner) => gather(inner, keys),
        Form::Record(shape) => {
            for field in shape.fields {
                if keys.insert(field.key) {
                    gather(&(field.form)(), keys);
                }
            }
        }
        Form::Leaf(_) | Form::Words(_) => {}
    }
}

#[test]
fn questions_are_answered_by_what_the_program_does() {
    assert_eq!(walked("questions", sample().path(), &[]), 5);
}

#[test]
fn every_command_stands_in_the_page_of_commands() {
    let book = sample();
    assert_eq!(walked("commands", book.path(), &[]), 6);
    let help = stdout(&playbook(book.path(), &["--help"]));
    let (_, rest) = help.split_once("Commands:\n").unwrap();
    let is_name = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let names = rest.lines().take_while(|line| !line.is_empty()).filter(is_name);
    let names: Vec<&str> = names.filter_map(|line| line.split_whitespace().next()).filter(|n| *n != "help").collect();
    assert!(names.len() > 12, "{help}");
    let (english, chinese) = page("commands");
    for name in names {
        let told = format!("| `playbook {name}` |");
        let is_told = english.contains(&told) && chinese.contains(&told);
        assert!(is_told, "`{name}` wants a row in docs/content/pages/commands.md and its translation");
    }
}

/// What operators type writes into system folders or speaks with other machines.
#[test]
fn what_operators_type_is_the_same_in_both_languages() {
    let read: &[Reading] = &[
        (
            "playbook publish /srv/playbook",
            "writes into /srv; the stories of `output` publish into folders of their own",
        ),
        ("server {", "configures nginx; tests/loop starts one by it"),
        ("compress = [", "is a line of `playbook.toml`; the stories of `hosting` build by it"),
        ("playbook build --output public", "sends files to another machine; tests/loop sends them to a folder"),
        ("playbook publish outbox", "sends files to another machine; tests/loop sends them to a folder"),
        ("git init --bare /srv/git", "writes into /srv; tests/loop installs the hook into a folder"),
        (
            "install -m 755 ci/pre-commit",
            "needs a repository with the hook; tests/loop installs it and is refused by it",
        ),
        ("podman build", "needs a registry of images"),
        ("15 4 * * *", "is a line for cron"),
    ];
    assert_eq!(walked("operators", Path::new("nowhere"), read), 0);
}

#[test]
fn a_site_that_asks_for_it_carries_the_guide_in_the_language_of_its_readers() {
    let built = |more: &str| {
        let config = format!("title = \"茶\"\nlanguages = [\"zh-Hans\", \"en\"]\n{more}");
        let (sources, read) = Sources::from_memory([("playbook.toml".to_owned(), config.into_bytes())]);
        compile(Input { sources, read, clock: Clock::fixed(Date::new(2026, 11, 27).expect("a real day")) })
    };
    let compiled = built("guide = true");
    assert_eq!(compiled.findings().iter().map(|d| &d.message.en).collect::<Vec<_>>(), Vec::<&String>::new());
    let overview = html(&compiled, "guide/index.html");
    assert!(overview.contains("写给作者") && overview.contains("href=\"authors/index.html\""), "{overview}");
    assert!(html(&compiled, "guide/authors/index.html").contains("活动由您来策划"));
    assert!(html(&compiled, "en/guide/authors/index.html").contains("You plan campaigns."));
    // Its pages lead to each other, and nobody is asked to edit them.
    let page = html(&compiled, "guide/contributing/index.html");
    assert!(page.contains("href=\"../formats/index.html\"") && !page.contains("编辑此页"), "{page}");
    assert!(built("").rendered.site.keys().all(|path| !path.contains("guide")));
}

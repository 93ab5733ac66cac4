//! What git says of a page, told from real repositories: whole, cut off, in a subfolder, half committed.

use super::cli::{Book, stderr};
use std::path::Path;
use std::process::Command;

/// Runs git in a folder as somebody at some moment, whatever the tester has set.
fn git_as(folder: &Path, author: &str, at: &str, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args);
    for hidden in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(hidden);
    }
    command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null"), ("LC_ALL", "C")]);
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), author).env(format!("GIT_{role}_EMAIL"), "who@cenli.example");
        command.env(format!("GIT_{role}_DATE"), at);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    git_as(folder, "He Jia", "2026-05-01T10:00:00+0800", args)
}

/// Commits everything in the folder.
pub(crate) fn commit(folder: &Path, author: &str, at: &str, subject: &str) {
    git(folder, &["add", "--all", "."]);
    git_as(folder, author, at, &["commit", "--quiet", "--message", subject]);
}

/// A playbook under git: planned by He Jia on 1 May, changed by another while it was live.
fn told() -> Book {
    let book = Book::small();
    git(book.root(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(book.root(), "He Jia", "2026-05-01T10:00:00+0800", "Plan June");
    book.write("content/campaigns/june/results.toml", "[done]\nplan-review = 2026-05-20\n");
    // 11 June in Shanghai, still 10 June where the committer sits.
    commit(book.root(), "何“佳” & Co\u{202e}", "2026-06-10T18:30:00+0000", "Tick & \u{1b}[31mreview");
    book
}

/// Builds as of a day; what it said on standard error.
fn built(book: &Book, root: &str, as_of: &str) -> String {
    let output = book.run(&["--root", root, "build", "--keep-going", "--as-of", as_of, "--output", "site"]);
    assert!(output.status.success(), "{}", stderr(&output));
    stderr(&output)
}

/// Whether a build had nothing to say of the history.
fn says_nothing(said: &str) {
    assert!(!said.contains("when they changed"), "{said}");
}

fn page(book: &Book, path: &str) -> String {
    std::fs::read_to_string(book.root().join("site").join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

const CAMPAIGN: &str = "campaigns/june/index.html";
const PERSON: &str = "people/lin-yue/index.html";
const BUDGET: &str = "campaigns/june/budget/index.html";
const TIMELINE: &str = "campaigns/june/timeline/index.html";

#[test]
fn a_page_says_when_its_files_changed_and_who_changed_them() {
    let book = told();
    built(&book, ".", "2026-06-12");
    let odd = "Changed on 11 Jun 2026 by 何“佳” &amp; Co";
    assert!(page(&book, CAMPAIGN).contains(odd), "{}", page(&book, CAMPAIGN));
    assert!(page(&book, BUDGET).contains(odd), "a part of a campaign is made of the campaign's folder");
    assert!(page(&book, PERSON).contains("Changed on 1 May 2026 by He Jia"));
    assert!(!page(&book, "index.html").contains("Changed on"), "a computed page has no file");
    let timeline = page(&book, TIMELINE);
    let (_, since) = timeline.split_once("Changed since go-live").expect("the live campaign was changed");
    assert!(since.contains("Tick &amp; [31mreview") && !since.contains("Plan June"), "{since}");
}

#[test]
fn the_feed_tells_of_each_commit_once_with_who_made_it_and_what_it_touched() {
    let book = told();
    book.write("content/sops/call.md", "+++\ntitle = \"Call\"\n+++\nWords.\n");
    book.write("content/campaigns/june/brief.md", "Words.\n");
    book.write("content/campaigns/june/brief.zh-Hans.md", "文字。\n");
    commit(book.root(), "Bo", "2026-06-11T10:00:00+0800", "Write \u{1b}it down");
    book.write("content/departments.toml", "[marketing]\nname = \"M\"\n");
    commit(book.root(), "Bo", "2026-06-11T11:00:00+0800", "Nothing that a page of its own shows");
    built(&book, ".", "2026-06-12");
    let feed = page(&book, "feed.xml");
    let entries: Vec<&str> = feed.split("<entry>").filter(|e| e.contains("term=\"change\"")).collect();
    assert_eq!(entries.len(), 3, "{feed}");
    let hash = git(book.root(), &["rev-parse", "HEAD~1"]);
    let written = entries.iter().find(|e| e.contains("<title>Write it down</title>")).expect("the latest");
    assert!(written.contains(&format!("commit/{}</id>", hash.trim())), "{written}");
    assert!(written.contains("<author><name>Bo</name></author>") && written.contains("2026-06-11T00:00:00Z"));
    let links = (written.matches("campaigns/june/index.html").count(), written.matches("sops/call/index.html").count());
    assert_eq!(links, (2, 1), "the campaign is what it leads to and a point, each once: {written}");
    assert!(!feed.contains("Nothing that a page"));
    // As far as the as-of day, as much as policy allows, and the same bytes wherever it is built.
    built(&book, ".", "2026-05-02");
    assert_eq!(page(&book, "feed.xml").matches("term=\"change\"").count(), 1);
    book.write("content/policies/feed.toml", "[figures.feed-changes]\nvalue = 2\n");
    built(&book, ".", "2026-06-12");
    let two = page(&book, "feed.xml");
    assert!(two.matches("term=\"change\"").count() == 2 && !two.contains("Plan June"), "the newest are kept: {two}");
}

#[test]
fn commits_after_the_as_of_day_do_not_exist_yet() {
    let book = told();
    built(&book, ".", "2026-06-10");
    assert!(page(&book, CAMPAIGN).contains("Changed on 1 May 2026 by He Jia"));
    assert!(!page(&book, TIMELINE).contains("Changed since go-live"));
    built(&book, ".", "2026-04-01");
    assert!(!page(&book, CAMPAIGN).contains("Changed on"));
}

#[test]
fn the_same_commit_makes_the_same_bytes_detached_or_not() {
    let book = told();
    built(&book, ".", "2026-06-12");
    let first = (page(&book, CAMPAIGN), page(&book, TIMELINE));
    git(book.root(), &["checkout", "--quiet", "--detach"]);
    built(&book, ".", "2026-06-12");
    assert!(first == (page(&book, CAMPAIGN), page(&book, TIMELINE)));
}

#[test]
fn a_shallow_clone_says_so_instead_of_a_false_date() {
    let origin = told();
    let book = Book::small();
    let url = format!("file://{}", origin.root().display());
    git(book.root(), &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let said = built(&book, "clone", "2026-06-12");
    assert!(said.contains("shallow clone") && said.contains("fetch-depth: 0"), "{said}");
    for path in [CAMPAIGN, PERSON, TIMELINE] {
        let html = page(&book, path);
        assert!(!html.contains("Changed on") && !html.contains("Changed since"), "{path}");
        assert!(html.contains("built from a shallow clone"), "{path}");
    }
    assert!(!page(&book, "feed.xml").contains("term=\"change\""), "nor does the feed tell of commits");
    assert!(!page(&book, "index.html").contains("shallow"), "a computed page never says when it changed");
    git(&book.root().join("clone"), &["fetch", "--quiet", "--unshallow"]);
    says_nothing(&built(&book, "clone", "2026-06-12"));
    assert!(page(&book, PERSON).contains("Changed on 1 May 2026 by He Jia"));
}

#[test]
fn a_playbook_in_a_subfolder_knows_its_own_files_only() {
    let outer = tempfile::tempdir().unwrap();
    let book = told();
    std::fs::remove_dir_all(book.root().join(".git")).unwrap();
    git(outer.path(), &["init", "--quiet", "--initial-branch", "main"]);
    let copied = Command::new("cp").arg("-R").arg(book.root()).arg(outer.path().join("book")).status().unwrap();
    assert!(copied.success());
    commit(outer.path(), "He Jia", "2026-05-01T10:00:00+0800", "All");
    std::fs::create_dir_all(outer.path().join("content")).unwrap();
    std::fs::write(outer.path().join("content/people.toml"), "# another").unwrap();
    commit(outer.path(), "Somebody else", "2026-05-02T10:00:00+0800", "Not the playbook");
    std::fs::write(outer.path().join("book/content/departments.toml"), "[marketing]\nname = \"M\"\n").unwrap();
    let root = outer.path().join("book");
    built(&book, root.to_str().unwrap(), "2026-06-12");
    assert!(page(&book, PERSON).contains("Changed on 1 May 2026 by He Jia"));
    let department = page(&book, "departments/marketing/index.html");
    assert!(department.contains("not committed yet"), "{department}");
}

#[test]
fn what_is_not_committed_is_said_to_be_so() {
    let book = told();
    book.write("content/campaigns/june/brief.md", "New words.\n");
    book.write("content/sops/新 办法.md", "+++\ntitle = \"New\"\n+++\nWords.\n");
    book.write("content/sops/new.md", "+++\ntitle = \"New\"\n+++\nWords.\n");
    built(&book, ".", "2026-06-12");
    let campaign = page(&book, CAMPAIGN);
    assert!(campaign.contains("Changed on 11 Jun 2026") && campaign.contains("not committed yet"), "{campaign}");
    let new = page(&book, "sops/new/index.html");
    assert!(!new.contains("Changed on") && new.contains("not committed yet"), "{new}");
    assert!(!page(&book, PERSON).contains("not committed yet"));
}

#[test]
fn a_renamed_file_is_as_old_as_its_name() {
    let book = told();
    book.write("content/sops/call.md", "+++\ntitle = \"Call\"\n+++\nWords.\n");
    commit(book.root(), "Lin Yue", "2026-05-03T10:00:00+0800", "Write");
    git(book.root(), &["mv", "content/sops/call.md", "content/sops/ring.md"]);
    commit(book.root(), "Bo", "2026-05-04T10:00:00+0800", "Rename");
    built(&book, ".", "2026-06-12");
    assert!(page(&book, "sops/ring/index.html").contains("Changed on 4 May 2026 by Bo"));
}

#[test]
fn without_git_without_a_commit_or_switched_off_nothing_is_said() {
    let plain = Book::small();
    says_nothing(&built(&plain, ".", "2026-06-12"));
    assert!(!page(&plain, CAMPAIGN).contains("page-foot"), "a foot without anything in it");
    git(plain.root(), &["init", "--quiet"]);
    says_nothing(&built(&plain, ".", "2026-06-12"));

    let book = told();
    let mut command = book.command(&["build", "--keep-going", "--as-of", "2026-06-12", "--output", "site"]);
    let output = command.env("PATH", "/nonexistent").output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    says_nothing(&stderr(&output));
    assert!(!page(&book, CAMPAIGN).contains("Changed on"));

    book.write("playbook.toml", "title = \"Tea\"\ntimezone = \"Asia/Shanghai\"\nhistory = false\n");
    says_nothing(&built(&book, ".", "2026-06-12"));
    assert!(!page(&book, CAMPAIGN).contains("Changed on") && !page(&book, TIMELINE).contains("Changed since"));
    assert!(!page(&book, "feed.xml").contains("term=\"change\""));
}

#[test]
fn what_git_refuses_is_told_in_its_own_words() {
    let book = told();
    let broken = book.root().join(".git/config");
    std::fs::write(&broken, "[core\n").unwrap();
    let said = built(&book, ".", "2026-06-12");
    assert!(
        said.contains("pages do not say when they changed, because git said:") && said.contains("config"),
        "{said}"
    );
}

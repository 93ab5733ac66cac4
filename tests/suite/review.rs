//! A reviewer's view of a change: only what it brings in, and the summary of a step.

use super::cli::{Book, stderr, stdout};
use super::history::{commit, git};

const PLAN: &str = "content/campaigns/june/campaign.toml";
const SOUND: &str = "title = \"June\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n";

/// A playbook under git that already has a warning, and a branch with nothing on it yet.
pub(crate) fn reviewed() -> Book {
    let book = Book::small();
    git(book.root(), &["init", "--quiet", "--initial-branch", "main"]);
    book.write("content/campaigns/june/notes.txt", "");
    commit(book.root(), "He Jia", "2026-04-01T10:00:00+0800", "Plan June");
    git(book.root(), &["switch", "--quiet", "--create", "work"]);
    book
}

fn check(book: &Book, more: &[&str]) -> std::process::Output {
    book.run(&[&["check", "--as-of", "2026-04-01", "--format", "short"], more].concat())
}

#[test]
fn only_what_a_change_brings_in_is_reported_and_the_rest_is_counted() {
    let book = reviewed();
    // Lines above move all that stands below; a new mistake stands among old ones.
    book.write(PLAN, &format!("# a comment\n\n{SOUND}colour = 1\n"));
    book.write("content/campaigns/june/reuslts.toml", "");
    let output = check(&book, &["--changed", "main"]);
    let lines: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[0].starts_with(&format!("{PLAN}:7:1: error[shape/unknown-key]")), "{lines:#?}");
    assert!(lines[1].contains("warning[files/unknown]") && lines[1].contains("reuslts.toml"), "{lines:#?}");
    assert_eq!(output.status.code(), Some(1));
    let all = stdout(&check(&book, &[])).lines().count();
    let said = stderr(&output);
    assert!(
        said.contains("2 introduced, 0 resolved") && said.contains(&format!("{} more stood before", all - 2)),
        "{said}"
    );
}

#[test]
fn what_stood_before_does_not_fail_a_change() {
    let book = reviewed();
    book.write(PLAN, &format!("{SOUND}colour = 1\n"));
    commit(book.root(), "He Jia", "2026-04-02T10:00:00+0800", "A mistake");
    git(book.root(), &["branch", "--force", "main"]);
    assert_eq!(check(&book, &[]).status.code(), Some(1));
    book.write(PLAN, &format!("# moved\n{SOUND}colour = 1\n"));
    let output = check(&book, &["--changed", "main"]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), String::new()), "{}", stderr(&output));
    // A second of the same is new, and so is a warning that policy makes an error.
    book.write(PLAN, &format!("{SOUND}colour = 1\nshade = 2\n"));
    assert_eq!(stdout(&check(&book, &["--changed", "main"])).lines().count(), 1);
    book.write(PLAN, SOUND);
    book.write("content/policies/own.toml", "[severity]\n\"files/unknown\" = \"error\"\n");
    let output = check(&book, &["--changed", "main"]);
    assert!(stdout(&output).contains("error[files/unknown]"), "{}", stdout(&output));
    assert!(stderr(&output).contains("1 resolved"), "{}", stderr(&output));
}

#[test]
fn what_others_did_meanwhile_is_not_taken_for_the_change() {
    let book = reviewed();
    git(book.root(), &["switch", "--quiet", "main"]);
    std::fs::remove_file(book.root().join("content/campaigns/june/notes.txt")).unwrap();
    commit(book.root(), "Bo", "2026-04-03T10:00:00+0800", "Tidy up");
    git(book.root(), &["switch", "--quiet", "work"]);
    let output = check(&book, &["--changed", "main"]);
    assert_eq!(stdout(&output), "", "the file was there when the branch left main");
}

#[test]
fn a_playbook_in_a_subfolder_is_compared_with_itself_and_named_from_the_repository() {
    let outer = tempfile::tempdir().unwrap();
    let book = Book::small();
    let copied =
        std::process::Command::new("cp").arg("-R").arg(book.root()).arg(outer.path().join("shop")).status().unwrap();
    assert!(copied.success());
    git(outer.path(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(outer.path(), "He Jia", "2026-04-01T10:00:00+0800", "All");
    let root = outer.path().join("shop");
    std::fs::write(root.join(PLAN), format!("{SOUND}colour = 1\n")).unwrap();
    let root = root.to_str().unwrap();
    let output =
        book.run(&["--root", root, "check", "--as-of", "2026-04-01", "--format", "github", "--changed", "main"]);
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 1, "{text}{}", stderr(&output));
    assert!(text.starts_with(&format!("::error file=shop/{PLAN},line=5,")), "{text}");
}

#[test]
fn before_the_first_playbook_everything_is_new() {
    let book = Book::small();
    git(book.root(), &["init", "--quiet", "--initial-branch", "main"]);
    let hidden = tempfile::tempdir().unwrap();
    std::fs::rename(book.root().join("content"), hidden.path().join("content")).unwrap();
    std::fs::rename(book.root().join("playbook.toml"), hidden.path().join("playbook.toml")).unwrap();
    book.write("README.md", "# Shop\n");
    commit(book.root(), "He Jia", "2026-04-01T10:00:00+0800", "Begin");
    std::fs::rename(hidden.path().join("content"), book.root().join("content")).unwrap();
    std::fs::rename(hidden.path().join("playbook.toml"), book.root().join("playbook.toml")).unwrap();
    book.write(PLAN, &format!("{SOUND}colour = 1\n"));
    let output = check(&book, &["--changed", "main"]);
    assert_eq!(stdout(&output), stdout(&check(&book, &[])), "{}", stderr(&output));
}

#[test]
fn what_cannot_be_compared_says_what_to_do() {
    let plain = Book::small();
    let refused = |book: &Book, args: &[&str], words: &str| {
        let output = check(book, args);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    };
    refused(&plain, &["--changed", "main"], "needs a git repository");

    let book = reviewed();
    refused(&book, &["--changed", "mian"], "git knows no revision `mian`: did you mean `main`?");
    refused(&book, &["--changed", "v9000"], "fetch it, or name a branch, a tag or a commit");
    refused(&book, &["--changed=--output=x"], "git knows no revision `--output=x`");
    let mut command = book.command(&["check", "--changed", "main"]);
    let output = command.env("PATH", "/nonexistent").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("needs the program git"), "{}", stderr(&output));

    commit_a_line(&book);
    let url = format!("file://{}", book.root().display());
    git(plain.root(), &["clone", "--quiet", "--depth", "1", "--branch", "work", &url, "clone"]);
    let shallow = |base: &str, words: &str| {
        let output = plain.run(&["--root", "clone", "check", "--changed", base]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(words) && stderr(&output).contains("fetch-depth: 0"), "{}", stderr(&output));
    };
    shallow("origin/main", "`origin/main` is not in this shallow clone");
    git(&plain.root().join("clone"), &["fetch", "--quiet", "--depth", "1", "origin", "main:main"]);
    shallow("main", "does not reach back to where the change left `main`");
}

/// Two commits on each branch, so that the newest alone do not show where they parted.
fn commit_a_line(book: &Book) {
    for (branch, day) in [("main", "05"), ("work", "06")] {
        git(book.root(), &["switch", "--quiet", branch]);
        book.write(PLAN, &format!("# {branch}\n{SOUND}"));
        commit(book.root(), "He Jia", &format!("2026-04-{day}T10:00:00+0800"), "A line");
    }
}

#[test]
fn the_summary_of_a_step_is_added_where_ci_asks_for_one() {
    let book = reviewed();
    book.write(PLAN, &format!("{SOUND}colour = 1\n"));
    let summary = book.root().join("summary.md");
    let run = |path: &std::path::Path, format: &str| {
        let mut command = book.command(&["check", "--as-of", "2026-04-01", "--format", format, "--changed", "main"]);
        command.env("GITHUB_STEP_SUMMARY", path).output().unwrap()
    };
    run(&summary, "short");
    assert!(!summary.exists(), "only the format that is cut short needs a summary");
    std::fs::write(&summary, "said before\n").unwrap();
    run(&summary, "github");
    let text = std::fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("said before\n### playbook check: 1 error in 1 file (as of 2026-04-01)\n"), "{text}");
    assert!(
        text.contains(&format!("| ❌ error | `{PLAN}:5` |")) && text.contains("1 introduced, 0 resolved"),
        "{text}"
    );
    let output = run(book.root(), "github");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("cannot write the step's summary (GITHUB_STEP_SUMMARY) to"),
        "{}",
        stderr(&output)
    );
}

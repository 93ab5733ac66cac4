//! The README's walk, taken step by step on a copy of the sample.

use super::cli::{stderr, stdout};
use super::walk::{blocks, playbook, sample, walk};
use std::path::Path;

#[test]
fn the_five_minutes_go_as_the_readme_says() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    // How to install and start is for shells, and for the person who reads.
    let (_, minutes) = readme.split_once("## Five minutes").expect("the README has five minutes");
    let book = sample();
    assert_eq!(walk(minutes, book.path()), 4, "the README's walk has other steps than it had");
    let output = playbook(book.path(), &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let output = playbook(book.path(), &["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(book.path().join("public/campaigns/2027-01-new-leaf/index.html").is_file());
}

#[test]
fn the_twelve_tasks_go_as_the_guide_for_authors_says() {
    let page = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages").join(name);
        std::fs::read_to_string(path).unwrap()
    };
    let guide = page("authors.md");
    let book = sample();
    assert!(walk(&guide, book.path()) > 15);
    let output = playbook(book.path(), &["check", "--format", "short", "--all"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    // What the tasks wrote is new, and nothing is wrong with it: the sample's own warnings are all there are.
    let findings = stdout(&output);
    let of_the_tasks: Vec<&str> =
        findings.lines().filter(|line| line.contains("2026-12") || line.contains("waiver/")).collect();
    assert_eq!(of_the_tasks, Vec::<&str>::new(), "{findings}");
    // Whoever reads Chinese does the same.
    let examples = |text: &str| blocks(text);
    assert_eq!(examples(&guide), examples(&page("authors.zh-Hans.md")));
}

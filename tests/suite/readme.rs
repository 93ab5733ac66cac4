//! The README's walk, taken step by step on a copy of the sample.

use super::cli::{stderr, stdout};
use super::walk::{playbook, sample, walk};
use std::path::Path;

#[test]
fn the_five_minutes_go_as_the_readme_says() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    // How to install and start is for shells, and for the person who reads.
    let (_, minutes) = readme.split_once("## Five minutes").expect("the README has five minutes");
    let book = sample();
    assert_eq!(walk(minutes, book.path(), &[]), 5, "the README's walk has other steps than it had");
    let output = playbook(book.path(), &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let output = playbook(book.path(), &["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(book.path().join("public/campaigns/2027-01-new-leaf/index.html").is_file());
}

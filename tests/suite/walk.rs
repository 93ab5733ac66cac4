//! Guides whose steps are taken: what a code block asks for is done to a copy of the sample, command by command.
//!
//! | after the fence | is done |
//! |---|---|
//! | `toml file=PATH` | the block becomes the file |
//! | `toml add=PATH` | the block is written at the end of the file |
//! | `toml first=PATH` | the block is written at its start |
//! | `diff change=PATH` | lines with `-` become lines with `+`; others stand around them; `…` stands for what lies between two changes |
//! | `text replace=PATH` | a line `old -> new` replaces words |
//! | `text output=COMMAND` | `playbook COMMAND` finds errors, and says this |
//! | `sh` | each line is run; `playbook` lines must end well |
//!
//! Any other block is only read.

use super::cli::{stderr, stdout};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Code blocks of a text: the words after the fence, and what stands in the block.
pub(super) fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.to_owned(), String::new())),
            (Some(_), Some("")) => blocks.extend(open.take()),
            (Some((_, body)), _) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// A copy of the sample in a folder of its own.
pub(super) fn sample() -> TempDir {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(repository.join("content")) {
        let entry = entry.unwrap();
        let to = book.path().join(entry.path().strip_prefix(repository).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&to).unwrap();
        } else {
            std::fs::copy(entry.path(), &to).unwrap();
        }
    }
    std::fs::copy(repository.join("playbook.toml"), book.path().join("playbook.toml")).unwrap();
    book
}

/// `playbook` with some words, in the copy, in English.
pub(super) fn playbook(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_playbook"));
    command.current_dir(root).args(args).args(["--lang", "en"]).env_remove("SOURCE_DATE_EPOCH");
    command.output().unwrap()
}

/// Takes every step of a guide and says how many there were.
pub(super) fn walk(guide: &str, book: &Path) -> usize {
    let steps = blocks(guide).into_iter().map(|(info, body)| usize::from(step(&info, &body, book)));
    steps.sum()
}

fn step(info: &str, body: &str, book: &Path) -> bool {
    if info == "sh" {
        for line in body.lines().filter_map(|line| line.strip_prefix("playbook ")) {
            let args: Vec<&str> = line.split('#').next().unwrap_or_default().split_whitespace().collect();
            let output = playbook(book, &args);
            assert!(output.status.success(), "playbook {line}\n{}{}", stdout(&output), stderr(&output));
        }
        return true;
    }
    let Some((_, asked)) = info.split_once(' ') else { return false };
    let (what, of) = asked.split_once('=').unwrap_or_else(|| panic!("no step: `{info}`"));
    if what == "output" {
        let output = playbook(book, &[of]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stdout(&output).contains(body.trim_end()), "{body}\nis not in\n{}", stdout(&output));
        return true;
    }
    let path = book.join(of);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let now = || std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{of}: {error}"));
    let next = match what {
        "file" => body.to_owned(),
        "add" => format!("{}\n{body}", now().trim_end()),
        "first" => format!("{body}{}", now()),
        "change" => body.split("…\n").fold(now(), |text, hunk| changed(&text, hunk)),
        "replace" => body.lines().fold(now(), |text, line| {
            let (old, new) = line.split_once(" -> ").unwrap();
            assert!(text.contains(old), "{old} is not in {of}");
            text.replace(old, new)
        }),
        other => panic!("a step nobody takes: {other}"),
    };
    std::fs::write(path, next).unwrap();
    true
}

/// A text after one change: lines that go and lines that stay are looked for as they stand, one after the other.
fn changed(text: &str, hunk: &str) -> String {
    let side = |without: char| -> String {
        let lines = hunk.lines().filter(|line| !line.starts_with(without));
        lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
    };
    let (old, new) = (side('+'), side('-'));
    assert_eq!(text.matches(&old).count(), 1, "this stands not once:\n{old}");
    text.replace(&old, &new)
}

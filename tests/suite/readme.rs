//! The README's walk, taken step by step on a copy of the sample.

use super::cli::{stderr, stdout};
use std::path::Path;
use std::process::{Command, Output};

/// Code blocks of the README: the words after the fence, and what stands in the block.
fn blocks(text: &str) -> Vec<(String, String)> {
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

fn playbook(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_playbook"));
    command.current_dir(root).args(args).args(["--lang", "en"]).env_remove("SOURCE_DATE_EPOCH");
    command.output().unwrap()
}

#[test]
fn the_five_minutes_go_as_the_readme_says() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(repository.join("README.md")).unwrap();
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

    let mut steps = 0;
    for (info, body) in blocks(&readme) {
        let Some((_, step)) = info.split_once(' ') else { continue };
        steps += 1;
        match step.split_once('=').unwrap() {
            ("file", path) => {
                let path = book.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, body).unwrap();
            }
            ("output", command) => {
                let output = playbook(book.path(), &[command]);
                assert_eq!(output.status.code(), Some(1));
                assert!(stdout(&output).contains(body.trim_end()), "{body}\nis not in\n{}", stdout(&output));
            }
            ("replace", path) => {
                let path = book.path().join(path);
                let mut text = std::fs::read_to_string(&path).unwrap();
                for line in body.lines() {
                    let (old, new) = line.split_once(" -> ").unwrap();
                    assert!(text.contains(old), "{old}");
                    text = text.replace(old, new);
                }
                std::fs::write(path, text).unwrap();
            }
            other => panic!("the README has a step nobody takes: {other:?}"),
        }
    }
    assert_eq!(steps, 4, "the README's walk has other steps than it had");
    let output = playbook(book.path(), &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let output = playbook(book.path(), &["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(book.path().join("public/campaigns/2027-01-new-leaf/index.html").is_file());
}

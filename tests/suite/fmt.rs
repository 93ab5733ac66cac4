//! `playbook fmt`: one layout, whatever stood there before, and never another meaning.

use super::cli::{Book, stderr, stdout};
use super::scaffold::{read, run};
use campaign_playbook::scaffold::format::{file, is_ours};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const JUNE: &str = "content/campaigns/june/campaign.toml";

fn files(below: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
    let all = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    let ours = all.map(|e| e.path().to_owned()).filter(|path| is_ours(&path.to_string_lossy()));
    ours.filter_map(|path| Some((path.clone(), std::fs::read_to_string(path).ok()?))).collect()
}

/// The same TOML as somebody in a hurry would type it; strings over several lines are left alone.
fn in_a_hurry(text: &str) -> String {
    let line = |line: &str| match line.split_once(" = ") {
        Some((key, value)) if !key.contains(['"', '#', '{']) => format!("  {key}={value}  \n"),
        _ if line.is_empty() => "\n\n\n".to_owned(),
        _ => format!("\t{line}\n"),
    };
    text.lines().map(line).collect()
}

#[test]
fn the_sample_and_the_documentation_are_laid_out() {
    for root in ["", "docs"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
        let output = Book::small().run(&["--root", root.to_str().unwrap(), "fmt", "--check"]);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""), "{}", stderr(&output));
    }
}

#[test]
fn whatever_is_laid_out_stays_and_a_hurry_is_mended() {
    let (mut seen, mut mended) = (0, 0);
    for (path, text) in ["content", "docs/content", "tests/fixtures", "src/policy"].into_iter().flat_map(files) {
        let name = path.to_string_lossy().into_owned();
        let Some(once) = file(&name, &text) else { continue };
        assert_eq!(file(&name, &once).as_ref(), Some(&once), "{name}");
        seen += 1;
        if name.ends_with(".toml") && !text.contains("\"\"\"") && !text.contains("'''") {
            assert_eq!(file(&name, &in_a_hurry(&once)).as_ref(), Some(&once), "{name}");
            mended += 1;
        }
    }
    assert!(seen > 200 && mended > 100, "{seen} {mended}");
}

#[test]
fn a_file_is_written_only_when_asked_and_one_that_cannot_be_read_is_named() {
    let book = Book::small();
    let wild = "title=\"June\"   # a month\nowner   =\"lin-yue\"\r\nstart=2026-06-10\nend=2026-06-14\n\n\n[team]\nplanner=\"lin-yue\"";
    let tidy = "title = \"June\" # a month\r\nowner = \"lin-yue\"\r\nstart = 2026-06-10\r\nend = 2026-06-14\r\n\r\n[team]\r\nplanner = \"lin-yue\"\r\n";
    book.write(JUNE, &format!("\u{feff}{wild}"));
    let path = book.root().join(JUNE);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();

    let check = run(&book, &["fmt", "--check"]);
    assert_eq!((check.status.code(), stdout(&check)), (Some(1), format!("{JUNE}\n")));
    assert!(stderr(&check).contains("1 file laid out otherwise; `playbook fmt` mends it"), "{}", stderr(&check));
    let diff = run(&book, &["fmt", "--diff", "content/campaigns"]);
    assert_eq!(diff.status.code(), Some(0));
    assert!(stdout(&diff).contains("+owner = \"lin-yue\""), "{}", stdout(&diff));
    let other = run(&book, &["fmt", "--check", "content/people.toml"]);
    assert_eq!(other.status.code(), Some(0), "{}", stdout(&other));
    assert_eq!(read(&book, JUNE), format!("\u{feff}{wild}"));

    let done = run(&book, &["fmt", "--lang", "zh"]);
    assert_eq!((done.status.code(), stdout(&done).as_str()), (Some(0), "已调整 1 个文件的格式\n"));
    assert_eq!(read(&book, JUNE), format!("\u{feff}{tidy}"));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(stdout(&run(&book, &["fmt"])), "every file is laid out\n");

    book.write(JUNE, "title = \n");
    let broken = run(&book, &["fmt"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(stderr(&broken).contains(&format!("{JUNE}: cannot be read, and is left as it is")), "{}", stderr(&broken));
    let outside = run(&book, &["fmt", "/"]);
    assert!(stderr(&outside).contains("/ is not in the playbook"), "{}", stderr(&outside));
}

#[test]
fn new_files_are_laid_out_and_name_a_schema_that_is_there() {
    for lang in ["en", "zh-Hans"] {
        let book = Book::small();
        book.write("gitconfig", "[user]\nname = Lin Yue\nemail = lin@tea.example\n");
        let ran = |args: &[&str]| {
            let mut command = book.command(&[args, &["--as-of", "2026-09-17"]].concat());
            command.env("GIT_CONFIG_GLOBAL", book.root().join("gitconfig")).env("GIT_CONFIG_NOSYSTEM", "1");
            let output = command.output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        };
        ran(&["init", "tea", "--lang", lang]);
        ran(&["--root", "tea", "new", "campaign", "Warm cups", "--budget", "100001"]);
        ran(&["--root", "tea", "new", "sop", "Pack"]);
        ran(&["--root", "tea", "new", "programme", "2027"]);
        ran(&["--root", "tea", "new", "policy", "ours", "milestones.plan-review"]);
        let check = run(&book, &["--root", "tea", "fmt", "--check"]);
        assert_eq!((check.status.code(), stdout(&check).as_str()), (Some(0), ""), "{lang}");

        let mut lines = 0;
        for entry in walkdir::WalkDir::new(book.root().join("tea")).into_iter().filter_map(Result::ok) {
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "toml") {
                let text = std::fs::read_to_string(path).unwrap();
                let schema = text.lines().next().unwrap().strip_prefix("#:schema ").unwrap_or_else(|| panic!("{text}"));
                let schema = path.parent().unwrap().join(schema);
                let schema: serde_json::Value = serde_json::from_slice(&std::fs::read(schema).unwrap()).unwrap();
                let table: toml::Table = text.parse().unwrap();
                // A register has any keys; of others the schema knows each.
                let known =
                    |key: &String| schema["properties"].get(key).is_some() || schema["additionalProperties"] != false;
                assert!(table.keys().all(known), "{}", path.display());
                lines += 1;
            }
        }
        assert!(lines >= 8, "{lines}");
    }
    // A playbook without schemas is not told of any.
    let book = Book::small();
    run(&book, &["new", "campaign", "Warm cups", "--owner", "lin-yue", "--id", "warm", "--as-of", "2026-04-01"]);
    assert!(!read(&book, "content/campaigns/warm/campaign.toml").contains("#:schema"));
    assert_eq!(run(&book, &["schema", "--all"]).status.code(), Some(0));
    assert!(book.root().join(".schemas/campaign.schema.json").exists());
}

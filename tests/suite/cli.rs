//! The program as people and scripts run it: exit codes, formats, languages, the as-of date.

use std::path::Path;
use std::process::{Command, Output};

/// A playbook in a folder of its own.
pub(crate) struct Book {
    dir: tempfile::TempDir,
}

impl Book {
    /// One valid campaign and nothing else.
    pub(crate) fn small() -> Self {
        let book = Self { dir: tempfile::tempdir().unwrap() };
        book.write("playbook.toml", "title = \"Tea\"\ntimezone = \"Asia/Shanghai\"\n");
        book.write("content/people.toml", "[lin-yue]\nname = \"Lin Yue\"\ndepartment = \"marketing\"\n");
        book.write("content/departments.toml", "[marketing]\nname = \"Marketing\"\nlead = \"lin-yue\"\n");
        book.write(
            "content/campaigns/june/campaign.toml",
            "title = \"June\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n",
        );
        book
    }

    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs `playbook` in this folder, with nothing of the tester's own environment that it listens to.
    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_playbook"));
        command.current_dir(self.root()).args(args);
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH", "CLICOLOR_FORCE", "NO_COLOR", "COLUMNS"] {
            command.env_remove(name);
        }
        command
    }
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_sound_playbook_checks_in_silence() {
    let output = Book::small().run(&["check", "--as-of", "2026-04-01"]);
    let errors = stdout(&output).lines().filter(|l| l.starts_with("error")).count();
    assert_eq!((output.status.code(), errors), (Some(0), 0), "{}", stdout(&output));
}

#[test]
fn errors_exit_with_one_and_a_missing_playbook_with_two() {
    let book = Book::small();
    book.write("content/campaigns/june/campaign.toml", "title = \"June\"\n");
    let output = book.run(&["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("error[shape/missing-key]: `owner` is missing"), "{}", stdout(&output));

    let nowhere = tempfile::tempdir().unwrap();
    let output = book.run(&["--root", nowhere.path().to_str().unwrap(), "check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no `playbook.toml` in"), "{}", stderr(&output));
}

#[test]
fn a_warning_fails_only_when_strict() {
    let book = Book::small();
    book.write("content/campaigns/june/reuslts.toml", "");
    assert_eq!(book.run(&["check", "--as-of", "2026-04-01"]).status.code(), Some(0));
    let output = book.run(&["check", "--as-of", "2026-04-01", "--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("did you mean `results.toml`?"), "{}", stdout(&output));
}

#[test]
fn messages_follow_the_flag_then_the_locale() {
    let book = Book::small();
    book.write("content/campaigns/june/campaign.toml", "title = \"六月\"\n");
    let chinese = stdout(&book.run(&["check", "--lang", "zh"]));
    assert!(chinese.contains("错误[shape/missing-key]: 缺少 `owner`"), "{chinese}");
    let by_locale = book.command(&["check"]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert_eq!(stdout(&by_locale), chinese);
    let by_flag = book.command(&["check", "--lang", "en"]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(stdout(&by_flag).contains("`owner` is missing"));
}

#[test]
fn json_counts_columns_in_characters_and_says_both_languages() {
    let book = Book::small();
    book.write(
        "content/campaigns/june/campaign.toml",
        "title = { zh-Hans = \"双十一 🎉\", de = 5 }\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n",
    );
    let output = book.run(&["check", "--format", "json", "--as-of", "2026-04-01"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let finding = json["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "shape/wrong-type").unwrap();
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(1), Some(35)), "{finding}");
    assert_eq!(finding["path"], "content/campaigns/june/campaign.toml");
    assert!(!finding["message_zh"].as_str().unwrap().is_empty());
}

#[test]
fn the_as_of_date_comes_from_flag_then_epoch_then_playbook() {
    let book = Book::small();
    let as_of = |book: &Book, flag: Option<&str>, epoch: Option<&str>| {
        let mut args = vec!["check", "--format", "json"];
        args.extend(flag.iter().flat_map(|f| ["--as-of", f]));
        let mut command = book.command(&args);
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        let json: serde_json::Value = serde_json::from_str(&stdout(&command.output().unwrap())).unwrap();
        json["as_of"].as_str().unwrap().to_owned()
    };
    book.write("playbook.toml", "title = \"Tea\"\ntimezone = \"Asia/Shanghai\"\nas-of = 2026-03-01\n");
    assert_eq!(as_of(&book, None, None), "2026-03-01");
    // 2025-12-31T23:00:00Z is already the new year in Shanghai.
    assert_eq!(as_of(&book, None, Some("1767222000")), "2026-01-01");
    assert_eq!(as_of(&book, Some("2026-06-10"), Some("1767222000")), "2026-06-10");

    let output = book.command(&["check"]).env("SOURCE_DATE_EPOCH", "yesterday").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn explain_tells_a_rule_and_forgives_a_slip() {
    let book = Book::small();
    let output = book.run(&["explain", "shape/unknown-key"]);
    assert!(stdout(&output).starts_with("shape/unknown-key (error)"), "{}", stdout(&output));
    let output = book.run(&["explain", "shape/unknown-kye"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `shape/unknown-key`?"), "{}", stderr(&output));
}

#[test]
fn policy_names_the_file_each_value_comes_from() {
    let book = Book::small();
    book.write("content/policies/own.toml", "[milestones.plan-review]\ndue = \"T-28\"\n");
    let text = stdout(&book.run(&["policy", "milestones.plan-review"]));
    assert!(text.contains("milestones.plan-review.due = \"T-28\"  # content/policies/own.toml"), "{text}");
    assert!(text.contains("milestones.plan-review.buffer = 3  # <monthly>"), "{text}");
}

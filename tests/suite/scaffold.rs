//! What the program writes into an author's own files: mended ones and new ones.

use super::cli::{Book, stderr, stdout};
use campaign_playbook::output::author::{Rewrite, rewrite};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

const JUNE: &str = "content/campaigns/june/campaign.toml";
const SOUND: &str = "title = \"June\"\nscale = \"large\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n";

pub(super) fn read(book: &Book, path: &str) -> String {
    std::fs::read_to_string(book.root().join(path)).unwrap()
}

/// A playbook without anything of the tester's own git.
pub(super) fn run(book: &Book, args: &[&str]) -> Output {
    let mut command = book.command(args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap()
}

/// The sample in a folder of its own, judged by the calendar of the day it is told.
pub(super) fn sample() -> Book {
    let book = Book::small();
    let from = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::remove_dir_all(book.root().join("content")).unwrap();
    for entry in walkdir::WalkDir::new(from.join("content")) {
        let entry = entry.unwrap();
        let to = book.root().join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).unwrap();
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    std::fs::copy(from.join("playbook.toml"), book.root().join("playbook.toml")).unwrap();
    book
}

/// Errors of a playbook, each on a line.
fn errors(book: &Book, as_of: &str) -> String {
    let output = run(book, &["check", "--as-of", as_of, "--format", "short"]);
    stdout(&output).lines().filter(|l| l.contains(" error[")).collect::<Vec<_>>().join("\n")
}

#[test]
fn three_slips_are_mended_and_the_file_keeps_its_mode() {
    let book = Book::small();
    book.write(
        JUNE,
        &SOUND.replace("scale", "sclae").replace("\"large\"", "\"lage\"").replace("2026-06-14", "\"2026-06-14\""),
    );
    let path = book.root().join(JUNE);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();

    let output = run(&book, &["fix", "--as-of", "2026-04-01"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    // The value of a key with a slip is looked at once the key is right: in a second round.
    assert_eq!(read(&book, JUNE), SOUND);
    assert!(stdout(&output).contains("mended 3 places in 1 file"), "{}", stdout(&output));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing lies beside it");

    let again = run(&book, &["fix", "--as-of", "2026-04-01", "--lang", "zh"]);
    assert!(stdout(&again).starts_with("没有可以自动修正的问题"), "{}", stdout(&again));
}

#[test]
fn a_dry_run_is_a_patch_that_makes_the_same_file() {
    let book = Book::small();
    let wrong = SOUND.replace("\"large\"", "lage")
        + "\n[budget]\ntotal = 100\n\n[[budget.line]]\nname = \"A\"\namount = 100\nporpose = \"core\"\n";
    book.write(JUNE, &wrong);
    let output = run(&book, &["fix", "--dry-run", "--as-of", "2026-04-01"]);
    assert_eq!(read(&book, JUNE), wrong);
    let patch = book.root().join("mend.patch");
    std::fs::write(&patch, &output.stdout).unwrap();
    let applied = Command::new("git").current_dir(book.root()).args(["apply", "mend.patch"]).output().unwrap();
    assert!(applied.status.success(), "{}\n{}", stderr(&applied), stdout(&output));
    let by_patch = read(&book, JUNE);

    book.write(JUNE, &wrong);
    run(&book, &["fix", "--as-of", "2026-04-01"]);
    assert_eq!(read(&book, JUNE), by_patch);
    assert!(by_patch.contains("scale = \"large\"\n"), "{by_patch}");
}

#[test]
fn what_changes_the_plan_is_done_only_for_whoever_names_the_rule() {
    let book = Book::small();
    let money = format!(
        "{SOUND}\n[budget]\ntotal = 1200\n\n[[budget.line]]\nname = \"A\"\namount = 700\n\n[[budget.line]]\nname = \"B\"\namount = 300\n"
    );
    book.write(JUNE, &money);
    let output = run(&book, &["fix", "--as-of", "2026-04-01"]);
    assert_eq!((output.status.code(), read(&book, JUNE)), (Some(1), money.clone()));
    assert!(stdout(&output).contains("make them with `playbook fix budget/sum`"), "{}", stdout(&output));

    let output = run(&book, &["fix", "budget/sum", "--as-of", "2026-04-01"]);
    assert_eq!(read(&book, JUNE), money.replace("1200", "1000"), "{}", stdout(&output));

    let output = run(&book, &["fix", "budget/smu"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `budget/sum`?"), "{}", stderr(&output));
}

#[test]
fn a_mark_at_the_start_and_line_ends_of_windows_stay() {
    let book = Book::small();
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    book.write(JUNE, &windows(&SOUND.replace("\"large\"", "\"lage\"")));
    run(&book, &["fix", "--as-of", "2026-04-01"]);
    assert_eq!(read(&book, JUNE), windows(SOUND));
}

#[test]
fn a_file_that_changed_meanwhile_stops_everything_before_anything_is_written() {
    let book = Book::small();
    let files = |was: &str| -> BTreeMap<String, Rewrite> {
        let file = |path: &str, was: Option<&str>, now: Option<&str>| {
            let bytes = |text: Option<&str>| text.map(|t| t.as_bytes().to_vec());
            (path.to_owned(), Rewrite { was: bytes(was), now: bytes(now) })
        };
        BTreeMap::from([
            file("content/campaigns/july/campaign.toml", None, Some("new")),
            file(JUNE, Some(was), Some("title = \"July\"\n")),
        ])
    };
    let june = read(&book, JUNE);
    let refused = rewrite(book.root(), &files("something else")).unwrap_err().to_string();
    assert!(refused.contains("has changed since it was read"), "{refused}");
    assert!(!book.root().join("content/campaigns/july").exists());
    assert_eq!(read(&book, JUNE), june);

    rewrite(book.root(), &files(&june)).unwrap();
    assert_eq!(read(&book, JUNE), "title = \"July\"\n");
    let refused = rewrite(book.root(), &files("title = \"July\"\n")).unwrap_err().to_string();
    assert!(refused.contains("content/campaigns/july/campaign.toml is there already"), "{refused}");

    let outside = BTreeMap::from([("../x".to_owned(), Rewrite { was: None, now: Some(Vec::new()) })]);
    assert!(rewrite(book.root(), &outside).unwrap_err().to_string().contains("leads out of the playbook"));
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), book.root().join("content/out")).unwrap();
    let outside = BTreeMap::from([("content/out/x".to_owned(), Rewrite { was: None, now: Some(Vec::new()) })]);
    assert!(rewrite(book.root(), &outside).unwrap_err().to_string().contains("leads out of the playbook"));
}

#[test]
fn whatever_kind_is_begun_in_whatever_language_has_no_error() {
    for lang in ["en", "zh"] {
        for (book, as_of) in [(Book::small(), "2026-04-01"), (sample(), "2026-09-17")] {
            let is_sample = book.root().join("content/campaigns/2026-09-moonlit-table").exists();
            let review = if is_sample { "2026-09-moonlit-table" } else { "june" };
            let kinds: [&[&str]; 8] = [
                &["campaign", "Warm cups", "--budget", "300000"],
                &["campaign", "暖杯", "--id", "second", "--scale", "large", "--mode", "online"],
                &["sop", "Pack the boxes", "--phase", "execution"],
                &["sop", "Get ready", "--phase", "preparation"],
                &["sop", "Look back", "--phase", "review"],
                &["postmortem", review],
                &["programme"],
                &["policy", "ours"],
            ];
            let before = errors(&book, as_of);
            for kind in kinds {
                let args: Vec<&str> =
                    ["new"].iter().chain(kind).chain(&["--as-of", as_of, "--lang", lang]).copied().collect();
                let owner: &[&str] = if kind[0] == "policy" { &[] } else { &["--owner", "lin-yue"] };
                let output = run(&book, &[&args, owner].concat());
                assert_eq!(output.status.code(), Some(0), "{kind:?}: {}", stderr(&output));
                // The first procedure makes every campaign ask for the others.
                let is_first = !is_sample && kind.get(1) == Some(&"Pack the boxes");
                let asks =
                    ["lack a procedure for `preparation` and `review`", "还缺少 `preparation` 和 `review` 阶段的流程"];
                assert_eq!(is_first, asks.iter().any(|ask| stdout(&output).contains(ask)), "{}", stdout(&output));
            }
            assert_eq!(errors(&book, as_of), before, "in {lang}");
        }
    }
}

#[test]
fn a_new_campaign_takes_the_next_free_month_and_shows_its_dates() {
    let book = sample();
    let output = run(
        &book,
        &["new", "campaign", "Warm cups", "--owner", "lin-yue", "--budget", "100001", "--as-of", "2026-09-17"],
    );
    // October to December are taken.
    let path = "content/campaigns/2027-01-warm-cups/campaign.toml";
    assert!(stdout(&output).contains(path), "{}{}", stdout(&output), stderr(&output));
    let text = read(&book, path);
    for part in [
        "title = \"Warm cups\"\n",
        "\nlessons-from = [\"2026-07-cold-brew\", \"2026-08-small-table\"]",
        "  T-30   theme-decided ",
        "\namount = 70000.70\npurpose = \"core\"\n",
        "\namount = 20000.20\npurpose = \"reserve\"\n",
        "\namount = 10000.10\npurpose = \"innovation\"\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    let twice = run(
        &book,
        &["new", "campaign", "Warm cups", "--owner", "lin-yue", "--start", "2027-01-10", "--as-of", "2026-09-17"],
    );
    assert_eq!(twice.status.code(), Some(2));
    assert!(stderr(&twice).contains("there is a campaign `2027-01-warm-cups` already"), "{}", stderr(&twice));
    assert_eq!(read(&book, path), text);

    let dry = run(&book, &["new", "campaign", "Cold cups", "--owner", "lin-yue", "--dry-run", "--as-of", "2026-09-17"]);
    // The month taken just now is free no more.
    assert!(stdout(&dry).contains("--- content/campaigns/2027-02-cold-cups/campaign.toml"), "{}", stdout(&dry));
    assert!(!book.root().join("content/campaigns/2027-02-cold-cups").exists());
}

#[test]
fn the_owner_is_whom_git_knows_and_else_is_asked_for() {
    let book = Book::small();
    book.write(
        "content/people.toml",
        "[lin-yue]\nname = \"Lin Yue\"\ndepartment = \"marketing\"\nemail = \"lin@tea.example\"\n",
    );
    let new = |name: &str, email: &str| {
        book.write("gitconfig", &format!("[user]\nname = {name}\nemail = {email}\n"));
        let mut command = book.command(&["new", "campaign", "Warm cups", "--dry-run", "--as-of", "2026-04-01"]);
        command
            .env("GIT_CONFIG_GLOBAL", book.root().join("gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap()
    };
    for (name, email) in [("somebody", "LIN@tea.example"), ("Lin Yue", "home@tea.example")] {
        assert!(stdout(&new(name, email)).contains("owner = \"lin-yue\"\n"));
    }
    let stranger = new("Max", "max@tea.example");
    assert_eq!(stranger.status.code(), Some(2));
    assert!(stderr(&stranger).contains("git says you are `Max`"), "{}", stderr(&stranger));
    assert!(stderr(&stranger).contains("--owner, such as `lin-yue`"), "{}", stderr(&stranger));
    let nobody = run(&book, &["new", "campaign", "Warm cups", "--lang", "zh"]);
    assert!(stderr(&nobody).contains("请用 --owner 指定负责人，如 `lin-yue`"), "{}", stderr(&nobody));
}

#[test]
fn a_slip_in_a_flag_is_answered_with_what_was_meant() {
    let book = Book::small();
    for (args, answer) in [
        (&["campaign", "A", "--owner", "lin-yeu"][..], "did you mean `lin-yue`?"),
        (&["campaign", "A", "--owner", "lin-yue", "--scale", "lage"], "did you mean `large`?"),
        (&["campaign", "A", "--owner", "lin-yue", "--mode", "onlin"], "did you mean `online`?"),
        (&["campaign", "A", "--owner", "lin-yue", "--budget", "much"], "`much` is no amount of CNY"),
        (&["campaign", "春季焕新", "--owner", "lin-yue"], "no id can be made of `春季焕新`"),
        (&["campaign", "A", "--owner", "lin-yue", "--start", "2026-06-10", "--end", "2026-06-01"], "before it begins"),
        (&["sop", "A", "--owner", "lin-yue", "--phase", "prep"], "there is no phase `prep`"),
        (&["postmortem", "jun"], "did you mean `june`?"),
        (&["policy", "ours", "milestone"], "did you mean `milestones`?"),
    ] {
        let output = run(&book, &[&["new"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(answer), "{args:?}: {}", stderr(&output));
    }
    let kind = run(&book, &["new", "campain", "A"]);
    assert_eq!(kind.status.code(), Some(2));
    assert!(stderr(&kind).contains("'campaign'"), "{}", stderr(&kind));
}

#[test]
fn a_new_playbook_is_sound_builds_and_never_takes_a_folder_with_files() {
    for (lang, title, month) in [("en", "Campaign playbook", "2026-11"), ("zh-Hans,en", "活动手册", "2026-12")] {
        let book = Book::small();
        book.write("gitconfig", "[user]\nname = Lin Yue\nemail = lin@tea.example\n");
        let git = |args: &[&str]| {
            let mut command = book.command(args);
            command
                .env("GIT_CONFIG_GLOBAL", book.root().join("gitconfig"))
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .output()
                .unwrap()
        };
        let as_of = format!("{}-17", if lang == "en" { "2026-09" } else { "2026-10" });
        std::fs::create_dir_all(book.root().join("tea/.git")).unwrap();
        let output = git(&["init", "tea", "--lang", lang, "--as-of", &as_of]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        std::fs::remove_dir(book.root().join("tea/.git")).unwrap();
        for path in [
            ".gitignore",
            "README.md",
            ".github/workflows/playbook.yml",
            ".gitlab-ci.yml",
            ".gitea/workflows/playbook.yml",
        ] {
            let text = read(&book, &format!("tea/{path}"));
            assert!(!text.contains("<<"), "{path}: {text}");
        }
        let config = read(&book, "tea/playbook.toml");
        assert!(config.contains(title) && !config.contains("as-of"), "{config}");
        assert!(read(&book, "tea/content/people.toml").contains("[lin-yue]\nname = \"Lin Yue\"\n"));
        assert!(
            book.root().join(format!("tea/content/campaigns/{month}-first-campaign/campaign.toml")).exists(),
            "{}",
            stdout(&output)
        );

        let check = git(&["--root", "tea", "check", "--strict", "--as-of", &as_of, "--format", "short"]);
        assert_eq!((check.status.code(), stdout(&check).contains("error")), (Some(0), false), "{}", stdout(&check));
        let build = git(&["--root", "tea", "build", "--as-of", &as_of]);
        assert_eq!(build.status.code(), Some(0), "{}", stderr(&build));
        assert!(read(&book, "tea/public/index.html").contains(title));

        let again = git(&["init", "tea", "--lang", lang]);
        assert_eq!(again.status.code(), Some(2));
        let refusal = if lang == "en" { "tea is not empty" } else { "tea 不是空文件夹" };
        assert!(stderr(&again).contains(refusal), "{}", stderr(&again));
    }
    let book = Book::small();
    let ours = |ci: &str, path: &str| {
        let output = run(&book, &["init", ci, "--ci", ci]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let forges = ["Jenkinsfile", "ci/post-receive", ".gitlab-ci.yml", ".gitea", ".github/workflows/playbook.yml"];
        let there = |at: &&str| book.root().join(ci).join(at).exists();
        assert_eq!(
            forges.into_iter().filter(there).collect::<String>(),
            path,
            "--ci {ci} writes no other forge's files"
        );
    };
    ours("github", ".github/workflows/playbook.yml");
    ours("jenkins", "Jenkinsfile");
    ours("shell", "ci/post-receive");
    ours("none", "");
    let french = run(&book, &["init", "the", "--lang", "fr"]);
    assert!(stderr(&french).contains("put one of them first, such as --lang en,fr"), "{}", stderr(&french));
    assert!(!book.root().join("the").exists());
}

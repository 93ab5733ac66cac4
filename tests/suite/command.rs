//! The command line as people expect it: help, slips, quiet and colour, manual pages, and failures of the world in one's language.

use super::cli::{Book, stderr, stdout};
use std::process::{Command, Stdio};

const JUNE: &str = "content/campaigns/june/campaign.toml";

/// Every command that does something, with the words that call it.
fn commands(book: &Book) -> Vec<Vec<String>> {
    let listed = |args: &[&str]| {
        let help = stdout(&book.run(&[args, &["--help"]].concat()));
        let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
        let block = list.split("\n\n").next().unwrap().to_owned();
        let names = block.lines().filter_map(|line| line.strip_prefix("  ").filter(|l| !l.starts_with(' ')));
        let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut list = Vec::new();
    for name in listed(&[]) {
        let below = listed(&[&name]);
        if below.is_empty() {
            list.push(vec![name]);
        } else {
            list.extend(below.into_iter().map(|sub| vec![name.clone(), sub]));
        }
    }
    list
}

#[test]
fn every_command_says_how_it_ends_and_shows_an_example_and_has_a_manual_page() {
    let book = Book::small();
    let commands = commands(&book);
    assert!(commands.len() > 20, "{commands:?}");
    let man = book.run(&["man", "man1"]);
    assert_eq!(man.status.code(), Some(0), "{}", stderr(&man));
    for command in &commands {
        let mut args: Vec<&str> = command.iter().map(String::as_str).collect();
        args.push("--help");
        let help = stdout(&book.run(&args));
        let called = format!("playbook {}", command.join(" "));
        let (_, tail) = help.split_once("Exit code: 0").unwrap_or_else(|| panic!("{called}: no exit code in\n{help}"));
        assert!(tail.contains("2 ") || tail.contains('2'), "{called}");
        let example = help.split("Example").nth(1).unwrap_or_else(|| panic!("{called}: no example"));
        assert!(example.contains(&called), "{called}: {example}");
        let page = std::fs::read_to_string(book.root().join(format!("man1/playbook-{}.1", command.join("-")))).unwrap();
        assert!(page.contains("Exit code: 0"), "{called}: {page}");
    }
    let whole = stdout(&book.run(&["man"]));
    assert!(whole.starts_with(".ie") && whole.contains("SOURCE_DATE_EPOCH"), "{whole}");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = stdout(&book.run(&["completions", shell]));
        assert!(commands.iter().all(|command| command.iter().all(|word| script.contains(word.as_str()))), "{shell}");
    }
    // Bash itself finds nothing wrong with what it is given.
    book.write("playbook.bash", &stdout(&book.run(&["completions", "bash"])));
    let bash = Command::new("bash").arg("-n").arg(book.root().join("playbook.bash")).output().unwrap();
    assert!(bash.status.success(), "{}", stderr(&bash));
}

#[test]
fn a_slip_is_answered_with_what_was_meant() {
    let book = Book::small();
    for (args, answer) in [
        (&["chekc"][..], "'check'"),
        (&["check", "--formt", "json"], "'--format'"),
        (&["check", "--format", "jsn"], "'json'"),
        (&["check", "--lang", "fr"], "write `en` or `zh`"),
        (&["check", "--color", "alway"], "'always'"),
        (&["new", "campain"], "'campaign'"),
        (&["rename", "persn", "a", "b"], "'person'"),
        (&["rename", "person", "lin-yeu", "b"], "did you mean `lin-yue`?"),
        (&["schema", "campagin"], "did you mean `campaign`?"),
        (&["explain", "budget/splt"], "did you mean `budget/split`?"),
        (&["fix", "budget/smu"], "did you mean `budget/sum`?"),
        (&["policy", "milestones.plan-reveiw"], "did you mean `milestones.plan-review`?"),
        (&["completions", "bsh"], "'bash'"),
        (&["serve", "--editor", "vscod"], "did you mean `vscode`?"),
        (&["export", "csv", "--lang", "fr"], "the playbook has no language `fr`: write `en`"),
    ] {
        let output = book.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stdout(&output));
        assert!(stderr(&output).contains(answer), "{args:?}: {}", stderr(&output));
    }
    let chinese = book.run(&["explain", "budget/splt", "--lang", "zh"]);
    assert_eq!(stderr(&chinese), "错误：没有规则 `budget/splt`；是否想写 `budget/split`？\n");
}

#[test]
fn the_quiet_hear_what_is_wrong_and_the_curious_how_it_was_done() {
    let book = Book::small();
    let built = |args: &[&str]| {
        let output = book.run(&[&["build", "--as-of", "2026-04-01"], args].concat());
        (output.status.code(), stdout(&output), stderr(&output))
    };
    assert_eq!(built(&["--quiet"]), (Some(0), String::new(), String::new()));
    let (_, plain, _) = built(&[]);
    assert!(plain.contains(" pages, ") && plain.contains("\nopen "), "{plain}");
    let (_, _, said) = built(&["-v"]);
    assert!(said.contains("read 4 files in ., judged as of 2026-04-01") && said.contains("write "), "{said}");
    book.write("content/people.toml", "[lin-yue]\nname=\"Lin Yue\"\ndepartment = \"marketing\"\n");
    let laid_out = book.run(&["fmt", "-v"]);
    assert_eq!(
        (stdout(&laid_out).as_str(), stderr(&laid_out).as_str()),
        ("laid out 1 file\n", "laid out content/people.toml\n")
    );
    let silent = book.run(&["fmt", "-q"]);
    assert_eq!((stdout(&silent), stderr(&silent)), (String::new(), String::new()));
    let both = book.run(&["check", "-q", "-v"]);
    assert_eq!(both.status.code(), Some(2));

    book.write(JUNE, "title = \"June\"\n");
    let (code, out, err) = built(&["-q"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("`owner` is missing"), "{err}");
    let check = book.run(&["-q", "check"]);
    assert!(stdout(&check).contains("`owner` is missing") && stderr(&check).is_empty(), "{}", stderr(&check));
}

#[test]
fn colour_follows_the_flag_then_the_environment_and_pipes_get_no_line_that_moves() {
    let book = Book::small();
    book.write(JUNE, "title = \"June\"\n");
    let colored = |args: &[&str], set: &[(&str, &str)]| {
        let mut command = book.command(&[&["check"], args].concat());
        let output = command.envs(set.iter().copied()).env("TERM", "xterm").output().unwrap();
        assert!(!stderr(&output).contains('\r'), "{}", stderr(&output));
        stdout(&output).contains('\x1b')
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn failures_of_the_world_name_the_path_and_what_to_do_in_one_s_language() {
    let book = Book::small();
    book.write("site", "a file");
    let place = book.root().display().to_string();
    let nowhere = tempfile::tempdir().unwrap();
    let outside = nowhere.path().to_str().unwrap().to_owned();
    let failed = |args: &[&str], lang: &str| {
        // A repository above the folder of temporary files would be found otherwise.
        let mut command = book.command(args);
        command.env("LANG", lang).env("GIT_CEILING_DIRECTORIES", book.root().parent().unwrap());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stdout(&output));
        stderr(&output)
    };
    for (args, en, zh) in [
        (
            vec!["diff", "main"],
            vec!["error: comparing with `main` needs a git repository, and . is in none: run `git init`"],
            vec!["错误：与 `main` 比较需要 git 仓库，而 . 不在任何仓库中：请运行 `git init`"],
        ),
        (
            vec!["--root", &outside, "check"],
            vec!["error: no `playbook.toml` in", &outside, "pass --root"],
            vec!["错误：", &outside, "中没有 `playbook.toml`", "--root"],
        ),
        (
            vec!["build", "--as-of", "2026-04-01", "--output", "site"],
            vec!["error: `", "site` is not a folder: choose another folder"],
            vec!["错误：`", "site` 不是文件夹：请另选文件夹"],
        ),
        (
            vec!["build", "--as-of", "2026-04-01", "--output", "content/x"],
            vec!["cannot publish into ./content: the playbook is read from there"],
            vec!["不能发布到 ./content：手册从那里读取"],
        ),
        (
            vec!["publish", "releases", "--rollback"],
            vec!["has no release before the current one: see what there is with --list"],
            vec!["没有比当前更早的版本：可用 --list"],
        ),
        (
            vec!["schema", "--all", "site/x"],
            vec!["error: cannot make the folder site/x: a file stands where a folder is wanted"],
            vec!["错误：无法新建文件夹 site/x：应为文件夹的位置是一个文件"],
        ),
        (
            vec!["init", "."],
            vec![". is not empty (it holds `", "name a new or an empty folder"],
            vec![". is not empty"],
        ),
    ] {
        let said = failed(&args, "en_US.UTF-8");
        assert!(en.iter().all(|part| said.contains(part)), "{args:?} in {place}: {said}");
        let said = failed(&args, "zh_CN.UTF-8");
        assert!(zh.iter().all(|part| said.contains(part)), "{args:?} in {place}: {said}");
    }
    for (lang, words) in [("en", "the disk is full: free some space"), ("zh", "磁盘已满：请腾出空间")] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = book.command(&["explain", "--lang", lang]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    let epoch = book.command(&["check", "--lang", "zh"]).env("SOURCE_DATE_EPOCH", "soon").output().unwrap();
    assert!(stderr(&epoch).contains("SOURCE_DATE_EPOCH 是 `soon`，不是秒数"), "{}", stderr(&epoch));
}

#[test]
fn whoever_has_read_enough_hears_no_complaint() {
    let book = Book::small();
    let mut child = book.command(&["explain"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

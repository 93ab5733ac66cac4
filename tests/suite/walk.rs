//! Guides whose steps are taken: what a code block asks for is done to a copy of the sample, command by command.
//!
//! | after the fence | is done |
//! |---|---|
//! | `toml file=PATH` | the block becomes the file; any language will do |
//! | `toml add=PATH` | the block is written at the end of the file |
//! | `toml first=PATH` | the block is written at its start |
//! | `diff change=PATH` | lines with `-` become lines with `+`; others stand around them; `…` stands for what lies between two changes |
//! | `text replace=PATH` | a line `old -> new` replaces words |
//! | `text output=COMMAND` | `playbook COMMAND` says this; a `check` finds errors |
//! | `text holds=PATH` | the file, made by a step before, holds each of these lines |
//! | `rust of=PATH` | the lines stand so in that file of this repository; `…` stands for what is left out |
//! | `sh` | each line is run by a shell and must end well; `playbook serve` must answer, and is ended then |
//! | `yaml ci` | lines that begin with `playbook` are run, as on a pull request against `main` |
//!
//! Any other block is only read, and whoever walks says why ([`Reading`]). A guide and its translation have the same blocks: what
//! they remark (`# …`) and what the program says may be in the language of the page.

use super::cli::{stderr, stdout};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A block that nobody can take here: the words it begins with, and why.
pub(super) type Reading = (&'static str, &'static str);

/// Code blocks of a text: the words after the fence, and what stands in the block.
pub(super) fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    let mut fence = "```";
    for line in text.lines() {
        match (&mut open, line.strip_prefix(fence)) {
            (None, Some(info)) => {
                // A longer fence holds blocks of its own.
                fence = if info.starts_with('`') { "````" } else { "```" };
                open = Some((info.trim_start_matches('`').to_owned(), String::new()));
            }
            (Some(_), Some("")) => {
                fence = "```";
                blocks.extend(open.take());
            }
            (Some((_, body)), _) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block has no end: {open:?}");
    blocks
}

/// A copy of the sample in a folder of its own.
pub(super) fn sample() -> TempDir {
    let book = tempfile::tempdir().unwrap();
    copy(&repository().join("content"), &book.path().join("content"));
    std::fs::copy(repository().join("playbook.toml"), book.path().join("playbook.toml")).unwrap();
    book
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let to = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&to).unwrap();
        } else {
            std::fs::copy(entry.path(), &to).unwrap();
        }
    }
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A program in the copy, as somebody of a language runs it.
fn command(program: &str, root: &Path, lang: &str) -> Command {
    let ours = Path::new(env!("CARGO_BIN_EXE_playbook")).parent().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(ours.to_owned()).chain(std::env::split_paths(&path))).unwrap();
    let mut command = Command::new(program);
    command.current_dir(root).env("PATH", path).env("LC_ALL", lang).env_remove("SOURCE_DATE_EPOCH");
    for hidden in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "PLAYBOOK_EDITOR"] {
        command.env_remove(hidden);
    }
    command
}

/// `playbook` with some words, in the copy, in English.
pub(super) fn playbook(root: &Path, args: &[&str]) -> Output {
    command(env!("CARGO_BIN_EXE_playbook"), root, "en_US.UTF-8").args(args).output().unwrap()
}

/// Takes every step of a guide and says how many there were.
pub(super) fn walk(guide: &str, book: &Path, read: &[Reading]) -> usize {
    walk_both(guide, guide, book, read)
}

/// Takes every step of a guide, whose translation must say the same, and says how many there were. The program is asked in both
/// languages where the guide shows what it says.
pub(super) fn walk_both(guide: &str, translation: &str, book: &Path, read: &[Reading]) -> usize {
    let (english, chinese) = (blocks(guide), blocks(translation));
    let mut steps = 0;
    let mut unread: Vec<&Reading> = read.iter().collect();
    for ((info, body), (other, said)) in english.iter().zip(&chinese) {
        assert_eq!(info, other, "the translation has another block here");
        if let Some(place) = unread.iter().position(|(start, _)| body.starts_with(start)) {
            unread.remove(place);
            continue;
        }
        if info.contains(" output=") {
            output(info, said, book, if guide == translation { "en_US.UTF-8" } else { "zh_CN.UTF-8" });
        } else {
            assert_eq!(meant(body), meant(said), "the translation says something else");
        }
        step(info, body, book);
        steps += 1;
    }
    assert_eq!(english.len(), chinese.len(), "the translation has more blocks, or fewer");
    assert!(unread.is_empty(), "no block begins so any more: {unread:?}");
    steps
}

/// A block without remarks, which are in the language of the page.
fn meant(body: &str) -> String {
    let bare = |line: &str| -> String {
        let line = line.split_once("# ").map_or(line, |(before, _)| before);
        line.replace(" --lang zh", "").trim_end().to_owned()
    };
    body.lines().map(bare).collect::<Vec<_>>().join("\n")
}

fn step(info: &str, body: &str, book: &Path) {
    match info.split_once(' ') {
        None if info == "sh" => body.lines().for_each(|line| shell(line, book)),
        Some(("yaml", "ci")) => in_ci(body, book),
        Some((_, asked)) => match asked.split_once('=') {
            Some(("output", _)) => output(info, body, book, "en_US.UTF-8"),
            Some(("of", path)) => stands_in(path, body),
            Some(("holds", path)) => {
                let text = std::fs::read_to_string(book.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
                body.lines().for_each(|line| assert!(text.contains(line), "{line} is not in {path}:\n{text}"));
            }
            Some((what, path)) => write(what, path, body, book),
            None => panic!("a step nobody takes: {info}"),
        },
        None => panic!("nobody takes this step, and nobody says why it is only read: `{info}`\n{body}"),
    }
}

/// Runs a line as a shell does. A server runs until it has answered.
fn shell(line: &str, book: &Path) {
    if line.starts_with("playbook serve") {
        return serve(line.split('#').next().unwrap_or_default(), book);
    }
    let output = command("sh", book, "en_US.UTF-8").args(["-euc", line]).output().unwrap();
    assert!(output.status.success(), "{line}\n{}{}", stdout(&output), stderr(&output));
}

/// Starts the server as the line says, but on any port and without a browser, and asks it for its home page.
fn serve(line: &str, book: &Path) {
    let args = line.split_whitespace().skip(1).filter(|word| *word != "--open").chain(["--port", "0"]);
    let mut playbook = command(env!("CARGO_BIN_EXE_playbook"), book, "en_US.UTF-8");
    let mut server = playbook.args(args).stderr(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
    let serving = said.find_map(|said| Some(said.split_once("http://")?.1.to_owned()));
    let host = serving.as_deref().and_then(|rest| rest.split('/').next()).map(str::to_owned);
    let answers = host.and_then(|host| std::net::TcpStream::connect(host).ok()).is_some();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answers, "{line}: nobody answers");
}

/// Runs what a service for CI would: each `playbook …` of a workflow, which may find something but must not fail.
fn in_ci(body: &str, book: &Path) {
    let commands = body.lines().filter_map(|line| line.find("playbook ").map(|at| (&line[..at], &line[at..])));
    let is_run = |before: &str| {
        let before = before.trim().trim_start_matches("- ").trim();
        before.is_empty() || ["run:", "script:", "run: |"].contains(&before)
    };
    let mut ran = 0;
    for (_, line) in commands.filter(|(before, _)| is_run(before)) {
        let line = line.replace("${{ github.base_ref }}", "main");
        let output = command("sh", book, "en_US.UTF-8").args(["-euc", &line]).output().unwrap();
        let code = output.status.code();
        assert!(code == Some(0) || code == Some(1), "{line}\n{}{}", stdout(&output), stderr(&output));
        ran += 1;
    }
    assert!(ran > 0, "nothing of this is run:\n{body}");
}

/// What the program says, whoever it says it to.
fn output(info: &str, body: &str, book: &Path, lang: &str) {
    let (_, asked) = info.split_once(" output=").unwrap();
    let words: Vec<&str> = asked.split_whitespace().collect();
    let output = command(env!("CARGO_BIN_EXE_playbook"), book, lang).args(&words).output().unwrap();
    if words.first() == Some(&"check") {
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    }
    let said = stdout(&output);
    for part in body.split("…\n") {
        assert!(said.contains(part.trim_end()), "{part}\nis not in what `playbook {asked}` says:\n{said}");
    }
}

/// Lines of this repository that a guide shows: they stand in the file, in this order.
fn stands_in(path: &str, body: &str) {
    let file = repository().join(path);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut rest = text.as_str();
    for part in body.split("…\n").filter(|part| !part.trim().is_empty()) {
        let at = rest.find(part).unwrap_or_else(|| panic!("this does not stand in {path}:\n{part}"));
        rest = &rest[at + part.len()..];
    }
}

fn write(what: &str, of: &str, body: &str, book: &Path) {
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

//! `playbook rename`: one name changed everywhere, if nothing breaks by it.

use super::args_scaffold::RenameFlags;
use super::console::Console;
use super::{check, input};
use crate::base::{Diagnostic, Severity, trouble};
use crate::compile::{Compiled, Input, judge};
use crate::model::settings::Settings;
use crate::output::author::{self, Rewrite, Rewrites};
use crate::policy;
use crate::report::{self, Options};
use crate::said;
use crate::scaffold::diff;
use crate::scaffold::rename::{self, KINDS, Renamed};
use crate::sources::Sources;
use anyhow::Context;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &RenameFlags) -> anyhow::Result<ExitCode> {
    let root = &console.root;
    let (_, refers, _) = KINDS.iter().find(|(kind, _, _)| *kind == flags.kind).context("bug: a kind that is none")?;
    let Input { mut sources, read, clock } = input(root, flags.day.as_of)?;
    let was: Files = sources.paths().map(|(path, file)| (path.to_owned(), sources.bytes(file).to_vec())).collect();
    // Links and names that the walk refused are in no file: reading from memory would not find them again.
    let walked: Vec<Diagnostic> = read.iter().filter(|d| d.span.is_none()).cloned().collect();
    let (settings, _) = Settings::read(&sources);
    let (policy, _) = policy::load(&mut sources, &settings.policy, &[]);
    let renamed = rename::rename(&sources, &policy, *refers, &flags.old, &flags.new).map_err(trouble)?;
    let mut rewrites = Rewrites::new();
    for (path, text) in &renamed.texts {
        let old = was.get(path).context("bug: a new text of no file")?;
        let mark = if old.starts_with("\u{feff}".as_bytes()) { "\u{feff}" } else { "" };
        let now = format!("{mark}{text}").into_bytes();
        rewrites.insert(path.clone(), Rewrite { was: Some(old.clone()), now: Some(now) });
    }
    let progress = console.progress(&said!("judging the new name:", "正在检查新名称："));
    let before = {
        let (sources, mut read) = Sources::from_memory(was.clone());
        read.extend(walked.iter().cloned());
        judge(Input { sources, read, clock })
    };
    let after = {
        let (sources, mut read) = Sources::from_memory(moved(&was, &rewrites, &renamed));
        read.extend(walked);
        judge(Input { sources, read, clock })
    };
    drop(progress);
    refuse_new_errors(&before, &after, &console.lang)?;
    if flags.dry_run {
        std::io::stdout().write_all(shown(&rewrites, &was, &renamed).as_bytes())?;
        std::io::stderr().write_all(told(flags, &renamed, &console.lang).as_bytes())?;
    } else {
        author::rewrite(root, &rewrites)?;
        author::relocate(root, &renamed.moves)?;
        console.done(&told(flags, &renamed, &console.lang))?;
    }
    check::details(console, &after);
    std::mem::forget((before, after));
    Ok(ExitCode::SUCCESS)
}

/// Files by path, as they are on disk.
type Files = BTreeMap<String, Vec<u8>>;

/// The path of a file when everything has moved.
fn path_after(path: &str, renamed: &Renamed) -> String {
    let inside = |from: &str| path.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let place = renamed.moves.iter().find_map(|(from, to)| Some(format!("{to}{}", inside(from)?)));
    place.unwrap_or_else(|| path.to_owned())
}

/// The playbook as it will be.
fn moved(was: &Files, rewrites: &Rewrites, renamed: &Renamed) -> Files {
    let now = |(path, bytes): (&String, &Vec<u8>)| {
        let bytes = rewrites.get(path).and_then(|file| file.now.clone()).unwrap_or_else(|| bytes.clone());
        (path_after(path, renamed), bytes)
    };
    was.iter().map(now).collect()
}

/// A name that is meant somewhere no form knows of would be left behind: then rules find more than before.
fn refuse_new_errors(before: &Compiled, after: &Compiled, spoken: &str) -> anyhow::Result<()> {
    let errors = |all: &Compiled| {
        let mut count: BTreeMap<&'static str, usize> = BTreeMap::new();
        for finding in all.findings().iter().filter(|d| d.severity == Severity::Error) {
            *count.entry(finding.rule).or_insert(0) += 1;
        }
        count
    };
    let (old, new) = (errors(before), errors(after));
    let more = |d: &&Diagnostic| {
        d.severity == Severity::Error && new.get(d.rule).copied() > Some(old.get(d.rule).copied().unwrap_or(0))
    };
    let list: Vec<Diagnostic> = after.findings().iter().filter(more).cloned().collect();
    if list.is_empty() {
        return Ok(());
    }
    let lines = report::short(&list, &after.sources, &Options { lang: spoken, ..Options::default() });
    Err(trouble(said!(
        "the new name would bring in errors; nothing was written:\n{lines}",
        "改名会带来新的错误，未写入任何文件：\n{lines}"
    )))
}

/// All changes as one unified diff, moves as git shows them.
fn shown(rewrites: &Rewrites, was: &Files, renamed: &Renamed) -> String {
    let mut out = String::new();
    for path in was.keys() {
        let to = path_after(path, renamed);
        if to != *path || rewrites.contains_key(path) {
            // Without a head of its own a change would be taken for one of the file that moves before it.
            out.push_str(&format!("diff --git a/{path} b/{to}\n"));
        }
        if to != *path {
            out.push_str(&format!("rename from {path}\nrename to {to}\n"));
        }
        if let Some(file) = rewrites.get(path) {
            let text = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|b| String::from_utf8_lossy(b).into_owned());
            out.push_str(&diff::unified((path, &to), text(&file.was).as_deref(), text(&file.now).as_deref()));
        }
    }
    out
}

fn told(flags: &RenameFlags, renamed: &Renamed, spoken: &str) -> String {
    let (old, new, kind) = (&flags.old, &flags.new, &flags.kind);
    let (places, files) = (renamed.places, renamed.texts.len());
    let chinese = spoken.starts_with("zh");
    let mut lines = vec![match (chinese, flags.dry_run) {
        (false, false) => format!("{kind} `{old}` is called `{new}` now: changed {places} places in {files} files"),
        (false, true) => format!("would change {places} places in {files} files; nothing was written"),
        (true, false) => format!("`{old}` 已改名为 `{new}`：改写了 {files} 个文件中的 {places} 处"),
        (true, true) => format!("会改写 {files} 个文件中的 {places} 处；未写入任何文件"),
    }];
    for (from, to) in &renamed.moves {
        lines.push(match chinese {
            false => format!("moved {from} to {to}"),
            true => format!("已移动 {from} 到 {to}"),
        });
    }
    if renamed.redirects && !flags.dry_run {
        lines.push(match chinese {
            false => "the old address leads to the new one (`aliases`)".to_owned(),
            true => "旧网址会跳转到新网址（`aliases`）".to_owned(),
        });
    }
    lines.join("\n") + "\n"
}

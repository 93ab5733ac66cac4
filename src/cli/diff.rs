//! `playbook diff`: what a change means in campaign terms.

use super::args::{DiffFlags, DiffFormat};
use super::console::Console;
use super::{check, input};
use crate::base::trouble;
use crate::compile::{Clock, Compiled, Input, judge};
use crate::diff::{self, Diff, Side};
use crate::said;
use crate::sources::revision;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &DiffFlags) -> anyhow::Result<ExitCode> {
    let root = &console.root;
    let base = revision::find(root, &flags.base)?;
    let head = flags.head.as_deref().map(|name| revision::find(root, name)).transpose()?;
    let fork = revision::fork(root, &base, head.as_ref())?;
    let after = match &head {
        None => input(root, flags.day.as_of)?,
        Some(head) => {
            let (sources, read) = revision::read(root, head)?;
            let lacks = sources.find("playbook.toml").is_none();
            if lacks {
                let label = head.label();
                return Err(trouble(said!(
                    "{label} holds no playbook in this folder: name another revision",
                    "{label} 的这个文件夹中没有手册：请写另一个版本"
                )));
            }
            Input { sources, read, clock: super::clock(flags.day.as_of)? }
        }
    };
    let progress = console.progress(&said!("comparing:", "正在比较："));
    let after = judge(after);
    let (sources, read) = revision::read(root, &fork)?;
    let before = judge(Input { sources, read, clock: Clock::fixed(after.model.as_of) });
    let label = head.as_ref().map(revision::Revision::label);
    let diff = Diff::of(side(&before), side(&after), &fork.label(), label.as_deref());
    let lang = &console.lang;
    drop(progress);
    let mut out = std::io::stdout().lock();
    let text = match flags.format {
        DiffFormat::Human => diff::terminal(&diff, lang, console.color(&out)),
        DiffFormat::Markdown => diff::markdown(&diff, lang),
        DiffFormat::Json => diff.json(),
    };
    out.write_all(text.as_bytes())?;
    check::details(console, &after);
    // As after a check: the process ends here.
    std::mem::forget((before, after));
    Ok(ExitCode::SUCCESS)
}

/// A side that has no playbook yet has no fault either.
fn side(compiled: &Compiled) -> Side<'_> {
    let is_empty = compiled.sources.find("playbook.toml").is_none();
    let findings = if is_empty { &[] } else { compiled.findings() };
    Side { model: &compiled.model, findings, sources: &compiled.sources }
}

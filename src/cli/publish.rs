//! `playbook publish`: a release for a web server, and the way back.

use super::args::PublishFlags;
use super::console::Console;
use super::{build, check, complete, input_with_history};
use crate::base::Trouble;
use crate::compile::compile_before;
use crate::output::{self, CURRENT};
use crate::said;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &PublishFlags) -> anyhow::Result<ExitCode> {
    let (root, chinese) = (&console.root, console.is_chinese());
    if flags.list {
        return list(flags, chinese);
    }
    if let Some(to) = &flags.rollback {
        let name = output::rollback(&flags.dir, to.as_deref()).map_err(|error| build::said(&error))?;
        let shown = flags.dir.join(CURRENT);
        console.done(&if chinese {
            format!("{} 现在显示版本 {name}\n", shown.display())
        } else {
            format!("{} shows release {name} again\n", shown.display())
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let progress = console.progress(&said!("building the site:", "正在生成网站："));
    let compiled = compile_before(input_with_history(root, flags.day.as_of)?, &*progress.tally());
    drop(progress);
    let findings = build::findings(&compiled, console);
    if !build::may_be_published(&compiled, &findings, console, flags.force.keep_going)? {
        return Ok(ExitCode::FAILURE);
    }
    if let Some(note) = build::history(compiled.sources.history()) {
        console.note(&note);
    }
    check::details(console, &compiled);
    let protected = build::protected(root, &flags.dir)?;
    let keep = usize::from(flags.keep);
    let site = complete::site(&compiled, &flags.squeeze, &flags.dir.join(CURRENT));
    let done = output::release(&site, &flags.dir, &protected, keep).map_err(|error| build::said(&error))?;
    let (name, written, shared, as_of) = (&done.name, done.written, done.shared, compiled.model.as_of);
    let mut line = match (done.is_new, chinese) {
        (false, false) => format!("release {name} is this site already, as of {as_of}"),
        (false, true) => format!("版本 {name} 已经是这个网站，截至 {as_of}"),
        (true, false) => {
            format!("release {name}: {written} files written, {shared} shared with the last one, as of {as_of}")
        }
        (true, true) => format!("版本 {name}：写入 {written} 个文件，与上一版共用 {shared} 个，截至 {as_of}"),
    };
    if !done.dropped.is_empty() {
        let dropped = done.dropped.join(", ");
        line += &if chinese { format!("\n删除旧版本 {dropped}") } else { format!("\nremoved release {dropped}") };
    }
    console.done(&format!("{line}\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn list(flags: &PublishFlags, chinese: bool) -> anyhow::Result<ExitCode> {
    let now = if chinese { "当前" } else { "current" };
    for release in output::releases(&flags.dir).map_err(|error| build::said(&error))? {
        say(&if release.is_current { format!("{} {now}", release.name) } else { release.name })?;
    }
    Ok(ExitCode::SUCCESS)
}

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout().lock(), "{line}").map_err(|error| Trouble::printing(&error))?)
}

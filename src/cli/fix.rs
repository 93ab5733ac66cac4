//! `playbook fix`: makes the edits that findings suggest, and says what is left.

use super::args_scaffold::FixFlags;
use super::console::Console;
use super::explain::unknown_rule;
use super::{check, input};
use crate::base::{Diagnostic, Severity, words};
use crate::compile::{self, Compiled, Input, judge};
use crate::output::author::{self, Rewrite, Rewrites};
use crate::said;
use crate::scaffold::diff;
use crate::scaffold::mend::{self, Files, Judged, Mended, Reason};
use crate::sources::Sources;
use std::io::Write;
use std::process::ExitCode;

impl Judged for Compiled {
    fn findings(&self) -> &[Diagnostic] {
        self.findings()
    }
    fn sources(&self) -> &Sources {
        &self.sources
    }
}

pub(super) fn run(console: &Console, flags: &FixFlags) -> anyhow::Result<ExitCode> {
    let root = &console.root;
    let rules: Vec<&str> = flags.rules.iter().map(|code| known(code)).collect::<anyhow::Result<_>>()?;
    let Input { sources, read, clock } = input(root, flags.day.as_of)?;
    let was: Files = sources.paths().map(|(path, file)| (path.to_owned(), sources.bytes(file).to_vec())).collect();
    // Links and names that the walk refused are in no file: reading from memory would not find them again.
    let walked: Vec<Diagnostic> = read.into_iter().filter(|d| d.span.is_none()).collect();
    let progress = console.progress(&said!("mending:", "正在修正："));
    let mended = mend::mend(&was, &rules, |sources, mut read| {
        read.extend(walked.iter().cloned());
        judge(Input { sources, read, clock })
    });
    drop(progress);
    let rewrites: Rewrites = mended
        .files
        .iter()
        .map(|(path, now)| (path.clone(), Rewrite { was: was.get(path).cloned(), now: Some(now.clone()) }))
        .collect();
    let mut out = std::io::stdout().lock();
    if flags.dry_run {
        out.write_all(diffs(&rewrites).as_bytes())?;
    } else {
        author::rewrite(root, &rewrites)?;
    }
    let told = told(&mended, flags.dry_run, console.is_chinese());
    // A dry run's diff is for other programs; words go beside it.
    drop(out);
    if flags.dry_run {
        std::io::stderr().write_all(told.as_bytes())?;
    } else {
        console.done(&told)?;
    }
    check::details(console, &mended.last);
    let code = if mended.last.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    std::mem::forget(mended);
    Ok(code)
}

/// A rule's code, or what was probably meant.
fn known(code: &str) -> anyhow::Result<&'static str> {
    match compile::rule(code) {
        Some(rule) => Ok(rule.code),
        None => Err(unknown_rule(code)),
    }
}

/// All changes as one unified diff.
pub(super) fn diffs(rewrites: &Rewrites) -> String {
    let text = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(|b| String::from_utf8_lossy(b).into_owned());
    let one = |(path, file): (&String, &Rewrite)| {
        diff::unified((path, path), text(&file.was).as_deref(), text(&file.now).as_deref())
    };
    rewrites.iter().map(one).collect()
}

/// What was mended, and what is left to do by hand.
fn told(mended: &Mended<Compiled>, dry_run: bool, chinese: bool) -> String {
    let mut lines = Vec::new();
    for done in &mended.done {
        let (path, line, rule) = (&done.path, done.line, done.rule);
        let (en, zh) = ((&done.message.en, &done.advice.en), (&done.message.zh, &done.advice.zh));
        let (message, advice) = if chinese { zh } else { en };
        lines.push(format!("{path}:{line}: [{rule}] {message} → {advice}"));
    }
    let (made, files) = (mended.done.len(), mended.files.len());
    lines.push(match (chinese, dry_run, made) {
        (true, _, 0) => "没有可以自动修正的问题".to_owned(),
        (true, true, _) => format!("会在 {files} 个文件中修正 {made} 处；未写入任何文件"),
        (true, false, _) => format!("已在 {files} 个文件中修正 {made} 处"),
        (false, _, 0) => "nothing to mend by itself".to_owned(),
        (false, true, _) => {
            format!("would mend {} in {}; nothing was written", count(made, "place"), count(files, "file"))
        }
        (false, false, _) => format!("mended {} in {}", count(made, "place"), count(files, "file")),
    });
    for ((rule, reason), n) in &mended.left {
        let edits = count(*n, "suggested edit");
        lines.push(match (chinese, reason) {
            (true, Reason::Plan) => format!("{rule} 还有 {n} 处建议会改变计划（日期、金额或整段内容）；确认后运行 `playbook fix {rule}`"),
            (true, Reason::Choice) => format!("{rule} 还有 {n} 处有多种改法；要采用第一种，运行 `playbook fix {rule}`"),
            (true, Reason::Guess) => format!("{rule} 还有 {n} 处只是猜测，请先看清；要采用，运行 `playbook fix {rule}`"),
            (false, Reason::Guess) => format!("{rule}: {edits} left, since it is only a guess what was meant: look at it, or take it with `playbook fix {rule}`"),
            (false, Reason::Plan) => format!("{rule}: {edits} left, since the plan itself would change (a day, an amount, a whole part); make them with `playbook fix {rule}`"),
            (false, Reason::Choice) => format!("{rule}: {edits} left, since there are several ways; take the first with `playbook fix {rule}`"),
        });
    }
    let of = |severity| mended.last.findings().iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    lines.push(match (chinese, errors + warnings) {
        (true, 0) => "没有剩下的错误或警告".to_owned(),
        (true, _) => format!("剩下 {errors} 个错误、{warnings} 个警告，用 `playbook check` 查看"),
        (false, 0) => "no error and no warning is left".to_owned(),
        (false, _) => {
            format!("left: {}, {}; see them with `playbook check`", count(errors, "error"), count(warnings, "warning"))
        }
    });
    lines.join("\n") + "\n"
}

pub(super) fn count(n: usize, one: &str) -> String {
    words::count(i64::try_from(n).unwrap_or(i64::MAX), one)
}

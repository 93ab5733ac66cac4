//! `playbook build`: check, render, publish.

use super::args::{BuildFlags, Squeeze};
use super::console::{Console, Volume};
use super::{check, complete, input_with_history, timings};
use crate::base::{Date, Diagnostic, FileId, Fingerprint, Said, Severity, trouble};
use crate::compile::{Compiled, Input, compile_before};
use crate::model::settings::Settings;
use crate::output::{self, Report, Told, seal, sealed};
use crate::said;
use crate::sources::git::History;
use rayon::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

pub(super) fn run(console: &Console, flags: &BuildFlags) -> anyhow::Result<ExitCode> {
    let root = &console.root;
    let start = Instant::now();
    let progress = console.progress(&said!("building the site:", "正在生成网站："));
    let mut input = input_with_history(root, flags.day.as_of)?;
    let chinese = console.is_chinese();
    let target = flags.output.clone().unwrap_or_else(|| root.join("public"));
    let made_of = made_of(&mut input, &flags.squeeze);
    let known = made_of.filter(|_| !flags.timings && !console.is_verbose()).and_then(|made| sealed(&target, made));
    let voice = voice(console);
    // Whoever asks in another way hears it in that way.
    if let Some(seal) = known.filter(|seal| seal.told.is_silent || seal.told.voice == voice) {
        drop(progress);
        std::io::stderr().lock().write_all(seal.told.text.as_bytes())?;
        if let Some(note) = history(input.sources.history()) {
            console.note(&note);
        }
        let report = Report { unchanged: seal.files, ..Report::default() };
        let counts = (seal.pages, seal.files, input.as_of());
        console.done(&summary(counts, &report, &target, start.elapsed(), chinese))?;
        return Ok(ExitCode::SUCCESS);
    }
    let reading = start.elapsed();
    let compiled = compile_before(input, &*progress.tally());
    drop(progress);
    let text = findings(&compiled, console);
    if !may_be_published(&compiled, &text, console, flags.force.keep_going)? {
        return Ok(ExitCode::FAILURE);
    }
    let progress = console.progress(&said!("writing the site:", "正在写入网站："));
    let squeezing = Instant::now();
    let site = complete::site(&compiled, &flags.squeeze, &target);
    let squeezing = squeezing.elapsed();
    let writing = Instant::now();
    let report = publish(&site, root, &target, flags.in_place)?;
    drop(progress);
    if let Some(note) = &report.note {
        console.note(&note.said());
    }
    if let Some(made_of) = made_of.filter(|_| !compiled.has_errors()) {
        let is_silent = compiled.findings().iter().all(|d| d.severity == Severity::Info);
        seal(&target, made_of, compiled.rendered.pages.len(), Told { voice, text, is_silent });
    }
    if let Some(note) = history(compiled.sources.history()) {
        console.note(&note);
    }
    check::details(console, &compiled);
    let mut err = std::io::stderr().lock();
    if flags.timings || console.is_verbose() {
        let (before, after) = ([("read", reading)], [("compress", squeezing), ("write", writing.elapsed())]);
        let stages = [&before[..], &compiled.timings, &after].concat();
        let total = start.elapsed();
        let pace = timings::pace(compiled.rendered.pages.len(), total, chinese);
        err.write_all((timings::table(&stages, total, chinese) + &pace).as_bytes())?;
    }
    drop(err);
    let counts = (compiled.rendered.pages.len(), site.len(), compiled.model.as_of);
    console.done(&summary(counts, &report, &target, start.elapsed(), chinese))?;
    Ok(ExitCode::SUCCESS)
}

/// A fingerprint of all that a site is made of: the files, the day, what git knows, flags, and this program. None when something was found
/// while the files were read, which is no file.
fn made_of(input: &mut Input, squeeze: &Squeeze) -> Option<Fingerprint> {
    if !input.read.is_empty() {
        return None;
    }
    let is_wanted = Settings::read(&input.sources).0.history;
    input.sources.settle(is_wanted);
    let program = std::fs::read(std::env::current_exe().ok()?).ok()?;
    let paths: Vec<_> = input.sources.paths().collect();
    let file = |(path, file): &(&str, FileId)| format!("{path} {}\n", Fingerprint::of(input.sources.bytes(*file)));
    let mut all: Vec<String> = paths.par_iter().map(file).collect();
    all.push(format!(
        "{} {} {:?} {:?}",
        Fingerprint::of(&program),
        input.as_of(),
        input.sources.history(),
        squeeze.compress
    ));
    Some(Fingerprint::of(all.concat().as_bytes()))
}

/// All that decides how [`findings`] are written.
fn voice(console: &Console) -> String {
    let (color, width) = (console.color(&std::io::stderr()), super::console::width());
    format!("{} {color} {width} {:?}", console.lang, console.volume)
}

/// The findings for people.
pub(super) fn findings(compiled: &Compiled, console: &Console) -> String {
    // Whoever wants it quiet hears of what stops a site, not of what might be better.
    let most = if console.volume == Volume::Quiet { Severity::Warning } else { Severity::Info };
    let shown: Vec<Diagnostic> = compiled.findings().iter().filter(|d| d.severity > most).cloned().collect();
    check::written(compiled, &shown, "human", &console.lang, console.color(&std::io::stderr()))
}

/// Writes the findings on standard error, and says whether the site may be published in spite of them.
pub(super) fn may_be_published(
    compiled: &Compiled,
    findings: &str,
    console: &Console,
    keep_going: bool,
) -> anyhow::Result<bool> {
    let mut err = std::io::stderr().lock();
    err.write_all(findings.as_bytes())?;
    let may = !compiled.has_errors() || keep_going;
    if !may {
        let last = if console.is_chinese() {
            "有错误，网站未更新；改正后重试，或用 --keep-going 强行发布"
        } else {
            "nothing was published: mend the errors, or publish all the same with --keep-going"
        };
        writeln!(err, "{last}")?;
    }
    Ok(may)
}

/// Why pages do not say when they changed, where a reader would expect it.
pub(super) fn history(history: &History) -> Option<Said> {
    Some(match history {
        History::Shallow => said!(
            "the repository is a shallow clone, so pages do not say when they changed: fetch its whole history (`fetch-depth: 0` in CI, or `git fetch --unshallow`)",
            "仓库是浅克隆，页面不显示修改时间和作者；请取回完整历史（CI 中设 `fetch-depth: 0`，或运行 `git fetch --unshallow`）"
        ),
        History::Refused(why) => said!(
            "pages do not say when they changed, because git said: {why} (switch this off with `history = false`)",
            "页面不显示修改时间：git 说“{why}”；不需要可写 `history = false`"
        ),
        History::None | History::Known(_) => return None,
    })
}

fn publish(site: &output::Files, root: &Path, target: &Path, in_place: bool) -> anyhow::Result<Report> {
    let protected = protected(root, target)?;
    let publish = if in_place { output::publish_in_place } else { output::publish };
    publish(site, target, &protected).map_err(|error| said(&error))
}

/// A failure of the file system with what to do about it.
pub(super) fn said(error: &output::Error) -> anyhow::Error {
    let said = error.said();
    trouble(match error.hint() {
        Some(hint) => Said { en: format!("{}: {}", said.en, hint.en), zh: format!("{}：{}", said.zh, hint.zh) },
        None => said,
    })
}

/// Folders that a site may not replace, and no site may lie in the folders the playbook is read from.
pub(super) fn protected(root: &Path, target: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let input = [root.to_owned(), root.join("content"), root.join("themes")];
    for folder in &input[1..] {
        let home = std::path::absolute(folder)?;
        let inside = std::path::absolute(target).is_ok_and(|path| path.starts_with(&home));
        if inside {
            let folder = folder.display();
            return Err(trouble(said!(
                "cannot publish into {folder}: the playbook is read from there; choose another folder",
                "不能发布到 {folder}：手册从那里读取，请另选文件夹"
            )));
        }
    }
    Ok(input.into_iter().filter(|p| p.exists()).collect())
}

/// What was done. `counts` are pages, files and the day.
fn summary(
    (pages, files, as_of): (usize, usize, Date),
    report: &Report,
    target: &Path,
    took: Duration,
    chinese: bool,
) -> String {
    let index = target.join("index.html");
    let (written, unchanged, removed) = (report.written, report.unchanged, report.removed);
    let (ms, index) = (took.as_millis(), index.display());
    let line = if chinese {
        format!(
            "{pages} 个页面、{files} 个文件（写入 {written}、未变 {unchanged}、删除 {removed}），截至 {as_of}，用时 {ms} 毫秒\n打开 {index}"
        )
    } else {
        format!(
            "{pages} pages, {files} files ({written} written, {unchanged} unchanged, {removed} removed) as of {as_of} in {ms} ms\nopen {index}"
        )
    };
    line + "\n"
}

//! `playbook check`: judge everything, report all findings, or only those that a change brings in.

use super::args::CheckFlags;
use super::console::{self, Console};
use super::{input, timings};
use crate::base::{Date, Diagnostic, Said, Severity, Trouble, words};
use crate::compile::{Clock, Compiled, Input, RULES, judge};
use crate::report::{self, Format, Options, identity, summary};
use crate::said;
use crate::sources::revision::{self, Revision};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Where CI shows what a step has to say.
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";

pub(super) fn run(console: &Console, flags: &CheckFlags) -> anyhow::Result<ExitCode> {
    let root = &console.root;
    // What cannot be compared is said before anything is judged.
    let base = flags.changed.as_deref().map(|name| base(root, name)).transpose()?;
    let progress = console.progress(&said!("checking the playbook:", "正在检查手册："));
    let compiled = judge(input(root, flags.day.as_of)?);
    let change = base.map(|base| Change::since(root, &base, &compiled)).transpose()?;
    drop(progress);
    let findings = match &change {
        Some(change) => change.introduced.as_slice(),
        None => compiled.findings(),
    };
    let format = report::format(&flags.format).expect("bug: clap lets only known formats through");
    let brief = format.brief && !flags.all && !console.is_verbose();
    let shown: Vec<Diagnostic> = findings.iter().filter(|d| !brief || d.severity > Severity::Info).cloned().collect();
    let mut out = std::io::stdout().lock();
    let lang = &console.lang;
    let folder = revision::folder(root);
    let site = compiled.model.settings.base_url.as_ref().map(|url| format!("{url}/"));
    let options = Options {
        color: console.color(&out),
        folder: &folder,
        site: site.as_deref(),
        strict: flags.strict,
        ..options(compiled.model.as_of, lang)
    };
    let text = (format.write)(&shown, &compiled.sources, &options);
    out.write_all(text.as_bytes())?;
    let said = change.as_ref().map(Change::said);
    if let Some(said) = &said {
        console.note(said);
    }
    if brief {
        hidden(findings, &compiled, console);
    }
    details(console, &compiled);
    if console.is_verbose() {
        let total = compiled.timings.iter().map(|(_, took)| *took).sum();
        let table = timings::table(&compiled.timings, total, console.is_chinese());
        std::io::stderr().write_all(table.as_bytes())?;
    }
    if format.name == "github" {
        append_summary(&shown, &compiled, &options, said.as_ref().map(|said| said.in_lang(lang)))?;
    }
    let code = exit(findings, flags.strict);
    // The process ends here, and its memory with it: giving back each page and word first is what an author would wait for.
    std::mem::forget((compiled, change));
    Ok(code)
}

/// Where the work tree's change left a revision.
fn base(root: &Path, name: &str) -> anyhow::Result<Revision> {
    revision::fork(root, &revision::find(root, name)?, None)
}

/// What a change did to the findings.
struct Change {
    /// New, or heavier than before.
    introduced: Vec<Diagnostic>,
    /// As many as before the change.
    standing: usize,
    /// The same as before, but for their figures.
    altered: usize,
    /// As many as are gone.
    resolved: usize,
    /// Compared with this.
    base: String,
}

impl Change {
    /// Judges a revision on the same day as what is compared with it.
    fn since(root: &Path, base: &Revision, head: &Compiled) -> anyhow::Result<Self> {
        let (sources, read) = revision::read(root, base)?;
        let is_empty = sources.find("playbook.toml").is_none();
        let before = judge(Input { sources, read, clock: Clock::fixed(head.model.as_of) });
        // Before the first playbook there was nothing to find fault with.
        let old = if is_empty { &[] } else { before.findings() };
        let renamed = head.model.renamed(&before.model);
        let found = identity::compare((old, &before.sources), (head.findings(), &head.sources), &renamed);
        let change = Self {
            introduced: found.introduced.iter().map(|at| head.findings()[*at].clone()).collect(),
            standing: found.standing.len(),
            altered: found.altered.len(),
            resolved: found.resolved.len(),
            base: base.label(),
        };
        std::mem::forget(before);
        Ok(change)
    }

    fn said(&self) -> Said {
        let Self { introduced, standing, altered, resolved, base } = self;
        let (new, stood) = (introduced.len(), standing + altered);
        said!(
            "since {base}: {new} introduced, {resolved} resolved; {stood} more stood before and are not shown ({altered} with other figures now)",
            "与 {base} 相比：新增 {new} 条，已解决 {resolved} 条；另有 {stood} 条原已存在，未显示（其中 {altered} 条数值有变）"
        )
    }
}

/// What a report is told besides its findings.
fn options(as_of: Date, lang: &str) -> Options<'_> {
    Options {
        lang,
        width: console::width(),
        version: env!("CARGO_PKG_VERSION"),
        as_of: Some(as_of),
        rules: &RULES,
        ..Options::default()
    }
}

/// Findings for people.
pub(super) fn written(compiled: &Compiled, shown: &[Diagnostic], format: &str, lang: &str, color: bool) -> String {
    let format: &Format = report::format(format).expect("bug: only known formats are asked for");
    (format.write)(shown, &compiled.sources, &Options { color, ..options(compiled.model.as_of, lang) })
}

/// Adds the findings to what the step of a workflow shows, where there is such a step.
fn append_summary(
    shown: &[Diagnostic],
    compiled: &Compiled,
    options: &Options<'_>,
    said: Option<&str>,
) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os(SUMMARY).filter(|path| !path.is_empty()) else { return Ok(()) };
    let mut text = summary(shown, &compiled.sources, options);
    if let Some(said) = said {
        text.push_str(&report::markdown::words(said));
        text.push_str("\n\n");
    }
    let write = || std::fs::OpenOptions::new().create(true).append(true).open(&path)?.write_all(text.as_bytes());
    let place = Path::new(&path).display();
    let tried =
        said!("cannot write the step's summary ({SUMMARY}) to {place}", "无法把本步骤的摘要（{SUMMARY}）写入 {place}");
    write().map_err(|error| Trouble::io(&tried, &error).into())
}

/// Says on standard error how many hints were not shown, so that nobody thinks there are none.
fn hidden(findings: &[Diagnostic], compiled: &Compiled, console: &Console) {
    let infos = findings.iter().filter(|d| d.severity == Severity::Info).count();
    let waived = compiled.judged.waived.len();
    if infos > 0 {
        let hints = words::count(i64::try_from(infos).unwrap_or(0), "hint");
        console.note(&said!("{hints} not shown, see them with --all", "另有 {infos} 条信息，用 --all 查看"));
    }
    if waived > 0 {
        let findings = words::count(i64::try_from(waived).unwrap_or(0), "finding");
        console.note(&said!("{findings} waived", "{waived} 条问题已豁免"));
    }
}

/// What whoever asks for more wants to know of a judgement.
pub(super) fn details(console: &Console, compiled: &Compiled) {
    if console.is_verbose() {
        let (files, as_of) =
            (compiled.sources.paths().filter(|(path, _)| !path.starts_with('<')).count(), compiled.model.as_of);
        let place = console.root.display();
        console.note(&said!(
            "read {files} files in {place}, judged as of {as_of}",
            "读取 {place} 中的 {files} 个文件，截至 {as_of}"
        ));
    }
}

fn exit(findings: &[Diagnostic], strict: bool) -> ExitCode {
    let worst = findings.iter().map(|d| d.severity).max();
    let fails = worst == Some(Severity::Error) || (strict && worst == Some(Severity::Warning));
    if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

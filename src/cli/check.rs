//! `playbook check`: judge everything, report all findings, or only those that a change brings in.

use super::args::CheckFlags;
use super::{input, terminal};
use crate::base::{Date, Diagnostic, Severity, words};
use crate::compile::{Clock, Compiled, Input, RULES, judge};
use crate::report::{self, Format, Options, identity, summary};
use crate::sources::revision::{self, Revision};
use anyhow::Context;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Where CI shows what a step has to say.
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";

pub(super) fn run(root: &Path, flags: &CheckFlags) -> anyhow::Result<ExitCode> {
    // What cannot be compared is said before anything is judged.
    let base = flags.changed.as_deref().map(|name| base(root, name)).transpose()?;
    let compiled = judge(input(root, flags.as_of)?);
    let change = base.map(|base| Change::since(root, &base, &compiled)).transpose()?;
    let findings = match &change {
        Some(change) => change.introduced.as_slice(),
        None => compiled.findings(),
    };
    let format = report::format(&flags.format).expect("bug: clap lets only known formats through");
    let brief = format.brief && !flags.all;
    let shown: Vec<Diagnostic> = findings.iter().filter(|d| !brief || d.severity > Severity::Info).cloned().collect();
    let mut out = std::io::stdout().lock();
    let lang = terminal::lang(flags.lang.as_deref());
    let folder = revision::folder(root);
    let site = compiled.model.settings.base_url.as_ref().map(|url| format!("{url}/"));
    let options = Options {
        color: terminal::color(&out),
        folder: &folder,
        site: site.as_deref(),
        strict: flags.strict,
        ..options(compiled.model.as_of, &lang)
    };
    let text = (format.write)(&shown, &compiled.sources, &options);
    out.write_all(text.as_bytes())?;
    let said = change.as_ref().map(|change| change.said(&lang));
    if let Some(said) = &said {
        eprintln!("{said}");
    }
    if brief {
        hidden(findings, &compiled, &lang);
    }
    if format.name == "github" {
        append_summary(&shown, &compiled, &options, said.as_deref())?;
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

    fn said(&self, lang: &str) -> String {
        let Self { introduced, standing, altered, resolved, base } = self;
        let (new, stood) = (introduced.len(), standing + altered);
        if lang.starts_with("zh") {
            format!(
                "与 {base} 相比：新增 {new} 条，已解决 {resolved} 条；另有 {stood} 条原已存在，未显示（其中 {altered} 条数值有变）"
            )
        } else {
            format!(
                "since {base}: {new} introduced, {resolved} resolved; {stood} more stood before and are not shown ({altered} with other figures now)"
            )
        }
    }
}

/// What a report is told besides its findings.
fn options(as_of: Date, lang: &str) -> Options<'_> {
    Options {
        lang,
        width: terminal::width(),
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
    write().with_context(|| format!("cannot write the step's summary ({SUMMARY}) to {}", Path::new(&path).display()))
}

/// Says on standard error how many hints were not shown, so that nobody thinks there are none.
fn hidden(findings: &[Diagnostic], compiled: &Compiled, lang: &str) {
    let infos = findings.iter().filter(|d| d.severity == Severity::Info).count();
    let waived = compiled.judged.waived.len();
    if infos > 0 && lang.starts_with("zh") {
        eprintln!("另有 {infos} 条提示，用 --all 查看");
    } else if infos > 0 {
        eprintln!("{} not shown, see them with --all", words::count(i64::try_from(infos).unwrap_or(0), "hint"));
    }
    if waived > 0 && lang.starts_with("zh") {
        eprintln!("{waived} 条问题已豁免");
    } else if waived > 0 {
        eprintln!("{} waived", words::count(i64::try_from(waived).unwrap_or(0), "finding"));
    }
}

fn exit(findings: &[Diagnostic], strict: bool) -> ExitCode {
    let worst = findings.iter().map(|d| d.severity).max();
    let fails = worst == Some(Severity::Error) || (strict && worst == Some(Severity::Warning));
    if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

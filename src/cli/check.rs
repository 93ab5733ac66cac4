//! `playbook check`: judge everything, report all findings.

use super::args::CheckFlags;
use super::{input, terminal};
use crate::base::{Diagnostic, Severity};
use crate::compile::{Compiled, judge};
use crate::report::{self, Options};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(root: &Path, flags: &CheckFlags) -> anyhow::Result<ExitCode> {
    let compiled = judge(input(root, flags.as_of)?);
    let human = flags.format == "human";
    let shown: Vec<Diagnostic> =
        compiled.findings().iter().filter(|d| flags.all || !human || d.severity > Severity::Info).cloned().collect();
    let mut out = std::io::stdout().lock();
    let lang = terminal::lang(flags.lang.as_deref());
    let color = terminal::color(&out);
    let text = written(&compiled, &shown, &flags.format, &lang, color);
    out.write_all(text.as_bytes())?;
    if human && !flags.all {
        hidden(&compiled, &lang);
    }
    let code = exit(compiled.findings(), flags.strict);
    // The process ends here, and its memory with it: giving back each page and word first is what an author would wait for.
    std::mem::forget(compiled);
    Ok(code)
}

/// Findings in one format.
pub(super) fn written(compiled: &Compiled, shown: &[Diagnostic], format: &str, lang: &str, color: bool) -> String {
    let options = Options {
        lang,
        color,
        width: terminal::width(),
        version: env!("CARGO_PKG_VERSION"),
        as_of: Some(compiled.model.as_of),
    };
    let format = report::format(format).expect("bug: clap lets only known formats through");
    (format.write)(shown, &compiled.sources, &options)
}

/// Says on standard error how many hints were not shown, so that nobody thinks there are none.
fn hidden(compiled: &Compiled, lang: &str) {
    let infos = compiled.findings().iter().filter(|d| d.severity == Severity::Info).count();
    let waived = compiled.judged.waived.len();
    if infos > 0 && lang.starts_with("zh") {
        eprintln!("另有 {infos} 条提示，用 --all 查看");
    } else if infos > 0 {
        eprintln!(
            "{} not shown, see them with --all",
            crate::base::words::count(i64::try_from(infos).unwrap_or(0), "hint")
        );
    }
    if waived > 0 && lang.starts_with("zh") {
        eprintln!("{waived} 条问题已豁免");
    } else if waived > 0 {
        eprintln!("{} waived", crate::base::words::count(i64::try_from(waived).unwrap_or(0), "finding"));
    }
}

fn exit(findings: &[Diagnostic], strict: bool) -> ExitCode {
    let worst = findings.iter().map(|d| d.severity).max();
    let fails = worst == Some(Severity::Error) || (strict && worst == Some(Severity::Warning));
    if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

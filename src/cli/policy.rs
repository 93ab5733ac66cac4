//! `playbook policy`: the effective policy, each value with its origin.

use super::args::PolicyFlags;
use super::input;
use crate::compile::compile;
use crate::report::Texts;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(root: &Path, flags: &PolicyFlags) -> anyhow::Result<ExitCode> {
    let compiled = compile(input(root, None)?);
    let prefix = flags.prefix.as_deref().unwrap_or_default();
    let mut out = std::io::stdout().lock();
    for value in compiled.model.policy.values().iter().filter(|v| v.path.starts_with(prefix)) {
        let origin = Texts::path(&compiled.sources, value.span.file);
        writeln!(out, "{} = {}  # {origin}", value.path, value.value)?;
    }
    Ok(ExitCode::SUCCESS)
}

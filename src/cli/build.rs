//! `playbook build`: check, render, publish.

use super::args::BuildFlags;
use super::{check, input, terminal};
use crate::compile::compile;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(root: &Path, flags: &BuildFlags) -> anyhow::Result<ExitCode> {
    let compiled = compile(input(root, flags.as_of)?);
    let lang = terminal::lang(flags.lang.as_deref());
    let mut err = std::io::stderr().lock();
    let text = check::written(&compiled, compiled.findings(), "human", &lang, terminal::color(&err));
    err.write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

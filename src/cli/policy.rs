//! `playbook policy`: the effective policy, each value with its origin.

use super::args::PolicyFlags;
use super::console::Console;
use super::input;
use crate::base::{trouble, words};
use crate::compile;
use crate::policy::Value;
use crate::report::Texts;
use crate::said;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &PolicyFlags) -> anyhow::Result<ExitCode> {
    let (model, _, sources) = compile::read(input(&console.root, None)?);
    let prefix = flags.prefix.as_deref().unwrap_or_default();
    let values = model.policy.values();
    let mut out = std::io::stdout().lock();
    let mut list = values.iter().filter(|v| v.path.starts_with(prefix)).peekable();
    if list.peek().is_none() {
        return Err(unknown(prefix, &values));
    }
    for value in list {
        let origin = Texts::path(&sources, value.span.file);
        writeln!(out, "{} = {}  # {origin}", value.path, value.value)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says that a path is none, and which one was probably meant: a value's, or one above it.
fn unknown(prefix: &str, values: &[Value]) -> anyhow::Error {
    let above = |path: &'_ str| path.match_indices('.').map(|(at, _)| at).collect::<Vec<_>>();
    let paths = values.iter().flat_map(|v| above(&v.path).into_iter().map(|at| &v.path[..at]).chain([v.path.as_str()]));
    trouble(match words::nearest(prefix, paths) {
        Some(near) => said!(
            "no value of policy has a path that begins with `{prefix}`; did you mean `{near}`?",
            "政策中没有以 `{prefix}` 开头的值；是否想写 `{near}`？"
        ),
        None => said!(
            "no value of policy has a path that begins with `{prefix}`; `playbook policy` lists all",
            "政策中没有以 `{prefix}` 开头的值；`playbook policy` 列出全部"
        ),
    })
}

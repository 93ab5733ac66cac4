//! `playbook explain`: what a rule finds, why, and how to mend it.

use super::args::ExplainFlags;
use super::console::Console;
use crate::base::{trouble, words};
use crate::compile;
use crate::said;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &ExplainFlags) -> anyhow::Result<ExitCode> {
    let chinese = console.is_chinese();
    let mut out = std::io::stdout().lock();
    let Some(code) = &flags.rule else {
        let width = compile::RULES.iter().map(|r| r.code.len()).max().unwrap_or(0);
        for rule in compile::RULES.iter() {
            let summary = if chinese { rule.summary_zh() } else { rule.summary() };
            writeln!(out, "{:width$}  {:7}  {summary}", rule.code, rule.severity.word())?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(rule) = compile::rule(code) else { return Err(unknown_rule(code)) };
    writeln!(out, "{} ({})\n", rule.code, rule.severity)?;
    // The documentation of a rule is rustdoc: every line of it begins with the space after `///`.
    let text = if chinese { rule.zh } else { rule.docs };
    for line in text.lines() {
        writeln!(out, "{}", line.strip_prefix(' ').unwrap_or(line))?;
    }
    if chinese {
        let examples = rule.docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l));
        writeln!(out)?;
        for line in examples.skip_while(|l| !l.starts_with("## Example")) {
            writeln!(out, "{}", if line.starts_with("## Example") { "## 示例" } else { line })?;
        }
    }
    if !rule.items.is_empty() {
        writeln!(out, "\n{}", rule.items.join(", "))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says that a rule is none, and which one was probably meant.
pub(super) fn unknown_rule(code: &str) -> anyhow::Error {
    trouble(match words::nearest(code, compile::RULES.iter().map(|r| r.code)) {
        Some(near) => {
            said!("there is no rule `{code}`; did you mean `{near}`?", "没有规则 `{code}`；是否想写 `{near}`？")
        }
        None => said!(
            "there is no rule `{code}`; `playbook explain` lists all rules",
            "没有规则 `{code}`；`playbook explain` 列出全部规则"
        ),
    })
}

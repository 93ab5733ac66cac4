//! The findings as a Markdown table, for the summary of a step in CI: annotations show only the first of them.

use super::position::{Places, Unit};
use super::spot::Spot;
use super::{Counts, Options, Texts, markdown, worst_first};
use crate::base::{Diagnostic, Severity};
use crate::said;
use std::fmt::Write as _;

/// Bytes that GitHub takes of a step's summary are 1 MiB; this leaves room for what other commands of the step say.
const LARGEST: usize = 900_000;

/// Writes a heading and a table, the worst first; what does not fit is counted.
pub fn summary(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let chinese = options.lang.starts_with("zh");
    let day = options.as_of.map(|day| if chinese { format!("（截至 {day}）") } else { format!(" (as of {day})") });
    let (colon, day) = (if chinese { "：" } else { ": " }, day.unwrap_or_default());
    let counts = Counts::of(findings).said();
    let count = counts.in_lang(options.lang);
    let count = match (count.is_empty(), chinese) {
        (false, _) => count,
        (true, false) => "nothing to mend",
        (true, true) => "没有问题",
    };
    let mut out = format!("### playbook check{colon}{count}{day}\n\n");
    if findings.is_empty() {
        return out;
    }
    out.push_str(if chinese { "| | 位置 | 问题 | 建议 |\n" } else { "| | Where | What | What to do |\n" });
    out.push_str("|---|---|---|---|\n");
    let mut places = Places::new(texts);
    for (at, finding) in worst_first(findings).into_iter().enumerate() {
        let row = row(finding, &mut places, options);
        if out.len() + row.len() > LARGEST {
            let more = findings.len() - at;
            let said = said!("\n{more} more are not shown here.\n", "\n另有 {more} 条未在此显示。\n");
            out.push_str(said.in_lang(options.lang));
            break;
        }
        out.push_str(&row);
    }
    out.push('\n');
    out
}

fn row(finding: &Diagnostic, places: &mut Places<'_>, options: &Options<'_>) -> String {
    let word = match finding.severity {
        Severity::Error => said!("❌ error", "❌ 错误"),
        Severity::Warning => said!("⚠️ warning", "⚠️ 警告"),
        Severity::Info => said!("ℹ️ info", "ℹ️ 信息"),
    };
    let spot = Spot::of(finding, places, Unit::Characters, options);
    let place = match spot.is_real {
        true => markdown::code(&format!("{}:{}", spot.path, spot.range.start.line)),
        false => String::new(),
    };
    let rule = match options.page_of(finding.rule) {
        Some(page) => format!("[{}]({page})", finding.rule),
        None => markdown::code(finding.rule),
    };
    let message = markdown::sentence(finding.message.in_lang(options.lang));
    let hints: Vec<String> =
        finding.hints.iter().map(|hint| markdown::sentence(hint.text.in_lang(options.lang))).collect();
    let mut row = String::new();
    let _ =
        writeln!(row, "| {} | {place} | {message}<br>{rule} | {} |", word.in_lang(options.lang), hints.join("<br>"));
    row
}

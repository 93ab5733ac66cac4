//! Annotations on a pull request: one workflow command a finding, as GitHub, Gitea and Forgejo Actions read them.
//!
//! GitHub shows ten errors and ten warnings of a step and fifty annotations of a job, and drops the rest in silence
//! (actions/toolkit#734): the worst come first, and the last line says so. The step's summary ([`mod@super::summary`]) has all.

use super::position::{Places, Unit};
use super::spot::Spot;
use super::{Counts, Options, Texts, told, worst_first};
use crate::base::{Diagnostic, Severity};
use crate::said;
use std::fmt::Write as _;

/// Annotations of one kind that GitHub shows of a step.
const SHOWN: usize = 10;

/// Writes one command a finding, the worst first.
pub fn github(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let mut places = Places::new(texts);
    let mut out = String::new();
    for finding in worst_first(findings) {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let _ = write!(out, "::{command} ");
        let spot = Spot::of(finding, &mut places, Unit::Characters, options);
        if spot.is_real {
            let (start, end) = (spot.range.start, spot.range.end);
            let _ = write!(out, "file={},line={},endLine={},", property(&spot.path), start.line, end.line);
            // Columns of a range over several lines are refused.
            if start.line == end.line {
                let _ = write!(out, "col={},endColumn={},", start.column, end.column);
            }
        }
        let message = told(finding, options.lang).join("\n");
        let _ = writeln!(out, "title={}::{}", property(finding.rule), data(&message));
    }
    let Counts { errors, warnings, .. } = Counts::of(findings);
    if errors > SHOWN || warnings > SHOWN {
        let said = said!(
            "GitHub shows the first {SHOWN} errors and {SHOWN} warnings as annotations: this log and the step's summary have all",
            "GitHub 只把前 {SHOWN} 个错误和前 {SHOWN} 个警告显示为标注：完整列表见此日志和步骤摘要"
        );
        out.push_str(said.in_lang(options.lang));
        out.push('\n');
    }
    out
}

/// What follows `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What follows `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

//! One line a finding: `path:line:column: severity[rule] message`, as compilers print and editors read.

use super::position::Places;
use super::{Options, Texts, one_line};
use crate::base::Diagnostic;
use std::fmt::Write as _;

/// Writes one line a finding. Severity and rule keep their English words so that a script can read them;
/// a finding without a place starts with its severity.
pub fn short(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let mut places = Places::new(texts);
    let mut out = String::new();
    for finding in findings {
        if let Some(span) = finding.span {
            let at = places.of(span).start;
            let _ = write!(out, "{}:{}:{}: ", one_line(places.path(span.file)), at.line, at.column);
        }
        let message = one_line(finding.message.in_lang(options.lang));
        let _ = writeln!(out, "{}[{}] {message}", finding.severity, finding.rule);
    }
    out
}

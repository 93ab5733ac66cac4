//! GitLab's Code Quality report: shown beside the changed lines of a merge request.
//!
//! GitLab compares the report of a merge request with that of its target by `fingerprint`, so that holds no line number.

use super::identity::fingerprints;
use super::position::{Places, Unit};
use super::spot::Spot;
use super::{Options, Texts, told};
use crate::base::{Diagnostic, Severity};
use serde::Serialize;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes one JSON list, also when there is no finding.
pub fn gitlab(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let mut places = Places::new(texts);
    let issue = |(finding, fingerprint): (&Diagnostic, crate::base::Fingerprint)| {
        let spot = Spot::of(finding, &mut places, Unit::Characters, options);
        Issue {
            description: told(finding, options.lang).join(if options.lang.starts_with("zh") { "；" } else { "; " }),
            check_name: finding.rule,
            fingerprint: fingerprint.to_string(),
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path: spot.path,
                lines: Lines { begin: spot.range.start.line, end: spot.range.end.line },
            },
        }
    };
    let issues: Vec<Issue> = findings.iter().zip(fingerprints(findings, texts)).map(issue).collect();
    serde_json::to_string_pretty(&issues).expect("bug: strings and numbers are always JSON") + "\n"
}

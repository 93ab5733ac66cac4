//! Reviewdog Diagnostic Format: reviewdog comments on GitHub, GitLab, Gitea, Bitbucket and Gerrit, and offers edits to apply.
//!
//! Columns count bytes of UTF-8 from 1; an end stands just past the last byte.

use super::position::{Places, Position, Unit};
use super::spot::Spot;
use super::{Options, Texts, told};
use crate::base::{Diagnostic, Severity};
use serde::Serialize;
use std::ops::Range as Between;

#[derive(Serialize)]
struct Document {
    source: Source,
    diagnostics: Vec<Finding>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Finding {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

/// Writes one JSON document, also when there is no finding.
pub fn rdjson(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let mut places = Places::new(texts);
    let finding = |finding: &Diagnostic| {
        let spot = Spot::of(finding, &mut places, Unit::Bytes, options);
        // A suggestion speaks of the finding's own file and has no other way to name one.
        let edits = finding.hints.iter().filter_map(|hint| hint.edit.as_ref());
        let here = edits.filter(|edit| finding.span.is_some_and(|span| span.file == edit.span.file));
        let suggestions = here
            .map(|edit| Suggestion { range: range(&places.counted(edit.span, Unit::Bytes)), text: edit.text.clone() })
            .collect();
        Finding {
            message: told(finding, options.lang).join("\n"),
            location: Location { path: spot.path, range: range(&spot.range) },
            severity: match finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: Code { value: finding.rule, url: options.page_of(finding.rule) },
            suggestions,
        }
    };
    let diagnostics = findings.iter().map(finding).collect();
    let source = Source { name: "playbook", url: options.site.map(str::to_owned) };
    let document = Document { source, diagnostics };
    serde_json::to_string_pretty(&document).expect("bug: strings and numbers are always JSON") + "\n"
}

fn range(between: &Between<Position>) -> Range {
    let place = |at: Position| Place { line: at.line, column: at.column };
    Range { start: place(between.start), end: place(between.end) }
}

//! JSON for programs: everything a finding knows, in both languages.
//!
//! The shape is stable: keys may be added, none is renamed or removed without another `format` number.
//! Every key is always there; what does not exist is `null` or an empty list.
//!
//! ```json
//! {
//!   "format": 1,
//!   "version": "0.1.0",
//!   "as_of": "2026-03-01",
//!   "summary": { "errors": 1, "warnings": 0, "infos": 0, "files": 1 },
//!   "findings": [
//!     {
//!       "rule": "budget/split",
//!       "severity": "error",
//!       "message": "…",
//!       "message_zh": "……",
//!       "path": "content/campaigns/x/campaign.toml",
//!       "line": 12, "column": 10, "end_line": 12, "end_column": 16,
//!       "byte_start": 210, "byte_end": 216,
//!       "labels": [{ "message": "…", "message_zh": "……", "path": "…", "line": 3, "…": "as above" }],
//!       "hints": [
//!         {
//!           "message": "…",
//!           "message_zh": "……",
//!           "edit": { "text": "302000", "path": "…", "line": 12, "…": "as above" }
//!         }
//!       ],
//!       "subject": "campaigns/x#media",
//!       "docs": "rules/budget/split/"
//!     }
//!   ]
//! }
//! ```
//!
//! Lines and columns start at 1; a column counts Unicode characters; `end_line` and `end_column` stand just past
//! the last character. Bytes count from 0 in the file's UTF-8, without a byte order mark. `severity` is `error`, `warning` or `info`. `edit`
//! replaces the bytes of its place by `text`. `docs` is the rule's page, relative to the site's root.

use super::position::Places;
use super::{Counts, Options, Texts};
use crate::base::{Date, Diagnostic, Said, Severity, Span};
use serde::Serialize;

/// Raised when a key is renamed or removed.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    version: &'a str,
    as_of: Option<Date>,
    summary: Counts,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: Severity,
    #[serde(flatten)]
    message: Words<'a>,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<Label<'a>>,
    hints: Vec<Hint<'a>>,
    subject: Option<String>,
    docs: String,
}

#[derive(Serialize)]
struct Words<'a> {
    message: &'a str,
    message_zh: &'a str,
}

#[derive(Serialize, Default)]
struct Place<'a> {
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    byte_start: Option<u32>,
    byte_end: Option<u32>,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    message: Words<'a>,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Hint<'a> {
    #[serde(flatten)]
    message: Words<'a>,
    edit: Option<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Writes one JSON document, also when there is no finding.
pub fn json(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let mut places = Places::new(texts);
    let document = Document {
        format: FORMAT,
        version: options.version,
        as_of: options.as_of,
        summary: Counts::of(findings),
        findings: findings.iter().map(|d| finding(d, &mut places)).collect(),
    };
    let text = serde_json::to_string_pretty(&document).expect("bug: strings and numbers are always JSON");
    text + "\n"
}

fn finding<'a>(d: &'a Diagnostic, places: &mut Places<'a>) -> Finding<'a> {
    Finding {
        rule: d.rule,
        severity: d.severity,
        message: words(&d.message),
        place: d.span.map(|span| place(span, places)).unwrap_or_default(),
        labels: d
            .labels
            .iter()
            .map(|(span, said)| Label { message: words(said), place: place(*span, places) })
            .collect(),
        hints: d
            .hints
            .iter()
            .map(|hint| Hint {
                message: words(&hint.text),
                edit: hint.edit.as_ref().map(|e| Edit { text: &e.text, place: place(e.span, places) }),
            })
            .collect(),
        subject: d.subject.as_ref().map(ToString::to_string),
        docs: format!("rules/{}/", d.rule),
    }
}

fn words(said: &Said) -> Words<'_> {
    Words { message: &said.en, message_zh: &said.zh }
}

fn place<'a>(span: Span, places: &mut Places<'a>) -> Place<'a> {
    let at = places.of(span);
    Place {
        path: Some(places.path(span.file)),
        line: Some(at.start.line),
        column: Some(at.start.column),
        end_line: Some(at.end.line),
        end_column: Some(at.end.column),
        byte_start: Some(span.start),
        byte_end: Some(span.end),
    }
}

//! Findings, places and suggestions as the protocol writes them.

use super::book::Book;
use super::complete::{Sort, Suggested};
use super::text::Lines;
use crate::base::{Diagnostic, Edit, Severity, Span};
use crate::schema::names;
use lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, TextEdit, Uri,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::str::FromStr;

/// What this server can do.
pub(super) fn capabilities() -> Value {
    json!({
        "positionEncoding": "utf-16",
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "completionProvider": { "triggerCharacters": ["\"", "=", "[", "{", " ", "-", "+", "."] },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "renameProvider": { "prepareProvider": true },
        "documentSymbolProvider": true,
        "documentFormattingProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix"] },
    })
}

/// The address of a file, by its path in the playbook.
type Addresses<'a> = Box<dyn Fn(&str) -> Option<Uri> + 'a>;

/// Writes what is found in a playbook.
pub(super) struct Converter<'a> {
    pub(super) book: &'a Book,
    pub(super) lang: &'a str,
    pub(super) uri: Addresses<'a>,
}

impl Converter<'_> {
    fn lines(&self, span: Span) -> Lines<'_> {
        Lines::new(self.book.sources.text(span.file).unwrap_or_default())
    }

    fn place(&self, span: Span) -> Option<Location> {
        let path = self.book.sources.path(span.file);
        // What ships inside the binary lies in no file.
        let uri = (!path.starts_with('<')).then(|| (self.uri)(path)).flatten()?;
        Some(Location { uri, range: self.lines(span).range(span.range()) })
    }

    pub(super) fn diagnostics(&self, findings: &[Diagnostic]) -> Vec<lsp_types::Diagnostic> {
        findings.iter().filter_map(|finding| self.diagnostic(finding)).collect()
    }

    fn diagnostic(&self, finding: &Diagnostic) -> Option<lsp_types::Diagnostic> {
        let span = finding.span?;
        let mut message = finding.message.in_lang(self.lang).to_owned();
        for hint in &finding.hints {
            message.push('\n');
            message.push_str(hint.text.in_lang(self.lang));
        }
        let related = finding.labels.iter().filter_map(|(span, said)| {
            let message = said.in_lang(self.lang).to_owned();
            Some(DiagnosticRelatedInformation { location: self.place(*span)?, message })
        });
        let related: Vec<_> = related.collect();
        let site = self.book.model.settings.base_url.as_ref();
        let page = site.and_then(|site| Uri::from_str(&format!("{site}/rules/{}/", finding.rule)).ok());
        Some(lsp_types::Diagnostic {
            range: self.lines(span).range(span.range()),
            severity: Some(match finding.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Info => DiagnosticSeverity::HINT,
            }),
            code: Some(NumberOrString::String(finding.rule.to_owned())),
            code_description: page.map(|href| CodeDescription { href }),
            source: Some("playbook".to_owned()),
            message,
            related_information: Some(related).filter(|r| !r.is_empty()),
            tags: None,
            data: None,
        })
    }

    pub(super) fn location(&self, found: &names::Found) -> Option<Value> {
        self.place(found.span).map(|place| json!(place))
    }

    /// Edits by file.
    fn edits<'e>(&self, list: impl Iterator<Item = (Span, &'e str)>) -> Value {
        let mut changes: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
        for (span, text) in list {
            if let Some(place) = self.place(span) {
                let edit = TextEdit { range: place.range, new_text: text.to_owned() };
                changes.entry(place.uri.as_str().to_owned()).or_default().push(edit);
            }
        }
        json!({ "changes": changes })
    }

    pub(super) fn rename(&self, places: &[names::Found], new: &str) -> Value {
        self.edits(places.iter().map(|found| (found.span, new)))
    }

    /// What mends a finding, one action for each advice that says what to write.
    pub(super) fn actions(&self, finding: &Diagnostic) -> Vec<Value> {
        let edits: Vec<(&str, &Edit)> = finding
            .hints
            .iter()
            .filter_map(|hint| hint.edit.as_ref().map(|edit| (hint.text.in_lang(self.lang), edit)))
            .collect();
        let preferred = edits.len() == 1;
        let action = |(title, edit): (&str, &Edit)| {
            json!({
                "title": title,
                "kind": "quickfix",
                "isPreferred": preferred,
                "diagnostics": self.diagnostic(finding).into_iter().collect::<Vec<_>>(),
                "edit": self.edits(std::iter::once((edit.span, edit.text.as_str()))),
            })
        };
        edits.into_iter().map(action).collect()
    }
}

/// Suggestions: each takes the place of the words that stand there.
pub(super) fn completion(found: &Suggested, text: &str) -> Value {
    let range = Lines::new(text).range(found.bytes.clone());
    let items: Vec<Value> = found
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let kind = match item.kind {
                Sort::Key => 10,
                Sort::Table => 22,
                Sort::Word => 20,
                Sort::Name => 18,
                Sort::Date => 12,
            };
            json!({
                "label": item.label,
                "kind": kind,
                "detail": item.detail,
                "documentation": item.about,
                // Editors compare this with the words that are replaced, quotes included.
                "filterText": item.insert,
                "sortText": format!("{at:05}"),
                "textEdit": { "range": range, "newText": item.insert },
            })
        })
        .collect();
    json!({ "isIncomplete": false, "items": items })
}

//! SARIF 2.1.0 for code scanning and editors: rules with their documentation, results with places, advice as fixes.
//!
//! Columns count units of UTF-16, which is what every viewer of SARIF does, and `columnKind` says so.

use super::identity::fingerprints;
use super::position::{Places, Unit};
use super::spot::Spot;
use super::{Options, Texts, told};
use crate::base::{Diagnostic, Edit, Fingerprint, Rule, Severity};
use crate::said;
use serde_json::{Value, json};

/// Results of a run that GitHub takes in; a file with more is refused as a whole.
const LARGEST: usize = 25_000;
/// Characters of a description that GitHub shows.
const DESCRIPTION: usize = 1024;

/// Writes one JSON document, also when there is no finding. What is too much is left out from the mildest on, and said.
pub fn sarif(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let mut places = Places::new(texts);
    let mut marked: Vec<(&Diagnostic, Fingerprint)> = findings.iter().zip(fingerprints(findings, texts)).collect();
    marked.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.severity));
    let left_out = marked.len().saturating_sub(LARGEST);
    marked.truncate(LARGEST);
    let results: Vec<Value> =
        marked.iter().map(|(finding, print)| result(finding, *print, &mut places, options)).collect();
    let mut driver = json!({
        "name": "playbook",
        "semanticVersion": options.version,
        "language": if options.lang.starts_with("zh") { "zh-Hans" } else { "en" },
        "rules": options.rules.iter().map(|rule| described(rule, options)).collect::<Vec<_>>(),
    });
    if let Some(site) = options.site {
        driver["informationUri"] = json!(site);
    }
    let mut invocation = json!({ "executionSuccessful": true });
    if left_out > 0 {
        let said = said!(
            "{left_out} milder findings are left out: a run may have {LARGEST}",
            "省略了 {left_out} 条较轻的问题：一次运行最多 {LARGEST} 条"
        );
        invocation["toolExecutionNotifications"] =
            json!([{ "level": "warning", "message": { "text": said.in_lang(options.lang) } }]);
    }
    let root = said!("the root of the repository", "仓库的根目录");
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "automationDetails": { "id": "playbook/" },
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": root.in_lang(options.lang) } } },
            "invocations": [invocation],
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&document).expect("bug: strings and numbers are always JSON") + "\n"
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn described(rule: &Rule, options: &Options<'_>) -> Value {
    let chinese = options.lang.starts_with("zh");
    let (summary, text) =
        if chinese { (rule.summary_zh(), rule.zh.trim().to_owned()) } else { (rule.summary(), rule.prose()) };
    let mut help = text.trim().to_owned();
    let text = help.clone();
    for example in rule.examples() {
        let word = match (example.reports, chinese) {
            (true, false) => "Reported",
            (true, true) => "会报告",
            (false, false) => "Fine",
            (false, true) => "正确",
        };
        help.push_str(&format!("\n\n{word}:\n\n```{}\n{}```", example.language, example.code));
    }
    let mut rule_json = json!({
        "id": rule.code,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": text.chars().take(DESCRIPTION).collect::<String>() },
        "help": { "text": text, "markdown": help },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": rule.items },
    });
    if let Some(page) = options.page_of(rule.code) {
        rule_json["helpUri"] = json!(page);
    }
    rule_json
}

fn result(finding: &Diagnostic, print: Fingerprint, places: &mut Places<'_>, options: &Options<'_>) -> Value {
    let message = told(finding, options.lang).join("\n");
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": [location(&Spot::of(finding, places, Unit::Utf16, options))],
        // GitHub reads the first and compares runs by it; the other is ours, for who reads it.
        "partialFingerprints": { "primaryLocationLineHash": print.to_string(), "playbookFinding/v1": print.to_string() },
    });
    if let Ok(index) = options.rules.binary_search_by_key(&finding.rule, |rule| rule.code) {
        result["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = finding
        .labels
        .iter()
        .map(|(span, said)| {
            let mut place = location(&Spot::at(*span, places, Unit::Utf16, options));
            place["message"] = json!({ "text": super::one_line(said.in_lang(options.lang)) });
            place
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    let fixes: Vec<Value> = finding
        .hints
        .iter()
        .filter_map(|hint| hint.edit.as_ref().map(|edit| (hint, edit)))
        .map(|(hint, edit)| {
            json!({
                "description": { "text": super::one_line(hint.text.in_lang(options.lang)) },
                "artifactChanges": [change(edit, places, options)],
            })
        })
        .collect();
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    result
}

fn change(edit: &Edit, places: &mut Places<'_>, options: &Options<'_>) -> Value {
    let spot = Spot::at(edit.span, places, Unit::Utf16, options);
    json!({
        "artifactLocation": artifact(&spot),
        "replacements": [{ "deletedRegion": region(&spot), "insertedContent": { "text": edit.text } }],
    })
}

fn location(spot: &Spot) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(spot), "region": region(spot) } })
}

fn region(spot: &Spot) -> Value {
    let (start, end) = (spot.range.start, spot.range.end);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn artifact(spot: &Spot) -> Value {
    json!({ "uri": encoded(&spot.path), "uriBaseId": "%SRCROOT%" })
}

/// A path as a relative URI.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

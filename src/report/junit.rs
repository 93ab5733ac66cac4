//! JUnit XML for any other CI: a suite for each family of rules, a test for each rule.
//!
//! Every rule is a test, so that a sound playbook has tests that pass (Jenkins takes none for a mistake), a rule keeps its
//! history from build to build, and what fails says all its findings at once. What would not fail the check is told
//! as output of a test that passes.

use super::position::{Places, Unit};
use super::spot::Spot;
use super::{Counts, Options, Texts, told};
use crate::base::{Diagnostic, Severity};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Writes one XML document, also when there is no finding.
pub fn junit(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let mut places = Places::new(texts);
    let mut suites: BTreeMap<&str, BTreeMap<&str, Vec<&Diagnostic>>> = BTreeMap::new();
    let known = options.rules.iter().map(|rule| rule.code);
    for code in known.chain(findings.iter().map(|finding| finding.rule)) {
        suites.entry(family(code)).or_default().entry(code).or_default();
    }
    for finding in findings {
        suites.entry(family(finding.rule)).or_default().entry(finding.rule).or_default().push(finding);
    }
    let fails = |finding: &&Diagnostic| {
        finding.severity == Severity::Error || options.strict && finding.severity == Severity::Warning
    };
    let failing = |list: &Vec<&Diagnostic>| list.iter().any(fails);
    let tests: usize = suites.values().map(BTreeMap::len).sum();
    let failures = suites.values().flat_map(BTreeMap::values).filter(|list| failing(list)).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"playbook\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" time=\"0\">"
    );
    for (family, rules) in &suites {
        let failures = rules.values().filter(|list| failing(list)).count();
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\">",
            escaped(family),
            rules.len()
        );
        for (code, list) in rules {
            let first = list.iter().find(|f| fails(f)).or(list.first());
            let place = first.map(|finding| Spot::of(finding, &mut places, Unit::Characters, options));
            let _ = write!(out, "    <testcase classname=\"playbook.{}\" name=\"{}\"", escaped(family), escaped(code));
            if let Some(spot) = place.filter(|spot| spot.is_real) {
                let _ = write!(out, " file=\"{}\" line=\"{}\"", escaped(&spot.path), spot.range.start.line);
            }
            if list.is_empty() {
                out.push_str(" time=\"0\"/>\n");
                continue;
            }
            out.push_str(" time=\"0\">\n");
            let (bad, rest): (Vec<&Diagnostic>, Vec<&Diagnostic>) = list.iter().partition(|finding| fails(finding));
            if let Some(worst) = bad.iter().map(|finding| finding.severity).max() {
                let all: Vec<Diagnostic> = bad.iter().map(|finding| (*finding).clone()).collect();
                let message = match bad.as_slice() {
                    [one] => super::one_line(one.message.in_lang(options.lang)),
                    _ => Counts::of(&all).said().in_lang(options.lang).to_owned(),
                };
                let text = listed(&bad, &mut places, options);
                let _ = writeln!(
                    out,
                    "      <failure message=\"{}\" type=\"{worst}\">{}</failure>",
                    escaped(&message),
                    escaped(&text)
                );
            }
            if !rest.is_empty() {
                let text = listed(&rest, &mut places, options);
                let _ = writeln!(out, "      <system-out>{}</system-out>", escaped(&text));
            }
            out.push_str("    </testcase>\n");
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn family(code: &str) -> &str {
    code.split('/').next().unwrap_or_default()
}

/// `path:line:column: severity: message`, advice below it.
fn listed(findings: &[&Diagnostic], places: &mut Places<'_>, options: &Options<'_>) -> String {
    let mut text = String::new();
    for finding in findings {
        let spot = Spot::of(finding, places, Unit::Characters, options);
        if spot.is_real {
            let start = spot.range.start;
            let _ = write!(text, "{}:{}:{}: ", spot.path, start.line, start.column);
        }
        let _ = writeln!(text, "{}: {}", finding.severity, told(finding, options.lang).join("\n    "));
    }
    text
}

/// Text and attribute values alike. What XML 1.0 cannot say is shown by another sign.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

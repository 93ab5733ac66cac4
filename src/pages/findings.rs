//! Findings as rows of a page: message, place, rule, advice.

use super::{parts, routes};
use crate::base::{Diagnostic, Said, Severity, Subject};
use crate::plan::{Cx, Ref};
use crate::report::position::Places;
use serde::Serialize;

/// Words of a message, or a name in it that is shown as code.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    text: String,
    is_code: bool,
}

/// One finding.
#[derive(Serialize)]
pub(super) struct Row {
    /// `error`, `warning`, `info`: class and key `severity-<word>`.
    pub(super) severity: &'static str,
    message: Vec<Piece>,
    hints: Vec<Vec<Piece>>,
    /// `content/people.toml:3:9`.
    place: Option<String>,
    /// Address of the page that shows that file.
    shown: Option<String>,
    rule: Ref,
    about: Option<Ref>,
    /// Language of message and advice, where it is not the page's.
    lang: Option<&'static str>,
}

/// Words in the language of messages nearest to the reader's, and that language where it is another.
pub(super) fn said_lang(cx: &Cx<'_>) -> (&'static str, Option<&'static str>) {
    let tag = cx.lang().tag();
    let spoken = if tag.starts_with("zh") { "zh-Hans" } else { "en" };
    let is_same = tag == spoken || tag.split('-').next() == Some("en") || tag == "zh";
    (spoken, (!is_same).then_some(spoken))
}

/// Splits a message at its backticks.
pub(super) fn pieces(said: &str) -> Vec<Piece> {
    let piece = |(at, text): (usize, &str)| Piece { text: text.to_owned(), is_code: at % 2 == 1 };
    said.split('`').enumerate().filter(|(_, text)| !text.is_empty()).map(piece).collect()
}

/// Rows of findings; each file's lines are counted once.
pub(super) fn rows<'d>(cx: &Cx<'_>, findings: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<Row> {
    let mut places = Places::new(cx.ground().sources);
    findings.into_iter().map(|finding| row(cx, finding, &mut places)).collect()
}

fn row(cx: &Cx<'_>, finding: &Diagnostic, places: &mut Places<'_>) -> Row {
    let (spoken, lang) = said_lang(cx);
    let say = |said: &Said| pieces(said.in_lang(spoken));
    let path = finding.span.map(|span| places.path(span.file).to_owned());
    let place = finding.span.map(|span| {
        let start = places.of(span).start;
        format!("{}:{}:{}", places.path(span.file), start.line, start.column)
    });
    Row {
        severity: finding.severity.word(),
        message: say(&finding.message),
        hints: finding.hints.iter().map(|h| say(&h.text)).collect(),
        place,
        shown: path.and_then(|p| cx.source_href(&p)),
        rule: cx.link(finding.rule, &routes::rule(finding.rule)),
        about: finding.subject.as_ref().map(|s| subject(cx, s)),
        lang,
    }
}

/// What a finding or waiver is about, as a link where there is such a page.
pub(super) fn subject(cx: &Cx<'_>, subject: &Subject) -> Ref {
    let model = cx.model();
    let mut link = match subject.thing.split_once('/') {
        Some(("campaigns", id)) => model.campaign(id).map(|c| parts::campaign(cx, c)),
        Some(("sops", id)) => model.sop(id).map(|s| cx.link(cx.words(&s.title), &routes::sop(id))),
        Some(("programmes", id)) => model.programme(id).map(|p| cx.link(cx.words(&p.title), &routes::programme(id))),
        _ => None,
    }
    .unwrap_or_else(|| Ref { text: subject.thing.clone(), lang: None, href: None });
    if let Some(item) = &subject.item {
        link.text = format!("{} · {item}", link.text);
    }
    link
}

/// The severities from the gravest down.
pub(super) const GRAVEST_FIRST: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_backticks_are_code() {
        let shown: Vec<(String, bool)> = pieces("`a` is not `b`").into_iter().map(|p| (p.text, p.is_code)).collect();
        assert_eq!(shown, [("a".to_owned(), true), (" is not ".to_owned(), false), ("b".to_owned(), true)]);
    }
}

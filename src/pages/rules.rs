//! `rules/`: everything the checks can find; `rules/<family>/<name>/`: what a rule says, why, with examples.

use super::findings::{self, said_lang};
use super::routes;
use crate::base::{FileId, Rule};
use crate::markup::markdown::{self, AsWritten, Options, Word};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Shelf};
use crate::sources::markdown::Document;
use serde::Serialize;
use std::collections::BTreeMap;

/// The index and a page for each rule.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let mut planned = vec![Planned::page(routes::rules(), "rules.html", index).more(Shelf::Method, 130, "rules-title")];
    for rule in ground.rules {
        let page = Planned::page(routes::rule(rule.code), "rule.html", move |cx| one(rule, cx));
        planned.push(page.section(crate::plan::Section::More));
    }
    planned
}

/// A rule among others.
#[derive(Serialize)]
struct Row {
    link: Ref,
    summary: Vec<findings::Piece>,
    /// Severity in force: `error`, `warning`, `info`, `off`.
    severity: &'static str,
    /// Its own, where policy changes it.
    own: Option<&'static str>,
    items: &'static [&'static str],
    findings: usize,
}

/// Everything `rules.html` can see.
#[derive(Serialize)]
struct Index {
    lang: Option<&'static str>,
    families: Vec<Family>,
    count: usize,
}

#[derive(Serialize)]
struct Family {
    id: &'static str,
    name: String,
    rules: Vec<Row>,
}

fn index(cx: &Cx<'_>) -> Page {
    let (spoken, lang) = said_lang(cx);
    let mut families: BTreeMap<&'static str, Vec<Row>> = BTreeMap::new();
    for rule in cx.ground().rules {
        families.entry(rule.family()).or_default().push(row(rule, spoken, cx));
    }
    let name = |id: &str| cx.strings().get(&format!("rule-family-{id}")).unwrap_or(id).to_owned();
    let families = families.into_iter().map(|(id, rules)| Family { id, name: name(id), rules }).collect();
    let view = Index { lang, families, count: cx.ground().rules.len() };
    Page::new(cx.t("rules-title"), view).about(cx.t("rules-about"))
}

fn row(rule: &'static Rule, spoken: &str, cx: &Cx<'_>) -> Row {
    let own = rule.severity.word();
    let severity = match cx.model().policy.severity(rule.code) {
        None => own,
        Some(None) => "off",
        Some(Some(severity)) => severity.word(),
    };
    Row {
        link: cx.link(rule.code, &routes::rule(rule.code)),
        summary: findings::pieces(summary(rule, spoken)),
        severity,
        own: (severity != own).then_some(own),
        items: rule.items,
        findings: cx.findings().iter().filter(|d| d.rule == rule.code).count(),
    }
}

/// The first line of a rule's documentation.
fn summary(rule: &'static Rule, spoken: &str) -> &'static str {
    if spoken == "en" { rule.summary() } else { rule.summary_zh() }
}

/// Everything `rule.html` can see.
#[derive(Serialize)]
struct View {
    row: Row,
    lang: Option<&'static str>,
    prose_html: String,
    examples: Vec<Example>,
    findings: Vec<findings::Row>,
    /// How many more the check report has.
    more: usize,
    check: Option<String>,
}

#[derive(Serialize)]
struct Example {
    reports: bool,
    language: &'static str,
    path: Option<&'static str>,
    code: String,
}

fn one(rule: &'static Rule, cx: &Cx<'_>) -> Page {
    let (spoken, lang) = said_lang(cx);
    let prose = if spoken == "en" { rule.prose() } else { rule.zh.to_owned() };
    let example =
        |e: crate::base::Example| Example { reports: e.reports, language: e.language, path: e.path, code: e.code };
    let row = row(rule, spoken, cx);
    let mut mine: Vec<_> = cx.findings().iter().filter(|d| d.rule == rule.code).collect();
    let more = super::worklist::cut_to("page-rows", &mut mine, cx);
    let view = View {
        lang,
        prose_html: html(&prose, cx),
        examples: rule.examples().into_iter().map(example).collect(),
        findings: findings::rows(cx, mine),
        more,
        check: cx.href(&routes::check()),
        row,
    };
    let about = summary(rule, spoken);
    Page::new(rule.code, view).under(cx.t("rules-title"), routes::rules()).about(about)
}

/// Documentation written in the program's source as HTML.
fn html(prose: &str, cx: &Cx<'_>) -> String {
    // No finding can come of it and no span is kept, so the file is nobody's.
    let (document, _) = Document::parse(FileId(0), prose, 0);
    let strings = cx.strings();
    let words = |word: Word| strings.text(word.key()).to_owned();
    markdown::render(&document, prose, &Options::new(&AsWritten, &words)).html
}

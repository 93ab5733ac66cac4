//! What a word means: the date of an offset, who somebody is, the value of policy and where it comes from, a rule, a key.

use super::book::Book;
use super::complete::{counted, in_lang, of};
use super::place::{Spot, held, place};
use crate::base::{Date, Diagnostic, Due, Offset};
use crate::compile;
use crate::schema::{Kind, Refers, known};
use crate::sources::shape::{Form, Leaf, plain};
use std::ops::Range;

/// Markdown about a place, and the bytes it is about.
pub(super) fn hover(
    book: &mut Book,
    path: &str,
    at: usize,
    rules: &[&str],
    lang: &str,
) -> Option<(String, Range<usize>)> {
    let findings = book.findings(path);
    book.campaign(path);
    let file = book.sources.find(path)?;
    let text = book.sources.text(file)?;
    let at = text.floor_char_boundary(at.min(text.len()));
    let mut parts: Vec<String> = Vec::new();
    let mut bytes = at..at;
    if let Some(kind) = Kind::of(path)
        && let Some(place) = place(text, kind.toml(text), at)
        && !place.word.is_empty()
        && let Some(held) = held(kind, &place.path)
    {
        bytes = place.word.clone();
        let word = text[place.word.clone()].trim_matches(['"', '\'']);
        if place.spot == Spot::Value {
            parts.extend(value(book, path, &held, place.path.last().map_or("", String::as_str), word, rules, lang));
        } else if let Some(field) = held.shape.and_then(|shape| shape.field(&held.key)) {
            let key = &held.key;
            let wanted = (field.wanted)();
            let must = match (field.required && !kind.partial, lang.starts_with("zh")) {
                (true, false) => " (must be written)",
                (true, true) => "（必填）",
                (false, _) => "",
            };
            parts.push(format!("**`{key}`**{must}: {}\n\n{}", plain(field.docs), wanted.in_lang(lang)));
        }
        if kind.name == "policy" {
            parts.extend(policy(book, &place.path, lang));
        }
    } else if let Some((symbol, range)) = crate::schema::names::at(&book.sources, path, at) {
        bytes = range;
        parts.extend(name(book, path, symbol.refers, "", &symbol.word, rules, lang));
    }
    for finding in findings.iter().filter(|d| d.span.is_some_and(|s| s.range().start <= at && at <= s.range().end)) {
        if bytes.is_empty() {
            bytes = finding.span.map_or(at..at, crate::base::Span::range);
        }
        parts.extend(rule(finding, lang));
    }
    (!parts.is_empty()).then(|| (parts.join("\n\n---\n\n"), bytes))
}

fn value(
    book: &Book,
    path: &str,
    held: &super::place::Held,
    key: &str,
    word: &str,
    rules: &[&str],
    lang: &str,
) -> Option<String> {
    if let Some(refers) = held.refers() {
        return name(book, path, refers, key, word, rules, lang);
    }
    match held.form.item() {
        Form::Words(words) => {
            words.iter().find(|(w, _)| *w == word).map(|(w, docs)| format!("**`{w}`**: {}", plain(docs)))
        }
        Form::Leaf(Leaf::Due | Leaf::Offset) => due(book, path, word, lang),
        _ => None,
    }
}

/// The date of an offset, with its weekday, and whether people work on it.
fn due(book: &Book, path: &str, word: &str, lang: &str) -> Option<String> {
    let chinese = lang.starts_with("zh");
    let (due, words) = match Date::parse(word) {
        Some(day) => (Due::On(day), String::new()),
        None => {
            let offset = Offset::parse(word)?;
            let words = counted(&offset, chinese);
            (Due::At(offset), format!("\n\n{words}"))
        }
    };
    let campaign = of(book, path)?;
    let calendar = book.model.calendar_of(campaign);
    let day = campaign.schedule.as_ref()?.resolve(&due, calendar)?;
    let names = if chinese {
        ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    } else {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    };
    let weekday = names[day.weekday().index()];
    let off = match (calendar.is_working(day), chinese) {
        (true, _) => "",
        (false, false) => ", a day off",
        (false, true) => "，休息日",
    };
    Some(format!("**{day}** {weekday}{off}{words}"))
}

fn name(book: &Book, path: &str, refers: Refers, key: &str, word: &str, rules: &[&str], lang: &str) -> Option<String> {
    let campaign = of(book, path);
    if refers == Refers::Rule {
        let rule = compile::rule(word)?;
        return Some(format!(
            "**`{word}`**: {}",
            if lang.starts_with("zh") { rule.summary_zh() } else { rule.summary() }
        ));
    }
    let one = known(&book.model, rules, refers, key, campaign).into_iter().find(|k| k.id == word)?;
    let mut text = format!("**`{word}`** {}", in_lang(&one.label, lang));
    match refers {
        Refers::Person => {
            let person = book.model.person(word)?;
            let department = person.department.as_ref().map(|d| d.value.as_str()).unwrap_or_default();
            let title = person.title.as_ref().map(|t| in_lang(t, lang)).unwrap_or_default();
            let parts: Vec<&str> = [title.as_str(), department].into_iter().filter(|p| !p.is_empty()).collect();
            text.push_str(&format!("\n\n{}", parts.join(" · ")));
        }
        Refers::Milestone => {
            let node = campaign.and_then(|c| c.schedule.as_ref()).and_then(|s| s.milestone(word));
            if let Some(node) = node {
                let owner = node.owner.as_ref().map(|o| format!(" · {}", o.value)).unwrap_or_default();
                text.push_str(&format!("\n\n{}{owner}", node.due));
            } else if let Some(due) = book.model.policy.node(word).and_then(|n| n.due.as_ref()) {
                text.push_str(&format!("\n\n{}", due.value));
            }
        }
        Refers::Sop => {
            let sop = book.model.sop(word)?;
            text.push_str(&format!("\n\n{}", sop.summary.as_ref().map(|s| in_lang(s, lang)).unwrap_or_default()));
        }
        _ => {}
    }
    Some(text.trim_end().to_owned())
}

/// The value of policy that is in force, and the file it was written in.
fn policy(book: &Book, path: &[String], lang: &str) -> Option<String> {
    let dotted = path.join(".");
    let value = book.model.policy.values().into_iter().find(|v| v.path == dotted)?;
    let origin = book.sources.path(value.span.file);
    let (said, from) = if lang.starts_with("zh") { ("生效值", "来自") } else { ("in force", "from") };
    Some(format!("{said}: `{} = {}`\n\n{from} `{origin}`", value.path, value.value))
}

/// What a rule finds and why.
fn rule(finding: &Diagnostic, lang: &str) -> Option<String> {
    let rule = compile::rule(finding.rule)?;
    let words = if lang.starts_with("zh") { rule.zh.to_owned() } else { rule.prose() };
    Some(format!("**{}** `{}`\n\n{words}", finding.message.in_lang(lang), rule.code))
}

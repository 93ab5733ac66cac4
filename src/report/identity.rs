//! What makes two findings the same although their lines moved.

use super::Texts;
use super::position::Places;
use crate::base::{Diagnostic, Fingerprint};
use std::collections::BTreeMap;

/// A fingerprint for each finding: without line numbers, so that it stays when lines move, and without figures, which
/// change from day to day (`5 days late`); those that would be the same are counted.
pub fn fingerprints(findings: &[Diagnostic], texts: &dyn Texts) -> Vec<Fingerprint> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let fingerprint = |finding: &Diagnostic| {
        let key = identity(finding, texts, &masked(&finding.message.en));
        let nth = seen.entry(key.clone()).or_default();
        *nth += 1;
        Fingerprint::of(format!("{key}\0{nth}").as_bytes())
    };
    findings.iter().map(fingerprint).collect()
}

fn identity(finding: &Diagnostic, texts: &dyn Texts, message: &str) -> String {
    let path = finding.span.map_or("", |span| texts.path(span.file));
    let subject = finding.subject.as_ref().map(ToString::to_string).unwrap_or_default();
    [finding.rule, path, &subject, message].join("\0")
}

/// An identity as it is under the new names of campaigns.
fn under_new_names(identity: String, renamed: &[(&str, &str)]) -> String {
    let rename = |words: String, (old, new): &(&str, &str)| {
        // The end tells `june` from `june-again`.
        ["/", "#", "\0"]
            .iter()
            .fold(words, |words, end| words.replace(&format!("campaigns/{old}{end}"), &format!("campaigns/{new}{end}")))
    };
    renamed.iter().fold(identity, rename)
}

/// The words with `#` for each number.
fn masked(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut letters = words.chars().peekable();
    let mut in_number = false;
    while let Some(c) = letters.next() {
        // `12.5`, `1,200` and `2026-06-01` are one number.
        let joins = in_number && matches!(c, '.' | ',' | '-') && letters.peek().is_some_and(char::is_ascii_digit);
        match c.is_ascii_digit() || joins {
            true if !in_number => out.push('#'),
            true => {}
            false => out.push(c),
        }
        in_number = c.is_ascii_digit() || joins;
    }
    out
}

/// Two lists of findings against each other, by place in each list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Of the second list: what the first does not have, or has at a lower weight.
    pub introduced: Vec<usize>,
    /// Of the second list: what both have.
    pub standing: Vec<usize>,
    /// Of both lists, first and second: the same finding with other figures, not heavier than before.
    pub altered: Vec<(usize, usize)>,
    /// Of the first list: what the second no longer has.
    pub resolved: Vec<usize>,
}

/// Compares findings by rule, file, subject and message; where several are alike, by the words of their lines. What is then left
/// on both sides is compared without its figures. Both sides must be judged on the same day. `renamed` are campaigns by their old and
/// new ids: what was found in one under its old name is not new under the other.
pub fn compare(
    base: (&[Diagnostic], &dyn Texts),
    head: (&[Diagnostic], &dyn Texts),
    renamed: &[(&str, &str)],
) -> Comparison {
    let mut groups: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, finding) in base.0.iter().enumerate() {
        let key = under_new_names(identity(finding, base.1, &finding.message.en), renamed);
        groups.entry(key).or_default().0.push(at);
    }
    for (at, finding) in head.0.iter().enumerate() {
        groups.entry(identity(finding, head.1, &finding.message.en)).or_default().1.push(at);
    }
    let (mut before, mut after) = (Places::new(base.1), Places::new(head.1));
    let mut comparison = Comparison::default();
    for (mut old, new) in groups.into_values() {
        let mut unmatched = Vec::new();
        let mut pairs = Vec::new();
        for at in new {
            let line = words(&head.0[at], &mut after);
            let same = old.iter().position(|o| words(&base.0[*o], &mut before) == line);
            match same {
                Some(place) => pairs.push((old.remove(place), at)),
                None => unmatched.push(at),
            }
        }
        let mut rest = old.into_iter();
        for at in unmatched {
            match rest.next() {
                Some(old) => pairs.push((old, at)),
                None => comparison.introduced.push(at),
            }
        }
        comparison.resolved.extend(rest);
        for (old, new) in pairs {
            let is_worse = head.0[new].severity > base.0[old].severity;
            if is_worse { comparison.introduced.push(new) } else { comparison.standing.push(new) }
        }
    }
    comparison.alter(base, head, renamed);
    comparison.introduced.sort_unstable();
    comparison.standing.sort_unstable();
    comparison.resolved.sort_unstable();
    comparison
}

impl Comparison {
    /// Pairs what came and what went where only figures differ: `3 days late` that are now four are not a new finding.
    fn alter(
        &mut self,
        base: (&[Diagnostic], &dyn Texts),
        head: (&[Diagnostic], &dyn Texts),
        renamed: &[(&str, &str)],
    ) {
        let key = |side: (&[Diagnostic], &dyn Texts), at: usize| {
            let finding = &side.0[at];
            identity(finding, side.1, &masked(&finding.message.en))
        };
        let mut gone: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        self.resolved.sort_unstable_by(|a, b| b.cmp(a));
        for at in std::mem::take(&mut self.resolved) {
            gone.entry(under_new_names(key(base, at), renamed)).or_default().push(at);
        }
        self.introduced.sort_unstable();
        for at in std::mem::take(&mut self.introduced) {
            let old = gone.get_mut(&key(head, at)).and_then(Vec::pop);
            match old {
                Some(old) if head.0[at].severity <= base.0[old].severity => self.altered.push((old, at)),
                _ => self.introduced.push(at),
            }
        }
        self.resolved.extend(gone.into_values().flatten());
    }
}

/// The words of the line that a finding starts in.
fn words<'a>(finding: &Diagnostic, places: &mut Places<'a>) -> &'a str {
    let Some(span) = finding.span else { return "" };
    let line = places.of(span).start.line;
    let lines = places.lines(span.file);
    lines.text().get(lines.range(line)).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_days_are_no_part_of_a_fingerprint() {
        assert_eq!(masked("5 days late"), masked("12 days late"));
        assert_eq!(masked("due 2026-06-01, 1,200.50 yuan"), "due #, # yuan");
        assert_ne!(masked("core is 60 %"), masked("reserve is 60 %"));
    }
}

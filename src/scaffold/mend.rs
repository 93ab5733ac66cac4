//! `playbook fix`: the edits that findings suggest, made in memory and judged again until nothing changes.

use crate::base::{Anchor, Date, Diagnostic, Edit, Fingerprint, Found, Hint, Offset, Said, Severity, Span};
use crate::sources::{Sources, markdown, toml};
use std::collections::{BTreeMap, BTreeSet};

/// Times the playbook is judged again at most. Each round mends what the one before brought to light; what still changes
/// after so many runs in a circle.
const ROUNDS: usize = 20;

/// Files by path, as they are on disk.
pub type Files = BTreeMap<String, Vec<u8>>;

/// An edit that was made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Done {
    /// The file.
    pub path: String,
    /// The line it began on, in the text it was made in.
    pub line: usize,
    /// The rule whose finding it mends.
    pub rule: &'static str,
    /// What was wrong.
    pub message: Said,
    /// What was done.
    pub advice: Said,
}

/// Why an edit is left to the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// There is more than one way.
    Choice,
    /// It would change what is planned: a date, an amount, a whole part.
    Plan,
    /// The name that may have been meant is too far from the one that is written, or another is as near.
    Guess,
}

/// What became of a playbook.
#[derive(Debug)]
pub struct Mended<J> {
    /// Files that changed, as they are now.
    pub files: Files,
    /// What was done, in order.
    pub done: Vec<Done>,
    /// Rules whose edits were left to the author, with how many.
    pub left: BTreeMap<(&'static str, Reason), usize>,
    /// The last judgement.
    pub last: J,
}

/// A judged snapshot.
pub trait Judged {
    /// Findings in force.
    fn findings(&self) -> &[Diagnostic];
    /// The files they are about.
    fn sources(&self) -> &Sources;
}

/// Makes the edits that findings suggest.
///
/// Without `rules`, of every error and warning: the one edit there is, where it changes no date, no amount and drops
/// nothing. With `rules`, only of these, whatever they weigh: the first edit of each. Two edits never touch the same
/// words in one round, and of edits that change the plan one file takes one a round, since the next depends on it.
pub fn mend<J: Judged>(files: &Files, rules: &[&str], mut judge: impl FnMut(Sources, Found) -> J) -> Mended<J> {
    let mut now = files.clone();
    let mut seen = BTreeSet::from([state(&now)]);
    let mut done = Vec::new();
    let (sources, read) = Sources::from_memory(now.clone());
    let mut last = judge(sources, read);
    let mut left = BTreeMap::new();
    for _ in 0..ROUNDS {
        let round = Round::of(&last, files, rules);
        left = round.left;
        let (next, made) = applied(&now, round.edits, last.sources());
        if made.is_empty() || !seen.insert(state(&next)) {
            break;
        }
        now = next;
        done.extend(made);
        let (sources, read) = Sources::from_memory(now.clone());
        last = judge(sources, read);
    }
    let files = now.into_iter().filter(|(path, bytes)| files.get(path) != Some(bytes)).collect();
    Mended { files, done, left, last }
}

fn state(files: &Files) -> Fingerprint {
    let mut all = Vec::new();
    for (path, bytes) in files {
        all.extend_from_slice(path.as_bytes());
        all.extend_from_slice(&Fingerprint::of(bytes).0);
    }
    Fingerprint::of(&all)
}

/// The edits of one round.
struct Round<'j> {
    edits: BTreeMap<&'j str, Vec<(&'j Diagnostic, &'j Hint, &'j Edit)>>,
    left: BTreeMap<(&'static str, Reason), usize>,
}

impl<'j> Round<'j> {
    fn of<J: Judged>(judged: &'j J, files: &Files, rules: &[&str]) -> Self {
        let mut round = Self { edits: BTreeMap::new(), left: BTreeMap::new() };
        let mut planned: BTreeSet<&str> = BTreeSet::new();
        let mut findings: Vec<&Diagnostic> = judged.findings().iter().collect();
        findings.sort_by_key(|d| (std::cmp::Reverse(d.severity), d.span, d.rule));
        for finding in findings {
            if !(if rules.is_empty() { finding.severity > Severity::Info } else { rules.contains(&finding.rule) }) {
                continue;
            }
            let mut ways = finding.hints.iter().filter_map(|hint| hint.edit.as_ref().map(|edit| (hint, edit)));
            let Some((hint, edit)) = ways.next() else { continue };
            let path = judged.sources().path(edit.span.file);
            let Some(text) = judged.sources().text(edit.span.file).filter(|_| files.contains_key(path)) else {
                continue;
            };
            let Some(old) = text.get(edit.span.range()) else { continue };
            let changes_plan = changes_plan(old, &edit.text);
            if rules.is_empty() {
                let reason = if changes_plan {
                    Some(Reason::Plan)
                } else if edit.is_guess {
                    Some(Reason::Guess)
                } else if ways.next().is_some() {
                    Some(Reason::Choice)
                } else {
                    None
                };
                if let Some(reason) = reason {
                    *round.left.entry((finding.rule, reason)).or_insert(0) += 1;
                    continue;
                }
            }
            // Parts of one change are made together, in one file.
            let mut parts = vec![(finding, hint, edit)];
            if finding.is_one_change {
                parts.extend(ways.map(|(hint, edit)| (finding, hint, edit)));
            }
            let list = round.edits.entry(path).or_default();
            let is_free = |edit: &Edit| {
                edit.span.file == parts[0].2.span.file
                    && list.iter().all(|(_, _, other)| !touches(edit.span, other.span))
            };
            if parts.iter().all(|(_, _, edit)| is_free(edit)) && (!changes_plan || planned.insert(path)) {
                list.extend(parts);
            }
        }
        round
    }
}

/// Whether two edits cannot both be made: they share bytes, or one inserts at the border of the other.
fn touches(a: Span, b: Span) -> bool {
    a.file == b.file && a.start <= b.end && b.start <= a.end
}

/// Whether an edit changes what is planned rather than how it is written.
///
/// A date, an offset or a number that becomes another one; figures that are added or that differ in a longer passage;
/// words that go without others in their place.
fn changes_plan(old: &str, new: &str) -> bool {
    let bare = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    let (was, is) = (bare(old), bare(new));
    if is.is_empty() && !was.is_empty() {
        return true;
    }
    if is_value(&was) && is_value(&is) {
        // `2026-6-1` is the day that `2026-06-01` is.
        let numbers = |text: &str| {
            text.split(['-', '/', '.']).map(|part| part.trim_start_matches('0').to_owned()).collect::<Vec<_>>()
        };
        return was != is && !(Date::parse(&is).is_some() && numbers(&was) == numbers(&is));
    }
    // Lines in another order are the same plan.
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
        lines.retain(|line| !line.is_empty());
        lines.sort();
        lines
    };
    if old.contains('\n') && lines(old) == lines(new) {
        return false;
    }
    let is_passage = was.is_empty() || old.contains('\n') || new.contains('\n');
    is_passage && digits(old) != digits(new)
}

fn is_value(text: &str) -> bool {
    let number = text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'_' | b':'));
    number || Date::parse(text).is_some() || is_offset(text)
}

/// `round-2` is rather a name than two days before `round`.
fn is_offset(text: &str) -> bool {
    Offset::parse(text).is_some_and(|o| !matches!(o.anchor, Anchor::Node(_)) || o.written.contains('+'))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The files after a round, and what was done. A file that could no longer be read stays as it was.
fn applied(
    files: &Files,
    edits: BTreeMap<&str, Vec<(&Diagnostic, &Hint, &Edit)>>,
    sources: &Sources,
) -> (Files, Vec<Done>) {
    let mut next = files.clone();
    let mut done = Vec::new();
    for (path, mut edits) in edits {
        let Some(text) = sources.find(path).and_then(|file| sources.text(file)) else { continue };
        edits.sort_by_key(|(_, _, edit)| edit.span);
        let mut mended = text.to_owned();
        for (_, _, edit) in edits.iter().rev() {
            // The file's own line ends: an inserted line must not be the only one without a carriage return.
            let words = if text.contains("\r\n") {
                edit.text.replace("\r\n", "\n").replace('\n', "\r\n")
            } else {
                edit.text.clone()
            };
            mended.replace_range(edit.span.range(), &words);
        }
        if mended == text || faults(path, &mended) > faults(path, text) {
            continue;
        }
        for (finding, hint, edit) in edits {
            let line = text[..edit.span.start as usize].matches('\n').count() + 1;
            let (message, advice) = (finding.message.clone(), hint.text.clone());
            done.push(Done { path: path.to_owned(), line, rule: finding.rule, message, advice });
        }
        let mark = files[path].starts_with("\u{feff}".as_bytes());
        next.insert(path.to_owned(), format!("{}{mended}", if mark { "\u{feff}" } else { "" }).into_bytes());
    }
    (next, done)
}

/// Syntax errors of a file of TOML, or of the front matter of a text.
fn faults(path: &str, text: &str) -> usize {
    let file = crate::base::FileId(0);
    if path.ends_with(".toml") {
        return toml::parse(file, text, 0).1.len();
    }
    let front = markdown::split_front_matter(text);
    front.found(file).len() + front.toml.clone().map_or(0, |range| toml::parse(file, &text[range], 0).1.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_no_plan_and_another_day_is_one() {
        for (old, new) in [
            ("\"lage\"", "\"large\""),
            ("\"2026-05-11\"", "2026-05-11"),
            ("\"T−18\"", "\"T-18\""),
            ("2026/3/5", "2026-03-05"),
            ("2026-3-5", "2026-03-05"),
            ("[budget]\ntotal = 5\ncancelled = 2026-09-17", "cancelled = 2026-09-17\n\n[budget]\ntotal = 5"),
            ("\"2026-06-plain-681\"", "\"2026-06-plain-618\""),
            ("", "\""),
            ("", "\nowner = \"lin-yue\""),
        ] {
            assert!(!changes_plan(old, new), "{old} → {new}");
        }
        for (old, new) in [
            ("2026-05-11", "2026-05-12"),
            ("\"T-18\"", "\"T-20\""),
            ("300000", "310000"),
            ("", "\n[[budget.line]]\namount = 5000"),
            ("[[waiver]]\nrule = \"budget/sum\"", ""),
        ] {
            assert!(changes_plan(old, new), "{old} → {new}");
        }
    }
}

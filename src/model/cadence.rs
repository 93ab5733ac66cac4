//! Recurring obligations (CAL-11): what comes round, when each occurrence is due, and the evidence that it was kept.

use super::Model;
use super::period::Period;
use super::written::Written;
use crate::base::{Date, FileId, Found, Spanned, Text};
use crate::policy::{Every, Obligation, State, When};
use crate::shape;
use crate::sources::shape::Record;
use crate::sources::{Sources, toml};
use std::collections::BTreeMap;

/// Where evidence is written.
pub(crate) const FILE: &str = "content/obligations.toml";

shape! {
    /// `content/obligations.toml` as written.
    pub struct RawObligations {
        /// The day from which obligations count.
        "since" since: optional Spanned<Date>,
        /// What was kept.
        "held" held: list RawHeld,
    }
}

shape! {
    /// `[[held]]` as written.
    pub struct RawHeld {
        /// Which obligation of policy.
        "obligation" obligation: required Spanned<String>,
        /// For which period.
        "period" period: required Spanned<String>,
        /// The last of several periods.
        "to" to: optional Spanned<String>,
        /// When it was done.
        "date" date: required Spanned<Date>,
        /// What shows it: an address, a path, or words.
        "evidence" evidence: required Spanned<String>,
        /// A remark.
        "note" note: optional Text,
    }
}

/// An obligation kept, once or several times in a row.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which obligation; may name one that policy does not know.
    pub obligation: Spanned<String>,
    /// Its first period; none when it cannot be read.
    pub first: Option<Period>,
    /// Its last period, the first when only one is named.
    pub last: Option<Period>,
    /// The words of its first period.
    pub period: Spanned<String>,
    /// The words of its last period.
    pub to: Option<Spanned<String>>,
    /// When it was done.
    pub date: Spanned<Date>,
    /// What shows it.
    pub evidence: Spanned<String>,
    /// A remark.
    pub note: Option<Text>,
}

impl Held {
    /// Whether it is evidence for a period.
    pub fn covers(&self, period: Period) -> bool {
        let same = |p: Option<Period>| p.filter(|p| p.every == period.every).map(|p| p.days);
        same(self.first)
            .zip(same(self.last))
            .is_some_and(|(a, b)| a.first <= period.days.first && period.days.last <= b.last)
    }
}

/// The register of evidence.
#[derive(Debug, Default)]
pub struct Register {
    /// The file, where there is one: without it nobody is reminded of anything.
    pub file: Option<FileId>,
    /// Keys of the file.
    pub written: Written,
    /// The day from which obligations count, where written.
    pub since: Option<Date>,
    /// Evidence in order of the file.
    pub held: Vec<Held>,
    /// Whether all of it could be read: what seems missing may stand in a broken entry.
    pub is_complete: bool,
}

impl Register {
    pub(crate) fn read(sources: &Sources, found: &mut Found) -> Self {
        let Some(file) = sources.find(FILE) else { return Self::default() };
        let Some(text) = sources.text(file) else { return Self::default() };
        let before = found.len();
        let table = found.keep(toml::parse(file, text, 0));
        let raw = RawObligations::read(&table, found);
        let held = |h: RawHeld| {
            let period = h.period?;
            let first = Period::parse(&period.value);
            let last = h.to.as_ref().map_or(first, |to| Period::parse(&to.value));
            Some(Held {
                obligation: h.obligation?,
                first,
                last,
                period,
                to: h.to,
                date: h.date?,
                evidence: h.evidence?,
                note: h.note,
            })
        };
        Self {
            file: Some(file),
            written: Written::of(&table),
            since: raw.since.map(|d| d.value),
            held: raw.held.into_iter().filter_map(held).collect(),
            is_complete: found.len() == before,
        }
    }
}

/// How an occurrence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// Kept, this many days after it was due.
    Done {
        /// Days late.
        late: i64,
    },
    /// Past due without evidence.
    Overdue {
        /// Days since it was due.
        days: i64,
    },
    /// Its day has not come.
    Open,
}

/// One occurrence.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<'a> {
    /// Id of the obligation.
    pub id: &'a str,
    /// The obligation.
    pub row: &'a Obligation,
    /// The period it is for.
    pub period: Period,
    /// The last day on which it is on time.
    pub due: Date,
    /// Its evidence: the first to be written.
    pub held: Option<&'a Held>,
    /// How it stands.
    pub kept: Kept,
}

/// The obligations that are switched on, in the order of policy.
pub fn active(model: &Model) -> impl Iterator<Item = (&str, &Obligation, Every)> {
    let is_on = |row: &Obligation| row.state != Some(State::Off);
    model
        .policy
        .rows
        .cadence
        .iter()
        .filter(move |(_, row)| is_on(row))
        .filter_map(|(id, row)| Some((id, row, row.every?)))
}

/// The day from which obligations count: `since`, else the first evidence there is, else the first programme's first day.
pub fn since(model: &Model) -> Option<Date> {
    let register = &model.obligations;
    register.file?;
    let evidence = || register.held.iter().filter_map(|h| h.first).map(|p| p.days.first).min();
    let year = || model.programmes.iter().map(|p| p.year).min().and_then(|year| Date::new(year, 1, 1));
    register.since.or_else(evidence).or_else(year)
}

/// The occurrences of all obligations of a month or longer, to the end of the year of judgement: what calendars show.
pub fn dated(model: &Model) -> impl Iterator<Item = Occurrence<'_>> {
    let last = Period::of(Every::Year, model.as_of).days.last;
    let long = active(model).filter(|(.., every)| *every >= Every::Month);
    long.flat_map(move |(id, row, _)| occurrences(model, id, row, last))
}

/// The occurrences of one obligation whose periods begin from `since` up to a day, in order. None without a register.
pub fn occurrences<'a>(model: &'a Model, id: &'a str, row: &'a Obligation, last: Date) -> Vec<Occurrence<'a>> {
    let (Some(since), Some(every)) = (since(model), row.every) else { return Vec::new() };
    let mine: Vec<&Held> = model.obligations.held.iter().filter(|h| h.obligation.value == id).collect();
    let occurrence = |period: Period| {
        let due = period.days.last.plus(row.due.map_or(0, |d| d.0));
        let held = mine.iter().copied().filter(|h| h.covers(period)).min_by_key(|h| h.date.value);
        // Several periods under one entry have one date: it is held against the last of them.
        let limit = held.and_then(|h| h.last).map_or(due, |p| p.days.last.plus(row.due.map_or(0, |d| d.0)));
        let kept = match held {
            Some(held) => Kept::Done { late: limit.until(held.date.value).max(0) },
            None if due < model.as_of && row.evidence != Some(false) => Kept::Overdue { days: due.until(model.as_of) },
            None => Kept::Open,
        };
        Occurrence { id, row, period, due, held, kept }
    };
    // A period that had begun before counts from the next one on.
    let mut first = Period::of(every, since);
    if first.days.first < since {
        first = first.next();
    }
    periods(model, row, first, last).into_iter().map(occurrence).collect()
}

fn periods(model: &Model, row: &Obligation, first: Period, last: Date) -> Vec<Period> {
    if row.when != Some(When::Live) {
        return first.until(last).collect();
    }
    let mut live = BTreeMap::new();
    for (_, schedule) in model.dated() {
        let period = Period::of(first.every, schedule.window.first.max(first.days.first));
        let window = schedule.window;
        let touched = period.until(window.last.min(last)).filter(|p| p.days.first >= first.days.first);
        live.extend(touched.filter(|p| p.days.overlaps(window)).map(|p| (p, ())));
    }
    live.into_keys().collect()
}

/// Who answers for an obligation: the lead of its department, else of its role's.
pub fn owner<'a>(model: &'a Model, row: &'a Obligation) -> Option<&'a str> {
    let of_role =
        || row.role.as_ref().and_then(|r| model.policy.rows.roles.find(&r.value)).map(|r| r.department.as_str());
    let department = row.department.as_ref().map(|d| d.value.as_str()).or_else(of_role)?;
    model.departments.get(department)?.lead.as_ref().map(|l| l.value.as_str())
}

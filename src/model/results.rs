//! What happened: done marks, spending, readings, plan changes.

use super::answer::{self, Answer, EarlyStop, RawAnswer, RawEarlyStop, RawScaleUp, ScaleUp};
use super::branch::{Branch, Inspection, RawBranch, RawInspection};
use super::budget::money;
use super::carry;
use super::written::Written;
use crate::base::{Currency, Date, FileId, Found, Money, Quantity, Span, Spanned, Text};
use crate::sources::Sources;
use crate::sources::csv::{self, Sort};
use crate::sources::shape::{Entries, Number, Record, of_file};
use crate::sources::toml::{self, Table};
use crate::{shape, vocabulary};

vocabulary! {
    /// When a reading was taken.
    pub enum Window, "window" / "时段" {
        /// Before the campaign.
        Before = "before",
        /// While it was live, or its final figure.
        During = "during",
        /// In the weeks after.
        After = "after",
    }
}

shape! {
    /// `results.toml` as written.
    pub struct RawResults {
        /// Done marks.
        "done" done: default Entries<Spanned<Date>>,
        /// What measured items came to.
        "measured" measured: default Entries<String>,
        /// Spending.
        "spend" spends: list RawSpend,
        /// Readings.
        "reading" readings: list RawReading,
        /// Plan changes after the plan review.
        "revision" revisions: list RawRevision,
        /// Why money went out otherwise than planned.
        "audit" audits: list RawAudit,
        /// Branches.
        "branch" branches: list RawBranch,
        /// Inspections in them.
        "inspection" inspections: list RawInspection,
        /// Answers to alerts.
        "alert" alerts: list RawAnswer,
        /// Money and people added on success.
        "scale-up" scale_ups: list RawScaleUp,
        /// The end before its day.
        "early-stop" early_stop: optional RawEarlyStop,
    }
}

shape! {
    /// `[[audit]]` as written (MON-3).
    pub struct RawAudit {
        /// When it was held.
        "date" date: required Spanned<Date>,
        /// What it found.
        "finding" finding: needed Text,
        /// Why it came so.
        "cause" cause: optional Text,
        /// What is done about it.
        "action" action: optional Text,
        /// Who held it.
        "owner" owner: optional Spanned<String>,
    }
}

shape! {
    /// `[[spend]]` as written.
    pub struct RawSpend {
        /// When.
        "date" date: required Spanned<Date>,
        /// Which budget line, by id or name.
        "line" line: required Spanned<String>,
        /// How much.
        "amount" amount: required Spanned<Number>,
        /// A remark.
        "note" note: optional Text,
    }
}

shape! {
    /// `[[reading]]` as written.
    pub struct RawReading {
        /// Metric.
        "metric" metric: required Spanned<String>,
        /// When.
        "date" date: required Spanned<Date>,
        /// What was measured.
        "value" value: required Spanned<Quantity>,
        /// Before, during or after; by date when left out.
        "window" window: optional Window,
        /// Where it comes from.
        "source" source: default String,
    }
}

shape! {
    /// `[[revision]]` as written.
    pub struct RawRevision {
        /// When.
        "date" date: required Date,
        /// Why.
        "reason" reason: needed Text,
        /// Whether the plan was rejected as a whole.
        "rejected" rejected: default bool,
    }
}

/// Money that went out.
#[derive(Clone, Debug)]
pub struct Spend {
    /// When.
    pub date: Spanned<Date>,
    /// Which line, by id or name.
    pub line: Spanned<String>,
    /// How much.
    pub amount: Spanned<Money>,
    /// A remark.
    pub note: Option<Text>,
}

/// A measured value.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Metric; may name one that does not exist.
    pub metric: Spanned<String>,
    /// When.
    pub date: Spanned<Date>,
    /// The value.
    pub value: Spanned<Quantity>,
    /// When it was taken, where the author says.
    pub window: Option<Window>,
    /// Where it comes from.
    pub source: String,
}

/// A plan change after the plan review.
#[derive(Clone, Debug)]
pub struct Revision {
    /// When.
    pub date: Date,
    /// Why.
    pub reason: Text,
    /// Whether the plan was rejected as a whole.
    pub rejected: bool,
}

/// A look into the books (MON-3).
#[derive(Clone, Debug)]
pub struct Audit {
    /// When it was held.
    pub date: Spanned<Date>,
    /// What it found.
    pub finding: Text,
    /// Why it came so.
    pub cause: Option<Text>,
    /// What is done about it.
    pub action: Option<Text>,
    /// Who held it; may name a person who does not exist.
    pub owner: Option<Spanned<String>>,
}

/// What happened in a campaign; empty when nothing is recorded.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// The file, where there is one.
    pub file: Option<FileId>,
    /// Done marks by milestone, `sop/item` or `sop`.
    pub done: Vec<(Spanned<String>, Spanned<Date>)>,
    /// What measured items came to, by `sop/item`.
    pub measured: Vec<(Spanned<String>, String)>,
    /// Spending in order of the file.
    pub spends: Vec<Spend>,
    /// Readings in order of the file.
    pub readings: Vec<Reading>,
    /// Plan changes.
    pub revisions: Vec<Revision>,
    /// Looks into the books.
    pub audits: Vec<Audit>,
    /// Answers to alerts.
    pub answers: Vec<Answer>,
    /// Money and people added on success.
    pub scale_ups: Vec<ScaleUp>,
    /// The end before its day.
    pub early_stop: Option<EarlyStop>,
    /// Branches in order of the file.
    pub branches: Vec<Branch>,
    /// Inspections in order of the file.
    pub inspections: Vec<Inspection>,
    /// Spending of what an earlier campaign saved: no part of this one's budget.
    pub carried: Vec<Spend>,
    /// Keys of the file.
    pub written: Written,
}

impl Results {
    /// Whether a done mark is written that could not be read: nothing is known of it, and reading said so.
    pub fn is_broken(&self, key: &str) -> bool {
        self.done(key).is_none() && self.written.has(&format!("done.{key}"))
    }
    /// A done mark.
    pub fn done(&self, key: &str) -> Option<Spanned<Date>> {
        self.done.iter().find(|(k, _)| k.value == key).map(|(_, d)| *d)
    }
    /// The latest reading of a metric up to a day that is not from before the campaign.
    pub fn reading_until(&self, metric: &str, day: Date) -> Option<&Reading> {
        let fits = |r: &&Reading| r.metric.value == metric && r.date.value <= day && r.window != Some(Window::Before);
        self.readings.iter().filter(fits).max_by_key(|r| r.date.value)
    }
    /// Sum of all spending.
    pub fn spent(&self) -> Money {
        self.spends.iter().map(|s| s.amount.value).sum()
    }

    pub(crate) fn read(sources: &Sources, folder: &str, currency: Currency, found: &mut Found) -> Self {
        let file = sources.find(&format!("{folder}results.toml"));
        let text = file.and_then(|file| Some((file, sources.text(file)?)));
        let empty = || Table { span: Span::new(FileId(0), 0, 0), entries: Vec::new(), broken: Vec::new() };
        let table = text.map_or_else(empty, |(file, text)| found.keep(toml::parse(file, text, 0)));
        let mut raw: RawResults = of_file(&table, text.map_or("", |(_, text)| text), found);
        raw.readings.extend(rows::<RawReading>(sources, &format!("{folder}readings.csv"), found));
        raw.spends.extend(rows::<RawSpend>(sources, &format!("{folder}spend.csv"), found));
        let (mut spends, mut carried) = (Vec::new(), Vec::new());
        for spend in raw.spends {
            let amount = spend.amount.and_then(|a| money(&a, currency, found));
            if let (Some(date), Some(line), Some(amount)) = (spend.date, spend.line, amount) {
                let list = if line.value == carry::LINE { &mut carried } else { &mut spends };
                list.push(Spend { date, line, amount, note: spend.note });
            }
        }
        let reading = |r: RawReading| {
            Some(Reading { metric: r.metric?, date: r.date?, value: r.value?, window: r.window, source: r.source })
        };
        let revision = |r: RawRevision| Some(Revision { date: r.date?, reason: r.reason, rejected: r.rejected });
        let audit = |a: RawAudit| {
            Some(Audit { date: a.date?, finding: a.finding, cause: a.cause, action: a.action, owner: a.owner })
        };
        Self {
            file: text.map(|(file, _)| file),
            done: raw.done.0,
            measured: raw.measured.0,
            spends,
            readings: raw.readings.into_iter().filter_map(reading).collect(),
            revisions: raw.revisions.into_iter().filter_map(revision).collect(),
            audits: raw.audits.into_iter().filter_map(audit).collect(),
            answers: raw.alerts.into_iter().filter_map(answer::lower).collect(),
            scale_ups: raw.scale_ups.into_iter().filter_map(|s| answer::lower_scale_up(s, currency, found)).collect(),
            early_stop: raw.early_stop.and_then(|s| answer::lower_early_stop(s, currency, found)),
            branches: raw.branches.into_iter().filter_map(RawBranch::lower).collect(),
            inspections: raw.inspections.into_iter().filter_map(RawInspection::lower).collect(),
            carried,
            written: Written::of(&table),
        }
    }
}

/// The rows of a table in CSV beside `results.toml`: the same keys as there.
fn rows<T: Record>(sources: &Sources, path: &str, found: &mut Found) -> Vec<T> {
    let Some((file, text)) = sources.find(path).and_then(|file| Some((file, sources.text(file)?))) else {
        return Vec::new();
    };
    let sort = |key: &str| match key {
        "date" => Sort::Date,
        "value" | "amount" => Sort::Number,
        _ => Sort::Text,
    };
    csv::parse(file, text, T::FIELDS, sort, found).iter().map(|table| T::read(table, found)).collect()
}

//! Money: a total, its lines, and the axes that cut them.

use super::settings::unknown_currency;
use crate::base::{Currency, Diagnostic, Found, Id, Money, Span, Spanned, Text};
use crate::sources::shape::{BAD_VALUE, Entries, Field, Number, Record, unknown_key};
use crate::{said, shape};

shape! {
    /// `[budget]` as written.
    pub struct RawBudget {
        /// The whole.
        "total" total: required Spanned<Number>,
        /// ISO 4217 code, when not the book's.
        "currency" currency: optional Spanned<String>,
        /// A remark.
        "note" note: optional Text,
        /// Who signed it.
        "approved-by" approved_by: list Spanned<String>,
        /// Why it is cut like this, by factor.
        "rationale" rationale: default Entries<Text>,
        /// Its parts.
        "line" lines: list RawLine,
    }
}

shape! {
    /// `[[budget.line]]` as written.
    pub struct RawLine {
        /// What the money is for.
        "name" name: required Text,
        /// How much.
        "amount" amount: required Spanned<Number>,
        /// Id, where spending names it.
        "id" id: optional Spanned<Id>,
        /// A remark.
        "note" note: optional Text,
        /// Tags by axis.
        "*" tags: rest Spanned<String>,
    }
}

/// A budget.
#[derive(Clone, Debug)]
pub struct Budget {
    /// The words of its header.
    pub span: Span,
    /// The whole; none when it could not be read.
    pub total: Option<Spanned<Money>>,
    /// Its currency.
    pub currency: Spanned<Currency>,
    /// Its parts in the order of the file.
    pub lines: Vec<Line>,
    /// Whether every line could be read: sums of a broken budget would mislead.
    pub complete: bool,
    /// A remark.
    pub note: Option<Text>,
    /// Who signed it; may name people who do not exist.
    pub approved_by: Vec<Spanned<String>>,
    /// Why it is cut like this, by factor of policy.
    pub rationale: Entries<Text>,
}

/// One part of a budget.
#[derive(Clone, Debug)]
pub struct Line {
    /// The words of its header.
    pub span: Span,
    /// Id, where there is one.
    pub id: Option<Spanned<Id>>,
    /// What the money is for.
    pub name: Text,
    /// How much.
    pub amount: Spanned<Money>,
    /// Its value on each axis.
    pub tags: Vec<(Spanned<String>, Spanned<String>)>,
    /// A remark.
    pub note: Option<Text>,
    /// Whether reading found nothing wrong in it: a tag it lacks may only be mistyped.
    pub sound: bool,
}

impl Line {
    /// The value on an axis.
    pub fn tag(&self, axis: &str) -> Option<&Spanned<String>> {
        self.tags.iter().find(|(a, _)| a.value == axis).map(|(_, v)| v)
    }
    /// Whether `word` names this line: by id, or by its name in any language.
    pub fn is_named(&self, word: &str) -> bool {
        self.id.as_ref().is_some_and(|id| id.value.as_str() == word)
            || self.name.plain.as_deref() == Some(word)
            || self.name.by_lang.values().any(|name| name == word)
    }
}

/// One value of an axis: what is planned on it.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// Value of the axis.
    pub value: String,
    /// Sum of its lines.
    pub planned: Money,
    /// Sum of what was spent on its lines.
    pub spent: Money,
}

impl Budget {
    /// Sum of the lines.
    pub fn sum(&self) -> Money {
        self.lines.iter().map(|l| l.amount.value).sum()
    }

    /// Planned money by value of an axis, in the order given; lines without a tag are left out.
    pub fn planned(&self, axis: &str, value: &str) -> Money {
        let on = |l: &&Line| l.tag(axis).is_some_and(|t| t.value == value);
        self.lines.iter().filter(on).map(|l| l.amount.value).sum()
    }

    /// Planned money that carries no tag on an axis.
    pub fn untagged(&self, axis: &str) -> Money {
        self.lines.iter().filter(|l| l.tag(axis).is_none()).map(|l| l.amount.value).sum()
    }

    /// Reads a budget. `axes` are the axes of policy: tags on anything else are unknown keys.
    pub(crate) fn lower(raw: RawBudget, book: Currency, axes: &[&str], found: &mut Found) -> Self {
        let currency = match &raw.currency {
            None => Spanned::new(book, raw.span),
            Some(code) => match Currency::from_code(&code.value) {
                Some(currency) => Spanned::new(currency, code.span),
                None => {
                    found.push(unknown_currency(code));
                    Spanned::new(book, code.span)
                }
            },
        };
        let mut complete = true;
        let mut lines = Vec::new();
        for line in raw.lines {
            tags_are_known(&line.tags, axes, found);
            let sound = line.sound && line.tags.0.iter().all(|(key, _)| axes.contains(&key.value.as_str()));
            let amount = line.amount.and_then(|a| money(&a, currency.value, found));
            match (line.name, amount) {
                (Some(name), Some(amount)) => {
                    let (span, id, tags, note) = (line.span, line.id, line.tags.0, line.note);
                    lines.push(Line { span, id, name, amount, tags, note, sound });
                }
                _ => complete = false,
            }
        }
        let total = raw.total.and_then(|t| money(&t, currency.value, found));
        let (approved_by, rationale) = (raw.approved_by, raw.rationale);
        Self { span: raw.span, total, currency, lines, complete, note: raw.note, approved_by, rationale }
    }
}

fn tags_are_known(tags: &Entries<Spanned<String>>, axes: &[&str], found: &mut Found) {
    for (key, _) in tags.0.iter().filter(|(k, _)| !axes.contains(&k.value.as_str())) {
        let fields: &[Field] = RawLine::FIELDS;
        let known: Vec<&str> = fields.iter().map(|f| f.key).chain(axes.iter().copied()).collect();
        found.push(unknown_key(key, known));
    }
}

/// An amount in a currency; a finding when it has more decimals than the currency.
pub(crate) fn money(number: &Spanned<Number>, currency: Currency, found: &mut Found) -> Option<Spanned<Money>> {
    let money = Money::parse(&number.value.0, currency);
    if money.is_none() {
        let (text, code, places) = (&number.value.0, currency.code(), currency.exponent());
        let message = said!("`{text}` is no amount of {code}", "`{text}` 不是 {code} 金额");
        let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
        let advice = match decimals > places as usize {
            true => said!("write at most {places} decimals", "最多写 {places} 位小数"),
            false => said!("write a smaller amount", "请写小一些的金额"),
        };
        found.push(Diagnostic::new(&BAD_VALUE, number.span, message).hint(advice));
    }
    money.map(|m| Spanned::new(m, number.span))
}

//! What a campaign consists of: materials, targets, duty, the run sheet.

use super::raw::MaterialKind;
use crate::base::{Date, Due, Id, Quantity, Share, Span, Spanned, Text};

/// Something that must be there before the campaign begins.
#[derive(Clone, Debug)]
pub struct Material {
    /// Its header.
    pub span: Span,
    /// What it is.
    pub name: Text,
    /// Physical or digital.
    pub kind: MaterialKind,
    /// How many.
    pub quantity: Option<i64>,
    /// Who makes it.
    pub supplier: Option<String>,
    /// Who looks after it.
    pub owner: Option<Spanned<String>>,
    /// When the artwork goes to production, with the words.
    pub artwork: Option<Spanned<Date>>,
    /// The artwork's date as written.
    pub artwork_written: Option<Spanned<Due>>,
    /// How long production takes.
    pub production_days: i64,
    /// When it must be ready: written, else the standard node's date.
    pub due: Option<Date>,
    /// `due` as written.
    pub due_written: Option<Spanned<Due>>,
    /// When it was ready.
    pub ready: Option<Spanned<Date>>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

/// A target.
#[derive(Clone, Debug)]
pub struct Kpi {
    /// Its header.
    pub span: Span,
    /// Metric; may name one that does not exist.
    pub metric: Spanned<String>,
    /// Target of the plan.
    pub target: Spanned<Quantity>,
    /// Target after a change.
    pub revised: Option<Spanned<Quantity>>,
    /// Why it was changed.
    pub reason: Option<Text>,
    /// Value before.
    pub baseline: Option<Quantity>,
    /// The procedure that starts when it is off its target.
    pub on_breach: Option<Spanned<String>>,
    /// Its weight among the KPIs.
    pub weight: Option<Spanned<Share>>,
    /// How the metric is computed.
    pub formula: Option<Text>,
    /// Average of the industry.
    pub industry: Option<Quantity>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

impl Kpi {
    /// The target in force.
    pub fn current(&self) -> Quantity {
        self.revised.map_or(self.target.value, |r| r.value)
    }
}

/// Somebody on duty.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Who.
    pub person: Spanned<String>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Which shift.
    pub shift: Option<Text>,
}

/// A row of the run sheet.
#[derive(Clone, Debug)]
pub struct Run {
    /// Day.
    pub day: Date,
    /// Hour, `HH:MM`.
    pub time: String,
    /// What happens.
    pub what: Text,
    /// Who does it.
    pub owner: Option<Spanned<String>>,
}

/// An own node that lacks what only its author can say.
#[derive(Clone, Debug)]
pub struct Incomplete {
    /// Its id.
    pub id: Spanned<Id>,
    /// Its header; the braces around the id if it is written as one value.
    pub header: Span,
    /// Keys that are not written.
    pub missing: Vec<&'static str>,
}

//! Brand metrics by quarter (MON-7).

use super::period::Period;
use crate::base::{FileId, Found, Quantity, Span, Spanned};
use crate::policy::Every;
use crate::shape;
use crate::sources::shape::{Entries, Record};
use crate::sources::{Sources, toml};

/// Where the values are written.
pub(crate) const FILE: &str = "content/brand.toml";

shape! {
    /// `content/brand.toml` as written.
    pub struct RawBrand {
        /// Values by quarter.
        "quarter" quarters: list RawQuarter,
    }
}

shape! {
    /// `[[quarter]]` as written.
    pub struct RawQuarter {
        /// Which quarter.
        "period" period: required Spanned<String>,
        /// Where the values come from.
        "source" source: default String,
        /// Values by metric.
        "values" values: default Entries<Spanned<Quantity>>,
    }
}

/// The values of a quarter.
#[derive(Clone, Debug)]
pub struct Quarter {
    /// Its words.
    pub words: Spanned<String>,
    /// The quarter; none when the words are none.
    pub period: Option<Period>,
    /// Where the values come from.
    pub source: String,
    /// Values by metric, which policy may not know.
    pub values: Vec<(Spanned<String>, Spanned<Quantity>)>,
}

/// The brand through the quarters.
#[derive(Debug, Default)]
pub struct Brand {
    /// The file, where there is one.
    pub file: Option<FileId>,
    /// Quarters in order of the file.
    pub quarters: Vec<Quarter>,
    /// Whether all of it could be read.
    pub is_complete: bool,
}

impl Brand {
    /// The readable quarters in order of time.
    pub fn sorted(&self) -> Vec<(Period, &Quarter)> {
        let mut list: Vec<_> = self.quarters.iter().filter_map(|q| Some((q.period?, q))).collect();
        list.sort_by_key(|(period, _)| *period);
        list
    }
    /// Metrics in the order in which they first occur.
    pub fn metrics(&self) -> Vec<&str> {
        let mut list: Vec<&str> = Vec::new();
        for (key, _) in self.sorted().iter().flat_map(|(_, q)| &q.values) {
            if !list.contains(&key.value.as_str()) {
                list.push(&key.value);
            }
        }
        list
    }
    /// The top of the file.
    pub fn top(&self) -> Option<Span> {
        self.file.map(|file| Span::new(file, 0, 0))
    }

    pub(crate) fn read(sources: &Sources, found: &mut Found) -> Self {
        let Some(file) = sources.find(FILE) else { return Self::default() };
        let Some(text) = sources.text(file) else { return Self::default() };
        let before = found.len();
        let table = found.keep(toml::parse(file, text, 0));
        let raw = RawBrand::read(&table, found);
        let quarter = |q: RawQuarter| {
            let words = q.period?;
            let period = Period::parse(&words.value).filter(|p| p.every == Every::Quarter);
            Some(Quarter { words, period, source: q.source, values: q.values.0 })
        };
        let quarters = raw.quarters.into_iter().filter_map(quarter).collect();
        Self { file: Some(file), quarters, is_complete: found.len() == before }
    }
}

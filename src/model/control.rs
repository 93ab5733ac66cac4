//! What a plan says about its own control loop: who watches which signal (ALR-4), what opens at which step (GOL-14).

use crate::base::{Date, Quantity, Span, Spanned, Text};
use crate::shape;

shape! {
    /// `[[watch]]` of `campaign.toml` as written.
    pub struct RawWatch {
        /// Kind of signal, of policy.
        "source" source: required Spanned<String>,
        /// What it is seen with.
        "tool" tool: optional Text,
        /// Who watches.
        "owner" owner: optional Spanned<String>,
        /// From where on somebody is told, in words.
        "threshold" threshold: optional Text,
        /// Keys that are written, readable or not.
        "*" written: keys String,
    }
}

shape! {
    /// `[[unlock]]` of `campaign.toml` as written.
    pub struct RawUnlock {
        /// Metric.
        "metric" metric: required Spanned<String>,
        /// The value at which it opens.
        "threshold" threshold: required Spanned<Quantity>,
        /// What users get.
        "benefit" benefit: needed Text,
        /// The budget line that pays for it.
        "line" line: optional Spanned<String>,
        /// When it opened.
        "opened" opened: optional Spanned<Date>,
        /// Keys that are written, readable or not.
        "*" written: keys String,
    }
}

/// A signal that somebody watches.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Its header.
    pub span: Span,
    /// Kind of signal; may name one that policy does not have.
    pub source: Spanned<String>,
    /// What it is seen with.
    pub tool: Option<Text>,
    /// Who watches.
    pub owner: Option<Spanned<String>>,
    /// From where on somebody is told.
    pub threshold: Option<Text>,
    /// Keys that are written, readable or not.
    pub written: Vec<String>,
}

/// A step at which users get something.
#[derive(Clone, Debug)]
pub struct Unlock {
    /// Its header.
    pub span: Span,
    /// Metric; may name one that does not exist.
    pub metric: Spanned<String>,
    /// The value at which it opens.
    pub threshold: Spanned<Quantity>,
    /// What users get.
    pub benefit: Text,
    /// The budget line that pays for it.
    pub line: Option<Spanned<String>>,
    /// When it opened.
    pub opened: Option<Spanned<Date>>,
    /// Keys that are written, readable or not.
    pub written: Vec<String>,
}

pub(crate) fn watch(raw: RawWatch) -> Option<Watch> {
    let RawWatch { span, source, tool, owner, threshold, written, .. } = raw;
    Some(Watch { span, source: source?, tool, owner, threshold, written })
}

pub(crate) fn unlock(raw: RawUnlock) -> Option<Unlock> {
    let RawUnlock { span, metric, threshold, benefit, line, opened, written, .. } = raw;
    Some(Unlock { span, metric: metric?, threshold: threshold?, benefit, line, opened, written })
}

//! Where a span stands in the sources: for reports, and for links that edit it.

use crate::base::Span;
use crate::plan::Cx;
use crate::report::position::Lines;

/// Path and line of a span.
pub(super) fn of(cx: &Cx<'_>, span: Span) -> (String, usize) {
    let sources = cx.ground().sources;
    let line = Lines::new(sources.text(span.file).unwrap_or_default()).position(span.start as usize).line;
    (sources.path(span.file).to_owned(), line)
}

//! Where a span stands in the sources: for reports, and for links that edit it.

use super::routes;
use crate::base::Span;
use crate::model::checklist::Item;
use crate::model::prose::Prose;
use crate::plan::{Cx, edit_address};
use crate::report::position::Lines;

/// Path and line of a span.
pub(super) fn of(cx: &Cx<'_>, span: Span) -> (String, usize) {
    let sources = cx.ground().sources;
    let line = Lines::new(sources.text(span.file).unwrap_or_default()).position(span.start as usize).line;
    (sources.path(span.file).to_owned(), line)
}

/// The address that edits the line of a span; none where the playbook names no repository.
pub(super) fn edit(cx: &Cx<'_>, span: Span) -> Option<String> {
    let (path, line) = of(cx, span);
    edit_address(&path, line, cx)
}

/// The file, and the line in it where a table begins: `[budget]`, or the first `[[kpi]]`. Line 1 when there is no such
/// table; none when there is no such file.
pub(super) fn table(cx: &Cx<'_>, path: &str, name: &str) -> Option<(String, usize)> {
    let sources = cx.ground().sources;
    let text = sources.text(sources.find(path)?)?;
    let is_header = |line: &str| {
        let inside = line.trim_start().trim_start_matches('[');
        inside.len() < line.trim_start().len()
            && inside.strip_prefix(name).is_some_and(|rest| rest.starts_with([']', '.', ' ']))
    };
    let line = text.lines().position(is_header).map_or(1, |line| line + 1);
    Some((path.to_owned(), line))
}

/// The files of a text in all its languages.
pub(super) fn versions(cx: &Cx<'_>, prose: &Prose) -> Vec<String> {
    prose.versions.iter().map(|v| cx.ground().sources.path(v.file).to_owned()).collect()
}

/// Leads to an item in the words of its procedure; to the procedure, where its translation has no such item yet.
pub(super) fn checkpoint(cx: &Cx<'_>, item: &Item) -> Option<String> {
    let route = routes::sop(item.sop.as_str());
    let version = cx.model().sop(item.sop.as_str()).and_then(|sop| sop.prose.get(cx.lang()))?;
    let mut ids = version.document.tasks.iter().filter_map(|task| task.id.as_ref());
    if ids.any(|id| id.value == item.id.as_str()) { cx.href_to(&route, item.id.as_str()) } else { cx.href(&route) }
}

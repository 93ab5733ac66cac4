//! The foot of a page: when it changed and who changed it, the way to its source, and what links here.

use super::{Cx, Day, Entry, Page, Plan, Ref};
use crate::model::forge::{About, filled};
use crate::sources::git::History;
use serde::Serialize;

/// What the templates see as `page.foot`.
#[derive(Serialize)]
pub(crate) struct Foot {
    /// The last change that was made by the as-of day.
    changed: Option<Changed>,
    /// Whether its files hold changes that are in no commit yet.
    is_uncommitted: bool,
    /// Whether the history would be told, but is cut off.
    is_shallow: bool,
    /// Edits its source.
    edit: Option<String>,
    /// Lists the changes of its source.
    changes: Option<String>,
    /// Reports a problem.
    report: Option<String>,
    /// Pages that name this one.
    backlinks: Vec<Ref>,
    /// How many more there are.
    more: usize,
}

/// A change.
#[derive(Serialize)]
struct Changed {
    day: Day,
    /// Who made it; none when git does not say.
    author: Option<String>,
}

/// The foot of a page. `cx` is one of its own: words of other pages say nothing about what is translated here.
pub(crate) fn foot(plan: &Plan<'_>, entry: &Entry, page: &Page, cx: &Cx<'_>) -> Foot {
    let history = cx.ground().sources.history();
    let files = || page.files.iter().chain(page.source.iter().map(|(path, _)| path)).map(String::as_str);
    let has_source = files().next().is_some();
    let changed = history.log().and_then(|log| {
        let (commit, day) = log.of(files()).filter_map(|c| Some((c, cx.day_of(c)?))).find(|(_, d)| *d <= cx.today())?;
        Some(Changed { day: cx.day(day), author: (!commit.author.is_empty()).then(|| commit.author.clone()) })
    });
    let names = plan.backlinks(entry.planned);
    let room = usize::try_from(cx.model().policy.figure("backlinks")).unwrap_or(0);
    let more = names.len().saturating_sub(room);
    Foot {
        changed,
        is_uncommitted: history.log().is_some_and(|log| files().any(|path| log.is_dirty(path))),
        is_shallow: has_source && *history == History::Shallow,
        edit: page.source.as_ref().and_then(|(path, line)| edit_address(path, *line, cx)),
        changes: changes(page, cx),
        report: report(entry, page, cx),
        backlinks: names.take(room).map(|(name, route)| cx.link(name(cx), route)).collect(),
        more,
    }
}

/// The address that edits a line of a source file: the author's own template, else the forge's.
pub(crate) fn edit_address(path: &str, line: usize, cx: &Cx<'_>) -> Option<String> {
    let settings = &cx.model().settings;
    let about = About { path, line, ..About::default() };
    match (&settings.edit_url, &settings.repository) {
        (Some(template), repository) => {
            let (url, branch) = repository.as_ref().map_or(("", ""), |r| (r.url.as_str(), r.branch.as_str()));
            Some(filled(template, url, branch, &about))
        }
        (None, repository) => repository.as_ref().map(|r| r.address(r.forge.edit, &about)),
    }
}

/// The address that lists the changes of the source of a page: its folder's, where it is made of a whole one.
fn changes(page: &Page, cx: &Cx<'_>) -> Option<String> {
    let repository = cx.model().settings.repository.as_ref()?;
    let folder = page.files.iter().find(|path| path.ends_with('/')).map(|path| path.trim_end_matches('/'));
    let path = folder.or(page.source.as_ref().map(|(path, _)| path.as_str()))?;
    Some(repository.address(repository.forge.changes, &About { path, ..About::default() }))
}

/// The address that reports a problem with a page, filled in with what is known of it.
fn report(entry: &Entry, page: &Page, cx: &Cx<'_>) -> Option<String> {
    let settings = &cx.model().settings;
    if settings.report_url.is_none() && settings.repository.is_none() {
        return None;
    }
    let output = entry.output.strip_suffix("index.html").unwrap_or(&entry.output);
    let address = match &settings.base_url {
        Some(base) => format!("{base}/{output}"),
        None => format!("/{output}"),
    };
    let (path, line) = page.source.as_ref().map_or(("", 0), |(path, line)| (path.as_str(), *line));
    let title = cx.tf("problem-title", &[("title", &page.title.text)]);
    let mut body = cx.tf("problem-page", &[("address", &address)]);
    if !path.is_empty() {
        body = format!("{body}\n{}", cx.tf("problem-source", &[("path", &path), ("line", &line)]));
    }
    let as_of = cx.tf("problem-as-of", &[("day", &cx.today())]);
    let body = format!("{body}\n{as_of}\n\n{}\n", cx.t("problem-ask"));
    let about = About { path, line: line.max(1), title: &title, body: &body, ..About::default() };
    match (&settings.report_url, &settings.repository) {
        (Some(template), _) => Some(filled(template, "", "", &about)),
        (None, repository) => repository.as_ref().map(|r| r.address(r.forge.report, &about)),
    }
}

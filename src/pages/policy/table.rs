//! A table of policy: columns, rows, and beside each row its source and what changes it.

use super::Change;
use crate::base::{Share, Text};
use crate::plan::{Cx, Words};
use serde::Serialize;

/// One table of the pack.
#[derive(Serialize)]
pub(super) struct Table {
    /// Its anchor.
    id: String,
    title: Words,
    about: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Column {
    name: String,
    kind: &'static str,
}

/// One row: what it is called, its figures, where they come from.
#[derive(Serialize)]
pub(super) struct Row {
    anchor: String,
    id: String,
    name: Words,
    cells: Vec<Cell>,
    source: String,
    is_ours: bool,
    is_changed: bool,
}

/// One figure as words.
#[derive(Default, Serialize)]
pub(super) struct Cell {
    text: String,
    lang: Option<String>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, lang: None }
    }
}
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}
impl From<Words> for Cell {
    fn from(words: Words) -> Self {
        Self { text: words.text, lang: words.lang }
    }
}
impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or_else(Self::default, Into::into)
    }
}

/// Makes tables in the reader's language.
pub(super) struct Maker<'m, 'a> {
    pub(super) cx: &'m Cx<'a>,
    pub(super) changes: &'m [Change],
}

impl Maker<'_, '_> {
    /// A table. `path` is its key in a policy file; a column is the key of its words and its kind: `text`, `code`, `number`.
    /// Columns without a word in any row are left out.
    pub(super) fn table(
        &self,
        path: &str,
        title: Words,
        columns: &[(&str, &'static str)],
        mut rows: Vec<Row>,
    ) -> Table {
        let cx = self.cx;
        let is_used: Vec<bool> =
            (0..columns.len()).map(|at| rows.iter().any(|row| !row.cells[at].text.is_empty())).collect();
        for row in &mut rows {
            let mut used = is_used.iter();
            row.cells.retain(|_| used.next() == Some(&true));
        }
        let about = cx.strings().get(&format!("policy-about-{}", path.split('.').next().unwrap_or(path)));
        let column =
            |(key, kind): &(&str, &'static str)| Column { name: cx.t(&format!("policy-col-{key}")).to_owned(), kind };
        Table {
            id: path.replace('.', "-"),
            title,
            about: about.unwrap_or_default().to_owned(),
            columns: columns.iter().zip(&is_used).filter(|(_, is_used)| **is_used).map(|(c, _)| column(c)).collect(),
            rows,
        }
    }

    /// A row of the table at `path`.
    pub(super) fn row(&self, path: &str, id: &str, name: &Text, source: &str, is_ours: bool, cells: Vec<Cell>) -> Row {
        let whole = format!("{path}.{id}");
        let below = format!("{whole}.");
        Row {
            anchor: whole.replace('.', "-"),
            id: id.to_owned(),
            name: self.cx.words(name),
            cells,
            source: source.to_owned(),
            is_ours,
            is_changed: self.changes.iter().any(|c| c.path == whole || c.path.starts_with(&below)),
        }
    }

    /// UI words, where something is so.
    pub(super) fn mark(&self, is: bool, key: &str) -> Cell {
        if is { self.cx.t(key).into() } else { Cell::default() }
    }

    /// Words of the pack that stand there in English only.
    pub(super) fn english(&self, words: &str) -> Cell {
        let is_english = self.cx.lang().tag().split('-').next() == Some("en");
        Cell { text: words.to_owned(), lang: (!is_english && !words.is_empty()).then(|| "en".to_owned()) }
    }

    /// Several words as one cell.
    pub(super) fn list(&self, words: impl IntoIterator<Item = String>) -> Cell {
        words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(self.cx.t("list-comma")).into()
    }

    /// `Core 70%, Reserve 20%`: shares of the values of an axis.
    pub(super) fn shares<'s>(
        &self,
        axis: Option<&str>,
        shares: impl Iterator<Item = (&'s str, Share)>,
        key: &str,
    ) -> Vec<String> {
        let cx = self.cx;
        let axis = axis.and_then(|a| cx.model().policy.rows.axes.find(a));
        let name = |id: &str| cx.named(axis.and_then(|a| a.values.find(id)), id).text;
        shares.map(|(id, share)| cx.tf(key, &[("value", &name(id)), ("share", &cx.percent(share))])).collect()
    }
}

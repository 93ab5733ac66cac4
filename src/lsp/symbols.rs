//! What a file is made of: tables and lists of a TOML file, headings and checkpoints of prose.

use super::text::Lines;
use crate::base::{FileId, Span};
use crate::schema::Kind;
use crate::sources::markdown::{Document, split_front_matter};
use crate::sources::toml::{self, Kind as Sort, Table, Value};
use lsp_types::{DocumentSymbol, SymbolKind};

/// The outline of a file.
pub(super) fn outline(path: &str, text: &str) -> Vec<DocumentSymbol> {
    let lines = Lines::new(text);
    let file = FileId(0);
    let mut list = Vec::new();
    if let Some(kind) = Kind::of(path) {
        let range = kind.toml(text);
        let (table, _) = toml::parse(file, &text[range.clone()], range.start);
        list = of_table(&table, &lines);
    }
    if path.ends_with(".md") {
        let (document, _) = Document::parse(file, text, split_front_matter(text).body);
        let mut prose: Vec<(Span, DocumentSymbol)> = Vec::new();
        for heading in &document.headings {
            prose.push((heading.span, symbol(heading.text.clone(), None, SymbolKind::STRING, heading.span, &lines)));
        }
        for task in &document.tasks {
            let id = task.id.as_ref().map(|id| id.value.clone());
            prose.push((task.span, symbol(task.text.clone(), id, SymbolKind::BOOLEAN, task.span, &lines)));
        }
        prose.sort_by_key(|(span, _)| *span);
        list.extend(prose.into_iter().map(|(_, symbol)| symbol));
    }
    list
}

#[allow(deprecated, reason = "the type asks for a field that the protocol has given up")]
fn symbol(name: String, detail: Option<String>, kind: SymbolKind, span: Span, lines: &Lines<'_>) -> DocumentSymbol {
    let range = lines.range(span.range());
    let name = if name.trim().is_empty() { "…".to_owned() } else { name };
    DocumentSymbol { name, detail, kind, tags: None, deprecated: None, range, selection_range: range, children: None }
}

fn of_table(table: &Table, lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    let mut list = Vec::new();
    for (key, value) in &table.entries {
        match &value.kind {
            Sort::Array(items) if items.iter().any(|item| matches!(item.kind, Sort::Table(_))) => {
                for item in items {
                    if let Sort::Table(inner) = &item.kind {
                        let mut one = symbol(key.value.clone(), label(inner), SymbolKind::OBJECT, item.span, lines);
                        one.children = Some(of_table(inner, lines)).filter(|c| !c.is_empty());
                        list.push(one);
                    }
                }
            }
            Sort::Table(inner) => {
                let mut one =
                    symbol(key.value.clone(), label(inner), SymbolKind::MODULE, whole(key.span, value), lines);
                one.children = Some(of_table(inner, lines)).filter(|c| !c.is_empty());
                list.push(one);
            }
            _ => list.push(symbol(key.value.clone(), None, SymbolKind::KEY, whole(key.span, value), lines)),
        }
    }
    list
}

/// Key and value, where the value follows its key.
fn whole(key: Span, value: &Value) -> Span {
    Span { end: value.span.end.max(key.end), ..key }
}

/// What tells a table from its neighbours.
fn label(table: &Table) -> Option<String> {
    let word = |key: &str| match &table.get(key)?.kind {
        Sort::String(word) => Some(word.clone()),
        Sort::Table(by_lang) => by_lang.entries.first().and_then(|(_, v)| match &v.kind {
            Sort::String(word) => Some(word.clone()),
            _ => None,
        }),
        _ => None,
    };
    ["id", "name", "title", "metric", "person", "what", "rule"].into_iter().find_map(word)
}

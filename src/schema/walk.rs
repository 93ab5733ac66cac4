//! Every word of a file with the form it has there: what definitions, references and renaming look through.

use super::{Kind, Refers, refers};
use crate::base::{Span, Spanned};
use crate::sources::shape::{Form, Leaf, Shape};
use crate::sources::toml::{Kind as Sort, Table, Value};

/// A name in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// What it names.
    pub refers: Refers,
    /// The words without quotes.
    pub word: String,
    /// Where they stand, quotes included.
    pub span: Span,
    /// Whether this place makes the name: `[lin-yue]` of `people.toml`, `id = "venue"` of a milestone.
    pub defines: bool,
}

/// Every name in the keys and values of a file.
pub fn names(kind: &Kind, table: &Table) -> Vec<Name> {
    let mut names = Vec::new();
    let defines = match kind.name {
        "people" => Some(Refers::Person),
        "departments" => Some(Refers::Department),
        _ => None,
    };
    let here = ("", "");
    match (kind.form)() {
        Form::Entries(inner) => {
            for (key, value) in &table.entries {
                if let Some(refers) = defines {
                    names.push(name(refers, key, true));
                }
                of_value(here, &inner, value, &mut names);
            }
        }
        _ => {
            for (key, value) in &table.entries {
                if let Some(form) = kind.under(&key.value) {
                    let shape = (kind.form)().shape();
                    of_field(shape, key, &form, value, &mut names);
                }
            }
        }
    }
    names
}

fn name(refers: Refers, word: &Spanned<String>, defines: bool) -> Name {
    Name { refers, word: word.value.clone(), span: word.span, defines }
}

fn of_field(shape: Option<Shape>, key: &Spanned<String>, form: &Form, value: &Value, names: &mut Vec<Name>) {
    let record = shape.map_or("", |shape| shape.name);
    let is_free = shape.is_some_and(|shape| shape.field(&key.value).is_none());
    if is_free && let Some(refers) = refers::of_keys(record, "*") {
        names.push(name(refers, key, false));
    }
    of_value((record, if is_free { "*" } else { &key.value }), form, value, names);
}

fn of_value(home: (&str, &str), form: &Form, value: &Value, names: &mut Vec<Name>) {
    match (&value.kind, form) {
        (Sort::Array(items), _) => items.iter().for_each(|item| of_value(home, form.item(), item, names)),
        (Sort::Table(table), Form::Record(shape)) => {
            for (key, value) in &table.entries {
                if let Some(form) = form.under(&key.value) {
                    of_field(Some(*shape), key, &form, value, names);
                }
            }
        }
        (Sort::Table(table), Form::Entries(inner)) => {
            for (key, value) in &table.entries {
                if let Some(refers) = refers::of_keys(home.0, home.1) {
                    let defines = home.0 == "Rows";
                    names.push(name(refers, key, defines));
                }
                of_value(home, inner, value, names);
            }
        }
        (Sort::String(word), form) => {
            let word = Spanned::new(word.clone(), value.span);
            if let Some(refers) = refers::of_value(home.0, home.1, form) {
                let defines = home.1 == "id" || (home.0, home.1) == ("RawCalendar", "region");
                names.push(name(refers, &word, defines));
            } else if matches!(form.item(), Form::Leaf(Leaf::Due | Leaf::Offset)) {
                names.extend(anchor(&word.value).map(|(from, node)| Name {
                    refers: Refers::Milestone,
                    // A quote stands before the words.
                    span: word.span.part(1 + from, 1 + from + node.len()),
                    word: node,
                    defines: false,
                }));
            }
        }
        _ => {}
    }
}

/// The milestone that an offset counts from: where it begins in the words, and its id.
pub fn anchor(words: &str) -> Option<(usize, String)> {
    let offset = crate::base::Offset::parse(words)?;
    let crate::base::Anchor::Node(node) = offset.anchor else { return None };
    words.find(&node).map(|from| (from, node))
}

/// Calls `see` for each record of a form, once.
pub fn records(form: &Form, see: &mut impl FnMut(Shape)) {
    match form {
        Form::List(inner) | Form::Entries(inner) => records(inner, see),
        Form::Record(shape) => {
            see(*shape);
            for field in shape.fields {
                records(&(field.form)(), see);
            }
            if let Some(rest) = shape.rest {
                records(&rest(), see);
            }
        }
        Form::Leaf(_) | Form::Words(_) => {}
    }
}

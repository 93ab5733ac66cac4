//! People and departments.

use crate::base::{Found, Id, Span, Spanned, Text};
use crate::shape;
use crate::sources::shape::{Record, bad_id};
use crate::sources::toml::Kind;
use crate::sources::{Sources, toml};
use std::collections::BTreeMap;

shape! {
    /// A person as written in `people.toml`.
    pub struct RawPerson {
        /// Name.
        "name" name: needed Text,
        /// Department.
        "department" department: required Spanned<String>,
        /// What they do.
        "title" title: optional Text,
        /// Electronic mail.
        "email" email: optional String,
        /// Whether they still work here; default true.
        "active" active: optional bool,
        /// Earlier ids.
        "aliases" aliases: list Spanned<Id>,
    }
}

shape! {
    /// A department as written in `departments.toml`.
    pub struct RawDepartment {
        /// Name.
        "name" name: needed Text,
        /// Who leads it.
        "lead" lead: optional Spanned<String>,
        /// What it is for.
        "duty" duty: optional Text,
        /// Earlier ids.
        "aliases" aliases: list Spanned<Id>,
    }
}

/// A person.
#[derive(Clone, Debug)]
pub struct Person {
    /// Id.
    pub id: Id,
    /// Where they are declared.
    pub span: Span,
    /// Name.
    pub name: Text,
    /// Department; may name one that does not exist.
    pub department: Option<Spanned<String>>,
    /// What they do.
    pub title: Option<Text>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Whether they still work here.
    pub active: bool,
    /// Earlier ids: addresses that lead here.
    pub aliases: Vec<Spanned<Id>>,
}

/// A department.
#[derive(Clone, Debug)]
pub struct Department {
    /// Id.
    pub id: Id,
    /// Where it is declared.
    pub span: Span,
    /// Name.
    pub name: Text,
    /// Who leads it; may name a person who does not exist.
    pub lead: Option<Spanned<String>>,
    /// What it is for.
    pub duty: Option<Text>,
    /// Earlier ids: addresses that lead here.
    pub aliases: Vec<Spanned<Id>>,
}

pub(crate) fn people(sources: &Sources, found: &mut Found) -> BTreeMap<Id, Person> {
    register(sources, "content/people.toml", found, |id, span, raw: RawPerson| Person {
        id,
        span,
        name: raw.name,
        department: raw.department,
        title: raw.title,
        email: raw.email,
        active: raw.active.unwrap_or(true),
        aliases: raw.aliases,
    })
}

pub(crate) fn departments(sources: &Sources, found: &mut Found) -> BTreeMap<Id, Department> {
    register(sources, "content/departments.toml", found, |id, span, raw: RawDepartment| Department {
        id,
        span,
        name: raw.name,
        lead: raw.lead,
        duty: raw.duty,
        aliases: raw.aliases,
    })
}

/// Reads a file of `[id]` tables.
fn register<R: Record + crate::sources::shape::Decode, T>(
    sources: &Sources,
    path: &str,
    found: &mut Found,
    lower: impl Fn(Id, Span, R) -> T,
) -> BTreeMap<Id, T> {
    let mut rows = BTreeMap::new();
    let Some(file) = sources.find(path) else { return rows };
    let Some(text) = sources.text(file) else { return rows };
    let table = found.keep(toml::parse(file, text, 0));
    for (key, value) in &table.entries {
        let Some(id) = Id::new(&key.value) else {
            found.push(bad_id(&key.value, key.span, false));
            continue;
        };
        let span = match &value.kind {
            Kind::Table(_) => key.span,
            _ => value.span,
        };
        if let Some(raw) = R::decode(value, found) {
            rows.insert(id.clone(), lower(id, span, raw));
        }
    }
    rows
}

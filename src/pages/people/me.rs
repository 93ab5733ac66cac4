//! `me.js` beside a page of work: what the site's script shows to whoever says "this is me" there. A script and not data to
//! fetch, because a site opened by double click may load scripts only.

use super::super::routes;
use super::super::worklist::{Counts, Next};
use super::{ByOwner, members, of, of_all, role};
use crate::base::Text;
use crate::model::person::{Department, Person};
use crate::model::work::Work;
use crate::plan::{Cx, Planned, Route};
use crate::policy::Role;
use serde::Serialize;
use std::sync::Arc;

/// The button "this is me" of a page.
#[derive(Serialize)]
pub(super) struct Button {
    /// The page's folder in its language: `people/lin`.
    key: String,
    name: String,
}

impl Button {
    pub(super) fn of(page: &Route, name: &Text, cx: &Cx<'_>) -> Self {
        Self { key: page.path().trim_end_matches("/index.html").to_owned(), name: cx.plain(name) }
    }
}

/// What the script is told; addresses are relative to its own.
#[derive(Serialize)]
struct Told {
    name: String,
    counts: Counts,
    rows: Vec<Next>,
    /// How many more have a date.
    more: usize,
}

pub(super) fn of_person<'a>(person: &'a Person, work: &Arc<ByOwner<'a>>) -> Planned<'a> {
    let work = Arc::clone(work);
    let route = routes::me(&routes::person(person.id.as_str()));
    Planned::bytes(route, move |cx| written(&person.name, of(&work, person), cx))
}

pub(super) fn of_department<'a>(department: &'a Department, work: &Arc<ByOwner<'a>>) -> Planned<'a> {
    let work = Arc::clone(work);
    let route = routes::me(&routes::department(department.id.as_str()));
    Planned::bytes(route, move |cx| written(&department.name, &of_all(members(department, cx.model()), &work), cx))
}

pub(super) fn of_role<'a>(id: &'a str, role: &'a Role, work: &Arc<ByOwner<'a>>) -> Planned<'a> {
    let work = Arc::clone(work);
    Planned::bytes(routes::me(&routes::role(id)), move |cx| written(&role.name, role::of(&work, id), cx))
}

fn written(name: &Text, work: &[Work<'_>], cx: &Cx<'_>) -> Vec<u8> {
    let (rows, more) = Next::of(work, cx);
    let told = Told { name: cx.plain(name), counts: Counts::of(work, cx.today()), rows, more };
    let json = serde_json::to_string(&told).expect("bug: plain values are JSON");
    format!("playbookMe({json});\n").into_bytes()
}

//! `schemas/<kind>.schema.json`: what editors check and complete the files of authors by.

use crate::pages::routes;
use crate::plan::{Ground, Planned};
use crate::schema::KINDS;
use crate::schema::json::{Names, schema};

/// One schema for each kind of file.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let one = |kind: &'static crate::schema::Kind| {
        Planned::bytes(routes::file_schema(kind.name), move |cx| {
            let rules: Vec<&str> = ground.rules.iter().map(|rule| rule.code).collect();
            schema(kind, &Names { model: cx.model(), rules: &rules }).into_bytes()
        })
    };
    KINDS.iter().map(one).collect()
}

//! `404.html`: what a web server shows for an address that is not there.

use crate::plan::{Cx, Ground, Page, Planned, Route};
use serde::Serialize;

/// One page for each language; servers show the default language's.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(Route::file("404.html"), "404.html", view).absolute()]
}

/// `404.html` needs nothing but its frame.
#[derive(Serialize)]
struct View {}

fn view(cx: &Cx<'_>) -> Page {
    Page::new(cx.t("not-found"), View {}).hidden()
}

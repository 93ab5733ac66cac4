//! `/`: what is today.

use super::routes;
use crate::plan::{Cx, Ground, Page, Planned, Section};
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::home(), "home.html", view).entry(Section::Today)]
}

/// Everything `home.html` can see.
#[derive(Serialize)]
struct View {
    today: String,
}

fn view(cx: &Cx<'_>) -> Page {
    Page::new(cx.t("nav-today"), View { today: cx.date_full(cx.today()) })
}

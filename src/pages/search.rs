//! `search/`: where a query has an address, and where to go without one.

use super::routes;
use crate::plan::{Cx, Ground, Page, Planned, Route, Words};
use serde::Serialize;

/// One page for each language, if the site has a search. It is not in the index it searches.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    if !ground.model.settings.search {
        return Vec::new();
    }
    vec![Planned::page(routes::search(), "search.html", view).searches()]
}

/// Everything `search.html` can see.
#[derive(Serialize)]
struct View {
    ways: Vec<Way>,
}

/// A page from which others are found without search.
#[derive(Serialize)]
struct Way {
    text: &'static str,
    about: &'static str,
    href: String,
}

fn view(cx: &Cx<'_>) -> Page {
    let ways: [(&str, &str, Route); 8] = [
        ("search-way-campaigns", "search-about-campaigns", routes::campaigns()),
        ("search-way-agenda", "search-about-agenda", routes::agenda()),
        ("search-way-calendar", "search-about-calendar", routes::calendar()),
        ("search-way-sops", "search-about-sops", routes::sops()),
        ("search-way-lessons", "search-about-lessons", routes::lessons()),
        ("search-way-people", "search-about-people", routes::people()),
        ("search-way-glossary", "search-about-glossary", routes::glossary()),
        ("search-way-rules", "search-about-rules", routes::rules()),
    ];
    let way =
        |(text, about, route): (&'static str, &'static str, Route)| Some(Way { text, about, href: cx.href(&route)? });
    let ways = ways.into_iter().filter_map(way).collect();
    Page::new(Words::from(cx.t("search")), View { ways }).about(cx.t("search-lead")).hidden()
}

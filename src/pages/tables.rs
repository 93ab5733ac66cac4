//! `tables/`: every feed and every download of the site, each in one line.

use super::{parts, routes};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Route, Shelf};
use crate::schema::KINDS;
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::tables(), "tables.html", view).more(Shelf::Method, 150, "data-title")]
}

/// The tables over all campaigns, those that people open most first; a test holds them to those that are written.
const TABLES: [&str; 20] = [
    "campaigns",
    "calendar",
    "milestones",
    "checklist",
    "work",
    "people",
    "budget",
    "splits",
    "dimensions",
    "kpis",
    "alerts",
    "goals",
    "handovers",
    "materials",
    "actions",
    "lessons",
    "obligations",
    "sops",
    "waivers",
    "findings",
];

/// Everything `tables.html` can see.
#[derive(Serialize)]
struct View {
    /// The calendar of everything.
    calendar: Option<parts::Subscription>,
    /// Calendars of years.
    years: Vec<Ref>,
    people: Option<String>,
    campaigns: Option<String>,
    feed: Option<String>,
    model: Option<String>,
    schema: Option<String>,
    /// Schemas of the files that authors write.
    schemas: Vec<Ref>,
    tables: Vec<Table>,
}

#[derive(Serialize)]
struct Table {
    file: Ref,
    /// Key of what is in it.
    about: String,
}

fn view(cx: &Cx<'_>) -> Page {
    let years =
        cx.model().programmes.iter().map(|p| cx.link(cx.words(&p.title), &routes::programme_feed(p.id.as_str())));
    let file = |route: &Route| cx.href(route);
    let table = |name: &str| {
        let route = routes::table(name);
        let file = cx.link(format!("{name}.csv"), &route);
        file.href.is_some().then(|| Table { about: format!("data-of-{name}"), file })
    };
    let schemas = KINDS.iter().map(|kind| cx.link(kind.path, &routes::file_schema(kind.name)));
    let view = View {
        calendar: parts::subscription(cx, &routes::feed()),
        years: years.filter(|y| y.href.is_some()).collect(),
        people: file(&routes::people()),
        campaigns: file(&routes::campaigns()),
        feed: file(&routes::atom()),
        model: file(&routes::model()),
        schema: file(&routes::schema()),
        schemas: schemas.collect(),
        tables: TABLES.into_iter().filter_map(table).collect(),
    };
    Page::new(cx.t("data-title"), view).about(cx.t("data-about"))
}

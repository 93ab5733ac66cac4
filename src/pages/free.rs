//! `<id>/`: pages of free prose.

use super::files::{self, FileRow};
use super::{places, routes};
use crate::model::page::FreePage;
use crate::plan::{Cx, Ground, Heading, Page, Planned, Section};
use serde::Serialize;

/// One page for each file in `content/pages/`.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    ground.model.pages.iter().map(|page| planned(page, ground)).collect()
}

fn planned<'a>(page: &'a FreePage, ground: &'a Ground<'a>) -> Planned<'a> {
    let id = page.id.as_str();
    let mut planned = Planned::page(routes::free(id), "free.html", move |cx| view(page, cx))
        .section(Section::More)
        .named(move |cx| cx.words(&page.title))
        .aliases(&page.aliases, routes::free)
        .from(format!("page `{id}`"), crate::base::Span::new(page.file, 0, 0));
    if page.menu {
        planned = planned.more_named(page.order, &page.title);
    }
    for version in &page.prose.versions {
        planned = planned.shows(ground.sources.path(version.file));
    }
    planned
}

/// Everything `free.html` can see.
#[derive(Serialize)]
struct View {
    prose_html: String,
    prose_lang: Option<String>,
    /// Files that it leads to.
    files: Vec<FileRow>,
}

fn view(page: &FreePage, cx: &Cx<'_>) -> Page {
    let path = page.prose.get(cx.lang()).map_or("", |v| cx.ground().sources.path(v.file)).to_owned();
    prose(page, cx).edited_in(path, 1).made_of(places::versions(cx, &page.prose))
}

/// A page of prose, whoever wrote it.
pub(super) fn prose(page: &FreePage, cx: &Cx<'_>) -> Page {
    let version = page.prose.get(cx.lang());
    let rendered = version.map(|v| cx.markdown(v, Heading::default())).unwrap_or_default();
    let view = View {
        prose_html: rendered.html,
        files: files::linked(cx, version),
        prose_lang: version.filter(|v| v.lang != *cx.lang()).map(|v| v.lang.tag().to_owned()),
    };
    Page::new(cx.words(&page.title), view).about(rendered.excerpt)
}

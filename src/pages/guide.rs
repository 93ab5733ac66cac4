//! `guide/`: how playbook is used, by the program itself; `guide/<id>/`: one page of it.

use super::{contents, free, routes};
use crate::model::page::FreePage;
use crate::plan::{Cx, Ground, Page, Planned, Section, Shelf};
use std::sync::Arc;

/// The overview and its pages, where the site carries the guide.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let pages = &ground.model.guide;
    if pages.is_empty() {
        return Vec::new();
    }
    let overview = Planned::page(routes::guide(), "contents.html", move |cx| overview(pages, cx));
    let mut planned = vec![overview.more(Shelf::Method, 140, "guide-title").named(|cx| cx.t("guide-title").into())];
    planned.extend(pages.iter().map(|page| planned_page(page, ground)));
    planned
}

fn planned_page<'a>(page: &'a FreePage, ground: &'a Ground<'a>) -> Planned<'a> {
    let make = move |cx: &Cx<'_>| free::prose(page, cx).under(cx.t("guide-title"), routes::guide());
    let planned = Planned::page(routes::guide_page(page.id.as_str()), "free.html", make)
        .section(Section::More)
        .named(move |cx| cx.words(&page.title));
    page.prose.versions.iter().fold(planned, |planned, version| planned.shows(ground.sources.path(version.file)))
}

fn overview(pages: &[Arc<FreePage>], cx: &Cx<'_>) -> Page {
    let view = contents::View {
        lead: Some(cx.t("guide-lead").into()),
        chapters: pages.iter().map(|page| contents::chapter(page, &routes::guide_page(page.id.as_str()), cx)).collect(),
    };
    Page::new(cx.t("guide-title"), view).about(cx.t("guide-lead"))
}

//! `<name>/`, `<chapter>/<name>/`: pages of free prose; `tags/`: those with a tag in common.

mod tags;

use super::files::{self, FileRow};
use super::{places, routes};
use crate::base::Id;
use crate::model::page::FreePage;
use crate::plan::{Cx, Ground, Heading, Page, Planned, Ref, Section};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// One page for each file in `content/pages/`, one for each tag.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let mut chapters: BTreeMap<&'a Id, Vec<&'a FreePage>> = BTreeMap::new();
    let mut heads: BTreeMap<&'a Id, &'a FreePage> = BTreeMap::new();
    for page in &ground.model.pages {
        match &page.chapter {
            Some(chapter) if page.opens_chapter() => {
                heads.insert(chapter, page);
            }
            Some(chapter) => chapters.entry(chapter).or_default().push(page),
            None => {}
        }
    }
    let mut placed: Vec<(&'a FreePage, Place<'a>)> = Vec::with_capacity(ground.model.pages.len());
    for page in ground.model.pages.iter().filter(|page| page.chapter.is_none()) {
        placed.push((page, Place::default()));
    }
    for (chapter, head) in &heads {
        let pages = chapters.get(chapter).cloned().unwrap_or_default();
        placed.push((head, Place { pages, ..Place::default() }));
    }
    for (chapter, pages) in &chapters {
        for (at, page) in pages.iter().enumerate() {
            let previous = at.checked_sub(1).and_then(|at| pages.get(at)).copied();
            let next = pages.get(at + 1).copied();
            placed.push((page, Place { head: heads.get(chapter).copied(), previous, next, pages: vec![] }));
        }
    }
    let mut planned: Vec<_> = placed.into_par_iter().map(|(page, place)| one(page, place, ground)).collect();
    // The order of the plan decides who stays when two want one address.
    planned.par_sort_by(|a, b| a.route.cmp(&b.route));
    planned.extend(tags::plan(ground));
    planned
}

/// What stands around a page.
#[derive(Default)]
struct Place<'a> {
    /// The page that its chapter opens with.
    head: Option<&'a FreePage>,
    previous: Option<&'a FreePage>,
    next: Option<&'a FreePage>,
    /// Of a page that opens a chapter the others.
    pages: Vec<&'a FreePage>,
}

fn route(page: &FreePage) -> crate::plan::Route {
    routes::free(&page.address())
}

fn link(page: &FreePage, cx: &Cx<'_>) -> Ref {
    cx.link(cx.words(&page.title), &route(page))
}

fn one<'a>(page: &'a FreePage, place: Place<'a>, ground: &'a Ground<'a>) -> Planned<'a> {
    let mut planned = Planned::page(route(page), "free.html", move |cx| view(page, &place, cx))
        .section(Section::More)
        .named(move |cx| cx.words(&page.title))
        .aliases(&page.aliases, |id| routes::free(&page.address_of(id)))
        .from(format!("page `{}`", page.address()), crate::base::Span::new(page.file, 0, 0));
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
    summary: Option<crate::plan::Words>,
    tags: Vec<Ref>,
    /// Its headings of the upper two levels.
    toc: Vec<Line>,
    /// Pages of the chapter that it opens.
    pages: Vec<Ref>,
    previous: Option<Ref>,
    next: Option<Ref>,
    /// Files that it leads to.
    files: Vec<FileRow>,
}

#[derive(Serialize)]
struct Line {
    level: u8,
    id: String,
    title: String,
}

fn view(page: &FreePage, place: &Place<'_>, cx: &Cx<'_>) -> Page {
    let path = page.prose.get(cx.lang()).map_or("", |v| cx.ground().sources.path(v.file)).to_owned();
    let shown = placed(page, place, cx).edited_in(path, 1).made_of(places::versions(cx, &page.prose));
    match place.head {
        Some(head) => shown.under(cx.words(&head.title), route(head)),
        None => shown,
    }
}

/// A page of prose, whoever wrote it.
pub(super) fn prose(page: &FreePage, cx: &Cx<'_>) -> Page {
    placed(page, &Place::default(), cx)
}

fn placed(page: &FreePage, place: &Place<'_>, cx: &Cx<'_>) -> Page {
    let version = page.prose.get(cx.lang());
    let rendered = version.map(|v| cx.markdown(v, Heading::default())).unwrap_or_default();
    let line = |t: crate::markup::markdown::TocEntry| Line { level: t.level, id: t.id, title: t.title };
    let view = View {
        prose_html: rendered.html,
        prose_lang: version.filter(|v| v.lang != *cx.lang()).map(|v| v.lang.tag().to_owned()),
        summary: page.summary.as_ref().map(|text| cx.words(text)),
        tags: page.tags.iter().map(|tag| cx.link(tag.as_str(), &routes::tag(tag.as_str()))).collect(),
        toc: rendered.toc.into_iter().filter(|t| matches!(t.level, 2 | 3)).map(line).collect(),
        pages: place.pages.iter().map(|page| link(page, cx)).collect(),
        previous: place.previous.map(|page| link(page, cx)),
        next: place.next.map(|page| link(page, cx)),
        files: files::linked(cx, version),
    };
    let about = page.summary.as_ref().map_or(rendered.excerpt, |text| cx.plain(text));
    Page::new(cx.words(&page.title), view).about(about)
}

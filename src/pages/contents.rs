//! `/` of a playbook of prose: its pages, with what each is about.

use super::routes;
use crate::model::page::FreePage;
use crate::plan::{Cx, Ground, Heading, Page, Planned, Ref, Route};
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::home(), "contents.html", move |cx| view(cx, ground))]
}

/// Everything `contents.html` can see.
#[derive(Serialize)]
pub(super) struct View {
    pub(super) lead: Option<crate::plan::Words>,
    pub(super) chapters: Vec<Chapter>,
}

/// A page and what it is about.
#[derive(Serialize)]
pub(super) struct Chapter {
    page: Ref,
    about: String,
    /// The language of what it is about, where it is not the reader's.
    lang: Option<String>,
}

/// A page of prose as a chapter.
pub(super) fn chapter(page: &FreePage, route: &Route, cx: &Cx<'_>) -> Chapter {
    let version = page.prose.get(cx.lang());
    Chapter {
        page: cx.link(cx.words(&page.title), route),
        about: version.map(|v| whole(cx.markdown(v, Heading::default()).excerpt)).unwrap_or_default(),
        lang: version.filter(|v| v.lang != *cx.lang()).map(|v| v.lang.tag().to_owned()),
    }
}

/// An excerpt up to its last whole sentence, where it was cut within one.
fn whole(excerpt: String) -> String {
    let Some(cut) = excerpt.strip_suffix('…') else { return excerpt };
    let end = cut.char_indices().rfind(|(at, c)| *c == '。' || *c == '.' && cut[at + 1..].starts_with(' '));
    end.map_or_else(|| excerpt.clone(), |(at, c)| cut[..at + c.len_utf8()].to_owned())
}

fn view<'a>(cx: &Cx<'_>, ground: &'a Ground<'a>) -> Page {
    let mut pages: Vec<&FreePage> = ground.model.pages.iter().map(|page| &**page).filter(|page| page.menu).collect();
    pages.sort_by_key(|page| (page.order, page.address()));
    let settings = &ground.model.settings;
    let view = View {
        lead: settings.tagline.as_ref().map(|text| cx.words(text)),
        chapters: pages.into_iter().map(|page| chapter(page, &routes::free(&page.address()), cx)).collect(),
    };
    let about = settings.tagline.as_ref().unwrap_or(&settings.title);
    Page::new(cx.words(&settings.title), view).about(cx.plain(about))
}

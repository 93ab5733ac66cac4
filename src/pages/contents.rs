//! `/` of a playbook of prose: its pages, with what each is about.

use super::routes;
use crate::model::page::FreePage;
use crate::plan::{Cx, Ground, Heading, Page, Planned, Ref};
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::home(), "contents.html", move |cx| view(cx, ground))]
}

/// Everything `contents.html` can see.
#[derive(Serialize)]
struct View {
    lead: Option<crate::plan::Words>,
    chapters: Vec<Chapter>,
}

#[derive(Serialize)]
struct Chapter {
    page: Ref,
    about: String,
    /// The language of what it is about, where it is not the reader's.
    lang: Option<String>,
}

fn view<'a>(cx: &Cx<'_>, ground: &'a Ground<'a>) -> Page {
    let mut pages: Vec<&FreePage> = ground.model.pages.iter().filter(|page| page.menu).collect();
    pages.sort_by_key(|page| (page.order, page.id.as_str()));
    let chapter = |page: &FreePage| {
        let version = page.prose.get(cx.lang());
        Chapter {
            page: cx.link(cx.words(&page.title), &routes::free(page.id.as_str())),
            about: version.map(|v| cx.markdown(v, Heading::default()).excerpt).unwrap_or_default(),
            lang: version.filter(|v| v.lang != *cx.lang()).map(|v| v.lang.tag().to_owned()),
        }
    };
    let settings = &ground.model.settings;
    let view = View {
        lead: settings.tagline.as_ref().map(|text| cx.words(text)),
        chapters: pages.into_iter().map(chapter).collect(),
    };
    let about = settings.tagline.as_ref().unwrap_or(&settings.title);
    Page::new(cx.words(&settings.title), view).about(cx.plain(about))
}

//! `tags/`, `tags/<tag>/`: free pages by what they are about.

use super::{link, routes};
use crate::model::page::FreePage;
use crate::plan::{Cx, Ground, Page, Planned, Ref, Section};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One page for each tag and one of all; none where no page has a tag.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let mut tags: BTreeMap<&'a str, Vec<&'a FreePage>> = BTreeMap::new();
    for page in &ground.model.pages {
        for tag in &page.tags {
            tags.entry(tag.as_str()).or_default().push(page);
        }
    }
    if tags.is_empty() {
        return Vec::new();
    }
    let names: Arc<[&str]> = tags.keys().copied().collect();
    let all = Planned::page(routes::tags(), "pages.html", move |cx| {
        let row = |tag: &&str| cx.link(*tag, &routes::tag(tag));
        Page::new(cx.t("tags"), View { pages: names.iter().map(row).collect() })
    });
    let one = |(tag, pages): (&'a str, Vec<&'a FreePage>)| {
        Planned::page(routes::tag(tag), "pages.html", move |cx| view(tag, &pages, cx)).section(Section::More)
    };
    std::iter::once(all.section(Section::More)).chain(tags.into_iter().map(one)).collect()
}

/// Everything `pages.html` can see.
#[derive(Serialize)]
struct View {
    pages: Vec<Ref>,
}

fn view(tag: &str, pages: &[&FreePage], cx: &Cx<'_>) -> Page {
    let about = cx.count("tagged", pages.len());
    let view = View { pages: pages.iter().map(|page| link(page, cx)).collect() };
    Page::new(tag, view).about(about).under(cx.t("tags"), routes::tags())
}

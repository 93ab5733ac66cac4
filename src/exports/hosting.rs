//! What a web server wants beside the pages: `sitemap.xml` where the site's address is known, and `.nojekyll`.

use crate::markup::html;
use crate::plan::{Cx, Finished, Ground, Planned, Route};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sitemap, if `base-url` is set, and the file that keeps one host from hiding names with an underscore.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let mut planned = vec![Planned::bytes(Route::shared(".nojekyll"), |_| Vec::new())];
    if ground.model.settings.base_url.is_some() {
        let count = ground.model.campaigns.len();
        let room = ground.model.policy.room("sitemap-campaigns").max(1);
        // Search engines read fifty thousand addresses of one file: campaigns in files of so many, all else in one.
        let parts = if count > room { count.div_ceil(room) } else { 0 };
        if parts == 0 {
            planned.push(Planned::last(Route::shared("sitemap.xml"), |cx, pages| {
                sitemap(cx, pages, |_| true).into_bytes()
            }));
        } else {
            planned.push(Planned::bytes(Route::shared("sitemap.xml"), move |cx| index(cx, parts).into_bytes()));
            let places: BTreeMap<&str, usize> =
                ground.model.campaigns.iter().enumerate().map(|(at, c)| (c.id.as_str(), at / room + 1)).collect();
            let places = Arc::new(places);
            for part in 0..=parts {
                let places = Arc::clone(&places);
                let route = Route::shared(&format!("sitemap-{part}.xml"));
                planned.push(Planned::last(route, move |cx, pages| {
                    sitemap(cx, pages, |page| part_of(page, &places) == part).into_bytes()
                }));
            }
        }
    }
    planned
}

/// The file of the sitemap that names a page: that of its campaign, else the first.
fn part_of(page: &Finished, places: &BTreeMap<&str, usize>) -> usize {
    let campaign = page.route.path().strip_prefix("campaigns/").and_then(|rest| rest.split('/').next());
    campaign.and_then(|id| places.get(id)).copied().unwrap_or(0)
}

/// Names the files of a sitemap in parts.
fn index(cx: &Cx<'_>, parts: usize) -> String {
    let Some(base) = &cx.model().settings.base_url else { return String::new() };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for part in 0..=parts {
        let address = html::escaped(&html::encoded(&format!("{base}/sitemap-{part}.xml")));
        out.push_str(&format!("<sitemap><loc>{address}</loc></sitemap>\n"));
    }
    out.push_str("</sitemapindex>\n");
    out
}

/// Every page that search may show and that `is_wanted`, with its translations.
fn sitemap(cx: &Cx<'_>, pages: &[Finished], is_wanted: impl Fn(&Finished) -> bool) -> String {
    let settings = &cx.model().settings;
    let Some(base) = &settings.base_url else { return String::new() };
    let mut editions: BTreeMap<&Route, Vec<&Finished>> = BTreeMap::new();
    for page in pages.iter().filter(|p| !p.is_hidden && is_wanted(p)) {
        editions.entry(&page.route).or_default().push(page);
    }
    let address = |page: &Finished| {
        let path = page.output.strip_suffix("index.html").unwrap_or(&page.output);
        html::escaped(&html::encoded(&format!("{base}/{path}")))
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for twins in editions.values() {
        for page in twins {
            out.push_str(&format!("<url><loc>{}</loc>", address(page)));
            for twin in twins.iter().filter(|_| twins.len() > 1) {
                let (lang, href) = (settings.languages[twin.edition].tag(), address(twin));
                out.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{href}\"/>"));
            }
            out.push_str("</url>\n");
        }
    }
    out.push_str("</urlset>\n");
    out
}

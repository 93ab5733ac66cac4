//! What a web server wants beside the pages: `sitemap.xml` where the site's address is known, and `.nojekyll`.

use crate::markup::html;
use crate::plan::{Cx, Finished, Ground, Planned, Route};
use std::collections::BTreeMap;

/// The sitemap, if `base-url` is set, and the file that keeps one host from hiding names with an underscore.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let mut planned = vec![Planned::bytes(Route::shared(".nojekyll"), |_| Vec::new())];
    if ground.model.settings.base_url.is_some() {
        planned.push(Planned::last(Route::shared("sitemap.xml"), |cx, pages| sitemap(cx, pages).into_bytes()));
    }
    planned
}

/// Every page that search may show, with its translations.
fn sitemap(cx: &Cx<'_>, pages: &[Finished]) -> String {
    let settings = &cx.model().settings;
    let Some(base) = &settings.base_url else { return String::new() };
    let mut editions: BTreeMap<&Route, Vec<&Finished>> = BTreeMap::new();
    for page in pages.iter().filter(|p| !p.is_hidden) {
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

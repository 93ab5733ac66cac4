//! What `build` and `publish` put beside a finished site for the program that will send it: `_headers`, and compressed twins.
//!
//! They are no part of the site that is judged and served: no page links to them.

use super::args::Squeeze;
use crate::compile::Compiled;
use crate::model::settings::Compression;
use crate::output::{self, Encoding, Files};
use std::borrow::Cow;
use std::path::Path;

/// The finished site with what is wanted beside it. Twins that the site in the folder `earlier` has of the same files are not made
/// again.
pub(super) fn site<'a>(compiled: &'a Compiled, flags: &Squeeze, earlier: &Path) -> Cow<'a, Files> {
    let (settings, policy) = (&compiled.model.settings, &compiled.model.policy);
    let mut site = Cow::Borrowed(&compiled.rendered.site);
    if settings.headers && !site.contains_key(output::HEADERS) {
        let headers = output::headers(&site, policy.room("headers-rules"));
        site.to_mut().insert(output::HEADERS.to_owned(), headers.into());
    }
    let flag: Option<Vec<Compression>> = flags.compress.as_ref().map(|ways| ways.iter().copied().flatten().collect());
    let ways = flag.as_ref().unwrap_or(&settings.compress);
    if ways.is_empty() {
        return site;
    }
    let encodings: Vec<Encoding> =
        Compression::ALL.iter().filter(|way| ways.contains(way)).map(|way| encoding(*way)).collect();
    Cow::Owned(output::with_twins(&site, &encodings, policy.room("compress-least-bytes"), earlier))
}

fn encoding(way: Compression) -> Encoding {
    match way {
        Compression::Gzip => Encoding::Gzip,
        Compression::Brotli => Encoding::Brotli,
    }
}

//! Files under `assets` folders: published as they are, at their path without `content/`.

use crate::plan::{Ground, Planned, asset_route};

/// One file for each; the same for all languages.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let published = |(path, file): (&'a str, crate::base::FileId)| {
        let planned = Planned::bytes(asset_route(ground.sources, file)?, move |_| ground.sources.shared(file));
        Some(planned.shows(path).from(format!("`{path}`"), crate::base::Span::new(file, 0, 0)))
    };
    ground.sources.under("content/").filter_map(published).collect()
}

//! The guide: the documentation of this program, inside the binary, for sites that publish it (`guide = true`).

use super::page::{FreePage, read};
use crate::base::{Found, Lang};
use crate::sources::Sources;
use include_dir::{Dir, include_dir};
use std::sync::Arc;

static GUIDE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/content/pages");

/// Where its files lie among the sources. They name each other as neighbours.
const FOLDER: &str = "<guide>/";

/// The language of the files without a suffix, whatever that of the site is.
const MAIN: &str = "en";

/// Adds the guide to the sources and reads its pages.
pub(super) fn pages(sources: &mut Sources, found: &mut Found) -> Vec<Arc<FreePage>> {
    for file in GUIDE.files() {
        let text = file.contents_utf8().expect("bug: a page of the guide is no UTF-8");
        sources.add_embedded(&format!("{FOLDER}{}", file.path().display()), text);
    }
    read(sources, FOLDER, &Lang(MAIN.to_owned()), found)
}

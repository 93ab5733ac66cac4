//! Parts of the look that only some pages need: each is sent with the pages that use a class it brings.

use super::assets::{Asset, COMMON, PARTS};
use std::collections::{BTreeMap, BTreeSet};

/// A style sheet of `parts/`.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its path from the root of the site.
    pub path: String,
    /// The classes that it has rules for and the common sheet has not.
    pub classes: BTreeSet<String>,
}

/// The parts, in order of name: `campaign.css` before `campaign-budget.css`, which refines it.
pub(super) fn parts(assets: &BTreeMap<String, Asset>) -> Vec<Part> {
    let text = |asset: &Asset| String::from_utf8_lossy(&asset.bytes).into_owned();
    let common = assets.get(COMMON).map(|sheet| classes(&text(sheet))).unwrap_or_default();
    let is_part = |name: &str| name.starts_with(PARTS) && name.ends_with(".css");
    let part = |asset: &Asset| Part {
        path: asset.path.clone(),
        classes: classes(&text(asset)).difference(&common).cloned().collect(),
    };
    let mut parts: Vec<(&str, &Asset)> = assets
        .iter()
        .filter(|(name, _)| is_part(name))
        .map(|(name, asset)| (name.trim_end_matches(".css"), asset))
        .collect();
    parts.sort_by_key(|(stem, _)| *stem);
    parts.into_iter().map(|(_, asset)| part(asset)).collect()
}

/// The classes that a style sheet names.
fn classes(sheet: &str) -> BTreeSet<String> {
    let is_start = |c: char| c.is_alphabetic() || c == '_' || c == '-';
    let name =
        |after: &str| -> String { after.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect() };
    sheet.split('.').skip(1).filter(|after| after.starts_with(is_start)).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_brings_the_classes_that_the_common_sheet_has_not() {
        let asset = |path: &str, text: &str| Asset { path: path.to_owned(), bytes: text.as_bytes().into() };
        let assets = BTreeMap::from([
            (COMMON.to_owned(), asset("static/style.1.css", ".card{margin:.5rem}")),
            ("parts/home.css".to_owned(), asset("static/home.2.css", ".home>.card,.stat.is-late:has(.x-y){top:1.5px}")),
        ]);
        let parts = parts(&assets);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].path, "static/home.2.css");
        assert_eq!(parts[0].classes.iter().collect::<Vec<_>>(), ["home", "is-late", "stat", "x-y"]);
    }
}

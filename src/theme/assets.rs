//! Static files, named by their content so that they may be cached for ever.

use super::squeeze::{squeezed, squeezed_script};
use crate::base::Fingerprint;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sheet that every page is sent with.
pub(super) const COMMON: &str = "style.css";
/// The folder of the sheets that are sent where they are needed. They are published beside the common one.
pub(super) const PARTS: &str = "parts/";

/// A static file.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its path from the root of the site: `static/style.1a2b3c4d.css`.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Puts `tokens.css` before `style.css` and the parts in `style/` behind it, in order of name: one sheet is sent, its parts
/// stay short.
pub(super) fn joined(mut files: BTreeMap<String, Arc<[u8]>>) -> BTreeMap<String, Arc<[u8]>> {
    let is_part = |name: &str| name.starts_with("style/") && name.ends_with(".css");
    let parts: Vec<String> = files.keys().filter(|name| is_part(name)).cloned().collect();
    let mut sheet = files.remove("tokens.css").map(|bytes| bytes.to_vec()).unwrap_or_default();
    let behind = std::iter::once("style.css").chain(parts.iter().map(String::as_str));
    for bytes in behind.filter_map(|name| files.remove(name)) {
        sheet.push(b'\n');
        sheet.extend_from_slice(&bytes);
    }
    files.insert(COMMON.to_owned(), sheet.into());
    files
}

/// Names every file by its content; scripts and style sheets are squeezed. Style sheets may name other files in `url(…)`: they are
/// hashed last, with the new names.
pub(super) fn hashed(files: BTreeMap<String, Arc<[u8]>>) -> BTreeMap<String, Asset> {
    let (sheets, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name.ends_with(".css"));
    let mut assets = BTreeMap::new();
    for (name, bytes) in others {
        let bytes: Arc<[u8]> = match std::str::from_utf8(&bytes) {
            Ok(text) if name.ends_with(".js") => squeezed_script(text).into_bytes().into(),
            _ => bytes,
        };
        let path = named(&name, &bytes);
        assets.insert(name, Asset { path, bytes });
    }
    for (name, bytes) in sheets {
        let bytes: Arc<[u8]> = match std::str::from_utf8(&bytes) {
            Ok(text) => squeezed(&addressed(text, &assets)).into_bytes().into(),
            Err(_) => bytes,
        };
        let path = named(&name, &bytes);
        assets.insert(name, Asset { path, bytes });
    }
    assets
}

fn named(name: &str, bytes: &[u8]) -> String {
    let hash = Fingerprint::of(bytes).short();
    let name = name.strip_prefix(PARTS).unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("static/{stem}.{hash}.{ending}"),
        None => format!("static/{name}.{hash}"),
    }
}

/// A style sheet with the published names of the files it names. Sheets lie at the top of `static/`.
fn addressed(sheet: &str, assets: &BTreeMap<String, Asset>) -> String {
    let mut text = sheet.to_owned();
    for (name, asset) in assets {
        let published = asset.path.trim_start_matches("static/");
        for quote in ["", "\"", "'"] {
            text = text.replace(&format!("url({quote}{name}{quote})"), &format!("url({quote}{published}{quote})"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_picture_changes_the_name_of_the_sheet_that_shows_it() {
        let of = |picture: &[u8]| {
            let files = [("a.svg", picture), ("s.css", b"b{background:url(a.svg)}".as_slice())];
            hashed(files.into_iter().map(|(n, b)| (n.to_owned(), b.into())).collect())
        };
        let (one, two) = (of(b"1"), of(b"2"));
        assert_ne!(one["s.css"].path, two["s.css"].path);
        let sheet = String::from_utf8_lossy(&one["s.css"].bytes).into_owned();
        assert!(sheet.contains(one["a.svg"].path.trim_start_matches("static/")), "{sheet}");
    }
}

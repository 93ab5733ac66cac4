//! `_headers`: what hosts of static sites (Netlify, Cloudflare Pages and others) are to say with the files.

use super::{Files, paths};
use std::collections::BTreeMap;

/// The file, at the top of a site.
pub const HEADERS: &str = "_headers";

const FOR_ALL: &str = "/*\n  X-Content-Type-Options: nosniff\n";
const FOR_EVER: &str = "  Cache-Control: public, max-age=31536000, immutable\n";

/// What has a hash in its name never changes and is kept for ever; all else is asked for anew, which is what these hosts do by
/// themselves. A folder with nothing else in it is one rule, and of more than `most` rules those of the most files are
/// written: hosts read so many and no more.
pub fn headers(files: &Files, most: usize) -> Vec<u8> {
    let changing = files.keys().filter(|path| !paths::is_hashed(path)).map(String::as_str);
    // A rule for a folder is one for the folders in it too.
    let mixed = paths::folders(changing);
    let mut rules: BTreeMap<String, usize> = BTreeMap::new();
    for path in files.keys().filter(|path| paths::is_hashed(path)) {
        let whole = paths::above(path).filter(|folder| !mixed.contains(folder)).last();
        *rules.entry(whole.map_or_else(|| format!("/{path}"), |folder| format!("/{folder}/*"))).or_default() += 1;
    }
    let mut rules: Vec<(String, usize)> = rules.into_iter().collect();
    rules.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    // The first rule is for everything.
    rules.truncate(most.saturating_sub(1));
    rules.sort();
    let rules = rules.into_iter().map(|(rule, _)| format!("{rule}\n{FOR_EVER}"));
    std::iter::once(FOR_ALL.to_owned()).chain(rules).collect::<String>().into_bytes()
}

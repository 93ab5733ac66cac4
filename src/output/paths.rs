//! Paths inside a site: what none may look like, and the folders they imply.

use std::collections::{BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::{Error, Files, manifest, workspace};

/// Refuses a site whose paths leave the folder or meet on some file system.
///
/// The plan has told the author about clashes of names long before; whatever is still found
/// here is our mistake.
pub(super) fn check(files: &Files) -> Result<(), Error> {
    let bad = |path: &str, reason: String| Error::BadPath { path: path.to_owned(), reason };
    let folders = folders(files.keys().map(String::as_str));
    let mut folded: HashMap<String, &str> = HashMap::with_capacity(files.len());
    for path in files.keys() {
        if let Some(fault) = fault(path) {
            return Err(bad(path, fault.to_owned()));
        }
        if path == manifest::NAME || path.split('/').next() == Some(workspace::INSIDE) {
            return Err(bad(path, "which is a name of our own".into()));
        }
        if folders.contains(path.as_str()) {
            return Err(bad(path, "which is a folder too".into()));
        }
        if let Some(other) = folded.insert(fold(path), path) {
            return Err(bad(path, format!("one with `{other}` where case is ignored")));
        }
    }
    Ok(())
}

/// What is wrong with `path` by itself, as the end of a clause.
pub(super) fn fault(path: &str) -> Option<&'static str> {
    if path.starts_with('/') {
        return Some("which is absolute");
    }
    if path.contains(['\0', '\\']) {
        return Some("which has a NUL or a backslash");
    }
    path.split('/').find_map(|segment| match segment {
        "" => Some("which has an empty segment"),
        "." | ".." => Some("which has a segment of dots"),
        _ => None,
    })
}

/// The folders above `path`, nearest first.
pub(super) fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(path), |p| parent(p))
}

fn parent(path: &str) -> Option<&str> {
    path.rfind('/').map(|slash| &path[..slash])
}

/// Every folder that `paths` need.
pub(super) fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        for folder in above(path) {
            if !folders.insert(folder) {
                break; // and so are the ones above it
            }
        }
    }
    folders
}

/// Sorts `folders` into levels, the top one first: what lies on one level can be made or removed
/// at once.
pub(super) fn levels<T: AsRef<[u8]>>(folders: impl IntoIterator<Item = T>) -> Vec<Vec<T>> {
    let mut levels: Vec<Vec<T>> = Vec::new();
    for folder in folders {
        let depth = folder.as_ref().iter().filter(|b| **b == b'/').count();
        if levels.len() <= depth {
            levels.resize_with(depth + 1, Vec::new);
        }
        levels[depth].push(folder);
    }
    levels
}

/// The path as a file system sees it that ignores case and Unicode composition.
fn fold(path: &str) -> String {
    if path.is_ascii() {
        path.to_ascii_lowercase()
    } else {
        path.nfc().collect::<String>().to_lowercase().nfc().collect()
    }
}

/// Whether a name holds a hash of the bytes, as `style.4a14ac15.css`: such a file never changes.
pub(super) fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut parts = name.split('.').skip(1);
    parts.any(|part| part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
}

//! Publishing file by file, where the folder itself cannot be exchanged.
//!
//! A reader may meet old and new pages side by side for a moment, and never a dead link: what
//! nobody links to yet comes first, then what links to it, and what nobody links to any more
//! goes last.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::changes::{Changes, Inventory};
use super::files::Maker;
use super::manifest::{self, Manifest};
use super::{Error, Files, paths};

/// Replaces the site in `target` file by file, each by a rename from the empty space `stage`.
pub(super) fn replace(
    files: &Files,
    new: &Manifest,
    changes: &Changes<'_>,
    inventory: &Inventory,
    target: &Path,
    stage: &Path,
) -> Result<(), Error> {
    let writer = Writer { maker: Maker::starting_with(stage)?, stage, target, names: AtomicUsize::new(0) };
    // First the manifest lists what is and what will be, so that a build killed half-way leaves
    // no file that the next one takes for somebody else's.
    let all = changes.old.manifest.as_ref().unwrap_or(new).with_files_of(new);
    writer.write(manifest::NAME, &all.to_bytes())?;

    let is_blocking = |path: &&String| {
        changes.folders.contains(path.as_str()) || paths::above(path).any(|folder| files.contains_key(folder))
    };
    // What the walk has not met may lie behind a symlink, and then it is not ours to remove.
    let is_here = |path: &&String| inventory.entries.contains_key(OsStr::new(path.as_str()));
    let (blocking, stale): (Vec<&String>, Vec<&String>) = changes.stale.iter().filter(is_here).partition(is_blocking);
    remove(target, &blocking)?;
    prune(target, inventory, |folder| changes.folders.contains(folder));

    for level in paths::levels(changes.folders.iter().copied()) {
        let make = |folder: &&str| writer.maker.folder(&target.join(folder));
        level.par_iter().try_for_each(make)?;
    }
    for wave in waves(changes) {
        wave.par_iter().try_for_each(|path| writer.write(path, &files[*path]))?;
    }
    remove(target, &stale)?;
    prune(target, inventory, |folder| changes.folders.contains(folder));
    writer.write(manifest::NAME, &changes.manifest)
}

/// The files to write, in the order that keeps every link alive: new ones (no old page links to
/// them), then the old ones that may link to them, each time assets before pages; the front page
/// last.
fn waves<'a>(changes: &Changes<'a>) -> [Vec<&'a str>; 5] {
    let mut waves = <[Vec<&str>; 5]>::default();
    for (start, paths) in [(0, &changes.add), (2, &changes.rewrite)] {
        for path in paths {
            // A compressed twin is what it is a twin of.
            let plain = path.strip_suffix(".gz").or_else(|| path.strip_suffix(".br")).unwrap_or(path);
            let wave = match plain {
                "index.html" => 4,
                path if path.ends_with(".html") => start + 1,
                _ => start,
            };
            waves[wave].push(path);
        }
    }
    waves
}

struct Writer<'a> {
    maker: Maker,
    stage: &'a Path,
    target: &'a Path,
    names: AtomicUsize,
}

impl Writer<'_> {
    /// Replaces one file by a rename: whoever reads it sees the old bytes or the new ones.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let name = self.names.fetch_add(1, Ordering::Relaxed).to_string();
        let (from, to) = (self.stage.join(name), self.target.join(path));
        self.maker.file(&from, bytes)?;
        fs::rename(&from, &to).map_err(Error::io("write", &to))
    }
}

fn remove(target: &Path, paths: &[&String]) -> Result<(), Error> {
    paths.par_iter().try_for_each(|path| {
        let path = target.join(path);
        match fs::remove_file(&path) {
            Err(e) if !is_gone(e.kind()) => Err(Error::io("remove", &path)(e)),
            _ => Ok(()),
        }
    })
}

fn is_gone(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Removes the folders of the old site that have become empty. A folder with anything in it
/// refuses to go, which is what we want.
fn prune(target: &Path, inventory: &Inventory, is_needed: impl Fn(&str) -> bool + Sync) {
    let is_foreign = |path: &OsStr| {
        let found = inventory.foreign.binary_search_by(|(other, _)| other.as_os_str().cmp(path));
        found.is_ok()
    };
    for level in inventory.folders_from_below() {
        level.par_iter().for_each(|path| {
            if !path.to_str().is_some_and(&is_needed) && !is_foreign(path) {
                let _ = fs::remove_dir(target.join(path));
            }
        });
    }
}

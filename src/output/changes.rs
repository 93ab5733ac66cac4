//! What tells the site in memory from the folder on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::files::{self, Disk};
use super::manifest::{self, Manifest};
use super::{Error, Files, paths, target, workspace};

/// The work to be done, settled before anything is touched.
pub(super) struct Changes<'a> {
    /// Paths whose files are new.
    pub(super) add: Vec<&'a str>,
    /// Paths whose files are there with other bytes or modes.
    pub(super) rewrite: Vec<&'a str>,
    /// Paths whose files can stay as they are.
    pub(super) keep: Vec<&'a str>,
    /// Paths that the old site has and the new one has not.
    pub(super) stale: Vec<String>,
    /// Folders that the new site needs.
    pub(super) folders: BTreeSet<&'a str>,
    /// The new manifest's bytes.
    pub(super) manifest: Vec<u8>,
    is_manifest_equal: bool,
    /// What is there now.
    pub(super) old: Old,
}

/// The folder as it was when we looked.
pub(super) struct Old {
    /// The site in it, if there is one.
    pub(super) manifest: Option<Manifest>,
    /// Tells this site from any other in the same place.
    stamp: Stamp,
}

/// The folder's device and number, and its manifest.
type Stamp = (Option<(u64, u64)>, Option<Vec<u8>>);

impl<'a> Changes<'a> {
    /// Compares `files` with what `target` holds now.
    pub(super) fn find(files: &'a Files, manifest: &Manifest, target: &Path) -> Result<Self, Error> {
        let (old_manifest, old_bytes) = target::ours(target)?.unzip();
        let bytes = manifest.to_bytes();
        let disk = |path: &str, bytes: &[u8]| files::compare(&target.join(path), bytes);
        let compared = files
            .par_iter()
            .map(|(path, bytes)| Ok((path.as_str(), disk(path, bytes)?)))
            .collect::<Result<Vec<_>, Error>>()?;
        let is_ours = |path: &str| {
            let old = old_manifest.as_ref();
            old.is_some_and(|old| old.files.contains_key(path))
        };
        let (mut add, mut rewrite, mut keep) = (Vec::new(), Vec::new(), Vec::new());
        for (path, disk) in compared {
            match disk {
                // A folder of the old site may go; `inventory` looks whose it is.
                Disk::Absent | Disk::Folder => add.push(path),
                Disk::Equal => keep.push(path),
                Disk::Other if !is_ours(path) => {
                    let path = target.join(path);
                    return Err(Error::InTheWay { path });
                }
                Disk::EqualButMode | Disk::Other => rewrite.push(path),
            }
        }
        let stale = old_manifest.iter().flat_map(|old| old.files.keys());
        let stale = stale.filter(|path| !files.contains_key(*path)).cloned();
        Ok(Self {
            add,
            rewrite,
            keep,
            stale: stale.collect(),
            folders: paths::folders(files.keys().map(String::as_str)),
            is_manifest_equal: disk(manifest::NAME, &bytes)? == Disk::Equal,
            manifest: bytes,
            old: Old { manifest: old_manifest, stamp: (number(target), old_bytes) },
        })
    }

    /// Whether the folder holds the new site already, to the last byte.
    pub(super) fn is_empty(&self) -> bool {
        self.is_manifest_equal && self.add.is_empty() && self.rewrite.is_empty() && self.stale.is_empty()
    }

    /// Everything below `target`, refused where a stranger stands in the way of the new site.
    pub(super) fn inventory(&self, files: &Files, target: &Path) -> Result<Inventory, Error> {
        let mut inventory = Inventory::read(target)?;
        let old = self.old.manifest.as_ref();
        let ours: BTreeSet<&str> = old.iter().flat_map(|m| m.files.keys()).map(|p| &**p).collect();
        let our_folders = paths::folders(ours.iter().copied());
        for (path, is_folder) in &inventory.entries {
            let known = path.to_str();
            let is_ours = match known {
                Some(path) if *is_folder => our_folders.contains(path),
                Some(path) => ours.contains(path) || path == manifest::NAME,
                None => false,
            };
            if is_ours {
                continue;
            }
            // A stranger with the very bytes of the new site's file becomes one of ours.
            if known.is_some_and(|path| !is_folder && files.contains_key(path)) {
                continue;
            }
            let is_in_the_way = known.is_some_and(|path| {
                files.contains_key(path)
                    || (!is_folder && self.folders.contains(path))
                    || paths::above(path).any(|folder| files.contains_key(folder))
            });
            if is_in_the_way {
                let path = target.join(path);
                return Err(Error::InTheWay { path });
            }
            inventory.foreign.push((path.clone(), *is_folder));
        }
        Ok(inventory)
    }
}

impl Old {
    /// Whether `target` holds the same site still.
    pub(super) fn is_current(&self, target: &Path) -> bool {
        let manifest = fs::read(target.join(manifest::NAME)).ok();
        self.stamp == (number(target), manifest)
    }

    /// Whether there is a folder at all.
    pub(super) fn exists(&self) -> bool {
        self.stamp.0.is_some()
    }
}

/// All files and folders below a folder, by path.
#[derive(Default)]
pub(super) struct Inventory {
    /// True for a folder; symlinks are files here.
    pub(super) entries: BTreeMap<OsString, bool>,
    /// Those that are not ours; a folder always before what is in it.
    pub(super) foreign: Vec<(OsString, bool)>,
}

impl Inventory {
    /// Reads `folder` without following any symlink; empty when there is none.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let walk = WalkDir::new(folder).min_depth(1).follow_links(false);
        let walk = walk.follow_root_links(false).into_iter();
        let is_site =
            |entry: &walkdir::DirEntry| entry.depth() > 1 || entry.file_name() != OsStr::new(workspace::INSIDE);
        let mut entries = Vec::new();
        for entry in walk.filter_entry(is_site) {
            match entry {
                Ok(entry) => {
                    let below = entry.path().strip_prefix(folder);
                    let below = below.expect("bug: a walk stays below its start");
                    entries.push((below.as_os_str().to_owned(), entry.file_type().is_dir()));
                }
                Err(e) if is_missing(&e) && e.depth() == 0 => break,
                Err(e) => {
                    let path = e.path().unwrap_or(folder).to_path_buf();
                    return Err(Error::io("read", &path)(e.into()));
                }
            }
        }
        Ok(Self { entries: entries.into_iter().collect(), foreign: Vec::new() })
    }

    /// The folders, the deepest level first, as removing them wants it.
    pub(super) fn folders_from_below(&self) -> impl Iterator<Item = Vec<&OsStr>> {
        let folders = self.entries.iter().filter(|(_, is_folder)| **is_folder);
        let levels = paths::levels(folders.map(|(path, _)| path.as_bytes()));
        let levels = levels.into_iter().rev();
        levels.map(|level| level.into_iter().map(OsStr::from_bytes).collect())
    }
}

fn is_missing(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound)
}

fn number(folder: &Path) -> Option<(u64, u64)> {
    let meta = fs::symlink_metadata(folder).ok()?;
    Some((meta.dev(), meta.ino()))
}

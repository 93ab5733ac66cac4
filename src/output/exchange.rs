//! Publishing in one step: a whole new tree beside the old one, then the two change names.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rayon::prelude::*;
use rustix::io::Errno;

use super::changes::{Changes, Inventory};
use super::files::{self, Maker};
use super::{Error, Files, manifest, paths};

/// Builds the new tree in `stage`, on the same file system as `target`.
pub(super) fn stage(
    files: &Files,
    changes: &Changes<'_>,
    inventory: &Inventory,
    target: &Path,
    stage: &Path,
) -> Result<(), Error> {
    let maker = Maker::starting_with(stage)?;
    for level in paths::levels(changes.folders.iter().copied()) {
        let make = |folder: &&str| maker.folder(&stage.join(folder));
        level.par_iter().try_for_each(make)?;
    }
    let written: Vec<&str> = [&*changes.add, &*changes.rewrite].concat();
    let write = |path: &&str| maker.file(&stage.join(path), &files[*path]);
    written.par_iter().try_for_each(write)?;
    let keep = |path: &&str| files::carry(&target.join(path), &stage.join(path));
    changes.keep.par_iter().try_for_each(keep)?;
    for (path, is_folder) in &inventory.foreign {
        carry_foreign(maker, path, *is_folder, target, stage)?;
    }
    for (path, _) in inventory.foreign.iter().rev().filter(|(_, is_folder)| *is_folder) {
        copy_mode(&target.join(path), &stage.join(path))?; // last: it may forbid writing
    }
    // Last of all, so that no unfinished tree ever carries our marker.
    maker.file(&stage.join(manifest::NAME), &changes.manifest)
}

fn carry_foreign(maker: Maker, path: &OsStr, is_folder: bool, from: &Path, to: &Path) -> Result<(), Error> {
    let above: Vec<&Path> = Path::new(path).ancestors().skip(1).collect();
    for folder in above.iter().rev().skip(1) {
        maker.folder(&to.join(folder))?; // one of ours that the new site has no use for
    }
    if is_folder { maker.folder(&to.join(path)) } else { files::carry(&from.join(path), &to.join(path)) }
}

fn copy_mode(from: &Path, to: &Path) -> Result<(), Error> {
    let copy = || fs::set_permissions(to, fs::symlink_metadata(from)?.permissions());
    copy().map_err(Error::io("carry over", from))
}

/// How putting the new tree into place ended.
#[derive(Debug)]
pub(super) enum Exchanged {
    /// It is there; the old one, if there was one, is where the new one was.
    Done,
    /// The system cannot do it here, for this reason; nothing has changed.
    Impossible(io::Error),
}

/// Puts the tree `stage` where `target` is, in one step.
pub(super) fn exchange(stage: &Path, target: &Path, is_first: bool) -> Result<Exchanged, Error> {
    if is_first {
        let renamed = fs::rename(stage, target).map_err(Error::io("create", target));
        return renamed.map(|()| Exchanged::Done);
    }
    match swap(stage, target) {
        Ok(()) => Ok(Exchanged::Done),
        // A mount point; a file system that knows no exchange; a folder of someone else's.
        Err(
            e @ (Errno::XDEV
            | Errno::BUSY
            | Errno::INVAL
            | Errno::NOSYS
            | Errno::OPNOTSUPP
            | Errno::PERM
            | Errno::ACCESS),
        ) => Ok(Exchanged::Impossible(e.into())),
        Err(e) => Err(Error::io("replace", target)(e.into())),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap(a: &Path, b: &Path) -> Result<(), Errno> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> Result<(), Errno> {
    Err(Errno::NOSYS)
}

/// Whether a rename from `dir` to `target` would cross from one file system to another.
pub(super) fn is_apart(dir: &Path, target: &Path) -> bool {
    match (fs::symlink_metadata(dir), fs::symlink_metadata(target)) {
        (Ok(a), Ok(b)) => a.dev() != b.dev(),
        _ => false,
    }
}

/// Removes the old tree, now at `old`, entry by entry as it was listed, and carries over what has
/// come into it since.
///
/// The new site is in place by now, so nothing here can fail the build; what stays is removed
/// together with the workspace.
pub(super) fn dispose(old: &Path, inventory: &Inventory, target: &Path) {
    let entries: Vec<_> = inventory.entries.iter().collect();
    entries.par_iter().filter(|(_, is_folder)| !**is_folder).for_each(|(path, _)| {
        let _ = fs::remove_file(old.join(path));
    });
    for level in inventory.folders_from_below() {
        level.par_iter().for_each(|path| {
            let _ = fs::remove_dir(old.join(path));
        });
    }
    if fs::remove_dir(old).is_ok() {
        return;
    }
    let Ok(left) = Inventory::read(old) else {
        return;
    };
    for path in left.entries.keys().filter(|path| !inventory.entries.contains_key(*path)) {
        let _ = rescue(&old.join(path), &target.join(path));
    }
}

/// Carries one late file over, unless the new site has something there.
fn rescue(from: &Path, to: &Path) -> Result<(), Error> {
    if fs::symlink_metadata(from).is_ok_and(|meta| meta.is_dir()) {
        return fs::create_dir_all(to).map_err(Error::io("create", to));
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    }
    match fs::symlink_metadata(to) {
        Ok(_) => Ok(()),
        Err(_) => files::carry(from, to),
    }
}

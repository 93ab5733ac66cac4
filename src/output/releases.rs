//! Releases: a folder that a web server reads, with the sites of the last times beside each other.
//!
//! ```text
//! DIR/playbook-releases.json   says that the folder is ours
//! DIR/releases/0007/           a whole site, never changed again
//! DIR/current → releases/0007  what the web server shows; replaced in one step
//! ```
//!
//! A release is prepared out of sight, with second names for the files that have not changed, and gets its name when it is
//! whole; then the link changes in one step. Whoever is killed at any moment leaves the old site or the new one. Files
//! with a hash in their names come along from every release that is kept, so that a page which somebody opened before
//! still finds its style sheet and its part of the search index. A way back takes along those of the newer releases:
//! the one thing that is ever added to a release, under names that its own pages do not use.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::files::{self, Disk, Maker};
use super::manifest::{self, Manifest};
use super::workspace::{self, Workspace};
use super::{Error, Files, paths, target};

/// Says that a folder holds releases.
const MARKER: &str = "playbook-releases.json";
/// Raised when an older playbook could misread the folder.
const MARKER_BYTES: &[u8] = b"{\n  \"format\": 1\n}\n";
/// Where the releases lie.
const FOLDER: &str = "releases";
/// The link that a web server follows.
pub const CURRENT: &str = "current";

/// What became of a release.
#[derive(Debug, PartialEq, Eq)]
pub struct Released {
    /// Its name: a number, so that names sort as releases follow each other.
    pub name: String,
    /// Whether it is new; otherwise the site was there already, to the last byte.
    pub is_new: bool,
    /// Files that are new or have other bytes than in the release before.
    pub written: usize,
    /// Files shared with the release before.
    pub shared: usize,
    /// Releases that were removed.
    pub dropped: Vec<String>,
}

/// One release of a folder.
#[derive(Debug, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// Whether the web server shows it.
    pub is_current: bool,
}

/// Makes `files` the next release of `dir` and shows it; keeps `keep` releases, that one included.
///
/// # Errors
/// When the folder is not ours, when somebody else is publishing into it, or when the file system refuses: what was shown
/// before is then shown still.
pub fn release(files: &Files, dir: &Path, protected: &[PathBuf], keep: usize) -> Result<Released, Error> {
    paths::check(files)?;
    let dir = &target::resolve(dir, protected)?;
    let is_ours = ours(dir)?;
    if !dir.exists() {
        let above = dir.parent().unwrap_or(dir);
        fs::create_dir_all(above).map_err(Error::io("create", above))?;
        Maker::starting_with(dir)?;
    }
    let workspace = Workspace::open(&dir.join(workspace::INSIDE), dir)?;
    let maker = Maker::starting_with(&workspace.site())?;
    if !is_ours {
        maker.file(&workspace.site().join(MARKER), MARKER_BYTES)?;
        rename(&workspace.site().join(MARKER), &dir.join(MARKER))?;
    }
    maker.folder(&dir.join(FOLDER))?;
    let before = current(dir)?;
    let old = before.as_ref().map(|name| path(dir, name));
    let old_manifest = old.as_deref().map(Manifest::read).transpose()?.flatten().map(|(manifest, _)| manifest);
    let new = Manifest::of(files);
    if let (Some(name), Some(old)) = (&before, &old_manifest)
        && *old == new
    {
        let dropped = prune(dir, &workspace, keep)?;
        return Ok(Released { name: name.clone(), is_new: false, written: 0, shared: files.len(), dropped });
    }
    let stage = workspace.site().join("release");
    maker.folder(&stage)?;
    let (written, shared) = fill(files, &new, old.as_deref().zip(old_manifest.as_ref()), &stage, maker)?;
    // Those that stay beside the new one: `prune` keeps `keep`, the new one included.
    let all = names(dir)?;
    let stay = all.len().saturating_sub(keep.max(1) - 1);
    let kept = all.iter().skip(stay).chain(before.iter().filter(|name| !all[stay..].contains(name)));
    let kept = kept.map(|name| path(dir, name)).collect();
    take_along(kept, (&new, &stage), &workspace, maker)?;
    let name = next(dir)?;
    rename(&stage, &path(dir, &name))?;
    show(dir, &name, &workspace)?;
    let dropped = prune(dir, &workspace, keep)?;
    Ok(Released { name, is_new: true, written, shared, dropped })
}

/// Shows an earlier release again: the one before the current one, or the one with a name.
///
/// # Errors
/// When there is none, or as [`release`].
pub fn rollback(dir: &Path, to: Option<&str>) -> Result<String, Error> {
    let dir = &target::resolve(dir, &[])?;
    let none = || Error::NoRelease { dir: dir.clone(), wanted: to.map(str::to_owned) };
    if !ours(dir)? || !dir.exists() {
        return Err(none());
    }
    let workspace = Workspace::open(&dir.join(workspace::INSIDE), dir)?;
    let names = names(dir)?;
    let now = current(dir)?;
    let chosen = match to {
        Some(name) => names.iter().find(|known| *known == name),
        None => names.iter().take_while(|known| now.as_ref() != Some(known)).last().filter(|_| now.is_some()),
    };
    let name = chosen.ok_or_else(none)?;
    let maker = Maker::starting_with(&workspace.site())?;
    let release = path(dir, name);
    if let Some((own, _)) = Manifest::read(&release)? {
        // Pages of the releases that are left may be open still.
        let others = names.iter().filter(|other| *other != name).map(|other| path(dir, other)).collect();
        take_along(others, (&own, &release), &workspace, maker)?;
    }
    show(dir, name, &workspace)?;
    Ok(name.clone())
}

/// The releases of a folder, the oldest first.
///
/// # Errors
/// When the folder is not ours or cannot be read.
pub fn releases(dir: &Path) -> Result<Vec<Release>, Error> {
    let dir = &target::resolve(dir, &[])?;
    if !ours(dir)? {
        return Ok(Vec::new());
    }
    let now = current(dir)?;
    let release = |name: String| Release { is_current: now.as_ref() == Some(&name), name };
    Ok(names(dir)?.into_iter().map(release).collect())
}

/// Writes a release into `stage`: how many files are new, and how many are those of the release before.
fn fill(
    files: &Files,
    new: &Manifest,
    old: Option<(&Path, &Manifest)>,
    stage: &Path,
    maker: Maker,
) -> Result<(usize, usize), Error> {
    for level in paths::levels(paths::folders(files.keys().map(String::as_str))) {
        level.par_iter().try_for_each(|folder| maker.folder(&stage.join(folder)))?;
    }
    let put = |(path, bytes): (&String, &std::sync::Arc<[u8]>)| -> Result<usize, Error> {
        if let Some((folder, old)) = old
            && old.files.get(path) == new.files.get(path)
            && files::compare(&folder.join(path), bytes)? == Disk::Equal
        {
            files::carry(&folder.join(path), &stage.join(path))?;
            return Ok(0);
        }
        maker.file(&stage.join(path), bytes)?;
        Ok(1)
    };
    let written = files.par_iter().map(put).sum::<Result<usize, Error>>()?;
    maker.file(&stage.join(manifest::NAME), &new.to_bytes())?;
    Ok((written, files.len() - written))
}

/// Gives a release, with its own files, second names for the hashed files of other releases, the oldest first.
fn take_along(
    others: Vec<PathBuf>,
    (own, release): (&Manifest, &Path),
    workspace: &Workspace,
    maker: Maker,
) -> Result<(), Error> {
    let mut along: BTreeMap<String, PathBuf> = BTreeMap::new();
    for folder in others {
        let Some((manifest, _)) = Manifest::read(&folder)? else { continue };
        let foreign = manifest.files.into_keys().filter(|path| paths::is_hashed(path) && !own.files.contains_key(path));
        along.extend(foreign.map(|path| (path, folder.clone())));
    }
    for level in paths::levels(paths::folders(along.keys().map(String::as_str))) {
        level.par_iter().try_for_each(|folder| maker.folder(&release.join(folder)))?;
    }
    let along: Vec<(String, PathBuf)> = along.into_iter().collect();
    along.into_par_iter().enumerate().try_for_each(|(n, (path, folder))| {
        let (from, to) = (folder.join(&path), release.join(&path));
        // One that somebody removed by hand is missed by nobody; one that came along before is there.
        if to.exists() || !from.is_file() {
            return Ok(());
        }
        // Out of sight first: where a second name is refused it is a copy, and half a copy must never have the name.
        let aside = workspace.site().join(format!("along-{n}"));
        files::carry(&from, &aside)?;
        rename(&aside, &to)
    })
}

/// Makes the link lead to a release, in one step.
fn show(dir: &Path, name: &str, workspace: &Workspace) -> Result<(), Error> {
    let link = workspace.site().join(CURRENT);
    symlink(Path::new(FOLDER).join(name), &link).map_err(Error::io("write", &link))?;
    rename(&link, &dir.join(CURRENT))
}

/// Removes the oldest releases but the last `keep` and the one that is shown.
fn prune(dir: &Path, workspace: &Workspace, keep: usize) -> Result<Vec<String>, Error> {
    let now = current(dir)?;
    let names = names(dir)?;
    let old = names.len().saturating_sub(keep.max(1));
    let mut dropped = Vec::new();
    for name in names.into_iter().take(old).filter(|name| now.as_ref() != Some(name)) {
        // Out of sight first: half a release must never look like one.
        let away = workspace.site().join(format!("old-{name}"));
        rename(&path(dir, &name), &away)?;
        fs::remove_dir_all(&away).map_err(Error::io("remove", &away))?;
        dropped.push(name);
    }
    Ok(dropped)
}

fn path(dir: &Path, name: &str) -> PathBuf {
    dir.join(FOLDER).join(name)
}

/// Whether the folder holds releases of ours. One that is missing or empty may become such a folder.
fn ours(dir: &Path) -> Result<bool, Error> {
    if dir.join(MARKER).is_file() {
        return Ok(true);
    }
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(Error::io("read", dir)(e)),
    };
    let mut strangers = Vec::new();
    for entry in entries {
        let name = entry.map_err(Error::io("read", dir))?.file_name();
        if name != workspace::INSIDE {
            strangers.push(PathBuf::from(name));
        }
    }
    match strangers.into_iter().min() {
        // Another process may have made it ours since the first look.
        Some(_) if dir.join(MARKER).is_file() => Ok(true),
        Some(holds) => Err(Error::NotOurs { target: dir.into(), holds }),
        None => Ok(false),
    }
}

/// The release that the link leads to.
fn current(dir: &Path) -> Result<Option<String>, Error> {
    let link = dir.join(CURRENT);
    match fs::read_link(&link) {
        Ok(to) => {
            let name = to.strip_prefix(FOLDER).ok().and_then(Path::to_str).filter(|name| is_name(name));
            Ok(name.filter(|name| path(dir, name).is_dir()).map(str::to_owned))
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::io("read", &link)(e)),
    }
}

/// The names of all releases, the oldest first.
fn names(dir: &Path) -> Result<Vec<String>, Error> {
    let folder = dir.join(FOLDER);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io("read", &folder)(e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(Error::io("read", &folder))?.file_name();
        names.extend(name.to_str().filter(|name| is_name(name)).map(str::to_owned));
    }
    names.sort_by_key(|name| (name.len(), name.clone()));
    Ok(names)
}

fn is_name(name: &str) -> bool {
    name.len() >= 4 && name.bytes().all(|b| b.is_ascii_digit())
}

/// The name of the next release: numbers go on after the greatest there is.
fn next(dir: &Path) -> Result<String, Error> {
    let last = names(dir)?.last().and_then(|name| name.parse::<u64>().ok()).unwrap_or(0);
    Ok(format!("{:04}", last + 1))
}

fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(Error::io("write", to))
}

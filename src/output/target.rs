//! The folder a site goes to: where it really is, and whether it may be replaced.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest};
use super::{Error, workspace};

/// Symlinks resolved, and refused when it is, or holds, the root, the home folder or one of
/// `protected`. The folder itself and some above it need not exist yet.
pub(super) fn resolve(target: &Path, protected: &[PathBuf]) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(target).map_err(Error::io("find", target))?;
    let real = real(&absolute)?;
    if real.parent().is_none() {
        let guards = real.clone();
        return Err(Error::Protected { target: real, guards });
    }
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    for guarded in protected.iter().chain(home.as_ref()) {
        let guards =
            fs::canonicalize(guarded).or_else(|_| std::path::absolute(guarded)).map_err(Error::io("find", guarded))?;
        if guards.starts_with(&real) {
            return Err(Error::Protected { target: real, guards });
        }
    }
    Ok(real)
}

fn real(path: &Path) -> Result<PathBuf, Error> {
    match fs::canonicalize(path) {
        Ok(real) if real.is_dir() => Ok(real),
        Ok(real) => Err(Error::NotAFolder { path: real }),
        Err(e) if e.kind() == io::ErrorKind::NotFound => match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) if fs::symlink_metadata(path).is_err() => Ok(real(parent)?.join(name)),
            (Some(_), Some(_)) => Err(Error::NotAFolder { path: path.into() }),
            _ => Err(Error::io("find", path)(e)),
        },
        Err(e) if e.kind() == io::ErrorKind::NotADirectory => Err(Error::NotAFolder { path: path.into() }),
        Err(e) => Err(Error::io("find", path)(e)),
    }
}

/// The manifest of the site in `target` with its bytes; none for a folder that is missing, empty,
/// or holds only the `.gitignore` of a fresh clone.
pub(super) fn ours(target: &Path) -> Result<Option<(Manifest, Vec<u8>)>, Error> {
    if let Some(read) = Manifest::read(target)? {
        return Ok(Some(read));
    }
    let entries = match fs::read_dir(target) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io("read", target)(e)),
    };
    let mut strangers = Vec::new();
    for entry in entries {
        let name = entry.map_err(Error::io("read", target))?.file_name();
        let known = [".gitignore", workspace::INSIDE].map(OsStr::new);
        if !known.contains(&name.as_os_str()) {
            strangers.push(PathBuf::from(name));
        }
    }
    match strangers.into_iter().min() {
        // Another build may have put its whole site there since the first look.
        Some(name) if name == Path::new(manifest::NAME) => ours(target),
        Some(holds) => Err(Error::NotOurs { target: target.into(), holds }),
        None => Ok(None),
    }
}

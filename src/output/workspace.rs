//! The hidden folder in which a site is prepared, held by one process at a time.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::Error;

/// Its name inside a folder whose neighbours we may not, or cannot, use.
pub(super) const INSIDE: &str = ".playbook-staging";

const LOCK: &str = "lock";
const SITE: &str = "site";

/// Held until dropped; then it is gone. One left by a killed process is emptied by the next.
///
/// The lock is the kernel's and dies with its process, so no leftover ever blocks a build. The
/// lock file lies inside, so that all traces of publishing are one folder.
#[derive(Debug)]
pub(super) struct Workspace {
    dir: PathBuf,
    _lock: File,
}

/// Where the workspace of `target` lies: beside it, so that a rename stays on one file system.
pub(super) fn beside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".staging");
    target.with_file_name(name)
}

/// Whether someone works at `dir`, or was killed there.
pub(super) fn exists(dir: &Path) -> bool {
    fs::symlink_metadata(dir).is_ok()
}

impl Workspace {
    /// Takes the workspace `dir`, or says that another build has it.
    pub(super) fn open(dir: &Path, target: &Path) -> Result<Self, Error> {
        let path = dir.join(LOCK);
        loop {
            match DirBuilder::new().mode(0o700).create(dir) {
                Err(e) if e.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(Error::io("create", dir)(e));
                }
                _ => {}
            }
            match fs::symlink_metadata(dir) {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) => return Err(Error::NotAFolder { path: dir.into() }),
                Err(_) => continue, // its last owner has just removed it
            }
            let open = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
            let lock = match open {
                Ok(lock) => lock,
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => return Err(Error::io("create", &path)(e)),
            };
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let target = target.into();
                    return Err(Error::Busy { target });
                }
                // Some network file systems know no locks; their users take turns themselves.
                Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(e)) => return Err(Error::io("lock", &path)(e)),
            }
            // The last owner may have removed the file between our opening and our locking it:
            // then ours is a lock that nobody else can see.
            if is_same_file(&lock, &path) {
                let workspace = Self { dir: dir.into(), _lock: lock };
                remove_tree(&workspace.site())?;
                return Ok(workspace);
            }
        }
    }

    /// The folder to work in. Empty space at first; whatever is in it later goes with the workspace.
    pub(super) fn site(&self) -> PathBuf {
        self.dir.join(SITE)
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // What cannot be removed now is tried again, and reported, by the next build.
        if remove_tree(&self.site()).is_ok() {
            let _ = fs::remove_file(self.dir.join(LOCK));
            let _ = fs::remove_dir(&self.dir);
        }
    }
}

fn is_same_file(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// Removes `path` and all below it; symlinks are removed, never followed.
fn remove_tree(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", path)(e)),
        _ => Ok(()),
    }
}

//! The only writer: puts a finished site into its folder, whole or not at all.
//!
//! A new tree is staged beside the old one, with second names for the files that have not
//! changed, and the two trees change names in one step. Whoever is killed at any moment leaves
//! the old site or the new one. Where that step is impossible, files are replaced one by one
//! (`in_place`), and the [`Report`] says so.
//!
//! Only a folder with our manifest is ever replaced, and only files in it are ever removed.
//!
//! After an exchange the folder is another one under the same name: whoever holds the old one
//! open (a shell standing in it, a container that mounted it) keeps looking at the old one. Such
//! a folder wants [`publish_in_place`].

pub mod author;
mod changes;
mod error;
mod exchange;
mod files;
mod headers;
mod in_place;
mod manifest;
mod paths;
mod releases;
mod seal;
mod target;
mod twins;
mod workspace;

use crate::base::Said;
use crate::said;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use error::Error;
pub use headers::{HEADERS, headers};
pub use releases::{CURRENT, Release, Released, release, releases, rollback};
pub use seal::{Seal, Told, seal, sealed};
pub use twins::{Encoding, with_twins};

use changes::{Changes, Inventory};
use exchange::Exchanged;
use manifest::Manifest;
use workspace::Workspace;

/// A site to publish: bytes by path below the folder, with `/` between segments.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// What publishing did. The manifest is not counted.
#[derive(Debug, Default)]
pub struct Report {
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files that were there already, to the last byte; they keep their times.
    pub unchanged: usize,
    /// Files of the old site that the new one has not.
    pub removed: usize,
    /// Whether readers went from the old site to the new one in one step.
    pub exchanged: bool,
    /// What the author should know about it.
    pub note: Option<Note>,
}

/// What the author should know about a site that is published all the same.
#[derive(Debug)]
#[non_exhaustive]
pub enum Note {
    /// The folder could not be exchanged, so its files were replaced one by one.
    FileByFile {
        /// The folder.
        target: PathBuf,
        /// What stood against an exchange.
        reason: io::Error,
    },
}

impl Note {
    /// What it is, in both languages.
    pub fn said(&self) -> Said {
        match self {
            Self::FileByFile { target, reason } => {
                let target = target.display();
                said!(
                    "`{target}` could not be replaced in one step ({reason}), so its files were replaced one by one",
                    "`{target}` 无法一步替换（{reason}），已逐个替换其中的文件"
                )
            }
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().en)
    }
}

/// Makes the folder `target` hold exactly `files`, a manifest of them, and what others put there.
///
/// `target` may not be, nor hold, any of the `protected` folders: the project, its content. It
/// is made when it is missing. A folder that holds the site already is not touched at all.
///
/// # Errors
/// When the folder is not ours to replace, when another build is publishing into it, or when the
/// file system refuses; [`Error::hint`] says what to do.
pub fn publish(files: &Files, target: &Path, protected: &[PathBuf]) -> Result<Report, Error> {
    run(files, target, protected, Manner::OneStep)
}

/// The same, file by file: for a folder that others hold open, such as a container's mount.
///
/// Readers may meet old and new pages side by side for a moment, and never a dead link.
///
/// # Errors
/// As [`publish`]; one in the middle leaves some files old and some new, and the next build mends
/// it.
pub fn publish_in_place(files: &Files, target: &Path, protected: &[PathBuf]) -> Result<Report, Error> {
    run(files, target, protected, Manner::FileByFile)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    OneStep,
    FileByFile,
}

fn run(files: &Files, target: &Path, protected: &[PathBuf], manner: Manner) -> Result<Report, Error> {
    paths::check(files)?;
    let target = &target::resolve(target, protected)?;
    let (beside, inside) = (workspace::beside(target), target.join(workspace::INSIDE));
    let new = Manifest::of(files);
    let changes = Changes::find(files, &new, target)?;
    if changes.is_empty() && !workspace::exists(&beside) && !workspace::exists(&inside) {
        return Ok(report(&changes));
    }

    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    }
    // Always the same lock first, so that two builds meet whatever their manner.
    let workspace = match Workspace::open(&beside, target) {
        Err(Error::Io { source, .. }) if changes.old.exists() && is_forbidden(&source) => Err(source),
        other => Ok(other?),
    };
    let changes = if changes.old.is_current(target) {
        changes
    } else {
        Changes::find(files, &new, target)? // another build was faster
    };
    if changes.is_empty() {
        drop_leftover(&inside, target)?;
        return Ok(report(&changes));
    }
    let inventory = changes.inventory(files, target)?;

    let reason = match (&workspace, manner) {
        (Ok(workspace), Manner::OneStep) => match in_one_step(files, &changes, &inventory, target, workspace)? {
            Exchanged::Done => {
                return Ok(Report { exchanged: true, ..report(&changes) });
            }
            Exchanged::Impossible(reason) => Some(reason),
        },
        (Err(reason), Manner::OneStep) => Some(io::Error::from(reason.kind())),
        (_, Manner::FileByFile) => None,
    };
    fs::create_dir_all(target).map_err(Error::io("create", target))?;
    let within = Workspace::open(&inside, target)?;
    in_place::replace(files, &new, &changes, &inventory, target, &within.site())?;
    let note = reason.map(|reason| Note::FileByFile { target: target.clone(), reason });
    Ok(Report { note, ..report(&changes) })
}

fn in_one_step(
    files: &Files,
    changes: &Changes<'_>,
    inventory: &Inventory,
    target: &Path,
    workspace: &Workspace,
) -> Result<Exchanged, Error> {
    if exchange::is_apart(workspace.dir(), target) {
        return Ok(Exchanged::Impossible(rustix::io::Errno::XDEV.into()));
    }
    let stage = workspace.site();
    exchange::stage(files, changes, inventory, target, &stage)?;
    let exchanged = exchange::exchange(&stage, target, !changes.old.exists())?;
    if let (Exchanged::Done, true) = (&exchanged, changes.old.exists()) {
        exchange::dispose(&stage, inventory, target);
    }
    Ok(exchanged)
}

/// Whether the folder beside ours may not be made, so that the lock has to lie inside.
fn is_forbidden(error: &io::Error) -> bool {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
}

/// Takes and drops the workspace of a build that was killed inside the folder.
fn drop_leftover(inside: &Path, target: &Path) -> Result<(), Error> {
    if workspace::exists(inside) {
        Workspace::open(inside, target)?;
    }
    Ok(())
}

fn report(changes: &Changes<'_>) -> Report {
    Report {
        written: changes.add.len() + changes.rewrite.len(),
        unchanged: changes.keep.len(),
        removed: changes.stale.len(),
        exchanged: false,
        note: None,
    }
}

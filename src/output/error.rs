//! What keeps a site from being published: the world's failures, each naming its path.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a site could not be published.
///
/// The old site is then still whole, except where it had to be replaced file by file.
///
/// `Display` gives one clause; [`Error::hint`] says what to do about it.
#[derive(Debug)]
pub enum Error {
    /// The folder is, or holds, something that must never be replaced.
    Protected {
        /// The folder that was to be written.
        target: PathBuf,
        /// What would have been lost: the project, its content, the home folder, the root.
        guards: PathBuf,
    },
    /// A file, or a symlink to nowhere, stands where a folder is wanted.
    NotAFolder {
        /// What stands there.
        path: PathBuf,
    },
    /// The folder holds files and no manifest of ours.
    NotOurs {
        /// The folder.
        target: PathBuf,
        /// One file in it.
        holds: PathBuf,
    },
    /// The manifest cannot be read, so nothing tells whose the files are.
    Damaged {
        /// The manifest.
        manifest: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another process is publishing into the same folder.
    Busy {
        /// The folder.
        target: PathBuf,
    },
    /// There is no such release to go back to.
    NoRelease {
        /// The folder of releases.
        dir: PathBuf,
        /// The one that was asked for; none for the one before the current one.
        wanted: Option<String>,
    },
    /// A file that we did not write stands where the site has one of its own.
    InTheWay {
        /// The stranger.
        path: PathBuf,
    },
    /// The site itself is wrong, which is our mistake and not the author's.
    BadPath {
        /// The path as it stands in the site.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The operating system refused.
    Io {
        /// What was tried, as a verb: "write", "create".
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Its answer.
        source: io::Error,
    },
}

impl Error {
    /// Wraps the system's answer to `action` on `path`, for use with `map_err`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_path_buf(), source }
    }

    /// What to do about it; opens with a verb.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Protected { .. } => Some("choose a folder of its own for the site"),
            Self::NotAFolder { .. } => Some("choose another folder, or move this file away"),
            Self::NotOurs { .. } => Some("choose another folder, or empty this one first"),
            Self::Damaged { .. } => Some("delete the folder and build again"),
            Self::Busy { .. } => Some("wait for the other build, or choose another folder"),
            Self::NoRelease { .. } => Some("see what there is with --list"),
            Self::InTheWay { .. } => Some("move it away, or rename the page"),
            Self::BadPath { .. } => Some("report this mistake of playbook"),
            Self::Io { .. } => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Protected { target, guards } if target == guards => {
                write!(f, "`{}` may not be replaced by a site", target.display())
            }
            Self::Protected { target, guards } => {
                let (target, guards) = (target.display(), guards.display());
                write!(f, "`{target}` holds `{guards}` and may not be replaced by a site")
            }
            Self::NotAFolder { path } => write!(f, "`{}` is not a folder", path.display()),
            Self::NotOurs { target, holds } => {
                let (target, holds) = (target.display(), holds.display());
                write!(f, "`{target}` holds `{holds}` and was not written by playbook")
            }
            Self::Damaged { manifest, reason } => {
                write!(f, "`{}` cannot be read: {reason}", manifest.display())
            }
            Self::Busy { target } => {
                write!(f, "another build is publishing `{}`", target.display())
            }
            Self::NoRelease { dir, wanted: Some(name) } => {
                write!(f, "`{}` has no release `{name}`", dir.display())
            }
            Self::NoRelease { dir, wanted: None } => {
                write!(f, "`{}` has no release before the current one", dir.display())
            }
            Self::InTheWay { path } => {
                write!(f, "`{}` was not written by playbook and stands where the site has its own", path.display())
            }
            Self::BadPath { path, reason } => {
                write!(f, "bug: the site has a file `{}`, {reason}", path.escape_debug())
            }
            Self::Io { action, path, source } => write!(f, "cannot {action} `{}`: {source}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

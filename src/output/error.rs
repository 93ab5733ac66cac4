//! What keeps a site from being published: the world's failures, each naming its path.

use crate::base::Said;
use crate::base::trouble::answer;
use crate::said;
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
    pub fn hint(&self) -> Option<Said> {
        Some(match self {
            Self::Protected { .. } => said!("choose a folder of its own for the site", "请给网站单独选一个文件夹"),
            Self::NotAFolder { .. } => {
                said!("choose another folder, or move this file away", "请另选文件夹，或移走这个文件")
            }
            Self::NotOurs { .. } => {
                said!("choose another folder, or empty this one first", "请另选文件夹，或先清空这个文件夹")
            }
            Self::Damaged { .. } => said!("delete the folder and build again", "请删除这个文件夹后重新生成"),
            Self::Busy { .. } => {
                said!("wait for the other build, or choose another folder", "请等另一次生成结束，或另选文件夹")
            }
            Self::NoRelease { .. } => said!("see what there is with --list", "可用 --list 查看有哪些版本"),
            Self::InTheWay { .. } => said!("move it away, or rename the page", "请移走它，或给页面改名"),
            Self::BadPath { .. } => said!("report this mistake of playbook", "请报告 playbook 的这个错误"),
            Self::Io { .. } => return None,
        })
    }

    /// What is wrong, in one clause of each language.
    pub fn said(&self) -> Said {
        match self {
            Self::Protected { target, guards } if target == guards => {
                let target = target.display();
                said!("`{target}` may not be replaced by a site", "`{target}` 不能被网站替换")
            }
            Self::Protected { target, guards } => {
                let (target, guards) = (target.display(), guards.display());
                said!(
                    "`{target}` holds `{guards}` and may not be replaced by a site",
                    "`{target}` 中有 `{guards}`，不能被网站替换"
                )
            }
            Self::NotAFolder { path } => {
                let path = path.display();
                said!("`{path}` is not a folder", "`{path}` 不是文件夹")
            }
            Self::NotOurs { target, holds } => {
                let (target, holds) = (target.display(), holds.display());
                said!(
                    "`{target}` holds `{holds}` and was not written by playbook",
                    "`{target}` 中有 `{holds}`，不是 playbook 写的"
                )
            }
            Self::Damaged { manifest, reason } => {
                let manifest = manifest.display();
                said!("`{manifest}` cannot be read: {reason}", "`{manifest}` 无法读取：{reason}")
            }
            Self::Busy { target } => {
                let target = target.display();
                said!("another build is publishing `{target}`", "另一次生成正在写入 `{target}`")
            }
            Self::NoRelease { dir, wanted: Some(name) } => {
                let dir = dir.display();
                said!("`{dir}` has no release `{name}`", "`{dir}` 中没有版本 `{name}`")
            }
            Self::NoRelease { dir, wanted: None } => {
                let dir = dir.display();
                said!("`{dir}` has no release before the current one", "`{dir}` 中没有比当前更早的版本")
            }
            Self::InTheWay { path } => {
                let path = path.display();
                said!(
                    "`{path}` was not written by playbook and stands where the site has its own",
                    "`{path}` 不是 playbook 写的，却占了网站文件的位置"
                )
            }
            Self::BadPath { path, reason } => {
                let path = path.escape_debug();
                said!("bug: the site has a file `{path}`, {reason}", "bug：网站有文件 `{path}`，{reason}")
            }
            Self::Io { action, path, source } => {
                let (path, answer) = (path.display(), answer(source));
                let (en, zh) = (answer.en, answer.zh);
                let verb = verb(action);
                said!("cannot {action} `{path}`: {en}", "无法{verb} `{path}`：{zh}")
            }
        }
    }
}

/// What was tried, in Chinese.
fn verb(action: &str) -> &str {
    match action {
        "carry over" => "沿用",
        "create" => "新建",
        "find" => "找到",
        "lock" => "锁定",
        "read" => "读取",
        "remove" => "删除",
        "replace" => "替换",
        "write" => "写入",
        other => other,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().en)
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

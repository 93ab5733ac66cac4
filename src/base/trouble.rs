//! What goes wrong in the world and not in an author's text: a disk that is full, a port that is taken, no repository.
//!
//! Said in both languages at once, like findings, since only the command line knows which one its reader speaks.

use super::Said;
use crate::said;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

/// A failure of the world: what could not be done to what, why, and what to do about it.
#[derive(Debug)]
pub struct Trouble {
    said: Said,
    is_broken_pipe: bool,
}

/// The same as an error of any room.
pub fn trouble(said: Said) -> anyhow::Error {
    Trouble::new(said).into()
}

impl Trouble {
    /// A failure in words.
    pub fn new(said: Said) -> Self {
        Self { said, is_broken_pipe: false }
    }
    /// The system's refusal: what was tried, and its answer with what to do about it.
    pub fn io(tried: &Said, error: &io::Error) -> Self {
        let answer = answer(error);
        let (en, zh) = (format!("{}: {}", tried.en, answer.en), format!("{}：{}", tried.zh, answer.zh));
        Self { said: Said { en, zh }, is_broken_pipe: error.kind() == ErrorKind::BrokenPipe }
    }
    /// What to say when a file or folder cannot be read; for `map_err`.
    pub fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display();
        move |error| Self::io(&said!("cannot read {path}", "无法读取 {path}"), &error)
    }
    /// The same of writing.
    pub fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display();
        move |error| Self::io(&said!("cannot write {path}", "无法写入 {path}"), &error)
    }
    /// The same of making a folder.
    pub fn making(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display();
        move |error| Self::io(&said!("cannot make the folder {path}", "无法新建文件夹 {path}"), &error)
    }
    /// The same of standard output.
    pub fn printing(error: &io::Error) -> Self {
        Self::io(&said!("cannot write to standard output", "无法写到标准输出"), error)
    }
    /// What is wrong, in both languages.
    pub fn said(&self) -> &Said {
        &self.said
    }
    /// Whether only nobody listens any more, such as `head` that has seen enough.
    pub fn is_broken_pipe(&self) -> bool {
        self.is_broken_pipe
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said.en)
    }
}

impl std::error::Error for Trouble {}

/// The system's answer, and what to do about it; words of its own where nothing better is known.
pub fn answer(error: &io::Error) -> Said {
    match error.kind() {
        ErrorKind::NotFound => said!("there is no such file or folder", "没有这个文件或文件夹"),
        ErrorKind::PermissionDenied => said!(
            "permission denied: ask for the right to it, or choose another place",
            "没有权限：请先取得权限，或换一个位置"
        ),
        ErrorKind::StorageFull => {
            said!("the disk is full: free some space and run it again", "磁盘已满：请腾出空间后重新运行")
        }
        ErrorKind::QuotaExceeded => {
            said!(
                "your share of the disk is used up: free some space and run it again",
                "磁盘配额已用完：请腾出空间后重新运行"
            )
        }
        ErrorKind::ReadOnlyFilesystem => {
            said!("the file system may only be read: choose another place", "文件系统是只读的：请换一个位置")
        }
        ErrorKind::AddrInUse => said!("it is taken: choose another with --port", "已被占用：请用 --port 另选一个"),
        ErrorKind::NotADirectory => {
            said!(
                "a file stands where a folder is wanted: move it away, or choose another place",
                "应为文件夹的位置是一个文件：请移走它，或换一个位置"
            )
        }
        ErrorKind::IsADirectory => {
            said!(
                "a folder stands where a file is wanted: move it away, or choose another place",
                "应为文件的位置是一个文件夹：请移走它，或换一个位置"
            )
        }
        ErrorKind::InvalidFilename => said!(
            "the name is too long for this file system: choose a shorter one",
            "名称对此文件系统过长：请用短一些的名称"
        ),
        ErrorKind::BrokenPipe => said!("nobody reads it any more", "接收方已停止读取"),
        _ => said!("{error}", "{error}"),
    }
}

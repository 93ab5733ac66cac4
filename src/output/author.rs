//! Files that authors own: new ones are never written over old ones, old ones are replaced only as they were read.
//!
//! Each file goes beside its place under a name of its own first and then changes names in one step, so whoever is
//! killed leaves the old text or the new one.

use crate::base::{Said, Trouble, trouble};
use crate::said;
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// A file of the playbook and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// What it holds now; none where there must be no such file yet.
    pub was: Option<Vec<u8>>,
    /// What it shall hold; none where it goes.
    pub now: Option<Vec<u8>>,
}

/// Files by path below the playbook's folder, with `/` between segments.
pub type Rewrites = BTreeMap<String, Rewrite>;

/// Brings files to their new state: all that can be known is asked before the first is touched.
///
/// New files come first, then changed ones, and those that go are last, so that nothing is lost when the disk is full
/// in the middle. Folders that are empty afterwards go with their last file.
///
/// # Errors
/// When a path leads out of `root`, when a file is not what it was, when a new one is there already, and when the file
/// system refuses; the path is named, and so is what was written before.
pub fn rewrite(root: &Path, rewrites: &Rewrites) -> anyhow::Result<()> {
    let home = root.canonicalize().map_err(Trouble::reading(root))?;
    let mut places = BTreeMap::new();
    for (path, file) in rewrites {
        let place = place(&home, path)?;
        match (&file.was, fs::read(&place)) {
            (None, Err(e)) if e.kind() == ErrorKind::NotFound => {
                if fs::symlink_metadata(&place).is_ok() {
                    return Err(trouble(there(path)));
                }
            }
            (None, _) => return Err(trouble(there(path))),
            (Some(was), Ok(is)) if *was == is => {}
            (Some(_), Ok(_)) => {
                return Err(trouble(said!(
                    "{path} has changed since it was read; nothing was written, run the command again",
                    "{path} 在读取之后又有改动；未写入任何文件，请重新运行"
                )));
            }
            (Some(_), Err(e)) => return Err(Trouble::reading(Path::new(path))(e).into()),
        }
        places.insert(path.as_str(), place);
    }
    let order = |file: &Rewrite| (file.now.is_none(), file.was.is_some());
    let mut list: Vec<(&String, &Rewrite)> = rewrites.iter().filter(|(_, file)| file.was != file.now).collect();
    list.sort_by_key(|(path, file)| (order(file), *path));
    let mut done: Vec<&str> = Vec::new();
    for (path, file) in list {
        let written = match &file.now {
            Some(bytes) => write(&places[path.as_str()], bytes, file.was.is_some()),
            None => remove(&home, &places[path.as_str()]),
        };
        written.map_err(|error| {
            let before = done.join(", ");
            let tried = match done.as_slice() {
                [] => said!("cannot write {path}", "无法写入 {path}"),
                _ => said!("cannot write {path} (written before: {before})", "无法写入 {path}（此前已写入：{before}）"),
            };
            Trouble::io(&tried, &error)
        })?;
        done.push(path);
    }
    Ok(())
}

/// Where a path of the playbook lies; a symlink inside the playbook is followed to its file.
fn place(home: &Path, path: &str) -> anyhow::Result<PathBuf> {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let outside = || trouble(said!("`{path}` leads out of the playbook", "`{path}` 在手册之外"));
    if !plain || path.is_empty() {
        return Err(outside());
    }
    let place = home.join(path);
    // The nearest folder that is there decides: a link in between may lead out.
    let real = place.ancestors().find_map(|p| p.canonicalize().ok());
    if !real.is_some_and(|real| real.starts_with(home)) {
        return Err(outside());
    }
    Ok(place.canonicalize().unwrap_or(place))
}

fn there(path: &str) -> Said {
    said!("{path} is there already; nothing was written", "{path} 已经存在；未写入任何文件")
}

fn write(place: &Path, bytes: &[u8], replaces: bool) -> io::Result<()> {
    let folder = place.parent().unwrap_or(place);
    fs::create_dir_all(folder)?;
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // A name that begins with a dot is no input of a playbook.
    let beside = folder.join(format!(".{name}.{}.new", std::process::id()));
    let staged = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(bytes)?;
        if replaces {
            file.set_permissions(fs::metadata(place)?.permissions())?;
        }
        file.sync_all()?;
        if replaces {
            fs::rename(&beside, place)?;
        } else {
            // Unlike a rename, a second name never takes the place of a file that came in between.
            fs::hard_link(&beside, place).or_else(|error| match error.kind() {
                ErrorKind::AlreadyExists => Err(error),
                _ => fs::rename(&beside, place),
            })?;
            let _ = fs::remove_file(&beside);
        }
        Ok(())
    };
    let written = staged();
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Gives files and folders other names, in order, where nothing has those names yet. All is asked before the first moves.
///
/// # Errors
/// When a path leads out of `root`, when something is at the new one, and when the file system refuses; the paths are named.
pub fn relocate(root: &Path, moves: &[(String, String)]) -> anyhow::Result<()> {
    let home = root.canonicalize().map_err(Trouble::reading(root))?;
    for (from, to) in moves {
        place(&home, from)?;
        place(&home, to)?;
        let is_free = fs::symlink_metadata(home.join(to)).is_err();
        if !is_free {
            return Err(trouble(there(to)));
        }
    }
    for (from, to) in moves {
        let (old, new) = (home.join(from), home.join(to));
        let flags = rustix::fs::RenameFlags::NOREPLACE;
        let moved = match rustix::fs::renameat_with(rustix::fs::CWD, &old, rustix::fs::CWD, &new, flags) {
            // Some file systems know only the plain way.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => fs::rename(&old, &new),
            done => done.map_err(Into::into),
        };
        moved.map_err(|e| Trouble::io(&said!("cannot move {from} to {to}", "无法把 {from} 移到 {to}"), &e))?;
    }
    Ok(())
}

fn remove(home: &Path, place: &Path) -> io::Result<()> {
    fs::remove_file(place)?;
    let folders = place.ancestors().skip(1).take_while(|folder| *folder != home && folder.starts_with(home));
    for folder in folders {
        // Refused where something is left in it.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

//! Single files and folders: written with the modes of a public site, compared, carried over.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use super::Error;

/// A web server runs as another user, so everyone may read, whatever our umask.
const FILE: u32 = 0o644;
const FOLDER: u32 = 0o755;

/// What lies at a path, compared with what should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disk {
    /// Nothing.
    Absent,
    /// A folder.
    Folder,
    /// A file with the same bytes and the right mode.
    Equal,
    /// A file with the same bytes that not everyone may read.
    EqualButMode,
    /// Something else.
    Other,
}

/// Compares the file at `path` with `bytes`, byte for byte. A symlink is no file.
pub(super) fn compare(path: &Path, bytes: &[u8]) -> Result<Disk, Error> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Disk::Absent);
        }
        Err(e) => return Err(Error::io("read", path)(e)),
    };
    if meta.is_dir() {
        return Ok(Disk::Folder);
    }
    if !meta.is_file() || meta.len() != bytes.len() as u64 {
        return Ok(Disk::Other);
    }
    match is_equal(path, bytes) {
        Ok(false) => Ok(Disk::Other),
        Ok(true) if meta.permissions().mode() & 0o7777 == FILE => Ok(Disk::Equal),
        Ok(true) => Ok(Disk::EqualButMode),
        Err(e) => Err(Error::io("read", path)(e)),
    }
}

fn is_equal(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = [0; 16 * 1024];
    for wanted in bytes.chunks(buffer.len()) {
        let found = &mut buffer[..wanted.len()];
        match file.read_exact(found) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            other => other?,
        }
        if found != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes files and folders with the right modes, at the price of a second call for each only
/// where the umask asks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Maker {
    umask_takes: bool,
}

impl Maker {
    /// Makes the folder `first` and learns from it what the umask takes away.
    pub(super) fn starting_with(first: &Path) -> Result<Self, Error> {
        let learn = || -> io::Result<Self> {
            DirBuilder::new().mode(FOLDER).create(first)?;
            let mode = fs::symlink_metadata(first)?.permissions().mode();
            let umask_takes = mode & 0o777 != FOLDER;
            if umask_takes {
                fs::set_permissions(first, Permissions::from_mode(FOLDER))?;
            }
            Ok(Self { umask_takes })
        };
        learn().map_err(Error::io("create", first))
    }

    /// Makes the folder `path`; one that is there already stays as it is.
    pub(super) fn folder(self, path: &Path) -> Result<(), Error> {
        match DirBuilder::new().mode(FOLDER).create(path) {
            Ok(()) if self.umask_takes => fs::set_permissions(path, Permissions::from_mode(FOLDER)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists && is_folder(path) => Ok(()),
            other => other,
        }
        .map_err(Error::io("create", path))
    }

    /// Writes a file that is not there yet.
    pub(super) fn file(self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let write = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE).open(path)?;
            if self.umask_takes {
                file.set_permissions(Permissions::from_mode(FILE))?;
            }
            file.write_all(bytes)
        };
        write().map_err(Error::io("write", path))
    }
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir())
}

/// Gives the file or symlink `from` the second name `to`, so that bytes, mode and times stay;
/// where a file system has no second names, a copy with the same.
pub(super) fn carry(from: &Path, to: &Path) -> Result<(), Error> {
    let Err(refusal) = fs::hard_link(from, to) else {
        return Ok(());
    };
    let copy = || -> io::Result<()> {
        let meta = fs::symlink_metadata(from)?;
        if meta.is_symlink() {
            return std::os::unix::fs::symlink(fs::read_link(from)?, to);
        }
        if !meta.is_file() {
            return Err(refusal); // a pipe or a device has no bytes to copy
        }
        fs::copy(from, to)?;
        File::open(to)?.set_modified(meta.modified()?)
    };
    copy().map_err(Error::io("carry over", from))
}

//! The default theme, compiled into the binary.

use include_dir::{Dir, DirEntry, include_dir};

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Every file with its path in the theme, in order.
pub(super) fn files() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    gather(&THEME, &mut files);
    files.sort();
    files
}

/// Every text with its path in the theme, in order.
pub(super) fn texts() -> impl Iterator<Item = (String, &'static str)> {
    files().into_iter().filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
}

fn gather(dir: &Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => gather(dir, files),
            DirEntry::File(file) => {
                files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents()));
            }
        }
    }
}

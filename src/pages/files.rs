//! Files that lie beside a text: what they are, how large, and the way to them.

use crate::base::FileId;
use crate::markup::html;
use crate::model::prose::Version;
use crate::plan::{Cx, asset_route, resolved};
use crate::sources::markdown::Reach;
use serde::Serialize;

/// A file that readers may open or keep.
#[derive(Debug, Serialize)]
pub(super) struct FileRow {
    name: String,
    href: Option<String>,
    /// Key of its kind.
    kind: &'static str,
    /// `12 kB`.
    size: String,
    /// Whether browsers keep it rather than show it: it is then kept under its own name.
    is_kept: bool,
}

/// Kinds of files by the ending of their names: key, endings, and whether browsers show them.
const KINDS: &[(&str, &[&str], bool)] = &[
    ("file-image", &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"], true),
    ("file-pdf", &["pdf"], true),
    ("file-table", &["csv", "xls", "xlsx", "ods", "numbers", "et"], false),
    ("file-slides", &["ppt", "pptx", "odp", "key", "dps"], false),
    ("file-document", &["doc", "docx", "odt", "rtf", "pages", "wps"], false),
    ("file-video", &["mp4", "webm", "mov"], true),
    ("file-sound", &["mp3", "m4a", "wav", "ogg"], true),
    ("file-archive", &["zip", "7z", "rar", "gz", "tar"], false),
    ("file-text", &["txt", "md", "json", "toml"], true),
];

/// One file, under the name people know it by.
pub(super) fn row(cx: &Cx<'_>, name: &str, file: FileId) -> FileRow {
    let sources = cx.ground().sources;
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let kind = KINDS.iter().find(|(_, endings, _)| endings.contains(&ending.as_str()));
    FileRow {
        name: name.to_owned(),
        href: asset_route(sources, file).and_then(|route| cx.href(&route)),
        kind: kind.map_or("file-other", |(key, ..)| key),
        size: size(cx, sources.bytes(file).len()),
        is_kept: kind.is_none_or(|(.., is_shown)| !is_shown),
    }
}

/// The files that a text leads to, in order, each once; pictures it shows are no such files.
pub(super) fn linked(cx: &Cx<'_>, version: Option<&Version>) -> Vec<FileRow> {
    let sources = cx.ground().sources;
    let mut seen = Vec::new();
    if let Some(version) = version {
        let from = sources.path(version.file);
        let links = version.document.links.iter().filter(|l| !l.is_image && l.reach == Reach::Relative);
        let found = links.filter_map(|l| sources.find(&resolved(from, &html::decoded(&l.dest))?));
        for file in found.filter(|file| asset_route(sources, *file).is_some()) {
            if !seen.contains(&file) {
                seen.push(file);
            }
        }
    }
    let name = |file: &FileId| sources.path(*file).rsplit('/').next().unwrap_or_default().to_owned();
    seen.iter().map(|file| row(cx, &name(file), *file)).collect()
}

/// `640 B`, `12 kB`, `1.4 MB`.
fn size(cx: &Cx<'_>, bytes: usize) -> String {
    match bytes {
        0..1000 => cx.tf("file-bytes", &[("size", &bytes)]),
        1000..1_000_000 => cx.tf("file-kilobytes", &[("size", &bytes.div_ceil(1000))]),
        _ => {
            let tenths = bytes.div_ceil(100_000);
            let size = format!("{}.{}", tenths / 10, tenths % 10);
            cx.tf("file-megabytes", &[("size", &size)])
        }
    }
}

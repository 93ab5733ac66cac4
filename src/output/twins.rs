//! Compressed twins of text files, for web servers that send them as they are (`gzip_static`, `brotli_static`): beside
//! `index.html` lie `index.html.gz` and `index.html.br`.

use super::Files;
use super::manifest::Manifest;
use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

/// How a twin is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// gzip, which every browser reads.
    Gzip,
    /// Brotli, a tenth smaller; browsers read it over HTTPS only.
    Brotli,
}

/// Endings of files that become smaller: everything else is compressed by its own format.
const TEXTS: [&str; 11] = ["css", "csv", "html", "ics", "js", "json", "md", "svg", "txt", "xml", "webmanifest"];

/// Of a page of the sample (17 kB) gzip leaves 24.1 % at level 9 in 0.26 ms, 24.4 % at level 6 in 0.17 ms.
const GZIP: u32 = 9;

/// Brotli leaves 21.8 % at quality 6 in 0.5 ms; 21.4 % at 9 in 5.7 ms, 19.3 % at 11 in 26 ms. All pages are new on a new day, so the
/// last tenth is not worth fifty times the work.
const BROTLI: i32 = 6;

/// Pages are smaller than this window, in powers of two.
const WINDOW: i32 = 18;

impl Encoding {
    /// What stands behind the name of the file.
    fn ending(self) -> &'static str {
        match self {
            Self::Gzip => "gz",
            Self::Brotli => "br",
        }
    }

    /// The same bytes on every machine and every day: no time and no name in the head.
    fn encoded(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Gzip => {
                let mut encoder = GzBuilder::new().write(Vec::new(), Compression::new(GZIP));
                encoder.write_all(bytes)?;
                encoder.finish()
            }
            Self::Brotli => {
                let mut twin = Vec::new();
                let room = bytes.len().max(1);
                let mut encoder = brotli::CompressorReader::with_params(bytes, room, &params(bytes.len()));
                encoder.read_to_end(&mut twin)?;
                Ok(twin)
            }
        }
    }
}

fn params(size: usize) -> brotli::enc::BrotliEncoderParams {
    brotli::enc::BrotliEncoderParams {
        quality: BROTLI,
        lgwin: WINDOW,
        size_hint: size,
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..Default::default()
    }
}

/// The files with a twin of every text of at least `least` bytes that becomes smaller by it. Where the site in the folder `earlier`
/// has the same text, its twin is taken as it is.
pub fn with_twins(files: &Files, encodings: &[Encoding], least: usize, earlier: &Path) -> Files {
    let known = Manifest::read(earlier).ok().flatten().map(|(manifest, _)| manifest);
    let known = known.filter(Manifest::is_of_this_program);
    let is_text = |path: &str| path.rsplit_once('.').is_some_and(|(_, ending)| TEXTS.contains(&ending));
    let twin = |path: &str, bytes: &[u8], encoding: Encoding| {
        let name = format!("{path}.{}", encoding.ending());
        // A file of the author's goes before one of ours.
        if files.contains_key(&name) {
            return None;
        }
        let twin = known.as_ref().and_then(|known| kept(known, (path, bytes), &name, earlier));
        let twin = twin.or_else(|| encoding.encoded(bytes).ok())?;
        (twin.len() < bytes.len()).then(|| (name, Arc::from(twin)))
    };
    let texts = files.par_iter().filter(|(path, bytes)| bytes.len() >= least && is_text(path));
    let twins: Vec<(String, Arc<[u8]>)> = texts
        .flat_map_iter(|(path, bytes)| encodings.iter().filter_map(move |encoding| twin(path, bytes, *encoding)))
        .collect();
    files.iter().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).chain(twins).collect()
}

/// The twin that a file with the same bytes has already.
fn kept(known: &Manifest, (path, bytes): (&str, &[u8]), name: &str, folder: &Path) -> Option<Vec<u8>> {
    let entry = known.files.get(name)?;
    if !known.files.get(path)?.is_of(bytes) {
        return None;
    }
    fs::read(folder.join(name)).ok().filter(|twin| entry.is_of(twin))
}

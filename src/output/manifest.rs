//! `playbook-manifest.json`: which files of a folder are ours, and what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Error, Files, paths};
use crate::base::fingerprint::Fingerprint;

/// Lies at the top of every site; a folder with one is ours to replace.
pub(super) const NAME: &str = "playbook-manifest.json";

/// Raised when an older playbook could misread the file.
const FORMAT: u32 = 1;

/// Who writes it.
const GENERATOR: &str = concat!("playbook ", env!("CARGO_PKG_VERSION"));

/// The files of a site, and nothing about when or where they were written: equal sites have
/// equal manifests.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    format: u32,
    generator: String,
    /// By path below the folder, with `/`.
    pub(super) files: BTreeMap<String, Entry>,
}

/// What is in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// A [`Fingerprint`] of the bytes, in lower-case hexadecimal.
    hash: String,
    /// In bytes.
    size: u64,
}

impl Entry {
    /// Whether these are the bytes.
    pub(super) fn is_of(&self, bytes: &[u8]) -> bool {
        self.size == bytes.len() as u64 && self.hash == Fingerprint::of(bytes).to_string()
    }
}

impl Manifest {
    pub(super) fn of(files: &Files) -> Self {
        let entry = |bytes: &[u8]| Entry { hash: Fingerprint::of(bytes).to_string(), size: bytes.len() as u64 };
        Self::listing(files.par_iter().map(|(path, bytes)| (path.clone(), entry(bytes))).collect())
    }

    /// This manifest with every file of `other` that it lacks.
    pub(super) fn with_files_of(&self, other: &Self) -> Self {
        let mut files = other.files.clone();
        files.extend(self.files.clone());
        Self::listing(files)
    }

    fn listing(files: BTreeMap<String, Entry>) -> Self {
        Self { format: FORMAT, generator: GENERATOR.to_owned(), files }
    }

    /// Whether this version wrote it: another may compress in another way.
    pub(super) fn is_of_this_program(&self) -> bool {
        self.generator == GENERATOR
    }

    /// Reads the manifest of the folder `target`; none when there is no such file.
    pub(super) fn read(target: &Path) -> Result<Option<(Self, Vec<u8>)>, Error> {
        let path = target.join(NAME);
        let damaged = |reason: String| Error::Damaged { manifest: path.clone(), reason };
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_file() => {}
            Ok(_) => return Err(damaged("it is not a file".into())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::io("read", &path)(e)),
        }
        let bytes = fs::read(&path).map_err(Error::io("read", &path))?;
        let manifest: Self = serde_json::from_slice(&bytes).map_err(|e| damaged(e.to_string()))?;
        if manifest.format != FORMAT {
            return Err(damaged(format!("its format is {}", manifest.format)));
        }
        // A path that leaves the folder must never reach the code that removes files.
        match manifest.files.keys().find_map(|p| paths::fault(p)) {
            Some(fault) => Err(damaged(format!("it lists a path {fault}"))),
            None => Ok(Some((manifest, bytes))),
        }
    }

    /// One line a file, so that a change to a site reads well as a diff.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut text =
            format!("{{\n  \"format\": {},\n  \"generator\": {},\n  \"files\": {{", self.format, json(&self.generator));
        for (i, (path, entry)) in self.files.iter().enumerate() {
            text.push_str(if i == 0 { "\n    " } else { ",\n    " });
            text.push_str(&json(path));
            text.push_str(": ");
            text.push_str(&json(entry));
        }
        text.push_str(if self.files.is_empty() { "}\n}\n" } else { "\n  }\n}\n" });
        text.into_bytes()
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("bug: text and numbers are always JSON")
}

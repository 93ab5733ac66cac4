//! Tells a site that is still what its inputs make from one that is not, without making it again.
//!
//! Beside the folder `public` lies `.public.seal`: what the site was made of, and how its files looked when they were written. It is a
//! cache: whatever is missing, damaged or of another program means that the site is made anew.

use super::manifest::{self, Manifest};
use super::workspace;
use crate::base::Fingerprint;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Raised when an older playbook could misread the file.
const FORMAT: u32 = 2;

/// What is known of a published site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    format: u32,
    /// A fingerprint of all that the site was made of, and of the program.
    made_of: String,
    /// A fingerprint of the manifest, which has one of every file.
    manifest: String,
    /// A fingerprint of names, sizes, times and numbers of its files.
    looks: String,
    /// How many pages it has.
    pub pages: usize,
    /// How many files.
    pub files: usize,
    /// What was said of it when it was made.
    pub told: Told,
}

/// Findings as they were written for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// All that decides how findings are written: language, colour, width of the terminal, how much is wanted.
    pub voice: String,
    /// What was written.
    pub text: String,
    /// Whether there is nothing to say in any voice.
    pub is_silent: bool,
}

/// Where the seal of a folder lies.
fn place(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".seal");
    target.with_file_name(name)
}

/// Names, sizes, times and numbers of the files of a manifest; none when one is missing.
fn looks(manifest: &Manifest, target: &Path) -> Option<Fingerprint> {
    let paths: Vec<&str> = manifest.files.keys().map(String::as_str).chain([manifest::NAME]).collect();
    let look = |path: &&str| {
        let meta = fs::symlink_metadata(target.join(path)).ok().filter(fs::Metadata::is_file)?;
        let (seconds, nanos, mode) = (meta.mtime(), meta.mtime_nsec(), meta.permissions().mode());
        Some(format!("{path} {} {seconds}.{nanos} {} {mode:o}\n", meta.len(), meta.ino()))
    };
    let lines: Option<Vec<String>> = paths.par_iter().map(look).collect();
    Some(Fingerprint::of(lines?.concat().as_bytes()))
}

/// Whether every file of a manifest has the bytes that it names: a site that was unpacked elsewhere looks otherwise and is the same.
fn holds(manifest: &Manifest, target: &Path) -> bool {
    manifest.files.par_iter().all(|(path, entry)| fs::read(target.join(path)).is_ok_and(|bytes| entry.is_of(&bytes)))
}

/// What is known of the site in a folder, if it was made of this and nobody has changed it since.
pub fn sealed(target: &Path, made_of: Fingerprint) -> Option<Seal> {
    let seal: Seal = serde_json::from_slice(&fs::read(place(target)).ok()?).ok()?;
    if seal.format != FORMAT || seal.made_of != made_of.to_string() {
        return None;
    }
    // Somebody was killed while publishing, or is publishing now.
    if workspace::exists(&workspace::beside(target)) || workspace::exists(&target.join(workspace::INSIDE)) {
        return None;
    }
    let (manifest, bytes) = Manifest::read(target).ok()??;
    if Fingerprint::of(&bytes).to_string() != seal.manifest {
        return None;
    }
    let is_same = looks(&manifest, target).is_some_and(|looks| looks.to_string() == seal.looks);
    (is_same || holds(&manifest, target)).then_some(seal)
}

/// Seals the site in a folder that has just been published. What cannot be written is not missed.
pub fn seal(target: &Path, made_of: Fingerprint, pages: usize, told: Told) {
    let Ok(Some((manifest, bytes))) = Manifest::read(target) else { return };
    let Some(looks) = looks(&manifest, target) else { return };
    let seal = Seal {
        format: FORMAT,
        made_of: made_of.to_string(),
        manifest: Fingerprint::of(&bytes).to_string(),
        looks: looks.to_string(),
        pages,
        files: manifest.files.len(),
        told,
    };
    let text = serde_json::to_vec(&seal).expect("bug: a seal is plain");
    let place = place(target);
    // Half a seal is damaged, and so is none.
    if fs::write(&place, text).is_err() {
        let _ = fs::remove_file(&place);
    }
}

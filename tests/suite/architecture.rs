//! The map in the crate's documentation is the code: its rooms are the folders, its arrows who uses whom.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Rooms in the order of the map, each with the rooms it may use.
fn map() -> Vec<(String, BTreeSet<String>)> {
    let docs = std::fs::read_to_string(src().join("lib.rs")).unwrap();
    let line = |line: &str| {
        let (room, uses) = line.strip_prefix("//! ")?.split_once('←')?;
        let uses = uses.split("  ").next()?.split(',').map(|u| u.trim().to_owned()).filter(|u| !u.is_empty());
        Some((room.trim().to_owned(), uses.collect()))
    };
    docs.lines().filter_map(line).collect()
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut list: Vec<PathBuf> =
        std::fs::read_dir(path).unwrap().flat_map(|entry| files(&entry.unwrap().path())).collect();
    list.retain(|p| p.extension().is_some_and(|e| e == "rs"));
    list.sort();
    list
}

/// Rooms that the code of a room names as `crate::room`.
fn used(room: &Path, rooms: &BTreeSet<String>) -> BTreeMap<String, PathBuf> {
    let mut used = BTreeMap::new();
    for file in files(room) {
        let text = std::fs::read_to_string(&file).unwrap();
        let code: String = text.lines().filter(|l| !l.trim_start().starts_with("//")).flat_map(|l| [l, "\n"]).collect();
        let grouped = code.replace("use crate::{", "crate::{");
        for part in grouped.split("crate::").skip(1) {
            // `crate::{said, plan::Route}` names several.
            let names = match part.strip_prefix('{') {
                Some(list) => list.split_once("};").map_or(list, |(list, _)| list),
                None => part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
            };
            for name in names.split(',') {
                let name = name.trim().split("::").next().unwrap_or_default();
                if rooms.contains(name) {
                    used.entry(name.to_owned()).or_insert_with(|| file.clone());
                }
            }
        }
    }
    used
}

#[test]
fn the_map_names_every_room_and_no_other() {
    let mapped: Vec<String> = map().into_iter().map(|(room, _)| room).collect();
    let on_disk: BTreeSet<String> = std::fs::read_dir(src())
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "lib" && name != "main")
        .collect();
    assert_eq!(mapped.iter().cloned().collect::<BTreeSet<_>>(), on_disk);
    assert_eq!(mapped.len(), on_disk.len(), "a room stands twice in the map");
}

#[test]
fn every_arrow_points_up_the_map_so_there_is_no_circle() {
    let mut above = BTreeSet::new();
    for (room, uses) in map() {
        let below: Vec<_> = uses.difference(&above).collect();
        assert!(below.is_empty(), "{room} uses {below:?}, which stand below it");
        above.insert(room);
    }
}

#[test]
fn rooms_use_whom_the_map_says_and_nobody_else() {
    let map = map();
    let rooms: BTreeSet<String> = map.iter().map(|(room, _)| room.clone()).collect();
    let mut wrong = Vec::new();
    for (room, may) in &map {
        let folder = src().join(room);
        let place = if folder.is_dir() { folder } else { src().join(format!("{room}.rs")) };
        let mut others = rooms.clone();
        others.remove(room);
        let does = used(&place, &others);
        for (other, file) in &does {
            if !may.contains(other) {
                wrong.push(format!("{room} uses {other} in {}", file.strip_prefix(src()).unwrap().display()));
            }
        }
        for idle in may.iter().filter(|other| !does.contains_key(*other)) {
            wrong.push(format!("{room} may use {idle} and does not: take it off the map"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

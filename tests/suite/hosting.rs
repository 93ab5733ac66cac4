//! What lies beside the pages for the program that sends them: compressed twins and `_headers`.

use super::cli::{Book, stderr, stdout};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

const DAY: [&str; 2] = ["--as-of", "2026-04-01"];

/// Files below a folder, with the time they were written.
fn tree(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (name, (std::fs::read(entry.path()).unwrap(), entry.metadata().unwrap().modified().unwrap()))
    };
    files.map(read).collect()
}

fn unpacked(name: &str, twin: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    if name.ends_with(".gz") {
        flate2::read::GzDecoder::new(twin).read_to_end(&mut plain).unwrap();
    } else {
        brotli::Decompressor::new(twin, 4096).read_to_end(&mut plain).unwrap();
    }
    plain
}

fn is_twin(name: &str) -> bool {
    name.ends_with(".gz") || name.ends_with(".br")
}

fn build(book: &Book, args: &[&str]) -> String {
    let output = book.run(&[&["build"], &DAY[..], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn every_text_has_twins_that_unpack_to_it_and_that_follow_it() {
    let book = Book::small();
    book.write(
        "playbook.toml",
        "title = \"Tea\"\ntimezone = \"Asia/Shanghai\"\nhistory = false\ncompress = [\"br\", \"gz\", \"gz\"]\n",
    );
    build(&book, &[]);
    let public = book.root().join("public");
    let first = tree(&public);
    let (twins, plain): (Vec<_>, Vec<_>) = first.iter().partition(|(name, _)| is_twin(name));
    for (name, (twin, _)) in &twins {
        let of = &first[&name[..name.len() - 3]].0;
        assert_eq!(unpacked(name, twin), *of, "{name}");
        assert!(twin.len() < of.len(), "{name}");
    }
    for (name, (bytes, _)) in plain {
        let is_text =
            [".html", ".css", ".js", ".ics", ".json", ".csv", ".svg", ".xml"].iter().any(|e| name.ends_with(e));
        let wants = is_text && bytes.len() >= 1000 && name != "playbook-manifest.json";
        for ending in ["gz", "br"] {
            assert_eq!(first.contains_key(&format!("{name}.{ending}")), wants, "{name} {ending}");
        }
    }
    // gzip's head has room for a time and a name, and for the system: two machines must write the same.
    assert_eq!(first["index.html.gz"].0[3..8], [0; 5]);

    // One word changes: twins of what stays are not written again, those of what changes are new.
    book.write("content/people.toml", "[lin-yue]\nname = \"Lin Yue Er\"\ndepartment = \"marketing\"\n");
    build(&book, &[]);
    let second = tree(&public);
    let is_same = |name: &str| first.get(name).map(|(bytes, _)| bytes) == second.get(name).map(|(bytes, _)| bytes);
    let (mut stay, mut change) = (0, 0);
    for (name, (twin, time)) in second.iter().filter(|(name, _)| is_twin(name)) {
        let of = &name[..name.len() - 3];
        assert_eq!(unpacked(name, twin), second[of].0, "{name}");
        if is_same(of) {
            assert_eq!(first[name], (twin.clone(), *time), "{name}");
            stay += 1;
        } else {
            change += 1;
        }
    }
    assert!(stay > 5 && change > 5, "{stay} {change}");

    // A cold build of the same files has the same bytes.
    build(&book, &["--output", "cold"]);
    let cold = tree(&book.root().join("cold"));
    assert!(cold.iter().map(|(n, (b, _))| (n, b)).eq(second.iter().map(|(n, (b, _))| (n, b))));

    // The flag goes before the setting, also when nothing else has changed; what is not wanted any more goes.
    assert!(build(&book, &["--compress", "gz"]).contains(" removed"));
    assert!(tree(&public).keys().all(|name| !name.ends_with(".br")));
    assert!(tree(&public).contains_key("index.html.gz"));
    build(&book, &["--compress", "none"]);
    assert!(!tree(&public).keys().any(|name| is_twin(name)));
}

#[test]
fn a_damaged_twin_is_made_again() {
    let book = Book::small();
    build(&book, &["--compress", "gz"]);
    let public = book.root().join("public");
    let before = tree(&public);
    std::fs::write(public.join("index.html.gz"), "nonsense").unwrap();
    build(&book, &["--compress", "gz"]);
    assert_eq!(tree(&public)["index.html.gz"].0, before["index.html.gz"].0);
}

#[test]
fn a_release_has_twins_and_keeps_those_of_files_that_stay() {
    let book = Book::small();
    let publish = |args: &[&str]| {
        let output = book.run(&[&["publish", "srv"], &DAY[..], args].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    publish(&["--compress", "gz,br"]);
    let first = tree(&book.root().join("srv/releases/0001"));
    assert!(first.contains_key("index.html.br") && first.contains_key("index.html.gz"));
    book.write("content/people.toml", "[lin-yue]\nname = \"Lin Yue Er\"\ndepartment = \"marketing\"\n");
    let told = publish(&["--compress", "gz,br"]);
    assert!(told.contains("shared with the last one"), "{told}");
    let second = tree(&book.root().join("srv/releases/0002"));
    let kept = second.iter().filter(|(name, file)| is_twin(name) && first.get(*name) == Some(file));
    assert!(kept.count() > 5);
    for (name, (twin, _)) in second.iter().filter(|(name, _)| is_twin(name)) {
        assert_eq!(unpacked(name, twin), second[&name[..name.len() - 3]].0, "{name}");
    }
}

#[test]
fn an_unknown_way_is_named_with_what_there_is() {
    let book = Book::small();
    book.write("playbook.toml", "title = \"Tea\"\ncompress = [\"gzip\"]\n");
    let check = stdout(&book.run(&[&["check", "--format", "short"], &DAY[..]].concat()));
    assert!(check.contains("playbook.toml:2:13") && check.contains("`gzip` is no compression"), "{check}");
    let output = book.run(&["build", "--compress", "zip"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("gz, br, none"), "{}", stderr(&output));
}

/// What a host says of a path: the rules of `_headers` that match it, as Netlify and Cloudflare Pages read them.
fn caching(headers: &str, path: &str) -> Vec<String> {
    let (mut found, mut is_ours) = (Vec::new(), false);
    for line in headers.lines() {
        match line.strip_prefix("  ") {
            Some(header) if is_ours => found.extend(header.strip_prefix("Cache-Control: ").map(str::to_owned)),
            Some(_) => {}
            None => {
                let rule = line.trim_start_matches('/');
                is_ours = rule.strip_suffix('*').map_or(rule == path, |folder| path.starts_with(folder));
            }
        }
    }
    found
}

#[test]
fn hosts_are_told_to_keep_what_has_a_hash_in_its_name_and_nothing_else() {
    let root = env!("CARGO_MANIFEST_DIR");
    let book = Book::small();
    for folder in ["content", "themes"] {
        for entry in walkdir::WalkDir::new(Path::new(root).join(folder)).into_iter().map(Result::unwrap) {
            let name = entry.path().strip_prefix(root).unwrap();
            if entry.file_type().is_file() && !name.starts_with("themes/default") {
                let to = book.root().join(name);
                std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    let settings = std::fs::read_to_string(Path::new(root).join("playbook.toml")).unwrap();
    book.write("playbook.toml", &format!("headers = true\n{settings}"));
    std::fs::remove_dir_all(book.root().join("content/campaigns/june")).unwrap();
    let output = book.run(&["build", "--as-of", "2026-09-17"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let site = tree(&book.root().join("public"));
    let headers = String::from_utf8(site["_headers"].0.clone()).unwrap();
    assert!(headers.starts_with("/*\n  X-Content-Type-Options: nosniff\n"), "{headers}");
    let rules = headers.lines().filter(|line| line.starts_with('/')).count();
    assert!(rules <= 100, "hosts read no more than a hundred: {rules}");
    let mut kept = 0;
    for name in site.keys() {
        let told = caching(&headers, name);
        // Every name that the program makes of bytes has eight digits between two dots.
        let is_hashed = name
            .rsplit('/')
            .next()
            .unwrap()
            .split('.')
            .skip(1)
            .any(|part| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()));
        if is_hashed {
            assert_eq!(told, ["public, max-age=31536000, immutable"], "{name}\n{headers}");
            kept += 1;
        } else {
            assert!(told.is_empty(), "{name} changes and is told to be kept\n{headers}");
        }
    }
    assert!(kept > 1000, "style, scripts, pictures and the parts of the search index: {kept}");
}

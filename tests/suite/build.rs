//! `playbook build` on real folders: the same bytes everywhere, and never a half-written or a worse site.

use super::cli::{Book, stderr, stdout};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// Every file below a folder: bytes and mode.
fn tree(folder: &Path) -> BTreeMap<String, (Vec<u8>, u32)> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o7777;
            files.insert(name, (std::fs::read(entry.path()).unwrap(), mode));
        }
    }
    files
}

#[test]
fn the_sample_builds_to_the_same_bytes_everywhere() {
    let root = env!("CARGO_MANIFEST_DIR");
    let out = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let build = |name: &str, cwd: &Path, zone: &str, lang: &str, umask: &str, threads: &str| {
        let target = out.path().join(name);
        let script = format!("umask {umask}; exec \"$0\" \"$@\"");
        let status = Command::new("sh")
            .args([
                "-c",
                &script,
                env!("CARGO_BIN_EXE_playbook"),
                "--root",
                root,
                "build",
                "--as-of",
                "2026-09-17",
                "--output",
            ])
            .arg(&target)
            .current_dir(cwd)
            .envs([("TZ", zone), ("LANG", lang), ("LC_ALL", lang), ("RAYON_NUM_THREADS", threads), ("HOME", "/")])
            .output()
            .unwrap();
        assert!(status.status.success(), "{}", stderr(&status));
        tree(&target)
    };
    let one = build("one", Path::new(root), "UTC", "C", "022", "1");
    let two = build("two", elsewhere.path(), "Pacific/Kiritimati", "zh_CN.UTF-8", "077", "4");
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, file) in &one {
        assert!(two[name] == *file, "`{name}` differs between the two builds");
        assert_eq!(file.1, 0o644, "mode of `{name}`");
    }
    assert!(one.len() > 100, "only {} files", one.len());
}

#[test]
fn an_error_leaves_the_last_good_site_in_place() {
    let book = Book::small();
    assert!(book.run(&["build", "--as-of", "2026-04-01"]).status.success());
    let before = tree(&book.root().join("public"));
    book.write("content/campaigns/june/campaign.toml", "title = \"June\"\nowner = \"nobody\"\n");
    let output = book.run(&["build", "--as-of", "2026-04-01"]);
    assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
    assert!(stderr(&output).contains("nothing was published"), "{}", stderr(&output));
    assert_eq!(tree(&book.root().join("public")), before);
    assert!(book.run(&["build", "--as-of", "2026-04-01", "--keep-going"]).status.success());
}

#[test]
fn a_campaign_that_is_gone_takes_its_pages_along_and_a_second_build_writes_nothing() {
    let book = Book::small();
    book.run(&["build", "--as-of", "2026-04-01"]);
    let page = book.root().join("public/campaigns/june/index.html");
    assert!(page.is_file());
    let again = stdout(&book.run(&["build", "--as-of", "2026-04-01"]));
    assert!(again.contains("(0 written,"), "{again}");
    std::fs::rename(book.root().join("content/campaigns/june"), book.root().join("content/campaigns/july")).unwrap();
    book.run(&["build", "--as-of", "2026-04-01"]);
    assert!(!page.exists() && book.root().join("public/campaigns/july/index.html").is_file());
}

#[test]
fn folders_that_are_not_ours_are_refused_by_name() {
    let book = Book::small();
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("thesis.txt"), "years of work").unwrap();
    for target in [home.path().to_str().unwrap(), ".", "content", "content/site", ".."] {
        let output = book.run(&["build", "--as-of", "2026-04-01", "--output", target]);
        assert_eq!(output.status.code(), Some(2), "{target}: {}", stdout(&output));
        assert!(stderr(&output).lines().any(|line| line.starts_with("error: ")), "{target}: {}", stderr(&output));
    }
    assert_eq!(std::fs::read_to_string(home.path().join("thesis.txt")).unwrap(), "years of work");
    assert!(book.root().join("content/people.toml").is_file());
}

#[test]
fn a_site_that_is_still_what_its_files_make_is_not_made_again_and_one_that_is_not_is() {
    let book = Book::small();
    assert_eq!(book.run(&["init", "tea", "--as-of", "2026-09-17"]).status.code(), Some(0));
    let site = |name: &str| book.root().join("tea").join(name);
    // What is done, without the time it took.
    let build = |output: &str, day: &str| {
        let output = book.run(&["--root", "tea", "build", "--output", &format!("tea/{output}"), "--as-of", day]);
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
        stdout(&output).split(" in ").next().unwrap().to_owned()
    };
    let day = "2026-09-17";
    let first = build("public", day);
    let whole = tree(&site("public"));
    let again = build("public", day);
    assert!(again.contains("(0 written"), "{again}");
    assert_eq!(again.split(" (").next(), first.split(" (").next());

    // What is said comes from the seal.
    let seal = std::fs::read_to_string(site(".public.seal")).unwrap();
    let pages: usize = seal.split("\"pages\":").nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
    let told = seal.replace(&format!("\"pages\":{pages}"), "\"pages\":12345");
    std::fs::write(site(".public.seal"), &told).unwrap();
    assert!(build("public", day).starts_with("12345 pages"), "the site was made again");
    std::fs::write(site(".public.seal"), seal).unwrap();

    // Whatever happens to a file, the next build mends it.
    let index = site("public/index.html");
    std::fs::write(&index, "mine").unwrap();
    assert!(build("public", day).contains("(1 written"));
    std::fs::remove_file(&index).unwrap();
    assert!(build("public", day).contains("(1 written"));
    std::fs::write(site(".public.seal"), "{").unwrap();
    assert!(build("public", day).contains("(0 written"));
    assert_eq!(tree(&site("public")), whole);

    // A site unpacked elsewhere has other times and numbers, and the same bytes.
    std::fs::rename(site("public"), site("old")).unwrap();
    let copied = Command::new("cp").args(["-r", "old", "public"]).current_dir(site("")).status().unwrap();
    assert!(copied.success());
    assert!(build("public", day).contains("(0 written"));

    // Other words, another policy, another day: made anew, and as without any seal.
    let later = "2026-09-18";
    for (day, path, text) in [
        (day, "content/policies/more.toml", "[severity]\n\"campaign/overlap\" = \"off\"\n"),
        (day, "content/pages/us.md", "+++\ntitle = \"About\"\n+++\n\nUs.\n"),
        (day, "content/pages/us.md", "+++\ntitle = \"About\"\n+++\n\nAll of us.\n"),
        (later, "content/pages/us.md", "+++\ntitle = \"About\"\n+++\n\nAll of us.\n"),
    ] {
        book.write(&format!("tea/{path}"), text);
        build("public", day);
        build("public", day);
        std::fs::remove_dir_all(site("cold")).ok();
        std::fs::remove_file(site(".cold.seal")).ok();
        build("cold", day);
        assert_eq!(tree(&site("public")), tree(&site("cold")), "{day} {path}");
    }
}

/// Warnings do not go unsaid because nothing is made: they are told again word for word, in the voice that they are asked for in.
#[test]
fn a_site_that_is_not_made_again_is_warned_of_as_before() {
    let book = Book::small();
    assert_eq!(book.run(&["init", "tea", "--as-of", "2026-09-17"]).status.code(), Some(0));
    book.write("tea/content/notes.toml", "");
    let seal = book.root().join("tea/.public.seal");
    let build = |more: &[&str]| {
        let output = book.run(&[&["--root", "tea", "build", "--as-of", "2026-09-17"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        (stdout(&output).split(" in ").next().unwrap().to_owned(), stderr(&output))
    };
    let (_, warned) = build(&[]);
    assert!(warned.contains("files/unknown") && warned.contains("notes.toml"), "{warned}");
    // A seal that says another number of pages shows where the answer comes from.
    let marked = std::fs::read_to_string(&seal).unwrap().replacen("\"pages\":", "\"pages\":1000", 1);
    let mark = || std::fs::write(&seal, &marked).unwrap();
    mark();
    let (done, again) = build(&[]);
    assert!(done.starts_with("1000"), "{done}");
    assert_eq!(again, warned);
    for (more, is_warned) in [(&["--quiet"][..], false), (&["--color", "always"], true), (&["--lang", "zh"], true)] {
        mark();
        let (done, other) = build(more);
        assert!(!done.starts_with("1000") && other != warned, "{more:?}: {done}");
        assert_eq!(other.contains("notes.toml"), is_warned, "{other}");
    }
}

//! Publishing: what stands in the folder before, after, and when somebody pulls the plug.

mod killed;
mod refused;
mod releases;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use campaign_playbook::output::{Error, Files, Note, Report, publish, publish_in_place};
use tempfile::TempDir;

const MANIFEST: &str = "playbook-manifest.json";

fn site<const N: usize>(files: [(&str, &str); N]) -> Files {
    let file = |(path, text): (&str, &str)| (path.to_owned(), Arc::from(text.as_bytes()));
    files.map(file).into()
}

fn spring() -> Files {
    site([
        ("index.html", "<a href=campaigns/spring/index.html>spring</a>"),
        ("campaigns/spring/index.html", "spring"),
        ("campaigns/spring/budget/index.html", "480,000"),
        ("style.css", "main {}"),
    ])
}

/// A project with nothing in it but the place of its site.
struct Project {
    dir: TempDir,
}

impl Project {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(path)
    }

    fn public(&self) -> PathBuf {
        self.path("public")
    }

    fn publish(&self, files: &Files) -> Result<Report, Error> {
        let root = self.dir.path().to_path_buf();
        publish(files, &self.public(), &[root])
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What lies in the project's folder: nothing but the site may stay there.
    fn names(&self) -> Vec<String> {
        let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let names = fs::read_dir(self.dir.path()).unwrap().map(name);
        let mut names: Vec<_> = names.map(|n| n.into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Every file below `folder` with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).unwrap();
            (below.to_str().unwrap().to_owned(), fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let entries = entries.map(Result::unwrap).filter(|e| e.file_type().is_dir());
    entries.map(|e| e.path().strip_prefix(folder).unwrap().to_owned()).collect()
}

/// The site as it should lie there, next to its manifest.
fn assert_holds(folder: &Path, files: &Files) {
    let mut found = tree(folder);
    assert!(found.remove(MANIFEST).is_some(), "no manifest");
    let wanted = files.iter().map(|(path, bytes)| (path.clone(), bytes.to_vec())).collect();
    assert_eq!(found, wanted);
}

fn counts(report: &Report) -> (usize, usize, usize) {
    (report.written, report.unchanged, report.removed)
}

/// Number, times and mode of everything: whatever is touched shows here.
fn marks(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, i64, i64, i64, u32)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let mark = |m: fs::Metadata| (m.ino(), m.mtime(), m.mtime_nsec(), m.ctime(), m.ctime_nsec(), m.mode());
    entries.map(|e| (e.path().to_owned(), mark(e.metadata().unwrap()))).collect()
}

#[test]
fn the_first_site_appears_whole() {
    let project = Project::new();
    let report = project.publish(&spring()).unwrap();
    assert_eq!(counts(&report), (4, 0, 0));
    assert!(report.exchanged && report.note.is_none());
    assert_holds(&project.public(), &spring());
    assert_eq!(project.names(), ["public"]);
}

#[test]
fn folders_above_the_site_are_made() {
    let project = Project::new();
    let target = project.path("dist/web/site");
    publish(&spring(), &target, &[]).unwrap();
    assert_holds(&target, &spring());
}

#[test]
fn the_gitignore_of_a_fresh_clone_stays() {
    let project = Project::new();
    project.put("public/.gitignore", "*");
    let report = project.publish(&spring()).unwrap();
    assert!(report.exchanged);
    assert_eq!(fs::read(project.path("public/.gitignore")).unwrap(), b"*");
    assert_eq!(tree(&project.public()).len(), 6);
    assert_eq!(project.names(), ["public"]);
}

#[test]
fn an_equal_site_touches_nothing() {
    let project = Project::new();
    project.publish(&spring()).unwrap();
    let before = marks(project.dir.path());
    let report = project.publish(&spring()).unwrap();
    assert_eq!(counts(&report), (0, 4, 0));
    assert!(!report.exchanged);
    assert_eq!(marks(project.dir.path()), before);
}

#[test]
fn files_that_stay_equal_keep_their_times() {
    let project = Project::new();
    project.publish(&spring()).unwrap();
    let style = project.path("public/style.css");
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    File::open(&style).unwrap().set_modified(long_ago).unwrap();

    let mut files = spring();
    files.insert("index.html".into(), Arc::from(*b"new"));
    let report = project.publish(&files).unwrap();
    assert_eq!(counts(&report), (1, 3, 0));
    assert_holds(&project.public(), &files);
    assert_eq!(fs::metadata(&style).unwrap().modified().unwrap(), long_ago);
    assert_eq!(fs::metadata(&style).unwrap().nlink(), 1, "the old tree is gone");
}

#[test]
fn a_file_changed_by_hand_is_mended_even_with_its_old_size_and_time() {
    let project = Project::new();
    project.publish(&spring()).unwrap();
    let style = project.path("public/style.css");
    let time = fs::metadata(&style).unwrap().modified().unwrap();
    fs::write(&style, "main []").unwrap();
    File::open(&style).unwrap().set_modified(time).unwrap();
    assert_eq!(counts(&project.publish(&spring()).unwrap()), (1, 3, 0));
    assert_holds(&project.public(), &spring());
}

#[test]
fn equal_sites_have_equal_manifests() {
    let (one, two) = (Project::new(), Project::new());
    one.publish(&spring()).unwrap();
    two.publish(&site([("other.html", "")])).unwrap();
    two.publish(&spring()).unwrap();
    let manifest = |p: &Project| fs::read_to_string(p.path("public").join(MANIFEST)).unwrap();
    assert_eq!(manifest(&one), manifest(&two));
    let hash = &blake3::hash(b"main {}").to_hex()[..32];
    let line = format!("    \"style.css\": {{\"hash\":\"{hash}\",\"size\":7}}\n");
    assert!(manifest(&one).contains(&line), "{}", manifest(&one));
}

#[test]
fn a_site_without_files_is_a_site() {
    let project = Project::new();
    project.publish(&spring()).unwrap();
    assert_eq!(counts(&project.publish(&Files::new()).unwrap()), (0, 0, 4));
    assert_holds(&project.public(), &Files::new());
    assert_eq!(folders(&project.public()).len(), 1);
    project.publish(&spring()).unwrap();
    assert_holds(&project.public(), &spring());
}

#[test]
fn a_renamed_page_leaves_no_stale_one() {
    for publish in [publish, publish_in_place] {
        let project = Project::new();
        publish(&spring(), &project.public(), &[]).unwrap();
        let mut files = spring();
        let page = files.remove("campaigns/spring/budget/index.html").unwrap();
        files.insert("campaigns/spring/money/index.html".into(), page);
        let report = publish(&files, &project.public(), &[]).unwrap();
        assert_eq!(counts(&report), (1, 3, 1));
        assert_holds(&project.public(), &files);
        assert!(!project.path("public/campaigns/spring/budget").exists());
        assert_eq!(project.names(), ["public"]);
    }
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    for publish in [publish, publish_in_place] {
        let project = Project::new();
        let files = [site([("a", "page"), ("b/c/d", "deep"), ("b/e", "")]), site([("a/x/y", "deep"), ("b", "page")])];
        for files in [&files[0], &files[1], &files[0]] {
            publish(files, &project.public(), &[]).unwrap();
            assert_holds(&project.public(), files);
        }
    }
}

#[test]
fn what_others_put_there_stays() {
    for publish in [publish, publish_in_place] {
        let project = Project::new();
        publish(&spring(), &project.public(), &[]).unwrap();
        project.put("public/CNAME", "playbook.example");
        project.put("public/campaigns/spring/notes/mine.txt", "mine");
        fs::create_dir(project.path("public/empty")).unwrap();
        fs::set_permissions(project.path("public/empty"), PermissionsExt::from_mode(0o555)).unwrap();
        symlink("nowhere", project.path("public/link")).unwrap();

        let files = site([("index.html", "alone")]);
        let report = publish(&files, &project.public(), &[]).unwrap();
        assert_eq!(counts(&report), (1, 0, 3));
        let read = |path| fs::read_to_string(project.path(path)).unwrap();
        assert_eq!(read("public/CNAME"), "playbook.example");
        assert_eq!(read("public/campaigns/spring/notes/mine.txt"), "mine");
        assert_eq!(fs::metadata(project.path("public/empty")).unwrap().mode() & 0o777, 0o555);
        assert_eq!(fs::read_link(project.path("public/link")).unwrap(), Path::new("nowhere"));
        assert!(!project.path("public/campaigns/spring/budget").exists());
        assert_eq!(project.names(), ["public"]);
    }
}

#[test]
fn a_symlink_to_the_folder_stays_one() {
    let project = Project::new();
    fs::create_dir(project.path("real")).unwrap();
    symlink("real", project.public()).unwrap();
    assert!(project.publish(&spring()).unwrap().exchanged);
    assert_holds(&project.path("real"), &spring());
    assert_eq!(fs::read_link(project.public()).unwrap(), Path::new("real"));
    assert_eq!(project.names(), ["public", "real"]);
}

#[test]
fn everyone_may_read_the_site_whatever_the_umask() {
    if std::env::var_os("PLAYBOOK_TEST_UMASK").is_none() {
        let again = again("everyone_may_read_the_site_whatever_the_umask");
        for umask in ["077", "000", "027"] {
            let mut sh = Command::new("sh");
            sh.args(["-c", "umask $PLAYBOOK_TEST_UMASK; exec \"$0\" \"$@\""]);
            sh.arg(again.get_program()).args(again.get_args());
            assert_passes(sh.env("PLAYBOOK_TEST_UMASK", umask));
        }
        return;
    }
    for publish in [publish, publish_in_place] {
        let project = Project::new();
        for files in [spring(), site([("index.html", ""), ("a/b/c", "")]), spring()] {
            publish(&files, &project.public(), &[]).unwrap();
            for entry in walkdir::WalkDir::new(project.public()).min_depth(1) {
                let entry = entry.unwrap();
                let mode = entry.metadata().unwrap().mode() & 0o7777;
                let wanted = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
                assert_eq!(mode, wanted, "{:?}", entry.path());
            }
        }
        let style = project.path("public/style.css");
        fs::set_permissions(&style, PermissionsExt::from_mode(0o600)).unwrap();
        let report = publish(&spring(), &project.public(), &[]).unwrap();
        assert_eq!(counts(&report), (1, 3, 0));
        assert_eq!(fs::metadata(style).unwrap().mode() & 0o7777, 0o644);
    }
}

#[test]
fn file_by_file_ends_with_the_same_folder() {
    let (one, two) = (Project::new(), Project::new());
    for (round, files) in [spring(), turn(0), turn(1), spring()].iter().enumerate() {
        one.publish(files).unwrap();
        let report = publish_in_place(files, &two.public(), &[]).unwrap();
        assert!(!report.exchanged && report.note.is_none());
        assert_eq!(tree(&one.public()), tree(&two.public()), "round {round}");
        assert_eq!(folders(&one.public()), folders(&two.public()), "round {round}");
    }
    let before = marks(two.dir.path());
    publish_in_place(&spring(), &two.public(), &[]).unwrap();
    assert_eq!(marks(two.dir.path()), before);
}

/// One of two sites that differ in every way: own pages, common pages with other bytes, equal
/// ones, and links all over.
fn turn(turn: usize) -> Files {
    let mut files = Files::new();
    let mut put = |path: String, text: String| files.insert(path, Arc::from(text.into_bytes()));
    let own = |i| format!("own-{turn}/{i}/index.html");
    let common = |i| format!("common/{i}/index.html");
    let style = format!("style-{turn}.css");
    let filler = turn.to_string().repeat(3000);
    for i in 0..12 {
        put(own(i), format!("{filler} href={style} href={} href=index.html ", own((i + 1) % 12)));
        put(common(i), format!("{filler} href={style} href={} ", own(i)));
        put(format!("equal/{i}.html"), "href=index.html ".into());
    }
    let all: String = (0..12).map(|i| format!("href={} href={} ", own(i), common(i))).collect();
    put("index.html".into(), format!("turn {turn} href={style} href=equal/3.html {all}"));
    put(style, filler);
    files
}

/// This test binary once more, for the one test `name` of this file or, with its module, below.
fn again(name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("suite::output::{name}")]);
    command
}

/// Runs the one test of `again` to its end.
fn assert_passes(again: &mut Command) {
    let output = again.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("test result: ok. 1 passed"), "{said}");
}

#[test]
fn a_note_says_why_it_went_file_by_file() {
    let note =
        Note::FileByFile { target: "public".into(), reason: std::io::Error::from(std::io::ErrorKind::ResourceBusy) };
    let said = "`public` could not be replaced in one step (resource busy), so its files were replaced one by one";
    assert_eq!(note.to_string(), said);
}

//! Releases beside each other, one of them shown: what a web server reads.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use campaign_playbook::output::{Error, Files, Released, release, releases, rollback};

use super::killed::kill_at_work;
use super::{MANIFEST, Project, site, spring, tree, turn};

fn put(project: &Project, files: &Files, keep: usize) -> Released {
    release(files, &project.path("srv"), &[project.path("")], keep).unwrap()
}

/// What a web server would send.
fn shown(project: &Project) -> std::collections::BTreeMap<String, Vec<u8>> {
    tree(&project.path("srv/current").canonicalize().unwrap())
}

fn names(project: &Project) -> Vec<String> {
    let mark = |r: campaign_playbook::output::Release| if r.is_current { format!("{}*", r.name) } else { r.name };
    releases(&project.path("srv")).unwrap().into_iter().map(mark).collect()
}

#[test]
fn a_release_shares_what_has_not_changed_and_never_changes_again() {
    let project = Project::new();
    let first = put(&project, &spring(), 5);
    assert_eq!((first.name.as_str(), first.is_new, first.written, first.shared), ("0001", true, 4, 0));
    let before = tree(&project.path("srv/releases/0001"));
    let mut next = spring();
    next.insert("index.html".into(), std::sync::Arc::from(&b"autumn"[..]));
    let second = put(&project, &next, 5);
    assert_eq!((second.name.as_str(), second.written, second.shared), ("0002", 1, 3));
    assert_eq!(tree(&project.path("srv/releases/0001")), before, "what was shown stays as it was");
    assert_eq!(shown(&project)["index.html"], b"autumn");
    let inode =
        |release: &str| fs::metadata(project.path("srv/releases").join(release).join("style.css")).unwrap().ino();
    assert_eq!(inode("0001"), inode("0002"), "equal files are one file");
    for path in ["srv", "srv/releases/0002", "srv/releases/0002/campaigns"] {
        assert_eq!(fs::metadata(project.path(path)).unwrap().permissions().mode() & 0o777, 0o755, "{path}");
    }
    assert_eq!(fs::metadata(project.path("srv/current/index.html")).unwrap().permissions().mode() & 0o777, 0o644);
    // The same site again is no release.
    let again = put(&project, &next, 5);
    assert_eq!((again.name.as_str(), again.is_new), ("0002", false));
    assert_eq!(names(&project), ["0001", "0002*"]);
    assert!(!project.path("srv/.playbook-staging").exists());
}

#[test]
fn the_way_back_is_one_step_and_so_is_the_way_on() {
    let project = Project::new();
    for i in 0..3 {
        put(&project, &turn(i), 5);
    }
    assert_eq!(rollback(&project.path("srv"), None).unwrap(), "0002");
    assert_eq!(names(&project), ["0001", "0002*", "0003"]);
    assert_eq!(rollback(&project.path("srv"), None).unwrap(), "0001");
    let error = rollback(&project.path("srv"), None).unwrap_err();
    assert!(error.to_string().contains("has no release before the current one"), "{error}");
    assert_eq!(rollback(&project.path("srv"), Some("0003")).unwrap(), "0003");
    let error = rollback(&project.path("srv"), Some("0009")).unwrap_err();
    assert!(error.to_string().contains("has no release `0009`") && error.hint().is_some(), "{error}");
    // After a way back the next release gets a number of its own.
    rollback(&project.path("srv"), Some("0001")).unwrap();
    assert_eq!(put(&project, &spring(), 5).name, "0004");
    assert_eq!(names(&project), ["0001", "0002", "0003", "0004*"]);
}

#[test]
fn the_oldest_releases_go_but_never_the_one_that_is_shown() {
    let project = Project::new();
    for i in 0..4 {
        put(&project, &turn(i % 2), 3);
    }
    assert_eq!(names(&project), ["0002", "0003", "0004*"]);
    rollback(&project.path("srv"), Some("0002")).unwrap();
    let same = turn(1);
    let kept = put(&project, &same, 1);
    assert!(!kept.is_new, "the release that is shown is this site");
    assert_eq!((kept.dropped, names(&project)), (vec!["0003".to_owned()], vec!["0002*".to_owned(), "0004".to_owned()]));
}

/// A site whose page names a style sheet by its hash, and with a page that only one release has.
fn dressed(hash: &str) -> Files {
    let (sheet, own) = (format!("static/style.{hash}.css"), format!("only/{hash}.html"));
    site([("index.html", hash), (sheet.as_str(), hash), (own.as_str(), hash)])
}

#[test]
fn a_page_opened_a_moment_ago_still_finds_its_style_sheet() {
    let project = Project::new();
    let sheets = |project: &Project| -> Vec<String> {
        shown(project).into_keys().filter(|path| path.starts_with("static/")).collect()
    };
    for hash in ["0000000a", "0000000b", "0000000c"] {
        put(&project, &dressed(hash), 3);
    }
    let all = ["static/style.0000000a.css", "static/style.0000000b.css", "static/style.0000000c.css"];
    assert_eq!(sheets(&project), all, "of every release that is kept");
    assert!(!shown(&project).contains_key("only/0000000b.html"), "pages that are gone are gone");
    put(&project, &dressed("0000000d"), 3);
    assert_eq!(sheets(&project).first().unwrap(), "static/style.0000000b.css", "as long as it is kept, not for ever");
}

#[test]
fn a_way_back_leaves_open_pages_of_the_newer_releases_their_style_sheets() {
    let project = Project::new();
    for hash in ["0000000a", "0000000b", "0000000c"] {
        put(&project, &dressed(hash), 5);
    }
    for _ in 0..2 {
        rollback(&project.path("srv"), Some("0001")).unwrap();
        let now = shown(&project);
        assert_eq!(now["index.html"], b"0000000a");
        assert_eq!(now["static/style.0000000b.css"], b"0000000b");
        assert_eq!(now["static/style.0000000c.css"], b"0000000c");
        assert!(!now.contains_key("only/0000000c.html"));
        rollback(&project.path("srv"), Some("0003")).unwrap();
    }
}

#[test]
fn a_folder_of_somebody_else_is_no_place_for_releases() {
    let project = Project::new();
    project.put("srv/index.html", "somebody's");
    let error = release(&spring(), &project.path("srv"), &[], 5).unwrap_err();
    assert!(matches!(&error, Error::NotOurs { .. }), "{error}");
    assert!(matches!(rollback(&project.path("srv"), None).unwrap_err(), Error::NotOurs { .. }));
    // Nor is the playbook itself.
    let error = release(&spring(), &project.path(""), &[project.path("")], 5).unwrap_err();
    assert!(matches!(error, Error::Protected { .. }));
    assert_eq!(tree(&project.path("srv")).len(), 1);
}

#[test]
fn whoever_is_killed_leaves_one_whole_release_in_sight() {
    if let Some(target) = std::env::var_os("PLAYBOOK_TEST_TARGET") {
        for i in 0..2000 {
            release(&turn(i % 2), Path::new(&target), &[], 3).unwrap();
        }
    }
    let project = Project::new();
    let whole = [0, 1].map(|i| {
        let project = Project::new();
        put(&project, &turn(i), 1);
        shown(&project)
    });
    put(&project, &turn(0), 3);
    let srv = project.path("srv");
    let test = "releases::whoever_is_killed_leaves_one_whole_release_in_sight";
    let traces = [srv.join(".playbook-staging")];
    let at_work = kill_at_work(test, &srv, &srv.join("current").join(MANIFEST), &traces, || {
        assert!(whole.contains(&shown(&project)), "a mixture");
        for release in releases(&srv).unwrap() {
            assert!(whole.contains(&tree(&srv.join("releases").join(&release.name))), "half of {}", release.name);
        }
    });
    assert!(at_work > 0, "nobody was killed while at work");
    put(&project, &turn(0), 3);
    put(&project, &turn(1), 3);
    assert!(!srv.join(".playbook-staging").exists() && names(&project).len() <= 3);
}

//! What is never replaced, followed or removed.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use campaign_playbook::output::{Error, publish, publish_in_place};

use super::{MANIFEST, Project, again, assert_holds, assert_passes, site, spring, tree};

#[test]
fn a_strangers_file_is_never_overwritten() {
    for publish in [publish, publish_in_place] {
        let project = Project::new();
        publish(&spring(), &project.public(), &[]).unwrap();
        project.put("public/CNAME", "mine");
        project.put("public/folder/mine.txt", "mine");
        fs::create_dir(project.path("public/empty")).unwrap();
        let before = tree(&project.public());
        for path in ["CNAME", "CNAME/page.html", "folder", "empty"] {
            let mut files = spring();
            files.insert(path.into(), Arc::from(*b"ours"));
            let error = publish(&files, &project.public(), &[]).unwrap_err();
            assert!(matches!(error, Error::InTheWay { .. }), "{path}: {error}");
            assert_eq!(tree(&project.public()), before);
            assert_eq!(project.names(), ["public"]);
        }
        // Equal bytes are no loss to anybody: from now on the file is ours.
        let mut files = spring();
        files.insert("CNAME".into(), Arc::from(*b"mine"));
        publish(&files, &project.public(), &[]).unwrap();
        publish(&spring(), &project.public(), &[]).unwrap();
        assert!(!project.path("public/CNAME").exists());
    }
}

#[test]
fn no_symlink_in_the_old_site_is_followed() {
    for publish in [publish, publish_in_place] {
        let project = Project::new();
        project.put("precious/spring/index.html", "precious");
        publish(&spring(), &project.public(), &[]).unwrap();
        fs::remove_dir_all(project.path("public/campaigns")).unwrap();
        symlink(project.path("precious"), project.path("public/campaigns")).unwrap();
        fs::remove_file(project.path("public/style.css")).unwrap();
        symlink(project.path("precious/spring/index.html"), project.path("public/style.css")).unwrap();

        let error = publish(&spring(), &project.public(), &[]).unwrap_err();
        assert!(matches!(error, Error::InTheWay { .. }), "{error}");
        publish(&site([("style.css", "new")]), &project.public(), &[]).unwrap();
        assert_eq!(fs::read(project.path("public/style.css")).unwrap(), b"new");
        assert_eq!(tree(&project.path("precious")).len(), 1);
        let precious = fs::read(project.path("precious/spring/index.html")).unwrap();
        assert_eq!(precious, b"precious");
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let project = Project::new();
    project.put("public/thesis.docx", "ten years");
    let error = project.publish(&spring()).unwrap_err();
    let public = project.public();
    let said = format!("`{}` holds `thesis.docx` and was not written by playbook", public.display());
    assert_eq!(error.to_string(), said);
    assert_eq!(error.hint().map(|said| said.en).as_deref(), Some("choose another folder, or empty this one first"));
    assert_eq!(tree(&public).len(), 1);
    assert_eq!(project.names(), ["public"]);
}

#[test]
fn a_damaged_manifest_is_nobodys() {
    let project = Project::new();
    project.publish(&spring()).unwrap();
    let manifest = project.public().join(MANIFEST);
    let whole = fs::read_to_string(&manifest).unwrap();
    for damage in [
        "",
        &whole[..whole.len() / 2],
        &whole.replace("\"format\": 1", "\"format\": 99"),
        &whole.replace("style.css", "../style.css"),
        &whole.replace("style.css", "/etc/passwd"),
    ] {
        fs::write(&manifest, damage).unwrap();
        let error = project.publish(&site([("index.html", "")])).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error}");
        assert!(error.to_string().contains(manifest.to_str().unwrap()), "{error}");
        assert_eq!(error.hint().map(|said| said.en).as_deref(), Some("delete the folder and build again"));
    }
    assert_eq!(tree(&project.public()).len(), 5);
}

#[test]
fn a_file_in_place_of_the_folder_is_refused() {
    let project = Project::new();
    project.put("public", "a file");
    assert!(matches!(project.publish(&spring()), Err(Error::NotAFolder { .. })));
    let below = publish(&spring(), &project.path("public/site"), &[]);
    assert!(matches!(below, Err(Error::NotAFolder { .. })));
    symlink("nowhere", project.path("dangling")).unwrap();
    let dangling = publish(&spring(), &project.path("dangling"), &[]);
    assert!(matches!(dangling, Err(Error::NotAFolder { .. })));
}

#[test]
fn what_must_never_be_lost_is_refused() {
    let project = Project::new();
    project.put("work/content/campaign.toml", "");
    symlink("work", project.path("link")).unwrap();
    let guarded = [project.path("work"), project.path("link/content")];
    for path in ["work", "work/", "work/content", "link", "", "work/content/..", "link/../work"] {
        let target = project.path(path);
        let error = publish(&spring(), &target, &guarded).unwrap_err();
        assert!(matches!(error, Error::Protected { .. }), "{path}: {error}");
    }
    let error = publish(&spring(), Path::new("/"), &[]).unwrap_err();
    assert_eq!(error.to_string(), "`/` may not be replaced by a site");
    publish(&spring(), &project.path("work/public"), &guarded).unwrap();
}

#[test]
fn the_home_folder_is_refused() {
    let Some(home) = std::env::var_os("PLAYBOOK_TEST_HOME").map(PathBuf::from) else {
        let project = Project::new();
        fs::create_dir_all(project.path("users/lin-yue")).unwrap();
        let home = project.path("users/lin-yue");
        let mut again = again("refused::the_home_folder_is_refused");
        assert_passes(again.env("HOME", &home).env("PLAYBOOK_TEST_HOME", &home));
        return;
    };
    for target in [home.as_path(), home.parent().unwrap()] {
        let error = publish(&spring(), target, &[]).unwrap_err();
        assert!(matches!(error, Error::Protected { .. }), "{error}");
    }
}

#[test]
fn paths_that_leave_the_folder_or_meet_in_it_are_our_mistake() {
    let project = Project::new();
    for path in [
        "",
        "/etc/passwd",
        "../x",
        "a/../x",
        "a//x",
        "a/",
        "./x",
        "a/.",
        "a\\x",
        "a\0x",
        MANIFEST,
        "INDEX.html",
        "index.html/x",
    ] {
        let mut files = spring();
        files.insert(path.into(), Arc::from(*b""));
        let error = project.publish(&files).unwrap_err();
        assert!(matches!(error, Error::BadPath { .. }), "{path}: {error}");
        assert!(error.to_string().starts_with("bug: "), "{error}");
    }
    let composed = site([("caf\u{e9}.html", ""), ("cafe\u{301}.html", "")]);
    assert!(matches!(project.publish(&composed), Err(Error::BadPath { .. })));
    assert!(project.names().is_empty());
}

#[test]
fn only_one_build_publishes_at_a_time() {
    for publish in [publish, publish_in_place] {
        let project = Project::new();
        publish(&spring(), &project.public(), &[]).unwrap();
        project.put(".public.staging/lock", "");
        let lock = File::open(project.path(".public.staging/lock")).unwrap();
        lock.lock().unwrap();
        let error = publish(&site([]), &project.public(), &[]).unwrap_err();
        let said = format!("another build is publishing `{}`", project.public().display());
        assert_eq!(error.to_string(), said);
        assert_holds(&project.public(), &spring());
        drop(lock);
        publish(&site([]), &project.public(), &[]).unwrap();
        assert_eq!(project.names(), ["public"]);
    }
}

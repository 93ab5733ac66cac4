//! Somebody pulls the plug.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use campaign_playbook::output::{Files, publish, publish_in_place};

use super::{MANIFEST, Project, again, assert_holds, counts, spring, tree, turn};

#[test]
fn what_a_killed_build_left_is_cleared_away_even_when_nothing_changed() {
    let project = Project::new();
    project.publish(&spring()).unwrap();
    project.put(".public.staging/lock", "");
    project.put(".public.staging/site/a/index.html", "half");
    project.put("public/.playbook-staging/lock", "");
    project.put("public/.playbook-staging/site/7", "half");
    let report = project.publish(&spring()).unwrap();
    assert_eq!(counts(&report), (0, 4, 0));
    assert_holds(&project.public(), &spring());
    assert_eq!(project.names(), ["public"]);
}

/// Kills a child that publishes two sites in turn, at ever other moments; calls `check` after
/// each. Says how often the child was killed at work.
fn kill_again_and_again(test: &str, target: &Path, check: impl FnMut()) -> usize {
    let traces = [target.with_file_name(".public.staging"), target.join(".playbook-staging")];
    kill_at_work(test, target, &target.join(MANIFEST), &traces, check)
}

/// The same for a child that renews the file `sign`, and has one of `traces` while it is at work.
pub(super) fn kill_at_work(
    test: &str,
    target: &Path,
    sign: &Path,
    traces: &[PathBuf],
    mut check: impl FnMut(),
) -> usize {
    let inode = || fs::metadata(sign).map(|meta| meta.ino()).ok();
    let mut at_work = 0;
    for round in 0..40 {
        let mut child = again(test).env("PLAYBOOK_TEST_TARGET", target).stdout(Stdio::null()).spawn().unwrap();
        // The first sign of life is a new manifest; from there on, looking takes the time that
        // sets the moment.
        let before = inode();
        while round > 0 && inode() == before {
            assert!(is_alive(&mut child));
        }
        for _ in 0..round * 53 {
            inode();
        }
        assert!(is_alive(&mut child));
        child.kill().unwrap();
        child.wait().unwrap();
        at_work += usize::from(traces.iter().any(|trace| trace.exists()));
        check();
    }
    at_work
}

fn is_alive(child: &mut Child) -> bool {
    child.try_wait().unwrap().is_none()
}

#[test]
fn whoever_is_killed_leaves_the_old_site_or_the_new_one() {
    if let Some(target) = std::env::var_os("PLAYBOOK_TEST_TARGET") {
        for i in 0..2000 {
            publish(&turn(i % 2), Path::new(&target), &[]).unwrap();
        }
    }
    let project = Project::new();
    let whole = [0, 1].map(|i| {
        let project = Project::new();
        project.publish(&turn(i)).unwrap();
        let mut tree = tree(&project.public());
        tree.insert(".gitignore".into(), b"*".to_vec());
        tree
    });
    project.put("public/.gitignore", "*");
    let clone = tree(&project.public());
    let test = "killed::whoever_is_killed_leaves_the_old_site_or_the_new_one";
    let at_work = kill_again_and_again(test, &project.public(), || {
        let found = tree(&project.public());
        assert!(whole.contains(&found) || found == clone, "a mixture: {:?}", found.keys());
    });
    assert!(at_work > 0, "nobody was killed while at work");
    project.publish(&turn(0)).unwrap();
    assert_eq!(tree(&project.public()), whole[0]);
    assert_eq!(project.names(), ["public"]);
}

#[test]
fn file_by_file_whoever_is_killed_leaves_no_dead_link() {
    if let Some(target) = std::env::var_os("PLAYBOOK_TEST_TARGET") {
        for i in 0..2000 {
            publish_in_place(&turn(i % 2), Path::new(&target), &[]).unwrap();
        }
    }
    let project = Project::new();
    publish_in_place(&turn(1), &project.public(), &[]).unwrap();
    let sites = [turn(0), turn(1)];
    let test = "killed::file_by_file_whoever_is_killed_leaves_no_dead_link";
    let at_work = kill_again_and_again(test, &project.public(), || {
        let found = tree(&project.public());
        let mut seen = BTreeSet::new();
        let mut todo = vec!["index.html".to_owned()];
        while let Some(path) = todo.pop() {
            let bytes = found.get(&path).unwrap_or_else(|| panic!("dead link to {path}"));
            let is_whole = |site: &Files| site.get(&path).is_some_and(|b| b[..] == bytes[..]);
            assert!(sites.iter().any(is_whole), "half of {path}");
            let text = str::from_utf8(bytes).unwrap();
            let links = text.split(' ').filter_map(|word| word.strip_prefix("href="));
            todo.extend(links.filter(|l| seen.insert((*l).to_owned())).map(str::to_owned));
        }
    });
    assert!(at_work > 0, "nobody was killed while at work");
    publish_in_place(&turn(0), &project.public(), &[]).unwrap();
    assert_holds(&project.public(), &turn(0));
    assert_eq!(project.names(), ["public"]);
}

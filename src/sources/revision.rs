//! A revision as input: the playbook as some commit has it, read from git's objects. The work tree is not touched.

use super::files::{Sources, is_publishable, leads_out, unpublishable};
use super::git::{Failure, git, git_told};
use crate::base::{Found, Trouble, trouble, words};
use crate::said;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A commit that somebody named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// What it was called.
    pub name: String,
    /// Its full hash.
    pub id: String,
}

impl Revision {
    /// `main (1a2b3c4)`.
    pub fn label(&self) -> String {
        let short = self.id.get(..7).unwrap_or(&self.id);
        if self.id.starts_with(&self.name) { short.to_owned() } else { format!("{} ({short})", self.name) }
    }
}

/// The commit of that name in the repository that holds `root`.
///
/// # Errors
/// When there is no git, no repository or no such commit; a shallow clone, which may lack it, is named.
pub fn find(root: &Path, name: &str) -> anyhow::Result<Revision> {
    if name.is_empty() || name.chars().any(char::is_control) {
        let name = name.escape_debug();
        return Err(trouble(said!("`{name}` is no name of a revision", "`{name}` 不是版本名")));
    }
    let commit = format!("{name}^{{commit}}");
    match git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]) {
        Ok(id) => Ok(Revision { name: name.to_owned(), id: String::from_utf8_lossy(&id).trim().to_owned() }),
        Err(Failure::Absent) => Err(trouble(said!(
            "comparing with `{name}` needs the program git, and there is none: install it",
            "与 `{name}` 比较需要 git，而系统中没有：请先安装"
        ))),
        Err(Failure::Said(said)) if said.contains("not a git repository") => {
            let place = root.display();
            Err(trouble(said!(
                "comparing with `{name}` needs a git repository, and {place} is in none: run `git init`, or clone the playbook",
                "与 `{name}` 比较需要 git 仓库，而 {place} 不在任何仓库中：请运行 `git init`，或克隆手册的仓库"
            )))
        }
        // Said quietly: there is no such commit. Anything else is git's own trouble.
        Err(Failure::Said(said)) if !said.is_empty() => {
            Err(trouble(said!("git cannot tell what `{name}` is: {said}", "git 无法判断 `{name}` 是什么：{said}")))
        }
        Err(Failure::Said(_)) if is_shallow(root) => Err(trouble(said!(
            "`{name}` is not in this shallow clone: fetch the whole history (`fetch-depth: 0` in CI, or `git fetch --unshallow`)",
            "这个浅克隆里没有 `{name}`：请取回完整历史（CI 中设 `fetch-depth: 0`，或运行 `git fetch --unshallow`）"
        ))),
        Err(Failure::Said(_)) => match near(root, name) {
            Some(near) => Err(trouble(said!(
                "git knows no revision `{name}`: did you mean `{near}`?",
                "git 中没有版本 `{name}`：是否想写 `{near}`？"
            ))),
            None => Err(trouble(said!(
                "git knows no revision `{name}`: fetch it, or name a branch, a tag or a commit",
                "git 中没有版本 `{name}`：请先取回，或写分支、标签或提交"
            ))),
        },
    }
}

/// Where a revision and another, or the work tree's last commit, went separate ways: what a change is measured against, so that
/// what others have added to `base` meanwhile is not taken for something that the change removes.
///
/// # Errors
/// When a shallow clone does not reach that far.
pub fn fork(root: &Path, base: &Revision, head: Option<&Revision>) -> anyhow::Result<Revision> {
    let head = head.map_or("HEAD", |head| &head.id);
    match git(root, &["merge-base", &base.id, head]) {
        Ok(id) => Ok(Revision { name: base.name.clone(), id: String::from_utf8_lossy(&id).trim().to_owned() }),
        Err(_) if is_shallow(root) => {
            let name = &base.name;
            Err(trouble(said!(
                "this shallow clone does not reach back to where the change left `{name}`: fetch the whole history (`fetch-depth: 0` in CI, or `git fetch --unshallow`)",
                "这个浅克隆不包含与 `{name}` 分开的那一点：请取回完整历史（CI 中设 `fetch-depth: 0`，或运行 `git fetch --unshallow`）"
            )))
        }
        // Histories without a common commit are compared as they are.
        Err(_) => Ok(base.clone()),
    }
}

fn is_shallow(root: &Path) -> bool {
    git(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| said.starts_with(b"true"))
}

/// The branch or tag that was probably meant.
fn near(root: &Path, name: &str) -> Option<String> {
    let names = git(root, &["for-each-ref", "--format=%(refname:short)"]).ok()?;
    let names = String::from_utf8_lossy(&names).into_owned();
    let remote = names.lines().find(|known| known.split_once('/').is_some_and(|(_, branch)| branch == name));
    remote.or_else(|| words::nearest(name, names.lines())).map(str::to_owned)
}

/// The playbook's folder in the repository that holds it, ending in `/`; empty where they are one or there is none.
pub fn folder(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else { return String::new() };
    let Some(top) = root.ancestors().find(|folder| folder.join(".git").exists()) else { return String::new() };
    let parts = root.strip_prefix(top).unwrap_or(Path::new("")).components();
    parts.map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}

/// A file in git's objects.
struct Entry {
    object: String,
    is_link: bool,
}

/// Reads `playbook.toml`, `content/` and `themes/` as a revision has them; nothing where it has no playbook.
///
/// The same rules hold as for [`Sources::read`]: hidden names are no input, links are followed within the playbook.
///
/// # Errors
/// When git refuses, or an object is not there.
pub fn read(root: &Path, revision: &Revision) -> anyhow::Result<(Sources, Found)> {
    let label = revision.label();
    let args = ["ls-tree", "-r", "-z", &revision.id, "--", "playbook.toml", "content", "themes"];
    let list = git(root, &args).map_err(|failure| refused(&failure, &label))?;
    let mut found = Found::new();
    let entries = entries(&list, &mut found);
    let mut objects = objects(root, &entries, &label)?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (path, entry) in &entries {
        let bytes = || objects.get(&entry.object).cloned().unwrap_or_default();
        if !entry.is_link {
            files.push((path.clone(), bytes()));
            continue;
        }
        let target = target(path, &String::from_utf8_lossy(&bytes()));
        match target.and_then(|target| entries.get(&target)).filter(|target| !target.is_link) {
            Some(target) => files.push((path.clone(), objects.get(&target.object).cloned().unwrap_or_default())),
            None => found.push(leads_out(path)),
        }
    }
    objects.clear();
    let (sources, more) = Sources::from_memory(files);
    found.extend(more);
    Ok((sources, found))
}

fn refused(failure: &Failure, label: &str) -> anyhow::Error {
    match failure {
        Failure::Absent => trouble(said!(
            "cannot read {label}: there is no program git; install it",
            "无法读取 {label}：系统中没有 git，请先安装"
        )),
        Failure::Said(said) => {
            trouble(said!("cannot read {label}: git said: {said}", "无法读取 {label}：git 说：{said}"))
        }
    }
}

/// `<mode> <type> <object>\t<path>` for each file.
fn entries(list: &[u8], found: &mut Found) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    for line in list.split(|b| *b == 0) {
        let Some(tab) = line.iter().position(|b| *b == b'\t') else { continue };
        let about = String::from_utf8_lossy(&line[..tab]).into_owned();
        let mut about = about.split(' ');
        let (Some(mode), Some("blob"), Some(object)) = (about.next(), about.next(), about.next()) else { continue };
        let is_utf8 = std::str::from_utf8(&line[tab + 1..]).is_ok();
        let path = String::from_utf8_lossy(&line[tab + 1..]).into_owned();
        // The first part is one of the three names that are asked for.
        let mut parts = path.split('/').skip(1);
        if parts.clone().any(|part| part.starts_with('.')) {
            continue;
        }
        if !is_utf8 || !parts.all(is_publishable) {
            found.push(unpublishable(&path));
            continue;
        }
        let entry = Entry { object: object.to_owned(), is_link: mode == "120000" };
        entries.insert(path, entry);
    }
    entries
}

/// Contents by object. Each is asked for once.
fn objects(root: &Path, entries: &BTreeMap<String, Entry>, label: &str) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut wanted: Vec<&str> = entries.values().map(|entry| entry.object.as_str()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut input = wanted.join("\n");
    input.push('\n');
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let out = git_told(root, &["cat-file", "--batch"], Some(input.into_bytes()))
        .map_err(|failure| refused(&failure, label))?;
    let mut objects = BTreeMap::new();
    let mut rest = out.as_slice();
    let cut = || {
        let said = said!("cannot read {label}: git's answer ends too early", "无法读取 {label}：git 的回答不完整");
        Trouble::new(said)
    };
    while !rest.is_empty() {
        let end = rest.iter().position(|b| *b == b'\n').ok_or_else(cut)?;
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        let mut head = head.split(' ');
        let object = head.next().unwrap_or_default().to_owned();
        let Some(size) = head.nth(1).and_then(|size| size.parse::<usize>().ok()) else {
            return Err(trouble(said!(
                "cannot read {label}: its object {object} is not here: fetch it (a partial clone holds only some)",
                "无法读取 {label}：缺少对象 {object}，请先取回（部分克隆只含一部分对象）"
            )));
        };
        let bytes = rest.get(end + 1..end + 1 + size).ok_or_else(cut)?;
        objects.insert(object, bytes.to_vec());
        rest = rest.get(end + size + 2..).unwrap_or_default();
    }
    Ok(objects)
}

/// Where a link leads within the playbook.
fn target(link: &str, words: &str) -> Option<String> {
    let mut path = PathBuf::from(link);
    path.pop();
    for part in Path::new(words).components() {
        match part {
            std::path::Component::Normal(part) => path.push(part),
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    path.to_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_within_the_playbook() {
        assert_eq!(target("content/a/b.md", "../c.md").as_deref(), Some("content/c.md"));
        assert_eq!(target("content/a/b.md", "./c.md").as_deref(), Some("content/a/c.md"));
        assert_eq!(target("content/b.md", "../../c.md"), None);
        assert_eq!(target("content/b.md", "/etc/passwd"), None);
    }

    #[test]
    fn hidden_names_are_no_input_and_odd_ones_are_told() {
        let mut found = Found::new();
        let list =
            b"100644 blob aa\tplaybook.toml\x00120000 blob bb\tcontent/l.md\x00100644 blob cc\tcontent/.x/y.md\x00\
            100644 blob dd\tcontent/a:b.md\x00160000 commit ee\tthemes/other\x00";
        let entries = entries(list, &mut found);
        assert_eq!(entries.keys().collect::<Vec<_>>(), ["content/l.md", "playbook.toml"]);
        assert!(entries["content/l.md"].is_link);
        assert_eq!(found.len(), 1);
    }
}

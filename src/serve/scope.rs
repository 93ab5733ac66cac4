//! Which paths matter to a playbook: its inputs, and what git knows of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a path is to the playbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Input,
    /// Git's own, or what git is told by.
    History,
    /// A folder that is watched by its name.
    Top,
    Other,
}

/// Folders with input files, beside `playbook.toml`.
pub(super) const FOLDERS: [&str; 2] = ["content", "themes"];

/// Which paths matter.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// The playbook's folder.
    pub(super) root: PathBuf,
    /// Where git keeps what it knows: of this work tree, and of all of them.
    pub(super) git: Vec<PathBuf>,
    /// The top of the work tree, which holds `.mailmap`.
    pub(super) tree: Option<PathBuf>,
}

impl Scope {
    /// Of a playbook's folder, which is a whole path.
    pub(super) fn of(root: PathBuf) -> Self {
        let (git, tree) = repository(&root);
        Self { root, git, tree }
    }

    pub(super) fn kind(&self, path: &Path) -> Kind {
        if let Some(inside) = self.git.iter().find_map(|folder| path.strip_prefix(folder).ok()) {
            let name = inside.to_string_lossy();
            let is_ref = inside.starts_with("refs") || matches!(&*name, "HEAD" | "index" | "packed-refs" | "shallow");
            return if is_ref && !name.ends_with(".lock") { Kind::History } else { Kind::Other };
        }
        if self.tree.as_ref().is_some_and(|tree| path == tree.join(".mailmap")) {
            return Kind::History;
        }
        let Ok(inside) = path.strip_prefix(&self.root) else { return Kind::Other };
        let mut parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
        let Some(first) = parts.next() else { return Kind::Other };
        let rest: Vec<_> = parts.collect();
        match (&*first, rest.is_empty()) {
            ("playbook.toml", true) => Kind::Input,
            (name, true) if FOLDERS.contains(&name) || name == ".git" => Kind::Top,
            (name, false) if FOLDERS.contains(&name) && rest.iter().all(|part| !part.starts_with('.')) => Kind::Input,
            _ => Kind::Other,
        }
    }
}

/// Where git keeps the history of a folder: its own folder and the one that all work trees share, and the top of the work tree.
fn repository(root: &Path) -> (Vec<PathBuf>, Option<PathBuf>) {
    let Some(tree) = root.ancestors().find(|folder| folder.join(".git").exists()) else { return (Vec::new(), None) };
    let mut folder = tree.join(".git");
    if let Ok(text) = std::fs::read_to_string(&folder)
        && let Some(place) = text.strip_prefix("gitdir:")
    {
        folder = tree.join(place.trim());
    }
    let common = std::fs::read_to_string(folder.join("commondir")).ok().map(|place| folder.join(place.trim()));
    let real = |path: PathBuf| path.canonicalize().ok();
    let folders: BTreeSet<PathBuf> = std::iter::once(folder).chain(common).filter_map(real).collect();
    (folders.into_iter().collect(), Some(tree.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inputs_and_history_count() {
        let scope = Scope { root: "/r".into(), git: vec!["/r/.git".into()], tree: Some("/r".into()) };
        let kind = |path: &str| scope.kind(Path::new(path));
        for input in ["/r/playbook.toml", "/r/content/a/b.csv", "/r/themes/x/strings/en.toml"] {
            assert_eq!(kind(input), Kind::Input, "{input}");
        }
        for history in
            ["/r/.git/HEAD", "/r/.git/refs/heads/main", "/r/.git/packed-refs", "/r/.git/index", "/r/.mailmap"]
        {
            assert_eq!(kind(history), Kind::History, "{history}");
        }
        let others = [
            "/r/public/index.html",
            "/r/content/.a.md.swp",
            "/r/.git/index.lock",
            "/r/.git/objects/ab",
            "/r/README.md",
        ];
        for other in others {
            assert_eq!(kind(other), Kind::Other, "{other}");
        }
        assert_eq!(kind("/r/content"), Kind::Top);
    }
}

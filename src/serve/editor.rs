//! Addresses that open a line of a file in the reader's editor.

use super::address::encoded;
use crate::base::{Said, words};
use crate::said;
use std::path::{Path, PathBuf};

/// An editor that registers an address of its own. Templates over `{path}`, `{line}` and `{column}`.
#[derive(Debug)]
struct Known {
    id: &'static str,
    address: &'static str,
}

/// Every editor that is known by name.
static EDITORS: &[Known] = &[
    Known { id: "cursor", address: "cursor://file{path}:{line}:{column}" },
    Known { id: "idea", address: "idea://open?file={path}&line={line}&column={column}" },
    Known { id: "textmate", address: "txmt://open?url=file://{path}&line={line}&column={column}" },
    Known { id: "vscode", address: "vscode://file{path}:{line}:{column}" },
    Known { id: "vscode-insiders", address: "vscode-insiders://file{path}:{line}:{column}" },
    Known { id: "vscodium", address: "vscodium://file{path}:{line}:{column}" },
    Known { id: "windsurf", address: "windsurf://file{path}:{line}:{column}" },
    Known { id: "zed", address: "zed://file{path}:{line}:{column}" },
];

/// An editor, and the folder whose files it opens.
#[derive(Clone, Debug)]
pub struct Editor {
    address: String,
    root: PathBuf,
}

impl Editor {
    /// The editor of a name, or of an address with `{path}` in it.
    ///
    /// # Errors
    /// When it is neither; the message says which names there are.
    pub fn named(name: &str, root: &Path) -> Result<Self, Said> {
        let known = EDITORS.iter().find(|editor| editor.id == name).map(|editor| editor.address);
        // `javascript:` and `data:` would run in the page instead of opening anything.
        let scheme = name.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let is_harmless = !matches!(scheme.as_str(), "javascript" | "data" | "vbscript" | "blob");
        let own = Some(name).filter(|name| name.contains("{path}") && name.contains(':') && is_harmless);
        let Some(address) = known.or(own) else {
            let names: Vec<&str> = EDITORS.iter().map(|editor| editor.id).collect();
            let list = words::one_of(names.iter().copied());
            let (en, zh) = (&list.en, &list.zh);
            return Err(match words::nearest(name, names.iter().copied()) {
                Some(near) => {
                    said!(
                        "there is no editor `{name}`; did you mean `{near}`?",
                        "没有编辑器 `{name}`；是否想写 `{near}`？"
                    )
                }
                None => said!(
                    "there is no editor `{name}`: write {en}, or an address with {{path}} and {{line}}",
                    "没有编辑器 `{name}`：请写 {zh}，或带 {{path}} 和 {{line}} 的地址"
                ),
            });
        };
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        Ok(Self { address: address.to_owned(), root: root.canonicalize().unwrap_or(root) })
    }

    /// The address of a line and column of a file of the playbook.
    pub(super) fn address(&self, path: &str, line: usize, column: usize) -> String {
        let mut whole = self.root.join(path).to_string_lossy().replace('\\', "/");
        if !whole.starts_with('/') {
            whole.insert(0, '/');
        }
        let number = |n: usize| n.to_string();
        let address = self.address.replace("{path}", &encoded(&whole));
        address.replace("{line}", &number(line)).replace("{column}", &number(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_known_by_name_or_by_an_address() {
        let at = |name: &str| {
            let mut editor = Editor::named(name, Path::new("/")).expect("an editor");
            editor.root = "/home/li yue".into();
            editor.address("content/春.md", 3, 7)
        };
        assert_eq!(at("vscode"), "vscode://file/home/li%20yue/content/%E6%98%A5.md:3:7");
        assert_eq!(at("x://o?f={path}&l={line}"), "x://o?f=/home/li%20yue/content/%E6%98%A5.md&l=3");
        assert!(Editor::named("vscod", Path::new("/")).expect_err("no editor").en.contains("did you mean `vscode`?"));
        assert!(Editor::named("javascript:alert('{path}')", Path::new("/")).is_err());
        assert!(Editor::named("emacs", Path::new("/")).expect_err("no editor").en.contains("{path}"));
    }
}

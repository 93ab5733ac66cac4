//! Where the sources are hosted: addresses that edit a file, show it, list its changes and report a problem.

use std::fmt::Write as _;

/// A kind of host. Addresses are templates over `{repository}`, `{branch}`, `{path}`, `{line}`, `{commit}`, `{title}`
/// and `{body}`.
#[derive(Debug)]
pub struct Forge {
    /// Its word in `playbook.toml`.
    pub id: &'static str,
    /// Hosts that are known to be of this kind; what ends with a dot is how such names begin.
    pub hosts: &'static [&'static str],
    /// Edits a file.
    pub edit: &'static str,
    /// Shows a line of a file as it is written.
    pub view: &'static str,
    /// Lists the changes of a file.
    pub changes: &'static str,
    /// Shows a commit.
    pub commit: &'static str,
    /// Opens the form for a new issue, filled in.
    pub report: &'static str,
}

/// Every kind of host, by id.
pub static FORGES: &[Forge] = &[
    Forge {
        id: "gitea",
        // Forgejo, which Codeberg runs, has the addresses of Gitea.
        hosts: &["gitea.com", "gitea.", "codeberg.org", "forgejo."],
        edit: "{repository}/_edit/{branch}/{path}#L{line}",
        view: "{repository}/src/branch/{branch}/{path}?display=source#L{line}",
        changes: "{repository}/commits/branch/{branch}/{path}",
        commit: "{repository}/commit/{commit}",
        report: "{repository}/issues/new?title={title}&body={body}",
    },
    Forge {
        id: "gitee",
        hosts: &["gitee.com", "gitee."],
        edit: "{repository}/edit/{branch}/{path}#L{line}",
        view: "{repository}/blob/{branch}/{path}#L{line}",
        changes: "{repository}/commits/{branch}/{path}",
        commit: "{repository}/commit/{commit}",
        report: "{repository}/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={body}",
    },
    Forge {
        id: "github",
        hosts: &["github.com", "github."],
        edit: "{repository}/edit/{branch}/{path}#L{line}",
        view: "{repository}/blob/{branch}/{path}?plain=1#L{line}",
        changes: "{repository}/commits/{branch}/{path}",
        commit: "{repository}/commit/{commit}",
        report: "{repository}/issues/new?title={title}&body={body}",
    },
    Forge {
        id: "gitlab",
        hosts: &["gitlab.com", "gitlab."],
        edit: "{repository}/-/edit/{branch}/{path}#L{line}",
        view: "{repository}/-/blob/{branch}/{path}?plain=1#L{line}",
        changes: "{repository}/-/commits/{branch}/{path}",
        commit: "{repository}/-/commit/{commit}",
        report: "{repository}/-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={body}",
    },
];

impl Forge {
    /// The kind of this word.
    pub fn named(id: &str) -> Option<&'static Self> {
        FORGES.iter().find(|forge| forge.id == id)
    }

    /// The kind of a repository, guessed from the host in its address.
    pub fn guessed(repository: &str) -> Option<&'static Self> {
        let host = repository.split_once("://")?.1.split(['/', ':']).next()?;
        let is_of = |known: &&'static str| if known.ends_with('.') { host.starts_with(known) } else { host == *known };
        FORGES.iter().find(|forge| forge.hosts.iter().any(is_of))
    }
}

/// The repository that holds the playbook.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Its web address, without a slash at the end.
    pub url: String,
    /// Its kind of host.
    pub forge: &'static Forge,
    /// The branch that people edit.
    pub branch: String,
    /// The playbook's folder in it, with a slash at the end; empty at its top.
    pub folder: String,
}

/// What an address is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// A file's path in the playbook.
    pub path: &'a str,
    /// A line of it, from 1.
    pub line: usize,
    /// A commit's hash.
    pub commit: &'a str,
    /// Title of a report.
    pub title: &'a str,
    /// Text of a report.
    pub body: &'a str,
}

impl Repository {
    /// An address of the forge about something.
    pub fn address(&self, template: &str, about: &About<'_>) -> String {
        let path = format!("{}{}", self.folder, about.path);
        filled(template, &self.url, &self.branch, &About { path: &path, ..*about })
    }
}

/// A template with everything put in its place, percent-encoded as the place wants it. What is put in is not looked
/// through again.
pub fn filled(template: &str, repository: &str, branch: &str, about: &About<'_>) -> String {
    let mut out = String::with_capacity(template.len() + about.body.len() * 3);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match name {
            "repository" => out.push_str(repository),
            "branch" => encode(&mut out, branch, b"/"),
            "path" => encode(&mut out, about.path, b"/"),
            "line" => out.push_str(&about.line.to_string()),
            "commit" => encode(&mut out, about.commit, b""),
            "title" => encode(&mut out, about.title, b""),
            "body" => encode(&mut out, about.body, b""),
            other => {
                out.push('{');
                out.push_str(other);
                out.push('}');
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Adds words as a part of an address: everything but letters, digits, `-._~` and what is `kept` is percent-encoded.
fn encode(out: &mut String, words: &str, kept: &[u8]) {
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: About<'_> =
        About {
            path: "content/sops/直播 故障#1.md", line: 12, commit: "abc", title: "A & B: {path}?", body: "1%\n茶"
        };

    fn of(url: &str, forge: &str, template: fn(&Forge) -> &'static str) -> String {
        let forge = Forge::named(forge).expect("a forge of the table");
        let repository =
            Repository { url: url.to_owned(), forge, branch: "feature/茶".to_owned(), folder: "book/".to_owned() };
        repository.address(template(forge), &ABOUT)
    }

    #[test]
    fn each_forge_edits_the_file_at_its_line() {
        let path = "feature/%E8%8C%B6/book/content/sops/%E7%9B%B4%E6%92%AD%20%E6%95%85%E9%9A%9C%231.md";
        let edit = |url, forge| of(url, forge, |f| f.edit);
        let hub = "https://github.com/a/b";
        assert_eq!(edit(hub, "github"), format!("{hub}/edit/{path}#L12"));
        let lab = "https://gitlab.com/a/b/c";
        assert_eq!(edit(lab, "gitlab"), format!("{lab}/-/edit/{path}#L12"));
        let tea = "https://git.example.com/a/b";
        assert_eq!(edit(tea, "gitea"), format!("{tea}/_edit/{path}#L12"));
        let ee = "https://gitee.com/a/b";
        assert_eq!(edit(ee, "gitee"), format!("{ee}/edit/{path}#L12"));
        assert_eq!(of(hub, "github", |f| f.view), format!("{hub}/blob/{path}?plain=1#L12"));
        assert_eq!(of(tea, "gitea", |f| f.changes), format!("{tea}/commits/branch/{path}"));
    }

    #[test]
    fn reports_are_filled_in_and_nothing_in_them_leads_astray() {
        let words = |title: &str, body: &str| format!("{title}=A%20%26%20B%3A%20%7Bpath%7D%3F&{body}=1%25%0A%E8%8C%B6");
        let report = |url, forge| of(url, forge, |f| f.report);
        let hub = "https://github.com/a/b";
        assert_eq!(report(hub, "github"), format!("{hub}/issues/new?{}", words("title", "body")));
        assert_eq!(report(hub, "gitea"), format!("{hub}/issues/new?{}", words("title", "body")));
        let lab = words("issue%5Btitle%5D", "issue%5Bdescription%5D");
        assert_eq!(report(hub, "gitlab"), format!("{hub}/-/issues/new?{lab}"));
        assert_eq!(report(hub, "gitee"), format!("{hub}/issues/new?{lab}"));
    }

    #[test]
    fn a_well_known_host_names_its_kind() {
        let kind = |url| Forge::guessed(url).map(|f| f.id);
        assert_eq!(kind("https://github.com/a/b"), Some("github"));
        assert_eq!(kind("https://gitlab.example.com/a/b"), Some("gitlab"));
        assert_eq!(kind("https://gitee.com/a/b"), Some("gitee"));
        assert_eq!(kind("https://codeberg.org/a/b"), Some("gitea"));
        assert_eq!(kind("https://gitea.example.com:3000/a"), Some("gitea"));
        assert_eq!(kind("https://git.example.com/github.com/b"), None);
    }
}

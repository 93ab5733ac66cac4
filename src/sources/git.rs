//! History: what git says of the files a playbook is made of, as a value like every other input.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Longest time that one call of git is waited for: twenty times what a history of ten thousand commits takes.
///
/// Not a row of policy: git is asked while files are still being read, in a room that knows of no policy, and no playbook wants
/// another figure. It only ends what would hang.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is known of a playbook's history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum History {
    /// Nobody asked, or the folder is in no repository: there is nothing to say.
    #[default]
    None,
    /// The repository holds only its newest commits: dates told from it would be false.
    Shallow,
    /// Git is not there, or refused; its own words.
    Refused(String),
    /// Every commit that touched the playbook.
    Known(Log),
}

impl History {
    /// The commits, where they are known.
    pub fn log(&self) -> Option<&Log> {
        match self {
            Self::Known(log) => Some(log),
            _ => None,
        }
    }
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its full hash.
    pub id: String,
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// Who wrote it, as `.mailmap` has it; may be empty.
    pub author: String,
    /// Its first line; may be empty.
    pub subject: String,
}

/// Commits by the files they touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// The newest first, in git's order.
    commits: Vec<Commit>,
    /// Places in `commits` by path in the playbook, in order.
    touched: BTreeMap<String, Vec<usize>>,
    /// Files that differ from the last commit, or are in none.
    dirty: BTreeSet<String>,
    /// The playbook's folder in the repository, with a slash behind it; empty at the top.
    prefix: String,
}

impl Log {
    /// Commits that touched a file, or a folder whose path ends with a slash; each once, the newest first.
    pub fn of<'a>(&'a self, paths: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a Commit> {
        let mut places: BTreeSet<usize> = BTreeSet::new();
        for path in paths {
            if path.ends_with('/') {
                let inside = self.touched.range(path.to_owned()..).take_while(|(p, _)| p.starts_with(path));
                places.extend(inside.flat_map(|(_, places)| places));
            } else {
                places.extend(self.touched.get(path).into_iter().flatten());
            }
        }
        places.into_iter().map(|place| &self.commits[place])
    }

    /// Every commit with the files it touched, the newest first.
    pub fn changes(&self) -> impl Iterator<Item = (&Commit, Vec<&str>)> {
        let mut paths: Vec<Vec<&str>> = vec![Vec::new(); self.commits.len()];
        for (path, places) in &self.touched {
            for place in places {
                paths[*place].push(path);
            }
        }
        self.commits.iter().zip(paths)
    }

    /// Whether a file differs from the last commit, or a file in a folder whose path ends with a slash.
    pub fn is_dirty(&self, path: &str) -> bool {
        if path.ends_with('/') {
            self.dirty.range(path.to_owned()..).next().is_some_and(|p| p.starts_with(path))
        } else {
            self.dirty.contains(path)
        }
    }

    /// The same commits and files from what git prints: see [`read`] for the calls.
    fn parse(log: &[u8], status: &[u8], prefix: &str) -> Self {
        let mut history = Self { prefix: prefix.to_owned(), ..Self::default() };
        let mut tokens = log.split(|b| *b == 0);
        let mut at = None;
        while let Some(token) = tokens.next() {
            if let Some(id) = token.strip_prefix(&[MARK]) {
                let mut text = || words(tokens.next().unwrap_or_default());
                let (time, author, subject) = (text(), text(), text());
                let commit = Commit { id: words(id), at: time.trim().parse().unwrap_or_default(), author, subject };
                at = Some(history.commits.len());
                history.commits.push(commit);
                continue;
            }
            // Names follow on a line of their own.
            let name = String::from_utf8_lossy(token.strip_prefix(b"\n").unwrap_or(token));
            if let Some(at) = at.filter(|_| !name.is_empty()) {
                history.touched.entry(name.into_owned()).or_default().push(at);
            }
        }
        history.soil(status);
        history
    }

    /// Takes over which files differ from the last commit.
    fn soil(&mut self, status: &[u8]) {
        self.dirty.clear();
        for entry in status.split(|b| *b == 0).filter(|entry| entry.len() > 3) {
            let path = String::from_utf8_lossy(&entry[3..]).into_owned();
            self.dirty.insert(path.strip_prefix(self.prefix.as_str()).unwrap_or(&path).to_owned());
        }
    }
}

/// Begins a commit in what git prints: no path of a playbook begins so.
const MARK: u8 = 1;

/// Words on one line, without what could hide or turn others round.
fn words(bytes: &[u8]) -> String {
    let is_odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let text: String = String::from_utf8_lossy(bytes).chars().map(|c| if is_odd(c) { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asks git for the history of the playbook in a folder. Never waits longer than a minute.
pub fn read(root: &Path) -> History {
    let about = match git(root, &["rev-parse", "--is-shallow-repository", "--show-prefix"]) {
        Ok(about) => String::from_utf8_lossy(&about).into_owned(),
        Err(Failure::Absent) => return History::None,
        Err(Failure::Said(words)) if words.contains("not a git repository") => return History::None,
        Err(Failure::Said(words)) => return History::Refused(words),
    };
    let mut lines = about.lines();
    if lines.next() == Some("true") {
        return History::Shallow;
    }
    let prefix = lines.next().unwrap_or_default();
    // A branch without a commit has no history yet.
    if git(root, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
        return History::None;
    }
    let log = ["log", "-z", "--no-renames", "--name-only", "--relative", "--full-history", "--no-show-signature"];
    let format = ["--no-ext-diff", "--no-textconv", "--encoding=UTF-8", "--format=%x01%H%x00%ct%x00%aN%x00%s"];
    let log = git(root, &[&log[..], &format, &PATHS].concat());
    match (log, status(root)) {
        (Ok(log), Ok(status)) => History::Known(Log::parse(&log, &status, prefix)),
        (Err(Failure::Said(words)), _) | (_, Err(Failure::Said(words))) => History::Refused(words),
        _ => History::None,
    }
}

/// The same history when files have changed, and nothing of git's own: only those that differ are asked for.
fn renew(root: &Path, mut log: Log) -> History {
    match status(root) {
        Ok(status) => {
            log.soil(&status);
            History::Known(log)
        }
        Err(_) => read(root),
    }
}

/// What is an input of a playbook, and in git.
const PATHS: [&str; 3] = ["--", "playbook.toml", "content"];

fn status(root: &Path) -> Result<Vec<u8>, Failure> {
    let status = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"];
    git(root, &[&status[..], &PATHS].concat())
}

/// Why git did not answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no such program.
    Absent,
    /// What it said.
    Said(String),
}

/// What git prints. Nothing that a repository or a user has set may run a program, ask a question or fetch.
pub(super) fn git(root: &Path, args: &[&str]) -> Result<Vec<u8>, Failure> {
    git_told(root, args, None)
}

/// The same with words on its standard input.
pub(super) fn git_told(root: &Path, args: &[&str], input: Option<Vec<u8>>) -> Result<Vec<u8>, Failure> {
    let mut command = Command::new("git");
    command.arg("--no-pager").arg("--no-replace-objects");
    command.args(["-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "core.quotePath=false"]);
    command.arg("-C").arg(root).args(args);
    for hidden in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_TRACE"] {
        command.env_remove(hidden);
    }
    command.envs([("LC_ALL", "C"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0")]);
    command.env("GIT_NO_LAZY_FETCH", "1");
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Failure::Absent),
        Err(error) => return Err(Failure::Said(error.to_string())),
    };
    let (out, err) = (drained(child.stdout.take()), drained(child.stderr.take()));
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // A git that goes away before it has read everything says why itself.
        std::thread::spawn(move || std::io::Write::write_all(&mut pipe, &input));
    }
    let said = out.recv_timeout(PATIENCE).and_then(|out| err.recv_timeout(PATIENCE).map(|err| (out, err)));
    let Ok((out, err)) = said else {
        let _ = child.kill();
        let _ = child.wait();
        return Err(Failure::Said(format!("git took longer than {} seconds", PATIENCE.as_secs())));
    };
    let is_fine = child.wait().is_ok_and(|status| status.success());
    let line = || words(err.split(|b| *b == b'\n').next().unwrap_or_default());
    if is_fine { Ok(out) } else { Err(Failure::Said(line().trim_start_matches("fatal: ").to_owned())) }
}

/// What git has set for this folder, such as `user.email`; none without git, and where nothing is set.
pub fn setting(root: &Path, key: &str) -> Option<String> {
    let bytes = git(root, &["config", "--get", key]).ok()?;
    let text = String::from_utf8(bytes).ok()?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Everything a pipe holds, read on a thread of its own so that neither side waits for the other.
fn drained(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut bytes);
        }
        let _ = sender.send(bytes);
    });
    receiver
}

/// A history that is known, or still being read beside the files.
#[derive(Debug)]
pub enum Reading {
    /// Finished.
    Done(History),
    /// Under way.
    Running(JoinHandle<History>),
}

impl Default for Reading {
    fn default() -> Self {
        Self::Done(History::None)
    }
}

impl Reading {
    /// Begins to read on a thread of its own.
    pub fn start(root: &Path) -> Self {
        let root = root.to_owned();
        Self::Running(std::thread::spawn(move || read(&root)))
    }

    /// Begins to read what has changed since an earlier history, while nothing of git's own has.
    pub fn again(root: &Path, earlier: &History) -> Self {
        let History::Known(log) = earlier else { return Self::Done(earlier.clone()) };
        let (root, log) = (root.to_owned(), log.clone());
        Self::Running(std::thread::spawn(move || renew(&root, log)))
    }

    /// Waits for the end.
    pub fn finish(self) -> History {
        match self {
            Self::Done(history) => history,
            Self::Running(thread) => thread.join().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &[u8] =
        b"\x01bb\x00200\x00He \xe2\x80\xae\x1b[31mJia\x00\x01 odd\x00\ncontent/a/x.md\x00content/b.md\x00\
        \x01m\x00150\x00\xff\x00merge\x00\x01aa\x00100\x00\x00\x00\ncontent/a/x.md\x00";

    #[test]
    fn commits_are_found_by_file_and_by_folder_each_once() {
        let log = Log::parse(LOG, b" M book/content/b.md\0?? book/content/c/\xe6\x96\xb0 d.md\0", "book/");
        let ids = |paths: &[&str]| log.of(paths.iter().copied()).map(|c| c.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&["content/a/", "content/b.md"]), ["bb", "aa"]);
        assert_eq!(ids(&["content/a"]), Vec::<String>::new());
        let changes: Vec<(&str, Vec<&str>)> = log.changes().map(|(c, paths)| (c.id.as_str(), paths)).collect();
        let of_a = "content/a/x.md";
        assert_eq!(changes, [("bb", vec![of_a, "content/b.md"]), ("m", vec![]), ("aa", vec![of_a])]);
        assert!(log.is_dirty("content/b.md") && log.is_dirty("content/c/") && !log.is_dirty("content/a/"));
    }

    #[test]
    fn names_that_hide_or_break_become_plain_words() {
        let log = Log::parse(LOG, b"", "");
        assert_eq!(log.commits[0].author, "He [31mJia");
        assert_eq!((log.commits[0].subject.as_str(), log.commits[1].author.as_str()), ("odd", "\u{fffd}"));
        assert_eq!((log.commits[2].author.as_str(), log.commits[2].at), ("", 100));
    }
}

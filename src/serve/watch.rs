//! Waits until input files have changed and rest: what an editor does to save one file is one change.

use super::scope::{FOLDERS, Kind, Scope};
use notify::event::{AccessKind, AccessMode, MetadataKind, ModifyKind, RenameMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Silence after which files rest whose writers have closed them: what an editor does next comes sooner.
const QUIET: Duration = Duration::from_millis(4);
/// Silence after which files rest that somebody may still be writing, or has taken away to write them anew.
const SLOW_QUIET: Duration = Duration::from_millis(40);
/// Longest time that changes are gathered: a sync client that never pauses is shown all the same.
const LONGEST: Duration = Duration::from_millis(400);
/// How often files are looked at where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(300);

/// Why a wait is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wake {
    /// Files may have changed; whether git's own did, and which inputs, where it is known that nothing else did.
    Changed { is_history: bool, files: Option<Vec<PathBuf>> },
    /// Nothing happened for as long as was asked.
    Idle,
    /// The end.
    Stop,
}

/// What has happened since the last wait.
#[derive(Debug, Default)]
struct Pending {
    /// When the first change came, and the last.
    span: Option<(Instant, Instant)>,
    /// Files that were changed and not closed.
    open: BTreeSet<PathBuf>,
    /// Inputs that are gone.
    gone: BTreeSet<PathBuf>,
    /// Files that are no inputs yet; a name that an editor writes to before it renames looks so too.
    fresh: BTreeSet<PathBuf>,
    /// Inputs as they were last read.
    known: BTreeSet<PathBuf>,
    /// Inputs that are other than they were read.
    changed: BTreeSet<PathBuf>,
    /// Whether something changed that only shows when everything is read.
    is_wide: bool,
    is_history: bool,
    /// Whether a folder came or went that is watched by its name.
    is_top: bool,
    is_stopped: bool,
}

/// Rings when something happened; shared by whoever changes, waits and stops.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<(Mutex<Pending>, Condvar)>);

impl Bell {
    /// Ends the server at the next chance.
    pub fn stop(&self) {
        self.pending().is_stopped = true;
        self.0.1.notify_all();
    }

    /// Whether something happened that nobody has waited for yet.
    pub(super) fn has_rung(&self) -> bool {
        self.pending().span.is_some()
    }

    /// Whether the end was asked for.
    pub(super) fn is_stopped(&self) -> bool {
        self.pending().is_stopped
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, event: &Event, scope: &Scope) {
        let mut pending = self.pending();
        if event.need_rescan() {
            pending.is_wide = true;
            pending.touch();
        }
        for (at, path) in event.paths.iter().enumerate() {
            match scope.kind(path) {
                Kind::Input => pending.input(event.kind, at, path),
                Kind::History if !event.kind.is_access() => {
                    pending.is_history = true;
                    pending.touch();
                }
                Kind::Top if event.kind.is_create() || event.kind.is_remove() || is_rename(event.kind) => {
                    pending.is_top = true;
                    pending.touch();
                }
                Kind::History | Kind::Top | Kind::Other => {}
            }
        }
        drop(pending);
        self.0.1.notify_all();
    }

    /// Waits until changes rest, no longer than `longest` when there are none. `is_top` tells whether a watched folder came or went.
    fn wait(&self, longest: Duration) -> (Wake, bool) {
        let end = Instant::now() + longest;
        let mut pending = self.pending();
        loop {
            let now = Instant::now();
            if pending.is_stopped {
                return (Wake::Stop, false);
            }
            let due = pending.due();
            if due.is_some_and(|due| due <= now) {
                let known = std::mem::take(&mut pending.known);
                let past = std::mem::replace(&mut *pending, Pending { known, ..Pending::default() });
                let is_known = !past.is_wide && !past.is_top && past.fresh.is_empty() && past.gone.is_empty();
                let files = is_known.then(|| past.changed.into_iter().collect());
                return (Wake::Changed { is_history: past.is_history, files }, past.is_top);
            }
            let until = due.unwrap_or(end);
            if until <= now {
                return (Wake::Idle, false);
            }
            let waited = self.0.1.wait_timeout(pending, until - now);
            pending = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Pending {
    fn touch(&mut self) {
        let now = Instant::now();
        let first = self.span.map_or(now, |(first, _)| first);
        self.span = Some((first, now));
    }

    fn input(&mut self, kind: EventKind, at: usize, path: &Path) {
        let path = || path.to_owned();
        match kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                self.open.remove(&path());
            }
            // All that is known of a changed file where files are looked at again and again.
            EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime)) => self.found(path(), false),
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => return,
            EventKind::Remove(_) => self.lost(&path()),
            EventKind::Modify(ModifyKind::Name(mode)) => match (mode, at) {
                (RenameMode::From, _) | (RenameMode::Both, 0) => self.lost(&path()),
                _ => self.found(path(), false),
            },
            _ => self.found(path(), true),
        }
        self.touch();
    }

    fn lost(&mut self, path: &Path) {
        self.open.remove(path);
        let was_fresh = self.fresh.remove(path);
        if self.known.contains(path) {
            self.gone.insert(path.to_owned());
        } else if !was_fresh {
            // A folder, perhaps.
            self.is_wide = true;
        }
    }

    fn found(&mut self, path: PathBuf, is_open: bool) {
        self.gone.remove(&path);
        if self.known.contains(&path) {
            self.changed.insert(path.clone());
        } else {
            self.fresh.insert(path.clone());
        }
        if is_open {
            self.open.insert(path);
        }
    }

    /// When what has changed may be read.
    fn due(&self) -> Option<Instant> {
        let (first, last) = self.span?;
        let rests = self.open.is_empty() && self.gone.is_empty() && self.fresh.is_empty();
        let quiet = if rests { QUIET } else { SLOW_QUIET };
        Some((last + quiet).min(first + LONGEST))
    }
}

fn is_rename(kind: EventKind) -> bool {
    matches!(kind, EventKind::Modify(ModifyKind::Name(_)))
}

/// Watches every input of a playbook.
pub(super) struct Watch {
    bell: Bell,
    /// Shared with what hears the events: a repository may come into being later.
    scope: Arc<RwLock<Scope>>,
    watcher: Box<dyn Watcher + Send>,
}

impl Watch {
    /// Begins to watch; by looking again and again where the system does not tell of changes, for the reason that is handed back.
    pub(super) fn start(root: &Path, bell: &Bell, is_polling: bool) -> anyhow::Result<(Self, Option<String>)> {
        let root = std::path::absolute(root).and_then(|path| path.canonicalize())?;
        let scope = Arc::new(RwLock::new(Scope::of(root)));
        let handler = |scope: Arc<RwLock<Scope>>| {
            let bell = bell.clone();
            move |event: notify::Result<Event>| {
                // What was missed is found by reading everything.
                let missed = |_| Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
                let scope = scope.read().unwrap_or_else(PoisonError::into_inner);
                bell.note(&event.unwrap_or_else(missed), &scope);
            }
        };
        let native = || -> notify::Result<Self> {
            let watcher =
                RecommendedWatcher::new(handler(Arc::clone(&scope)), Config::default().with_follow_symlinks(false))?;
            let mut watch = Self { bell: bell.clone(), scope: Arc::clone(&scope), watcher: Box::new(watcher) };
            watch.cover()?;
            Ok(watch)
        };
        let why = match (!is_polling).then(native) {
            Some(Ok(watch)) => return Ok((watch, None)),
            Some(Err(error)) => Some(error.to_string()),
            None => None,
        };
        let config = Config::default().with_poll_interval(POLL).with_follow_symlinks(false);
        let watcher = PollWatcher::new(handler(Arc::clone(&scope)), config)?;
        let mut watch = Self { bell: bell.clone(), scope, watcher: Box::new(watcher) };
        watch.cover()?;
        Ok((watch, why))
    }

    /// Says which files were read.
    pub(super) fn know<'a>(&self, paths: impl Iterator<Item = &'a str>) {
        let root = self.scope().root;
        let known = paths.map(|path| root.join(path)).collect();
        self.bell.pending().known = known;
    }

    /// Waits until changes rest, no longer than `longest` when there are none.
    pub(super) fn wait(&mut self, longest: Duration) -> Wake {
        let (wake, is_top) = self.bell.wait(longest);
        if is_top {
            let scope = Scope::of(self.scope().root);
            *self.scope.write().unwrap_or_else(PoisonError::into_inner) = scope;
            // A folder that is gone again has its parent watched; what cannot be watched is still looked at once in a while.
            let _ = self.cover();
        }
        wake
    }

    fn scope(&self) -> Scope {
        self.scope.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Watches what is there. A folder that was replaced is watched anew.
    fn cover(&mut self) -> notify::Result<()> {
        use RecursiveMode::{NonRecursive, Recursive};
        let Scope { root, git, tree } = &self.scope();
        self.watcher.watch(root, NonRecursive)?;
        for folder in FOLDERS.map(|name| root.join(name)) {
            let _ = self.watcher.unwatch(&folder);
            if folder.is_dir() {
                self.watcher.watch(&folder, Recursive)?;
            }
        }
        for folder in git {
            let _ = self.watcher.unwatch(folder);
            self.watcher.watch(folder, NonRecursive)?;
            let refs = folder.join("refs");
            if refs.is_dir() {
                let _ = self.watcher.unwatch(&refs);
                self.watcher.watch(&refs, Recursive)?;
            }
        }
        if let Some(tree) = tree.as_ref().filter(|tree| *tree != root) {
            self.watcher.watch(tree, NonRecursive)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, RemoveKind};

    fn scope() -> Scope {
        Scope { root: "/r".into(), git: vec!["/r/.git".into()], tree: Some("/r".into()) }
    }

    fn bell(known: &[&str]) -> Bell {
        let bell = Bell::default();
        bell.pending().known = known.iter().map(PathBuf::from).collect();
        bell
    }

    fn ring(bell: &Bell, kind: EventKind, path: &str) {
        bell.note(&Event::new(kind).add_path(path.into()), &scope());
    }

    const CREATED: EventKind = EventKind::Create(CreateKind::File);
    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const REMOVED: EventKind = EventKind::Remove(RemoveKind::File);
    const FROM: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    const TO: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));

    fn rests(bell: &Bell) -> bool {
        let pending = bell.pending();
        let (first, last) = pending.span.unwrap();
        pending.due().unwrap() == (last + QUIET).min(first + LONGEST)
    }

    #[test]
    fn a_file_rests_when_its_writer_has_closed_it() {
        let bell = bell(&["/r/content/a.md"]);
        ring(&bell, WRITTEN, "/r/content/a.md");
        assert!(!rests(&bell));
        ring(&bell, CLOSED, "/r/content/a.md");
        assert!(rests(&bell));
    }

    #[test]
    fn a_file_that_is_gone_is_waited_for_and_a_save_by_rename_is_not() {
        let bell = bell(&["/r/content/a.md"]);
        ring(&bell, REMOVED, "/r/content/a.md");
        assert!(!rests(&bell));
        for kind in [CREATED, WRITTEN, CLOSED] {
            ring(&bell, kind, "/r/content/a.md");
        }
        assert!(rests(&bell));
        for (kind, path) in [(CREATED, "a.md.new"), (CLOSED, "a.md.new"), (FROM, "a.md.new"), (TO, "a.md")] {
            ring(&bell, kind, &format!("/r/content/{path}"));
        }
        assert!(rests(&bell));
    }

    #[test]
    fn the_trial_files_and_backups_of_an_editor_cost_no_time() {
        let bell = bell(&["/r/content/a.md"]);
        for (kind, path) in [
            (CREATED, "4913"),
            (CLOSED, "4913"),
            (REMOVED, "4913"),
            (FROM, "a.md"),
            (TO, "a.md~"),
            (CREATED, "a.md"),
            (WRITTEN, "a.md"),
            (CLOSED, "a.md"),
            (REMOVED, "a.md~"),
        ] {
            ring(&bell, kind, &format!("/r/content/{path}"));
        }
        assert!(rests(&bell));
    }

    #[test]
    fn it_is_told_which_inputs_changed_unless_something_else_did() {
        let told = |events: &[(EventKind, &str)]| {
            let bell = bell(&["/r/content/a.md", "/r/content/b.md"]);
            events.iter().for_each(|(kind, path)| ring(&bell, *kind, &format!("/r/content/{path}")));
            bell.pending().span = Some((Instant::now() - LONGEST, Instant::now()));
            match bell.wait(Duration::ZERO).0 {
                Wake::Changed { files, .. } => files,
                other => panic!("{other:?}"),
            }
        };
        let only = Some(vec![PathBuf::from("/r/content/a.md")]);
        assert_eq!(told(&[(WRITTEN, "a.md"), (CLOSED, "a.md")]), only);
        assert_eq!(told(&[(CREATED, "a.new"), (CLOSED, "a.new"), (FROM, "a.new"), (TO, "a.md")]), only);
        for other in [(CREATED, "c.md"), (REMOVED, "b.md"), (REMOVED, "folder")] {
            assert_eq!(told(&[(WRITTEN, "a.md"), other]), None, "{other:?}");
        }
    }

    #[test]
    fn what_is_no_input_and_what_is_only_read_wakes_nobody() {
        let bell = bell(&[]);
        ring(&bell, WRITTEN, "/r/public/index.html");
        ring(&bell, EventKind::Access(AccessKind::Open(AccessMode::Read)), "/r/content/a.md");
        assert!(!bell.has_rung());
    }

    #[test]
    fn a_change_of_history_and_the_end_are_told() {
        let mut bell = bell(&[]);
        ring(&bell, WRITTEN, "/r/.git/HEAD");
        assert_eq!(bell.wait(Duration::ZERO).0, Wake::Changed { is_history: true, files: Some(vec![]) });
        assert_eq!(bell.wait(Duration::ZERO).0, Wake::Idle);
        bell = Bell::default();
        bell.stop();
        assert_eq!(bell.wait(Duration::from_secs(60)).0, Wake::Stop);
    }
}

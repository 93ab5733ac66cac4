//! What the terminal and the environment say of language, colour and width, and how much is told.

use crate::base::Said;
use crate::compile::Onlooker;
use clap::ValueEnum;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// When words are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Volume {
    /// Findings, failures and what was asked for.
    Quiet,
    /// What was done as well.
    Plain,
    /// How, and how long it took.
    Verbose,
}

/// What every command knows of whoever started it.
#[derive(Debug)]
pub(super) struct Console {
    /// The playbook's folder.
    pub(super) root: PathBuf,
    /// Language of messages: `en` or `zh-Hans`.
    pub(super) lang: String,
    pub(super) volume: Volume,
    pub(super) color: When,
}

impl Console {
    /// Whether messages are Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        self.lang.starts_with("zh")
    }
    /// Whether words on a stream are coloured.
    pub(super) fn color(&self, stream: &impl IsTerminal) -> bool {
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => color(stream),
        }
    }
    /// Whether it wants to know how.
    pub(super) fn is_verbose(&self) -> bool {
        self.volume == Volume::Verbose
    }
    /// A line about what was done, beside the answer; not said to the quiet.
    pub(super) fn note(&self, said: &Said) {
        if self.volume > Volume::Quiet {
            eprintln!("{}", said.in_lang(&self.lang));
        }
    }
    /// The answer of a command that does something: what was done. The quiet see by the exit code that it was.
    pub(super) fn done(&self, text: &str) -> Result<(), crate::base::Trouble> {
        if self.volume == Volume::Quiet {
            return Ok(());
        }
        std::io::stdout().lock().write_all(text.as_bytes()).map_err(|error| crate::base::Trouble::printing(&error))
    }
    /// Shows on a terminal that work goes on, until the value is dropped.
    pub(super) fn progress(&self, doing: &Said) -> Progress {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let is_told = self.volume > Volume::Quiet && std::io::stderr().is_terminal() && !is_dumb;
        if !is_told || std::env::var_os("CI").is_some() {
            return Progress { drawn: None, tally: Arc::default() };
        }
        Progress::start(doing.in_lang(&self.lang).to_owned(), PATIENCE, std::io::stderr())
    }
}

/// Language of messages: the flag, else `LC_ALL`, `LC_MESSAGES`, `LANG`; `zh…` is Chinese, anything else English.
pub(super) fn lang(flag: Option<&str>) -> String {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let word = flag.map(str::to_owned).or_else(|| ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|n| set(n)));
    if word.is_some_and(|w| w.to_ascii_lowercase().starts_with("zh")) { "zh-Hans".to_owned() } else { "en".to_owned() }
}

/// Whether to colour: `NO_COLOR` forbids, `CLICOLOR_FORCE` forces, else only a terminal.
fn color(stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0");
    std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && (set("CLICOLOR_FORCE") || stream.is_terminal())
}

/// Width for reports: `COLUMNS`, else 120.
pub(super) fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|v| v.parse().ok()).filter(|n| *n >= 40).unwrap_or(120)
}

/// How long something takes before it is worth a line.
const PATIENCE: Duration = Duration::from_millis(400);

/// How often the line is drawn.
const BEAT: Duration = Duration::from_millis(125);

/// Takes back a line of a terminal.
const CLEAR: &str = "\r\x1b[K";

/// Cells of the bar that shows how much is done.
const BAR: usize = 24;

/// How many files of a build are begun.
#[derive(Debug, Default)]
pub(super) struct Tally {
    begun: AtomicUsize,
    all: AtomicUsize,
}

impl Tally {
    /// A bar with the count, once it is known how many there are.
    fn bar(&self) -> Option<String> {
        let all = self.all.load(Ordering::Relaxed);
        let begun = self.begun.load(Ordering::Relaxed).min(all);
        let full = (begun * BAR).checked_div(all)?;
        Some(format!("{}{} {begun}/{all}", "█".repeat(full), "░".repeat(BAR - full)))
    }
}

/// Counts, and wants nothing but the end.
impl Onlooker for Tally {
    fn begun(&self, all: usize) {
        self.all.store(all, Ordering::Relaxed);
        self.begun.fetch_add(1, Ordering::Relaxed);
    }
}

/// A line on a terminal that says what is being done, how much of it and for how long; gone when this is dropped.
#[must_use = "it is shown as long as it is kept"]
pub(super) struct Progress {
    drawn: Option<(Sender<()>, JoinHandle<()>)>,
    tally: Arc<Tally>,
}

impl Progress {
    /// What counts the files, for whoever makes them.
    pub(super) fn tally(&self) -> Arc<Tally> {
        Arc::clone(&self.tally)
    }

    fn start(doing: String, patience: Duration, mut to: impl Write + Send + 'static) -> Self {
        let (end, ended) = mpsc::channel();
        let tally = Arc::<Tally>::default();
        let counted = Arc::clone(&tally);
        let draw = move || {
            let start = Instant::now();
            let mut wait = patience;
            let mut is_drawn = false;
            for sign in "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏".chars().cycle() {
                if ended.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
                wait = BEAT;
                is_drawn = true;
                let seconds = start.elapsed().as_secs();
                let bar = counted.bar().map(|bar| format!("{bar} ")).unwrap_or_default();
                // A terminal that is gone is no reason to stop working.
                let _ = write!(to, "{CLEAR}{sign} {doing} {bar}{seconds} s").and_then(|()| to.flush());
            }
            if is_drawn {
                let _ = write!(to, "{CLEAR}").and_then(|()| to.flush());
            }
        };
        let drawn = std::thread::Builder::new().spawn(draw).ok().map(|thread| (end, thread));
        Self { drawn, tally }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.drawn.take() {
            drop(end);
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tells whenever something is drawn.
    struct Screen(Sender<String>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let _ = self.0.send(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_is_drawn_while_work_goes_on_and_leaves_nothing_behind() {
        let (drawn, screen) = mpsc::channel();
        let progress = Progress::start("building".to_owned(), Duration::ZERO, Screen(drawn));
        let mut seen = String::new();
        while !seen.contains("building 0 s") {
            seen.push_str(&screen.recv().expect("it is drawn"));
        }
        let tally = progress.tally();
        for _ in 0..3 {
            tally.begun(6);
        }
        while !seen.contains("building ████████████░░░░░░░░░░░░ 3/6 0 s")
        {
            seen.push_str(&screen.recv().expect("it is drawn"));
        }
        drop(progress);
        seen.extend(screen.iter());
        assert!(seen.ends_with(CLEAR), "{seen:?}");
    }

    #[test]
    fn what_is_done_at_once_draws_nothing() {
        let (drawn, screen) = mpsc::channel();
        drop(Progress::start("building".to_owned(), Duration::from_secs(3600), Screen(drawn)));
        assert_eq!(screen.iter().count(), 0);
    }
}

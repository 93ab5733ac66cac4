//! The whole, judged behind: a thread of its own reads the files, lays the unsaved texts over them and judges.

use super::book::{Late, Whole};
use crate::compile::{self, Clock, Input};
use crate::sources::Sources;
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What is to be judged.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) root: PathBuf,
    /// Unsaved texts by path.
    pub(super) texts: Vec<(String, Arc<str>)>,
    /// Whether pages are made too, for what is found on the finished site.
    pub(super) pages: bool,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) whole: Result<Box<Whole>, String>,
    /// Findings on the finished site, where pages were made.
    pub(super) late: Option<Vec<Late>>,
    /// How long it took.
    pub(super) took: Duration,
}

/// Starts the thread; it ends when nobody asks any more.
pub(super) fn start(clock: impl Fn() -> Clock + Send + 'static) -> (Sender<Job>, Receiver<Done>) {
    let (ask, jobs) = unbounded::<Job>();
    let (tell, done) = unbounded();
    std::thread::spawn(move || {
        while let Ok(job) = jobs.recv() {
            let begin = Instant::now();
            let (whole, late) = judge(&job, clock());
            let answer = Done { whole, late, took: begin.elapsed() };
            if tell.send(answer).is_err() {
                return;
            }
        }
    });
    (ask, done)
}

fn read(root: &Path, texts: &[(String, Arc<str>)]) -> anyhow::Result<Input> {
    let (mut sources, read) = Sources::read(root)?;
    for (path, text) in texts {
        sources.lay(path, text);
    }
    Ok(Input { sources, read, clock: Clock::default() })
}

/// The whole, or why it cannot be read; and findings on the finished site where pages were made.
type Answer = (Result<Box<Whole>, String>, Option<Vec<Late>>);

fn judge(job: &Job, clock: Clock) -> Answer {
    let input = match read(&job.root, &job.texts) {
        Ok(input) => Input { clock, ..input },
        Err(error) => return (Err(format!("{error:#}")), None),
    };
    if !job.pages {
        let (model, judged, sources) = compile::read(input);
        return (Ok(Box::new(Whole { model, sources, judged })), None);
    }
    let compiled = compile::judge(input);
    let (mut judged, sources) = (compiled.judged, compiled.sources);
    let is_late = |code: &str| code.starts_with("links/") || compile::is_late(code);
    let (late, early) = judged.findings.into_iter().partition(|d: &crate::base::Diagnostic| is_late(d.rule));
    judged.findings = early;
    let keep = |finding: crate::base::Diagnostic| {
        let file = finding.span?.file;
        Some(Late { path: sources.path(file).to_owned(), text: sources.text(file)?.into(), finding })
    };
    let late: Vec<crate::base::Diagnostic> = late;
    let late = late.into_iter().filter_map(keep).collect();
    (Ok(Box::new(Whole { model: compiled.model, sources, judged })), Some(late))
}

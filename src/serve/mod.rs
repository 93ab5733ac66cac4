//! `serve`: watches the inputs, builds in memory, answers on loopback and renews the browser; the last good site stays while there are errors.

mod address;
mod desk;
mod editor;
mod guard;
mod http;
mod patience;
mod reload;
mod scope;
mod state;
mod watch;

pub use editor::Editor;
pub use watch::Bell;

use crate::base::{Date, Diagnostic, Found, Trouble, trouble};
use crate::compile::{Clock, Compiled, Input, Memo, compile_again};
use crate::said;
use crate::sources::Sources;
use crate::sources::git::{History, Reading};
use desk::Desk;
use http::Server;
use state::{Shared, changed};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;
use watch::{Wake, Watch};

/// What is served where there is no page at all, so that the box has something to lie over.
const EMPTY: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>playbook</title>\n</head>\n<body></body>\n</html>\n";

/// How often the day is looked at, and whether something changed that the system did not tell of.
const ROUND: Duration = Duration::from_secs(60);
/// When files that could not be read are tried again: soon, then in peace.
const RETRIES: [Duration; 2] = [Duration::from_millis(150), Duration::from_secs(2)];

/// What bounds the work that clients can make. Time-outs are for connections, sizes for the head of a request.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Longest time for the head of a request, and for silence between two.
    pub head: Duration,
    /// Longest time in which a client takes nothing of an answer.
    pub write: Duration,
    /// Time between two signs of life in a stream of events.
    pub alive: Duration,
    /// Most header lines.
    pub headers: usize,
    /// Most bytes of request line and header lines.
    pub head_bytes: usize,
    /// Most connections at a time.
    pub connections: usize,
    /// Most streams of events at a time, one for each page that somebody looks at.
    pub streams: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            write: Duration::from_secs(20),
            alive: Duration::from_secs(15),
            headers: 64,
            head_bytes: 16 << 10,
            connections: 512,
            streams: 96,
        }
    }
}

/// What to serve, and how.
#[derive(Debug)]
pub struct Options {
    /// The playbook's folder.
    pub root: PathBuf,
    /// The port that is wanted; 0 for any.
    pub port: u16,
    /// Whether to look for changes again and again instead of being told.
    pub is_polling: bool,
    /// What opens a finding's place.
    pub editor: Option<Editor>,
    /// Whether Ctrl-C and a request to terminate end the server; else only the bell does.
    pub has_signals: bool,
    /// Bounds for clients.
    pub limits: Limits,
}

/// What happens while serving.
#[derive(Debug)]
pub enum News<'a> {
    /// The server answers.
    Serving {
        /// Its address.
        url: &'a str,
        /// The port that was wanted, where another program has it.
        taken: Option<u16>,
    },
    /// Changes are looked for again and again; why, unless that was asked for.
    Polling(Option<&'a str>),
    /// A build is finished.
    Built(Built<'a>),
    /// Files cannot be read; what was served is still served.
    Failed(&'a anyhow::Error),
}

/// A finished build.
#[derive(Debug)]
pub struct Built<'a> {
    /// From the change, when it rested, to the whole site.
    pub took: Duration,
    /// Pages that are other than before; all of a first build.
    pub pages: usize,
    /// Other files that are.
    pub files: usize,
    /// Whether the site is served now; else the last good one is.
    pub is_good: bool,
    /// Everything that was found.
    pub findings: &'a [Diagnostic],
    /// The files.
    pub sources: &'a Sources,
    /// The day on which it was judged.
    pub as_of: Date,
}

/// Serves until the bell or a signal ends it. `read` reads the inputs anew each time; what git knows of them is asked for here.
///
/// # Errors
/// When no port is to be had, the playbook cannot be read at the start, or nothing can be watched.
pub fn run(
    options: &Options,
    read: &dyn Fn() -> anyhow::Result<Input>,
    bell: &Bell,
    tell: &mut dyn FnMut(News<'_>),
) -> anyhow::Result<()> {
    let (mut watch, why) = Watch::start(&options.root, bell, options.is_polling).map_err(|error| {
        let (place, error) = (options.root.display(), format!("{error:#}"));
        trouble(said!("cannot watch {place}: {error}; try --poll", "无法监视 {place}：{error}；可试用 --poll"))
    })?;
    if options.is_polling || why.is_some() {
        tell(News::Polling(why.as_deref()));
    }
    let history = Reading::start(&options.root);
    let mut first = read()?;
    first.sources.remember(history);
    let listeners = http::bind(options.port).map_err(|error| {
        let port = options.port;
        Trouble::io(&said!("cannot listen at port {port}", "无法监听端口 {port}"), &error)
    })?;
    let (url, port) = http::url(&listeners[0])?;
    let shared = Shared::new();
    let desk = Desk::new(&shared, bell, options.editor.clone());
    let root = options.root.clone();
    let real_root = options.root.canonicalize()?;
    let (is_clean, clock) = (first.read.is_empty(), first.clock);
    let mut builder =
        Builder { root, real_root, desk, memo: Memo::default(), last: None, history: None, is_clean, clock };
    builder.build(first, Instant::now(), &watch, tell);
    let server = Server::new(shared, port, options.limits);
    let connections = Arc::new(Semaphore::new(options.limits.connections));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let bell_of_signals = options.has_signals.then(|| bell.clone());
    let serving = move || {
        runtime.block_on(async move {
            for listener in listeners {
                tokio::spawn(server.clone().run(listener, Arc::clone(&connections)));
            }
            if let Some(bell) = bell_of_signals {
                tokio::spawn(signals(bell));
            }
            let _ = ended.await;
        });
    };
    let thread = std::thread::Builder::new().name("http".to_owned()).spawn(serving)?;
    tell(News::Serving { url: &url, taken: (options.port != 0 && port != options.port).then_some(options.port) });
    builder.watch(&mut watch, read, tell);
    drop(end);
    let _ = thread.join();
    Ok(())
}

/// Rings the bell when the terminal or the system asks for an end.
async fn signals(bell: Bell) {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        bell.stop();
        return;
    }
    if tokio::signal::ctrl_c().await.is_ok() {
        bell.stop();
    }
}

/// Builds again and again.
struct Builder {
    root: PathBuf,
    desk: Desk,
    memo: Memo,
    /// The files and the day of the last finished build.
    last: Option<(Sources, Date)>,
    /// The folder without links, as changes are told of.
    real_root: PathBuf,
    /// Whether nothing was found while the files were read.
    is_clean: bool,
    /// What decides the day, as it was when all files were read.
    clock: Clock,
    /// What git knew when it last said that something of its own had changed.
    history: Option<History>,
}

impl Builder {
    /// Builds whenever something changed, until the end.
    fn watch(&mut self, watch: &mut Watch, read: &dyn Fn() -> anyhow::Result<Input>, tell: &mut dyn FnMut(News<'_>)) {
        let mut failures = 0;
        loop {
            let longest = if failures == 0 { ROUND } else { RETRIES[(failures - 1).min(RETRIES.len() - 1)] };
            let (is_history, files) = match watch.wait(longest) {
                Wake::Stop => return,
                Wake::Changed { is_history, files } => (is_history, files),
                Wake::Idle => (false, None),
            };
            let start = Instant::now();
            if is_history {
                self.history = None;
            }
            let history = match &self.history {
                Some(history) => Reading::again(&self.root, history),
                None => Reading::start(&self.root),
            };
            let input =
                files.and_then(|files| self.again(&files)).map_or_else(|| self.anew(read), Ok).map(|mut input| {
                    input.sources.remember(history);
                    input
                });
            match input {
                Ok(input) if !is_history && self.is_known(&input) => failures = 0,
                Ok(input) => {
                    failures = 0;
                    self.build(input, start, watch, tell);
                }
                // A file that is just being replaced is there again in a moment.
                Err(error) => {
                    failures += 1;
                    self.last = None;
                    if failures == 2 {
                        self.desk.failed(&error);
                        tell(News::Failed(&error));
                    }
                }
            }
        }
    }

    /// Reads everything.
    fn anew(&mut self, read: &dyn Fn() -> anyhow::Result<Input>) -> anyhow::Result<Input> {
        let input = read()?;
        (self.is_clean, self.clock) = (input.read.is_empty(), input.clock);
        Ok(input)
    }

    /// The input of the last build with some files as they are now; none where everything has to be read.
    fn again(&self, files: &[PathBuf]) -> Option<Input> {
        let sources = self.memo.sources().filter(|_| self.is_clean)?.again(&self.real_root, files)?;
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        let now = i64::try_from(since).unwrap_or(self.clock.now);
        Some(Input { sources, read: Found::new(), clock: Clock { now, ..self.clock } })
    }

    /// Whether a build would come to what the last one came to.
    fn is_known(&self, input: &Input) -> bool {
        let same = |(sources, day): &(Sources, Date)| sources.has_files_of(&input.sources) && *day == input.as_of();
        self.last.as_ref().is_some_and(same)
    }

    fn build(&mut self, input: Input, start: Instant, watch: &Watch, tell: &mut dyn FnMut(News<'_>)) {
        let known = self.last.take();
        if known.is_none_or(|(sources, _)| !sources.has_paths_of(&input.sources)) {
            watch.know(input.sources.paths().map(|(path, _)| path));
        }
        // Broken off: something newer waits.
        let Some(compiled) = compile_again(input, &mut self.memo, &self.desk) else { return };
        let before = self.desk.served();
        let is_good = !compiled.has_errors();
        let Compiled { sources, model, judged, rendered, .. } = compiled;
        let after = self.desk.finish(rendered.site.clone(), &judged.findings, &sources, is_good);
        let paths = changed(&before.site, &after.site);
        let pages = paths.iter().filter(|path| path.ends_with(".html")).count();
        tell(News::Built(Built {
            took: start.elapsed(),
            pages,
            files: paths.len() - pages,
            is_good,
            findings: &judged.findings,
            sources: &sources,
            as_of: model.as_of,
        }));
        // A history that nobody wants to see is not known for that.
        self.history = model.settings.history.then(|| sources.history().clone());
        let as_of = model.as_of;
        self.memo.take_back(model, &sources, rendered);
        self.last = Some((sources, as_of));
    }
}

//! Watches a build from the server's side: pages that somebody has open go out first, findings as soon as they are known.

use super::editor::Editor;
use super::state::{Served, Shared};
use super::watch::Bell;
use crate::base::{Diagnostic, Severity};
use crate::compile::{Early, Onlooker};
use crate::render::Site;
use crate::report::{Overlay, overlay};
use crate::sources::Sources;
use crate::theme::{Strings, Theme};
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Most findings in the box. Whoever has more reads them in the terminal.
const MOST: usize = 200;
/// A build that began this long after the last finished one goes on to its end, however often something changes meanwhile.
const FINISH: Duration = Duration::from_secs(3);

/// What stands under the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Below {
    /// The site of these findings.
    Current,
    /// The last good one.
    Older,
    /// The site of these findings with what has errors left out, because there was no good one yet.
    Partial,
}

/// The onlooker of every build.
pub(super) struct Desk {
    shared: Arc<Shared>,
    bell: Bell,
    editor: Option<Editor>,
    /// Words of the box, by language; the default one first.
    words: Mutex<Vec<(String, Strings)>>,
    progress: Mutex<Progress>,
}

#[derive(Debug)]
struct Progress {
    has_good: bool,
    finished: Option<Instant>,
}

impl Desk {
    pub(super) fn new(shared: &Arc<Shared>, bell: &Bell, editor: Option<Editor>) -> Self {
        let progress = Mutex::new(Progress { has_good: false, finished: None });
        Self { shared: Arc::clone(shared), bell: bell.clone(), editor, words: Mutex::default(), progress }
    }

    pub(super) fn served(&self) -> Arc<Served> {
        self.shared.served()
    }

    /// Serves a finished site, or its findings over the last good one; hands back what is served.
    pub(super) fn finish(&self, site: Site, findings: &[Diagnostic], sources: &Sources, is_good: bool) -> Arc<Served> {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.finished = Some(Instant::now());
        let site = if is_good || !progress.has_good { Arc::new(site) } else { Arc::clone(&self.served().site) };
        progress.has_good |= is_good;
        let below = match (is_good, progress.has_good) {
            (true, _) => Below::Current,
            (false, true) => Below::Older,
            (false, false) => Below::Partial,
        };
        drop(progress);
        let findings = self.box_of(findings, sources, below);
        self.shared.serve(Served { site, ahead: Arc::default(), findings });
        self.served()
    }

    /// Shows over the last good site that files cannot be read.
    pub(super) fn failed(&self, error: &anyhow::Error) {
        let message = format!("{error:#}");
        let served = self.served();
        let of = |_: &str| Overlay::failure(&message);
        let findings = self.said(&of, Below::Older);
        self.shared.serve(Served { ahead: Arc::default(), findings, ..(*served).clone() });
    }

    fn box_of(&self, findings: &[Diagnostic], sources: &Sources, below: Below) -> Arc<Vec<(String, String)>> {
        // Hints of the lowest weight are for `check --all`, as in the terminal.
        let shown: Vec<Diagnostic> = findings.iter().filter(|d| d.severity > Severity::Info).cloned().collect();
        let open = |path: &str, line, column| self.editor.as_ref().map(|editor| editor.address(path, line, column));
        self.said(&|lang| overlay(&shown, sources, lang, MOST, &open), below)
    }

    /// The box in every language.
    fn said(&self, of: &dyn Fn(&str) -> Overlay, below: Below) -> Arc<Vec<(String, String)>> {
        let words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let one = |(lang, strings): &(String, Strings)| {
            let overlay = of(lang);
            (lang.clone(), text(&overlay, strings, below))
        };
        Arc::new(words.iter().map(one).collect())
    }
}

/// The box as JSON: its words, and the findings.
fn text(overlay: &Overlay, strings: &Strings, below: Below) -> String {
    let count = |key: &str, n: usize| {
        (n > 0).then(|| strings.fill(key, &[("n", &i64::try_from(n).unwrap_or(i64::MAX))])).flatten()
    };
    let counts = overlay.counts;
    let parts = [count("serve-errors", counts.errors), count("serve-warnings", counts.warnings)];
    let title = parts.into_iter().flatten().collect::<Vec<_>>().join(strings.text("list-comma"));
    let note = match below {
        Below::Current => "",
        Below::Older => strings.text("serve-older"),
        Below::Partial => strings.text("serve-partial"),
    };
    let rest = count("serve-more", (counts.errors + counts.warnings).saturating_sub(overlay.findings.len()));
    let value = json!({
        "isOpen": counts.errors > 0,
        "title": title,
        "note": note,
        "rest": rest,
        "words": {
            "name": strings.text("serve-name"),
            "close": strings.text("serve-close"),
            "show": strings.text("serve-show"),
            "lost": strings.text("serve-lost"),
            "error": strings.text("severity-error"),
            "warning": strings.text("severity-warning"),
        },
        "findings": overlay.findings,
    });
    value.to_string()
}

impl Onlooker for Desk {
    fn wants(&self, output: &str) -> bool {
        self.shared.is_wanted(output)
    }

    fn knows(&self, output: &str) -> bool {
        self.served().site.contains_key(output)
    }

    fn early(&self, early: &Early<'_>, site: Option<Site>) {
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        *words = spoken(early.theme, early.languages);
        drop(words);
        let has_errors = early.findings.iter().any(|d| d.severity == Severity::Error);
        let (below, ahead) = match site {
            Some(site) => (Below::Current, site),
            None if has_errors => (Below::Older, Site::new()),
            // A template fails: the end of the build says which.
            None => return,
        };
        // Before the first good site there is nothing that pages could run ahead of.
        if self.progress.lock().unwrap_or_else(PoisonError::into_inner).has_good {
            let findings = self.box_of(early.findings, early.sources, below);
            let site = Arc::clone(&self.served().site);
            self.shared.serve_ahead(Served { site, ahead: Arc::new(ahead), findings }, || self.is_over());
        }
    }

    fn is_over(&self) -> bool {
        let progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = progress.finished.is_some_and(|at| at.elapsed() < FINISH);
        self.bell.is_stopped() || (is_fresh && self.bell.has_rung())
    }
}

/// The words of every language of the site.
fn spoken(theme: &Theme, languages: &[crate::base::Lang]) -> Vec<(String, Strings)> {
    languages.iter().map(|lang| (lang.tag().to_owned(), theme.strings(lang))).collect()
}

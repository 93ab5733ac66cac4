//! The build on one screen: sources → model → checks → plan → render, as a pure function of its input.

use crate::base::{Date, Diagnostic, Found, Rule, Severity};
use crate::checks::links::{Page, Published};
use crate::checks::{self, Judged};
use crate::exports::{EXPORTS, MANUAL_EXPORTS};
use crate::model::settings::Settings;
use crate::model::{self, Model};
use crate::pages::{MANUAL_PAGES, PAGES};
use crate::plan::{self, Ground, PLAN_RULES};
use crate::render::{self, Engine, Made, RENDER_RULES, Rendered};
use crate::sources::Sources;
use crate::theme::{self, THEME_RULES};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Every rule there is, by code: those of reading and judging, and those of theme, plan and rendering.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let later = [THEME_RULES, PLAN_RULES, RENDER_RULES];
    let mut rules: Vec<&Rule> = checks::ALL_RULES.iter().chain(later.into_iter().flatten()).copied().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
});

/// A rule by its code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.binary_search_by_key(&code, |rule| rule.code).ok().map(|at| RULES[at])
}

/// Everything a build depends on.
#[derive(Debug)]
pub struct Input {
    /// Every file, read once.
    pub sources: Sources,
    /// What reading the files found.
    pub read: Found,
    /// What decides the as-of date.
    pub clock: Clock,
}

/// What decides the as-of date, strongest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// `--as-of`.
    pub flag: Option<Date>,
    /// `SOURCE_DATE_EPOCH`, in seconds.
    pub epoch: Option<i64>,
    /// The clock of this machine, in seconds since 1970. Used only when nothing else speaks.
    pub now: i64,
}

impl Clock {
    /// A fixed day, for tests and previews.
    pub fn fixed(day: Date) -> Self {
        Self { flag: Some(day), ..Self::default() }
    }

    /// The as-of date: the flag, `SOURCE_DATE_EPOCH`, the playbook's own `as-of`, else today in its time zone.
    pub fn as_of(self, settings: &Settings) -> Date {
        let at = |seconds| Date::at(seconds, &settings.timezone);
        let earliest = Date::at(0, "UTC").expect("bug: 1970-01-01 is out of range");
        self.flag.or_else(|| self.epoch.and_then(at)).or(settings.as_of).or_else(|| at(self.now)).unwrap_or(earliest)
    }
}

/// A judged playbook and its site.
#[derive(Debug)]
pub struct Compiled {
    /// The files, for reports.
    pub sources: Sources,
    /// What they mean.
    pub model: Model,
    /// Findings in force and findings set aside.
    pub judged: Judged,
    /// The site; broken where there are errors.
    pub rendered: Rendered,
    /// How long each stage took, in order.
    pub timings: Vec<(&'static str, Duration)>,
}

impl Compiled {
    /// Whether an error stands against publishing.
    pub fn has_errors(&self) -> bool {
        self.judged.findings.iter().any(|d| d.severity == Severity::Error)
    }
    /// Findings in force.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.judged.findings
    }
}

/// Reads, judges and renders a playbook: equal input, equal bytes.
pub fn compile(input: Input) -> Compiled {
    run(input, Made::Everything)
}

/// The findings of [`compile`], sooner: of the site only what links are judged by is made.
pub fn judge(input: Input) -> Compiled {
    run(input, Made::Pages)
}

fn run(input: Input, made: Made) -> Compiled {
    let Input { mut sources, read, clock } = input;
    let mut watch = Stopwatch::new();
    let mut found = read;
    let settings = found.keep(Settings::read(&sources));
    let as_of = clock.as_of(&settings);
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let theme = found.keep(theme::load(&mut sources, &settings.theme, &settings.languages));
    watch.lap("theme");
    let languages = settings.languages.clone();
    // Templates and model know nothing of each other.
    let (engine, model) =
        rayon::join(|| Engine::of(&theme, &languages), || model::load(&mut sources, settings, as_of, &codes));
    let model = found.keep(model);
    watch.lap("model");
    let mut judged = checks::run(&model);
    judged.merge(unwaivable(&model, found));
    watch.lap("checks");
    sources.settle(model.settings.history);
    watch.lap("history");
    let ground = Ground {
        model: &model,
        sources: &sources,
        theme: &theme,
        findings: &judged.findings,
        waived: &judged.waived,
        rules: &RULES,
    };
    let mut late = Found::new();
    let registers = if model.is_manual() { [MANUAL_PAGES, MANUAL_EXPORTS] } else { [PAGES, EXPORTS] };
    let plan = late.keep(plan::assemble(&registers, &ground));
    watch.lap("plan");
    let rendered = late.keep(render::render(&plan, &theme, engine, made));
    watch.lap("render");
    drop(plan);
    // A template that fails leaves pages out: links to them say nothing new.
    if late.is_empty() {
        judged.merge(checks::settle(&model, links(&rendered, &model, &sources, &judged.findings)));
        watch.lap("links");
    }
    judged.merge(unwaivable(&model, late));
    Compiled { sources, model, judged, rendered, timings: watch.laps }
}

/// Findings on the links of the finished site.
fn links(rendered: &Rendered, model: &Model, sources: &Sources, known: &[Diagnostic]) -> Found {
    let pages = rendered.pages.iter().map(|p| Page { path: &p.output, links: &p.links }).collect();
    let base_url = model.settings.base_url.as_deref();
    checks::links::run(&Published { files: &rendered.site, pages, base_url, sources, known })
}

/// Findings of reading, planning and rendering: policy weighs them, no waiver sets them aside.
fn unwaivable(model: &Model, found: Found) -> Judged {
    Judged { findings: checks::weigh(&model.policy, found).sorted(), waived: Vec::new() }
}

/// Measures the stages for `--timings`; no page sees it.
struct Stopwatch {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Stopwatch {
    fn new() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }
    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }
}

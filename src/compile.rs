//! The build on one screen: sources → model → checks → plan → render, as a pure function of its input.

use crate::base::{Date, Diagnostic, FileId, Fingerprint, Found, Lang, Rule, Severity};
use crate::checks::links::{Page, Published, Text, Unmade};
use crate::checks::{self, Judged};
use crate::exports::{EXPORTS, MANUAL_EXPORTS};
use crate::model::settings::Settings;
use crate::model::{self, Loaded, Model, Past};
use crate::pages::{MANUAL_PAGES, PAGES};
use crate::plan::{self, Finished, Ground, PLAN_RULES, Plan};
use crate::render::{Engine, Made, RENDER_RULES, Rendered, Renderer, Site};
use crate::sources::Sources;
use crate::sources::git::History;
use crate::theme::{self, THEME_RULES, Theme};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};
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

/// Whether a rule speaks only once pages are planned and made.
pub fn is_late(code: &str) -> bool {
    [THEME_RULES, PLAN_RULES, RENDER_RULES].into_iter().flatten().any(|rule| rule.code == code)
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

impl Input {
    /// The day that the build judges on.
    pub fn as_of(&self) -> Date {
        self.clock.as_of(&Settings::read(&self.sources).0)
    }
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

/// What a build leaves to the next one. Each part is kept under all that it was made of, so a build with a memo gives the same
/// bytes as one without.
#[derive(Default)]
pub struct Memo {
    look: Option<(Fingerprint, Look)>,
    past: Option<Past>,
    /// What [`Past`] wants besides the model that is in the hands of whoever asked for the build.
    beside: model::Beside,
    /// The pages of the last build, and what they stand on besides the files.
    made: Option<(Vec<Finished>, Footing)>,
    /// The same of the build whose pages are in the hands of whoever asked for it.
    footing: Option<Footing>,
    links: checks::links::Memo,
}

/// What pages are made of besides files, theme and day.
#[derive(PartialEq)]
struct Footing {
    theme: Fingerprint,
    history: History,
    judged: Judged,
}

impl Memo {
    /// The files of the last build whose model is kept.
    pub fn sources(&self) -> Option<&Sources> {
        self.past.as_ref().map(Past::sources)
    }
    /// Takes back the model of the last build and what was made of it, so that the next one need not read and make again what has
    /// not changed.
    pub fn take_back(&mut self, model: Model, sources: &Sources, rendered: Rendered) {
        self.past = Some(Past::of(model, sources, std::mem::take(&mut self.beside)));
        self.made = self.footing.take().map(|footing| (rendered.pages, footing));
    }
    /// The pages of the last build that a build would make again as they are, where nothing but the words of some texts changed.
    fn known(&mut self, reworded: Option<&BTreeSet<FileId>>, footing: &Footing) -> Vec<Finished> {
        let Some((pages, _)) = self.made.take().filter(|(_, before)| before == footing) else { return Vec::new() };
        // A page may show the words that a finding is about.
        let is_told = |files: &BTreeSet<FileId>| {
            let all = footing.judged.findings.iter().chain(footing.judged.waived.iter().map(|(d, _)| d));
            all.filter_map(|d| d.span).any(|span| files.contains(&span.file))
        };
        let Some(files) = reworded.filter(|files| !is_told(files)) else { return Vec::new() };
        pages.into_iter().filter(|page| page.prose.iter().all(|file| !files.contains(file))).collect()
    }
}

impl std::fmt::Debug for Memo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Memo").field("look", &self.look.as_ref().map(|(key, _)| key)).finish()
    }
}

/// A theme and its compiled templates.
#[derive(Clone)]
struct Look {
    theme: Arc<(Theme, Found)>,
    engine: Arc<Engine>,
}

/// Someone who watches a build and wants some pages before the others; by itself nothing but the end.
pub trait Onlooker: Sync {
    /// Whether a page is wanted before the rest.
    fn wants(&self, _output: &str) -> bool {
        false
    }
    /// Whether a file is already known under this name.
    fn knows(&self, _output: &str) -> bool {
        true
    }
    /// Everything is judged but the links of the finished site. `site` holds the pages that were wanted with files they may show that
    /// were not known; none when there are errors.
    fn early(&self, _early: &Early<'_>, _site: Option<Site>) {}
    /// Whether the rest of the build is not wanted any more.
    fn is_over(&self) -> bool {
        false
    }
    /// Another of `all` files is begun.
    fn begun(&self, _all: usize) {}
}

/// What is known of a build before its pages are made.
#[derive(Debug)]
pub struct Early<'a> {
    /// Findings in force so far.
    pub findings: &'a [Diagnostic],
    /// The files they point into.
    pub sources: &'a Sources,
    /// Look and words.
    pub theme: &'a Theme,
    /// The languages of the site, the default one first.
    pub languages: &'a [Lang],
}

/// Wants nothing but the end.
struct Nobody;

impl Onlooker for Nobody {}

/// Reads, judges and renders a playbook: equal input, equal bytes.
pub fn compile(input: Input) -> Compiled {
    whole(input, Made::Everything)
}

/// The same as [`compile`], before the eyes of an onlooker who wants the end.
pub fn compile_before(input: Input, onlooker: &dyn Onlooker) -> Compiled {
    run(input, Made::Everything, &mut Memo::default(), onlooker)
        .expect("bug: a build was broken off that somebody waits for")
}

/// The findings of [`compile`], sooner: no page is made but those that links name a place of, unless the playbook has templates of
/// its own, whose links must be judged too.
pub fn judge(input: Input) -> Compiled {
    whole(input, Made::Pages)
}

/// The same as [`compile`] after an earlier build, whose memo it takes over, before the eyes of an onlooker; none when that one
/// does not want the end any more.
pub fn compile_again(input: Input, memo: &mut Memo, onlooker: &dyn Onlooker) -> Option<Compiled> {
    run(input, Made::Everything, memo, onlooker)
}

fn whole(input: Input, made: Made) -> Compiled {
    run(input, made, &mut Memo::default(), &Nobody).expect("bug: a build that nobody watches was broken off")
}

/// What the files mean and what the rules say of them, without theme and pages: findings on the site's links are missing.
pub fn read(input: Input) -> (Model, Judged, Sources) {
    let Input { mut sources, read, clock } = input;
    let mut found = read;
    let settings = found.keep(Settings::read(&sources));
    let as_of = clock.as_of(&settings);
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let model = found.keep(model::load(&mut sources, settings, as_of, &codes));
    let mut judged = checks::run(&model);
    judged.merge(unwaivable(&model, found));
    (model, judged, sources)
}

fn run(input: Input, made: Made, memo: &mut Memo, onlooker: &dyn Onlooker) -> Option<Compiled> {
    let Input { mut sources, read, clock } = input;
    let mut watch = Stopwatch::new();
    let mut found = read;
    let settings = found.keep(Settings::read(&sources));
    let as_of = clock.as_of(&settings);
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let key = theme::key(&sources, &settings.theme, &settings.languages);
    let known = memo.look.take().filter(|(of, _)| *of == key).map(|(_, look)| look);
    let theme = match &known {
        Some(look) => {
            theme::embed(&mut sources);
            Arc::clone(&look.theme)
        }
        None => Arc::new(theme::load(&mut sources, &settings.theme, &settings.languages)),
    };
    found.extend(theme.1.iter().cloned());
    watch.lap("theme");
    let languages = settings.languages.clone();
    // Whoever only judges rarely needs templates.
    let is_bare = made == Made::Pages && !theme.0.has_own_templates(&sources);
    // Templates and model know nothing of each other.
    let compiled = || match known {
        Some(look) => Some(look.engine),
        None if is_bare => None,
        None => Some(Arc::new(Engine::of(&theme.0, &languages))),
    };
    let past = memo.past.take();
    let reworded = past.as_ref().and_then(|past| past.reworded(&sources, as_of));
    let load = || model::load_again(&mut sources, settings, as_of, &codes, past);
    let (engine, Loaded { model, found: of_model, beside }) = rayon::join(compiled, load);
    memo.beside = beside;
    found.extend(of_model);
    if let Some(engine) = &engine {
        memo.look = Some((key, Look { theme: Arc::clone(&theme), engine: Arc::clone(engine) }));
    }
    let theme = &theme.0;
    watch.lap("model");
    let mut judged = checks::run(&model);
    judged.merge(unwaivable(&model, found));
    watch.lap("checks");
    sources.settle(model.settings.history);
    watch.lap("history");
    let ground = Ground {
        model: &model,
        sources: &sources,
        theme,
        findings: &judged.findings,
        waived: &judged.waived,
        rules: &RULES,
    };
    let mut late = Found::new();
    let registers = if model.is_manual() { [MANUAL_PAGES, MANUAL_EXPORTS] } else { [PAGES, EXPORTS] };
    let plan = late.keep(plan::assemble(&registers, &ground));
    watch.lap("plan");
    if is_bare {
        let links = links_of_texts(&plan, &languages);
        drop(plan);
        judged.merge(checks::settle(&model, links));
        judged.merge(unwaivable(&model, late));
        watch.lap("links");
        return Some(Compiled { sources, model, judged, rendered: Rendered::default(), timings: watch.laps });
    }
    let engine = engine.unwrap_or_else(|| Arc::new(Engine::of(theme, &languages)));
    let renderer = Renderer::of(&plan, theme, &engine);
    watch.lap("frame");
    tell(onlooker, &renderer, &ground, &late);
    watch.lap("early");
    let footing = Footing { theme: key, history: sources.history().clone(), judged: judged.clone() };
    let known = memo.known(reworded.as_ref(), &footing);
    let count = plan.entries.len();
    let is_over = || {
        onlooker.begun(count);
        onlooker.is_over()
    };
    let Some(rendered) = renderer.all(made, known, &is_over) else {
        drop(plan);
        memo.footing = None;
        memo.take_back(model, &sources, Rendered::default());
        return None;
    };
    let rendered = late.keep(rendered);
    watch.lap("render");
    drop(plan);
    // A template that fails leaves pages out: links to them say nothing new.
    memo.footing = None;
    if late.is_empty() {
        let found = links(&rendered, &model, &sources, &judged.findings, &mut memo.links);
        judged.merge(checks::settle(&model, found));
        memo.footing = Some(footing);
        watch.lap("links");
    }
    judged.merge(unwaivable(&model, late));
    Some(Compiled { sources, model, judged, rendered, timings: watch.laps })
}

/// Tells an onlooker what is known, with the pages that are wanted at once.
fn tell(onlooker: &dyn Onlooker, renderer: &Renderer<'_>, ground: &Ground<'_>, late: &Found) {
    let mut judged = Judged { findings: ground.findings.to_vec(), waived: Vec::new() };
    judged.merge(unwaivable(ground.model, late.clone()));
    let is_sound = judged.findings.iter().all(|d| d.severity != Severity::Error);
    let wanted = || renderer.some(|output| onlooker.wants(output), |output| !onlooker.knows(output));
    let (sources, theme, languages) = (ground.sources, ground.theme, &*ground.model.settings.languages);
    let early = Early { findings: &judged.findings, sources, theme, languages };
    onlooker.early(&early, if is_sound { wanted() } else { None });
}

/// Findings on the links of the finished site.
fn links(
    rendered: &Rendered,
    model: &Model,
    sources: &Sources,
    known: &[Diagnostic],
    memo: &mut checks::links::Memo,
) -> Found {
    let pages = rendered.pages.iter().map(|p| Page { path: &p.output, links: &p.links }).collect();
    let base_url = model.settings.base_url.as_deref();
    checks::links::run(&Published { files: &rendered.site, pages, base_url, sources, known }, memo)
}

/// The same before the pages are made: on the links of the author's words.
fn links_of_texts(plan: &Plan<'_>, languages: &[Lang]) -> Found {
    let ground = plan.ground;
    let written = plan::doubtful(plan);
    let texts = written.iter().map(|(path, page)| Text { path, html: &page.html, links: &page.links }).collect();
    let assets = ground.theme.assets.values().map(|asset| asset.path.as_str());
    let site = Unmade {
        paths: plan.outputs().chain(assets).collect(),
        texts,
        base_url: ground.model.settings.base_url.as_deref(),
        sources: ground.sources,
        known: ground.findings,
    };
    checks::links::of_texts(&site, |targets| {
        let engine = Engine::of(ground.theme, languages);
        let renderer = Renderer::of(plan, ground.theme, &engine);
        renderer.some(|output| targets.contains(output), |_| false).unwrap_or_default()
    })
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

//! The build on one screen: sources → model → checks → plan → render, as a pure function of its input.

use crate::base::{Date, Diagnostic, Found, Severity};
use crate::checks::{self, Judged};
use crate::model::settings::Settings;
use crate::model::{self, Model};
use crate::sources::Sources;

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
        self.flag
            .or_else(|| self.epoch.and_then(at))
            .or(settings.as_of)
            .or_else(|| at(self.now))
            .unwrap_or(earliest)
    }
}

/// A judged playbook.
#[derive(Debug)]
pub struct Compiled {
    /// The files, for reports.
    pub sources: Sources,
    /// What they mean.
    pub model: Model,
    /// Findings in force and findings set aside.
    pub judged: Judged,
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

/// Reads and judges a playbook.
pub fn compile(input: Input) -> Compiled {
    let Input { mut sources, read, clock } = input;
    let mut found = read;
    let settings = found.keep(Settings::read(&sources));
    let as_of = clock.as_of(&settings);
    let model = found.keep(model::load(&mut sources, settings, as_of, &checks::codes()));
    let mut judged = checks::run(&model);
    judged.merge(Judged { findings: checks::weigh(&model.policy, found).sorted(), waived: Vec::new() });
    Compiled { sources, model, judged }
}

//! What people write beside the figures of a month, quarter or year (PMR-8).

use super::period::Period;
use super::prose::{self, Prose};
use crate::base::{FileId, Found, Lang};
use crate::policy::Every;
use crate::sources::Sources;

/// The folder of these texts.
pub(crate) const FOLDER: &str = "content/reports/";

/// A text for a period.
#[derive(Debug)]
pub struct Report {
    /// The period, its file's name.
    pub period: Period,
    /// Its file.
    pub file: FileId,
    /// The text.
    pub prose: Prose,
}

/// The period that has a report of this name: a month, quarter or year.
pub(crate) fn period(name: &str) -> Option<Period> {
    Period::parse(name).filter(|p| matches!(p.every, Every::Month | Every::Quarter | Every::Year))
}

/// Every text, by period.
pub(crate) fn reports(sources: &Sources, default: &Lang, found: &mut Found) -> Vec<Report> {
    let mut reports = Vec::new();
    for (path, _) in sources.under(FOLDER) {
        let Some((name, None)) = path.strip_prefix(FOLDER).and_then(prose::stem) else { continue };
        let Some(period) = period(name) else { continue };
        if let Some(read) = prose::read(sources, FOLDER, name, default, found) {
            reports.push(Report { period, file: read.file, prose: read.prose });
        }
    }
    reports.sort_by_key(|r| r.period);
    reports
}

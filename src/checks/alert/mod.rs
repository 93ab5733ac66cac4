//! Readings off their target and what was done about them: one rule a file.

mod decision_missing;
mod report_late;
mod scale_up;
mod unanswered;
mod unknown;
mod watch_missing;

use super::{Check, words};
use crate::base::{Moment, Said};
use crate::said;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &decision_missing::CHECK,
    &report_late::CHECK,
    &scale_up::CHECK,
    &unanswered::CHECK,
    &unknown::CHECK,
    &watch_missing::CHECK,
];

/// How long after `from` something was: hours where both are known, else days.
fn lasted(from: Moment, to: Moment) -> Said {
    match from.hours_until(to) {
        Some(hours) => Said { en: crate::base::words::count(hours, "hour"), zh: format!("{hours} 小时") },
        None => words::days(from.day.until(to.day)),
    }
}

/// A number of hours.
fn hours(n: i64) -> Said {
    let en = crate::base::words::count(n, "hour");
    said!("{en}", "{n} 小时")
}

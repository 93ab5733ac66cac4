//! Recurring obligations: one rule a file.

mod overdue;
mod period;
mod unknown;

use super::Check;
use crate::base::Subject;
use crate::model::cadence;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[&overdue::CHECK, &period::CHECK, &unknown::CHECK];

/// What findings and waivers call an obligation.
fn subject(id: &str) -> Subject {
    Subject { thing: cadence::FILE.to_owned(), item: Some(id.to_owned()) }
}

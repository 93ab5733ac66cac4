//! The brand through the quarters: one rule a file.

mod gap;
mod unknown;

use super::Check;
use crate::base::Subject;
use crate::model::brand;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[&gap::CHECK, &unknown::CHECK];

/// What findings and waivers call a quarter.
fn subject(quarter: &str) -> Subject {
    Subject { thing: brand::FILE.to_owned(), item: Some(quarter.to_owned()) }
}

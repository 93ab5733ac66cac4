//! Working-day calendars: one rule a file.

mod provisional;
mod range;
mod unknown_region;

use super::Check;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[&provisional::CHECK, &range::CHECK, &unknown_region::CHECK];

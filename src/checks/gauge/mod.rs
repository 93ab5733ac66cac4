//! Gauges of policy: one rule a file.

mod beyond;
mod measure;

use super::Check;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[&beyond::CHECK, &measure::CHECK];

//! Money: one rule a file.

use super::Check;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[];

//! Branches and inspections: one rule a file.

mod consistency;
mod inspection;
mod unknown;

use super::Check;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[&consistency::CHECK, &inspection::CHECK, &unknown::CHECK];

//! Targets and readings: one rule a file.

mod duplicate;
mod layers;
mod missing;
mod range;
mod reading_future;
mod revised_without_reason;
mod unlock;

use super::Check;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &duplicate::CHECK,
    &layers::CHECK,
    &missing::CHECK,
    &range::CHECK,
    &reading_future::CHECK,
    &revised_without_reason::CHECK,
    &unlock::CHECK,
];

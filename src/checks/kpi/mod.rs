//! Targets and readings: one rule a file.

mod balance;
mod basis;
mod duplicate;
mod fraction;
mod layers;
mod missing;
mod range;
mod reading_future;
mod revised_without_reason;
mod unlock;
mod weights;

use super::Check;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &balance::CHECK,
    &basis::CHECK,
    &duplicate::CHECK,
    &fraction::CHECK,
    &layers::CHECK,
    &missing::CHECK,
    &range::CHECK,
    &reading_future::CHECK,
    &revised_without_reason::CHECK,
    &unlock::CHECK,
    &weights::CHECK,
];

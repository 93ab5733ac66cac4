//! The campaign as a whole: one rule a file.

mod all_lanes;
mod called_off;
mod candidates;
mod dates;
mod duty;
mod early_stop;
mod live_length;
mod overlap;
mod peak;
mod phase_length;
mod season;
mod shared_goal;
mod squad;

use super::Check;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &all_lanes::CHECK,
    &called_off::CHECK,
    &candidates::CHECK,
    &dates::CHECK,
    &duty::CHECK,
    &early_stop::CHECK,
    &live_length::CHECK,
    &overlap::CHECK,
    &peak::CHECK,
    &phase_length::CHECK,
    &season::CHECK,
    &shared_goal::CHECK,
    &squad::CHECK,
];

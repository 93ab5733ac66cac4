//! Every figure of the method as data: the embedded pack, an organisation's overrides, and where each value comes from.

mod load;
mod rows;

pub use load::{POLICY_RULES, Policy, Value, load, packs};
pub(crate) use load::{override_files, weight};
pub use rows::*;

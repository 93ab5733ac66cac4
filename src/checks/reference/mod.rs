//! Names that point at something: one rule a file.

mod campaign;
mod department;
mod duplicate_id;
mod goal;
mod inactive_person;
mod metric;
mod person;
mod programme;
mod role;
mod translation;

use super::Check;
use crate::base::Subject;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &campaign::CHECK,
    &department::CHECK,
    &duplicate_id::CHECK,
    &goal::CHECK,
    &inactive_person::CHECK,
    &metric::CHECK,
    &person::CHECK,
    &programme::CHECK,
    &role::CHECK,
    &translation::CHECK,
];

/// The subject a waiver's target names: `campaigns/<id>#<part>`.
fn subject_of(target: &str) -> Subject {
    match target.split_once('#') {
        None => Subject { thing: target.to_owned(), item: None },
        Some((thing, item)) => Subject { thing: thing.to_owned(), item: Some(item.to_owned()) },
    }
}

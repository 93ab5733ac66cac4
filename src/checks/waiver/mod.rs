//! Waivers: one rule a file.

mod expired;
mod rule;
mod unused;

use super::{Check, checks, links};
use crate::base::Subject;
use crate::model::waiver::Waiver;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[&expired::CHECK, &rule::CHECK, &unused::CHECK];

/// Codes of the rules that a waiver may set aside: a file that cannot be understood cannot be waived.
fn waivable() -> impl Iterator<Item = &'static str> {
    checks().map(|check| check.rule.code).chain(links::RULES.iter().map(|rule| rule.code))
}

/// What a waiver is about.
fn subject(waiver: &Waiver) -> Subject {
    match waiver.target.split_once('#') {
        None => Subject { thing: waiver.target.clone(), item: None },
        Some((thing, item)) => Subject { thing: thing.to_owned(), item: Some(item.to_owned()) },
    }
}

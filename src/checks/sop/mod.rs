//! Procedures: one rule a file.

mod group_missing;
mod item_without_id;
mod no_due;
mod no_measure;
mod no_variant;
mod review_overdue;
mod role_missing;
mod scale;
mod translation_items;
mod unknown_group;
mod unused;

use super::Check;
use crate::base::Subject;
use crate::model::Model;
use crate::model::sop::{Sop, SopItem};
use crate::policy::{Mode, SopPhase};
use crate::sources::markdown::Task;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &group_missing::CHECK,
    &item_without_id::CHECK,
    &no_due::CHECK,
    &no_measure::CHECK,
    &no_variant::CHECK,
    &review_overdue::CHECK,
    &role_missing::CHECK,
    &scale::CHECK,
    &translation_items::CHECK,
    &unknown_group::CHECK,
    &unused::CHECK,
];

fn subject(sop: &Sop) -> Subject {
    Subject::sop(sop.id.as_str())
}

fn subject_of(sop: &Sop, item: &SopItem) -> Subject {
    subject(sop).item(item.id.value.as_str())
}

/// Whether a procedure may be meant for a phase, scale and mode: what could not be read may be anything.
fn may_be_for(model: &Model, sop: &Sop, phase: SopPhase, scale: &str, mode: Mode) -> bool {
    let unread = sop.scales.iter().any(|s| model.policy.rows.scales.find(&s.value).is_none());
    let phase_fits = sop.phase.as_ref().is_none_or(|p| p.value == phase);
    phase_fits && (unread || sop.is_for(scale, mode))
}

/// The tasks of a procedure's own file that have no id, and so are no checkpoints.
fn tasks_without_id(sop: &Sop) -> impl Iterator<Item = &Task> {
    sop.prose.main().into_iter().flat_map(|v| &v.document.tasks).filter(|t| t.id.is_none())
}

//! Nodes: one rule a file.

mod buffer;
mod cycle;
mod day_off;
mod design_before_promotion;
mod done_in_future;
mod done_unknown;
mod dropped;
mod gate_missed;
mod gate_missing;
mod handover;
mod incomplete;
mod late_plan;
mod lead_time;
mod materials_ready;
mod on_breach;
mod order;
mod overdue;
mod postmortem_missing;
mod preparation;
mod required;
mod unknown_node;

use super::Check;
use crate::base::Span;
use crate::model::milestone::Milestone;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &buffer::CHECK,
    &cycle::CHECK,
    &day_off::CHECK,
    &design_before_promotion::CHECK,
    &done_in_future::CHECK,
    &done_unknown::CHECK,
    &dropped::CHECK,
    &gate_missed::CHECK,
    &gate_missing::CHECK,
    &handover::CHECK,
    &incomplete::CHECK,
    &late_plan::CHECK,
    &lead_time::CHECK,
    &materials_ready::CHECK,
    &on_breach::CHECK,
    &order::CHECK,
    &overdue::CHECK,
    &postmortem_missing::CHECK,
    &preparation::CHECK,
    &required::CHECK,
    &unknown_node::CHECK,
];

/// Standard nodes that rules of their own speak of.
const DESIGN: &str = "design-delivered";
const MATERIALS: &str = "materials-ready";
const PREPARATION: &str = "preparation-complete";

/// Where to point when a node's date is meant: the words of its `due`, else the node.
fn at(milestone: &Milestone) -> Span {
    milestone.due_written.as_ref().map_or(milestone.span, |d| d.span)
}

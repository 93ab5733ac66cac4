//! Reviews and what comes of them: one rule a file.

mod action_not_applied;
mod action_overdue;
mod addendum_missing;
mod applied_earlier;
mod complaint_rate;
mod late;
mod lessons_missing;
mod no_action;
mod open_actions;
mod repeated_problem;
mod sample_size;
mod scores;
mod sections;
mod status;
mod status_dates;

use super::Check;
use crate::base::{Date, Subject};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::postmortem::Action;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &action_not_applied::CHECK,
    &action_overdue::CHECK,
    &addendum_missing::CHECK,
    &applied_earlier::CHECK,
    &complaint_rate::CHECK,
    &late::CHECK,
    &lessons_missing::CHECK,
    &no_action::CHECK,
    &open_actions::CHECK,
    &repeated_problem::CHECK,
    &sample_size::CHECK,
    &scores::CHECK,
    &sections::CHECK,
    &status::CHECK,
    &status_dates::CHECK,
];

/// The campaigns that start before a day, in order.
fn before(model: &Model, day: Date) -> &[Campaign] {
    // Campaigns are in order of start, those without one last.
    let end = model.campaigns.partition_point(|c| c.start.is_some_and(|s| s.value < day));
    &model.campaigns[..end]
}

/// The campaigns that start after a day, in order.
fn after(model: &Model, day: Date) -> &[Campaign] {
    let from = model.campaigns.partition_point(|c| c.start.is_some_and(|s| s.value <= day));
    let to = model.campaigns.partition_point(|c| c.start.is_some());
    &model.campaigns[from..to]
}

/// Whether an action is past its day and not done; what could not be read is not.
fn is_overdue(action: &Action, today: Date) -> bool {
    action.sound && action.done.is_none() && action.due.is_some_and(|due| due.value < today)
}

/// What findings and waivers call an action.
fn subject(campaign: &Campaign, action: &Action) -> Subject {
    campaign.subject().item(action.id.value.as_str())
}

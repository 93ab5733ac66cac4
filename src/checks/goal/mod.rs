//! The goals of a year: one rule a file.

mod coverage;
mod decision_days;
mod linked;
mod months_sum;
mod quarter_review;
mod revision;
mod smart;
mod stage;
mod step_missed;
mod vague;

use super::Check;
use crate::base::{Severity, Subject, Text};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::goal::Goal;
use crate::model::programme::Programme;
use crate::policy::{self, GoalStage, Weight};

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &coverage::CHECK,
    &decision_days::CHECK,
    &linked::CHECK,
    &months_sum::CHECK,
    &quarter_review::CHECK,
    &revision::CHECK,
    &smart::CHECK,
    &stage::CHECK,
    &step_missed::CHECK,
    &vague::CHECK,
];

/// Goals with their years.
fn goals(model: &Model) -> impl Iterator<Item = (&Programme, &Goal)> {
    model.programmes.iter().flat_map(|p| p.goals.list.iter().map(move |g| (p, g)))
}

/// What findings and waivers call a goal.
fn subject(programme: &Programme, id: &str) -> Subject {
    Subject::programme(programme.id.as_str()).item(id)
}

/// The severity of a row; none where policy says `off`.
fn severity(weight: Option<Weight>) -> Option<Severity> {
    weight.map_or(Some(Severity::Warning), policy::weight)
}

/// The year of a campaign, if it has goals.
fn year<'a>(model: &'a Model, campaign: &Campaign) -> Option<&'a Programme> {
    let programme = campaign.programme.as_ref().and_then(|p| model.programme(&p.value))?;
    (!programme.goals.list.is_empty()).then_some(programme)
}

/// Whether a text says how much, or of what: it holds a number or the name of a metric or goal.
fn is_measurable(model: &Model, programme: Option<&Programme>, text: &Text) -> bool {
    let names_metric = |words: &str| {
        let names = |(id, metric): (&str, &policy::Metric)| {
            words.contains(id) || metric.name.all().any(|n| words.to_lowercase().contains(&n.to_lowercase()))
        };
        model.policy.rows.metrics.iter().any(names)
            || programme.is_some_and(|p| p.goals.list.iter().any(|g| words.contains(g.id.value.as_str())))
    };
    let has_number = |words: &str| words.chars().any(|c| c.is_numeric() || "一二三四五六七八九十百千万半".contains(c));
    text.all().any(|words| has_number(words) || names_metric(words))
}

/// Whether a stage is in a month.
fn is_in(stage: &GoalStage, month: u8) -> bool {
    stage.months.as_ref().and_then(|m| m.min.zip(m.max)).is_some_and(|(a, b)| (a..=b).contains(&i64::from(month)))
}

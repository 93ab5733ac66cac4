//! Measures of how well the year is designed and measured.

use super::{Figure, portion};
use crate::base::Quantity;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::measure::actual;
use crate::model::programme::Programme;
use std::collections::BTreeSet;

/// Campaigns without a target for a metric (PRG-7: no standard of return).
pub(super) fn campaigns_without_kpi<'a>(model: &'a Model, programme: &'a Programme, of: &str) -> Option<Figure> {
    let all: Vec<&Campaign> = model.held_of(programme).collect();
    let without = || all.iter().copied().filter(|c| c.kpi(of).is_none());
    Some(portion(without().count(), all.len())?.because(without()))
}

/// Campaigns judged in at least `of` layers of indicators (PRG-7, KPI-6).
pub(super) fn campaigns_with_layers<'a>(model: &'a Model, programme: &'a Programme, of: &str) -> Option<Figure> {
    let least: usize = of.parse().ok()?;
    let layers = |c: &Campaign| {
        let layer = |k: &crate::model::campaign::Kpi| model.policy.metric(&k.metric.value)?.layer;
        c.kpis.iter().filter_map(layer).map(crate::policy::Layer::word).collect::<BTreeSet<_>>().len()
    };
    let all: Vec<&Campaign> = model.held_of(programme).collect();
    let few = || all.iter().copied().filter(|c| layers(c) < least);
    Some(portion(all.len() - few().count(), all.len())?.because(few()))
}

/// The mean of a metric over the campaigns of a year that measured it, worst first.
pub(super) fn metric_mean<'a>(model: &'a Model, programme: &'a Programme, of: &str) -> Option<Figure> {
    let mut all: Vec<(Quantity, &Campaign)> =
        model.held_of(programme).filter_map(|c| Some((actual(c, of)?.0, c))).collect();
    let n = i128::try_from(all.len()).ok().filter(|n| *n > 0)?;
    let sum: i128 = all.iter().map(|(q, _)| i128::from(q.0)).sum();
    let mean = Quantity(i64::try_from(sum / n).ok()?);
    all.sort_by_key(|(q, c)| (*q, c.id.clone()));
    if model.policy.metric(of).and_then(|m| m.direction) == Some(crate::policy::Direction::Lower) {
        all.reverse();
    }
    Some(Figure::of(mean).because(all.into_iter().map(|(_, c)| c)))
}

/// Campaigns with items of a procedure in every phase (PRG-7: coverage of the campaign system).
pub(super) fn sop_coverage<'a>(model: &'a Model, programme: &'a Programme, _: &str) -> Option<Figure> {
    let all: Vec<&Campaign> = model.held_of(programme).collect();
    let phases = crate::policy::SopPhase::ALL;
    let is_whole = |c: &Campaign| phases.iter().all(|phase| c.checklist.iter().any(|i| i.phase == *phase));
    let gaps = || all.iter().copied().filter(|c| !is_whole(c));
    Some(portion(all.len() - gaps().count(), all.len())?.because(gaps()))
}

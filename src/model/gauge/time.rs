//! Measures of time and of how the work went.

use super::{Figure, portion};
use crate::base::Date;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::measure::{Process, process};
use crate::model::milestone::{Schedule, Standing};
use crate::model::programme::Programme;
use std::collections::BTreeSet;

/// Plan changes after the plan review (MIL-11).
pub(super) fn revisions(_: &Model, campaign: &Campaign, _: &str) -> Option<Figure> {
    campaign.results.file.map(|_| Figure::count(campaign.results.revisions.len()))
}

/// Rejections of the whole plan (MIL-11).
pub(super) fn rejections(_: &Model, campaign: &Campaign, _: &str) -> Option<Figure> {
    campaign.results.file.map(|_| Figure::count(campaign.results.revisions.iter().filter(|r| r.rejected).count()))
}

/// Nodes done on time ÷ nodes due (MIL-12).
pub(super) fn punctuality(model: &Model, campaign: &Campaign, _: &str) -> Option<Figure> {
    Some(Figure::share(process(campaign, model.as_of).punctuality()?))
}

/// The same over all campaigns of a year, with those that bring it down.
pub(super) fn year_punctuality<'a>(model: &'a Model, programme: &'a Programme, _: &str) -> Option<Figure> {
    let all: Vec<(&Campaign, Process)> = model.held_of(programme).map(|c| (c, process(c, model.as_of))).collect();
    let (on_time, due) = all.iter().fold((0, 0), |(a, b), (_, p)| (a + p.on_time, b + p.due));
    let late = all.iter().filter(|(_, p)| p.on_time < p.due).map(|(c, _)| *c);
    Some(portion(on_time, due)?.because(late))
}

/// Late nodes ÷ due nodes of the last `of` campaigns that are over (BUF-3).
pub(super) fn delay_rate<'a>(model: &'a Model, programme: &'a Programme, of: &str) -> Option<Figure> {
    let over = |c: &&Campaign| c.end.is_some_and(|z| z.value < model.as_of);
    let last: Vec<&Campaign> = model.held_of(programme).filter(over).collect();
    let last = &last[last.len().saturating_sub(of.parse().ok()?)..];
    let all: Vec<(&Campaign, Process)> = last.iter().map(|c| (*c, process(c, model.as_of))).collect();
    let (late, due) = all.iter().fold((0, 0), |(a, b), (_, p)| (a + p.late + p.open, b + p.due));
    let late_ones = all.iter().filter(|(_, p)| p.late + p.open > 0).map(|(c, _)| *c);
    Some(portion(late, due)?.because(late_ones))
}

/// Late or open tasks ÷ tasks due, nodes and checklist together (MON-8).
pub(super) fn execution_deviation(model: &Model, campaign: &Campaign, _: &str) -> Option<Figure> {
    let (off, due) = deviation(campaign, model.as_of);
    portion(off, due)
}

/// Tasks that are late or open, of all that are due.
pub fn deviation(campaign: &Campaign, as_of: Date) -> (usize, usize) {
    let nodes = campaign.schedule.iter().flat_map(|s| &s.milestones).map(|m| m.standing(as_of));
    let items = campaign.checklist.iter().filter_map(|i| i.standing(as_of));
    let is_due = |s: &Standing| !matches!(s, Standing::Open { .. });
    nodes.chain(items).filter(is_due).fold((0, 0), |(off, due), standing| match standing {
        Standing::Done { late: 0 } => (off, due + 1),
        _ => (off + 1, due + 1),
    })
}

/// Days of the plan on which nothing is due: from the start of preparation to Z, live days left out (BUF-1).
pub fn free(campaign: &Campaign, schedule: &Schedule) -> (Vec<Date>, usize) {
    let busy: BTreeSet<Date> =
        schedule.milestones.iter().map(|m| m.due).chain(campaign.checklist.iter().filter_map(|i| i.due)).collect();
    let first = campaign.preparation.map_or(schedule.first, |p| p.value);
    let days = crate::base::DateRange::new(first, schedule.window.last);
    let all: Vec<Date> = days.into_iter().flat_map(crate::base::DateRange::iter).collect();
    let is_free = |day: &Date| !schedule.window.contains(*day) && !busy.contains(day);
    (all.iter().copied().filter(is_free).collect(), all.len())
}

/// Free days ÷ days from the start of preparation to Z (BUF-1).
pub(super) fn free_days(_: &Model, campaign: &Campaign, _: &str) -> Option<Figure> {
    let schedule = campaign.schedule.as_ref()?;
    let (free, all) = free(campaign, schedule);
    Some(portion(free.len(), all)?.at(Some(schedule.start_span)))
}

/// Planned and real length of a campaign's work in days: from its first node to its last but one that is done, the
/// report of the weeks after left out, since waiting is no work.
fn lengths(campaign: &Campaign) -> Option<(i64, i64)> {
    let schedule = campaign.schedule.as_ref()?;
    let last = schedule.milestones.iter().rev().nth(1).filter(|m| m.done.is_some())?;
    let real = last.done?.value;
    Some((schedule.first.until(last.due) + 1, schedule.first.until(real) + 1))
}

/// How much longer campaigns took than planned, on average (PRG-7).
pub(super) fn cycle_overrun<'a>(model: &'a Model, programme: &'a Programme, _: &str) -> Option<Figure> {
    let all: Vec<(&Campaign, (i64, i64))> = model.held_of(programme).filter_map(|c| Some((c, lengths(c)?))).collect();
    let (planned, real) = all.iter().fold((0, 0), |(p, r), (_, (a, b))| (p + a, r + b));
    let share = crate::base::Share::of(i128::from(real - planned), i128::from(planned))?;
    let longer = all.iter().filter(|(_, (p, r))| r > p).map(|(c, _)| *c);
    Some(Figure::share(share).because(longer))
}

/// Longest less shortest, ÷ the mean, of the work of campaigns that are done (PRG-7).
pub(super) fn cycle_spread<'a>(model: &'a Model, programme: &'a Programme, _: &str) -> Option<Figure> {
    let all: Vec<i64> = model.held_of(programme).filter_map(|c| Some(lengths(c)?.1)).collect();
    let (least, most) = (all.iter().min()?, all.iter().max()?);
    let sum: i64 = all.iter().sum();
    let spread = i128::from(most - least) * i128::try_from(all.len()).ok()?;
    let share = crate::base::Share::of(spread, i128::from(sum))?;
    Some(Figure::share(share))
}

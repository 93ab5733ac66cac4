//! The programme of a year: one rule a file.

mod anchor;
mod chapter;
mod duplicate_spend;
mod even;
mod gap;
mod month_gap;
mod orphan;
mod rhythm;
mod stages;
mod year;

use super::Check;
use crate::base::{DateRange, Span};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::programme::Programme;

/// The family, in order of code.
pub(crate) static CHECKS: &[&Check] = &[
    &anchor::CHECK,
    &chapter::CHECK,
    &duplicate_spend::CHECK,
    &even::CHECK,
    &gap::CHECK,
    &month_gap::CHECK,
    &orphan::CHECK,
    &rhythm::CHECK,
    &stages::CHECK,
    &year::CHECK,
];

/// The campaigns of a programme that were not called off; one that names no programme there is counts by its year.
///
/// The wrong name is reported where it stands; sums and counts of the year need not suffer from it too.
pub(crate) fn members<'a>(model: &'a Model, programme: &'a Programme) -> impl Iterator<Item = &'a Campaign> {
    model.held().filter(|c| is_of(model, programme, c))
}

/// The campaigns of a programme that were called off: only what was spent on them still counts.
pub(crate) fn called_off<'a>(model: &'a Model, programme: &'a Programme) -> impl Iterator<Item = &'a Campaign> {
    model.campaigns.iter().filter(|c| c.called_off.is_some() && is_of(model, programme, c))
}

fn is_of(model: &Model, programme: &Programme, campaign: &Campaign) -> bool {
    match home(model, campaign) {
        Some(home) => home.id == programme.id,
        None => campaign.start.is_some_and(|s| s.value.year() == programme.year),
    }
}

/// Whether some campaign's year cannot be told: counts and sums of any year may lack it.
pub(crate) fn has_strays(model: &Model) -> bool {
    model.held().any(|c| home(model, c).is_none() && c.start.is_none())
}

/// The programme a campaign names.
fn home<'a>(model: &'a Model, campaign: &Campaign) -> Option<&'a Programme> {
    campaign.programme.as_ref().and_then(|p| model.programme(&p.value))
}

/// The words of the programme's year.
fn year_span(programme: &Programme) -> Span {
    programme.written.span("year").unwrap_or(programme.span)
}

/// The days a campaign is live: T to Z, or T alone while Z is broken.
fn live(campaign: &Campaign) -> Option<DateRange> {
    let start = campaign.start?.value;
    let end = campaign.end.map_or(start, |e| e.value);
    DateRange::new(start, end).or_else(|| DateRange::new(start, start))
}

/// Whether a campaign is live in a month of the programme's year.
fn in_month(programme: &Programme, month: i64, campaign: &Campaign) -> bool {
    let days = u8::try_from(month).ok().and_then(|m| DateRange::month(programme.year, m));
    days.zip(live(campaign)).is_some_and(|(days, live)| days.overlaps(live))
}

//! Alerts (ALR-1 … ALR-3): readings that are off the target in force, how urgent they are, and how long an answer may take.
//!
//! A reading counts from the first day of promotion on, up to the day of judgement, unless its window says `before` or `after`:
//! what was measured before the plan began, or weeks later, starts no clock of hours. Readings of one metric that are off on
//! the same side one after another are one alert, raised with the first. Clocks run until the review is closed.

use super::Model;
use super::answer::Answer;
use super::campaign::{Campaign, Kpi};
use super::measure::{Lane, lane};
use super::results::{Reading, Window};
use crate::base::{Date, Moment, Quantity, Share};
use crate::policy::{BandMode, Direction, Metric, MetricUnit, Policy, UrgencyLevel};

/// On which side of the target a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Worse than wanted: something must be done.
    Worse,
    /// Better than wanted: adding resources or ending early is to be decided.
    Better,
}

/// The values around a target that are no alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The target in force.
    pub target: Quantity,
    /// Half the width of the band.
    pub width: Quantity,
    /// The value that is too bad whatever the target.
    pub floor: Option<Quantity>,
    /// Whether a better value is simply good.
    pub one_sided: bool,
    /// Which way is good.
    pub direction: Direction,
}

impl Band {
    /// The band of a target.
    pub fn of(kpi: &Kpi, metric: &Metric, policy: &Policy) -> Self {
        let row = metric.alert.as_ref();
        let target = kpi.current();
        let band = row.and_then(|r| r.band).unwrap_or_else(|| Quantity::whole(policy.figure("alert-band")));
        let is_rate = matches!(metric.unit, Some(MetricUnit::Percent | MetricUnit::Points));
        let points = match (row.and_then(|r| r.mode), policy.choice("alert-mode")) {
            (Some(mode), _) => mode == BandMode::Points,
            (None, "points") => true,
            (None, "relative") => false,
            (None, _) => is_rate,
        };
        let relative = || {
            let share = i128::from(target.0.saturating_abs()) * i128::from(band.0) / i128::from(Quantity::whole(100).0);
            Quantity(i64::try_from(share).unwrap_or(i64::MAX))
        };
        Self {
            target,
            width: if points { band } else { relative() },
            floor: row.and_then(|r| r.floor),
            one_sided: row.is_some_and(|r| r.one_sided),
            direction: metric.direction.unwrap_or(Direction::Higher),
        }
    }

    /// The value at the edge of the band on a side.
    pub fn limit(&self, side: Side) -> Quantity {
        let down = (side == Side::Worse) == (self.direction != Direction::Lower);
        let width = if down { self.width.0.saturating_neg() } else { self.width.0 };
        Quantity(self.target.0.saturating_add(width))
    }

    /// The side of the target a value is on; none when it is the target.
    fn side(&self, value: Quantity) -> Option<Side> {
        use std::cmp::Ordering::{Equal, Greater, Less};
        Some(match (self.direction, value.cmp(&self.target)) {
            (_, Equal) => return None,
            (Direction::Range, _) | (Direction::Higher, Less) | (Direction::Lower, Greater) => Side::Worse,
            (Direction::Higher, Greater) | (Direction::Lower, Less) => Side::Better,
        })
    }

    /// Whether a value is past the floor, which for lower-is-better is a ceiling.
    pub fn is_past_floor(&self, value: Quantity) -> bool {
        self.floor.is_some_and(|floor| match self.direction {
            Direction::Lower => value > floor,
            Direction::Higher | Direction::Range => value < floor,
        })
    }

    /// Whether a value is further from the target than so many bands.
    fn is_beyond(&self, value: Quantity, bands: Quantity) -> bool {
        let distance = (i128::from(value.0) - i128::from(self.target.0)).abs();
        distance * i128::from(Quantity::whole(1).0) > i128::from(self.width.0) * i128::from(bands.0)
    }

    /// The most urgent level that fits a value, and its side; none where nothing is off.
    pub fn level<'p>(&self, value: Quantity, policy: &'p Policy) -> Option<(&'p str, &'p UrgencyLevel, Side)> {
        let floor = self.is_past_floor(value);
        let side = if floor { Side::Worse } else { self.side(value)? };
        if side == Side::Better && self.one_sided {
            return None;
        }
        let fits =
            |row: &UrgencyLevel| (row.floor && floor) || row.bands.is_some_and(|bands| self.is_beyond(value, bands));
        levels(policy).into_iter().find(|(_, row)| fits(row)).map(|(id, row)| (id, row, side))
    }
}

/// The levels of alerts, the shortest clock first.
pub fn levels(policy: &Policy) -> Vec<(&str, &UrgencyLevel)> {
    let mut levels: Vec<_> =
        policy.rows.levels.find("alert").into_iter().flat_map(crate::sources::shape::Entries::iter).collect();
    levels.sort_by_key(|(_, row)| row.respond_hours);
    levels
}

/// Readings of one metric that are off on the same side one after another.
#[derive(Clone, Copy, Debug)]
pub struct Alert<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The target.
    pub kpi: &'a Kpi,
    /// Its metric.
    pub metric: &'a Metric,
    /// The values that would be no alert.
    pub band: Band,
    /// Which side they are off on.
    pub side: Side,
    /// The most urgent level among the readings: id and row.
    pub level: (&'a str, &'a UrgencyLevel),
    /// The first reading: it raised the alert.
    pub first: &'a Reading,
    /// The latest reading that is off.
    pub last: &'a Reading,
    /// The reading that was back in the band.
    pub back: Option<&'a Reading>,
    /// What was answered.
    pub answer: Option<&'a Answer>,
    /// When the analysis is due.
    pub report_by: Moment,
    /// When somebody must have answered.
    pub respond_by: Moment,
    /// Whether clocks run still: the review is not closed.
    pub is_live: bool,
}

impl Alert<'_> {
    /// Whether an answer is to this alert: raised between its first reading and the one that was back.
    pub fn is_answered_by(&self, answer: &Answer) -> bool {
        let day = answer.raised.value.day;
        answer.metric.value == self.kpi.metric.value
            && day >= self.first.date.value
            && self.back.is_none_or(|back| day <= back.date.value)
    }
    /// When it was raised: as answered, else on the day of its reading.
    pub fn raised(&self) -> Moment {
        self.answer.map_or_else(|| self.first.date.value.into(), |a| a.raised.value)
    }
    /// Whether nobody answered, and somebody still should.
    pub fn is_unanswered(&self) -> bool {
        self.answer.is_none() && self.is_live
    }
    /// Whether its analysis, of success the decision, is still to come.
    pub fn is_open(&self) -> bool {
        let is_settled = |a: &Answer| match self.side {
            Side::Worse => a.report.is_some(),
            Side::Better => a.decision.is_some() || a.report.is_some(),
        };
        self.is_live && !self.answer.is_some_and(is_settled)
    }
    /// Whether the analysis was handed in after its clock.
    pub fn is_late(&self) -> bool {
        self.answer.and_then(|a| a.report.as_ref()).is_some_and(|r| r.value.is_after(self.report_by))
    }
    /// Whether the analysis is missing although its clock has run out on a day.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && today > self.report_by.day
    }
}

/// Whether a reading can raise an alert.
fn counts(model: &Model, campaign: &Campaign, reading: &Reading) -> bool {
    let day = reading.date.value;
    let begun = campaign.schedule.as_ref().is_some_and(|s| day >= s.promotion.min(s.window.first));
    begun && day <= model.as_of && !matches!(reading.window, Some(Window::Before | Window::After))
}

/// The alerts of a campaign in the order of its targets, then by date.
pub fn of_campaign<'a>(model: &'a Model, campaign: &'a Campaign) -> Vec<Alert<'a>> {
    let policy = &model.policy;
    let is_live = lane(campaign, policy, model.as_of).is_some_and(|lane| lane != Lane::Closed);
    let mut alerts = Vec::new();
    for (place, kpi) in campaign.kpis.iter().enumerate() {
        let word = &kpi.metric.value;
        // A second target for the metric is `kpi/duplicate`.
        let again = campaign.kpis[..place].iter().any(|k| k.metric.value == *word);
        let Some(metric) = policy.metric(word).filter(|_| !again && kpi.sound) else { continue };
        let band = Band::of(kpi, metric, policy);
        let mine = |r: &&Reading| r.metric.value == *word && counts(model, campaign, r);
        let mut readings: Vec<&Reading> = campaign.results.readings.iter().filter(mine).collect();
        readings.sort_by_key(|r| r.date.value);
        let judged: Vec<_> = readings.iter().map(|r| (*r, band.level(r.value.value, policy))).collect();
        for run in judged.chunk_by(|a, b| a.1.map(|l| l.2) == b.1.map(|l| l.2)) {
            let (Some((first, Some((_, _, side)))), Some((last, _))) = (run.first(), run.last()) else { continue };
            let off = run.iter().filter_map(|(_, level)| level.map(|(id, row, _)| (id, row)));
            let Some(level) = off.min_by_key(|(_, row)| row.respond_hours) else { continue };
            let back = readings.iter().copied().skip_while(|r| !std::ptr::eq(*r, *last)).nth(1);
            let mut alert = Alert {
                campaign,
                kpi,
                metric,
                band,
                side: *side,
                level,
                first,
                last,
                back,
                answer: None,
                report_by: first.date.value.into(),
                respond_by: first.date.value.into(),
                is_live,
            };
            alert.answer = campaign.results.answers.iter().find(|a| alert.is_answered_by(a));
            alert.report_by = alert.raised().plus_hours(policy.figure("alert-report-hours"));
            alert.respond_by = alert.raised().plus_hours(level.1.respond_hours.unwrap_or(0));
            alerts.push(alert);
        }
    }
    alerts
}

/// The alerts of all campaigns: campaigns in order, open ones are whatever `is_open` says.
pub fn all(model: &Model) -> impl Iterator<Item = Alert<'_>> {
    model.campaigns.iter().flat_map(|campaign| of_campaign(model, campaign))
}

/// How far a metric was on a day: latest value ÷ target in force, turned round for lower-is-better (BUF-5, BUF-6).
pub fn attained(model: &Model, campaign: &Campaign, metric: &str, day: Date) -> Option<Share> {
    let kpi = campaign.kpi(metric)?;
    let value = campaign.results.reading_until(metric, day)?.value.value;
    let lower = model.policy.metric(metric).and_then(|m| m.direction) == Some(Direction::Lower);
    let (part, whole) = if lower { (kpi.current(), value) } else { (value, kpi.current()) };
    (part.0 >= 0 && whole.0 > 0).then(|| part.share_of(whole)).flatten()
}

//! Points in time on the wall clock of the playbook: a day, and the hour where somebody wrote it.

use super::Date;
use std::fmt;

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// A day, perhaps with an hour: `2026-09-15` or `2026-09-15T10:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// Minutes since midnight, where the hour is known.
    pub minutes: Option<i64>,
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Self { day, minutes: None }
    }
}

impl Moment {
    /// Reads `2026-09-15`, `2026-09-15T10:30`, `2026-09-15 10:30:00`: local time, without a zone.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((day, time)) = text.split_once(['T', 't', ' ']) else { return Date::parse(text).map(Self::from) };
        let mut parts = time.split(':');
        let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("00"));
        let within = |s: &str, end: i64| {
            let number = (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i64>().ok())??;
            (number < end).then_some(number)
        };
        within(second.split('.').next()?, 60).filter(|_| parts.next().is_none())?;
        let minutes = within(hour, 24)? * 60 + within(minute, 60)?;
        Some(Self { day: Date::parse(day)?, minutes: Some(minutes) })
    }

    /// Some hours later. Where the hour is unknown, so many days as the hours begin.
    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Self {
        match self.minutes {
            Some(minutes) => {
                let all = minutes.saturating_add(hours.saturating_mul(60));
                Self { day: self.day.plus(all.div_euclid(DAY)), minutes: Some(all.rem_euclid(DAY)) }
            }
            None => Self { day: self.day.plus(hours.saturating_add(23).div_euclid(24)), minutes: None },
        }
    }

    /// Whether it is later than another; by day alone where one of the hours is unknown.
    pub fn is_after(self, other: Self) -> bool {
        match (self.minutes, other.minutes) {
            (Some(mine), Some(theirs)) => (self.day, mine) > (other.day, theirs),
            _ => self.day > other.day,
        }
    }

    /// Hours until another, begun ones counted whole; none where one of the hours is unknown.
    pub fn hours_until(self, other: Self) -> Option<i64> {
        let minutes = self.day.until(other.day) * DAY + other.minutes? - self.minutes?;
        Some(minutes.saturating_add(59).div_euclid(60))
    }

    /// The hour, `10:30`, where it is known.
    pub fn hour(self) -> Option<String> {
        self.minutes.map(|m| format!("{:02}:{:02}", m / 60, m % 60))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.hour() {
            Some(hour) => write!(f, "{} {hour}", self.day),
            None => fmt::Display::fmt(&self.day, f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn a_clock_of_hours_runs_over_midnight_and_one_of_a_day_over_days() {
        assert_eq!(at("2026-09-15T10:30:00").plus_hours(48).to_string(), "2026-09-17 10:30");
        assert_eq!(at("2026-12-31 23:00").plus_hours(4).to_string(), "2027-01-01 03:00");
        assert_eq!(at("2026-09-15").plus_hours(48).to_string(), "2026-09-17");
        assert_eq!(at("2026-09-15").plus_hours(4).to_string(), "2026-09-16");
        assert_eq!(at("2026-09-15").plus_hours(0).to_string(), "2026-09-15");
    }

    #[test]
    fn hours_are_compared_where_both_are_known_and_days_otherwise() {
        assert!(at("2026-09-15T10:31").is_after(at("2026-09-15T10:30")));
        assert!(!at("2026-09-15T10:31").is_after(at("2026-09-15")));
        assert_eq!(at("2026-09-15T10:30").hours_until(at("2026-09-16T11:00")), Some(25));
        assert_eq!(at("2026-09-15").hours_until(at("2026-09-16T11:00")), None);
    }

    #[test]
    fn what_is_no_local_time_is_not_read() {
        for wrong in ["2026-09-15T25:00", "2026-09-15T10:30Z", "2026-09-15T10", "10:30", "2026-9-15"] {
            assert_eq!(Moment::parse(wrong), None, "{wrong}");
        }
    }
}

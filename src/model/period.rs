//! Stretches of the calendar that come round again: days, ISO weeks, months, quarters, halves, years.

use crate::base::{Date, DateRange};
use crate::policy::Every;
use std::fmt;

/// One such stretch: how long it is, and its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// How long.
    pub every: Every,
    /// First and last day.
    pub days: DateRange,
}

impl Period {
    /// The period of this length that a day lies in.
    pub fn of(every: Every, day: Date) -> Self {
        let months = |length: u8| {
            let first = (day.month() - 1) / length * length + 1;
            let at = |month| Date::new(day.year(), month, 1).expect("bug: a month without a first day");
            DateRange { first: at(first), last: at(first + length - 1).month_end() }
        };
        let days = match every {
            Every::Day => DateRange { first: day, last: day },
            Every::Week => DateRange { first: day.week_start(), last: day.week_start().plus(6) },
            Every::Month => months(1),
            Every::Quarter => months(3),
            Every::HalfYear => months(6),
            Every::Year => months(12),
        };
        Self { every, days }
    }

    /// Reads `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-W12` or `2026-03-12`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(day) = Date::parse(text) {
            return Some(Self::of(Every::Day, day));
        }
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        let year: i16 = digits(year, 4).then(|| year.parse().ok())??;
        let number = |s: &str, n: usize| digits(s, n).then(|| s.parse::<u8>().ok())?;
        let (every, month) = match (rest.get(..1), rest.get(1..)) {
            _ if text.len() == 4 => (Every::Year, 1),
            (Some("H" | "h"), Some(n)) => (Every::HalfYear, number(n, 1).filter(|n| (1..=2).contains(n))? * 6 - 5),
            (Some("Q" | "q"), Some(n)) => (Every::Quarter, number(n, 1).filter(|n| (1..=4).contains(n))? * 3 - 2),
            (Some("W" | "w"), Some(n)) => return Self::week(year, number(n, 2)?),
            _ => (Every::Month, number(rest, 2)?),
        };
        Date::new(year, month, 1).map(|day| Self::of(every, day))
    }

    fn week(year: i16, week: u8) -> Option<Self> {
        // The fourth of January is always in week 1.
        let monday = Date::new(year, 1, 4)?.week_start().plus((i64::from(week) - 1) * 7);
        (monday.iso_week() == (year, week)).then(|| Self::of(Every::Week, monday))
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.every, self.days.last.plus(1))
    }

    /// The one before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.every, self.days.first.plus(-1))
    }

    /// The periods of the same length up to `last`, this one first.
    pub fn until(self, last: Date) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |p| Some(p.next())).take_while(move |p| p.days.first <= last)
    }
}

/// As authors write it.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.days.first;
        let (year, month) = (first.year(), first.month());
        match self.every {
            Every::Day => write!(f, "{first}"),
            Every::Week => {
                let (year, week) = first.iso_week();
                write!(f, "{year:04}-W{week:02}")
            }
            Every::Month => write!(f, "{year:04}-{month:02}"),
            Every::Quarter => write!(f, "{year:04}-Q{}", first.quarter()),
            Every::HalfYear => write!(f, "{year:04}-H{}", (month - 1) / 6 + 1),
            Every::Year => write!(f, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Period {
        Period::parse(text).unwrap_or_else(|| panic!("{text} is no period"))
    }

    #[test]
    fn every_period_is_written_as_it_is_read() {
        for text in
            ["2026", "2026-H1", "2026-H2", "2026-Q1", "2026-Q4", "2024-02", "2026-W01", "2026-W53", "2026-03-12"]
        {
            assert_eq!(of(text).to_string(), text);
        }
        for wrong in
            ["26", "2026-H3", "2026-Q0", "2026-13", "2025-W53", "2026-W00", "2026-3", "2026-02-30", "2026-", "二〇二六"]
        {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn months_quarters_and_weeks_have_the_calendars_lengths() {
        let days = |text: &str| of(text).days.days();
        assert_eq!(
            ["2024-02", "2026-02", "2026-Q1", "2024-H1", "2026", "2026-W53"].map(days),
            [29, 28, 90, 182, 365, 7]
        );
        assert_eq!(of("2026-W53").days.last.to_string(), "2027-01-03");
        assert_eq!(of("2026-W53").next().to_string(), "2027-W01");
        assert_eq!(of("2026-Q1").previous().to_string(), "2025-Q4");
        assert_eq!(of("2026-H2").next().to_string(), "2027-H1");
    }
}

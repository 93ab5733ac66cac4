//! Calendar dates. The date library stays behind this file.

use serde::{Serialize, Serializer};
use std::fmt;

/// A civil date, 1970-01-01 to 9999-12-31 in practice; prints as ISO 8601.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// Day of the week, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// 0 for Monday … 6 for Sunday.
    pub fn index(self) -> usize {
        self as usize
    }
}

impl Date {
    /// A date from its parts, if there is such a day.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
        (digits(y, 4) && digits(m, 2) && digits(d, 2)).then_some(())?;
        Self::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    /// The day that a moment (seconds since 1970-01-01T00:00:00Z) falls on in an IANA time zone.
    /// `None` when the zone is unknown or the moment out of range.
    pub fn at(seconds: i64, zone: &str) -> Option<Self> {
        let zone = jiff::tz::TimeZone::get(zone).ok()?;
        Some(Self(jiff::Timestamp::from_second(seconds).ok()?.to_zoned(zone).date()))
    }

    /// Whether `zone` is a time zone this binary knows.
    pub fn knows_zone(zone: &str) -> bool {
        jiff::tz::TimeZone::get(zone).is_ok()
    }

    /// Year.
    pub fn year(self) -> i16 {
        self.0.year()
    }
    /// Month, 1–12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }
    /// Day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }
    /// Quarter, 1–4.
    pub fn quarter(self) -> u8 {
        (self.month() - 1) / 3 + 1
    }
    /// Day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[self.0.weekday().to_monday_zero_offset().unsigned_abs() as usize]
    }
    /// ISO 8601 week: its year (may differ from the calendar year) and number.
    pub fn iso_week(self) -> (i16, u8) {
        let week = self.0.iso_week_date();
        (week.year(), week.week().unsigned_abs())
    }
    /// This date moved by `days`, which may be negative; stops at the ends of the calendar.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        let limit = if days < 0 { jiff::civil::Date::MIN } else { jiff::civil::Date::MAX };
        let span = jiff::Span::new().try_days(days);
        Self(span.and_then(|s| self.0.checked_add(s)).unwrap_or(limit))
    }
    /// Days from `self` to `other`; negative when `other` is earlier.
    pub fn until(self, other: Self) -> i64 {
        self.0.duration_until(other.0).as_hours() / 24
    }
    /// First day of the month.
    #[must_use]
    pub fn month_start(self) -> Self {
        Self(self.0.first_of_month())
    }
    /// Last day of the month.
    #[must_use]
    pub fn month_end(self) -> Self {
        Self(self.0.last_of_month())
    }
    /// Monday of this date's week.
    #[must_use]
    pub fn week_start(self) -> Self {
        self.plus(-i64::try_from(self.weekday().index()).unwrap_or(0))
    }
    /// `YYYY-MM`.
    pub fn year_month(self) -> String {
        format!("{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// Days from `first` to `last`, both inclusive; `first <= last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DateRange {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl DateRange {
    /// The range, unless it ends before it begins.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }
    /// Length in days, at least 1.
    pub fn days(self) -> i64 {
        self.first.until(self.last) + 1
    }
    /// Whether a day lies within.
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
    /// Whether two ranges share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
    /// Every day in order.
    pub fn iter(self) -> impl Iterator<Item = Date> {
        (0..self.days()).map(move |n| self.first.plus(n))
    }
    /// The calendar month `month` (1–12) of `year`.
    pub fn month(year: i16, month: u8) -> Option<Self> {
        let first = Date::new(year, month, 1)?;
        Some(Self { first, last: first.month_end() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_over_a_leap_day_counts_it() {
        let first = Date::parse("2024-02-27").unwrap();
        assert_eq!(first.plus(3).to_string(), "2024-03-01");
        assert_eq!(first.until(Date::parse("2024-03-01").unwrap()), 3);
        assert_eq!(Date::parse("2024-03-01").unwrap().until(first), -3);
    }

    #[test]
    fn the_last_days_of_2026_belong_to_week_53() {
        assert_eq!(Date::parse("2027-01-01").unwrap().iso_week(), (2026, 53));
    }

    #[test]
    fn only_whole_iso_dates_are_read() {
        for wrong in ["2026-2-01", "2026-02-30", "20260201", "+2026-02-01", "2026-02-01T00:00"] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn today_depends_on_the_zone() {
        let late_evening_utc = 1_767_222_000; // 2025-12-31T23:00:00Z
        assert_eq!(Date::at(late_evening_utc, "UTC").unwrap().to_string(), "2025-12-31");
        assert_eq!(Date::at(late_evening_utc, "Asia/Shanghai").unwrap().to_string(), "2026-01-01");
    }
}

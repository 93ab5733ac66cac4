//! Working days: weekends, public holidays and make-up workdays of a region.

use crate::base::{Date, DateRange, FileId, Found, Id, Span, Spanned, Text, Weekday};
use crate::shape;
use crate::sources::shape::Record;
use crate::sources::{Sources, toml};
use std::collections::BTreeMap;

shape! {
    /// `content/calendars/*.toml` as written.
    pub struct RawCalendar {
        /// Region the calendar is for.
        "region" region: required Spanned<Id>,
        /// The year it covers.
        "year" year: required Spanned<i64>,
        /// Whether the year's days are all known.
        "complete" complete: default bool,
        /// Where the days come from.
        "source" source: default String,
        /// Public holidays.
        "holiday" holidays: list RawHoliday,
        /// Make-up working days.
        "workday" workdays: list RawWorkday,
    }
}

shape! {
    /// A public holiday.
    pub struct RawHoliday {
        /// Name.
        "name" name: needed Text,
        /// First day.
        "from" from: required Spanned<Date>,
        /// Last day.
        "to" to: optional Spanned<Date>,
    }
}

shape! {
    /// A working day on a weekend.
    pub struct RawWorkday {
        /// The day.
        "date" date: required Spanned<Date>,
        /// The holiday it makes up for.
        "for" reason: optional Text,
    }
}

/// What a calendar says of one day.
#[derive(Clone, Debug)]
pub enum Marked {
    /// A day off with its holiday's name.
    Holiday(Text),
    /// A make-up working day, and for what.
    Workday(Option<Text>),
}

/// One year of one region.
#[derive(Clone, Debug)]
pub struct CalendarYear {
    /// Whether all days are known; else the year is provisional.
    pub complete: bool,
    /// Where the days come from.
    pub source: String,
    /// The file.
    pub file: FileId,
}

/// The calendar of one region.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Years with data.
    pub years: BTreeMap<i16, CalendarYear>,
    /// Days that differ from the week's rule.
    pub days: BTreeMap<Date, Marked>,
    /// Days that cannot be meant as they are written: for the check.
    pub misplaced: Vec<(Span, Misplaced)>,
}

/// What is wrong with a day of a calendar file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// A holiday that ends before it begins.
    Reversed {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// A holiday longer than any holiday.
    Endless {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
    /// A day in another year than the file's.
    OtherYear {
        /// The day.
        day: Date,
        /// The file's year.
        year: i16,
    },
}

/// Longest holiday in days that is believed; a longer one is a slip in the year or month.
const LONGEST_HOLIDAY: i64 = 60;

impl Calendar {
    /// Whether people work on this day. Saturday and Sunday are off unless made up for.
    pub fn is_working(&self, day: Date) -> bool {
        match self.days.get(&day) {
            Some(Marked::Holiday(_)) => false,
            Some(Marked::Workday(_)) => true,
            None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The holiday on this day.
    pub fn holiday(&self, day: Date) -> Option<&Text> {
        match self.days.get(&day) {
            Some(Marked::Holiday(name)) => Some(name),
            _ => None,
        }
    }

    /// The day `n` working days after `day` (before it when negative). `day` itself is not counted; 0 gives `day`.
    pub fn plus_working(&self, day: Date, n: i64) -> Date {
        let step = n.signum();
        let mut left = n.abs();
        let mut at = day;
        // A year of holidays in a row cannot be: the loop is bounded by the calendar's ends.
        while left > 0 {
            let next = at.plus(step);
            if next == at {
                break;
            }
            at = next;
            if self.is_working(at) {
                left -= 1;
            }
        }
        at
    }

    /// The nearest working day to `day`: itself, else the closer neighbour, the earlier one on a tie.
    pub fn nearest_working(&self, day: Date) -> Date {
        (0..400).flat_map(|n| [day.plus(-n), day.plus(n)]).find(|d| self.is_working(*d)).unwrap_or(day)
    }

    /// Whether this day's year is known in full.
    pub fn is_certain(&self, day: Date) -> bool {
        self.years.get(&day.year()).is_some_and(|y| y.complete)
    }
}

/// All calendars by region.
#[derive(Clone, Debug, Default)]
pub struct Calendars {
    /// By region.
    pub regions: BTreeMap<Id, Calendar>,
    plain: Calendar,
}

impl Calendars {
    /// The calendar of a region; one with weekends only when there is none.
    pub fn of(&self, region: Option<&Id>) -> &Calendar {
        region.and_then(|r| self.regions.get(r)).unwrap_or(&self.plain)
    }

    /// Reads `content/calendars/`.
    pub(crate) fn read(sources: &Sources, found: &mut Found) -> Self {
        let mut calendars = Self::default();
        for (path, file) in sources.under("content/calendars/") {
            let Some(text) = sources.text(file).filter(|_| path.ends_with(".toml")) else { continue };
            let table = found.keep(toml::parse(file, text, 0));
            let raw = RawCalendar::read(&table, found);
            let (Some(region), Some(year)) = (raw.region, raw.year) else { continue };
            let Ok(year) = i16::try_from(year.value) else { continue };
            let calendar = calendars.regions.entry(region.value).or_default();
            calendar.years.insert(year, CalendarYear { complete: raw.complete, source: raw.source, file });
            for holiday in raw.holidays {
                let Some(from) = holiday.from else { continue };
                let to = holiday.to.unwrap_or(from);
                let span = to.span;
                let days = DateRange::new(from.value, to.value);
                let Some(range) = days.filter(|range| range.days() <= LONGEST_HOLIDAY) else {
                    let (from, to) = (from.value, to.value);
                    let wrong =
                        if days.is_none() { Misplaced::Reversed { from, to } } else { Misplaced::Endless { from, to } };
                    calendar.misplaced.push((span, wrong));
                    continue;
                };
                for day in range.iter() {
                    calendar.days.insert(day, Marked::Holiday(holiday.name.clone()));
                }
                if from.value.year() != year && to.value.year() != year {
                    calendar.misplaced.push((from.span, Misplaced::OtherYear { day: from.value, year }));
                }
            }
            for workday in raw.workdays {
                let Some(date) = workday.date else { continue };
                calendar.days.insert(date.value, Marked::Workday(workday.reason));
                if date.value.year() != year {
                    calendar.misplaced.push((date.span, Misplaced::OtherYear { day: date.value, year }));
                }
            }
        }
        calendars
    }
}

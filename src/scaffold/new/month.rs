//! When the next campaign can be: a free month, and a first day in it that leaves people their days off.

use super::Ground;
use crate::base::{Date, DateRange, FileId, Found, Id, Said, Span, Spanned, Subject};
use crate::model::campaign::{Context, owner_of};
use crate::model::milestone::{self, Schedule};
use crate::model::programme::{Cadence, Programme};
use crate::policy::Scale;
use crate::said;
use crate::sources::shape::Entries;

/// Months that are looked at until the search for a free one is given up.
const MONTHS: usize = 60;

/// First and last day of a live window.
pub(super) type Window = DateRange;

impl Ground<'_> {
    /// Days a live window of this scale lasts: the middle of what policy wants.
    pub(super) fn length(&self, scale: &Scale) -> i64 {
        let days = scale.live_days.as_ref().and_then(|d| Some((d.min? + d.max?) / 2));
        days.unwrap_or_else(|| self.model.policy.figure("new-campaign-days")).max(1)
    }

    /// The next free month's best window, and whether a big promotion falls into it.
    ///
    /// A month is free when no campaign is live in it and no programme says why it has none; the search begins
    /// `new-campaign-months` months of the rhythm after this one (CAL-12), and a month that leaves less than the scale's lead time is
    /// passed over.
    ///
    /// # Errors
    /// When no month of the next years is free.
    pub(super) fn next_window(&self, scale: &Scale, owner: &Id) -> Result<(Window, bool), Said> {
        let ahead = usize::try_from(self.model.policy.figure("new-campaign-months")).unwrap_or(0);
        let mut month = self.model.as_of.month_start();
        let mut passed = 0;
        for _ in 0..MONTHS {
            let programme = self.year(month.year());
            let is_first = programme.is_none_or(|p| p.cadence == Cadence::Monthly) || month.month() % 3 == 1;
            if passed >= ahead
                && self.is_free(month, programme)
                && let Some(found) = self.window_in(month, programme, scale, owner)
                && found.0.first.plus(-scale.lead_days.unwrap_or(0)) >= self.model.as_of
            {
                return Ok(found);
            }
            month = month.month_end().plus(1);
            // A quarter is passed with its last month.
            passed += usize::from(is_first);
        }
        Err(said!(
            "no month of the next years is free: give the first day with --start",
            "今后几年没有空闲的月份：请用 --start 指定首日"
        ))
    }

    pub(super) fn year(&self, year: i16) -> Option<&Programme> {
        self.model.programmes.iter().find(|p| p.year == year)
    }

    fn is_free(&self, month: Date, programme: Option<&Programme>) -> bool {
        let has_gap = programme.is_some_and(|p| p.gaps.iter().any(|(m, _)| m.value == i64::from(month.month())));
        let is_quarterly = programme.is_some_and(|p| p.cadence == Cadence::Quarterly);
        let days = DateRange { first: month, last: month.month_end() };
        let taken = |window: DateRange| {
            let same_quarter = window.first.year() == month.year() && window.first.quarter() == month.quarter();
            window.overlaps(days) || (is_quarterly && same_quarter)
        };
        !has_gap && !self.model.dated().any(|(_, schedule)| taken(schedule.window))
    }

    /// The window in a month: on the days of a big promotion, else where most people take part and fewest nodes fall on days off.
    fn window_in(
        &self,
        month: Date,
        programme: Option<&Programme>,
        scale: &Scale,
        owner: &Id,
    ) -> Option<(Window, bool)> {
        let length = self.length(scale);
        let anchor = programme.and_then(|p| {
            p.anchors.iter().find(|a| (a.from.value.year(), a.from.value.month()) == (month.year(), month.month()))
        });
        if let Some(anchor) = anchor {
            return DateRange::new(anchor.from.value, anchor.to.value.max(anchor.from.value)).map(|w| (w, true));
        }
        let peak = programme.and_then(|p| p.peak);
        let middle = peak.map_or_else(|| self.model.policy.figure("new-campaign-day"), |p| p.from.value);
        let centre = month.plus(middle - 1);
        let range = self.model.policy.figure("new-campaign-shift");
        let windows = (-range..=range).filter_map(|shift| {
            let window = DateRange::new(centre.plus(shift), centre.plus(shift + length - 1))?;
            let inside = window.first >= month && window.last <= month.month_end();
            let at_peak = peak.is_none_or(|p| window.iter().any(|day| p.contains(day)));
            (inside && at_peak).then_some((window, shift))
        });
        let cost = |(window, shift): &(Window, i64)| (self.off(*window, scale, owner), shift.abs(), *shift);
        windows.min_by_key(cost).map(|(window, _)| (window, false))
    }

    /// Nodes of a campaign in this window that would fall on days off.
    fn off(&self, window: Window, scale: &Scale, owner: &Id) -> usize {
        let calendar = self.model.calendar();
        let schedule = self.schedule(window, scale, owner);
        let nodes = schedule.iter().flat_map(|s| &s.milestones);
        nodes.filter(|m| !m.any_day && !calendar.is_working(m.due)).count()
    }

    /// Every standard date of a campaign with this window.
    pub(super) fn schedule(&self, window: Window, scale: &Scale, owner: &Id) -> Option<Schedule> {
        let here = Span::new(FileId(0), 0, 0);
        let policy = &self.model.policy;
        let cx = Context {
            sources: self.sources,
            settings: &self.model.settings,
            policy,
            calendars: &self.model.calendars,
            departments: &self.model.departments,
            axes: &[],
        };
        let owner = Spanned::new(owner.as_str().to_owned(), here);
        let team = Entries::default();
        milestone::schedule(
            milestone::Input {
                subject: &Subject::campaign("new"),
                start: Spanned::new(window.first, here),
                end: Spanned::new(window.last, here),
                promotion: None,
                phase_set: policy.phase_set("four-phase")?,
                phases: &Entries::default(),
                milestones: Vec::new(),
                scale: Some(scale),
                has_materials: false,
                has_kpi: &|_| false,
                calendar: self.model.calendar(),
                policy,
                owner_of: &|role| owner_of(role, &team, Some(&owner), &cx),
                done: &|_| None,
            },
            &mut Found::new(),
        )
    }
}

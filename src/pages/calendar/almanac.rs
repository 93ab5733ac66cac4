//! What is on which day, gathered once: campaigns by month, nodes and actions by date.

use crate::base::{Date, DateRange, Spanned};
use crate::model::Model;
use crate::model::cadence::{self, Occurrence};
use crate::model::campaign::{Campaign, Duty, Run};
use crate::model::checklist::Item;
use crate::model::handover::Handover;
use crate::model::milestone::{Milestone, Schedule, Standing, standing};
use crate::model::postmortem::Action;
use crate::pages::axes::Value;
use crate::pages::filter::{Data, Maker};
use crate::pages::{parts, routes};
use crate::plan::{Cx, Day, Ref, Words};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Something that is due on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry<'a> {
    /// A node of a campaign.
    Node(&'a Campaign, &'a Milestone),
    /// An action of a review.
    Action(&'a Campaign, &'a Action, Date),
}

impl<'a> Entry<'a> {
    /// When it is due.
    pub(crate) fn due(self) -> Date {
        match self {
            Self::Node(_, node) => node.due,
            Self::Action(_, _, due) => due,
        }
    }
    /// The campaign it belongs to.
    pub(crate) fn campaign(self) -> &'a Campaign {
        match self {
            Self::Node(campaign, _) | Self::Action(campaign, ..) => campaign,
        }
    }
    /// How it stands on a day.
    pub(crate) fn standing(self, as_of: Date) -> Standing {
        match self {
            Self::Node(_, node) => node.standing(as_of),
            Self::Action(_, action, due) => standing(due, action.done.map(|d| d.value), as_of),
        }
    }
    /// Whether it is still to be done and its day is past.
    pub(crate) fn is_overdue(self, as_of: Date) -> bool {
        matches!(self.standing(as_of), Standing::Overdue { .. })
    }
    fn owner(self) -> Option<&'a Spanned<String>> {
        match self {
            Self::Node(_, node) => node.owner.as_ref(),
            Self::Action(_, action, _) => action.owner.as_ref(),
        }
    }
    /// The line that templates show.
    pub(crate) fn row(self, cx: &Cx<'_>) -> Row {
        let campaign = self.campaign();
        let (what, part) = match self {
            Self::Node(_, node) => {
                (node.task.as_ref().map_or_else(|| node.id.as_str().into(), |task| cx.words(task)), "timeline")
            }
            Self::Action(_, action, _) => (cx.words(&action.what), "review"),
        };
        let overview = routes::campaign(campaign.id.as_str());
        let detail = routes::campaign_part(campaign.id.as_str(), part);
        let mut what = cx.link(what, &detail);
        what.href = what.href.or_else(|| cx.href(&overview));
        Row {
            day: cx.day(self.due()),
            what,
            is_action: matches!(self, Self::Action(..)),
            campaign: parts::campaign(cx, campaign),
            owner: parts::owner(cx, self.owner()),
            state: parts::state(cx, self.standing(cx.today())),
            is_again: false,
            data: Data::new(),
        }
    }
    /// What its line may be filtered by.
    fn data(self, cx: &Cx<'_>, maker: &mut Maker<'_, '_>) -> Data {
        let campaign = self.campaign();
        let value = |id: &str, name: Words| Value { id: id.to_owned(), name, route: None };
        let owner = self.owner().map(|owner| {
            let name = parts::person(cx, &owner.value);
            value(&owner.value, Words { text: name.text, lang: name.lang })
        });
        let of = value(campaign.id.as_str(), cx.words(&campaign.title));
        let values = [("campaign", Some(of)), ("owner", owner)];
        values.into_iter().filter_map(|(key, value)| maker.note(key, value.as_slice())).collect()
    }
}

/// Something with an hour on the run sheet of a campaign.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hour<'a> {
    /// A row of the campaign's own.
    Run(&'a Campaign, &'a Run),
    /// An item of a procedure.
    Item(&'a Campaign, &'a Item, &'a str),
}

impl<'a> Hour<'a> {
    /// `HH:MM`.
    pub(crate) fn time(self) -> &'a str {
        match self {
            Self::Run(_, run) => &run.time,
            Self::Item(.., at) => at,
        }
    }
}

/// The lines of some entries in order of date; a day is said once.
pub(crate) fn rows<'a>(cx: &Cx<'_>, entries: impl IntoIterator<Item = Entry<'a>>) -> Vec<Row> {
    let mut rows: Vec<Row> = entries.into_iter().map(|e| e.row(cx)).collect();
    for i in (1..rows.len()).rev() {
        rows[i].is_again = rows[i].day == rows[i - 1].day;
    }
    rows
}

/// The same, with what a filter needs to know.
pub(crate) fn rows_to_filter<'a>(
    cx: &Cx<'_>,
    entries: impl IntoIterator<Item = Entry<'a>>,
    maker: &mut Maker<'_, '_>,
) -> Vec<Row> {
    let entries: Vec<Entry<'a>> = entries.into_iter().collect();
    let mut rows = rows(cx, entries.iter().copied());
    for (row, entry) in rows.iter_mut().zip(entries) {
        row.data = entry.data(cx, maker);
    }
    rows
}

/// A line of a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    day: Day,
    what: Ref,
    is_action: bool,
    campaign: Ref,
    owner: Option<Ref>,
    state: parts::State,
    /// Whether the line above says the same day.
    is_again: bool,
    /// What a filter asks for; nothing where there is none.
    data: Data,
}

impl Row {
    /// The line as words, for what shows up under a pointer.
    pub(crate) fn title(&self) -> String {
        format!("{} · {} · {}", self.day.short, self.what.text, self.state.text)
    }
}

/// A month: its year and number.
pub(crate) type Month = (i16, u8);

/// What is on which day.
#[derive(Debug, Default)]
pub(crate) struct Almanac<'a> {
    /// Everything due, by date; on one day in order of campaign.
    entries: BTreeMap<Date, Vec<Entry<'a>>>,
    /// Campaigns by the months their phases touch, in order of start.
    months: BTreeMap<Month, Vec<(&'a Campaign, &'a Schedule)>>,
    /// Campaigns that were called off, in order of start: they stay in sight.
    off: Vec<(&'a Campaign, &'a Schedule)>,
    /// Months that have a page.
    shown: BTreeSet<Month>,
    /// Mondays of the weeks that have a page.
    weeks: BTreeSet<Date>,
    /// What has an hour, by day and hour.
    hours: BTreeMap<Date, Vec<Hour<'a>>>,
    /// Who is on duty, by day.
    duties: BTreeMap<Date, Vec<(&'a Campaign, &'a Duty)>>,
    /// What is handed over, by day.
    handovers: BTreeMap<Date, Vec<(&'a Campaign, &'a Handover)>>,
    /// Recurring obligations by the day they are due.
    obligations: BTreeMap<Date, Vec<Occurrence<'a>>>,
}

/// The month of a day.
pub(crate) fn month_of(day: Date) -> Month {
    (day.year(), day.month())
}

/// The first day of a month.
pub(crate) fn first_of((year, month): Month) -> Date {
    Date::new(year, month, 1).expect("bug: a month without a first day")
}

/// The days of a quarter, 1–4.
pub(crate) fn quarter_days(year: i16, quarter: u8) -> DateRange {
    let first = first_of((year, quarter * 3 - 2));
    DateRange { first, last: first_of((year, quarter * 3)).month_end() }
}

/// The days of a year.
pub(crate) fn year_days(year: i16) -> DateRange {
    DateRange { first: first_of((year, 1)), last: first_of((year, 12)).month_end() }
}

/// The first and last day of all phases of a campaign.
pub(crate) fn phase_days(schedule: &Schedule) -> DateRange {
    let first = schedule.phases.iter().map(|p| p.days.first).min().unwrap_or(schedule.window.first);
    let last = schedule.phases.iter().map(|p| p.days.last).max().unwrap_or(schedule.window.last);
    DateRange { first: first.min(schedule.window.first), last: last.max(schedule.window.last) }
}

impl<'a> Almanac<'a> {
    /// Gathers everything that is dated.
    pub(crate) fn of(model: &'a Model) -> Self {
        let mut almanac = Self::default();
        for (campaign, schedule) in model.dated() {
            for node in &schedule.milestones {
                almanac.add(Entry::Node(campaign, node));
            }
            let days = phase_days(schedule);
            let mut month = days.first.month_start();
            while month <= days.last {
                almanac.months.entry(month_of(month)).or_default().push((campaign, schedule));
                almanac.shown.insert(month_of(month));
                month = month.month_end().plus(1);
            }
            let mut monday = days.first.week_start();
            while monday <= days.last {
                almanac.weeks.insert(monday);
                monday = monday.plus(7);
            }
            almanac.add_days(campaign);
        }
        almanac.off = model.scheduled().filter(|(campaign, _)| campaign.called_off.is_some()).collect();
        let off = almanac.off.iter().map(|(_, schedule)| phase_days(schedule));
        almanac.shown.extend(off.clone().flat_map(|days| [month_of(days.first), month_of(days.last)]));
        almanac.weeks.extend(off.flat_map(|days| [days.first.week_start(), days.last.week_start()]));
        for campaign in &model.campaigns {
            for action in campaign.postmortem.iter().flat_map(|p| &p.actions) {
                if let Some(due) = action.due {
                    almanac.add(Entry::Action(campaign, action, due.value));
                }
            }
        }
        almanac.shown.insert(month_of(model.as_of));
        for programme in &model.programmes {
            almanac.shown.extend((1..=12).map(|month| (programme.year, month)));
            let year = year_days(programme.year);
            almanac.weeks.extend((0..).map(|n| year.first.week_start().plus(7 * n)).take_while(|d| *d <= year.last));
        }
        for occurrence in cadence::dated(model) {
            almanac.obligations.entry(occurrence.due).or_default().push(occurrence);
        }
        almanac.weeks.insert(model.as_of.week_start());
        for hours in almanac.hours.values_mut() {
            hours.sort_by_key(|hour| hour.time());
        }
        almanac
    }

    /// Adds what a campaign has day by day: hours, duty, hand-overs.
    fn add_days(&mut self, campaign: &'a Campaign) {
        for run in &campaign.run {
            self.weeks.insert(run.day.week_start());
            self.hours.entry(run.day).or_default().push(Hour::Run(campaign, run));
        }
        for item in &campaign.checklist {
            if let (Some(day), Some(at)) = (item.due, &item.at) {
                self.weeks.insert(day.week_start());
                self.hours.entry(day).or_default().push(Hour::Item(campaign, item, at));
            }
        }
        for duty in &campaign.duties {
            for day in DateRange::new(duty.from, duty.to).into_iter().flat_map(DateRange::iter) {
                self.weeks.insert(day.week_start());
                self.duties.entry(day).or_default().push((campaign, duty));
            }
        }
        for handover in &campaign.handovers {
            self.weeks.insert(handover.due.week_start());
            self.handovers.entry(handover.due).or_default().push((campaign, handover));
        }
    }

    fn add(&mut self, entry: Entry<'a>) {
        self.shown.insert(month_of(entry.due()));
        self.weeks.insert(entry.due().week_start());
        self.entries.entry(entry.due()).or_default().push(entry);
    }

    /// Everything due in some days, by date.
    pub(crate) fn due(&self, days: DateRange) -> impl Iterator<Item = Entry<'a>> {
        self.entries.range(days.first..=days.last).flat_map(|(_, list)| list.iter().copied())
    }
    /// Everything not done whose day is past, longest overdue first.
    pub(crate) fn overdue(&self, as_of: Date) -> Vec<Entry<'a>> {
        let past = self.entries.range(..as_of).flat_map(|(_, list)| list.iter().copied());
        past.filter(|e| e.is_overdue(as_of)).collect()
    }
    /// Campaigns whose phases touch some days, in order of start.
    pub(crate) fn campaigns(&self, days: DateRange) -> Vec<(&'a Campaign, &'a Schedule)> {
        let months = self.months.range(month_of(days.first)..=month_of(days.last));
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut list: Vec<_> = Vec::new();
        for (campaign, schedule) in months.flat_map(|(_, list)| list.iter().copied()) {
            if phase_days(schedule).overlaps(days) && seen.insert(campaign.id.as_str()) {
                list.push((campaign, schedule));
            }
        }
        list.sort_by(|(a, one), (b, other)| (one.window.first, &a.id).cmp(&(other.window.first, &b.id)));
        list
    }
    /// The same, and campaigns that were called off.
    pub(crate) fn planned(&self, days: DateRange) -> Vec<(&'a Campaign, &'a Schedule)> {
        let mut list = self.campaigns(days);
        list.extend(self.off.iter().filter(|(_, schedule)| phase_days(schedule).overlaps(days)));
        list.sort_by(|(a, one), (b, other)| (one.window.first, &a.id).cmp(&(other.window.first, &b.id)));
        list
    }
    /// The same, and campaigns that have a node in these days.
    pub(crate) fn open(&self, days: DateRange) -> Vec<(&'a Campaign, &'a Schedule)> {
        let mut list = self.planned(days);
        let mut seen: BTreeSet<&str> = list.iter().map(|(c, _)| c.id.as_str()).collect();
        for entry in self.due(days) {
            let Entry::Node(campaign, _) = entry else { continue };
            if let Some(schedule) = campaign.schedule.as_ref().filter(|_| seen.insert(campaign.id.as_str())) {
                list.push((campaign, schedule));
            }
        }
        list.sort_by(|(a, one), (b, other)| (one.window.first, &a.id).cmp(&(other.window.first, &b.id)));
        list
    }
    /// What has an hour on a day, by hour.
    pub(crate) fn hours(&self, day: Date) -> &[Hour<'a>] {
        self.hours.get(&day).map_or(&[], Vec::as_slice)
    }
    /// Who is on duty on a day.
    pub(crate) fn duties(&self, day: Date) -> &[(&'a Campaign, &'a Duty)] {
        self.duties.get(&day).map_or(&[], Vec::as_slice)
    }
    /// What is handed over on a day.
    pub(crate) fn handovers(&self, day: Date) -> &[(&'a Campaign, &'a Handover)] {
        self.handovers.get(&day).map_or(&[], Vec::as_slice)
    }
    /// Recurring obligations due in some days, by date.
    pub(crate) fn obligations(&self, days: DateRange) -> impl Iterator<Item = &Occurrence<'a>> {
        self.obligations.range(days.first..=days.last).flat_map(|(_, list)| list)
    }
    /// Mondays of weeks with a page, in order.
    pub(crate) fn weeks(&self) -> &BTreeSet<Date> {
        &self.weeks
    }
    /// Months with a page, in order.
    pub(crate) fn shown(&self) -> impl DoubleEndedIterator<Item = Month> {
        self.shown.iter().copied()
    }
    /// Years with a page, in order.
    pub(crate) fn years(&self) -> BTreeSet<i16> {
        self.shown.iter().map(|(year, _)| *year).collect()
    }
    /// Quarters with a page, in order.
    pub(crate) fn quarters(&self) -> BTreeSet<(i16, u8)> {
        self.shown.iter().map(|(year, month)| (*year, (month - 1) / 3 + 1)).collect()
    }
    /// The months before and after one that have a page.
    pub(crate) fn around(&self, month: Month) -> (Option<Month>, Option<Month>) {
        let before = self.shown.range(..month).next_back().copied();
        let after = self.shown.range((std::ops::Bound::Excluded(month), std::ops::Bound::Unbounded)).next().copied();
        (before, after)
    }
}

//! Every date of a campaign, against somebody who counts days on a wall calendar, 2024 to 2027.

use campaign_playbook::base::{Date, Diagnostic};
use campaign_playbook::checks;
use campaign_playbook::model::settings::Settings;
use campaign_playbook::model::{self, Model};
use campaign_playbook::sources::Sources;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Public holidays of mainland China, first and last day: the notices of 2023-10-25, 2024-11-12 and 2025-11-04. The
/// notice for 2027 is not out; one day stands for it.
const HOLIDAYS: &[(&str, &str)] = &[
    ("2024-01-01", "2024-01-01"),
    ("2024-02-10", "2024-02-17"),
    ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"),
    ("2024-06-08", "2024-06-10"),
    ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
    ("2027-01-01", "2027-01-01"),
];

/// Weekends on which people work to make up for a holiday.
const WORKDAYS: &[&str] = &[
    "2024-02-04",
    "2024-02-18",
    "2024-04-07",
    "2024-04-28",
    "2024-05-11",
    "2024-09-14",
    "2024-09-29",
    "2024-10-12",
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
];

/// A wall calendar: every day from July 2023 to June 2028 with a cross on those off, written down one after another.
struct Wall {
    days: Vec<(String, bool)>,
}

impl Wall {
    fn new() -> Self {
        let (mut year, mut month, mut day, mut weekday) = (2023, 7, 1, 5); // a Saturday, Monday being 0
        let mut days = Vec::new();
        while year < 2028 || month < 7 {
            let text = format!("{year}-{month:02}-{day:02}");
            let is_holiday = HOLIDAYS.iter().any(|(from, to)| *from <= text.as_str() && text.as_str() <= *to);
            let is_made_up_for = WORKDAYS.contains(&text.as_str());
            days.push((text, is_holiday || (weekday >= 5 && !is_made_up_for)));
            weekday = (weekday + 1) % 7;
            day += 1;
            if day > length(year, month) {
                (day, month) = (1, month + 1);
            }
            if month > 12 {
                (month, year) = (1, year + 1);
            }
        }
        Self { days }
    }

    fn place(&self, day: &str) -> usize {
        self.days.iter().position(|(text, _)| text == day).expect("a day on the wall")
    }

    /// Goes day by day; with `only_working`, days off are stepped over without counting.
    fn walk(&self, from: usize, count: i64, only_working: bool) -> usize {
        let (mut at, mut left) = (from, count.abs());
        while left > 0 {
            at = if count < 0 { at - 1 } else { at + 1 };
            if !only_working || !self.days[at].1 {
                left -= 1;
            }
        }
        at
    }

    fn text(&self, at: usize) -> &str {
        &self.days[at].0
    }
}

fn length(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 => 29, // no century lies in between
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The calendar as an author writes it, one file a year.
fn calendars() -> impl Iterator<Item = (String, String)> {
    (2024..=2027).map(|year| {
        let mut text = format!("region = \"cn\"\nyear = {year}\ncomplete = {}\n", year != 2027);
        let this_year = |day: &str| day.starts_with(&year.to_string());
        for (from, to) in HOLIDAYS.iter().filter(|(from, _)| this_year(from)) {
            text += &format!("[[holiday]]\nname = \"Off\"\nfrom = {from}\nto = {to}\n");
        }
        for day in WORKDAYS.iter().filter(|day| this_year(day)) {
            text += &format!("[[workday]]\ndate = {day}\n");
        }
        (format!("content/calendars/cn-{year}.toml"), text)
    })
}

fn read(campaign: &str) -> (Model, Vec<Diagnostic>) {
    let own = [
        ("playbook.toml".to_owned(), "title = \"P\"\ncalendar = \"cn\"\n".to_owned()),
        ("content/people.toml".to_owned(), "[lin]\nname = \"Lin\"\ndepartment = \"m\"\n".to_owned()),
        ("content/departments.toml".to_owned(), "[m]\nname = \"Marketing\"\n".to_owned()),
        ("content/campaigns/c/campaign.toml".to_owned(), campaign.to_owned()),
    ];
    let files = own.into_iter().chain(calendars()).map(|(path, text)| (path, text.into_bytes()));
    let (mut sources, mut found) = Sources::from_memory(files);
    let settings = found.keep(Settings::read(&sources));
    let as_of = Date::parse("2024-01-01").expect("a date");
    let model = found.keep(model::load(&mut sources, settings, as_of, &[]));
    found.extend(checks::run(&model).findings);
    (model, found.sorted())
}

/// Ids and dates of the nodes.
fn nodes(model: &Model) -> BTreeMap<String, String> {
    let schedule = model.campaigns[0].schedule.as_ref().expect("a schedule");
    schedule.milestones.iter().map(|m| (m.id.to_string(), m.due.to_string())).collect()
}

fn phases(model: &Model) -> Vec<String> {
    let schedule = model.campaigns[0].schedule.as_ref().expect("a schedule");
    schedule.phases.iter().map(|p| format!("{} {} {}", p.id, p.days.first, p.days.last)).collect()
}

/// Annex B of the method: T-30 … Z+30 of a campaign on 10–14 June 2026, nothing but its four keys written.
#[test]
fn june_10_to_14_alone_in_a_file_has_the_dates_of_the_method() {
    let (model, _) = read("title = \"618\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n");
    assert_eq!(
        phases(&model),
        [
            "startup 2026-05-26 2026-06-02",
            "preheat 2026-06-03 2026-06-09",
            "burst 2026-06-10 2026-06-14",
            "settle 2026-06-15 2026-06-21",
        ]
    );
    let expected = [
        ("closing", "2026-06-14"),
        ("data-extraction", "2026-06-17"),
        ("design-delivered", "2026-05-31"),
        ("effect-evaluation", "2026-06-21"),
        ("go-live", "2026-06-10"),
        ("optimisation-plan", "2026-06-24"),
        ("peak", "2026-06-12"),
        ("plan-review", "2026-05-16"),
        ("preheat-start", "2026-06-03"),
        ("preparation-complete", "2026-06-03"),
        ("resources-confirmed", "2026-05-21"),
        ("short-term-report", "2026-07-14"),
        ("tech-test", "2026-06-01"),
        ("theme-decided", "2026-05-11"),
    ];
    let found = nodes(&model);
    let found: Vec<(&str, &str)> = found.iter().map(|(id, due)| (id.as_str(), due.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn physical_materials_add_their_node_fifteen_days_ahead() {
    let text =
        "title = \"618\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n\n[[material]]\nname = \"Boxes\"\n";
    let (model, _) = read(text);
    assert_eq!(nodes(&model)["materials-ready"], "2026-05-26");
}

#[test]
fn the_calendar_knows_every_day_off() {
    let (model, found) = read("title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n");
    let errors: Vec<_> = found.iter().filter(|d| d.rule.starts_with("calendar/")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    for (text, is_off) in &Wall::new().days {
        let day = Date::parse(text).expect("a date");
        assert_eq!(model.calendar().is_working(day), !is_off, "{text}");
    }
}

/// What a node's date counts from.
#[derive(Clone, Debug)]
enum From {
    Start,
    End,
    Promotion,
    /// The node this many places before, if there is one.
    Node(usize),
    Standard,
}

#[derive(Clone, Copy, Debug)]
enum Unit {
    Bare,
    Days,
    Weeks,
    WorkingDays,
}

#[derive(Clone, Debug)]
struct Offset {
    from: From,
    amount: i64,
    unit: Unit,
}

fn offset() -> impl Strategy<Value = Offset> {
    let from = prop_oneof![
        Just(From::Start),
        Just(From::End),
        Just(From::Promotion),
        (0_usize..4).prop_map(From::Node),
        Just(From::Standard),
    ];
    let unit = prop_oneof![Just(Unit::Bare), Just(Unit::Days), Just(Unit::Weeks), Just(Unit::WorkingDays)];
    (from, -15_i64..=15, unit).prop_map(|(from, amount, unit)| Offset { from, amount, unit })
}

/// What the wall knows of a campaign.
struct Known<'a> {
    wall: &'a Wall,
    start: usize,
    end: usize,
    promotion: usize,
    nodes: Vec<usize>,
}

impl Known<'_> {
    /// The offset in the author's words, and the day that the wall gives for it.
    fn of(&self, offset: &Offset) -> (String, usize) {
        let (name, base) = match &offset.from {
            From::Start => ("T".to_owned(), self.start),
            From::End => ("Z".to_owned(), self.end),
            From::Promotion => ("P".to_owned(), self.promotion),
            From::Node(back) if *back < self.nodes.len() => {
                let index = self.nodes.len() - 1 - back;
                (format!("node-{index}"), self.nodes[index])
            }
            // Data extraction is the standard node three days after the last.
            From::Node(_) | From::Standard => ("data-extraction".to_owned(), self.wall.walk(self.end, 3, false)),
        };
        let (suffix, at) = match offset.unit {
            Unit::Bare => ("", self.wall.walk(base, offset.amount, false)),
            Unit::Days => ("d", self.wall.walk(base, offset.amount, false)),
            Unit::Weeks => ("w", self.wall.walk(base, offset.amount * 7, false)),
            Unit::WorkingDays => ("wd", self.wall.walk(base, offset.amount, true)),
        };
        (format!("{name}{:+}{suffix}", offset.amount), at)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_date_is_where_the_wall_calendar_has_it(
        first in 0_usize..1_461,
        days in 1_usize..12,
        promotion in proptest::option::of(-20_i64..=-1),
        offsets in proptest::collection::vec(offset(), 1..8),
    ) {
        let wall = Wall::new();
        let start = wall.place("2024-01-01") + first;
        let end = start + days - 1;
        let moved = promotion.unwrap_or(-7);
        let mut known = Known { wall: &wall, start, end, promotion: wall.walk(start, moved, false), nodes: Vec::new() };
        let mut text = format!("title = \"x\"\nowner = \"lin\"\nstart = {}\nend = {}\n", wall.text(start), wall.text(end));
        if let Some(amount) = promotion {
            text += &format!("promotion = \"T{amount}\"\n");
        }
        for (index, offset) in offsets.iter().enumerate() {
            let (due, at) = known.of(offset);
            text += &format!("\n[[milestone]]\nid = \"node-{index}\"\ntask = \"x\"\nowner = \"lin\"\ndue = \"{due}\"\n");
            known.nodes.push(at);
        }

        let (model, found) = read(&text);
        let unread: Vec<_> = found.iter().filter(|d| d.rule.starts_with("shape/") || d.rule == "milestone/unknown-node").collect();
        prop_assert!(unread.is_empty(), "{text}\n{unread:#?}");
        let nodes = nodes(&model);
        for (index, at) in known.nodes.iter().enumerate() {
            prop_assert_eq!(&nodes[&format!("node-{index}")], wall.text(*at), "node-{} of\n{}", index, text);
        }
        let day = |at: usize, count: i64| wall.text(wall.walk(at, count, false)).to_owned();
        let mut expected = Vec::new();
        // The start-up phase ends on the day before promotion, and is not there when promotion begins before it.
        if moved > -15 {
            expected.push(format!("startup {} {}", day(start, -15), day(start, moved - 1)));
        }
        expected.push(format!("preheat {} {}", day(start, -7), day(start, -1)));
        expected.push(format!("burst {} {}", wall.text(start), wall.text(end)));
        expected.push(format!("settle {} {}", day(end, 1), day(end, 7)));
        prop_assert_eq!(phases(&model), expected);
    }
}

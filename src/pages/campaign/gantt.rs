//! Geometry of a campaign's Gantt chart: dates to pixels, finished for the template.
//!
//! One row a node, in order of date. A node's words stand to the right of its mark, so that the line of whoever
//! waits for it can fall straight down on the left of every row between without crossing a word.

use crate::base::{Date, DateRange};
use crate::model::calendar::Calendar;
use crate::model::milestone::{Milestone, Schedule, Standing};
use crate::model::slack::Slacks;
use crate::pages::parts::{OFF, colour_in};
use crate::plan::Words;
use serde::Serialize;

/// Height of a node's row.
const ROW: i64 = 28;
/// Where the first row begins: under months, days and phases.
const HEAD: i64 = 76;
/// Top of the band of phases.
const BAND: i64 = 48;
/// Half the width of a node's mark.
const MARK: i64 = 6;
/// Days left free on both sides.
const MARGIN: i64 = 1;
/// Width the days of an ordinary campaign may fill, before words.
const PLOT: i64 = 1040;
/// Width of a day, least and most.
const DAY: (i64, i64) = (8, 16);

/// A chart, in pixels.
#[derive(Debug, Serialize)]
pub(super) struct Gantt {
    width: i64,
    height: i64,
    /// Top of the band of phases.
    band: i64,
    /// Where rows begin.
    head: i64,
    /// Height of the rows together.
    body: i64,
    months: Vec<Tick>,
    /// Mondays.
    weeks: Vec<Tick>,
    /// Runs of days off.
    off: Vec<Bar>,
    /// Days on which nothing is due: the buffer of the whole plan.
    free: Vec<Bar>,
    phases: Vec<PhaseBar>,
    today: Option<i64>,
    rows: Vec<Row>,
    waits: Vec<Wait>,
}

/// A line of the time scale with its words.
#[derive(Debug, Serialize)]
struct Tick {
    x: i64,
    label: String,
}

/// A stretch of days.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Bar {
    x: i64,
    width: i64,
}

/// A phase.
#[derive(Debug, Serialize)]
struct PhaseBar {
    x: i64,
    width: i64,
    /// Class `fill-<colour>`.
    colour: &'static str,
    name: String,
    /// Whether the name has room.
    fits: bool,
}

/// A node.
#[derive(Debug, Serialize)]
struct Row {
    /// Middle of the row.
    y: i64,
    /// Where it is due.
    x: i64,
    /// Where it was done.
    done: Option<i64>,
    /// From due to done, or to the as-of day when it is overdue.
    lag: Option<Bar>,
    /// Days kept free before it.
    before: Option<Bar>,
    /// Days kept free after it.
    after: Option<Bar>,
    /// `open`, `overdue`, `done`, `late`.
    state: &'static str,
    /// Where its words begin.
    text: i64,
    label: Words,
    owner: String,
    /// Whether it lies on the critical path.
    is_critical: bool,
}

/// A line from a node to one that waits for it.
#[derive(Debug, Serialize)]
struct Wait {
    /// Path data.
    path: String,
    /// Whether the waiting node is due before the node it waits for.
    wrong: bool,
    /// Whether it is a step of the critical path.
    is_critical: bool,
}

/// The words of a chart.
pub(super) struct Say<'a> {
    /// A node's name.
    pub(super) label: &'a dyn Fn(&Milestone) -> Words,
    /// Who answers for it; empty when nobody does.
    pub(super) owner: &'a dyn Fn(&Milestone) -> String,
    /// A month's name, with its year.
    pub(super) month: &'a dyn Fn(Date) -> String,
    /// A phase's name by its place.
    pub(super) phase: &'a dyn Fn(usize) -> String,
    /// Whether the campaign was called off.
    pub(super) is_off: bool,
}

/// How a node stands, as a class of the theme.
fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::Done { late: 0 } => "done",
        Standing::Done { .. } => "late",
        Standing::Overdue { .. } => "overdue",
        Standing::Open { .. } => "open",
    }
}

impl Gantt {
    /// Draws a schedule as it stands on a day.
    pub(super) fn of(
        schedule: &Schedule,
        slacks: &Slacks,
        free: &[Date],
        calendar: &Calendar,
        as_of: Date,
        words: &Say<'_>,
    ) -> Self {
        let scale = Scale::of(schedule);
        let mut rows = Vec::new();
        for (place, node) in (0_i64..).zip(&schedule.milestones) {
            rows.push(scale.row(place, node, as_of, words));
        }
        for place in &slacks.path {
            rows[*place].is_critical = true;
        }
        let count = i64::try_from(rows.len()).unwrap_or(0);
        let reach = rows.iter().map(|r| r.text + width_of(&r.label.text) + 8 + width_of(&r.owner)).max().unwrap_or(0);
        let mut phases = Vec::new();
        for (place, phase) in schedule.phases.iter().enumerate() {
            let Bar { x, width } = scale.bar(phase.days);
            let name = (words.phase)(place);
            phases.push(PhaseBar {
                x,
                width,
                colour: if words.is_off { OFF } else { colour_in(schedule, place) },
                fits: width_of(&name) + 4 <= width,
                name,
            });
        }
        let days = scale.days;
        let first_of_months = days.iter().filter(|d| d.day() == 1 || *d == days.first);
        let roomy = |d: &Date| d.until(d.month_end()) * scale.day >= width_of(&(words.month)(*d));
        Self {
            width: (scale.x(days.last) + scale.day).max(reach) + 8,
            height: HEAD + count * ROW + 4,
            band: BAND,
            head: HEAD,
            body: count * ROW,
            months: first_of_months.filter(roomy).map(|d| Tick { x: scale.x(d), label: (words.month)(d) }).collect(),
            weeks: days
                .iter()
                .filter(|d| d.weekday().index() == 0)
                .map(|d| Tick { x: scale.x(d), label: d.day().to_string() })
                .collect(),
            off: scale.days_off(calendar),
            free: runs(free).map(|days| scale.bar(days)).collect(),
            phases,
            today: days.contains(as_of).then(|| scale.middle(as_of)),
            waits: waits(&schedule.milestones, &rows, &slacks.path),
            rows,
        }
    }
}

/// Days in order, those that follow each other as one stretch.
fn runs(days: &[Date]) -> impl Iterator<Item = DateRange> {
    days.chunk_by(|a, b| a.until(*b) == 1).filter_map(|run| DateRange::new(*run.first()?, *run.last()?))
}

/// Which pixel a day begins at.
struct Scale {
    days: DateRange,
    day: i64,
}

impl Scale {
    fn of(schedule: &Schedule) -> Self {
        let marks = || schedule.milestones.iter().filter_map(|m| m.done.map(|d| d.value));
        let days = DateRange {
            first: marks().fold(schedule.first, Date::min).plus(-MARGIN),
            last: marks().fold(schedule.last, Date::max).plus(MARGIN),
        };
        Self { days, day: (PLOT / days.days()).clamp(DAY.0, DAY.1) }
    }

    fn x(&self, day: Date) -> i64 {
        self.days.first.until(day) * self.day
    }

    fn middle(&self, day: Date) -> i64 {
        self.x(day) + self.day / 2
    }

    fn bar(&self, days: DateRange) -> Bar {
        Bar { x: self.x(days.first), width: days.days() * self.day }
    }

    fn between(&self, from: Date, to: Date) -> Option<Bar> {
        let (from, to) = (self.middle(from.min(to)), self.middle(from.max(to)));
        (from < to).then_some(Bar { x: from, width: to - from })
    }

    fn row(&self, place: i64, node: &Milestone, as_of: Date, words: &Say<'_>) -> Row {
        let done = node.done.map(|d| d.value);
        let standing = node.standing(as_of);
        let free = |from: i64, days: i64| {
            let range = DateRange::new(node.due.plus(from), node.due.plus(from + days - 1))?;
            (days > 0).then(|| self.bar(range))
        };
        let lag = match standing {
            Standing::Done { .. } => done.and_then(|d| self.between(node.due, d)),
            Standing::Overdue { .. } => self.between(node.due, as_of.min(self.days.last)),
            Standing::Open { .. } => None,
        };
        let after = free(1, node.buffer);
        let ends = [
            Some(self.middle(node.due) + MARK),
            done.map(|d| self.middle(d) + MARK),
            lag.as_ref().map(|b| b.x + b.width),
            after.as_ref().map(|b| b.x + b.width),
        ];
        Row {
            y: HEAD + place * ROW + ROW / 2,
            x: self.middle(node.due),
            done: done.map(|d| self.middle(d)),
            lag,
            before: free(-node.buffer_before, node.buffer_before),
            after,
            state: state(standing),
            text: ends.into_iter().flatten().max().unwrap_or(0) + 6,
            label: (words.label)(node),
            owner: (words.owner)(node),
            is_critical: false,
        }
    }

    fn days_off(&self, calendar: &Calendar) -> Vec<Bar> {
        let mut bars: Vec<Bar> = Vec::new();
        for day in self.days.iter().filter(|d| !calendar.is_working(*d)) {
            let x = self.x(day);
            match bars.last_mut().filter(|b| b.x + b.width == x) {
                Some(bar) => bar.width += self.day,
                None => bars.push(Bar { x, width: self.day }),
            }
        }
        bars
    }
}

/// The lines of waiting. A line that two others already imply is left out: the table lists them all.
fn waits(nodes: &[Milestone], rows: &[Row], critical: &[usize]) -> Vec<Wait> {
    let place = |id: &str| nodes.iter().position(|n| n.id.as_str() == id);
    let before: Vec<Vec<usize>> =
        nodes.iter().map(|n| n.after.iter().filter_map(|a| place(&a.value)).collect()).collect();
    let mut lines = Vec::new();
    for (to, direct) in before.iter().enumerate() {
        for &from in direct {
            let implied = direct.iter().any(|&other| other != from && reaches(&before, other, from));
            if from == to || implied {
                continue;
            }
            let (a, b) = (&rows[from], &rows[to]);
            let down = if b.y > a.y { MARK } else { -MARK };
            let path = match b.x - a.x {
                0 => format!("M{} {}V{}", a.x, a.y + down, b.y - down),
                gap => format!("M{} {}V{}H{}", a.x, a.y + down, b.y, b.x - MARK * gap.signum()),
            };
            let is_critical = critical.windows(2).any(|step| step == [from, to]);
            lines.push(Wait { path, wrong: nodes[to].due < nodes[from].due, is_critical });
        }
    }
    // Lines of the critical path are drawn last, over the others.
    lines.sort_by_key(|line| line.is_critical);
    lines
}

/// Whether node `from` waits, over any number of steps, for node `to`. Circles end at nodes already seen.
fn reaches(before: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; before.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(&before[at]);
        }
    }
    false
}

/// Width of words in pixels, roughly: what a browser draws is only known to the browser.
fn width_of(words: &str) -> i64 {
    let wide = |c: char| u32::from(c) >= 0x2e80;
    words.chars().map(|c| if wide(c) { 13 } else { 7 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::tests::Book;

    fn june(more: &str, as_of: &str) -> Gantt {
        let campaign = format!("title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n{more}");
        let settings = format!("title = \"P\"\nas-of = {as_of}\n");
        let book = Book::of(&[("playbook.toml", &settings), ("content/campaigns/june/campaign.toml", &campaign)]);
        let words = Say {
            label: &|node| node.id.as_str().into(),
            owner: &|_| String::new(),
            month: &|date| date.year_month(),
            phase: &|place| place.to_string(),
            is_off: false,
        };
        let schedule = book.model.campaigns[0].schedule.as_ref().unwrap();
        let slacks = Slacks::of(schedule, book.model.calendar(), book.model.as_of);
        Gantt::of(schedule, &slacks, &[], book.model.calendar(), book.model.as_of, &words)
    }

    fn row<'a>(gantt: &'a Gantt, id: &str) -> &'a Row {
        gantt.rows.iter().find(|r| r.label.text == id).unwrap()
    }

    #[test]
    fn a_node_stands_as_many_days_from_another_as_the_plan_says() {
        let gantt = june("", "2026-05-01");
        let day = (row(&gantt, "closing").x - row(&gantt, "go-live").x) / 4;
        assert_eq!(row(&gantt, "short-term-report").x - row(&gantt, "theme-decided").x, 64 * day);
        assert_eq!(gantt.phases.iter().map(|p| p.width / day).collect::<Vec<_>>(), [8, 7, 5, 7]);
        assert_eq!(gantt.today, None);
        assert!(gantt.rows.iter().all(|r| r.text + width_of(&r.label.text) < gantt.width));
    }

    #[test]
    fn lateness_is_a_line_from_the_plan_to_what_came() {
        let late = "[[milestone]]\nid = \"theme-decided\"\ndone = 2026-05-14\n";
        let gantt = june(late, "2026-05-18");
        let (theme, review) = (row(&gantt, "theme-decided"), row(&gantt, "plan-review"));
        let day = (review.x - theme.x) / 5;
        assert_eq!((theme.state, review.state), ("late", "overdue"));
        assert_eq!(theme.lag, Some(Bar { x: theme.x, width: 3 * day }));
        assert_eq!(review.lag, Some(Bar { x: review.x, width: 2 * day }));
        assert_eq!(gantt.today, Some(review.x + 2 * day));
    }

    #[test]
    fn a_line_that_others_imply_is_left_out() {
        // Pre-heat waits for design and for preparation, which itself waits for design.
        let gantt = june("", "2026-05-01");
        let to = |id: &str| {
            let y = row(&gantt, id).y;
            gantt
                .waits
                .iter()
                .filter(|w| w.path.contains(&format!("V{}", y - MARK)) || w.path.contains(&format!("V{y}H")))
                .count()
        };
        assert_eq!(to("preparation-complete"), 2);
        assert_eq!(to("preheat-start"), 1);
    }
}

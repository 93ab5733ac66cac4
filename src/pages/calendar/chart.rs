//! Campaigns side by side along a stretch of time: numbers for one SVG. A campaign's name stands above its bar.

use super::almanac::Entry;
use crate::base::{Date, DateRange};
use crate::model::campaign::Campaign;
use crate::model::milestone::{Schedule, Standing};
use crate::model::programme::Programme;
use crate::pages::{parts, routes};
use crate::plan::{Cx, Words};
use serde::Serialize;

/// Width of the drawing in its own units; a day of a year is about four of them.
const WIDTH: i64 = 1460;
/// Height of the band with the months' names.
const HEAD: i64 = 30;
/// Height of the band of stages.
const STAGE: i64 = 26;
/// Height of a campaign.
const ROW: i64 = 44;
/// Room between words and the sides.
const EDGE: i64 = 8;
/// From which part of the width on names are written to the left of their bar's end.
const TURN: i64 = WIDTH * 7 / 10;

/// A chart, ready to be drawn.
#[derive(Serialize)]
pub(crate) struct Chart {
    width: i64,
    height: i64,
    head: i64,
    label: String,
    months: Vec<Column>,
    /// Stages, and under them seasons.
    stages: Vec<Band>,
    anchors: Vec<Anchor>,
    rows: Vec<Row>,
    today: Option<i64>,
}

#[derive(Serialize)]
struct Column {
    x: i64,
    width: i64,
    text: String,
    href: Option<String>,
    is_now: bool,
}

#[derive(Serialize)]
struct Band {
    x: i64,
    width: i64,
    middle: i64,
    y: i64,
    text: Words,
    tone: usize,
}

#[derive(Serialize)]
struct Anchor {
    x: i64,
    width: i64,
    text: Words,
    range: String,
}

#[derive(Serialize)]
struct Row {
    y: i64,
    text_y: i64,
    bar_y: i64,
    node_y: i64,
    x: i64,
    is_turned: bool,
    is_off: bool,
    text: Words,
    dates: String,
    href: Option<String>,
    slot: String,
    bars: Vec<Bar>,
    nodes: Vec<Node>,
}

#[derive(Serialize)]
struct Bar {
    x: i64,
    width: i64,
    colour: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Node {
    x: i64,
    state: &'static str,
    text: String,
}

/// Places days in the drawing.
#[derive(Clone, Copy)]
struct Scale {
    days: DateRange,
}

impl Scale {
    fn at(self, day: Date) -> i64 {
        self.days.first.until(day) * WIDTH / self.days.days()
    }
    /// The part of a range that can be seen: place and width.
    fn clip(self, range: DateRange) -> Option<(i64, i64)> {
        if !range.overlaps(self.days) {
            return None;
        }
        let (first, last) = (range.first.max(self.days.first), range.last.min(self.days.last));
        let x = self.at(first);
        Some((x, (self.at(last.plus(1)) - x).max(2)))
    }
}

/// Draws campaigns over some days; nodes only where they are given.
pub(crate) fn chart(
    cx: &Cx<'_>,
    days: DateRange,
    campaigns: &[(&Campaign, &Schedule)],
    programme: Option<&Programme>,
    nodes: &[Entry<'_>],
) -> Chart {
    let scale = Scale { days };
    let mut months = Vec::new();
    let mut month = days.first.month_start();
    while month <= days.last {
        let range = DateRange { first: month, last: month.month_end() };
        if let Some((x, width)) = scale.clip(range) {
            months.push(Column {
                x,
                width,
                text: cx.month_short(month.month()).to_owned(),
                href: cx.href(&routes::month(month.year(), month.month())),
                is_now: range.contains(cx.today()),
            });
        }
        month = month.month_end().plus(1);
    }
    let stretches = programme.into_iter().flat_map(|p| p.stages.iter().enumerate());
    let mut stages: Vec<Band> = stretches
        .filter_map(|(index, stage)| {
            let (x, width) = scale.clip(DateRange::new(stage.from.value, stage.to.value)?)?;
            Some(Band { x, width, middle: x + width / 2, y: HEAD + 2, text: cx.words(&stage.name), tone: index % 2 })
        })
        .collect();
    let below = HEAD + if stages.is_empty() { 0 } else { STAGE };
    let seasons = seasons(cx, scale, below + 2);
    let head = below + if seasons.is_empty() { 0 } else { STAGE };
    stages.extend(seasons);
    let anchors = programme.into_iter().flat_map(|p| p.anchors.iter()).filter_map(|anchor| {
        let range = DateRange::new(anchor.from.value, anchor.to.value)?;
        let (x, width) = scale.clip(range)?;
        Some(Anchor { x, width, text: cx.words(&anchor.name), range: cx.range_short(range) })
    });
    let rows: Vec<Row> = (0_i64..)
        .zip(campaigns)
        .map(|(index, (campaign, schedule))| row(cx, scale, head + index * ROW, campaign, schedule, nodes))
        .collect();
    Chart {
        width: WIDTH,
        height: head + ROW * i64::try_from(rows.len()).unwrap_or(0) + ROW / 4,
        head,
        label: cx.tf("chart-label", &[("range", &cx.range(days))]),
        months,
        stages,
        anchors: anchors.collect(),
        rows,
        today: days.contains(cx.today()).then(|| (scale.at(cx.today()) + scale.at(cx.today().plus(1))) / 2),
    }
}

/// Seasons as they pass, each once for its months in a row (CAL-7).
fn seasons(cx: &Cx<'_>, scale: Scale, y: i64) -> Vec<Band> {
    let policy = &cx.model().policy;
    let mut runs: Vec<(&str, &crate::base::Text, DateRange)> = Vec::new();
    let mut month = scale.days.first.month_start();
    while month <= scale.days.last {
        if let Some((id, season)) = policy.season(month.month()) {
            match runs.last_mut().filter(|(last, ..)| *last == id) {
                Some((.., days)) => days.last = month.month_end(),
                None => runs.push((id, &season.name, DateRange { first: month, last: month.month_end() })),
            }
        }
        month = month.month_end().plus(1);
    }
    let tone = |id: &str| policy.rows.seasons.position(id).unwrap_or(0) % 6;
    let band = |(id, name, days): (&str, &crate::base::Text, DateRange)| {
        let (x, width) = scale.clip(days)?;
        Some(Band { x, width, middle: x + width / 2, y, text: cx.words(name), tone: tone(id) })
    };
    runs.into_iter().filter_map(band).collect()
}

fn row(cx: &Cx<'_>, scale: Scale, y: i64, campaign: &Campaign, schedule: &Schedule, nodes: &[Entry<'_>]) -> Row {
    let bar = |(index, phase): (usize, &crate::model::milestone::PhaseDays)| {
        let (x, width) = scale.clip(phase.days)?;
        let name = cx.plain(&phase.name);
        let text = format!("{name} {}", cx.range_short(phase.days));
        Some(Bar { x, width, colour: parts::phase_colour(campaign, schedule, index), text })
    };
    let bars: Vec<Bar> = schedule.phases.iter().enumerate().filter_map(bar).collect();
    let mine = nodes.iter().filter(|e| e.campaign().id == campaign.id && scale.days.contains(e.due()));
    let node = |entry: &Entry<'_>| {
        let row = entry.row(cx);
        Node {
            x: (scale.at(entry.due()) + scale.at(entry.due().plus(1))) / 2,
            state: match entry.standing(cx.today()) {
                Standing::Done { late: 0 } => "done",
                Standing::Done { .. } => "late",
                Standing::Overdue { .. } => "overdue",
                Standing::Open { .. } => "open",
            },
            text: row.title(),
        }
    };
    let nodes: Vec<Node> = mine.map(node).collect();
    // A campaign with nothing but nodes here is named at the first of them.
    let places = bars.iter().map(|b| b.x).chain(nodes.iter().filter(|_| bars.is_empty()).map(|n| n.x));
    let start = places.min().unwrap_or(0).max(EDGE);
    let ends = bars.iter().map(|b| b.x + b.width).chain(nodes.iter().filter(|_| bars.is_empty()).map(|n| n.x));
    let end = ends.max().unwrap_or(WIDTH).min(WIDTH - EDGE);
    let is_turned = start > TURN;
    Row {
        y,
        text_y: y + 17,
        bar_y: y + 24,
        node_y: y + 30,
        x: if is_turned { end } else { start },
        is_turned,
        is_off: campaign.called_off.is_some(),
        text: cx.words(&campaign.title),
        dates: cx.range_short(schedule.window),
        href: cx.href(&routes::campaign(campaign.id.as_str())),
        slot: campaign.slot.as_ref().map_or_else(String::new, |s| s.value.clone()),
        bars,
        nodes,
    }
}

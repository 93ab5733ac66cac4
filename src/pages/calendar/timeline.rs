//! `calendar/timeline/…`: campaigns side by side along time, what each learnt from another as a line between them. One page
//! for the days around today, and pages for each year, in quarters or months where a year has too many campaigns.

use super::almanac::{Almanac, first_of, phase_days, quarter_days, year_days};
use super::{Tab, Turn, tabs};
use crate::base::{Date, DateRange};
use crate::model::campaign::Campaign;
use crate::model::milestone::{Milestone, Schedule, Standing};
use crate::pages::axes::{Axis, State};
use crate::pages::filter::{Data, Filter, Maker};
use crate::pages::{parts, routes};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Route};
use serde::Serialize;
use std::sync::Arc;

/// What rows may be filtered and grouped by.
const AXES: [Axis; 7] =
    [Axis::State, Axis::Owner, Axis::Department, Axis::Channel, Axis::Slot, Axis::Scale, Axis::Mode];

/// A stretch of time with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Now,
    Year(i16),
    Quarter(i16, u8),
    Month(i16, u8),
}

/// One page for today, and as many for each year as its campaigns need.
pub(super) fn plan<'a>(ground: &'a Ground<'a>, almanac: &Arc<Almanac<'a>>) -> Vec<Planned<'a>> {
    let most = ground.model.policy.room("timeline-rows");
    let spans = Arc::new(spans(almanac, most));
    let all = std::iter::once(Span::Now).chain(spans.iter().copied());
    let page = |span: Span| {
        let (almanac, spans) = (Arc::clone(almanac), Arc::clone(&spans));
        Planned::page(span.route(), "calendar-timeline.html", move |cx| view(cx, &almanac, &spans, span))
    };
    all.map(page).collect()
}

/// The stretches into which years are cut so that none has more campaigns than there is room for.
fn spans(almanac: &Almanac<'_>, most: usize) -> Vec<Span> {
    let fits = |days: DateRange| almanac.planned(days).len() <= most;
    let mut spans = Vec::new();
    for year in almanac.years() {
        let days = year_days(year);
        if almanac.planned(days).is_empty() {
            continue;
        }
        if fits(days) {
            spans.push(Span::Year(year));
        } else if (1..=4).all(|q| fits(quarter_days(year, q))) {
            spans.extend((1..=4).map(|q| Span::Quarter(year, q)));
        } else {
            spans.extend((1..=12).map(|m| Span::Month(year, m)));
        }
    }
    spans
}

/// The timelines that have campaigns of some days.
pub(super) fn spans_of(cx: &Cx<'_>, almanac: &Almanac<'_>, days: DateRange) -> Vec<Piece> {
    let spans = spans(almanac, cx.model().policy.room("timeline-rows"));
    let here = spans.into_iter().filter(|span| span.days(cx, almanac).overlaps(days));
    here.map(|span| Piece { text: span.name(cx), href: cx.href(&span.route()), is_current: false }).collect()
}

impl Span {
    fn route(self) -> Route {
        match self {
            Self::Now => routes::timeline(),
            Self::Year(year) => routes::timeline_of(&format!("{year:04}")),
            Self::Quarter(year, quarter) => routes::timeline_of(&format!("{year:04}-q{quarter}")),
            Self::Month(year, month) => routes::timeline_of(&format!("{year:04}-{month:02}")),
        }
    }

    fn days(self, cx: &Cx<'_>, almanac: &Almanac<'_>) -> DateRange {
        match self {
            Self::Now => around(cx, almanac),
            Self::Year(year) => year_days(year),
            Self::Quarter(year, quarter) => quarter_days(year, quarter),
            Self::Month(year, month) => {
                let first = first_of((year, month));
                DateRange { first, last: first.month_end() }
            }
        }
    }

    fn name(self, cx: &Cx<'_>) -> String {
        match self {
            Self::Now => cx.t("timeline-now").to_owned(),
            Self::Year(year) => year.to_string(),
            Self::Quarter(year, quarter) => cx.tf("quarter", &[("q", &quarter), ("year", &year)]),
            Self::Month(year, month) => cx.month(first_of((year, month))),
        }
    }

    fn year(self) -> Option<i16> {
        match self {
            Self::Now => None,
            Self::Year(year) | Self::Quarter(year, _) | Self::Month(year, _) => Some(year),
        }
    }
}

/// The days around today that policy asks for, fewer where they have too many campaigns.
fn around(cx: &Cx<'_>, almanac: &Almanac<'_>) -> DateRange {
    let policy = &cx.model().policy;
    let (mut before, mut after) = (policy.figure("timeline-days-before"), policy.figure("timeline-days-after"));
    loop {
        let days = DateRange { first: cx.today().plus(-before).week_start(), last: cx.today().plus(after) };
        if almanac.planned(days).len() <= cx.model().policy.room("timeline-rows") || after < 14 {
            return days;
        }
        (before, after) = (before * 2 / 3, after * 2 / 3);
    }
}

/// Everything `calendar-timeline.html` can see.
#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    turn: Turn,
    /// Years, and the stretches of the year that is open.
    years: Vec<Piece>,
    pieces: Vec<Piece>,
    filter: Filter,
    range: String,
    days: i64,
    months: Vec<Tick>,
    weeks: Vec<Tick>,
    off: Vec<Bar>,
    today: Option<String>,
    rows: Vec<Row>,
    links: Vec<Link>,
    /// Campaigns that there was no room for.
    more: usize,
}

/// A stretch of time with a timeline.
#[derive(Serialize)]
pub(super) struct Piece {
    text: String,
    href: Option<String>,
    is_current: bool,
}

/// A line of the time scale.
#[derive(Serialize)]
struct Tick {
    x: String,
    text: String,
    href: Option<String>,
}

/// A stretch of days.
#[derive(Serialize)]
struct Bar {
    x: String,
    width: String,
    colour: &'static str,
    text: String,
}

/// A campaign.
#[derive(Serialize)]
struct Row {
    campaign: Ref,
    is_off: bool,
    dates: String,
    state: &'static str,
    tone: &'static str,
    state_text: String,
    /// From the first day of the plan to the last.
    plan: Option<Bar>,
    bars: Vec<Bar>,
    nodes: Vec<Mark>,
    /// Campaigns whose lessons it uses.
    from: Vec<Ref>,
    data: Data,
    start: String,
}

#[derive(Serialize)]
struct Mark {
    x: String,
    state: &'static str,
    text: String,
}

/// A line from a campaign to one that learnt from it.
#[derive(Serialize)]
struct Link {
    x: String,
    y: String,
    to_x: String,
    to_y: String,
}

/// Places days in hundredths of a per cent of the width.
#[derive(Clone, Copy)]
struct Scale(DateRange);

impl Scale {
    fn parts(self, day: Date) -> i64 {
        self.0.first.until(day) * 10_000 / self.0.days()
    }
    fn at(self, day: Date) -> String {
        percent(self.parts(day))
    }
    fn clip(self, range: DateRange) -> Option<(String, String)> {
        let days = DateRange::new(range.first.max(self.0.first), range.last.min(self.0.last))?;
        let (from, to) = (self.parts(days.first), self.parts(days.last.plus(1)));
        Some((percent(from), percent(to - from)))
    }
}

fn percent(parts: i64) -> String {
    format!("{}.{:02}%", parts / 100, parts % 100)
}

fn view(cx: &Cx<'_>, almanac: &Almanac<'_>, spans: &[Span], span: Span) -> Page {
    let days = span.days(cx, almanac);
    let scale = Scale(days);
    let mut campaigns = almanac.planned(days);
    if campaigns.len() > cx.model().policy.room("timeline-rows") {
        campaigns.retain(|(_, schedule)| schedule.window.overlaps(days));
    }
    campaigns.sort_by_key(|(_, schedule)| phase_days(schedule).first);
    let more = campaigns.len().saturating_sub(cx.model().policy.room("timeline-rows"));
    campaigns.truncate(cx.model().policy.room("timeline-rows"));
    let shows = nodes_shown(cx, &campaigns, days);
    let mut maker = Maker::new(cx);
    let rows: Vec<Row> = campaigns.iter().map(|(c, s)| row(cx, scale, c, s, shows, &mut maker)).collect();
    let fields = AXES.map(Axis::word);
    let place = spans.iter().position(|s| *s == span);
    let neighbour = |at: Option<usize>| at.and_then(|at| spans.get(at)).map(|s| (s.name(cx), s.route()));
    let mut years: Vec<Piece> = vec![piece(cx, Span::Now, span)];
    let open = span.year().unwrap_or_else(|| cx.today().year());
    for year in almanac.years() {
        let Some(first) = spans.iter().find(|s| s.year() == Some(year)) else { continue };
        let is_current = span.year() == Some(year);
        years.push(Piece { text: year.to_string(), href: cx.href(&first.route()), is_current });
    }
    let of_year: Vec<&Span> = spans.iter().filter(|s| s.year() == Some(open)).collect();
    let view = View {
        tabs: tabs(cx, if days.contains(cx.today()) { cx.today() } else { days.first }),
        turn: Turn::of(cx, neighbour(place.and_then(|p| p.checked_sub(1))), neighbour(place.map(|p| p + 1))),
        years,
        pieces: if of_year.len() > 1 { of_year.iter().map(|s| piece(cx, **s, span)).collect() } else { Vec::new() },
        filter: maker.form("_rows", &fields, &[], true),
        range: cx.range(days),
        days: days.days(),
        months: months(cx, scale),
        weeks: weeks(cx, scale),
        off: holidays(cx, scale),
        today: days.contains(cx.today()).then(|| scale.at(cx.today())),
        links: links(scale, &campaigns),
        rows,
        more,
    };
    let title = match span {
        Span::Now => cx.t("calendar-timeline").to_owned(),
        _ => cx.tf("timeline-of", &[("span", &span.name(cx))]),
    };
    Page::new(title, view)
        .under(cx.tf("calendar-year-title", &[("year", &open)]), routes::year(open))
        .about(cx.tf("calendar-timeline-about", &[("range", &cx.range(days))]))
}

fn piece(cx: &Cx<'_>, span: Span, current: Span) -> Piece {
    Piece { text: span.name(cx), href: cx.href(&span.route()), is_current: span == current }
}

/// Which nodes there is room for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    /// Those with a gate, and overdue ones.
    Gates,
    /// Overdue ones.
    Overdue,
}

fn nodes_shown(cx: &Cx<'_>, campaigns: &[(&Campaign, &Schedule)], days: DateRange) -> Shown {
    let count = |shown: Shown| {
        let nodes = campaigns.iter().flat_map(|(_, s)| &s.milestones);
        nodes.filter(|n| days.contains(n.due) && is_shown(cx, n, shown)).count()
    };
    let most = cx.model().policy.room("timeline-nodes");
    [Shown::All, Shown::Gates].into_iter().find(|shown| count(*shown) <= most).unwrap_or(Shown::Overdue)
}

fn is_shown(cx: &Cx<'_>, node: &Milestone, shown: Shown) -> bool {
    let is_overdue = matches!(node.standing(cx.today()), Standing::Overdue { .. });
    match shown {
        Shown::All => true,
        Shown::Gates => is_overdue || node.gate.is_some(),
        Shown::Overdue => is_overdue,
    }
}

fn row(
    cx: &Cx<'_>,
    scale: Scale,
    campaign: &Campaign,
    schedule: &Schedule,
    shows: Shown,
    maker: &mut Maker<'_, '_>,
) -> Row {
    let bar = |(index, phase): (usize, &crate::model::milestone::PhaseDays)| {
        let (x, width) = scale.clip(phase.days)?;
        let text = format!("{} {}", cx.plain(&phase.name), cx.range_short(phase.days));
        Some(Bar { x, width, colour: parts::phase_colour(campaign, schedule, index), text })
    };
    let plan = DateRange::new(schedule.first, schedule.last).and_then(|days| scale.clip(days));
    let mark = |node: &Milestone| {
        let name = node.task.as_ref().map_or_else(|| node.id.as_str().to_owned(), |task| cx.plain(task));
        Mark {
            x: percent((scale.parts(node.due) + scale.parts(node.due.plus(1))) / 2),
            state: match node.standing(cx.today()) {
                Standing::Done { late: 0 } => "done",
                Standing::Done { .. } => "late",
                Standing::Overdue { .. } => "overdue",
                Standing::Open { .. } => "open",
            },
            text: format!("{name} · {}", cx.date_short(node.due)),
        }
    };
    let nodes = schedule.milestones.iter().filter(|n| scale.0.contains(n.due) && is_shown(cx, n, shows));
    let state = State::of(cx, campaign);
    Row {
        campaign: parts::campaign(cx, campaign),
        is_off: campaign.called_off.is_some(),
        dates: cx.range_short(schedule.window),
        state: state.word(),
        tone: state.tone(),
        state_text: cx.t(&format!("board-{}", state.word())).to_owned(),
        plan: plan.map(|(x, width)| Bar { x, width, colour: "", text: String::new() }),
        bars: schedule.phases.iter().enumerate().filter_map(bar).collect(),
        nodes: nodes.map(mark).collect(),
        from: campaign
            .lessons_from
            .iter()
            .filter_map(|id| cx.model().campaign(&id.value))
            .map(|other| parts::campaign(cx, other))
            .collect(),
        data: maker.campaign_on(&AXES, campaign),
        start: schedule.window.first.to_string(),
    }
}

/// From the last live day of a campaign to the first phase of one that uses its lessons.
fn links(scale: Scale, campaigns: &[(&Campaign, &Schedule)]) -> Vec<Link> {
    let rows = i64::try_from(campaigns.len()).unwrap_or(1).max(1);
    let y = |place: usize| percent((i64::try_from(place).unwrap_or(0) * 2 + 1) * 5_000 / rows);
    let mut links = Vec::new();
    for (place, (campaign, schedule)) in campaigns.iter().enumerate() {
        for id in &campaign.lessons_from {
            let Some(from) = campaigns.iter().position(|(c, _)| c.id.as_str() == id.value) else { continue };
            let (start, end) = (campaigns[from].1.window.last.plus(1), phase_days(schedule).first);
            if from != place && scale.0.contains(start) && scale.0.contains(end) {
                links.push(Link { x: scale.at(start), y: y(from), to_x: scale.at(end), to_y: y(place) });
            }
        }
    }
    links
}

fn months(cx: &Cx<'_>, scale: Scale) -> Vec<Tick> {
    let mut ticks = Vec::new();
    let mut month = scale.0.first.month_start();
    while month <= scale.0.last {
        let text = cx.month_short(month.month()).to_owned();
        let x = scale.at(month.max(scale.0.first));
        // A month of which a few days are left has no room for its name.
        if scale.0.first.max(month).until(month.month_end().min(scale.0.last)) >= scale.0.days() / 24 {
            ticks.push(Tick { x, text, href: cx.href(&routes::month(month.year(), month.month())) });
        }
        month = month.month_end().plus(1);
    }
    ticks
}

/// Mondays; none in a year, where nobody could tell one from another.
fn weeks(cx: &Cx<'_>, scale: Scale) -> Vec<Tick> {
    if scale.0.days() > 200 {
        return Vec::new();
    }
    let mondays = scale.0.iter().filter(|d| d.weekday().index() == 0);
    let tick = |day: Date| Tick { x: scale.at(day), text: cx.date_short(day), href: None };
    mondays.map(tick).collect()
}

/// Public holidays, days in a row as one.
fn holidays(cx: &Cx<'_>, scale: Scale) -> Vec<Bar> {
    let calendar = cx.model().calendar();
    let mut runs: Vec<(DateRange, String)> = Vec::new();
    for day in scale.0.iter() {
        let Some(name) = calendar.holiday(day) else { continue };
        let name = cx.plain(name);
        match runs.last_mut().filter(|(days, last)| days.last.plus(1) == day && *last == name) {
            Some((days, _)) => days.last = day,
            None => runs.push((DateRange { first: day, last: day }, name)),
        }
    }
    let bar = |(days, text): (DateRange, String)| {
        let (x, width) = scale.clip(days)?;
        Some(Bar { x, width, colour: "", text })
    };
    runs.into_iter().filter_map(bar).collect()
}

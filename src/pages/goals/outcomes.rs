//! What a year may expect, and how far it is (OUT-1 … OUT-3).

use crate::base::{Date, Quantity};
use crate::model::measure;
use crate::model::programme::Programme;
use crate::model::progress;
use crate::plan::{Cx, Words};
use crate::policy::{Direction, Metric, Outcome};
use serde::Serialize;

/// An expected outcome.
#[derive(Serialize)]
pub(in crate::pages) struct OutcomeRow {
    pub(in crate::pages) name: Words,
    dimension: Words,
    /// `25–30%`, `≥ 35%`.
    pub(in crate::pages) expected: String,
    from: Option<String>,
    /// By when.
    due: String,
    pub(in crate::pages) actual: Option<String>,
    /// What it would come to at this pace.
    forecast: Option<String>,
    /// `reached`, `over`, `ahead`, `behind`, `open`, `missed`, `unmeasured`: words `outcome-<word>`.
    state: &'static str,
    tone: &'static str,
    source: String,
}

/// The outcomes of policy, in its order.
pub(in crate::pages) fn outcomes(cx: &Cx<'_>, programme: &Programme) -> Vec<OutcomeRow> {
    cx.model().policy.rows.outcomes.iter().filter_map(|(_, row)| outcome(cx, programme, row)).collect()
}

fn outcome(cx: &Cx<'_>, programme: &Programme, row: &Outcome) -> Option<OutcomeRow> {
    let policy = &cx.model().policy;
    let (id, min) = (row.metric.as_ref()?.value.as_str(), row.min?);
    let metric = policy.metric(id);
    let lower = metric.and_then(|m| m.direction) == Some(Direction::Lower);
    let start = Date::new(programme.year, 1, 1)?;
    let end = month_after(start, row.months)?.plus(-1);
    let actual = actual(cx, programme, id);
    let elapsed = start.until(cx.today()).clamp(0, start.until(end) + 1);
    // Where the source names no start, the way has no slope: a level of 27 in September is no 36 in December.
    let forecast = actual.zip(row.from).and_then(|(value, from)| forecast(from, value, elapsed, start.until(end) + 1));
    let is_reached = |value: Quantity, wanted: Quantity| if lower { value <= wanted } else { value >= wanted };
    let state = match actual {
        None => "unmeasured",
        Some(value) if row.max.is_some_and(|max| max != min && is_reached(value, max)) => "over",
        Some(value) if is_reached(value, min) => "reached",
        Some(_) if cx.today() > end => "missed",
        Some(_) if forecast.is_some_and(|f| is_reached(f, min)) => "ahead",
        Some(_) if forecast.is_some() => "behind",
        Some(_) => "open",
    };
    let say = |value: Quantity| cx.measured(value, metric);
    let expected = match row.max {
        Some(max) => cx.tf("value-range", &[("from", &say(min)), ("to", &say(max))]),
        None => format!("{} {}", if lower { "≤" } else { "≥" }, say(min)),
    };
    let dimension = policy.rows.goal_dimensions.find(&row.dimension);
    Some(OutcomeRow {
        name: cx.named(metric.map(|m: &Metric| &m.name), id),
        dimension: cx.named(dimension.map(|d| &d.name), &row.dimension),
        expected,
        from: row.from.map(say),
        due: cx.month(end),
        actual: actual.map(say),
        forecast: forecast.filter(|_| matches!(state, "ahead" | "behind")).map(say),
        state,
        tone: match state {
            "reached" | "over" | "ahead" => "is-good",
            "behind" => "is-late",
            "missed" => "is-bad",
            _ => "is-mute",
        },
        source: row.source.clone(),
    })
}

/// The latest value of a metric in the year: of a goal of it, else of a campaign.
fn actual(cx: &Cx<'_>, programme: &Programme, metric: &str) -> Option<Quantity> {
    let model = cx.model();
    let goal = programme.goals.list.iter().find(|g| g.metric.as_ref().is_some_and(|m| m.value == metric));
    let by_goal = goal.and_then(|g| progress::until(model, programme, g, 12));
    by_goal.or_else(|| {
        let values = model.held_of(programme).filter_map(|c| measure::actual(c, metric));
        values.max_by_key(|(_, day)| *day).map(|(value, _)| value)
    })
}

/// The value at the end if the way so far is gone on with.
fn forecast(from: Quantity, value: Quantity, elapsed: i64, whole: i64) -> Option<Quantity> {
    if elapsed <= 0 {
        return None;
    }
    let gone = i128::from(value.0) - i128::from(from.0);
    let end = i128::from(from.0) + gone * i128::from(whole) / i128::from(elapsed);
    // To the tenth: a forecast of four decimals would claim too much.
    let tenth = i128::from(Quantity::whole(1).0 / 10);
    i64::try_from((end + tenth / 2 * end.signum()) / tenth * tenth).ok().map(Quantity)
}

/// The same day some months later.
fn month_after(start: Date, months: i64) -> Option<Date> {
    let months = i64::from(start.month()) - 1 + months;
    let year = start.year().checked_add(i16::try_from(months / 12).ok()?)?;
    Date::new(year, u8::try_from(months % 12 + 1).ok()?, start.day())
}

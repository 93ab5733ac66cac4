//! Lines of money: planned against spent over the year, and budget against output.

use super::Sums;
use crate::base::{Currency, Money};
use crate::model::gauge::money::Weight;
use crate::plan::Cx;
use serde::Serialize;

/// Width and height of the drawing, and the room of its labels.
const WIDTH: i128 = 960;
const HEIGHT: i128 = 260;
const LEFT: i128 = 64;
const BOTTOM: i128 = 28;

/// Cumulated money over the months.
#[derive(Serialize)]
pub(super) struct Curve {
    width: i128,
    height: i128,
    left: i128,
    floor: i128,
    label: String,
    planned: String,
    spent: String,
    /// The end of the line of spending.
    now: Option<Point>,
    months: Vec<Tick>,
    levels: Vec<Tick>,
}

#[derive(Serialize)]
struct Point {
    x: i128,
    y: i128,
}

/// A label beside or below the drawing.
#[derive(Serialize)]
struct Tick {
    at: i128,
    text: String,
}

/// The curve of a year: each point is the end of a month.
pub(super) fn curve(cx: &Cx<'_>, months: &[Sums], currency: Currency) -> Curve {
    let count = i128::try_from(months.len()).unwrap_or(0).max(1);
    let floor = HEIGHT - BOTTOM;
    let mut sums = (Money::ZERO, Money::ZERO);
    let mut ends: Vec<(Money, Option<Money>)> = vec![(Money::ZERO, Some(Money::ZERO))];
    for month in months {
        sums = (sums.0 + month.planned, sums.1 + month.spent.unwrap_or_default());
        ends.push((sums.0, month.spent.map(|_| sums.1)));
    }
    let greatest = ends.iter().map(|(p, s)| (*p).max(s.unwrap_or_default())).max().unwrap_or_default();
    let top = greatest.0.max(1);
    let x = |place: usize| LEFT + (WIDTH - LEFT) * i128::try_from(place).unwrap_or(0) / count;
    let y = |amount: Money| floor - (floor - 12) * amount.0.max(0) / top;
    let line = |points: Vec<(usize, Money)>| {
        points.iter().map(|(place, amount)| format!("{},{}", x(*place), y(*amount))).collect::<Vec<_>>().join(" ")
    };
    let spent: Vec<(usize, Money)> = ends.iter().enumerate().filter_map(|(i, (_, s))| Some((i, (*s)?))).collect();
    let half = Money(greatest.0 / 2);
    let label = cx.tf(
        "money-curve-label",
        &[("planned", &cx.money_in(sums.0, currency)), ("spent", &cx.money_in(sums.1, currency))],
    );
    Curve {
        width: WIDTH,
        height: HEIGHT,
        left: LEFT,
        floor,
        label,
        planned: line(ends.iter().enumerate().map(|(i, (p, _))| (i, *p)).collect()),
        now: spent.last().map(|(place, amount)| Point { x: x(*place), y: y(*amount) }),
        spent: line(spent),
        months: months
            .iter()
            .enumerate()
            .map(|(i, m)| Tick { at: (x(i) + x(i + 1)) / 2, text: cx.month_short(m.first.month()).to_owned() })
            .collect(),
        levels: [half, greatest].iter().map(|m| Tick { at: y(*m), text: cx.money_short(*m) }).collect(),
    }
}

/// Cumulated shares of output over cumulated shares of money, largest budgets first (BUD-15).
#[derive(Serialize)]
pub(super) struct Lorenz {
    /// Corners of the line in a square of a thousand.
    points: String,
}

/// None for fewer than two campaigns.
pub(super) fn lorenz(weights: &[Weight<'_>]) -> Option<Lorenz> {
    if weights.len() < 2 {
        return None;
    }
    let (mut x, mut y) = (0, 0);
    let mut points = vec!["0,1000".to_owned()];
    for weight in weights {
        x += weight.budget_share.0;
        y += weight.output_share.0;
        points.push(format!("{},{}", (x / 10).min(1000), (1000 - y / 10).max(0)));
    }
    Some(Lorenz { points: points.join(" ") })
}

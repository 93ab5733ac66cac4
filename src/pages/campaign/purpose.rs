//! What a campaign is for: the goals it works for, what each department aims at, its KPIs seen from each side.

use super::parts;
use crate::base::{Quantity, Share};
use crate::model::campaign::{Campaign, Kpi};
use crate::model::measure::{self, Attainment, Verdict};
use crate::model::programme::Programme;
use crate::pages::{goals, routes};
use crate::plan::{Cx, Day, Ref, Words};
use crate::policy::Direction;
use serde::Serialize;

/// Goals of the year and of departments (PRG-3, PRG-5).
#[derive(Serialize)]
pub(super) struct Purpose {
    goals: Vec<Ref>,
    form: Option<Words>,
    departments: Vec<Department>,
}

/// What a department aims at.
#[derive(Serialize)]
struct Department {
    name: Ref,
    goal: Words,
    shared: Option<Ref>,
    signed: Option<Day>,
    /// Whether it has to sign prices and did not.
    is_unsigned: bool,
}

pub(super) fn purpose(cx: &Cx<'_>, campaign: &Campaign) -> Purpose {
    let programme = campaign.programme.as_ref().and_then(|p| cx.model().programme(&p.value));
    let goal = |id: &str| match programme {
        Some(programme) => goals::goal_ref(cx, programme, id),
        None => Ref { text: id.to_owned(), ..Ref::default() },
    };
    let stages = cx.model().policy.rows.goal_stages.iter();
    let form = campaign.form.as_ref().map(|form| {
        let name = stages.filter_map(|(_, s)| s.forms.find(&form.value)).next();
        cx.named(name, &form.value)
    });
    Purpose {
        goals: campaign.goals.iter().map(|g| goal(&g.value)).collect(),
        form,
        departments: departments(cx, campaign, programme),
    }
}

fn departments(cx: &Cx<'_>, campaign: &Campaign, programme: Option<&Programme>) -> Vec<Department> {
    let rule = cx.model().policy.rows.line_rules.find("price");
    let is_priced = rule.is_some_and(|rule| {
        let lines = campaign.budget.iter().flat_map(|b| &b.lines);
        lines.into_iter().any(|l| l.tag(&rule.axis).is_some_and(|t| rule.values.contains(&t.value)))
    });
    let row = |d: &crate::model::goal::DepartmentGoal| {
        let id = d.department.value.as_str();
        let name = cx.named(cx.model().departments.get(id).map(|d| &d.name), id);
        let must_sign = is_priced && rule.is_some_and(|r| r.departments.iter().any(|wanted| wanted == id));
        Department {
            name: cx.link(name, &routes::department(id)),
            goal: cx.words(&d.goal.value),
            shared: d.shared.as_ref().zip(programme).map(|(s, p)| goals::goal_ref(cx, p, &s.value)),
            signed: d.price_signed.map(|day| cx.day(day.value)),
            is_unsigned: must_sign && d.price_signed.is_none(),
        }
    };
    campaign.department_goals.iter().map(row).collect()
}

/// The KPIs from each side that policy offers as a view (KPI-1 … KPI-5), and their weighted attainment (GOL-11).
#[derive(Serialize)]
pub(super) struct Sides {
    views: Vec<Side>,
    weighted: Option<Weighted>,
}

#[derive(Serialize)]
struct Side {
    id: String,
    name: Words,
    values: Vec<Value>,
}

/// One layer or dimension.
#[derive(Serialize)]
struct Value {
    name: Words,
    kpis: Vec<Seen>,
}

#[derive(Serialize)]
struct Seen {
    id: String,
    name: Words,
    /// `reached`, `missed`, `unmeasured`.
    verdict: &'static str,
    attainment: Option<String>,
    /// Attainment up to the target, in thousandths.
    width: i64,
}

#[derive(Serialize)]
struct Weighted {
    current: String,
    planned: String,
    measured: String,
}

pub(super) fn sides(cx: &Cx<'_>, rows: &[Attainment<'_>]) -> Sides {
    let side = |(id, frame): (&str, &crate::policy::KpiFrame)| Side {
        id: id.to_owned(),
        name: cx.words(&frame.name),
        values: frame
            .values
            .iter()
            .map(|(value, name)| Value {
                name: cx.words(name),
                kpis: rows
                    .iter()
                    .filter(|r| r.metric.and_then(|m| m.on(&frame.of)) == Some(value))
                    .map(|r| seen(cx, r))
                    .collect(),
            })
            .collect(),
    };
    Sides {
        views: cx.model().policy.rows.kpi_frames.iter().filter(|(_, f)| f.view).map(side).collect(),
        weighted: weighted(cx, rows),
    }
}

fn seen(cx: &Cx<'_>, row: &Attainment<'_>) -> Seen {
    let id = &row.kpi.metric.value;
    Seen {
        id: id.clone(),
        name: cx.named(row.metric.map(|m| &m.name), id),
        verdict: match row.verdict {
            Verdict::Reached => "reached",
            Verdict::Missed => "missed",
            Verdict::NotMeasured => "unmeasured",
        },
        attainment: row.attainment.map(|a| cx.percent_short(a)),
        width: row.attainment.map_or(0, |a| a.0.clamp(0, Share::WHOLE.0) / 10),
    }
}

fn weighted(cx: &Cx<'_>, rows: &[Attainment<'_>]) -> Option<Weighted> {
    let against = |target: fn(&Kpi) -> Quantity| {
        let row = |r: &Attainment<'_>| Some((r.kpi.weight?.value, attained(r, target(r.kpi))?));
        measure::weighted(rows.iter().filter_map(row))
    };
    let (current, measured) = against(Kpi::current)?;
    let (planned, _) = against(|kpi| kpi.target.value)?;
    Some(Weighted {
        current: cx.percent_short(current),
        planned: cx.percent_short(planned),
        measured: cx.percent_short(measured),
    })
}

/// Attainment against a target of one's choice.
fn attained(row: &Attainment<'_>, target: Quantity) -> Option<Share> {
    let (value, _) = row.actual?;
    let lower = row.metric.and_then(|m| m.direction) == Some(Direction::Lower);
    let (part, whole) = if lower { (target, value) } else { (value, target) };
    (target.0 > 0 && value.0 >= 0).then(|| part.share_of(whole)).flatten()
}

/// What the same month of last year came to (KPI-10).
pub(super) fn last_year(cx: &Cx<'_>, campaign: &Campaign, metric: &str) -> Option<(Quantity, Ref)> {
    let start = campaign.start?.value;
    let fits =
        |c: &&Campaign| c.start.is_some_and(|s| s.value.month() == start.month() && s.value.year() + 1 == start.year());
    let found = cx.model().campaigns.iter().filter(fits).find_map(|c| Some((measure::actual(c, metric)?.0, c)));
    found.map(|(value, c)| (value, parts::campaign(cx, c)))
}

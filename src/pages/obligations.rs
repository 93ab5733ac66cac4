//! `obligations/`: what comes round again, month by month, and the evidence that it was kept (CAL-11).

use super::{parts, routes};
use crate::base::Date;
use crate::model::cadence::{self, Kept, Occurrence};
use crate::model::period::Period;
use crate::plan::{Cx, Ground, Page, Planned, Ref, Shelf, Words};
use crate::policy::Every;
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let page =
        Planned::page(routes::obligations(), "obligations.html", view).more(Shelf::Running, 20, "obligations-title");
    vec![match ground.model.obligations.file {
        Some(file) => page.shows(ground.sources.path(file)),
        None => page,
    }]
}

/// Everything `obligations.html` can see.
#[derive(Serialize)]
struct View {
    year: i16,
    is_kept: bool,
    since: Option<String>,
    counts: Counts,
    overdue: Vec<Missed>,
    months: Vec<Month>,
    rows: Vec<Row>,
    evidence: Vec<Evidence>,
    more: usize,
}

#[derive(Default, Serialize)]
struct Counts {
    done: usize,
    late: usize,
    overdue: usize,
    open: usize,
}

/// An obligation with periods past due.
#[derive(Serialize)]
struct Missed {
    id: String,
    name: Words,
    owner: Option<Ref>,
    periods: Vec<String>,
    more: usize,
    due: String,
}

#[derive(Serialize)]
struct Month {
    name: String,
    full: String,
    is_now: bool,
}

/// An obligation through the year.
#[derive(Serialize)]
struct Row {
    id: String,
    name: Words,
    body: Option<Words>,
    every: String,
    due: String,
    owner: Option<Ref>,
    is_live: bool,
    source: String,
    cells: Vec<Option<Cell>>,
}

/// The occurrences that close in a month: the worst of them, and how many are kept.
#[derive(Serialize)]
struct Cell {
    tone: &'static str,
    text: String,
    title: String,
    state: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct Evidence {
    name: Words,
    periods: String,
    date: String,
    tone: &'static str,
    state: String,
    text: String,
    href: Option<String>,
    note: Option<Words>,
}

fn view(cx: &Cx<'_>) -> Page {
    let model = cx.model();
    let year = model.as_of.year();
    let last = Period::of(Every::Year, model.as_of).days.last;
    let mut counts = Counts::default();
    let (mut rows, mut overdue) = (Vec::new(), Vec::new());
    for (id, row, every) in cadence::active(model) {
        let all = cadence::occurrences(model, id, row, last);
        for occurrence in &all {
            match occurrence.kept {
                Kept::Done { late: 0 } => counts.done += 1,
                Kept::Done { .. } => counts.late += 1,
                Kept::Overdue { .. } => counts.overdue += 1,
                Kept::Open => counts.open += usize::from(occurrence.period.days.first <= model.as_of),
            }
        }
        let owner = cadence::owner(model, row).map(|person| parts::person(cx, person));
        let missed: Vec<&Occurrence<'_>> =
            all.iter().rev().filter(|o| matches!(o.kept, Kept::Overdue { .. })).collect();
        if let Some(latest) = missed.first() {
            let shown = missed.len().min(8);
            overdue.push(Missed {
                id: id.to_owned(),
                name: cx.words(&row.name),
                owner: owner.clone(),
                periods: missed[..shown].iter().map(|o| period_name(cx, o.period)).collect(),
                more: missed.len() - shown,
                due: cx.date(latest.due),
            });
        }
        rows.push(Row {
            id: id.to_owned(),
            name: cx.words(&row.name),
            body: row.body.as_ref().map(|b| cx.words(b)),
            every: cx.t(&format!("every-{}", every.word())).to_owned(),
            due: match row.due.map_or(0, |d| d.0) {
                0 => cx.t("obligation-due-close").to_owned(),
                n => cx.count("obligation-due", n),
            },
            owner,
            is_live: row.when == Some(crate::policy::When::Live),
            source: row.source.clone(),
            cells: (1..=12).map(|month| cell(cx, &all, year, month)).collect(),
        });
    }
    let held = &model.obligations.held;
    let limit = usize::try_from(model.policy.figure("list-rows")).unwrap_or(usize::MAX);
    let mut latest: Vec<_> = held.iter().collect();
    latest.sort_by_key(|h| std::cmp::Reverse(h.date.value));
    let view = View {
        year,
        is_kept: model.obligations.file.is_some(),
        since: cadence::since(model).map(|day| cx.date(day)),
        counts,
        overdue,
        months: (1..=12).map(|month| self::month(cx, year, month)).collect(),
        rows,
        evidence: latest.iter().take(limit).map(|h| evidence(cx, h)).collect(),
        more: latest.len().saturating_sub(limit),
    };
    let page = Page::new(cx.t("obligations-title"), view).about(cx.t("obligations-about"));
    match model.obligations.file {
        Some(file) => page.edited_in(cx.ground().sources.path(file), 1),
        None => page,
    }
}

fn month(cx: &Cx<'_>, year: i16, month: u8) -> Month {
    let today = cx.today();
    let first = Date::new(year, month, 1).expect("bug: a month without a first day");
    Month {
        name: cx.month_short(month).to_owned(),
        full: cx.month(first),
        is_now: (today.year(), today.month()) == (year, month),
    }
}

/// The occurrences whose period closes in a month, as one mark.
fn cell(cx: &Cx<'_>, all: &[Occurrence<'_>], year: i16, month: u8) -> Option<Cell> {
    let closes = |o: &&Occurrence<'_>| (o.period.days.last.year(), o.period.days.last.month()) == (year, month);
    let here: Vec<&Occurrence<'_>> = all.iter().filter(closes).collect();
    let kept = here.iter().filter(|o| matches!(o.kept, Kept::Done { .. })).count();
    let worst = here.iter().max_by_key(|o| gravity(o.kept))?;
    let (tone, sign) = match worst.kept {
        Kept::Done { late: 0 } => ("done", "✓"),
        Kept::Done { .. } => ("late", "✓"),
        Kept::Overdue { .. } => ("overdue", "✗"),
        Kept::Open => ("open", "·"),
    };
    let due = cx.tf("obligation-cell-due", &[("date", &cx.date(worst.due))]);
    let state = cx.t(&format!("kept-{tone}"));
    Some(Cell {
        tone,
        text: if here.len() == 1 { sign.to_owned() } else { format!("{kept}/{}", here.len()) },
        title: format!("{} · {state} · {due}", period_name(cx, worst.period)),
        state: state.to_owned(),
        href: if here.len() == 1 { worst.held.and_then(|h| address(&h.evidence.value)) } else { None },
    })
}

fn gravity(kept: Kept) -> (u8, i64) {
    match kept {
        Kept::Done { late: 0 } => (0, 0),
        Kept::Open => (1, 0),
        Kept::Done { late } => (2, late),
        Kept::Overdue { days } => (3, days),
    }
}

fn evidence(cx: &Cx<'_>, held: &cadence::Held) -> Evidence {
    let row = cx.model().policy.rows.cadence.find(&held.obligation.value);
    let due = row.and_then(|r| r.due).map_or(0, |d| d.0);
    let late = held.last.map_or(0, |p| p.days.last.plus(due).until(held.date.value)).max(0);
    let (tone, state) = match late {
        0 => ("done", cx.t("state-done").to_owned()),
        n => ("late", cx.count("state-late", n)),
    };
    let name = |p: Option<Period>, words: &str| p.map_or_else(|| words.to_owned(), |p| period_name(cx, p));
    let first = name(held.first, &held.period.value);
    Evidence {
        name: cx.named(row.map(|r| &r.name), &held.obligation.value),
        periods: match &held.to {
            Some(to) => cx.tf("range", &[("from", &first), ("to", &name(held.last, &to.value))]),
            None => first,
        },
        date: cx.date(held.date.value),
        tone,
        state,
        href: address(&held.evidence.value),
        text: held.evidence.value.clone(),
        note: held.note.as_ref().map(|n| cx.words(n)),
    }
}

/// Evidence that is an address of the web.
fn address(text: &str) -> Option<String> {
    (text.starts_with("https://") || text.starts_with("http://")).then(|| text.to_owned())
}

/// A period in the reader's words.
pub(crate) fn period_name(cx: &Cx<'_>, period: Period) -> String {
    let first = period.days.first;
    let year = first.year();
    match period.every {
        Every::Day => cx.date(first),
        Every::Week => {
            let (year, week) = first.iso_week();
            cx.tf("period-week", &[("n", &week), ("year", &year)])
        }
        Every::Month => cx.month(first),
        Every::Quarter => cx.tf("quarter", &[("q", &first.quarter()), ("year", &year)]),
        Every::HalfYear => cx.tf("period-half", &[("n", &(first.month() / 7 + 1)), ("year", &year)]),
        Every::Year => cx.tf("period-year", &[("year", &year)]),
    }
}

/// A line of a list of obligations that fall due in some days.
#[derive(Serialize)]
pub(crate) struct DueRow {
    day: crate::plan::Day,
    what: Ref,
    period: String,
    owner: Option<Ref>,
    state: parts::State,
}

/// Occurrences as lines of a list.
pub(crate) fn due<'a>(cx: &Cx<'_>, occurrences: impl Iterator<Item = &'a Occurrence<'a>>) -> Vec<DueRow> {
    let model = cx.model();
    let row = |o: &Occurrence<'_>| DueRow {
        day: cx.day(o.due),
        what: Ref {
            href: cx.href_to(&routes::obligations(), o.id),
            ..cx.link(cx.words(&o.row.name), &routes::obligations())
        },
        period: period_name(cx, o.period),
        owner: cadence::owner(model, o.row).map(|person| parts::person(cx, person)),
        state: parts::state(cx, standing(o, model.as_of)),
    };
    occurrences.map(row).collect()
}

fn standing(occurrence: &Occurrence<'_>, as_of: Date) -> crate::model::milestone::Standing {
    crate::model::milestone::standing(occurrence.due, occurrence.held.map(|h| h.date.value), as_of)
}

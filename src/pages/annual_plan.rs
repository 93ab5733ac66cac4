//! `programmes/<id>/plan/`: the text of a year by the chapters of policy, with the figures of today under each (PRG-1).

use super::goals::{linked, outcomes};
use super::{parts, routes};
use crate::base::{DateRange, Money, Severity};
use crate::model::Model;
use crate::model::programme::{self, Programme};
use crate::model::progress;
use crate::model::prose::Version;
use crate::plan::{Cx, Ground, Heading, Page, Planned, Ref, Section, Words};
use crate::policy::Chapter;
use serde::Serialize;

/// Whether the text of a year has chapters: then they have a page of their own.
pub(super) fn has_plan(model: &Model, programme: &Programme) -> bool {
    let main = programme.prose.as_ref().and_then(|p| p.main());
    main.is_some_and(|v| !programme::chapters(&model.policy, &v.document).is_empty())
}

/// One page for each year whose text has chapters.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let page = |programme: &'a Programme| {
        let main = programme.prose.as_ref().and_then(|p| p.main());
        let path = main.map_or_else(String::new, |v| ground.sources.path(v.file).to_owned());
        Planned::page(routes::annual_plan(programme.id.as_str()), "annual-plan.html", move |cx| view(cx, programme))
            .aliases(&programme.aliases, routes::annual_plan)
            .section(Section::Programme)
            .named(move |cx| cx.tf("annual-plan-title", &[("year", &programme.year)]).into())
            .shows(path)
            .from(format!("annual plan of `{}`", programme.id), programme.span)
    };
    ground.model.programmes.iter().filter(|p| has_plan(ground.model, p)).map(page).collect()
}

/// Everything `annual-plan.html` can see.
#[derive(Serialize)]
struct View {
    programme: Ref,
    intro: String,
    chapters: Vec<ChapterView>,
    /// Headings that are no chapter, at the end.
    rest: Vec<String>,
    written: usize,
}

/// A chapter of policy, written or not.
#[derive(Serialize)]
struct ChapterView {
    n: usize,
    name: Words,
    /// Where it stands on this page; none when nobody wrote it.
    anchor: Option<String>,
    html: String,
    live: Vec<Live>,
}

/// Figures of today under a chapter.
#[derive(Serialize)]
struct Live {
    title: Ref,
    rows: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    name: Ref,
    value: String,
    note: String,
}

fn view(cx: &Cx<'_>, programme: &Programme) -> Page {
    let policy = &cx.model().policy;
    let version = programme.prose.as_ref().and_then(|p| p.get(cx.lang()));
    let (intro, mut pieces) = version.map(|v| pieces(cx, v)).unwrap_or_default();
    let seen = version.map(|v| programme::chapters(policy, &v.document)).unwrap_or_default();
    let mut chapters = Vec::new();
    for (n, (id, row)) in (1..).zip(policy.rows.chapters.iter()) {
        let anchor = seen.iter().find(|c| c.chapter == id).map(|c| c.heading.clone());
        let place = anchor.as_ref().and_then(|a| pieces.iter().position(|(id, _)| id == a));
        let html = place.map(|place| pieces.remove(place).1).unwrap_or_default();
        chapters.push(ChapterView { n, name: cx.words(&row.name), anchor, html, live: live(cx, programme, row) });
    }
    let view = View {
        programme: cx.link(cx.words(&programme.title), &routes::programme(programme.id.as_str())),
        intro,
        written: chapters.iter().filter(|c| c.anchor.is_some()).count(),
        chapters,
        rest: pieces.into_iter().map(|(_, html)| html).collect(),
    };
    let page = Page::new(cx.tf("annual-plan-title", &[("year", &programme.year)]), view)
        .about(cx.tf("annual-plan-about", &[("year", &programme.year)]));
    match version {
        Some(version) => page.edited_in(cx.ground().sources.path(version.file), 1),
        None => page,
    }
}

/// The text cut before its headings of level 2: what stands before the first, then each with the id of its heading.
fn pieces(cx: &Cx<'_>, version: &Version) -> (String, Vec<(String, String)>) {
    let html = cx.markdown(version, Heading::default()).html;
    // HTML in Markdown is shown as text, so a tag of this name is a heading of the author's.
    let places: Vec<usize> = html.match_indices("<h2").map(|(at, _)| at).collect();
    let ends = places.iter().skip(1).copied().chain([html.len()]);
    let piece = |(from, to): (&usize, usize)| html[*from..to].to_owned();
    let ids = version.document.sections.iter().map(|s| s.id.clone());
    let intro = html[..places.first().copied().unwrap_or(html.len())].to_owned();
    (intro, ids.zip(places.iter().zip(ends).map(piece)).collect())
}

fn live(cx: &Cx<'_>, programme: &Programme, row: &Chapter) -> Vec<Live> {
    row.live.iter().filter_map(|word| block(cx, programme, word)).filter(|l| !l.rows.is_empty()).collect()
}

fn block(cx: &Cx<'_>, programme: &Programme, word: &str) -> Option<Live> {
    let (id, model) = (programme.id.as_str(), cx.model());
    let (title, rows) = match word {
        "goals" => (cx.link(cx.t("goals"), &routes::goals(id)), goal_lines(cx, programme)),
        "outcomes" => {
            let rows = outcomes(cx, programme).into_iter().map(|o| Line {
                name: plain(o.name),
                value: o.expected,
                note: o.actual.unwrap_or_else(|| cx.t("outcome-unmeasured").to_owned()),
            });
            (cx.link(cx.t("outcomes"), &routes::goals(id)), rows.collect())
        }
        "budget" => (cx.link(cx.t("budget"), &routes::programme(id)), money_lines(cx, programme)),
        "calendar" => {
            let stage = |s: &programme::Stretch| {
                let range = DateRange::new(s.from.value, s.to.value);
                Line {
                    name: plain(cx.words(&s.name)),
                    value: range.map_or_else(String::new, |r| cx.range_short(r)),
                    note: if range.is_some_and(|r| r.contains(cx.today())) {
                        cx.t("now").to_owned()
                    } else {
                        String::new()
                    },
                }
            };
            let title = cx.tf("calendar-year-title", &[("year", &programme.year)]);
            (cx.link(title, &routes::year(programme.year)), programme.stages.iter().map(stage).collect())
        }
        "campaigns" => {
            let line = |c: &crate::model::campaign::Campaign| Line {
                name: parts::campaign(cx, c),
                value: c.schedule.as_ref().map_or_else(String::new, |s| cx.range_short(s.window)),
                note: parts::called_off(cx, c).unwrap_or_default(),
            };
            let mut all: Vec<_> = model.campaigns_of(programme).collect();
            let more = super::worklist::cut(&mut all, cx);
            let rest = (more > 0).then(|| Line {
                name: cx.link(cx.count("list-more", more), &routes::campaigns()),
                value: String::new(),
                note: String::new(),
            });
            (cx.link(cx.t("nav-campaigns"), &routes::campaigns()), all.into_iter().map(line).chain(rest).collect())
        }
        "findings" => {
            let count = |severity| cx.findings().iter().filter(|d| d.severity == severity).count();
            let links = linked(model, programme);
            let rows = vec![
                Line {
                    name: cx.link(cx.t("goals-linked"), &routes::goals(id)),
                    value: cx.tf("n-of-all", &[("n", &links.linked), ("all", &links.all)]),
                    note: String::new(),
                },
                Line {
                    name: cx.link(cx.t("home-checks"), &routes::check()),
                    value: cx.count("n-warnings", count(Severity::Warning)),
                    note: String::new(),
                },
            ];
            (plain(cx.t("plan-today").into()), rows)
        }
        "loops" => {
            let line = |(_, row): (&str, &crate::policy::Loop)| Line {
                name: cx.link(cx.words(&row.name), &routes::loops()),
                value: row.steps.iter().map(|s| cx.plain(&s.name)).collect::<Vec<_>>().join(" → "),
                note: String::new(),
            };
            let closed = model.policy.rows.loops.iter().filter(|(_, l)| l.closed).take(4);
            (cx.link(cx.t("loops"), &routes::loops()), closed.map(line).collect())
        }
        _ => return None,
    };
    Some(Live { title, rows })
}

fn plain(words: Words) -> Ref {
    Ref { text: words.text, lang: words.lang, href: None }
}

/// Each goal with the target in force and what it came to.
fn goal_lines(cx: &Cx<'_>, programme: &Programme) -> Vec<Line> {
    let model = cx.model();
    let closed = progress::closed(programme, cx.today());
    let line = |goal: &crate::model::goal::Goal| {
        let metric = progress::metric(&model.policy, goal);
        let actual = progress::until(model, programme, goal, closed).map(|v| cx.measured(v, metric));
        Line {
            name: super::goals::goal_ref(cx, programme, goal.id.value.as_str()),
            value: programme.goals.current(goal).map_or_else(String::new, |v| cx.measured(v, metric)),
            note: actual.unwrap_or_else(|| cx.t("kpi-unmeasured").to_owned()),
        }
    };
    programme.goals.list.iter().map(line).collect()
}

/// The year's money: all of it, what its campaigns hold, what was spent.
fn money_lines(cx: &Cx<'_>, programme: &Programme) -> Vec<Line> {
    let Some(budget) = &programme.budget else { return Vec::new() };
    let currency = budget.currency.value;
    let line = |key: &str, amount: Money| Line {
        name: plain(cx.t(key).into()),
        value: cx.money_in(amount, currency),
        note: String::new(),
    };
    let mine = || {
        let is_mine = |b: &&crate::model::budget::Budget| b.currency.value == currency;
        cx.model().campaigns_of(programme).filter(move |c| c.budget.as_ref().filter(is_mine).is_some())
    };
    let held: Money = mine().filter_map(|c| c.budget.as_ref()?.total).map(|t| t.value).sum();
    let spent: Money = mine().map(|c| c.results.spent()).sum();
    let total = budget.total.map(|t| line("budget", t.value));
    total
        .into_iter()
        .chain([line("nav-campaigns", held), line("programme-held", budget.sum()), line("spent", spent)])
        .collect()
}

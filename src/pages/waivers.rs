//! `waivers/`: rules set aside for one thing, with reason, approver and expiry.

use super::{findings, parts, places, routes};
use crate::base::Subject;
use crate::model::waiver::Waiver;
use crate::plan::{Cx, Day, Ground, Page, Planned, Ref, Shelf, Words};
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::waivers(), "waivers.html", view).more(Shelf::Method, 120, "waivers-title")]
}

/// Everything `waivers.html` can see.
#[derive(Serialize)]
struct View {
    in_force: Vec<Row>,
    expired: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    rule: Ref,
    summary: Vec<findings::Piece>,
    summary_lang: Option<&'static str>,
    target: Ref,
    reason: Words,
    approver: Ref,
    expires: Day,
    distance: String,
    /// How many findings it sets aside now.
    covers: usize,
    place: String,
}

fn view(cx: &Cx<'_>) -> Page {
    let model = cx.model();
    let mut waivers: Vec<(usize, &Waiver)> = model.waivers.iter().enumerate().collect();
    waivers.sort_by_key(|(_, w)| w.expires.value);
    let (in_force, expired): (Vec<_>, Vec<_>) = waivers.into_iter().partition(|(_, w)| w.holds_on(cx.today()));
    let rows = |list: Vec<(usize, &Waiver)>| list.into_iter().map(|(at, waiver)| row(at, waiver, cx)).collect();
    let view = View { in_force: rows(in_force), expired: rows(expired) };
    Page::new(cx.t("waivers-title"), view).about(cx.t("waivers-about"))
}

fn row(at: usize, waiver: &Waiver, cx: &Cx<'_>) -> Row {
    let code = waiver.rule.value.as_str();
    let rule = cx.ground().rules.iter().find(|r| r.code == code);
    let (spoken, lang) = findings::said_lang(cx);
    let summary = rule.map_or("", |r| if spoken == "en" { r.summary() } else { r.summary_zh() });
    let (thing, item) = waiver.target.split_once('#').map_or((waiver.target.as_str(), None), |(t, i)| (t, Some(i)));
    let subject = Subject { thing: thing.to_owned(), item: item.map(str::to_owned) };
    let (path, line) = places::of(cx, waiver.span);
    Row {
        rule: cx.link(code, &routes::rule(code)),
        summary: findings::pieces(summary),
        summary_lang: lang,
        target: findings::subject(cx, &subject),
        reason: cx.words(&waiver.reason),
        approver: parts::person(cx, &waiver.approver.value),
        expires: cx.day(waiver.expires.value),
        distance: cx.distance(waiver.expires.value),
        covers: cx.ground().waived.iter().filter(|(_, by)| *by == at).count(),
        place: format!("{path}:{line}"),
    }
}

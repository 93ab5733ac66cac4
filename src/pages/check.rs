//! `check/`: everything the checks found, as of the build.

use super::findings::{self, GRAVEST_FIRST, Row};
use super::routes;
use crate::plan::{Cx, Ground, Leaves, Page, Planned, Section, Shelf};
use serde::Serialize;
use std::sync::Arc;

/// One page; of many findings several, the gravest first and those set aside last.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let room = ground.model.policy.room("page-rows");
    let leaves = Leaves::numbered(&routes::check(), ground.findings.len() + ground.waived.len(), room);
    let leaves = Arc::new(leaves);
    let page = |at: usize| {
        let shared = Arc::clone(&leaves);
        let page = Planned::page(leaves.leaf(at).route.clone(), "check.html", move |cx| view(cx, &shared, at));
        if at == 0 { page.more(Shelf::Method, 140, "check-title") } else { page.section(Section::More) }
    };
    (0..leaves.count()).map(page).collect()
}

/// Everything `check.html` can see.
#[derive(Serialize)]
struct View {
    today: String,
    groups: Vec<Group>,
    waived: Vec<Waived>,
    waived_count: usize,
    waived_begin: Option<String>,
    /// Whether all findings are on this page; else only what has rows here is shown.
    is_whole: bool,
    rules: usize,
    rules_href: Option<String>,
    waivers_href: Option<String>,
}

/// Findings of one severity.
#[derive(Serialize)]
struct Group {
    severity: &'static str,
    /// How many there are on all pages.
    count: usize,
    /// Where they begin, if there are any: on this page, else the address of another.
    href: Option<String>,
    rows: Vec<Row>,
}

/// A finding that a waiver sets aside.
#[derive(Serialize)]
struct Waived {
    row: Row,
    reason: crate::plan::Words,
    expires: String,
}

fn view(cx: &Cx<'_>, leaves: &Leaves, at: usize) -> Page {
    let ground = cx.ground();
    let rows = leaves.leaf(at).rows.clone();
    // Where the row at a place of the whole list is.
    let begin = |place: usize, count: usize, fragment: &str| {
        let leaf = leaves.iter().find(|leaf| leaf.rows.contains(&place) && count > 0);
        let leaf = leaf.or_else(|| leaves.is_single().then(|| leaves.leaf(at)))?;
        cx.href_to(&leaf.route, fragment)
    };
    let mut place = 0;
    let mut groups = Vec::new();
    for severity in GRAVEST_FIRST {
        let all: Vec<_> = cx.findings().iter().filter(|d| d.severity == severity).collect();
        let here = all.iter().enumerate().filter(|(n, _)| rows.contains(&(place + n))).map(|(_, finding)| *finding);
        groups.push(Group {
            severity: severity.word(),
            count: all.len(),
            href: begin(place, all.len(), severity.word()),
            rows: findings::rows(cx, here),
        });
        place += all.len();
    }
    let here = ground.waived.iter().enumerate().filter(|(n, _)| rows.contains(&(place + n))).map(|(_, waived)| waived);
    let waived = findings::rows(cx, here.clone().map(|(finding, _)| finding));
    let aside = |(row, (_, waiver)): (Row, &(crate::base::Diagnostic, usize))| {
        let waiver = cx.model().waivers.get(*waiver)?;
        Some(Waived { row, reason: cx.words(&waiver.reason), expires: cx.date(waiver.expires.value) })
    };
    let view = View {
        today: cx.date(cx.today()),
        groups,
        waived: waived.into_iter().zip(here).filter_map(aside).collect(),
        waived_count: ground.waived.len(),
        waived_begin: begin(place, ground.waived.len(), "waived"),
        is_whole: leaves.is_single(),
        rules: ground.rules.len(),
        rules_href: cx.href(&routes::rules()),
        waivers_href: cx.href(&routes::waivers()),
    };
    leaves.page(at, cx.t("check-title"), view, cx).about(cx.t("check-about"))
}

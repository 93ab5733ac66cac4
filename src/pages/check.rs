//! `check/`: everything the checks found, as of the build.

use super::findings::{self, GRAVEST_FIRST, Row};
use super::routes;
use crate::plan::{Cx, Ground, Page, Planned, Shelf};
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::check(), "check.html", view).more(Shelf::Method, 140, "check-title")]
}

/// Everything `check.html` can see.
#[derive(Serialize)]
struct View {
    today: String,
    groups: Vec<Group>,
    waived: Vec<Waived>,
    rules: usize,
    rules_href: Option<String>,
    waivers_href: Option<String>,
}

/// Findings of one severity.
#[derive(Serialize)]
struct Group {
    severity: &'static str,
    rows: Vec<Row>,
}

/// A finding that a waiver sets aside.
#[derive(Serialize)]
struct Waived {
    row: Row,
    reason: crate::plan::Words,
    expires: String,
}

fn view(cx: &Cx<'_>) -> Page {
    let ground = cx.ground();
    let group = |severity: crate::base::Severity| Group {
        severity: severity.word(),
        rows: findings::rows(cx, cx.findings().iter().filter(|d| d.severity == severity)),
    };
    let waived = findings::rows(cx, ground.waived.iter().map(|(finding, _)| finding));
    let aside = |(row, (_, waiver)): (Row, &(crate::base::Diagnostic, usize))| {
        let waiver = cx.model().waivers.get(*waiver)?;
        Some(Waived { row, reason: cx.words(&waiver.reason), expires: cx.date(waiver.expires.value) })
    };
    let view = View {
        today: cx.date(cx.today()),
        groups: GRAVEST_FIRST.into_iter().map(group).collect(),
        waived: waived.into_iter().zip(ground.waived).filter_map(aside).collect(),
        rules: ground.rules.len(),
        rules_href: cx.href(&routes::rules()),
        waivers_href: cx.href(&routes::waivers()),
    };
    Page::new(cx.t("check-title"), view).about(cx.t("check-about"))
}

//! `lessons/problems/`: every kind of problem with all campaigns it came up in, where the lessons have several pages.

use super::{Reviewed, review_of, reviewed, year};
use crate::model::campaign::Campaign;
use crate::pages::routes;
use crate::plan::{Cx, Leaves, Page, Planned, Ref, Section};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A problem, how many campaigns have it, and one of them.
type Row<'a> = (&'a str, usize, &'a Campaign);

/// Everything `problems.html` can see.
#[derive(Serialize)]
struct View {
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Problem {
    tag: String,
    count: usize,
    campaigns: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    campaign: Ref,
    year: i16,
}

/// The most frequent problem first; of each the newest campaign first.
fn rows<'a>(reviewed: &[Reviewed<'a>]) -> Vec<Row<'a>> {
    let mut by_tag: BTreeMap<&str, Vec<&Campaign>> = BTreeMap::new();
    for (campaign, postmortem) in reviewed {
        for tag in &postmortem.problem_tags {
            let campaigns = by_tag.entry(tag.value.as_str()).or_default();
            if campaigns.last().is_none_or(|last| last.id != campaign.id) {
                campaigns.push(campaign);
            }
        }
    }
    let mut tags: Vec<(&str, Vec<&Campaign>)> = by_tag.into_iter().collect();
    tags.sort_by_key(|(_, campaigns)| Reverse(campaigns.len()));
    tags.into_iter().flat_map(|(tag, all)| all.clone().into_iter().map(move |c| (tag, all.len(), c))).collect()
}

/// As many pages as there are rows for.
pub(super) fn plan<'a>(reviewed: &[Reviewed<'a>], room: usize) -> Vec<Planned<'a>> {
    let rows = Arc::new(rows(reviewed));
    if rows.is_empty() {
        return Vec::new();
    }
    let leaves = Arc::new(Leaves::numbered(&routes::problems(), rows.len(), room));
    let page = |at: usize| {
        let (rows, leaves) = (Arc::clone(&rows), Arc::clone(&leaves));
        let route = leaves.leaf(at).route.clone();
        Planned::page(route, "problems.html", move |cx| view(cx, &rows, &leaves, at)).section(Section::Lessons)
    };
    (0..leaves.count()).map(page).collect()
}

fn view(cx: &Cx<'_>, rows: &[Row<'_>], leaves: &Leaves, at: usize) -> Page {
    let problem = |group: &[Row<'_>]| Problem {
        tag: group[0].0.to_owned(),
        count: group[0].1,
        campaigns: group.iter().map(|(.., c)| Found { campaign: review_of(cx, c), year: year(c) }).collect(),
    };
    let mine = &rows[leaves.leaf(at).rows.clone()];
    let problems = mine.chunk_by(|a, b| a.0 == b.0).map(problem).collect();
    let mut page = leaves.page(at, cx.t("problem-tags"), View { problems }, cx).about(cx.t("problems-all-about"));
    page.crumbs.insert(0, (cx.t("lessons-title").into(), routes::lessons()));
    page
}

/// Where all campaigns with a problem begin to be listed: among the problems, or beside the lessons where those fit on a page.
pub(in crate::pages) fn place(cx: &Cx<'_>, tag: &str) -> Option<String> {
    let rows = rows(&reviewed(cx.model()));
    let leaves = Leaves::numbered(&routes::problems(), rows.len(), cx.model().policy.room("page-rows"));
    let at = rows.iter().position(|(of, ..)| *of == tag)?;
    let leaf = leaves.iter().find(|leaf| leaf.rows.contains(&at))?;
    let anchor = format!("_tag-{tag}");
    cx.href_to(&leaf.route, &anchor).or_else(|| cx.href_to(&routes::lessons(), &anchor))
}

//! `lessons/`: what all reviews taught, what was to be done about it, and whether a later campaign did it (PMR-3, PMR-4).

use super::campaign::{Part, review, users};
use super::{parts, routes};
use crate::model::campaign::Campaign;
use crate::model::postmortem::{Action, Postmortem};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Section, Words};
use review::ActionView;
use serde::Serialize;
use std::collections::BTreeMap;

/// One page.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::lessons(), "lessons.html", view).entry(Section::Lessons)]
}

/// Campaigns that use the lessons of another, by its id.
type Users<'a> = BTreeMap<&'a str, Vec<&'a Campaign>>;

/// Everything `lessons.html` can see.
#[derive(Serialize)]
struct View {
    counts: Counts,
    /// Not yet done, the oldest due first.
    pending: Vec<ActionRow>,
    /// Done or applied, the latest campaign first.
    settled: Vec<ActionRow>,
    lessons: Vec<Lessons>,
    tags: Vec<Tag>,
    /// Over, and without a post-mortem.
    missing: Vec<Missing>,
}

/// All actions by how far they are.
#[derive(Default, Serialize)]
struct Counts {
    overdue: usize,
    open: usize,
    done: usize,
    applied: usize,
    lessons: usize,
}

/// An action and the review that asked for it.
#[derive(Serialize)]
struct ActionRow {
    action: ActionView,
    campaign: Ref,
}

/// The lessons of one review.
#[derive(Serialize)]
struct Lessons {
    campaign: Ref,
    dates: Option<String>,
    lessons: Vec<Words>,
    used_by: Vec<Ref>,
}

/// A kind of problem and where it came up.
#[derive(Serialize)]
struct Tag {
    tag: String,
    count: usize,
    campaigns: Vec<Ref>,
}

/// A campaign that waits for its review.
#[derive(Serialize)]
struct Missing {
    campaign: Ref,
    dates: Option<String>,
}

fn view(cx: &Cx<'_>) -> Page {
    let reviewed: Vec<(&Campaign, &Postmortem)> =
        cx.model().campaigns.iter().rev().filter_map(|c| Some((c, c.postmortem.as_ref()?))).collect();
    let actions: Vec<(&Campaign, &Action)> =
        reviewed.iter().flat_map(|(c, p)| p.actions.iter().map(move |a| (*c, a))).collect();
    let mut counts = Counts { lessons: reviewed.iter().map(|(_, p)| p.lessons.len()).sum(), ..Counts::default() };
    for (_, action) in &actions {
        match review::action_state(cx, action) {
            "overdue" => counts.overdue += 1,
            "open" => counts.open += 1,
            "done" => counts.done += 1,
            _ => counts.applied += 1,
        }
    }
    let is_settled = |a: &Action| matches!(review::action_state(cx, a), "done" | "applied");
    let mut pending: Vec<(&Campaign, &Action)> = actions.iter().copied().filter(|(_, a)| !is_settled(a)).collect();
    pending.sort_by_key(|(_, a)| (a.due.is_none(), a.due.map(|d| d.value)));
    let row = |(campaign, action): (&Campaign, &Action)| ActionRow {
        action: review::action(cx, action),
        campaign: review_of(cx, campaign),
    };
    let users = users(&cx.model().campaigns);
    let view = View {
        counts,
        pending: pending.into_iter().map(row).collect(),
        settled: actions.iter().copied().filter(|(_, a)| is_settled(a)).map(row).collect(),
        lessons: reviewed
            .iter()
            .filter(|(_, p)| !p.lessons.is_empty())
            .map(|(c, p)| lessons(cx, c, p, &users))
            .collect(),
        tags: tags(cx, &reviewed),
        missing: missing(cx),
    };
    Page::new(cx.t("lessons-title"), view)
}

/// A campaign's title, leading to its review.
fn review_of(cx: &Cx<'_>, campaign: &Campaign) -> Ref {
    cx.link(cx.words(&campaign.title), &Part::Review.route(campaign))
}

fn dates(cx: &Cx<'_>, campaign: &Campaign) -> Option<String> {
    campaign.schedule.as_ref().map(|s| cx.range(s.window))
}

fn lessons(cx: &Cx<'_>, campaign: &Campaign, postmortem: &Postmortem, users: &Users<'_>) -> Lessons {
    Lessons {
        campaign: review_of(cx, campaign),
        dates: dates(cx, campaign),
        lessons: postmortem.lessons.iter().map(|l| cx.words(l)).collect(),
        used_by: users.get(campaign.id.as_str()).into_iter().flatten().map(|c| parts::campaign(cx, c)).collect(),
    }
}

/// Kinds of problems, the most frequent first; a campaign counts once for each.
fn tags(cx: &Cx<'_>, reviewed: &[(&Campaign, &Postmortem)]) -> Vec<Tag> {
    let mut by_tag: BTreeMap<&str, Vec<&Campaign>> = BTreeMap::new();
    for (campaign, postmortem) in reviewed {
        for tag in &postmortem.problem_tags {
            let campaigns = by_tag.entry(tag.value.as_str()).or_default();
            if !campaigns.iter().any(|c| c.id == campaign.id) {
                campaigns.push(campaign);
            }
        }
    }
    let tag = |(tag, campaigns): (&str, Vec<&Campaign>)| Tag {
        tag: tag.to_owned(),
        count: campaigns.len(),
        campaigns: campaigns.into_iter().map(|c| review_of(cx, c)).collect(),
    };
    let mut tags: Vec<Tag> = by_tag.into_iter().map(tag).collect();
    tags.sort_by_key(|t| std::cmp::Reverse(t.count));
    tags
}

/// Campaigns that are over and have no post-mortem, the latest first.
fn missing(cx: &Cx<'_>) -> Vec<Missing> {
    let is_over = |c: &&Campaign| {
        c.called_off.is_none()
            && c.postmortem.is_none()
            && c.schedule.as_ref().is_some_and(|s| s.window.last < cx.today())
    };
    let row = |campaign: &Campaign| Missing { campaign: review_of(cx, campaign), dates: dates(cx, campaign) };
    cx.model().campaigns.iter().rev().filter(is_over).map(row).collect()
}

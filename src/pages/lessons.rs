//! `lessons/`: what all reviews taught, what was to be done about it, and whether a later campaign did it (PMR-3, PMR-4).

mod problems;

pub(super) use problems::place as problem_place;

use super::campaign::{Part, review, users};
use super::{parts, routes};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::postmortem::{Action, Postmortem};
use crate::plan::{Cx, Ground, Leaves, Page, Planned, Ref, Section, Words};
use review::ActionView;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A review and its campaign.
type Reviewed<'a> = (&'a Campaign, &'a Postmortem);

/// One page while there are few reviews; else pages by year, the newest first, and beside them all actions.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let reviewed = Arc::new(reviewed(ground.model));
    let years: Vec<i16> = reviewed.iter().map(|(c, _)| year(c)).collect();
    let room = ground.model.policy.room("page-rows");
    let leaves = Arc::new(Leaves::by_year(&routes::lessons(), &years, room));
    let mut planned: Vec<Planned<'a>> = Vec::new();
    for (at, leaf) in leaves.iter().enumerate() {
        let (reviewed, leaves) = (Arc::clone(&reviewed), Arc::clone(&leaves));
        let page = Planned::page(leaf.route.clone(), "lessons.html", move |cx| view(cx, &reviewed, &leaves, at));
        planned.push(if at == 0 { page.entry(Section::Lessons) } else { page.section(Section::Lessons) });
    }
    if !leaves.is_single() {
        planned.extend(plan_actions(&reviewed, room));
        planned.extend(problems::plan(&reviewed, room));
    }
    planned
}

/// All actions by year of their campaign.
fn plan_actions<'a>(reviewed: &Arc<Vec<Reviewed<'a>>>, room: usize) -> Vec<Planned<'a>> {
    let actions = Arc::new(actions(reviewed));
    let years: Vec<i16> = actions.iter().map(|(c, _)| year(c)).collect();
    let leaves = Arc::new(Leaves::by_year(&routes::actions(), &years, room));
    let page = |at: usize| {
        let (actions, leaves) = (Arc::clone(&actions), Arc::clone(&leaves));
        let route = leaves.leaf(at).route.clone();
        Planned::page(route, "actions.html", move |cx| all_actions(cx, &actions, &leaves, at)).section(Section::Lessons)
    };
    (0..leaves.count()).map(page).collect()
}

/// The reviews, the newest year first.
fn reviewed(model: &Model) -> Vec<Reviewed<'_>> {
    let mut list: Vec<Reviewed<'_>> =
        model.campaigns.iter().rev().filter_map(|c| Some((c, c.postmortem.as_ref()?))).collect();
    list.sort_by_key(|(c, _)| Reverse(year(c)));
    list
}

fn actions<'a>(reviewed: &[Reviewed<'a>]) -> Vec<(&'a Campaign, &'a Action)> {
    reviewed.iter().flat_map(|(c, p)| p.actions.iter().map(move |a| (*c, a))).collect()
}

/// The year of a campaign's first day.
fn year(campaign: &Campaign) -> i16 {
    campaign.start.map_or(0, |start| start.value.year())
}

/// Campaigns that use the lessons of another, by its id.
type Users<'a> = BTreeMap<&'a str, Vec<&'a Campaign>>;

/// Everything `lessons.html` can see.
#[derive(Serialize)]
struct View {
    counts: Counts,
    /// Not yet done, the oldest due first.
    pending: Vec<ActionRow>,
    /// How many are only among all actions.
    more_pending: usize,
    /// All actions, where they have pages of their own.
    actions: Option<String>,
    /// Done or applied, the latest campaign first.
    settled: Vec<ActionRow>,
    lessons: Vec<Lessons>,
    tags: Vec<Tag>,
    /// Over, and without a post-mortem.
    missing: Vec<Missing>,
    more_missing: usize,
    check: Option<String>,
    /// Whether this is the first of the pages, with what is about all of them.
    is_first: bool,
    /// Whether there are others.
    is_part: bool,
    /// Where words are looked for on all of them.
    search: Option<String>,
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
    /// How many more use them; their review names all.
    more_users: usize,
}

/// A kind of problem and where it came up.
#[derive(Serialize)]
struct Tag {
    tag: String,
    count: usize,
    /// How many are not named, and where all are.
    more: usize,
    href: Option<String>,
    campaigns: Vec<Ref>,
}

/// A campaign that waits for its review.
#[derive(Serialize)]
struct Missing {
    campaign: Ref,
    dates: Option<String>,
}

fn view(cx: &Cx<'_>, reviewed: &[Reviewed<'_>], leaves: &Leaves, at: usize) -> Page {
    let (is_first, is_part) = (at == 0, !leaves.is_single());
    let mine = &reviewed[leaves.leaf(at).rows.clone()];
    let all = actions(reviewed);
    let mut counts = Counts { lessons: reviewed.iter().map(|(_, p)| p.lessons.len()).sum(), ..Counts::default() };
    for (_, action) in &all {
        match review::action_state(cx, action) {
            "overdue" => counts.overdue += 1,
            "open" => counts.open += 1,
            "done" => counts.done += 1,
            _ => counts.applied += 1,
        }
    }
    let is_settled = |a: &Action| matches!(review::action_state(cx, a), "done" | "applied");
    let mut pending: Vec<(&Campaign, &Action)> =
        all.iter().copied().filter(|(_, a)| is_first && !is_settled(a)).collect();
    pending.sort_by_key(|(_, a)| (a.due.is_none(), a.due.map(|d| d.value)));
    let more_pending = if is_part { super::worklist::cut_to("home-lines", &mut pending, cx) } else { 0 };
    let mut missing = if is_first { missing(cx) } else { Vec::new() };
    let more_missing = super::worklist::cut(&mut missing, cx);
    let users = users(&cx.model().campaigns);
    let view = View {
        counts,
        pending: pending.into_iter().map(|row| action_row(cx, row)).collect(),
        more_pending,
        actions: cx.href(&routes::actions()),
        settled: all.into_iter().filter(|(_, a)| !is_part && is_settled(a)).map(|row| action_row(cx, row)).collect(),
        lessons: mine.iter().filter(|(_, p)| !p.lessons.is_empty()).map(|(c, p)| lessons(cx, c, p, &users)).collect(),
        tags: tags(cx, if is_first { reviewed } else { mine }, is_part),
        missing,
        more_missing,
        check: cx.href(&routes::check()),
        is_first,
        is_part,
        search: cx.href(&routes::search()),
    };
    leaves.page(at, cx.t("lessons-title"), view, cx)
}

fn action_row(cx: &Cx<'_>, (campaign, action): (&Campaign, &Action)) -> ActionRow {
    ActionRow { action: review::action(cx, action), campaign: review_of(cx, campaign) }
}

/// Everything `actions.html` can see.
#[derive(Serialize)]
struct Actions {
    rows: Vec<ActionRow>,
}

fn all_actions(cx: &Cx<'_>, actions: &[(&Campaign, &Action)], leaves: &Leaves, at: usize) -> Page {
    let rows = actions[leaves.leaf(at).rows.clone()].iter().map(|row| action_row(cx, *row)).collect();
    let mut page = leaves.page(at, cx.t("actions-all"), Actions { rows }, cx).about(cx.t("actions-all-about"));
    page.crumbs.insert(0, (cx.t("lessons-title").into(), routes::lessons()));
    page
}

/// A campaign's title, leading to its review.
fn review_of(cx: &Cx<'_>, campaign: &Campaign) -> Ref {
    cx.link(cx.words(&campaign.title), &Part::Review.route(campaign))
}

fn dates(cx: &Cx<'_>, campaign: &Campaign) -> Option<String> {
    campaign.schedule.as_ref().map(|s| cx.range(s.window))
}

fn lessons(cx: &Cx<'_>, campaign: &Campaign, postmortem: &Postmortem, users: &Users<'_>) -> Lessons {
    let mut used_by: Vec<&Campaign> = users.get(campaign.id.as_str()).into_iter().flatten().copied().collect();
    let more_users = super::worklist::cut_to("home-lines", &mut used_by, cx);
    Lessons {
        campaign: review_of(cx, campaign),
        dates: dates(cx, campaign),
        lessons: postmortem.lessons.iter().map(|l| cx.words(l)).collect(),
        used_by: used_by.into_iter().map(|c| parts::campaign(cx, c)).collect(),
        more_users,
    }
}

/// Kinds of problems, the most frequent first; a campaign counts once for each. A part of the pages names only the newest:
/// the first page counts all reviews, the others have those that they show.
fn tags(cx: &Cx<'_>, reviewed: &[Reviewed<'_>], is_part: bool) -> Vec<Tag> {
    let mut by_tag: BTreeMap<&str, Vec<&Campaign>> = BTreeMap::new();
    for (campaign, postmortem) in reviewed {
        for tag in &postmortem.problem_tags {
            let campaigns = by_tag.entry(tag.value.as_str()).or_default();
            if !campaigns.iter().any(|c| c.id == campaign.id) {
                campaigns.push(campaign);
            }
        }
    }
    let tag = |(tag, mut campaigns): (&str, Vec<&Campaign>)| {
        let count = campaigns.len();
        let more = if is_part { super::worklist::cut_to("month-campaigns", &mut campaigns, cx) } else { 0 };
        let href = (more > 0).then(|| problem_place(cx, tag)).flatten();
        Tag {
            tag: tag.to_owned(),
            count,
            more,
            href,
            campaigns: campaigns.into_iter().map(|c| review_of(cx, c)).collect(),
        }
    };
    let mut tags: Vec<Tag> = by_tag.into_iter().map(tag).collect();
    tags.sort_by_key(|t| Reverse(t.count));
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

//! `campaigns/<id>/review/`: the post-mortem (PMR-1 … PMR-7), or what of it is due when.

use super::kpis::{self, Row as KpiRow};
use super::timeline::{self, ProcessView, Revision};
use super::{At, Head, Part, page, parts};
use crate::model::campaign::Campaign;
use crate::model::milestone::standing;
use crate::model::postmortem::{Action, Postmortem, section_of};
use crate::pages::routes;
use crate::plan::{Cx, Day, Heading, Page, Ref, Words};
use parts::State;
use serde::Serialize;

/// Everything `campaign/review.html` can see.
#[derive(Serialize)]
struct View {
    head: Head,
    /// Whether there is a post-mortem.
    is_there: bool,
    status: Option<Words>,
    steps: Vec<Step>,
    scores: Vec<Score>,
    intro_html: Option<String>,
    sections: Vec<Section>,
    kpis: Vec<KpiRow>,
    process: ProcessView,
    revisions: Vec<Revision>,
    user: Option<User>,
    actions: Vec<ActionView>,
    lessons: Vec<Words>,
    tags: Vec<String>,
    /// Later campaigns that say they use these lessons.
    used_by: Vec<Ref>,
    /// The page with the lessons of all campaigns.
    lessons_href: Option<String>,
}

/// A status of the review, when it was due and when it was reached (PMR-2).
#[derive(Serialize)]
struct Step {
    name: Words,
    due: Option<Day>,
    reached: Option<Day>,
    /// How it stands; none without a date to hold it to.
    state: Option<State>,
    is_current: bool,
}

/// A score of one dimension.
#[derive(Serialize)]
struct Score {
    name: Words,
    value: String,
    /// Places of five that are filled, in whole numbers.
    filled: i64,
}

/// A section of the review.
#[derive(Serialize)]
struct Section {
    /// Section of policy, where it is one: what is injected depends on it.
    kind: Option<String>,
    id: String,
    /// Its heading as written; none when policy asks for it and nobody wrote it.
    title_html: Option<String>,
    name: Words,
    html: Option<String>,
}

/// What users said (PMR-7).
#[derive(Serialize)]
struct User {
    satisfaction: Option<String>,
    sample: Option<String>,
    complaints: Option<String>,
    quotes: Vec<Quote>,
}

/// A user's words.
#[derive(Serialize)]
struct Quote {
    text: Words,
    from: Option<Words>,
}

/// An action.
#[derive(Serialize)]
pub(in crate::pages) struct ActionView {
    pub(in crate::pages) id: String,
    pub(in crate::pages) what: Words,
    pub(in crate::pages) owner: Option<Ref>,
    pub(in crate::pages) due: Option<Day>,
    pub(in crate::pages) done: Option<Day>,
    pub(in crate::pages) applied_in: Option<Ref>,
    pub(in crate::pages) state: ActionState,
}

/// How far an action is.
#[derive(Clone, Serialize)]
pub(in crate::pages) struct ActionState {
    /// `overdue`, `open`, `done`, `applied`: class `is-<word>`.
    pub(in crate::pages) word: &'static str,
    pub(in crate::pages) text: String,
}

pub(super) fn view(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let postmortem = campaign.postmortem.as_ref();
    let (intro_html, mut sections) = postmortem.map(|p| prose(cx, p)).unwrap_or_default();
    add_required(cx, &mut sections);
    // Without a post-mortem only what is computed is shown.
    let user = postmortem.and_then(|p| user(cx, p));
    sections.retain(|s| s.html.is_some() || postmortem.is_some() || s.kind.as_deref() != Some("user"));
    let review = cx.model().policy.rows.review.as_ref();
    let status = postmortem.and_then(|p| p.status.as_ref());
    let view = View {
        head: Head::of(cx, at, Part::Review),
        is_there: postmortem.is_some(),
        status: status.map(|s| cx.named(review.and_then(|r| r.statuses.find(&s.value)).map(|r| &r.name), &s.value)),
        steps: steps(cx, campaign),
        scores: postmortem.map(|p| scores(cx, p)).unwrap_or_default(),
        intro_html,
        sections,
        kpis: kpis::table(cx, campaign),
        process: timeline::process(cx, campaign),
        revisions: timeline::revisions(cx, campaign),
        user,
        actions: postmortem.iter().flat_map(|p| &p.actions).map(|a| action(cx, a)).collect(),
        lessons: postmortem.iter().flat_map(|p| &p.lessons).map(|l| cx.words(l)).collect(),
        tags: postmortem.iter().flat_map(|p| &p.problem_tags).map(|t| t.value.clone()).collect(),
        used_by: at
            .index
            .users
            .get(campaign.id.as_str())
            .into_iter()
            .flatten()
            .map(|c| parts::campaign(cx, c))
            .collect(),
        lessons_href: cx.href(&routes::lessons()),
    };
    page(cx, campaign, Part::Review, view)
}

/// The statuses of policy with the days they are due and were reached.
fn steps(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Step> {
    let Some(review) = &cx.model().policy.rows.review else { return Vec::new() };
    let postmortem = campaign.postmortem.as_ref();
    let current = postmortem.and_then(|p| p.status.as_ref()).map(|s| s.value.as_str());
    let place = current.and_then(|c| review.statuses.position(c));
    let step = |(index, (id, row)): (usize, (&str, &crate::policy::Status))| {
        let node = row.milestone.as_deref().and_then(|m| campaign.schedule.as_ref()?.milestone(m));
        let due = node.map(|n| n.due);
        let reached = postmortem.and_then(|p| p.reached(id));
        // A review that is further on has passed the statuses before, whether or not their days are recorded.
        let is_passed = place.is_some_and(|p| index <= p);
        let state = match (due, reached) {
            (Some(due), Some(_)) => Some(parts::state(cx, standing(due, reached, cx.today()))),
            (None, Some(_)) => Some(State { word: "done", text: cx.t("state-done").to_owned() }),
            (_, None) if is_passed => Some(State { word: "done", text: cx.t("state-done").to_owned() }),
            (Some(due), None) => Some(parts::state(cx, standing(due, None, cx.today()))),
            (None, None) => None,
        };
        Step {
            name: cx.words(&row.name),
            due: due.map(|d| cx.day(d)),
            reached: reached.map(|d| cx.day(d)),
            state,
            is_current: current == Some(id),
        }
    };
    review.statuses.iter().enumerate().map(step).collect()
}

fn scores(cx: &Cx<'_>, postmortem: &Postmortem) -> Vec<Score> {
    let Some(scores) = &postmortem.scores else { return Vec::new() };
    let named = [("effect", &scores.effect), ("process", &scores.process), ("user", &scores.user)];
    let sections = cx.model().policy.rows.review.as_ref().map(|r| &r.sections);
    let score = |(id, value): (&str, &Option<crate::base::Spanned<crate::base::Quantity>>)| {
        let value = value.as_ref()?.value;
        let name = sections.and_then(|s| s.find(id)).map(|s| &s.name);
        Some(Score { name: cx.named(name, id), value: value.to_string(), filled: (value.0 + 5000) / 10_000 })
    };
    named.into_iter().filter_map(score).collect()
}

/// The prose: what stands before the first section, then the sections.
fn prose(cx: &Cx<'_>, postmortem: &Postmortem) -> (Option<String>, Vec<Section>) {
    let Some(version) = postmortem.prose.get(cx.lang()) else { return (None, Vec::new()) };
    let policy = &cx.model().policy;
    let rendered = cx.markdown(version, Heading::default());
    let mut intro = None;
    let mut sections = Vec::new();
    for part in rendered.parts {
        if part.id.is_empty() {
            intro = (!part.html.trim().is_empty()).then_some(part.html);
            continue;
        }
        let written = version.document.sections.iter().find(|s| s.id == part.id);
        let title = written.map(|s| s.title.clone()).unwrap_or_default();
        sections.push(Section {
            kind: section_of(policy, &part.id, &title).map(str::to_owned),
            id: part.id,
            title_html: Some(part.title_html),
            name: title.into(),
            html: (!part.html.trim().is_empty()).then_some(part.html),
        });
    }
    (intro, sections)
}

/// Adds the sections that policy requires and nobody wrote, each after the one that comes before it in policy: what is
/// computed has its place there.
fn add_required(cx: &Cx<'_>, sections: &mut Vec<Section>) {
    let Some(review) = &cx.model().policy.rows.review else { return };
    let mut place = 0;
    for (id, row) in review.sections.iter() {
        match sections.iter().position(|s| s.kind.as_deref() == Some(id)) {
            Some(found) => place = found + 1,
            None if row.required => {
                let name = cx.words(&row.name);
                let section =
                    Section { kind: Some(id.to_owned()), id: format!("_{id}"), title_html: None, name, html: None };
                sections.insert(place, section);
                place += 1;
            }
            None => {}
        }
    }
}

fn user(cx: &Cx<'_>, postmortem: &Postmortem) -> Option<User> {
    let figures = postmortem.satisfaction.as_ref();
    let user = User {
        satisfaction: figures.and_then(|f| f.value).map(|v| cx.percent(v.value)),
        sample: figures.and_then(|f| f.sample_size).map(|n| n.value.to_string()),
        complaints: figures.and_then(|f| f.complaint_rate).map(|r| cx.percent(r.value)),
        quotes: postmortem
            .quotes
            .iter()
            .map(|q| Quote { text: cx.words(&q.text), from: q.from.as_ref().map(|f| cx.words(f)) })
            .collect(),
    };
    (figures.is_some() || !user.quotes.is_empty()).then_some(user)
}

/// How far an action is: applied once the campaign that applies it has begun or the work is done, else done, overdue, open.
pub(in crate::pages) fn action_state(cx: &Cx<'_>, action: &Action) -> &'static str {
    let has_begun = |id: &str| {
        let start = cx.model().campaign(id).and_then(|c| c.start);
        start.is_some_and(|s| s.value <= cx.today())
    };
    let is_done = action.done.is_some();
    match &action.applied_in {
        Some(campaign) if is_done || has_begun(&campaign.value) => "applied",
        _ if is_done => "done",
        _ if action.due.is_some_and(|d| d.value < cx.today()) => "overdue",
        _ => "open",
    }
}

/// An action as readers see it.
pub(in crate::pages) fn action(cx: &Cx<'_>, action: &Action) -> ActionView {
    let word = action_state(cx, action);
    let text = match (word, action.due) {
        ("applied", _) => cx.t("action-applied").to_owned(),
        ("done", _) => cx.t("action-done").to_owned(),
        (_, Some(due)) => parts::state(cx, standing(due.value, None, cx.today())).text,
        (_, None) => cx.t("action-open").to_owned(),
    };
    let applied = |id: &str| match cx.model().campaign(id) {
        Some(campaign) => parts::campaign(cx, campaign),
        None => Ref { text: id.to_owned(), ..Ref::default() },
    };
    ActionView {
        id: action.id.value.as_str().to_owned(),
        what: cx.words(&action.what),
        owner: parts::owner(cx, action.owner.as_ref()),
        due: action.due.map(|d| cx.day(d.value)),
        done: action.done.map(|d| cx.day(d.value)),
        applied_in: action.applied_in.as_ref().map(|c| applied(&c.value)),
        state: ActionState { word, text },
    }
}

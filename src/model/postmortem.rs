//! Post-mortems: status, scores, users' voice, actions that must be applied later, and three sections of prose.

use super::prose::{self, Prose};
use super::sop::no_front_matter;
use super::written::Written;
use crate::base::{Date, FileId, Found, Id, Lang, Quantity, Share, Span, Spanned, Text};
use crate::policy::Policy;
use crate::shape;
use crate::sources::Sources;
use crate::sources::markdown::Document;
use crate::sources::shape::{Entries, Record};

shape! {
    /// Front matter of `postmortem.md`.
    pub struct RawPostmortem {
        /// How far the review is.
        "status" status: required Spanned<String>,
        /// When each status was reached.
        "dates" dates: default Entries<Spanned<Date>>,
        /// Scores of the three dimensions.
        "scores" scores: optional Scores,
        /// Users' satisfaction.
        "satisfaction" satisfaction: optional Satisfaction,
        /// Users' words.
        "quote" quotes: list Quote,
        /// What will be done differently.
        "action" actions: list RawAction,
        /// One sentence each.
        "lessons" lessons: list Text,
        /// Kinds of problems.
        "problem-tags" problem_tags: list Spanned<String>,
    }
}

shape! {
    /// Scores from 1 to 5.
    pub struct Scores {
        /// Effect.
        "effect" effect: optional Spanned<Quantity>,
        /// Process.
        "process" process: optional Spanned<Quantity>,
        /// User.
        "user" user: optional Spanned<Quantity>,
    }
}

shape! {
    /// Users' satisfaction (PMR-7).
    pub struct Satisfaction {
        /// Satisfied users.
        "value" value: optional Spanned<Share>,
        /// How many were asked.
        "sample-size" sample_size: optional Spanned<i64>,
        /// Complaints by participants.
        "complaint-rate" complaint_rate: optional Spanned<Share>,
    }
}

shape! {
    /// A user's words.
    pub struct Quote {
        /// The words.
        "text" text: needed Text,
        /// Who said them.
        "from" from: optional Text,
    }
}

shape! {
    /// `[[action]]` as written.
    pub struct RawAction {
        /// Id.
        "id" id: required Spanned<Id>,
        /// What will be done.
        "what" what: needed Text,
        /// Who does it.
        "owner" owner: required Spanned<String>,
        /// Until when.
        "due" due: required Spanned<Date>,
        /// When it was done.
        "done" done: optional Spanned<Date>,
        /// The campaign that applied it.
        "applied-in" applied_in: optional Spanned<String>,
    }
}

/// Something that will be done differently.
#[derive(Clone, Debug)]
pub struct Action {
    /// Id, unique in the review.
    pub id: Spanned<Id>,
    /// What will be done.
    pub what: Text,
    /// Who does it; may name a person who does not exist.
    pub owner: Option<Spanned<String>>,
    /// Until when.
    pub due: Option<Spanned<Date>>,
    /// When it was done.
    pub done: Option<Spanned<Date>>,
    /// The campaign that applied it.
    pub applied_in: Option<Spanned<String>>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

/// A section of a review's prose.
#[derive(Clone, Debug)]
pub struct SectionSeen {
    /// Section of policy: `effect`, `process`, `user`, `addendum`.
    pub section: String,
    /// Id of its heading in the prose.
    pub heading: String,
    /// Its heading's words.
    pub span: Span,
    /// Whether nothing is written under it.
    pub is_empty: bool,
}

/// A post-mortem.
#[derive(Debug)]
pub struct Postmortem {
    /// Its file.
    pub file: FileId,
    /// Its front matter.
    pub span: Span,
    /// Keys of its front matter.
    pub written: Written,
    /// How far the review is; none when it could not be read.
    pub status: Option<Spanned<String>>,
    /// When each status was reached.
    pub dates: Vec<(Spanned<String>, Spanned<Date>)>,
    /// Scores.
    pub scores: Option<Scores>,
    /// Users' satisfaction.
    pub satisfaction: Option<Satisfaction>,
    /// Users' words.
    pub quotes: Vec<Quote>,
    /// Actions in order.
    pub actions: Vec<Action>,
    /// Lessons in order.
    pub lessons: Vec<Text>,
    /// Kinds of problems.
    pub problem_tags: Vec<Spanned<String>>,
    /// Sections of the file without suffix that policy knows.
    pub sections: Vec<SectionSeen>,
    /// Its prose.
    pub prose: Prose,
}

impl Postmortem {
    /// The date on which a status was reached.
    pub fn reached(&self, status: &str) -> Option<Date> {
        self.dates.iter().find(|(s, _)| s.value == status).map(|(_, d)| d.value)
    }
    /// Whether the review is at `status` or further, in the order of policy.
    pub fn is_at_least(&self, status: &str, policy: &Policy) -> bool {
        let place = |s: &str| policy.rows.review.as_ref().and_then(|r| r.statuses.position(s));
        let mine = self.status.as_ref().and_then(|s| place(&s.value));
        mine.is_some() && mine >= place(status)
    }
    /// Whether sections and actions must be complete.
    pub fn is_final(&self, policy: &Policy) -> bool {
        let review = policy.rows.review.as_ref();
        let row = self.status.as_ref().and_then(|s| review.and_then(|r| r.statuses.find(&s.value)));
        row.is_some_and(|row| row.is_final)
    }
    /// A section of policy in the file without suffix.
    pub fn section(&self, section: &str) -> Option<&SectionSeen> {
        self.sections.iter().find(|s| s.section == section)
    }
}

/// The policy section a heading stands for: by its id, else by its words.
pub fn section_of<'a>(policy: &'a Policy, id: &str, title: &str) -> Option<&'a str> {
    let sections = &policy.rows.review.as_ref()?.sections;
    let by_words = |row: &crate::policy::Section| row.headings.iter().any(|h| h.eq_ignore_ascii_case(title.trim()));
    sections.iter().find(|(key, row)| *key == id || by_words(row)).map(|(key, _)| key)
}

/// The sections of a document that policy knows.
pub fn sections(policy: &Policy, document: &Document) -> Vec<SectionSeen> {
    let seen = |s: &crate::sources::markdown::Section| {
        Some(SectionSeen {
            section: section_of(policy, &s.id, &s.title)?.to_owned(),
            heading: s.id.clone(),
            span: document.headings.get(s.heading).map_or(s.span, |h| h.span),
            is_empty: s.is_empty,
        })
    };
    document.sections.iter().filter_map(seen).collect()
}

pub(crate) fn read(
    sources: &Sources,
    folder: &str,
    policy: &Policy,
    default: &Lang,
    found: &mut Found,
) -> Option<Postmortem> {
    let read = prose::read(sources, folder, "postmortem", default, found)?;
    let Some(front) = read.front else {
        found.push(no_front_matter(read.top, "status"));
        return None;
    };
    let raw = RawPostmortem::read(front, found);
    let action = |a: RawAction| {
        Some(Action {
            id: a.id?,
            what: a.what,
            owner: a.owner,
            due: a.due,
            done: a.done,
            applied_in: a.applied_in,
            sound: a.sound,
        })
    };
    Some(Postmortem {
        file: read.file,
        span: front.span,
        written: Written::of(front),
        status: raw.status,
        dates: raw.dates.0,
        scores: raw.scores,
        satisfaction: raw.satisfaction,
        quotes: raw.quotes,
        actions: raw.actions.into_iter().filter_map(action).collect(),
        lessons: raw.lessons,
        problem_tags: raw.problem_tags,
        sections: read.prose.main().map(|v| sections(policy, &v.document)).unwrap_or_default(),
        prose: read.prose,
    })
}

//! `reference/inactive-person`: open work of somebody who no longer works here.

use crate::base::{Diagnostic, Found, Said, Span, Spanned, Subject};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::{rule, said};
use std::collections::BTreeMap;

rule! {
    /// Somebody who no longer works here still answers for open work.
    ///
    /// ## Why
    /// `active = false` keeps a name on what they did. What is still open needs a new owner, or it will be found on the
    /// day it is missed.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-18"
    /// owner = "left"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-18"
    /// owner = "left"
    /// done = 2026-04-30
    /// ```
    pub(crate) static RULE = "reference/inactive-person", Warning, ["MIL-1", "TEM-1"],
    zh: "已离职的人仍负责未完成的工作。\n\n`active = false` 保留其署名。未完成的工作需要新的责任人，否则要到误事那天才会发现。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

/// Open work by the words that give it to somebody: a role in a team gives many things at once.
#[derive(Default)]
struct Open<'a> {
    by_words: BTreeMap<Span, (&'a str, Vec<Said>, Vec<Subject>)>,
}

impl<'a> Open<'a> {
    /// Takes note if the owner left; `what` says what it is and what a finding on it is about.
    fn add(&mut self, model: &Model, owner: Option<&'a Spanned<String>>, what: impl FnOnce() -> (Said, Subject)) {
        let Some(owner) = owner.filter(|o| model.person(&o.value).is_some_and(|p| !p.active)) else { return };
        let (name, subject) = what();
        let entry = self.by_words.entry(owner.span).or_insert_with(|| (&owner.value, Vec::new(), Vec::new()));
        entry.1.push(name);
        entry.2.push(subject);
    }
}

fn find(model: &Model, found: &mut Found) {
    if model.people.values().all(|p| p.active) {
        return;
    }
    let mut open = Open::default();
    let as_of = model.as_of;
    for campaign in model.held() {
        let home = campaign.subject();
        for node in campaign.schedule.iter().flat_map(|s| &s.milestones).filter(|m| m.done.is_none()) {
            open.add(model, node.owner.as_ref(), || (words::node(node), node.subject(&home)));
        }
        for item in campaign.checklist.iter().filter(|i| i.done.is_none()) {
            open.add(model, item.owner.as_ref(), || (words::text(&item.text), home.clone().item(&item.key())));
        }
        for material in campaign.materials.iter().filter(|m| m.ready.is_none()) {
            open.add(model, material.owner.as_ref(), || (words::text(&material.name), home.clone()));
        }
        for duty in campaign.duties.iter().filter(|d| d.to >= as_of) {
            let (from, to) = (duty.from, duty.to);
            let what = || (said!("duty from {from} to {to}", "{from} 至 {to} 值班"), home.clone());
            open.add(model, Some(&duty.person), what);
        }
        for action in campaign.postmortem.iter().flat_map(|p| &p.actions).filter(|a| a.done.is_none()) {
            let subject = || home.clone().item(action.id.value.as_str());
            open.add(model, action.owner.as_ref(), || (words::text(&action.what), subject()));
        }
    }
    for (span, (person, things, subjects)) in open.by_words {
        let (list, count) = (words::first_three(&things), things.len());
        let (en, zh) = (&list.en, &list.zh);
        let message = match count {
            1 => said!("`{person}` no longer works here and answers for {en}", "`{person}` 已不在岗，仍负责 {zh}"),
            _ => said!(
                "`{person}` no longer works here and answers for {count} open things: {en}",
                "`{person}` 已不在岗，仍负责 {count} 项未完成的工作：{zh}"
            ),
        };
        let diagnostic = Diagnostic::new(&RULE, span, message)
            .hint(said!("name somebody else, or mark what is done", "请另写他人，或标记已完成的工作"));
        found.push(diagnostic.about(common(subjects)));
    }
}

/// What all subjects have in common: the thing itself if they are several parts of it.
fn common(subjects: Vec<Subject>) -> Subject {
    let mut all = subjects.into_iter();
    let first = all.next().unwrap_or(Subject { thing: "content/people.toml".to_owned(), item: None });
    all.fold(first, |a, b| match (a.thing == b.thing, a.item == b.item) {
        (true, true) => a,
        (true, false) => Subject { item: None, ..a },
        (false, _) => Subject { thing: "content/people.toml".to_owned(), item: None },
    })
}

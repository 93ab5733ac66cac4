//! `reference/duplicate-id`: one id for two things.

use crate::base::{Diagnostic, Found, Id, Span, Spanned, Subject};
use crate::checks::Check;
use crate::model::Model;
use crate::model::budget::Budget;
use crate::{rule, said};
use std::collections::BTreeMap;

rule! {
    /// Two things have the same id: milestones, budget lines, actions, or a page and the earlier address of another.
    ///
    /// ## Why
    /// An id is a name others use and an address. Of two milestones with one id the second would be ignored; of two pages
    /// with one address only one can be published.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-18"
    /// owner = "chen"
    ///
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Stage contract signed"
    /// due = "T-16"
    /// owner = "chen"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-18"
    /// owner = "chen"
    ///
    /// [[milestone]]
    /// id = "stage-signed"
    /// task = "Stage contract signed"
    /// due = "T-16"
    /// owner = "chen"
    /// ```
    pub(crate) static RULE = "reference/duplicate-id", Error, ["MIL-1", "BUD-20", "PMR-3"],
    zh: "两样东西用了同一个 id：里程碑、预算行、改进措施，或某页与另一页的旧地址。\n\nid 既是别处引用的名称，也是网址。同 id 的两个里程碑，后一个会被忽略；同一网址只能发布一页。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for campaign in &model.campaigns {
        let home = campaign.subject();
        twice(campaign.milestone_ids.iter(), &home, found);
        lines(campaign.budget.as_ref(), &home, found);
        twice(campaign.postmortem.iter().flat_map(|p| &p.actions).map(|a| &a.id), &home, found);
    }
    for programme in &model.programmes {
        let home = Subject::programme(programme.id.as_str());
        lines(programme.budget.as_ref(), &home, found);
        twice(programme.goals.list.iter().map(|g| &g.id), &home, found);
    }
    let campaigns = model.campaigns.iter().map(|c| (&c.id, c.span, c.aliases.as_slice(), c.subject()));
    addresses(&campaigns.collect::<Vec<_>>(), found);
    let sops = model.sops.iter().map(|s| (&s.id, s.span, s.aliases.as_slice(), Subject::sop(s.id.as_str())));
    addresses(&sops.collect::<Vec<_>>(), found);
    let year = |id: &Id| Subject::programme(id.as_str());
    let programmes = model.programmes.iter().map(|p| (&p.id, p.span, p.aliases.as_slice(), year(&p.id)));
    addresses(&programmes.collect::<Vec<_>>(), found);
    let file = |path: &str, id: &Id| Subject { thing: path.to_owned(), item: Some(id.as_str().to_owned()) };
    let person = |id: &Id| file("content/people.toml", id);
    let people = model.people.values().map(|p| (&p.id, p.span, p.aliases.as_slice(), person(&p.id)));
    addresses(&people.collect::<Vec<_>>(), found);
    let department = |id: &Id| file("content/departments.toml", id);
    let departments = model.departments.values().map(|d| (&d.id, d.span, d.aliases.as_slice(), department(&d.id)));
    addresses(&departments.collect::<Vec<_>>(), found);
    let page = |id: &Id| Subject { thing: format!("content/pages/{id}.md"), item: None };
    let pages = model.pages.iter().map(|p| (&p.id, Span::new(p.file, 0, 0), p.aliases.as_slice(), page(&p.id)));
    addresses(&pages.collect::<Vec<_>>(), found);
}

fn lines(budget: Option<&Budget>, home: &Subject, found: &mut Found) {
    twice(budget.iter().flat_map(|b| &b.lines).filter_map(|l| l.id.as_ref()), home, found);
}

fn twice<'a>(ids: impl Iterator<Item = &'a Spanned<Id>>, home: &Subject, found: &mut Found) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for id in ids {
        match seen.get(id.value.as_str()) {
            Some(first) => found.push(report(id, *first).about(home.clone().item(id.value.as_str()))),
            None => {
                seen.insert(id.value.as_str(), id.span);
            }
        }
    }
}

fn report(id: &Spanned<Id>, first: Span) -> Diagnostic {
    let word = &id.value;
    Diagnostic::new(&RULE, id.span, said!("the id `{word}` is used twice", "id `{word}` 用了两次"))
        .label(first, said!("first used here", "首次用在这里"))
        .hint(said!(
            "write all of it in the first entry and remove this one, or give one of the two another id",
            "请把内容都写进第一处并删除这里，或给其中一个换 id"
        ))
}

/// Earlier ids that are another page's id, or earlier id, or the page's own.
fn addresses(pages: &[(&Id, Span, &[Spanned<Id>], Subject)], found: &mut Found) {
    let mut taken: BTreeMap<&str, Span> = pages.iter().map(|(id, span, _, _)| (id.as_str(), *span)).collect();
    for (_, _, aliases, subject) in pages {
        for alias in *aliases {
            match taken.get(alias.value.as_str()) {
                Some(first) => {
                    let word = &alias.value;
                    let message = said!("the earlier id `{word}` is an address already", "旧 id `{word}` 已是一个网址");
                    found.push(
                        Diagnostic::new(&RULE, alias.span, message)
                            .label(*first, said!("it belongs here", "它属于这里"))
                            .hint(said!("take it out of `aliases`", "请把它从 `aliases` 中去掉"))
                            .about(subject.clone()),
                    );
                }
                None => {
                    taken.insert(alias.value.as_str(), alias.span);
                }
            }
        }
    }
}

//! `reference/person`: somebody who is not in the register.

use super::subject_of;
use crate::base::{Diagnostic, Found, Id, Spanned, Subject};
use crate::checks::Check;
use crate::checks::words::{Written, called_now, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::OwnerFrom;
use crate::{rule, said};

rule! {
    /// A person is named who is not in `content/people.toml`.
    ///
    /// ## Why
    /// Work with a mistyped name is nobody's: it is on no page, in no feed, and nobody is reminded.
    ///
    /// ## Example
    /// ```toml,reports
    /// [team]
    /// analyst = "zhuo"
    /// ```
    /// ```toml,passes
    /// [team]
    /// analyst = "zhou"
    /// ```
    pub(crate) static RULE = "reference/person", Error, ["MIL-1", "TEM-1", "SOP-1"],
    zh: "写了不在 `content/people.toml` 中的人。\n\n名字写错的工作不属于任何人：不在任何页面和订阅里，也没有人会被提醒。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let mut judge = |person: Option<&Spanned<String>>, subject: Subject| {
        if let Some(person) = person.filter(|p| model.person(&p.value).is_none()) {
            found.push(report(model, person).about(subject));
        }
    };
    for campaign in &model.campaigns {
        of_campaign(campaign, &mut judge);
    }
    for sop in &model.sops {
        judge(sop.owner.as_ref(), Subject::sop(sop.id.as_str()));
    }
    for department in model.departments.values() {
        let register =
            Subject { thing: "content/departments.toml".to_owned(), item: Some(department.id.as_str().to_owned()) };
        judge(department.lead.as_ref(), register);
    }
    for programme in &model.programmes {
        for transfer in &programme.transfers {
            judge(Some(&transfer.approver), Subject::programme(programme.id.as_str()));
        }
        for goal in &programme.goals.list {
            judge(goal.owner.as_ref(), Subject::programme(programme.id.as_str()).item(goal.id.value.as_str()));
        }
    }
    for waiver in &model.waivers {
        judge(Some(&waiver.approver), subject_of(&waiver.target));
    }
}

fn of_campaign(campaign: &Campaign, judge: &mut impl FnMut(Option<&Spanned<String>>, Subject)) {
    let home = campaign.subject();
    judge(campaign.owner.as_ref(), home.clone());
    for (_, person) in &campaign.team {
        judge(Some(person), home.clone());
    }
    // Owners that come from a role are judged where the role is given to them.
    for node in campaign.schedule.iter().flat_map(|s| &s.milestones).filter(|m| m.owner_from == OwnerFrom::Node) {
        judge(node.owner.as_ref(), node.subject(&home));
    }
    for material in &campaign.materials {
        judge(material.owner.as_ref(), home.clone());
    }
    for duty in &campaign.duties {
        judge(Some(&duty.person), home.clone());
    }
    for row in &campaign.run {
        judge(row.owner.as_ref(), home.clone());
    }
    for handover in &campaign.handovers {
        judge(handover.accepted_by.as_ref(), home.clone());
    }
    for (_, person) in campaign.squad.iter().flat_map(|s| &s.people) {
        judge(Some(person), home.clone());
    }
    for audit in &campaign.results.audits {
        judge(audit.owner.as_ref(), home.clone());
    }
    for person in campaign.budget.iter().flat_map(|b| &b.approved_by) {
        judge(Some(person), home.clone());
    }
    for answer in &campaign.results.answers {
        judge(answer.owner.as_ref(), home.clone());
    }
    for scale_up in &campaign.results.scale_ups {
        judge(Some(&scale_up.approver), home.clone());
    }
    for watch in &campaign.watches {
        judge(watch.owner.as_ref(), home.clone());
    }
    for action in campaign.postmortem.iter().flat_map(|p| &p.actions) {
        judge(action.owner.as_ref(), home.clone().item(action.id.value.as_str()));
    }
}

fn report(model: &Model, person: &Spanned<String>) -> Diagnostic {
    let word = &person.value;
    let message =
        said!("there is nobody called `{word}` in `content/people.toml`", "`content/people.toml` 中没有 `{word}`");
    let diagnostic = Diagnostic::new(&RULE, person.span, message);
    let earlier = model.people.values().map(|p| (&p.id, p.aliases.as_slice()));
    if let Some((now, advice)) = called_now(word, earlier) {
        return diagnostic.fix(advice, person.span, Written::Quoted.put(now.as_str()));
    }
    // Authors write a name where the id belongs: "Lin Yue", "林悦".
    let names = |p: &crate::model::person::Person| {
        p.name.plain.iter().chain(p.name.by_lang.values()).any(|name| name.eq_ignore_ascii_case(word.trim()))
    };
    let mut named = model.people.values().filter(|p| names(p));
    if let (Some(one), None) = (named.next(), named.next()) {
        let id = &one.id;
        return diagnostic.fix(
            said!("write the id `{id}`", "请写 id `{id}`"),
            person.span,
            Written::Quoted.put(id.as_str()),
        );
    }
    let otherwise = match Id::suggest(word) {
        Some(id) => said!(
            "add `[{id}]` to `content/people.toml`, or name somebody who is there",
            "请在 `content/people.toml` 中添加 `[{id}]`，或写其中已有的人"
        ),
        None => said!(
            "add the person to `content/people.toml`, or name somebody who is there",
            "请在 `content/people.toml` 中添加此人，或写其中已有的人"
        ),
    };
    did_you_mean(diagnostic, word, person.span, Written::Quoted, model.people.keys().map(Id::as_str), otherwise)
}

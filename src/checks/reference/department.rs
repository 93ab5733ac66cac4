//! `reference/department`: a department that does not exist.

use crate::base::{Diagnostic, Found, Id, Spanned, Subject};
use crate::checks::Check;
use crate::checks::words::{Written, called_now, did_you_mean};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A person, a review, a change or a goal names a department that is not in `content/departments.toml`.
    ///
    /// ## Why
    /// Work is shown by department too, and a department's lead takes what a campaign gives to nobody.
    ///
    /// ## Example
    /// ```toml,reports path=content/people.toml
    /// [lin]
    /// name = "Lin"
    /// department = "marketting"
    /// ```
    /// ```toml,passes path=content/people.toml
    /// [lin]
    /// name = "Lin"
    /// department = "marketing"
    /// ```
    pub(crate) static RULE = "reference/department", Error, ["TEM-3", "TEM-4", "GOL-7", "PRG-5"],
    zh: "人员、评审、调整或目标所写的部门不在 `content/departments.toml` 中。\n\n工作也按部门展示；活动没有指定的事由部门负责人承担。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for person in model.people.values() {
        let about = Subject { thing: "content/people.toml".to_owned(), item: Some(person.id.as_str().to_owned()) };
        if let Some(department) = &person.department {
            judge(model, department, about, found);
        }
    }
    for programme in &model.programmes {
        let home = Subject::programme(programme.id.as_str());
        let there = programme.goals.reviews.iter().filter_map(|r| r.departments.as_ref()).flat_map(|d| &d.value);
        for department in there.chain(programme.goals.revisions.iter().flat_map(|r| &r.informed)) {
            judge(model, department, home.clone(), found);
        }
    }
    for campaign in &model.campaigns {
        for department in campaign.handovers.iter().flat_map(|h| [&h.from, &h.to]) {
            judge(model, department, campaign.subject(), found);
        }
        for row in &campaign.department_goals {
            judge(model, &row.department, campaign.subject(), found);
        }
    }
}

fn judge(model: &Model, department: &Spanned<String>, about: Subject, found: &mut Found) {
    let word = department.value.as_str();
    if model.departments.contains_key(word) {
        return;
    }
    let message = said!("there is no department `{word}`", "没有部门 `{word}`");
    let diagnostic = Diagnostic::new(&RULE, department.span, message).about(about);
    let earlier = model.departments.values().map(|d| (&d.id, d.aliases.as_slice()));
    if let Some((now, advice)) = called_now(word, earlier) {
        found.push(diagnostic.fix(advice, department.span, Written::Quoted.put(now.as_str())));
        return;
    }
    let known = model.departments.keys().map(Id::as_str);
    let otherwise = said!(
        "add `[{word}]` to `content/departments.toml`, or name one that is there",
        "请在 `content/departments.toml` 中添加 `[{word}]`，或写已有的部门"
    );
    found.push(did_you_mean(diagnostic, word, department.span, Written::Quoted, known, otherwise));
}

//! `reference/department`: a department that does not exist.

use crate::base::{Diagnostic, Found, Id, Subject};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A person belongs to a department that is not in `content/departments.toml`.
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
    pub(crate) static RULE = "reference/department", Error, ["TEM-3", "TEM-4"],
    zh: "人员所属部门不在 `content/departments.toml` 中。\n\n工作也按部门展示；活动没有指定的事由部门负责人承担。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let of_people = model.people.values().filter_map(|person| {
        let about = Subject { thing: "content/people.toml".to_owned(), item: Some(person.id.as_str().to_owned()) };
        Some((person.department.as_ref()?, about))
    });
    let of_handovers = model.campaigns.iter().flat_map(|campaign| {
        campaign.handovers.iter().flat_map(move |h| [&h.from, &h.to].map(|d| (d, campaign.subject())))
    });
    for (department, about) in of_people.chain(of_handovers) {
        let word = department.value.as_str();
        if model.departments.contains_key(word) {
            continue;
        }
        let message = said!("there is no department `{word}`", "没有部门 `{word}`");
        let diagnostic = Diagnostic::new(&RULE, department.span, message).about(about);
        let known = model.departments.keys().map(Id::as_str);
        let otherwise = said!(
            "add `[{word}]` to `content/departments.toml`, or name one that is there",
            "请在 `content/departments.toml` 中添加 `[{word}]`，或写已有的部门"
        );
        found.push(did_you_mean(diagnostic, word, department.span, Written::Quoted, known, otherwise));
    }
}

//! `branch/unknown`: an inspection of a branch, or by a procedure, that does not exist; a branch listed twice.

use crate::base::{Diagnostic, Found, Id};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// An inspection names a branch that is not listed or a procedure that does not exist, or a branch is listed twice.
    ///
    /// ## Why
    /// The dot plot and the ranking put inspections beside the branch they were held in (MON-9, MON-10); without one the visit is lost.
    ///
    /// ## Example
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [[branch]]
    /// id = "station"
    /// name = "Station"
    /// execution-rate = 92
    ///
    /// [[inspection]]
    /// date = 2026-06-12
    /// branch = "statoin"
    /// type = "mystery"
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [[branch]]
    /// id = "station"
    /// name = "Station"
    /// execution-rate = 92
    ///
    /// [[inspection]]
    /// date = 2026-06-12
    /// branch = "station"
    /// type = "mystery"
    /// ```
    pub(crate) static RULE = "branch/unknown", Error, ["MON-9", "MON-10"],
    zh: "检查记录引用了未列出的门店或不存在的流程，或同一门店列了两次。\n\n点图和排名把检查放在对应门店旁边（MON-9、MON-10）；找不到门店，这次检查就丢了。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let results = &campaign.results;
    let branches = || results.branches.iter().map(|b| b.id.value.as_str());
    for (place, branch) in results.branches.iter().enumerate() {
        let word = branch.id.value.as_str();
        if let Some(first) = results.branches[..place].iter().find(|b| b.id.value == branch.id.value) {
            let message = said!("`{word}` is listed twice", "`{word}` 列了两次");
            let diagnostic = Diagnostic::new(&RULE, branch.id.span, message)
                .label(first.id.span, said!("first here", "第一次在这里"))
                .hint(said!("remove one of the two, or give it an id of its own", "请删除其中一个，或改用另一个 id"));
            found.push(diagnostic.about(campaign.subject().item(word)));
        }
    }
    for inspection in &results.inspections {
        let word = inspection.branch.value.as_str();
        if branches().all(|b| b != word) {
            let message = said!("there is no branch `{word}`", "没有门店 `{word}`");
            let diagnostic =
                Diagnostic::new(&RULE, inspection.branch.span, message).about(campaign.subject().item(word));
            let otherwise =
                said!("add a `[[branch]]` with `id = \"{word}\"`", "请添加 `[[branch]]`，写上 `id = \"{word}\"`");
            found.push(did_you_mean(diagnostic, word, inspection.branch.span, Written::Quoted, branches(), otherwise));
        }
        let Some(sop) = inspection.checklist.as_ref().filter(|s| model.sop(&s.value).is_none()) else { continue };
        if model.sops_complete {
            let word = sop.value.as_str();
            let message = said!("there is no procedure `{word}`", "没有流程 `{word}`");
            let diagnostic = Diagnostic::new(&RULE, sop.span, message).about(campaign.subject().item(word));
            let known = model.sops.iter().map(|s| &s.id).map(Id::as_str);
            let otherwise = said!("add `content/sops/{word}.md`", "请添加 `content/sops/{word}.md`");
            found.push(did_you_mean(diagnostic, word, sop.span, Written::Quoted, known, otherwise));
        }
    }
}

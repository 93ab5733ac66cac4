//! `reference/goal`: a goal that the year does not have.

use crate::base::{Diagnostic, Found, Spanned, Subject};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::programme::Programme;
use crate::{rule, said};

rule! {
    /// A campaign, a change or a value names a goal that its year does not have.
    ///
    /// ## Why
    /// Whether a campaign serves the year is read from these names (PRG-3); one that leads nowhere counts for nothing, and a change of it changes
    /// nothing.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "campaign-sales"
    /// title = "Campaigns bring 35 % of sales"
    /// metric = "campaign-sales-share"
    /// target = 35
    /// ```
    /// ```toml,reports
    /// goals = ["campaign-sale"]
    /// ```
    /// ```toml,passes
    /// goals = ["campaign-sales"]
    /// ```
    pub(crate) static RULE = "reference/goal", Error, ["PRG-3", "PRG-5", "GOL-10"],
    zh: "活动、调整或数值写了本年度没有的目标。\n\n活动是否服务于全年，就看这些名称（PRG-3）；指向不存在的目标不算数，对它的调整也不起作用。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        let home = Subject::programme(programme.id.as_str());
        let changed = programme.goals.revisions.iter().map(|r| &r.goal);
        let parts = programme.goals.list.iter().filter_map(|g| g.part_of.as_ref());
        for goal in changed.chain(parts).chain(programme.goals.readings.iter().map(|r| &r.goal)) {
            judge(programme, goal, home.clone(), found);
        }
    }
    for campaign in &model.campaigns {
        let Some(programme) = campaign.programme.as_ref().and_then(|p| model.programme(&p.value)) else { continue };
        for goal in &campaign.goals {
            judge(programme, goal, campaign.subject(), found);
        }
        for row in &campaign.department_goals {
            if let Some(shared) = &row.shared {
                judge(programme, shared, campaign.subject().item(&row.department.value), found);
            }
        }
    }
}

fn judge(programme: &Programme, goal: &Spanned<String>, about: Subject, found: &mut Found) {
    let goals = &programme.goals;
    // A year without goals has none to name; and one that could not be read may be the one that is meant.
    if goals.get(&goal.value).is_some() || goals.list.is_empty() || !goals.complete {
        return;
    }
    let (word, year) = (&goal.value, &programme.id);
    let diagnostic =
        Diagnostic::new(&RULE, goal.span, said!("`{year}` has no goal `{word}`", "`{year}` 没有目标 `{word}`"))
            .about(about);
    let otherwise = said!(
        "name a goal of `content/programmes/{year}.toml`, or add it there",
        "请写 `content/programmes/{year}.toml` 中的目标，或在其中添加"
    );
    let known = goals.list.iter().map(|g| g.id.value.as_str());
    found.push(did_you_mean(diagnostic, word, goal.span, Written::Quoted, known, otherwise));
}

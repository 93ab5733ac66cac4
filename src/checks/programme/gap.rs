//! `programme/gap`: a stated gap that is none.

use super::{Check, in_month, members};
use crate::base::{Diagnostic, Found, Severity, Subject};
use crate::model::Model;
use crate::model::programme::Programme;
use crate::{rule, said};

rule! {
    /// A stated gap names a month that does not exist, is stated twice, or has a campaign.
    ///
    /// ## Why
    /// A gap excuses a month from the rhythm (CAL-2). One that is wrong excuses nothing, and stays when the plan has long changed.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [[gap]]
    /// month = 13
    /// reason = "The shops are rebuilt."
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [[gap]]
    /// month = 12
    /// reason = "The shops are rebuilt."
    /// ```
    pub(crate) static RULE = "programme/gap", Error, ["CAL-2"],
    zh: "空档月写的月份不存在、写了两次，或者其实有活动。\n\n空档说明某月为何不开展活动（CAL-2）。写错的空档什么也说明不了，计划早已改变它却还留着。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        let subject = Subject::programme(programme.id.as_str());
        for place in 0..programme.gaps.len() {
            found.extend(judge(model, programme, place).map(|d| d.about(subject.clone())));
        }
    }
}

fn judge(model: &Model, programme: &Programme, place: usize) -> Option<Diagnostic> {
    let month = programme.gaps[place].0;
    let number = month.value;
    if !(1..=12).contains(&number) {
        let message = said!("there is no month {number}", "没有 {number} 月");
        return Some(Diagnostic::new(&RULE, month.span, message).hint(said!("write 1 to 12", "请写 1 到 12")));
    }
    if let Some((first, _)) = programme.gaps[..place].iter().find(|(m, _)| m.value == number) {
        let message = said!("month {number} is stated twice", "{number} 月写了两次");
        let diagnostic = Diagnostic::new(&RULE, month.span, message).severity(Severity::Warning);
        return Some(
            diagnostic
                .label(first.span, said!("first here", "第一次在这里"))
                .hint(said!("remove one of the two", "请删除其中一个")),
        );
    }
    let campaign = members(model, programme).find(|c| in_month(programme, number, c))?;
    let (id, start) = (&campaign.id, campaign.start?);
    Some(
        Diagnostic::new(&RULE, month.span, said!("month {number} has a campaign, `{id}`", "{number} 月有活动 `{id}`"))
            .severity(Severity::Warning)
            .label(start.span, said!("it starts here", "活动从这天开始"))
            .hint(said!("remove this `[[gap]]`", "请删除这个 `[[gap]]`")),
    )
}

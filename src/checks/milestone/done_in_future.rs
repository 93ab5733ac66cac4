//! `milestone/done-in-future`: something marked as done on a day that has not come.

use crate::base::{Date, Diagnostic, Found, Span, Spanned, Subject};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// Something is marked as done, or ready, on a day after the as-of date.
    ///
    /// ## Why
    /// A mark says what happened. One that lies ahead is a wish or a slip in the month, and would hide work that is
    /// still open.
    ///
    /// ## Example
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [done]
    /// theme-decided = 2026-05-11
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [done]
    /// theme-decided = 2026-04-30
    /// ```
    pub(crate) static RULE = "milestone/done-in-future", Error, ["MIL-1"],
    zh: "完成或备齐的日期晚于截至日期。\n\n标记记录已发生的事。未来的日期要么是愿望，要么写错了月份，会掩盖仍未完成的工作。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let as_of = model.as_of;
    let home = campaign.subject();
    let mut report = |date: Spanned<Date>, subject: Subject| found.extend(judge(date, as_of).map(|d| d.about(subject)));
    for (key, date) in &campaign.results.done {
        report(*date, home.clone().item(&key.value));
    }
    let is_mark = |span: Span| campaign.results.done.iter().any(|(_, date)| date.span == span);
    for node in campaign.schedule.iter().flat_map(|s| &s.milestones) {
        if let Some(done) = node.done.filter(|done| !is_mark(done.span)) {
            report(done, node.subject(&home));
        }
    }
    for ready in campaign.materials.iter().filter_map(|m| m.ready) {
        report(ready, home.clone().item(super::MATERIALS));
    }
    for action in campaign.postmortem.iter().flat_map(|p| &p.actions) {
        if let Some(done) = action.done {
            report(done, home.clone().item(action.id.value.as_str()));
        }
    }
}

fn judge(date: Spanned<Date>, as_of: Date) -> Option<Diagnostic> {
    if date.value <= as_of {
        return None;
    }
    let day = date.value;
    let message = said!("this is marked for {day}, and today is {as_of}", "标记为 {day}，而今天是 {as_of}");
    let advice =
        said!("write the day on which it was done, or remove the mark until then", "请写实际完成日，或先删除标记");
    Some(Diagnostic::new(&RULE, date.span, message).hint(advice))
}

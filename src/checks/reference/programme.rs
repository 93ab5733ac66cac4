//! `reference/programme`: a programme that does not exist.

use super::subject_of;
use crate::base::{Diagnostic, Found, Span, Subject};
use crate::checks::Check;
use crate::checks::words::called_now;
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A programme is named that does not exist.
    ///
    /// ## Why
    /// Rhythm, goals and the year's money are judged by programme. A campaign in none of them is missing from the year.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2026.toml
    /// title = "The year 2026"
    /// year = 2026
    /// ```
    /// ```toml,reports
    /// programme = "2062"
    /// ```
    /// ```toml,passes
    /// programme = "2026"
    /// ```
    pub(crate) static RULE = "reference/programme", Error, ["CAL-3", "BUD-1"],
    zh: "写了不存在的年度方案。\n\n节奏、目标和全年预算按年度方案判断；不属于任何方案的活动会从全年中漏掉。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for campaign in &model.campaigns {
        if let Some(programme) = &campaign.programme {
            judge(model, &programme.value, "", programme.span, campaign.subject(), found);
        }
    }
    for waiver in &model.waivers {
        let subject = subject_of(&waiver.target);
        if let (Some(span), Some(id)) = (waiver.target_span, subject.thing.strip_prefix("programmes/")) {
            judge(model, id, "programmes/", span, subject.clone(), found);
        }
    }
}

fn judge(model: &Model, id: &str, prefix: &str, span: Span, subject: Subject, found: &mut Found) {
    if model.programme(id).is_some() {
        return;
    }
    let known = model.programmes.iter().map(|p| p.id.as_str());
    let item = subject.item.as_ref().map(|i| format!("#{i}")).unwrap_or_default();
    let diagnostic =
        Diagnostic::new(&RULE, span, said!("there is no programme `{id}`", "没有年度方案 `{id}`")).about(subject);
    let earlier = model.programmes.iter().map(|p| (&p.id, p.aliases.as_slice()));
    if let Some((now, advice)) = called_now(id, earlier) {
        found.push(diagnostic.fix(advice, span, format!("\"{prefix}{now}{item}\"")));
        return;
    }
    found.push(match crate::base::words::nearest(id, known) {
        Some(near) => diagnostic.fix(
            said!("did you mean `{near}`?", "是否想写 `{near}`？"),
            span,
            format!("\"{prefix}{near}{item}\""),
        ),
        None => diagnostic.hint(said!(
            "add `content/programmes/{id}.toml`, or name one that is there",
            "请添加 `content/programmes/{id}.toml`，或写已有的方案"
        )),
    });
}

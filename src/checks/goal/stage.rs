//! `goal/stage`: a form of campaign that its stage of the year does not suggest.

use super::{is_in, year};
use crate::base::{Diagnostic, Found, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign has a form that the stage of its month does not suggest.
    ///
    /// ## Why
    /// First months want forms that cost a guest nothing, such as check-ins; later ones upgrade members, then let them create (GOL-2 to GOL-4).
    /// Another form may be right; it should be chosen, not slipped into.
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
    /// goals = ["campaign-sales"]
    /// form = "check-in"
    /// ```
    /// ```toml,passes
    /// goals = ["campaign-sales"]
    /// form = "salon"
    /// ```
    pub(crate) static RULE = "goal/stage", Info, ["GOL-2", "GOL-3", "GOL-4"],
    zh: "活动的形式不是所在阶段建议的形式。\n\n头几个月宜用打卡这类低门槛形式，之后提升会员，再让会员共创（GOL-2 至 GOL-4）。用别的形式也可以，但要是选择的结果。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(form), Some(start), Some(_)) = (&campaign.form, campaign.start, year(model, campaign)) else { return };
    let month = start.value.month();
    let stages = model.policy.rows.goal_stages.iter();
    let Some((id, stage)) = stages.into_iter().find(|(_, s)| !s.forms.0.is_empty() && is_in(s, month)) else { return };
    let word = form.value.as_str();
    if stage.forms.find(word).is_some() {
        return;
    }
    let known = words::one_of(stage.forms.keys());
    let (en, zh) = (&known.en, &known.zh);
    let message = said!("`{word}` is no form that the stage `{id}` suggests", "`{word}` 不是 `{id}` 阶段建议的形式");
    let diagnostic = Diagnostic::new(&RULE, form.span, message).about(campaign.subject());
    let advice = said!("think of {en}, or keep it and say why in the brief", "可考虑 {zh}；若坚持，请在简报中说明");
    found.push(match words::nearest(word, stage.forms.keys()) {
        Some(near) => {
            diagnostic.fix(said!("did you mean `{near}`?", "是否想写 `{near}`？"), form.span, format!("\"{near}\""))
        }
        None => diagnostic.hint(advice),
    });
}

//! `goal/linked`: a campaign that works for no goal of its year.

use super::year;
use crate::base::{Diagnostic, Found, Id, Severity, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign works for no goal of its year, or for surface figures only.
    ///
    /// ## Why
    /// In the case behind this rule 3 of 12 campaigns named a figure of the business; the other 9 chased traffic and cost five points of
    /// reputation (PRG-3). Whoever plans a campaign says which goal it is for. Participants and exposure alone say nothing
    /// about value (KPI-7).
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
    /// theme = "A campaign for its own sake"
    /// ```
    /// ```toml,passes
    /// goals = ["campaign-sales"]
    /// ```
    pub(crate) static RULE = "goal/linked", Error, ["PRG-3", "KPI-7"],
    zh: "活动没有关联本年度的目标，或只关联了表层指标。\n\n案例中 12 场活动只有 3 场写明业务指标，其余 9 场追逐流量，赔上 5 个百分点的口碑（PRG-3）。策划活动的人要说清它为哪个目标服务；只看人数和曝光，说明不了价值（KPI-7）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(programme) = year(model, campaign) else { return };
    let goals = &programme.goals;
    if campaign.goals.is_empty() {
        // What is written and cannot be read was reported.
        if campaign.written.has("goals") {
            return;
        }
        let known = words::one_of(goals.list.iter().map(|g| g.id.value.as_str()).take(4));
        let (en, zh) = (&known.en, &known.zh);
        found.push(
            Diagnostic::new(
                &RULE,
                campaign.span,
                said!("the campaign works for no goal of its year", "活动没有关联本年度的目标"),
            )
            .hint(said!("add `goals = […]` with {en}", "请添加 `goals = […]`，如 {zh}"))
            .about(campaign.subject()),
        );
        return;
    }
    let linked: Option<Vec<_>> = campaign.goals.iter().map(|id| goals.get(&id.value)).collect();
    let Some(linked) = linked else { return };
    let depth = |g: &&crate::model::goal::Goal| {
        g.metric.as_ref().and_then(|m| model.policy.metric(&m.value)).and_then(|m| m.depth.as_deref())
    };
    if linked.iter().all(|g| depth(g) == Some("surface")) {
        let deeper = goals.list.iter().filter(|g| depth(g) != Some("surface")).map(|g| &g.id.value).map(Id::as_str);
        let known = words::one_of(deeper.take(4));
        let (en, zh) = (&known.en, &known.zh);
        let advice = if en.is_empty() {
            said!(
                "give the year a goal of value: repurchase, lifetime value, brand",
                "请为全年设一个价值目标：复购、生命周期价值、品牌"
            )
        } else {
            said!("add {en} to `goals`", "请在 `goals` 中添加 {zh}")
        };
        let message = said!("every goal the campaign works for is a surface figure", "活动关联的目标都是表层指标");
        found.push(
            Diagnostic::new(&RULE, campaign.goals[0].span, message)
                .severity(Severity::Warning)
                .hint(advice)
                .about(campaign.subject()),
        );
    }
}

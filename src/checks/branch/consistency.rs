//! `branch/consistency`: branches carried the campaign out too differently.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::branch;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// Branches carried a campaign out too differently: the best and the worst lie far apart, or too few are at standard.
    ///
    /// ## Why
    /// Without a handbook execution differed by 40 points between branches, and sales with it; with controls 95 % were at standard (MON-9).
    /// The customer of the worst branch saw another campaign.
    ///
    /// ## Example
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [[branch]]
    /// id = "quay"
    /// name = "Quay"
    /// execution-rate = 97
    ///
    /// [[branch]]
    /// id = "station"
    /// name = "Station"
    /// execution-rate = 52
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [[branch]]
    /// id = "quay"
    /// name = "Quay"
    /// execution-rate = 97
    ///
    /// [[branch]]
    /// id = "station"
    /// name = "Station"
    /// execution-rate = 88
    /// ```
    pub(crate) static RULE = "branch/consistency", Warning, ["MON-9"],
    zh: "各门店执行差异过大：最好与最差相差太远，或达标门店太少。\n\n没有手册时，门店执行率相差 40 个百分点，销售也随之分化；加强管控后一致性达到 95%（MON-9）。在最差的门店，顾客看到的是另一场活动。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let policy = &model.policy;
    let Some(even) = branch::evenness(&campaign.results.branches, policy) else { return };
    let (spread_max, least, standard) =
        (policy.share("branch-spread-max"), policy.share("branch-consistency-min"), policy.share("branch-standard"));
    let (best, worst) = (even.best, even.worst);
    let (high, low) = (best.execution.value, worst.execution.value);
    let (name, name_zh) = worst.name.both();
    let diagnostic = if even.spread > spread_max {
        let (points, limit) = (even.spread.number(), spread_max.number());
        let message = said!(
            "`{name}` is at {low}, {points} points under the best branch: more than {limit}",
            "`{name_zh}` 为 {low}，比最好的门店低 {points} 个百分点，超过 {limit}"
        );
        let label = said!("the best, {high}", "最好的门店，{high}");
        Diagnostic::new(&RULE, worst.execution.span, message).label(best.execution.span, label)
    } else if even.consistency < least {
        let consistency = even.consistency;
        let message = said!(
            "{consistency} of the branches are at the standard of {standard}, less than {least}",
            "达到 {standard} 标准的门店占 {consistency}，低于 {least}"
        );
        let label = said!("`{name}` is the furthest from it", "`{name_zh}` 差得最远");
        Diagnostic::new(&RULE, worst.execution.span, message).label(worst.id.span, label)
    } else {
        return;
    };
    let advice = said!(
        "add an `[[action]]` for `{name}` to the review, and inspect it in the next campaign",
        "请在复盘中为 `{name_zh}` 添加 `[[action]]`，下次活动时检查该店"
    );
    found.push(diagnostic.hint(advice).about(campaign.subject().item(worst.id.value.as_str())));
}

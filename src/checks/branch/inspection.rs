//! `branch/inspection`: several branches, and nobody looked while the campaign was live.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign ran in several branches, and no inspection was held while it was live.
    ///
    /// ## Why
    /// Regular inspections and undisclosed visits keep execution uniform (MON-10); what branches report of themselves is not the same.
    ///
    /// ## Example
    /// ```toml,reports path=content/campaigns/sample/results.toml as-of=2026-07-01
    /// [[branch]]
    /// id = "quay"
    /// name = "Quay"
    /// execution-rate = 97
    ///
    /// [[branch]]
    /// id = "station"
    /// name = "Station"
    /// execution-rate = 92
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml as-of=2026-07-01
    /// [[branch]]
    /// id = "quay"
    /// name = "Quay"
    /// execution-rate = 97
    ///
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
    pub(crate) static RULE = "branch/inspection", Warning, ["MON-10"],
    zh: "活动在多家门店进行，活动期内却没有任何检查记录。\n\n定期检查和神秘顾客让执行保持一致（MON-10）；门店自己报上来的情况代替不了。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let results = &campaign.results;
    let [_, second, ..] = results.branches.as_slice() else { return };
    let Some(schedule) = campaign.schedule.as_ref().filter(|s| s.window.last < model.as_of) else { return };
    let is_broken = results.inspections.is_empty() && results.written.has("inspection");
    if is_broken || results.inspections.iter().any(|i| schedule.window.contains(i.date.value)) {
        return;
    }
    let (n, first, last) = (results.branches.len(), schedule.window.first, schedule.window.last);
    let message = said!(
        "{n} branches, and no inspection from {first} to {last}",
        "有 {n} 家门店，{first} 至 {last} 期间没有检查记录"
    );
    let advice = said!(
        "add the `[[inspection]]` that was held, with `date`, `branch` and `type`; if there was none, plan one into the next campaign",
        "请补上做过的 `[[inspection]]`，写 `date`、`branch` 和 `type`；若确实没做，请排进下一场活动"
    );
    found.push(Diagnostic::new(&RULE, second.span, message).hint(advice).about(campaign.subject()));
}

//! `budget/missing`: a campaign without a budget.

use super::Check;
use crate::base::{Diagnostic, Found};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign has no budget.
    ///
    /// ## Why
    /// Without one neither its split nor the year's sum can be judged, and its spending has nothing to be compared with (BUD-1, BUD-19).
    ///
    /// ## Example
    /// ```toml,reports
    /// summary = "A campaign that costs nothing yet"
    /// ```
    /// ```toml,passes
    /// [budget]
    /// total = 100000
    ///
    /// [[budget.line]]
    /// name = "Media"
    /// amount = 70000
    /// purpose = "core"
    ///
    /// [[budget.line]]
    /// name = "Emergency reserve"
    /// amount = 20000
    /// purpose = "reserve"
    ///
    /// [[budget.line]]
    /// name = "Experiment"
    /// amount = 10000
    /// purpose = "innovation"
    /// ```
    pub(crate) static RULE = "budget/missing", Info, ["BUD-1", "BUD-19"],
    zh: "活动没有预算。\n\n没有预算，就无法判断它的拆分和年度合计，支出也没有对照（BUD-1、BUD-19）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    if campaign.budget.is_none() && !campaign.written.has("budget") {
        let advice = said!(
            "add `[budget]` with `total`, and a `[[budget.line]]` for each part of it",
            "请添加 `[budget]` 和 `total`，并为每一部分添加 `[[budget.line]]`"
        );
        let message = said!("the campaign has no budget", "活动没有预算");
        found.push(Diagnostic::new(&RULE, campaign.span, message).hint(advice).about(campaign.subject()));
    }
}

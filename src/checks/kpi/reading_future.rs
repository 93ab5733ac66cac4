//! `kpi/reading-future`: a value measured on a day that has not come.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A reading is dated after the day on which the playbook is judged.
    ///
    /// ## Why
    /// Nothing can be measured in the future: the date is mistyped, or a forecast stands where only facts should (PMR-5). Gates would
    /// be met by a value that nobody has seen.
    ///
    /// ## Example
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2062-04-20
    /// value = 61
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-04-20
    /// value = 61
    /// ```
    pub(crate) static RULE = "kpi/reading-future", Warning, ["PMR-5"],
    zh: "读数日期晚于判断日。\n\n未来无法测量：要么日期写错了，要么把预测写在了只该写事实的地方（PMR-5）。门槛会因为谁也没见过的数值而算达成。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let today = model.as_of;
    for reading in campaign.results.readings.iter().filter(|r| r.date.value > today) {
        let date = reading.date.value;
        let message = said!("`{date}` is after today, {today}", "`{date}` 晚于今天 {today}");
        let advice =
            said!("write the day on which it was measured, or record it then", "请写实际测量的日期，或到那天再记");
        let subject = campaign.subject().item(&reading.metric.value);
        found.push(Diagnostic::new(&RULE, reading.date.span, message).hint(advice).about(subject));
    }
}

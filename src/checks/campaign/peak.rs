//! `campaign/peak`: a live window outside the days on which most people take part.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A live window misses the days of the month on which most people take part.
    ///
    /// ## Why
    /// A retailer found its 15th to 20th, moved its resources there and raised the return by a quarter (CAL-9). Slots made for a big promotion
    /// have a date of their own and are left alone.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    /// peak-window = { from = 15, to = 20 }
    /// ```
    /// ```toml,reports
    /// start = 2026-06-10
    /// end = 2026-06-14
    /// ```
    /// ```toml,passes
    /// start = 2026-06-13
    /// end = 2026-06-17
    /// ```
    pub(crate) static RULE = "campaign/peak", Info, ["CAL-9"],
    zh: "活动期避开了每月参与度最高的几天。\n\n一家零售商发现每月 15 至 20 日参与最高，把关键资源移到这几天后 ROI 提高四分之一（CAL-9）。为大促而设的档期有自己的日期，不作判断。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(start), Some(schedule)) = (campaign.start, &campaign.schedule) else { return };
    let programme = campaign.programme.as_ref().and_then(|p| model.programme(&p.value));
    let Some(peak) = programme.and_then(|p| p.peak) else { return };
    let slot = campaign.slot.as_ref().and_then(|s| model.policy.rows.slots.find(&s.value));
    if slot.is_some_and(|s| s.anchored) || schedule.window.iter().any(|day| peak.contains(day)) {
        return;
    }
    let (from, to) = (peak.from.value, peak.to.value);
    let message = said!(
        "no live day falls between the {from} and {to} of the month",
        "活动期内没有一天落在每月 {from} 至 {to} 日"
    );
    let advice = said!(
        "move the window so that it touches these days, or say in the brief why not",
        "请让活动期碰到这几天，或在方案里说明原因"
    );
    let label = said!("most people take part then", "参与度最高的日子");
    found.push(
        Diagnostic::new(&RULE, start.span, message).label(peak.from.span, label).hint(advice).about(campaign.subject()),
    );
}

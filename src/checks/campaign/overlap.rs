//! `campaign/overlap`: many campaigns live on one day.

use crate::base::{Date, Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::Schedule;
use crate::{rule, said};

rule! {
    /// Several campaigns are live on one day.
    ///
    /// ## Why
    /// Campaigns that run at once compete for the same visitors, the same home page and the same people on duty.
    /// From how many on it is noted is the figure `overlapping-campaigns` of policy.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/garden/campaign.toml
    /// title = "Garden week"
    /// owner = "lin"
    /// start = 2026-06-08
    /// end = 2026-06-12
    /// ```
    /// ```toml,with path=content/campaigns/members/campaign.toml
    /// title = "Members' days"
    /// owner = "lin"
    /// start = 2026-06-09
    /// end = 2026-06-11
    /// ```
    /// ```toml,reports
    /// start = 2026-06-10
    /// end = 2026-06-14
    /// ```
    /// ```toml,passes
    /// start = 2026-06-13
    /// end = 2026-06-16
    /// ```
    pub(crate) static RULE = "campaign/overlap", Info, ["CAL-2"],
    zh: "同一天有多个活动进行。\n\n同时进行的活动争夺同一批访客、同一个首页和同一批值班人员。几个起提示，由政策的 `overlapping-campaigns` 决定。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    // Fewer than two overlap with nothing.
    let limit = usize::try_from(model.policy.figure("overlapping-campaigns")).unwrap_or(0).max(2);
    let mut live: Vec<(&Campaign, &Schedule)> = Vec::new();
    for (campaign, schedule) in model.dated() {
        let first = schedule.window.first;
        live.retain(|(_, other)| other.window.last >= first);
        if live.len() + 1 >= limit {
            let names: Vec<_> = live.iter().map(|(c, _)| words::text(&c.title)).collect();
            let others = words::first_three(&names);
            let (en, zh, count) = (&others.en, &others.zh, live.len() + 1);
            let message = said!(
                "{count} campaigns are live on {first}, with {en}",
                "{first} 有 {count} 个活动同时进行，另有 {zh}"
            );
            let mut ends: Vec<Date> = live.iter().map(|(_, s)| s.window.last).collect();
            ends.sort();
            // So many must have ended that this one no longer makes the number full.
            let free = ends[live.len() + 1 - limit].plus(1);
            let mut diagnostic = Diagnostic::new(&RULE, schedule.start_span, message)
                .hint(said!(
                    "begin on {free} or later, or accept that they share attention",
                    "请在 {free} 或更晚开始，或接受它们分散注意力"
                ))
                .about(campaign.subject());
            for (_, other) in live.iter().take(3) {
                let last = other.window.last;
                diagnostic = diagnostic.label(other.start_span, said!("live until {last}", "进行到 {last}"));
            }
            found.push(diagnostic);
        }
        live.push((campaign, schedule));
    }
}

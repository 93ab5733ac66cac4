//! `campaign/all-lanes`: one person reviews, runs and plans in the same week.

use crate::base::{DateRange, Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::measure::{Lane, lane};
use crate::model::milestone::Milestone;
use crate::{rule, said};
use std::collections::BTreeMap;

rule! {
    /// One person owns nodes of a campaign under review, of a running one and of a planned one in the same week.
    ///
    /// ## Why
    /// Campaigns that follow each other month by month overlap: one is reviewed while the next runs and a third is
    /// planned. Whoever carries all three at once has no hour left when something goes wrong.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/april/campaign.toml
    /// title = "April"
    /// owner = "lin"
    /// start = 2026-04-20
    /// end = 2026-04-24
    /// team = { analyst = "zhou" }
    /// ```
    /// ```toml,with path=content/campaigns/june/campaign.toml
    /// title = "June"
    /// owner = "lin"
    /// start = 2026-05-29
    /// end = 2026-06-02
    /// team = { planner = "zhou" }
    /// ```
    /// ```toml,reports
    /// start = 2026-04-29
    /// end = 2026-05-03
    /// team = { user-ops = "zhou" }
    /// ```
    /// ```toml,passes
    /// start = 2026-04-29
    /// end = 2026-05-03
    /// team = { user-ops = "chen" }
    /// ```
    pub(crate) static RULE = "campaign/all-lanes", Info, ["CAL-12"],
    zh: "同一人在同一周里既负责复盘中的活动，又负责进行中的和策划中的活动。\n\n逐月举办的活动会重叠：一个在复盘，一个在进行，一个在策划。三头都扛的人，出问题时就没有余力。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

const LANES: [Lane; 3] = [Lane::Reviewed, Lane::Running, Lane::Planned];

fn find(model: &Model, found: &mut Found) {
    let monday = model.as_of.week_start();
    let week = DateRange { first: monday, last: monday.plus(6) };
    let mut by_person: BTreeMap<&str, BTreeMap<Lane, (&Campaign, &Milestone)>> = BTreeMap::new();
    for (campaign, schedule) in model.dated() {
        let Some(lane) = lane(campaign, &model.policy, model.as_of).filter(|lane| LANES.contains(lane)) else {
            continue;
        };
        for node in schedule.milestones.iter().filter(|m| week.contains(m.due)) {
            if let Some(owner) = node.owner.as_ref().filter(|o| model.person(&o.value).is_some()) {
                by_person.entry(&owner.value).or_default().entry(lane).or_insert((campaign, node));
            }
        }
    }
    for (person, lanes) in by_person {
        let [Some(review), Some(run), Some(plan)] = LANES.map(|lane| lanes.get(&lane)) else { continue };
        let (campaign, node) = run;
        let name = model.person(person).map(|p| words::text(&p.name)).unwrap_or_default();
        let [reviewed, running, planned] = [review, run, plan].map(|(c, _)| words::text(&c.title));
        let (en, zh) = (&name.en, &name.zh);
        let (re, rz, ue, uz, pe, pz) = (&reviewed.en, &reviewed.zh, &running.en, &running.zh, &planned.en, &planned.zh);
        let message = said!(
            "{en} reviews {re}, runs {ue} and plans {pe} in the week of {monday}",
            "{monday} 这一周里，{zh} 既要复盘 {rz}，又要执行 {uz}，还要策划 {pz}"
        );
        let diagnostic = Diagnostic::new(&RULE, node.span, message)
            .label(review.1.span, said!("under review", "复盘中"))
            .label(plan.1.span, said!("planned", "策划中"))
            .hint(said!("give one of the three to somebody else in `[team]`", "请在 `[team]` 里把其中一项交给别人"));
        found.push(diagnostic.about(node.subject(&campaign.subject())));
    }
}

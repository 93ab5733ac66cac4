//! `postmortem/repeated-problem`: the same problem again and again.

use crate::base::{Diagnostic, Found, Spanned};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};
use std::collections::BTreeMap;

rule! {
    /// The same problem is tagged in several reviews within a year, by default in three.
    ///
    /// ## Why
    /// The same errors recur where no loop closes (PMR-10). The third time a single action is not enough: somebody should own the problem.
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/march/campaign.toml
    /// title = "March"
    /// owner = "lin"
    /// start = 2026-03-11
    /// end = 2026-03-15
    /// ```
    /// ```toml,with path=content/campaigns/april/campaign.toml
    /// title = "April"
    /// owner = "lin"
    /// start = 2026-04-08
    /// end = 2026-04-12
    /// ```
    /// ```markdown,with path=content/campaigns/march/postmortem.md
    /// +++
    /// status = "draft"
    /// problem-tags = ["voucher-limit"]
    /// +++
    /// ```
    /// ```markdown,with path=content/campaigns/april/postmortem.md
    /// +++
    /// status = "draft"
    /// problem-tags = ["voucher-limit"]
    /// +++
    /// ```
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    /// problem-tags = ["voucher-limit"]
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md
    /// +++
    /// status = "draft"
    /// problem-tags = ["display"]
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/repeated-problem", Warning, ["PMR-10"],
    zh: "一年内同一问题在多次复盘中出现（默认三次）。\n\n没有闭环，同样的错误就会重演（PMR-10）。到了第三次，单项措施已经不够，应该有人专门负责这个问题。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let months = model.policy.figure("repeat-window-months");
    let limit = usize::try_from(model.policy.figure("repeat-limit")).unwrap_or(usize::MAX).max(1);
    let mut tagged: BTreeMap<&str, Vec<(&Campaign, &Spanned<String>)>> = BTreeMap::new();
    for campaign in model.campaigns.iter().filter(|c| c.start.is_some()) {
        for tag in campaign.postmortem.iter().flat_map(|p| &p.problem_tags) {
            let places = tagged.entry(tag.value.as_str()).or_default();
            if places.last().is_none_or(|(last, _)| last.id != campaign.id) {
                places.push((campaign, tag));
            }
        }
    }
    for (word, places) in &tagged {
        // Campaigns are in order of start: the one `limit` places back is the earliest that counts.
        for window in places.windows(limit) {
            let ([(first, _), ..], [.., (campaign, tag)]) = (window, window) else { continue };
            let (Some(from), Some(to)) = (first.start, campaign.start) else { continue };
            let month = |d: crate::base::Date| i64::from(d.year()) * 12 + i64::from(d.month());
            if month(to.value) - month(from.value) >= months {
                continue;
            }
            let message = said!(
                "{limit} reviews within {months} months have the problem `{word}`",
                "{months} 个月内有 {limit} 次复盘出现问题 `{word}`"
            );
            let mut diagnostic = Diagnostic::new(&RULE, tag.span, message).about(campaign.subject());
            for (_, earlier) in &window[..window.len() - 1] {
                diagnostic = diagnostic.label(earlier.span, said!("before", "之前"));
            }
            found.push(diagnostic.hint(said!(
                "give the problem an owner: an `[[action]]` that ends it, or a `[[waiver]]` that says why it may stay",
                "请指定专人负责：写一项能根治的 `[[action]]`，或用 `[[waiver]]` 说明为何可以保留"
            )));
        }
    }
}

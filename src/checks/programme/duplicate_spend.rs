//! `programme/duplicate-spend`: the same thing bought again in another month.

use super::members;
use crate::base::{Diagnostic, Found, Span};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};
use std::collections::BTreeMap;

rule! {
    /// Something that could be used again is bought again by a later campaign of the year.
    ///
    /// ## Why
    /// One firm spent over 1.2 million a year on designing anew what it had (PRG-4). Materials, and budget lines of the kinds that policy calls
    /// reusable, are compared by their names.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    /// ```
    /// ```toml,with path=content/campaigns/2026-03-first/campaign.toml
    /// title = "First"
    /// owner = "lin"
    /// start = 2026-03-11
    /// end = 2026-03-15
    ///
    /// [[material]]
    /// name = "Paper lanterns"
    /// kind = "physical"
    /// ```
    /// ```toml,reports
    /// [[material]]
    /// name = "Paper lanterns"
    /// kind = "physical"
    /// ```
    /// ```toml,passes
    /// [[material]]
    /// name = "Reed screens"
    /// kind = "physical"
    /// ```
    pub(crate) static RULE = "programme/duplicate-spend", Info, ["PRG-4"],
    zh: "可以再用的东西，被同年后来的活动又买了一次。\n\n有企业每年花 120 多万重新设计已有的物料（PRG-4）。物料，以及政策列为可复用的预算行，按名称比对。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let reusable = model.policy.rows.line_rules.find("reusable");
    for programme in &model.programmes {
        let mut seen: BTreeMap<String, (&Campaign, Span)> = BTreeMap::new();
        let mut campaigns: Vec<&Campaign> = members(model, programme).filter(|c| c.start.is_some()).collect();
        campaigns.sort_by_key(|c| c.start.map(|s| s.value));
        for campaign in campaigns {
            let is_reusable = |line: &&crate::model::budget::Line| {
                reusable.is_some_and(|row| line.tag(&row.axis).is_some_and(|t| row.values.contains(&t.value)))
            };
            let lines = campaign.budget.iter().flat_map(|b| &b.lines).filter(is_reusable).map(|l| (&l.name, l.span));
            let materials = campaign.materials.iter().map(|m| (&m.name, m.span));
            // A line and its material are one thing; so are two lines of one campaign.
            let mut own: BTreeMap<String, Span> = BTreeMap::new();
            for (name, span) in lines.chain(materials).filter(|(name, _)| !name.is_empty()) {
                let key = name.both().0.trim().to_lowercase();
                if own.insert(key.clone(), span).is_some() {
                    continue;
                }
                let month = |c: &Campaign| c.start.map(|s| s.value.year_month());
                if let Some((first, at)) = seen.get(&key).filter(|(c, _)| month(c) != month(campaign)) {
                    let (said, id) = (words::text(name), &first.id);
                    let (en, zh) = (&said.en, &said.zh);
                    let message = said!("{en} was bought by `{id}` already", "{zh} 已由 `{id}` 买过");
                    found.push(
                        Diagnostic::new(&RULE, span, message)
                            .label(*at, said!("bought here", "买在这里"))
                            .hint(said!(
                                "use what is there, or give the new one a name that says what is new",
                                "请先用已有的；若确实不同，请起个能看出区别的名字"
                            ))
                            .about(campaign.subject()),
                    );
                }
                seen.entry(key).or_insert((campaign, span));
            }
        }
    }
}

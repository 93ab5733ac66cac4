//! `budget/rationale`: a large or key budget that does not say why it is cut as it is.

use super::Check;
use crate::base::{Diagnostic, Found, Said, Text};
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::Factor;
use crate::{rule, said};

rule! {
    /// A budget of a large campaign, or of the key tier, does not say why it is cut as it is.
    ///
    /// ## Why
    /// Money is allotted by type of campaign, target users, cost of channels and season (BUD-13). A line on each lets a reviewer see what
    /// was weighed; without them the split of last year is copied. The factors are rows of policy, `[rationale.<factor>]`, and each says which
    /// scales and tiers must speak of it; who writes one of them writes all.
    ///
    /// ## Example
    /// ```toml,reports
    /// [budget]
    /// total = 1000
    ///
    /// [[budget.line]]
    /// name = "Everything"
    /// amount = 1000
    ///
    /// [budget.rationale]
    /// type = "A sale: reach first"
    /// users = "Members who bought twice"
    /// channel = "Streams cost half of search"
    /// ```
    /// ```toml,passes
    /// [budget]
    /// total = 1000
    ///
    /// [[budget.line]]
    /// name = "Everything"
    /// amount = 1000
    ///
    /// [budget.rationale]
    /// type = "A sale: reach first"
    /// users = "Members who bought twice"
    /// channel = "Streams cost half of search"
    /// season = "618: twice the media of a normal month"
    /// ```
    pub(crate) static RULE = "budget/rationale", Warning, ["BUD-13"],
    zh: "预算没有说明为什么这样分配。\n\n资金按活动类型、目标用户、渠道成本和季节因素分配（BUD-13）。每项写一行，评审的人才知道权衡了什么；否则只是照抄去年。因素是政策中的 `[rationale.<因素>]`，各自规定哪些规模和层级必须填写；写了其一，其余也要写。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let rows = &model.policy.rows.rationale;
    let Some(budget) = campaign.budget.as_ref() else { return };
    let tier = campaign.tier.as_ref().map(|t| &t.value);
    let is_asked = |row: &Factor| {
        !budget.rationale.0.is_empty()
            || row.scales.contains(&campaign.scale)
            || tier.is_some_and(|t| row.tiers.contains(t))
    };
    for (key, _) in budget.rationale.0.iter().filter(|(key, _)| rows.find(&key.value).is_none()) {
        let word = &key.value;
        let message = said!("`{word}` is no factor of a budget", "`{word}` 不是预算分配因素");
        let known: Vec<&str> = rows.keys().collect();
        let list = known.join("`, `");
        let otherwise = said!("write one of `{list}`", "请写 `{list}` 之一");
        let diagnostic = Diagnostic::new(&RULE, key.span, message).about(campaign.subject());
        found.push(did_you_mean(diagnostic, word, key.span, Written::Bare, known, otherwise));
    }
    // A factor mistyped is also one that is missing: the slip alone is reported.
    if budget.rationale.0.iter().any(|(key, _)| rows.find(&key.value).is_none()) {
        return;
    }
    let missing: Vec<(&str, Said)> = rows
        .iter()
        .filter(|(id, row)| is_asked(row) && budget.rationale.find(id).is_none_or(Text::is_empty))
        .map(|(id, row)| (id, crate::checks::words::text(&row.name)))
        .collect();
    let Some((first, _)) = missing.first() else { return };
    let names: Vec<Said> = missing.iter().map(|(_, name)| name.clone()).collect();
    let Said { en, zh } = crate::checks::words::first_three(&names);
    let span = budget.rationale.0.first().map_or(budget.span, |(key, _)| key.span);
    found.push(
        Diagnostic::new(&RULE, span, said!("the budget does not say why: {en}", "预算缺少说明：{zh}"))
            .hint(said!(
                "add `{first} = \"…\"` under `[budget.rationale]`",
                "请在 `[budget.rationale]` 下添加 `{first} = \"…\"`"
            ))
            .about(campaign.subject()),
    );
}

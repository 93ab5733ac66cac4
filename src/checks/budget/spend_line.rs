//! `budget/spend-line`: spending on a line that the budget does not have.

use super::Check;
use crate::base::{Diagnostic, Found, words};
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::budget::Line;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// Spending names a line that the budget does not have.
    ///
    /// ## Why
    /// Spending is compared with the plan line by line; money on a line that does not exist would be in no comparison and in no
    /// bucket (BUD-20).
    ///
    /// ## Example
    /// ```toml,with path=content/campaigns/sample/campaign.toml
    /// [budget]
    /// total = 100000
    ///
    /// [[budget.line]]
    /// id = "livestream"
    /// name = "Livestream and media"
    /// amount = 100000
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [[spend]]
    /// date = 2026-02-20
    /// line = "livestraem"
    /// amount = 12000
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [[spend]]
    /// date = 2026-02-20
    /// line = "livestream"
    /// amount = 12000
    /// ```
    pub(crate) static RULE = "budget/spend-line", Error, ["BUD-20"],
    zh: "支出记在预算没有的行上。\n\n支出逐行与计划对照；记在不存在的行上的钱，不会出现在任何对照和占比中（BUD-20）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    // A line that could not be read may be the one that is meant.
    let lines = match &campaign.budget {
        Some(budget) if budget.complete => budget.lines.as_slice(),
        None if !campaign.written.has("budget") => &[],
        _ => return,
    };
    let known: Vec<&str> = lines.iter().map(name).collect();
    for spend in campaign.results.spends.iter().filter(|s| !lines.iter().any(|l| l.is_named(&s.line.value))) {
        let word = &spend.line.value;
        let subject = campaign.subject().item(word);
        if known.is_empty() {
            let message = said!("`{word}` is no budget line, the budget has none", "预算没有任何行，也就没有 `{word}`");
            let advice = said!(
                "add a `[[budget.line]]` with `id = \"{word}\"` to `campaign.toml`",
                "请在 `campaign.toml` 中添加 `id = \"{word}\"` 的 `[[budget.line]]`"
            );
            found.push(Diagnostic::new(&RULE, spend.line.span, message).hint(advice).about(subject));
            continue;
        }
        let message = said!("`{word}` is no line of the budget", "预算中没有名为 `{word}` 的行");
        let list = words::one_of(known.iter().copied());
        let (en, zh) = (&list.en, &list.zh);
        let otherwise = said!("write {en}", "请写 {zh}");
        let diagnostic = Diagnostic::new(&RULE, spend.line.span, message).about(subject);
        let ids = lines.iter().filter_map(|l| l.id.as_ref()).map(|id| id.value.as_str());
        let names: Vec<&str> = ids.chain(lines.iter().flat_map(|l| l.name.all())).collect();
        found.push(did_you_mean(diagnostic, word, spend.line.span, Written::Quoted, names.iter().copied(), otherwise));
    }
}

/// What spending calls a line: its id, else its name.
fn name(line: &Line) -> &str {
    line.id.as_ref().map_or_else(|| line.name.both().0, |id| id.value.as_str())
}

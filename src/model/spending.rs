//! Money spent beside money planned: by line, and along each axis of policy. Every cut adds up to the same whole.

use super::budget::{Bucket, Budget, Line};
use super::campaign::Campaign;
use super::results::Results;
use crate::base::{Money, Share};
use crate::policy::{Level, Policy, Preset, State};

/// A budget line and what went out on it.
#[derive(Clone, Copy, Debug)]
pub struct LineSpent<'a> {
    /// The line.
    pub line: &'a Line,
    /// Sum of its spending.
    pub spent: Money,
}

/// A budget cut along one axis.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The axis.
    pub axis: String,
    /// Its values in the order of policy, those without money included; then values that policy does not know.
    pub buckets: Vec<Bucket>,
    /// What carries no value on the axis.
    pub untagged: Bucket,
}

impl Cut {
    /// Whether any money carries a value on the axis.
    pub fn is_used(&self) -> bool {
        self.buckets.iter().any(|b| b.planned != Money::ZERO || b.spent != Money::ZERO)
    }
}

/// The line a spending names: by id, else by name.
fn line_of<'a>(budget: &'a Budget, word: &str) -> Option<&'a Line> {
    budget.lines.iter().find(|line| line.is_named(word))
}

/// The lines of a campaign's budget in the order of the file, each with what was spent on it.
///
/// Of a campaign that was called off these are the lines as planned; what still counts of them is what was spent.
pub fn by_line(campaign: &Campaign) -> Vec<LineSpent<'_>> {
    campaign.plan().map_or_else(Vec::new, |budget| on_lines(budget, &campaign.results))
}

/// The lines of a campaign's budget as they count in sums of the year: what is called off, as far as it was spent.
pub fn counted(campaign: &Campaign) -> Vec<LineSpent<'_>> {
    campaign.budget.as_ref().map_or_else(Vec::new, |budget| on_lines(budget, &campaign.results))
}

/// The lines of a budget, each with what results spent on it.
pub(crate) fn on_lines<'a>(budget: &'a Budget, results: &Results) -> Vec<LineSpent<'a>> {
    let spent = |line: &Line| {
        let on = |s: &&super::results::Spend| line_of(budget, &s.line.value).is_some_and(|l| std::ptr::eq(l, line));
        results.spends.iter().filter(on).map(|s| s.amount.value).sum()
    };
    budget.lines.iter().map(|line| LineSpent { line, spent: spent(line) }).collect()
}

/// Spending that names no line of the budget.
pub fn unassigned(campaign: &Campaign) -> Money {
    let is_lost = |word: &str| campaign.budget.as_ref().is_none_or(|b| line_of(b, word).is_none());
    campaign.results.spends.iter().filter(|s| is_lost(&s.line.value)).map(|s| s.amount.value).sum()
}

/// Spent ÷ total as planned; none without a total.
pub fn execution(campaign: &Campaign) -> Option<Share> {
    let total = campaign.plan()?.total?;
    campaign.results.spent().share_of(total.value)
}

/// The lines of a campaign along one axis.
pub fn cut(lines: &[LineSpent<'_>], axis: &str, policy: &Policy) -> Cut {
    let mut values: Vec<&str> = policy.rows.axes.find(axis).map(|a| a.values.keys().collect()).unwrap_or_default();
    for tag in lines.iter().filter_map(|l| l.line.tag(axis)) {
        if !values.contains(&tag.value.as_str()) {
            values.push(&tag.value);
        }
    }
    let bucket = |value: Option<&str>| {
        let mine = || lines.iter().filter(|l| l.line.tag(axis).map(|t| t.value.as_str()) == value);
        Bucket {
            value: value.unwrap_or_default().to_owned(),
            planned: mine().map(|l| l.line.amount.value).sum(),
            spent: mine().map(|l| l.spent).sum(),
        }
    };
    Cut { axis: axis.to_owned(), buckets: values.iter().map(|v| bucket(Some(v))).collect(), untagged: bucket(None) }
}

/// The preset in force for a campaign's budget on an axis: switched on, for campaigns, and for its mode.
pub fn preset<'a>(campaign: &Campaign, axis: &str, policy: &'a Policy) -> Option<(&'a str, &'a Preset)> {
    policy.rows.presets.iter().find(|(_, preset)| {
        preset.axis.as_ref().is_some_and(|a| a.value == axis)
            && preset.state != Some(State::Off)
            && matches!(preset.level, Some(Level::Both | Level::Campaign))
            && (preset.modes.is_empty() || preset.modes.contains(&campaign.mode))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;
    use crate::model::settings::Settings;
    use crate::sources::Sources;

    #[test]
    fn every_axis_adds_up_to_the_lines_and_lost_spending_is_kept_apart() {
        let campaign = "title = \"x\"\nowner = \"bo\"\nstart = 2026-06-10\nend = 2026-06-14\n[budget]\ntotal = 100\n\
            [[budget.line]]\nid = \"film\"\nname = \"Film\"\namount = 70\npurpose = \"core\"\nfunction = \"content\"\n\
            [[budget.line]]\nname = \"Reserve\"\namount = 30\npurpose = \"reserve\"\n";
        let results = "[[spend]]\ndate = 2026-06-10\nline = \"film\"\namount = 12.5\n\
            [[spend]]\ndate = 2026-06-11\nline = \"Reserve\"\namount = 1\n\
            [[spend]]\ndate = 2026-06-11\nline = \"elsewhere\"\namount = 3\n";
        let files =
            [("content/campaigns/june/campaign.toml", campaign), ("content/campaigns/june/results.toml", results)];
        let (mut sources, _) = Sources::from_memory(files.map(|(p, t)| (p.to_owned(), t.as_bytes().to_vec())));
        let (settings, _) = Settings::read(&sources);
        let as_of = Date::parse("2026-06-12").unwrap();
        let (model, _) = crate::model::load(&mut sources, settings, as_of, &[]);
        let june = &model.campaigns[0];
        let shown = |axis: &str| {
            let cut = cut(&by_line(june), axis, &model.policy);
            let all = cut.buckets.iter().chain([&cut.untagged]);
            all.filter(|b| b.planned.0 > 0)
                .map(|b| format!("{} {} {}", b.value, b.planned.0, b.spent.0))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown("purpose"), ["core 7000 1250", "reserve 3000 100"]);
        assert_eq!(shown("function"), ["content 7000 1250", " 3000 100"]);
        assert_eq!(unassigned(june), Money(300));
        assert_eq!(execution(june), Some(Share(1650)));
        assert_eq!(preset(june, "purpose", &model.policy).map(|p| p.0), Some("721"));
        assert_eq!(preset(june, "function", &model.policy).map(|p| p.0), Some("offline"));
        assert!(preset(june, "region", &model.policy).is_none());
    }
}

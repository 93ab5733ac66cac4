//! `budget/untagged`: money that a checked axis does not see.

use super::{Check, binds_campaign, binds_programme, cuts, presets};
use crate::base::{Diagnostic, Found, Money, Subject, words};
use crate::model::Model;
use crate::model::budget::{Budget, Line};
use crate::policy::Preset;
use crate::{rule, said};

rule! {
    /// Money carries no tag on an axis that policy checks.
    ///
    /// ## Why
    /// Each line may be cut along several axes; what is not tagged counts for no bucket, so its split cannot be judged in full (BUD-20).
    ///
    /// ## Example
    /// ```toml,reports
    /// [budget]
    /// total = 100000
    ///
    /// [[budget.line]]
    /// name = "Media"
    /// amount = 100000
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
    pub(crate) static RULE = "budget/untagged", Warning, ["BUD-20"],
    zh: "有的钱在受检维度上没有标签。\n\n每一行可以按多个维度划分；没有标签的钱不计入任何一类，拆分就无法完整判断（BUD-20）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for campaign in model.held() {
        let Some(budget) = &campaign.budget else { continue };
        // A preset of the year sees the lines of every campaign in it.
        let binds = |p: &Preset| binds_campaign(p, campaign) || (binds_programme(p) && campaign.programme.is_some());
        judge(model, budget, binds, &campaign.subject(), found);
    }
    for programme in &model.programmes {
        let Some(budget) = &programme.budget else { continue };
        judge(model, budget, binds_programme, &Subject::programme(programme.id.as_str()), found);
    }
}

fn judge(model: &Model, budget: &Budget, binds: impl Fn(&Preset) -> bool, subject: &Subject, found: &mut Found) {
    let checked: Vec<&str> = presets(model)
        .filter(|(_, p)| binds(p) && cuts(p, budget.lines.iter()))
        .filter_map(|(_, p)| Some(p.axis.as_ref()?.value.as_str()))
        .collect();
    for (axis, row) in model.policy.rows.axes.iter().filter(|(axis, _)| checked.contains(axis)) {
        let bare = |l: &&Line| l.tag(axis).is_none() && l.amount.value > Money::ZERO && l.sound;
        let lines: Vec<&Line> = budget.lines.iter().filter(bare).collect();
        let Some((first, rest)) = lines.split_first() else { continue };
        let currency = budget.currency.value;
        let amount = currency.words(lines.iter().map(|l| l.amount.value).sum());
        let message = said!("{amount} has no `{axis}`", "{amount} 没有 `{axis}` 标签");
        let list = words::one_of(row.values.keys());
        let (en, zh) = (&list.en, &list.zh);
        let mut diagnostic = Diagnostic::new(&RULE, first.span, message)
            .hint(said!("add `{axis} = \"…\"` with {en}", "请添加 `{axis} = \"…\"`，取值 {zh}"))
            .about(subject.clone());
        for line in rest {
            let amount = currency.words(line.amount.value);
            diagnostic = diagnostic.label(line.span, said!("{amount} of it", "其中 {amount}"));
        }
        found.push(diagnostic);
    }
}

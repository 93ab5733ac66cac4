//! `alert/unknown`: an answer to an alert that there is not.

use super::Check;
use crate::base::{Diagnostic, Found};
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::alert;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// An `[[alert]]` answers no reading that is off its target, or names a level that policy does not have.
    ///
    /// ## Why
    /// The clock of an answer starts with its reading. One with the wrong day or metric leaves the alert that it was meant for
    /// unanswered, and a mistyped level has no clock.
    ///
    /// ## Example
    /// ```toml,with
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// ```
    /// ```toml,reports path=content/campaigns/sample/results.toml as-of=2026-06-12
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 64
    ///
    /// [[alert]]
    /// metric = "participation-rate"
    /// raised = 2026-06-11
    /// decision = "remedy"
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml as-of=2026-06-12
    /// [[reading]]
    /// metric = "participation-rate"
    /// date = 2026-06-11
    /// value = 51
    ///
    /// [[alert]]
    /// metric = "participation-rate"
    /// raised = 2026-06-11
    /// decision = "remedy"
    /// ```
    pub(crate) static RULE = "alert/unknown", Warning, ["ALR-1", "ALR-2"],
    zh: "`[[alert]]` 没有对应的偏离读数，或级别不在政策中。\n\n时限从读数算起：日期或指标写错，真正的预警就无人回应；级别写错就没有时限。"
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    if campaign.results.answers.is_empty() || campaign.schedule.is_none() {
        return;
    }
    let alerts = alert::of_campaign(model, campaign);
    let levels = alert::levels(&model.policy);
    for answer in &campaign.results.answers {
        let word = &answer.metric.value;
        let subject = campaign.subject().item(word);
        if let Some(level) = answer.level.as_ref().filter(|l| levels.iter().all(|(id, _)| *id != l.value)) {
            let name = &level.value;
            let message = said!("there is no level `{name}`", "没有级别 `{name}`");
            let all = crate::base::words::one_of(levels.iter().map(|(id, _)| *id));
            let (en, zh) = (&all.en, &all.zh);
            let diagnostic = Diagnostic::new(&RULE, level.span, message).about(subject.clone());
            let known = levels.iter().map(|(id, _)| *id);
            let otherwise = said!("write {en}", "请写 {zh}");
            found.push(did_you_mean(diagnostic, name, level.span, Written::Quoted, known, otherwise));
        }
        // A metric there is none of is `reference/metric`, a target that could not be read was reported.
        let is_judged = model.policy.metric(word).is_some() && campaign.kpi(word).is_none_or(|k| k.sound);
        if !is_judged || alerts.iter().any(|a| a.is_answered_by(answer)) {
            continue;
        }
        let message = match campaign.kpi(word) {
            None => said!(
                "the campaign has no target for `{word}`, so nothing is off it",
                "活动没有 `{word}` 的目标，谈不上偏离"
            ),
            Some(_) => said!("no reading of `{word}` is off its target then", "`{word}` 当时没有偏离目标的读数"),
        };
        let mine: Vec<String> =
            alerts.iter().filter(|a| a.kpi.metric.value == *word).map(|a| a.first.date.value.to_string()).collect();
        let advice = match mine.as_slice() {
            [] if campaign.kpi(word).is_none() => {
                said!("add its `[[kpi]]`, or remove the answer", "请添加它的 `[[kpi]]`，或删除这条回应")
            }
            [] => said!("add the reading, or remove the answer", "请补上读数，或删除这条回应"),
            days => {
                let list = crate::base::words::one_of(days.iter().map(String::as_str));
                let (en, zh) = (&list.en, &list.zh);
                said!("its alerts were raised on {en}", "它的预警日期是 {zh}")
            }
        };
        let at = if mine.is_empty() { answer.metric.span } else { answer.raised.span };
        found.push(Diagnostic::new(&RULE, at, message).hint(advice).about(subject));
    }
}

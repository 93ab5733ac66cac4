//! `goal/smart`: a goal that lacks what makes it one.

use super::{goals, subject, vague};
use crate::base::{Diagnostic, Found, Severity, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::goal::Goal;
use crate::policy;
use crate::{rule, said};

rule! {
    /// A goal lacks what makes it specific, measurable, attainable, relevant or time-bound.
    ///
    /// ## Why
    /// A goal without a number or a day cannot be missed, and so it is not one; without owner, baseline and reason nobody works for it (GOL-5).
    /// Policy says which keys each of the five letters needs.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "repurchase"
    /// title = "Repurchase +25 %"
    /// metric = "repurchase-rate-change"
    /// target = 25
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "repurchase"
    /// title = "Repurchase +25 %"
    /// metric = "repurchase-rate-change"
    /// baseline = 0
    /// target = 25
    /// due = 2026-12-31
    /// owner = "lin"
    /// why = "New customers cost four times as much"
    /// ```
    pub(crate) static RULE = "goal/smart", Error, ["GOL-5"],
    zh: "目标不够具体、可衡量、可达成、相关或有时限。\n\n没有数字和日期的目标不可能落空，也就不是目标；没有责任人、基线和理由，就没有人为它工作（GOL-5）。五个字母各需哪些键，由政策规定。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for (programme, goal) in goals(model).filter(|(_, g)| g.sound) {
        let (mut letters, mut missing, mut worst) = (String::new(), Vec::new(), None::<Severity>);
        for (_, letter) in model.policy.rows.smart.iter() {
            let lacks: Vec<&str> = letter.needs.iter().map(String::as_str).filter(|key| !has(goal, key)).collect();
            let weight = letter.severity.and_then(policy::weight);
            // A goal of words alone is told by `goal/vague` what would make it one.
            if let Some(weight) = weight.filter(|_| !lacks.is_empty() && !is_words_alone(model, goal, &lacks)) {
                letters.push_str(&letter.letter);
                missing.extend(lacks);
                worst = worst.max(Some(weight));
            }
        }
        let Some(worst) = worst else { continue };
        let id = goal.id.value.as_str();
        let ticked: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
        let list = words::all_of(ticked.iter().map(String::as_str));
        let (en, zh) = (&list.en, &list.zh);
        let message =
            said!("`{id}` is not SMART in {letters}: {en} missing", "`{id}` 在 SMART 的 {letters} 上不足：缺少 {zh}");
        found.push(
            Diagnostic::new(&RULE, goal.id.span, message)
                .severity(worst)
                .hint(said!("add {en} to this goal", "请为该目标添加 {zh}"))
                .about(subject(programme, id)),
        );
    }
}

/// Whether a goal has a key, readable or not.
fn has(goal: &Goal, key: &str) -> bool {
    goal.written.iter().any(|written| written == key)
}

fn is_words_alone(model: &Model, goal: &Goal, lacks: &[&str]) -> bool {
    lacks.iter().all(|key| matches!(*key, "metric" | "target")) && vague::is_vague(model, goal)
}

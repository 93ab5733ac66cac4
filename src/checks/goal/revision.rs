//! `goal/revision`: a change of a goal that cannot be followed.

use super::{severity, subject};
use crate::base::{Diagnostic, Found, Quantity, Severity, Share, Subject};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::goal::{Goal, GoalRevision};
use crate::model::progress;
use crate::{rule, said};

rule! {
    /// A change of a goal does not follow from the target before it, rests on nothing, was told to nobody, or goes further than policy allows.
    ///
    /// ## Why
    /// Goals may change, in the open: with what they rest on, told to those who work for them (GOL-10). The target of the plan stays where it
    /// is, so that attainment can be judged against both (GOL-11). User goals move by 5–10 % with the season, not by half (GOL-7); goals of
    /// the long stage change at the half-year only (GOL-8).
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "sales-share"
    /// title = "Campaigns bring 35 % of sales"
    /// metric = "campaign-sales-share"
    /// target = 33
    ///
    /// [[goal-revision]]
    /// goal = "sales-share"
    /// old = 35
    /// new = 33
    /// basis = "Two stores closed in March"
    /// informed = ["sales"]
    /// requested = 2026-04-02
    /// decided = 2026-04-03
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "2026"
    /// year = 2026
    ///
    /// [[goal]]
    /// id = "sales-share"
    /// title = "Campaigns bring 35 % of sales"
    /// metric = "campaign-sales-share"
    /// target = 35
    ///
    /// [[goal-revision]]
    /// goal = "sales-share"
    /// old = 35
    /// new = 33
    /// basis = "Two stores closed in March"
    /// informed = ["sales"]
    /// requested = 2026-04-02
    /// decided = 2026-04-03
    /// ```
    pub(crate) static RULE = "goal/revision", Error, ["GOL-7", "GOL-8", "GOL-10", "GOL-11"],
    zh: "目标调整与之前的目标接不上、没有依据、没有告知任何部门，或超出政策允许的幅度。\n\n目标可以调整，但要公开：写明依据，告知相关部门（GOL-10）。方案原定的目标保留不动，才能与两者对照（GOL-11）。用户目标随季节浮动 5–10%，不能腰斩（GOL-7）；长期目标只在半年时调整（GOL-8）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        for goal in &programme.goals.list {
            let about = subject(programme, goal.id.value.as_str());
            let mut before = goal.target;
            for revision in programme.goals.revisions_of(goal) {
                // A change that could not be read may stand between the two.
                let before_it = before.filter(|b| programme.goals.complete && b.value != revision.old.value);
                if let Some(before) = before_it {
                    found.push(chain(model, goal, revision, before).about(about.clone()));
                }
                judge(model, goal, revision, &about, found);
                before = Some(revision.new);
            }
        }
    }
}

/// A change that begins at another target than the one in force.
fn chain(model: &Model, goal: &Goal, revision: &GoalRevision, before: crate::base::Spanned<Quantity>) -> Diagnostic {
    let metric = progress::metric(&model.policy, goal);
    let (id, old, was) =
        (&goal.id.value, words::quantity(revision.old.value, metric), words::quantity(before.value, metric));
    let (old_en, old_zh, was_en, was_zh) = (&old.en, &old.zh, &was.en, &was.zh);
    let message = said!(
        "the change of `{id}` begins at {old_en}, the target before it is {was_en}",
        "`{id}` 的调整从 {old_zh} 开始，之前的目标却是 {was_zh}"
    );
    Diagnostic::new(&RULE, revision.old.span, message)
        .label(before.span, said!("the target before it", "之前的目标"))
        .hint(said!(
            "keep the target of the plan in `target`, and write each change as a `[[goal-revision]]` from the one before",
            "`target` 保留方案原定目标，每次变更各写一条前后相接的 `[[goal-revision]]`"
        ))
}

fn judge(model: &Model, goal: &Goal, revision: &GoalRevision, about: &Subject, found: &mut Found) {
    let id = &goal.id.value;
    let mut push = |diagnostic: Diagnostic| found.push(diagnostic.about(about.clone()));
    if revision.sound && revision.basis.is_empty() {
        push(
            Diagnostic::new(
                &RULE,
                revision.span,
                said!("the change of `{id}` says not what it rests on", "`{id}` 的调整没有写依据"),
            )
            .severity(Severity::Warning)
            .hint(said!("add `basis = …` with the figures behind it", "请添加 `basis = …`，写下依据的数据")),
        );
    }
    if revision.sound && revision.informed.is_empty() {
        push(
            Diagnostic::new(
                &RULE,
                revision.span,
                said!("nobody was told of the change of `{id}`", "`{id}` 的调整没有告知任何部门"),
            )
            .severity(Severity::Warning)
            .hint(said!("tell those who work for it and list them in `informed`", "请告知相关部门，并列入 `informed`")),
        );
    }
    if goal.dimension.as_deref() == Some("user")
        && let Some(moved) = share(revision)
    {
        let (most, free) = (model.policy.share("goal-change-max"), model.policy.share("goal-change-free"));
        let (is, most_said, free_said) = (words::share(moved), words::share(most), words::share(free));
        let (en, zh, max_en, max_zh) = (&is.en, &is.zh, &most_said.en, &most_said.zh);
        if moved > most {
            push(
                Diagnostic::new(
                    &RULE,
                    revision.new.span,
                    said!(
                        "the user goal `{id}` moves by {en}, at most {max_en} at once",
                        "用户目标 `{id}` 调整了 {zh}，单次最多 {max_zh}"
                    ),
                )
                .severity(Severity::Warning)
                .hint(said!(
                    "go in smaller steps, or waive this once with the reason",
                    "请分步调整，或写明理由豁免这一次"
                )),
            );
        } else if moved < free {
            let (free_en, free_zh) = (&free_said.en, &free_said.zh);
            push(
                Diagnostic::new(
                    &RULE,
                    revision.new.span,
                    said!(
                        "the user goal `{id}` moves by {en}; below {free_en} it needs no review",
                        "用户目标 `{id}` 只调整了 {zh}，低于 {free_zh} 无需评审"
                    ),
                )
                .severity(Severity::Info)
                .hint(said!("leave the target as it is, if nothing else changes", "若无其他变化，可保持原目标")),
            );
        }
    }
    if let Some(decided) = revision.decided {
        let metric = goal.metric.as_ref().map_or("", |m| m.value.as_str());
        let stages = model.policy.rows.goal_stages.iter();
        let bound = |s: &crate::policy::GoalStage| s.metrics.find(metric).is_some() && !s.revise_in.is_empty();
        let month = i64::from(decided.value.month());
        for (stage, row) in stages.filter(|(_, s)| bound(s) && !s.revise_in.contains(&month)) {
            let Some(weight) = severity(row.severity) else { continue };
            let months = row.revise_in.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
            let message = said!(
                "`{id}` is a goal of the stage `{stage}` and changes in the months {months} only",
                "`{id}` 属于 `{stage}` 阶段，只能在 {months} 月调整"
            );
            push(Diagnostic::new(&RULE, decided.span, message).severity(weight).hint(said!(
                "wait for the half-year, or waive this once with the reason",
                "请等到半年评估，或写明理由豁免这一次"
            )));
        }
    }
}

/// How far a target moves, as a share of what it was.
fn share(revision: &GoalRevision) -> Option<Share> {
    let (old, new) = (revision.old.value, revision.new.value);
    let moved = Quantity(new.0.checked_sub(old.0)?.saturating_abs());
    moved.share_of(Quantity(old.0.saturating_abs()))
}

//! `cadence/overdue`: a recurring obligation past due without evidence.

use super::subject;
use crate::base::{Diagnostic, Found, Span, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::cadence::{self, Kept};
use crate::model::period::Period;
use crate::policy::Every;
use crate::{rule, said};

rule! {
    /// A recurring obligation is past due and has no evidence.
    ///
    /// ## Why
    /// Weekly cost control, the monthly audit and the half-yearly look at long-term goals (CAL-11, MON-1, MON-4, GOL-8) belong to no
    /// campaign, so nothing reminds of them but this. One finding speaks for all periods that an obligation misses. Nobody is reminded before
    /// there is a `content/obligations.toml`; from then on obligations count from its `since`, else from its first evidence, else from the first
    /// day of the first programme.
    ///
    /// ## Example
    /// ```toml,with path=content/policies/own.toml
    /// [cadence.stock-count]
    /// name = "Stock count"
    /// every = "month"
    /// due = 5
    /// ```
    /// ```toml,reports path=content/obligations.toml as-of=2026-03-10
    /// since = 2026-02-01
    /// ```
    /// ```toml,passes path=content/obligations.toml as-of=2026-02-10
    /// since = 2026-02-08
    ///
    /// [[held]]
    /// obligation = "kpi-watch"
    /// period = "2026-W06"
    /// date = 2026-02-09
    /// evidence = "https://wiki.example/kpi"
    /// ```
    pub(crate) static RULE = "cadence/overdue", Warning, ["CAL-11", "MON-1", "MON-4", "GOL-8"],
    zh: "例行任务已过期且没有证据。\n\n每周成本控制、月度审计、半年评估长期目标（CAL-11、MON-1、MON-4、GOL-8）不属于任何一场活动，只有这里会提醒。同一任务漏掉的各期合为一条。没有 `content/obligations.toml` 就不提醒；有了它，从其中的 `since` 起算，否则从第一条证据起算，再否则从第一个年度方案的第一天起算。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

/// Whether some evidence may be meant for an obligation and says it wrongly: that is reported where it stands.
fn is_mistyped(model: &Model, id: &str, every: Every) -> bool {
    let rows = &model.policy.rows.cadence;
    let is_every = |p: Option<Period>| p.is_some_and(|p| p.every == every);
    model.obligations.held.iter().any(|held| {
        let word = held.obligation.value.as_str();
        match word == id {
            true => !is_every(held.first) || !is_every(held.last),
            false => rows.find(word).is_none() && words::nearest(word, rows.keys()) == Some(id),
        }
    })
}

fn find(model: &Model, found: &mut Found) {
    let register = &model.obligations;
    let Some(file) = register.file.filter(|_| register.is_complete) else { return };
    for (id, row, _) in cadence::active(model).filter(|(id, _, every)| !is_mistyped(model, id, *every)) {
        let occurrences = cadence::occurrences(model, id, row, model.as_of);
        let missed: Vec<_> = occurrences.iter().filter(|o| matches!(o.kept, Kept::Overdue { .. })).collect();
        let Some(last) = missed.last() else { continue };
        let (name, name_zh) = row.name.both();
        let (period, due) = (last.period, last.due);
        let message = match missed.len() {
            1 => said!(
                "`{name}` for {period} was due on {due} and has no evidence",
                "`{name_zh}`（{period}）应于 {due} 前完成，没有证据"
            ),
            n => said!(
                "`{name}` has no evidence for {n} periods, the latest {period}, due on {due}",
                "`{name_zh}` 有 {n} 期没有证据，最近一期是 {period}，应于 {due} 前完成"
            ),
        };
        let mine = register.held.iter().rev().find(|h| h.obligation.value == id);
        let span = mine.map(|h| h.to.as_ref().unwrap_or(&h.period).span);
        let mut diagnostic =
            Diagnostic::new(&RULE, span.unwrap_or(Span::new(file, 0, 0)), message).about(subject(id)).hint(said!(
                "once it is done, add a `[[held]]` with `obligation = \"{id}\"`, `period = \"{period}\"`, `date` and `evidence`",
                "完成后请添加 `[[held]]`，写上 `obligation = \"{id}\"`、`period = \"{period}\"`、`date` 和 `evidence`"
            ));
        if missed.len() > 1 {
            let list = words::all_of(
                missed
                    .iter()
                    .rev()
                    .take(6)
                    .map(|o| o.period.to_string())
                    .collect::<Vec<_>>()
                    .iter()
                    .map(String::as_str),
            );
            let (en, zh) = (&list.en, &list.zh);
            diagnostic = diagnostic.hint(said!(
                "fill in {en} first; several periods in a row may share one entry with `to`",
                "请先补上 {zh}；连续几期可用 `to` 写成一条"
            ));
        }
        found.push(diagnostic);
    }
}

//! `cadence/period`: evidence for a period that cannot be meant.

use super::subject;
use crate::base::{Diagnostic, Found, Span, Spanned};
use crate::checks::Check;
use crate::model::Model;
use crate::model::cadence::Held;
use crate::model::period::Period;
use crate::policy::Every;
use crate::{rule, said};

rule! {
    /// Evidence is for a period that cannot be read, is of another length than the obligation's, or has not begun.
    ///
    /// ## Why
    /// Evidence counts for the period it names (CAL-11): a monthly audit filed under a quarter leaves three months open, and one filed under
    /// the year before says nothing of this one.
    ///
    /// ## Example
    /// ```toml,reports path=content/obligations.toml as-of=2026-02-10
    /// since = 2026-03-01
    ///
    /// [[held]]
    /// obligation = "budget-audit"
    /// period = "2026-Q1"
    /// date = 2026-02-09
    /// evidence = "https://wiki.example/audit"
    /// ```
    /// ```toml,passes path=content/obligations.toml as-of=2026-02-10
    /// since = 2026-03-01
    ///
    /// [[held]]
    /// obligation = "budget-audit"
    /// period = "2026-01"
    /// date = 2026-02-09
    /// evidence = "https://wiki.example/audit"
    /// ```
    pub(crate) static RULE = "cadence/period", Error, ["CAL-11"],
    zh: "证据所写的周期无法识别、与任务的周期长度不同，或尚未开始。\n\n证据只对所写的那一期有效（CAL-11）：把月度审计写在季度名下，三个月都仍缺证据；写成去年，则与今年无关。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for held in &model.obligations.held {
        let Some(every) = model.policy.rows.cadence.find(&held.obligation.value).and_then(|row| row.every) else {
            continue;
        };
        if let Some(diagnostic) = judge(model, held, every) {
            found.push(diagnostic.about(subject(&held.obligation.value)));
        }
    }
}

/// The first thing wrong with an entry.
fn judge(model: &Model, held: &Held, every: Every) -> Option<Diagnostic> {
    let (first, last) =
        match (read(&held.period, every, held, model), held.to.as_ref().map(|to| read(to, every, held, model))) {
            (Ok(first), None) => (first, first),
            (Ok(first), Some(Ok(last))) => (first, last),
            (Err(wrong), _) | (_, Some(Err(wrong))) => return Some(*wrong),
        };
    let words = held.to.as_ref().unwrap_or(&held.period);
    if last < first {
        let message = said!("`{last}` comes before `{first}`", "`{last}` 早于 `{first}`");
        return Some(
            at(words.span, message).hint(said!("write a period after `{first}`", "请写 `{first}` 之后的一期")),
        );
    }
    let as_of = model.as_of;
    if last.days.first > as_of {
        let message = said!("`{last}` has not begun on {as_of}", "到 {as_of} 为止，`{last}` 尚未开始");
        let advice = said!("write the period that the evidence is for", "请写证据所属的周期");
        return Some(at(words.span, message).hint(advice));
    }
    let date = held.date.value;
    if date > as_of {
        let message = said!("{date} is after {as_of}: nothing is kept in advance", "{date} 晚于 {as_of}：尚未发生");
        return Some(
            at(held.date.span, message).hint(said!("write the day on which it was done", "请写实际完成的日期")),
        );
    }
    if date < first.days.first {
        let message = said!("{date} is before `{first}` began", "{date} 早于 `{first}` 的开始");
        let right = Period::of(every, date);
        let advice = said!("correct the day, or write the period `{right}`", "请更正日期，或把周期写成 `{right}`");
        return Some(at(held.date.span, message).hint(advice));
    }
    None
}

fn at(span: Span, message: crate::base::Said) -> Diagnostic {
    Diagnostic::new(&RULE, span, message)
}

/// The period of the right length, else what is wrong with its words.
fn read(words: &Spanned<String>, every: Every, held: &Held, model: &Model) -> Result<Period, Box<Diagnostic>> {
    let text = &words.value;
    let example = Period::of(every, held.date.value.min(model.as_of)).previous();
    match Period::parse(text) {
        Some(period) if period.every == every => Ok(period),
        Some(_) => {
            let (row, id) = (every.word(), &held.obligation.value);
            let message = said!(
                "`{text}` is no {row}, and `{id}` comes round each {row}",
                "`{id}` 的周期是 `{row}`，`{text}` 不是"
            );
            let advice = said!("write it as `{example}`", "请写成 `{example}` 这样");
            Err(Box::new(at(words.span, message).hint(advice)))
        }
        None => {
            let message = said!("`{text}` is no period", "`{text}` 不是周期");
            Err(Box::new(at(words.span, message).hint(said!("write it as `{example}`", "请写成 `{example}` 这样"))))
        }
    }
}

//! `calendar/range`: holidays that cannot be meant as they are written.

use crate::base::{Diagnostic, Found, Span, Subject};
use crate::checks::Check;
use crate::model::Model;
use crate::model::calendar::Misplaced;
use crate::{rule, said};

rule! {
    /// A holiday ends before it begins, lasts for months, or lies in another year than its file.
    ///
    /// ## Why
    /// Calendars are copied from year to year; a date that was not changed leaves the real holiday out, and somebody
    /// plans a hand-over for it.
    ///
    /// ## Example
    /// ```toml,reports path=content/calendars/cn-2027.toml
    /// region = "cn"
    /// year = 2027
    ///
    /// [[holiday]]
    /// name = "Qingming"
    /// from = 2026-04-04
    /// to = 2026-04-06
    /// ```
    /// ```toml,passes path=content/calendars/cn-2027.toml
    /// region = "cn"
    /// year = 2027
    ///
    /// [[holiday]]
    /// name = "Qingming"
    /// from = 2027-04-03
    /// to = 2027-04-05
    /// ```
    pub(crate) static RULE = "calendar/range", Error, ["CAL-1"],
    zh: "假日在开始之前就结束、长达数月，或不在文件所写的年份。\n\n日历常逐年复制；没改的日期会漏掉真正的假日，有人就会把交接排在那天。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for calendar in model.calendars.regions.values() {
        found.extend(calendar.misplaced.iter().map(|(span, wrong)| report(*span, *wrong)));
    }
}

fn report(span: Span, wrong: Misplaced) -> Diagnostic {
    let about = Subject { thing: "content/calendars".to_owned(), item: None };
    let diagnostic = match wrong {
        Misplaced::Reversed { from, to } => {
            let message =
                said!("the holiday ends on {to}, before it begins on {from}", "假日在 {to} 结束，早于开始日 {from}");
            Diagnostic::new(&RULE, span, message)
                .hint(said!("write a `to` on {from} or later", "请把 `to` 写成 {from} 或更晚"))
        }
        Misplaced::Endless { from, to } => {
            let message = said!("the holiday lasts from {from} to {to}", "假日从 {from} 一直到 {to}");
            Diagnostic::new(&RULE, span, message)
                .hint(said!("check month and year of `to`", "请核对 `to` 的月份和年份"))
        }
        Misplaced::OtherYear { day, year } => {
            let message = said!("{day} is not in {year}, the year of this file", "{day} 不在本文件的年份 {year} 内");
            let moved = crate::base::Date::new(year, day.month(), day.day());
            let diagnostic = Diagnostic::new(&RULE, span, message);
            match moved {
                Some(moved) => diagnostic.fix(
                    said!("write {moved}, if that is the day", "如果就是那天，请写 {moved}"),
                    span,
                    moved.to_string(),
                ),
                None => diagnostic.hint(said!("write the day in {year}", "请写 {year} 年的日期")),
            }
        }
    };
    diagnostic.about(about)
}

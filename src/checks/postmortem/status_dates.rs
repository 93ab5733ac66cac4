//! `postmortem/status-dates`: dates of a review that contradict its status or each other.

use crate::base::{Date, Diagnostic, Found, Severity, Spanned};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::postmortem::Postmortem;
use crate::policy::Review;
use crate::{rule, said};

rule! {
    /// The dates of a review's statuses are out of order, in the future, or do not fit its status.
    ///
    /// ## Why
    /// Whether a review was on time is computed from these dates (PMR-2): data after three days, evaluation after seven, the plan after
    /// ten. A date out of order makes one step look late and the next one early.
    ///
    /// ## Example
    /// ```markdown,reports path=content/campaigns/sample/postmortem.md as-of=2026-07-01
    /// +++
    /// status = "evaluated"
    ///
    /// [dates]
    /// data = 2026-06-21
    /// evaluated = 2026-06-17
    /// +++
    /// ```
    /// ```markdown,passes path=content/campaigns/sample/postmortem.md as-of=2026-07-01
    /// +++
    /// status = "evaluated"
    ///
    /// [dates]
    /// data = 2026-06-17
    /// evaluated = 2026-06-21
    /// +++
    /// ```
    pub(crate) static RULE = "postmortem/status-dates", Error, ["PMR-2"],
    zh: "复盘各状态的日期次序颠倒、在未来，或与当前状态不符。\n\n复盘是否按时由这些日期算出（PMR-2）：三天出数据，七天评估，十天出方案。日期颠倒会让前一步显得晚，后一步显得早。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(review), Some(policy)) = (&campaign.postmortem, &model.policy.rows.review) else { return };
    let mut list = judge(review, policy, model.as_of);
    list.extend(without_date(review, policy));
    found.extend(list.into_iter().map(|d| d.about(campaign.subject())));
}

fn judge(review: &Postmortem, policy: &Review, today: Date) -> Vec<Diagnostic> {
    let place = |status: &str| policy.statuses.position(status);
    let mut dates: Vec<(usize, &Spanned<String>, Spanned<Date>)> =
        review.dates.iter().filter_map(|(status, date)| Some((place(&status.value)?, status, *date))).collect();
    dates.sort_by_key(|(place, ..)| *place);
    let reached = review.status.as_ref().and_then(|s| place(&s.value));
    let mut list = Vec::new();
    let mut latest: Option<(&str, Spanned<Date>)> = None;
    for (place, status, date) in dates {
        let (name, day) = (&status.value, date.value);
        if let Some((earlier, before)) = latest.filter(|(_, before)| day < before.value) {
            let other = before.value;
            let message = said!(
                "`{name}` was reached on {day}, before `{earlier}` on {other}",
                "`{name}` 于 {day} 达到，早于 `{earlier}` 的 {other}"
            );
            list.push(
                Diagnostic::new(&RULE, date.span, message)
                    .label(before.span, said!("`{earlier}` comes first", "`{earlier}` 应在前"))
                    .hint(said!(
                        "write a day on or after {other}, or correct the other",
                        "请写 {other} 或之后的日期，或改正另一个"
                    )),
            );
            continue;
        }
        latest = Some((name, date));
        if day > today {
            let message =
                said!("`{name}` is dated {day}, after today, {today}", "`{name}` 的日期 {day} 晚于今天 {today}");
            let advice = said!("write the day on which it was reached, or remove it", "请写实际达到的日期，或删除");
            list.push(Diagnostic::new(&RULE, date.span, message).severity(Severity::Warning).hint(advice));
        } else if let (Some(reached), Some(now)) = (reached, &review.status)
            && place > reached
        {
            let is = &now.value;
            let message = said!("`{name}` has a date, the status is `{is}`", "`{name}` 有日期，状态却是 `{is}`");
            list.push(
                Diagnostic::new(&RULE, status.span, message)
                    .severity(Severity::Warning)
                    .label(now.span, said!("the status", "当前状态"))
                    .hint(said!(
                        "write `status = \"{name}\"`, or remove the date",
                        "请写 `status = \"{name}\"`，或删除该日期"
                    )),
            );
        }
    }
    list
}

fn without_date(review: &Postmortem, policy: &Review) -> Option<Diagnostic> {
    let status = review.status.as_ref()?;
    let name = &status.value;
    policy.statuses.find(name)?;
    let first = policy.statuses.position(name) == Some(0);
    // The first status is where every review begins; its day matters to nobody.
    if first || review.written.has(&format!("dates.{name}")) {
        return None;
    }
    let message = said!("`{name}` has no date", "`{name}` 没有日期");
    let advice = said!("add `{name} = …` under `[dates]`", "请在 `[dates]` 下添加 `{name} = …`");
    Some(Diagnostic::new(&RULE, status.span, message).severity(Severity::Warning).hint(advice))
}

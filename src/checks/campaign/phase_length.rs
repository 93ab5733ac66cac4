//! `campaign/phase-length`: a phase shorter than the rhythm wants.

use crate::base::{Date, Diagnostic, Due, Found, Said, Spanned};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::{PhaseDays, Schedule};
use crate::{rule, said};

rule! {
    /// A phase around the campaign is shorter than the rhythm wants.
    ///
    /// ## Why
    /// Seven days of pre-heat build up reservations, seven days of settling turn buyers into members and give the review
    /// its data. A shorter phase saves nothing: its work is left out.
    ///
    /// ## Example
    /// ```toml,reports
    /// [phases.preheat]
    /// from = "T-4"
    /// ```
    /// ```toml,passes
    /// [phases.preheat]
    /// from = "T-8"
    /// ```
    pub(crate) static RULE = "campaign/phase-length", Warning, ["CAL-5"],
    zh: "活动前后的阶段短于节奏要求。\n\n七天预热用来积累预约，七天沉淀把买家变成会员并为复盘提供数据；缩短阶段并不省事，只会漏掉工作。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    for phase in schedule.phases.iter().filter(|p| !p.live) {
        let Some(min) = phase.min_days.filter(|min| phase.days.days() < *min) else { continue };
        let (name, is) = (words::text(&phase.name), words::days(phase.days.days()));
        let (en, zh, is_en, is_zh) = (&name.en, &name.zh, &is.en, &is.zh);
        let message =
            said!("phase {en} lasts {is_en}, wanted at least {min}", "阶段 {zh} 只有 {is_zh}，应至少 {min} 天");
        let diagnostic = Diagnostic::new(&RULE, phase.span, message).about(campaign.subject());
        found.push(longer(diagnostic, phase, min, schedule));
    }
}

/// Advises to move the end of the phase that is away from the live window.
fn longer(diagnostic: Diagnostic, phase: &PhaseDays, min: i64, schedule: &Schedule) -> Diagnostic {
    let (first, last) = (phase.days.first, phase.days.last);
    if first > schedule.window.last {
        let day = first.plus(min.saturating_sub(1));
        let advice = said!("let it end on {day} or later", "请让它在 {day} 或更晚结束");
        mend(diagnostic, advice, phase.to_written.as_ref(), day, schedule)
    } else {
        let day = last.plus(1i64.saturating_sub(min));
        let advice = said!("let it begin on {day} or earlier", "请让它在 {day} 或更早开始");
        mend(diagnostic, advice, phase.from_written.as_ref(), day, schedule)
    }
}

fn mend(
    diagnostic: Diagnostic,
    advice: Said,
    written: Option<&Spanned<Due>>,
    day: Date,
    schedule: &Schedule,
) -> Diagnostic {
    match written {
        Some(due) => diagnostic.fix(advice, due.span, words::due_on(&due.value, day, schedule)),
        None => diagnostic.hint(advice),
    }
}

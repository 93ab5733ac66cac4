//! What people did about alerts: answers, money and people added, an early end.

use super::budget::money;
use crate::base::{Currency, Date, Found, Moment, Money, Quantity, Share, Span, Spanned, Text};
use crate::sources::shape::Number;
use crate::{shape, vocabulary};

vocabulary! {
    /// What was decided on an alert.
    pub enum Decision, "decision" / "决定" {
        /// Bring the figure back.
        Remedy = "remedy",
        /// Add money and people (BUF-5).
        ScaleUp = "scale-up",
        /// End before the planned day (BUF-6).
        EarlyStop = "early-stop",
        /// Nothing, on purpose.
        None = "none",
    }
}

shape! {
    /// `[[alert]]` of `results.toml` as written: the answer to an alert.
    pub struct RawAnswer {
        /// Metric.
        "metric" metric: required Spanned<String>,
        /// When the alert was raised.
        "raised" raised: required Spanned<Moment>,
        /// Level of policy, where people judged it otherwise.
        "level" level: optional Spanned<String>,
        /// Why it came to this: a cause of policy, or words.
        "cause" cause: optional Text,
        /// When the analysis was handed in.
        "report" report: optional Spanned<Moment>,
        /// What is to be done.
        "plan" plan: optional Text,
        /// What was decided.
        "decision" decision: optional Spanned<Decision>,
        /// When.
        "decided" decided: optional Spanned<Moment>,
        /// Who answers for it.
        "owner" owner: optional Spanned<String>,
        /// Keys that are written, readable or not.
        "*" written: keys String,
    }
}

shape! {
    /// `[[scale-up]]` of `results.toml` as written (BUF-5).
    pub struct RawScaleUp {
        /// Metric that was over its target.
        "metric" metric: required Spanned<String>,
        /// Share of the target from which it was decided to add.
        "trigger" trigger: optional Spanned<Share>,
        /// Money added.
        "add-budget" budget: optional Spanned<Number>,
        /// People added.
        "add-people" people: optional Spanned<i64>,
        /// Where the money comes from: a line of the budget, or a fund of policy.
        "from" from: optional Spanned<String>,
        /// Who agreed.
        "approver" approver: required Spanned<String>,
        /// When.
        "date" date: required Spanned<Date>,
    }
}

shape! {
    /// `[early-stop]` of `results.toml` as written (BUF-6).
    pub struct RawEarlyStop {
        /// Metric that was far enough over its target.
        "metric" metric: required Spanned<String>,
        /// Times its target, where not as policy has it.
        "threshold" threshold: optional Spanned<Quantity>,
        /// The last day that was held.
        "on" on: required Spanned<Date>,
        /// The campaign that gets what was saved.
        "savings-to" to: optional Spanned<String>,
        /// How much is handed on; all that was not spent where left out.
        "savings" savings: optional Spanned<Number>,
    }
}

/// The answer to an alert.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its header.
    pub span: Span,
    /// Metric; may name one that does not exist.
    pub metric: Spanned<String>,
    /// When the alert was raised.
    pub raised: Spanned<Moment>,
    /// The level people gave it; may name one that does not exist.
    pub level: Option<Spanned<String>>,
    /// Why it came to this.
    pub cause: Option<Text>,
    /// When the analysis was handed in.
    pub report: Option<Spanned<Moment>>,
    /// What is to be done.
    pub plan: Option<Text>,
    /// What was decided.
    pub decision: Option<Spanned<Decision>>,
    /// When.
    pub decided: Option<Spanned<Moment>>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// Keys that are written, readable or not.
    pub written: Vec<String>,
}

impl Answer {
    /// Whether a key is written, readable or not.
    pub fn has(&self, key: &str) -> bool {
        self.written.iter().any(|written| written == key)
    }
}

/// Money and people added on success.
#[derive(Clone, Debug)]
pub struct ScaleUp {
    /// Its header.
    pub span: Span,
    /// Metric that was over its target.
    pub metric: Spanned<String>,
    /// Share of the target from which it was decided to add.
    pub trigger: Option<Spanned<Share>>,
    /// Money added.
    pub budget: Option<Spanned<Money>>,
    /// People added.
    pub people: Option<i64>,
    /// Where the money comes from.
    pub from: Option<Spanned<String>>,
    /// Who agreed.
    pub approver: Spanned<String>,
    /// When.
    pub date: Spanned<Date>,
}

/// The end of a campaign before its planned day.
#[derive(Clone, Debug)]
pub struct EarlyStop {
    /// Its header.
    pub span: Span,
    /// Metric that was far enough over its target.
    pub metric: Spanned<String>,
    /// Times its target, where not as policy has it.
    pub threshold: Option<Spanned<Quantity>>,
    /// The last day that was held.
    pub on: Spanned<Date>,
    /// The campaign that gets what was saved.
    pub to: Option<Spanned<String>>,
    /// How much is handed on; all that was not spent where left out.
    pub savings: Option<Spanned<Money>>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

pub(crate) fn lower(raw: RawAnswer) -> Option<Answer> {
    Some(Answer {
        span: raw.span,
        metric: raw.metric?,
        raised: raw.raised?,
        level: raw.level,
        cause: raw.cause,
        report: raw.report,
        plan: raw.plan,
        decision: raw.decision,
        decided: raw.decided,
        owner: raw.owner,
        written: raw.written,
    })
}

pub(crate) fn lower_scale_up(raw: RawScaleUp, currency: Currency, found: &mut Found) -> Option<ScaleUp> {
    Some(ScaleUp {
        span: raw.span,
        metric: raw.metric?,
        trigger: raw.trigger,
        budget: raw.budget.and_then(|b| money(&b, currency, found)),
        people: raw.people.map(|p| p.value),
        from: raw.from,
        approver: raw.approver?,
        date: raw.date?,
    })
}

pub(crate) fn lower_early_stop(raw: RawEarlyStop, currency: Currency, found: &mut Found) -> Option<EarlyStop> {
    let before = found.len();
    let savings = raw.savings.and_then(|s| money(&s, currency, found));
    Some(EarlyStop {
        span: raw.span,
        metric: raw.metric?,
        threshold: raw.threshold,
        on: raw.on?,
        to: raw.to,
        savings,
        sound: raw.sound && found.len() == before,
    })
}

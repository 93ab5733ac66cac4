//! The goals of a year: what is aimed at, month by month, who changed it and why, who reviewed it.

use crate::base::{Date, Diagnostic, Found, Id, Quantity, Share, Span, Spanned, Text};
use crate::policy::Policy;
use crate::sources::shape::{BAD_VALUE, bad_value};
use crate::{said, shape, vocabulary};

vocabulary! {
    /// How a year's figure is spread over its months.
    pub enum Split, "split" / "拆分方式" {
        /// In twelve equal parts.
        Even = "even",
        /// As `months` says.
        Weighted = "weighted",
    }
}

shape! {
    /// `[[goal]]` of a programme as written.
    pub struct RawGoal {
        /// Id, which campaigns link.
        "id" id: required Spanned<Id>,
        /// What is aimed at, in words.
        "title" title: needed Text,
        /// Metric.
        "metric" metric: optional Spanned<String>,
        /// Dimension of policy: `user`, `brand`, `business`.
        "dimension" dimension: optional Spanned<String>,
        /// Value before.
        "baseline" baseline: optional Quantity,
        /// Target of the plan; later changes are `[[goal-revision]]`.
        "target" target: optional Spanned<Quantity>,
        /// By when.
        "due" due: optional Spanned<Date>,
        /// Who answers for it.
        "owner" owner: optional Spanned<String>,
        /// Why it matters.
        "why" why: optional Text,
        /// How the year is spread over its months.
        "split" split: optional Split,
        /// Twelve monthly values.
        "months" months: optional Spanned<Vec<Quantity>>,
        /// Quarterly steps.
        "steps" steps: list RawStep,
        /// Its weight among the goals of the year.
        "weight" weight: optional Share,
        /// How the metric is computed.
        "formula" formula: optional Text,
        /// Average of the industry.
        "industry" industry: optional Quantity,
        /// The goal that it is a part of.
        "part-of" part_of: optional Spanned<String>,
        /// Keys that are written.
        "*" written: keys String,
    }
}

shape! {
    /// A step of a goal.
    pub struct RawStep {
        /// Quarter, 1–4.
        "quarter" quarter: required Spanned<i64>,
        /// Value at its end.
        "value" value: required Spanned<Quantity>,
    }
}

shape! {
    /// `[[goal-revision]]` as written.
    pub struct RawGoalRevision {
        /// Goal.
        "goal" goal: required Spanned<String>,
        /// Target before.
        "old" old: required Spanned<Quantity>,
        /// Target after.
        "new" new: required Spanned<Quantity>,
        /// What it rests on.
        "basis" basis: default Text,
        /// What is expected of it.
        "expected-effect" effect: optional Text,
        /// Departments that were told.
        "informed" informed: list Spanned<String>,
        /// When it was asked for.
        "requested" requested: required Spanned<Date>,
        /// When it was decided; none while it waits.
        "decided" decided: optional Spanned<Date>,
        /// The body of policy that decided.
        "decided-by" decided_by: optional Spanned<String>,
    }
}

shape! {
    /// `[[quarter-review]]` as written.
    pub struct RawQuarterReview {
        /// Quarter, 1–4.
        "quarter" quarter: required Spanned<i64>,
        /// When it was held.
        "date" date: required Spanned<Date>,
        /// Departments that took part.
        "departments" departments: optional Spanned<Vec<Spanned<String>>>,
        /// What was changed, or that nothing was.
        "changes" changes: default Text,
        /// What was found about the goals of the long stage.
        "long-term" long_term: optional Text,
    }
}

shape! {
    /// `[[goal-reading]]` as written: a value of the whole company, where no campaign measures it.
    pub struct RawGoalReading {
        /// Goal.
        "goal" goal: required Spanned<String>,
        /// Last day it covers.
        "date" date: required Spanned<Date>,
        /// Value.
        "value" value: required Spanned<Quantity>,
        /// Where it comes from.
        "source" source: default String,
    }
}

shape! {
    /// `[[department-goal]]` of a campaign as written (PRG-5).
    pub struct RawDepartmentGoal {
        /// Department.
        "department" department: required Spanned<String>,
        /// What it aims at in this campaign.
        "goal" goal: required Spanned<Text>,
        /// The goal of the year that all departments share.
        "shared-goal" shared: optional Spanned<String>,
        /// When it signed the prices and discounts.
        "price-signed" price_signed: optional Spanned<Date>,
    }
}

/// A goal of the year.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Its header.
    pub span: Span,
    /// Id.
    pub id: Spanned<Id>,
    /// What is aimed at, in words.
    pub title: Text,
    /// Metric; may name one that does not exist.
    pub metric: Option<Spanned<String>>,
    /// Dimension of policy: written, else that of the preset of its metric.
    pub dimension: Option<String>,
    /// Value before.
    pub baseline: Option<Quantity>,
    /// Target of the plan.
    pub target: Option<Spanned<Quantity>>,
    /// By when.
    pub due: Option<Spanned<Date>>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// Why it matters.
    pub why: Option<Text>,
    /// How the year is spread over its months.
    pub split: Option<Split>,
    /// Monthly values as written, twelve or not.
    pub months: Option<Spanned<Vec<Quantity>>>,
    /// Quarterly steps: quarter and value, in order.
    pub steps: Vec<(Spanned<i64>, Spanned<Quantity>)>,
    /// Its weight among the goals of the year.
    pub weight: Option<Share>,
    /// How the metric is computed.
    pub formula: Option<Text>,
    /// Average of the industry.
    pub industry: Option<Quantity>,
    /// The goal that it is a part of; may name one that does not exist.
    pub part_of: Option<Spanned<String>>,
    /// Keys that are written.
    pub written: Vec<String>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

/// A change of a target.
#[derive(Clone, Debug)]
pub struct GoalRevision {
    /// Its header.
    pub span: Span,
    /// Goal; may name one that does not exist.
    pub goal: Spanned<String>,
    /// Target before.
    pub old: Spanned<Quantity>,
    /// Target after.
    pub new: Spanned<Quantity>,
    /// What it rests on.
    pub basis: Text,
    /// What is expected of it.
    pub effect: Option<Text>,
    /// Departments that were told.
    pub informed: Vec<Spanned<String>>,
    /// When it was asked for.
    pub requested: Spanned<Date>,
    /// When it was decided.
    pub decided: Option<Spanned<Date>>,
    /// The body that decided: a row of policy.
    pub decided_by: Option<String>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

/// A review of the goals at the end of a quarter.
#[derive(Clone, Debug)]
pub struct QuarterReview {
    /// Its header.
    pub span: Span,
    /// Quarter, 1–4.
    pub quarter: Spanned<i64>,
    /// When it was held.
    pub date: Spanned<Date>,
    /// Departments that took part.
    pub departments: Option<Spanned<Vec<Spanned<String>>>>,
    /// What was changed.
    pub changes: Text,
    /// What was found about the goals of the long stage.
    pub long_term: Option<Text>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

/// A value of a goal's metric.
#[derive(Clone, Debug)]
pub struct GoalReading {
    /// Goal; may name one that does not exist.
    pub goal: Spanned<String>,
    /// Last day it covers.
    pub date: Spanned<Date>,
    /// Value.
    pub value: Quantity,
    /// Where it comes from.
    pub source: String,
}

/// What a department aims at in a campaign.
#[derive(Clone, Debug)]
pub struct DepartmentGoal {
    /// Its header.
    pub span: Span,
    /// Department; may name one that does not exist.
    pub department: Spanned<String>,
    /// What it aims at.
    pub goal: Spanned<Text>,
    /// The goal of the year that all share.
    pub shared: Option<Spanned<String>>,
    /// When it signed the prices.
    pub price_signed: Option<Spanned<Date>>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

/// The goals of a year and what was done about them.
#[derive(Clone, Debug, Default)]
pub struct Goals {
    /// Goals in the order of the file.
    pub list: Vec<Goal>,
    /// Changes in the order of the file.
    pub revisions: Vec<GoalRevision>,
    /// Reviews in the order of the file.
    pub reviews: Vec<QuarterReview>,
    /// Values in the order of the file.
    pub readings: Vec<GoalReading>,
    /// Whether every row could be read: what is missing may stand in one that could not.
    pub complete: bool,
}

impl Goals {
    /// A goal by id.
    pub fn get(&self, id: &str) -> Option<&Goal> {
        self.list.iter().find(|g| g.id.value.as_str() == id)
    }
    /// The changes of a goal in the order of the file.
    pub fn revisions_of<'a>(&'a self, goal: &'a Goal) -> impl DoubleEndedIterator<Item = &'a GoalRevision> {
        self.revisions.iter().filter(|r| r.goal.value == goal.id.value.as_str())
    }
    /// The target in force: that of the last decided change, else of the plan.
    pub fn current(&self, goal: &Goal) -> Option<Quantity> {
        let changed = self.revisions_of(goal).rfind(|r| r.decided.is_some()).map(|r| r.new.value);
        changed.or_else(|| goal.target.map(|t| t.value))
    }

    pub(crate) fn lower(raw: RawGoals, policy: &Policy, found: &mut Found) -> Self {
        let RawGoals { goals, revisions, reviews, readings } = raw;
        let written = [goals.len(), revisions.len(), reviews.len(), readings.len()];
        let list: Vec<Goal> = goals.into_iter().filter_map(|g| goal(g, policy, found)).collect();
        let bodies = &policy.rows.bodies;
        let mut body = |word: Option<Spanned<String>>| {
            let word = word?;
            if bodies.find(&word.value).is_none() {
                found.push(bad_value(word.span, &word.value, &said!("body", "机构"), bodies.keys()));
                return None;
            }
            Some(word.value)
        };
        let revision = |r: RawGoalRevision| {
            Some(GoalRevision {
                decided_by: body(r.decided_by),
                span: r.span,
                goal: r.goal?,
                old: r.old?,
                new: r.new?,
                basis: r.basis,
                effect: r.effect,
                informed: r.informed,
                requested: r.requested?,
                decided: r.decided,
                sound: r.sound,
            })
        };
        let revisions: Vec<_> = revisions.into_iter().filter_map(revision).collect();
        let review = |r: RawQuarterReview| {
            Some(QuarterReview {
                span: r.span,
                quarter: quarter(r.quarter, found)?,
                date: r.date?,
                departments: r.departments,
                changes: r.changes,
                long_term: r.long_term,
                sound: r.sound,
            })
        };
        let reviews: Vec<_> = reviews.into_iter().filter_map(review).collect();
        let reading = |r: RawGoalReading| {
            Some(GoalReading { goal: r.goal?, date: r.date?, value: r.value?.value, source: r.source })
        };
        let readings: Vec<_> = readings.into_iter().filter_map(reading).collect();
        let complete = written == [list.len(), revisions.len(), reviews.len(), readings.len()];
        Self { list, revisions, reviews, readings, complete }
    }
}

/// The lists of a programme that make its goals.
pub(crate) struct RawGoals {
    pub(crate) goals: Vec<RawGoal>,
    pub(crate) revisions: Vec<RawGoalRevision>,
    pub(crate) reviews: Vec<RawQuarterReview>,
    pub(crate) readings: Vec<RawGoalReading>,
}

fn goal(raw: RawGoal, policy: &Policy, found: &mut Found) -> Option<Goal> {
    let dimensions = &policy.rows.goal_dimensions;
    let written = raw.dimension.filter(|d| {
        let known = dimensions.find(&d.value).is_some();
        if !known {
            found.push(bad_value(d.span, &d.value, &said!("dimension of goals", "目标维度"), dimensions.keys()));
        }
        known
    });
    let metric = raw.metric.as_ref().map(|m| m.value.as_str());
    let preset = || dimensions.iter().find(|(_, d)| metric.is_some_and(|m| d.presets.find(m).is_some()));
    let dimension = written.map(|d| d.value).or_else(|| preset().map(|(id, _)| id.to_owned()));
    let mut steps: Vec<_> =
        raw.steps.into_iter().filter_map(|s| Some((quarter(s.quarter, found)?, s.value?))).collect();
    steps.sort_by_key(|(quarter, _)| quarter.value);
    Some(Goal {
        span: raw.span,
        id: raw.id?,
        title: raw.title,
        metric: raw.metric,
        dimension,
        baseline: raw.baseline,
        target: raw.target,
        due: raw.due,
        owner: raw.owner,
        why: raw.why,
        split: raw.split,
        months: raw.months,
        steps,
        weight: raw.weight,
        formula: raw.formula,
        industry: raw.industry,
        part_of: raw.part_of,
        written: raw.written,
        sound: raw.sound,
    })
}

/// A quarter that a year has.
fn quarter(number: Option<Spanned<i64>>, found: &mut Found) -> Option<Spanned<i64>> {
    let number = number?;
    if (1..=4).contains(&number.value) {
        return Some(number);
    }
    let word = number.value;
    let message = said!("`{word}` is no quarter", "`{word}` 不是季度");
    found
        .push(Diagnostic::new(&BAD_VALUE, number.span, message).hint(said!("write 1, 2, 3 or 4", "请写 1、2、3 或 4")));
    None
}

impl DepartmentGoal {
    pub(crate) fn lower(raw: RawDepartmentGoal) -> Option<Self> {
        Some(Self {
            span: raw.span,
            department: raw.department?,
            goal: raw.goal?,
            shared: raw.shared,
            price_signed: raw.price_signed,
            sound: raw.sound,
        })
    }
}

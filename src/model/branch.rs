//! Branches of a campaign and inspections in them (MON-9, MON-10).

use crate::base::{Date, Id, Share, Span, Spanned, Text};
use crate::policy::Policy;
use crate::{shape, vocabulary};

vocabulary! {
    /// Whether a branch knew of an inspection.
    pub enum InspectionKind, "kind of inspection" / "检查类型" {
        /// Announced, or at a fixed time.
        Scheduled = "scheduled",
        /// By somebody who looked like a customer.
        Mystery = "mystery",
    }
}

shape! {
    /// `[[branch]]` as written.
    pub struct RawBranch {
        /// Id.
        "id" id: required Spanned<Id>,
        /// Name.
        "name" name: needed Text,
        /// What kind of place it is in.
        "tier" tier: optional Text,
        /// Share of what was asked for that was done.
        "execution-rate" execution: required Spanned<Share>,
        /// Change of sales in the campaign.
        "sales-change" sales: optional Spanned<Share>,
        /// A remark.
        "note" note: optional Text,
    }
}

shape! {
    /// `[[inspection]]` as written.
    pub struct RawInspection {
        /// When.
        "date" date: required Spanned<Date>,
        /// In which branch.
        "branch" branch: required Spanned<String>,
        /// Announced or not.
        "type" kind: required InspectionKind,
        /// The procedure that was looked at.
        "checklist" checklist: optional Spanned<String>,
        /// How much of it was met.
        "score" score: optional Spanned<Share>,
        /// A remark.
        "note" note: optional Text,
    }
}

/// A branch and how it carried the campaign out.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its header.
    pub span: Span,
    /// Id.
    pub id: Spanned<Id>,
    /// Name.
    pub name: Text,
    /// What kind of place it is in.
    pub tier: Option<Text>,
    /// Share of what was asked for that was done.
    pub execution: Spanned<Share>,
    /// Change of sales in the campaign.
    pub sales: Option<Share>,
    /// A remark.
    pub note: Option<Text>,
}

/// Somebody looked.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// When.
    pub date: Spanned<Date>,
    /// In which branch; may name one that is not listed.
    pub branch: Spanned<String>,
    /// Announced or not.
    pub kind: InspectionKind,
    /// The procedure that was looked at; may name one that does not exist.
    pub checklist: Option<Spanned<String>>,
    /// How much of it was met.
    pub score: Option<Share>,
    /// A remark.
    pub note: Option<Text>,
}

impl RawBranch {
    /// The branch, where what it needs could be read.
    pub(crate) fn lower(self) -> Option<Branch> {
        Some(Branch {
            span: self.span,
            id: self.id?,
            name: self.name,
            tier: self.tier,
            execution: self.execution?,
            sales: self.sales.map(|s| s.value),
            note: self.note,
        })
    }
}

impl RawInspection {
    /// The inspection, where what it needs could be read.
    pub(crate) fn lower(self) -> Option<Inspection> {
        Some(Inspection {
            date: self.date?,
            branch: self.branch?,
            kind: self.kind?,
            checklist: self.checklist,
            score: self.score.map(|s| s.value),
            note: self.note,
        })
    }
}

/// How evenly branches carried a campaign out.
#[derive(Clone, Copy, Debug)]
pub struct Evenness<'a> {
    /// The branch that did most.
    pub best: &'a Branch,
    /// The branch that did least.
    pub worst: &'a Branch,
    /// Points between them.
    pub spread: Share,
    /// Share of branches at standard.
    pub consistency: Share,
}

/// Compares branches; none below two.
pub fn evenness<'a>(branches: &'a [Branch], policy: &Policy) -> Option<Evenness<'a>> {
    if branches.len() < 2 {
        return None;
    }
    let best = branches.iter().max_by_key(|b| b.execution.value)?;
    let worst = branches.iter().min_by_key(|b| b.execution.value)?;
    let standard = policy.share("branch-standard");
    let at_standard = branches.iter().filter(|b| b.execution.value >= standard).count();
    Some(Evenness {
        best,
        worst,
        spread: best.execution.value.distance(worst.execution.value),
        consistency: Share::of(i128::try_from(at_standard).ok()?, i128::try_from(branches.len()).ok()?)?,
    })
}

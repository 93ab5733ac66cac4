//! A programme: one year, its money, its anchors and stages.

use super::budget::{Budget, RawBudget, money};
use super::goal::{Goals, RawGoal, RawGoalReading, RawGoalRevision, RawGoals, RawQuarterReview};
use super::ledger::{RawTransfer, Transfer};
use super::prose::{self, Prose};
use super::written::Written;
use crate::base::{Currency, Date, Diagnostic, FileId, Found, Id, Lang, Money, Span, Spanned, Text};
use crate::policy::Policy;
use crate::sources::markdown::Document;
use crate::sources::shape::{BAD_VALUE, Number, bad_id, of_file};
use crate::sources::{Sources, toml};
use crate::{said, shape};

shape! {
    /// `content/programmes/<id>.toml` as written.
    pub struct RawProgramme {
        /// Name.
        "title" title: needed Text,
        /// Calendar year.
        "year" year: required Spanned<i64>,
        /// How often campaigns run: `monthly`.
        "cadence" cadence: optional Spanned<Cadence>,
        /// The company's annual marketing budget.
        "annual-marketing-budget" annual: optional Spanned<Number>,
        /// The programme's money.
        "budget" budget: optional RawBudget,
        /// Months without a campaign.
        "gap" gaps: list RawGap,
        /// Big-promotion dates.
        "anchor" anchors: list RawAnchor,
        /// Theme stages.
        "stage" stages: list RawStage,
        /// Days of the month on which most people take part.
        "peak-window" peak: optional RawPeak,
        /// Money moved between lines.
        "transfer" transfers: list RawTransfer,
        /// Money set aside for big promotions.
        "anchor-reserve" anchor_reserves: list RawAnchorReserve,
        /// Goals.
        "goal" goals: list RawGoal,
        /// Changes of their targets.
        "goal-revision" goal_revisions: list RawGoalRevision,
        /// Their reviews by quarter.
        "quarter-review" quarter_reviews: list RawQuarterReview,
        /// Values that no campaign measures.
        "goal-reading" goal_readings: list RawGoalReading,
        /// Earlier ids.
        "aliases" aliases: list Spanned<Id>,
    }
}

shape! {
    /// Money set aside for a big promotion (BUD-16).
    pub struct RawAnchorReserve {
        /// The campaign.
        "campaign" campaign: required Spanned<String>,
        /// How much.
        "amount" amount: required Spanned<Number>,
        /// The programme's line that holds it.
        "line" line: optional Spanned<String>,
        /// A remark.
        "note" note: optional Text,
    }
}

crate::vocabulary! {
    /// How often campaigns run.
    pub enum Cadence, "cadence" / "频率" {
        /// One a month.
        Monthly = "monthly",
        /// One a quarter.
        Quarterly = "quarterly",
    }
}

shape! {
    /// A month without a campaign.
    pub struct RawGap {
        /// Month, 1–12.
        "month" month: required Spanned<i64>,
        /// Why.
        "reason" reason: needed Text,
    }
}

shape! {
    /// A big-promotion date.
    pub struct RawAnchor {
        /// Id.
        "id" id: required Spanned<Id>,
        /// Name.
        "name" name: needed Text,
        /// First day.
        "from" from: required Spanned<Date>,
        /// Last day.
        "to" to: optional Spanned<Date>,
    }
}

shape! {
    /// A theme stage of the year.
    pub struct RawStage {
        /// Id.
        "id" id: required Spanned<Id>,
        /// Name.
        "name" name: needed Text,
        /// First day.
        "from" from: required Spanned<Date>,
        /// Last day.
        "to" to: required Spanned<Date>,
    }
}

shape! {
    /// Days of each month.
    pub struct RawPeak {
        /// First day, 1–31.
        "from" from: required Spanned<i64>,
        /// Last day, 1–31.
        "to" to: required Spanned<i64>,
    }
}

/// Days of each month on which most people take part (CAL-9).
#[derive(Clone, Copy, Debug)]
pub struct Peak {
    /// First day of the month.
    pub from: Spanned<i64>,
    /// Last day of the month.
    pub to: Spanned<i64>,
}

impl Peak {
    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        (self.from.value..=self.to.value).contains(&i64::from(day.day()))
    }
}

/// Days of a month in their order; others are reported.
fn peak(raw: &RawPeak, found: &mut Found) -> Option<Peak> {
    let (from, to) = (raw.from?, raw.to?);
    let days = |n: i64| (1..=31).contains(&n);
    if days(from.value) && days(to.value) && from.value <= to.value {
        return Some(Peak { from, to });
    }
    let wrong = if days(from.value) { to } else { from };
    let n = wrong.value;
    let message = said!("`{n}` is no day of the month here", "`{n}` 不能作为这里的日期");
    let advice = said!("write days from 1 to 31, the first before the last", "请写 1 到 31，首日在前、末日在后");
    found.push(Diagnostic::new(&BAD_VALUE, wrong.span, message).hint(advice));
    None
}

/// A named stretch of the year.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: Text,
    /// First day.
    pub from: Spanned<Date>,
    /// Last day.
    pub to: Spanned<Date>,
}

/// Money set aside for a big promotion.
#[derive(Clone, Debug)]
pub struct AnchorReserve {
    /// The campaign; may name one that does not exist.
    pub campaign: Spanned<String>,
    /// How much.
    pub amount: Spanned<Money>,
    /// The programme's line that holds it.
    pub line: Option<Spanned<String>>,
    /// A remark.
    pub note: Option<Text>,
}

/// A programme.
#[derive(Debug)]
pub struct Programme {
    /// Id, its file's name.
    pub id: Id,
    /// Its file.
    pub file: FileId,
    /// The top of its file.
    pub span: Span,
    /// Keys of its file.
    pub written: Written,
    /// Earlier ids: addresses that lead here.
    pub aliases: Vec<Spanned<Id>>,
    /// Name.
    pub title: Text,
    /// Calendar year.
    pub year: i16,
    /// How often campaigns run.
    pub cadence: Cadence,
    /// The company's annual marketing budget.
    pub annual: Option<Spanned<Money>>,
    /// The programme's money: total and its own lines.
    pub budget: Option<Budget>,
    /// Months without a campaign: month and reason.
    pub gaps: Vec<(Spanned<i64>, Text)>,
    /// Whether every gap could be read.
    pub gaps_complete: bool,
    /// Big-promotion dates.
    pub anchors: Vec<Stretch>,
    /// Theme stages.
    pub stages: Vec<Stretch>,
    /// Days of each month on which most people take part.
    pub peak: Option<Peak>,
    /// Money moved between lines, in the order of the file.
    pub transfers: Vec<Transfer>,
    /// Money set aside for big promotions.
    pub anchor_reserves: Vec<AnchorReserve>,
    /// Its goals.
    pub goals: Goals,
    /// Its prose.
    pub prose: Option<Prose>,
}

pub(crate) fn programmes(
    sources: &Sources,
    book: Currency,
    axes: &[&str],
    policy: &Policy,
    default: &Lang,
    found: &mut Found,
) -> Vec<Programme> {
    let mut programmes = Vec::new();
    let folder = "content/programmes/";
    for (path, file) in sources.under(folder) {
        let Some(name) = path.strip_prefix(folder).and_then(|n| n.strip_suffix(".toml")) else { continue };
        let Some(text) = sources.text(file) else { continue };
        let top = Span::new(file, 0, 0);
        let table = found.keep(toml::parse(file, text, 0));
        let raw: RawProgramme = of_file(&table, text, found);
        let Some(id) = Id::new(name) else {
            found.push(bad_id(name, top, false));
            continue;
        };
        let Some(year) = raw.year.and_then(|y| i16::try_from(y.value).ok()) else { continue };
        let prose = prose::read(sources, folder, name, default, found).map(|r| r.prose);
        let stretch = |id: Option<Spanned<Id>>, name, from: Option<Spanned<Date>>, to: Option<Spanned<Date>>| {
            Some(Stretch { id: id?.value, name, from: from?, to: to.or(from)? })
        };
        let goals = RawGoals {
            goals: raw.goals,
            revisions: raw.goal_revisions,
            reviews: raw.quarter_reviews,
            readings: raw.goal_readings,
        };
        let all_gaps = raw.gaps.len();
        let gaps: Vec<_> = raw.gaps.into_iter().filter_map(|g| Some((g.month?, g.reason))).collect();
        let transfers = raw.transfers.into_iter().filter_map(|t| Transfer::lower(t, book, found)).collect();
        let anchor_reserves = raw
            .anchor_reserves
            .into_iter()
            .filter_map(|r| {
                let amount = r.amount.and_then(|a| money(&a, book, found));
                Some(AnchorReserve { campaign: r.campaign?, amount: amount?, line: r.line, note: r.note })
            })
            .collect();
        programmes.push(Programme {
            id,
            transfers,
            anchor_reserves,
            file,
            span: table.entries.first().map_or(top, |(k, _)| k.span),
            written: Written::of(&table),
            aliases: raw.aliases,
            title: raw.title,
            year,
            cadence: raw.cadence.map_or(Cadence::Monthly, |c| c.value),
            annual: raw.annual.and_then(|n| money(&n, book, found)),
            budget: raw.budget.map(|b| Budget::lower(b, book, axes, found)),
            gaps_complete: gaps.len() == all_gaps,
            gaps,
            anchors: raw.anchors.into_iter().filter_map(|a| stretch(a.id, a.name, a.from, a.to)).collect(),
            peak: raw.peak.as_ref().and_then(|p| peak(p, found)),
            stages: raw.stages.into_iter().filter_map(|s| stretch(s.id, s.name, s.from, s.to)).collect(),
            goals: Goals::lower(goals, policy, found),
            prose,
        });
    }
    programmes
}

/// A chapter of the annual plan as it stands in a text.
#[derive(Clone, Debug)]
pub struct ChapterSeen {
    /// Id in policy.
    pub chapter: String,
    /// Id of its heading.
    pub heading: String,
    /// Its heading.
    pub span: Span,
    /// Whether it holds nothing but headings and comments.
    pub is_empty: bool,
}

/// The chapters of a text that policy knows: by the heading's id, else by its words; each once.
pub fn chapters(policy: &Policy, document: &Document) -> Vec<ChapterSeen> {
    let rows = &policy.rows.chapters;
    let mut seen: Vec<ChapterSeen> = Vec::new();
    for section in &document.sections {
        let by_words = |headings: &[String]| headings.iter().any(|h| h.eq_ignore_ascii_case(section.title.trim()));
        let Some((id, _)) = rows.iter().find(|(id, row)| *id == section.id || by_words(&row.headings)) else {
            continue;
        };
        if seen.iter().all(|c| c.chapter != id) {
            seen.push(ChapterSeen {
                chapter: id.to_owned(),
                heading: section.id.clone(),
                span: document.headings.get(section.heading).map_or(section.span, |h| h.span),
                is_empty: section.is_empty,
            });
        }
    }
    seen
}

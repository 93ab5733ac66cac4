//! Roles, checklists and reviews, and what recurs.

use super::{SopPhase, State};
use crate::base::{Spanned, Text};
use crate::sources::shape::{Days, Entries};
use crate::{shape, vocabulary};

shape! {
    /// A role (TEM-1).
    pub struct Role {
        /// Name.
        "name" name: needed Text,
        /// Department whose lead takes it where a campaign names nobody.
        "department" department: default String,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// A name and where it comes from: roles of the squad on call (BUF-4).
    pub struct Named {
        /// Name.
        "name" name: needed Text,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// A group of checklist items (SOP-2).
    pub struct Group {
        /// Name.
        "name" name: needed Text,
        /// Phase of the procedure it belongs to.
        "phase" phase: required SopPhase,
        /// Whether its mandatory items gate "preparation complete".
        "gate" gate: default bool,
        /// What it must cover.
        "covers" covers: default Entries<Text>,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// The review's statuses and sections (PMR-1, PMR-2).
    pub struct Review {
        /// Statuses in order.
        "statuses" statuses: needed Entries<Status>,
        /// Sections in order.
        "sections" sections: needed Entries<Section>,
    }
}

shape! {
    /// A status of a post-mortem.
    pub struct Status {
        /// Name.
        "name" name: needed Text,
        /// The standard node that it meets.
        "milestone" milestone: optional String,
        /// Whether sections and actions must be complete.
        "final" is_final: default bool,
    }
}

shape! {
    /// A section of a post-mortem.
    pub struct Section {
        /// Name.
        "name" name: needed Text,
        /// Headings that are recognised.
        "headings" headings: list String,
        /// Whether a final review must have it.
        "required" required: default bool,
    }
}

vocabulary! {
    /// How often something comes round.
    pub enum Every, "frequency" / "频率" {
        /// Each day.
        Day = "day",
        /// Each ISO week.
        Week = "week",
        /// Each month.
        Month = "month",
        /// Each quarter.
        Quarter = "quarter",
        /// Each half of the year.
        HalfYear = "half-year",
        /// Each year.
        Year = "year",
    }
}

vocabulary! {
    /// Which periods count.
    pub enum When, "time" / "时段" {
        /// Every one.
        Always = "always",
        /// Those in which a campaign is live.
        Live = "live",
    }
}

shape! {
    /// A recurring obligation (CAL-11).
    pub struct Obligation {
        /// Name.
        "name" name: needed Text,
        /// What it is.
        "body" body: optional Text,
        /// How often.
        "every" every: required Every,
        /// Which periods count; default always.
        "when" when: optional When,
        /// Days after the period closes.
        "due" due: optional Days,
        /// Role that answers for it: its department's lead.
        "role" role: optional Spanned<String>,
        /// Department whose lead answers for it.
        "department" department: optional Spanned<String>,
        /// Whether evidence is asked for; default true.
        "evidence" evidence: optional bool,
        /// Switched off, it is neither shown nor judged.
        "state" state: optional State,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A kind of page that search tells apart; the first whose routes fit.
    pub struct SearchKind {
        /// Name.
        "name" name: needed Text,
        /// Folders of its pages; `*` stands for any words.
        "routes" routes: needed Vec<String>,
        /// What its pages gain in rank.
        "weight" weight: default i64,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

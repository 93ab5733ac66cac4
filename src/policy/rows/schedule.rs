//! The calendar of a campaign: phases, nodes, scales, slots, seasons.

use super::Weight;
use crate::base::{Due, Spanned, Text};
use crate::sources::shape::{Days, Entries, NumberOrWord};
use crate::{shape, vocabulary};

vocabulary! {
    /// How a campaign meets its customers.
    pub enum Mode, "mode" / "活动形式" {
        /// On line only.
        Online = "online",
        /// In shops or at venues only.
        Offline = "offline",
        /// Both.
        Hybrid = "hybrid",
    }
}

vocabulary! {
    /// The stage of work a milestone belongs to.
    pub enum Stage, "stage" / "阶段" {
        /// Theme, review, resources.
        Planning = "planning",
        /// Design, materials, tests.
        Preparation = "preparation",
        /// Pre-heat to closing.
        Execution = "execution",
        /// Data to the short-term report.
        Review = "review",
    }
}

vocabulary! {
    /// The phase of a standard operating procedure (SOP-1).
    pub enum SopPhase, "phase" / "阶段" {
        /// Before the campaign.
        Preparation = "preparation",
        /// While it is live.
        Execution = "execution",
        /// After it.
        Review = "review",
    }
}

vocabulary! {
    /// Comparison of a gate.
    pub enum Op, "comparison" / "比较符" {
        /// At least.
        AtLeast = ">=",
        /// At most.
        AtMost = "<=",
    }
}

shape! {
    /// A set of phases (CAL-5).
    pub struct PhaseSet {
        /// Name.
        "name" name: needed Text,
        /// The phase whose first day is P.
        "promotion" promotion: needed String,
        /// The phases in order.
        "phases" phases: needed Entries<Phase>,
        /// Origin of the figures.
        "source" source: default String,
        /// Whether the figures are ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// One phase.
    pub struct Phase {
        /// Name.
        "name" name: needed Text,
        /// First day.
        "from" from: required Spanned<Due>,
        /// Last day.
        "to" to: required Spanned<Due>,
        /// Shortest length in days that does not warn.
        "min-days" min_days: optional i64,
        /// Whether this is the live window.
        "live" live: default bool,
    }
}

shape! {
    /// A standard milestone (MIL-2 … MIL-8).
    pub struct StandardNode {
        /// What is to be done.
        "task" task: needed Text,
        /// When.
        "due" due: required Spanned<Due>,
        /// Stage of work.
        "stage" stage: required Stage,
        /// Role that owns it.
        "role" role: optional Spanned<String>,
        /// Nodes it waits for.
        "after" after: list Spanned<String>,
        /// Days that stay free after it.
        "buffer" buffer: optional Days,
        /// Days that stay free before it, after production.
        "buffer-before" buffer_before: optional Days,
        /// Whether it may fall on a day off.
        "any-day" any_day: default bool,
        /// What a campaign must have for the node to exist: `physical-materials`, or a target: `kpi/<metric>`.
        "needs" needs: optional String,
        /// The node it merges into when both fall on one day.
        "merges-into" merges_into: optional String,
        /// Its threshold.
        "gate" gate: optional GateRow,
        /// The procedure that starts when its gate is missed (ALR-5).
        "on-breach" on_breach: optional Spanned<String>,
        /// Origin of the figures.
        "source" source: default String,
        /// Whether the figures are ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A threshold as written.
    pub struct GateRow {
        /// Metric.
        "metric" metric: required Spanned<String>,
        /// Comparison.
        "op" op: required Op,
        /// A quantity, or `target`.
        "value" value: required Spanned<NumberOrWord>,
    }
}

shape! {
    /// Whole numbers from `min` to `max`.
    pub struct Between {
        /// Least.
        "min" min: required i64,
        /// Most.
        "max" max: required i64,
    }
}

shape! {
    /// A campaign scale (SOP-6).
    pub struct Scale {
        /// Name.
        "name" name: needed Text,
        /// Standard nodes it leaves out.
        "drop" drop: list Spanned<String>,
        /// Length of the live window.
        "live-days" live_days: optional Between,
        /// Weight of a live window outside it.
        "live-severity" live_severity: optional Weight,
        /// Days of preparation before T.
        "lead-days" lead_days: optional i64,
        /// People in the team.
        "team" team: optional Between,
        /// Whether each live day needs a person on duty.
        "daily-duty" daily_duty: default bool,
        /// Standard nodes that must say what happens when their gate is missed (ALR-5).
        "breach-plans" breach_plans: list Spanned<String>,
        /// Weight of a role of the squad that nobody has.
        "squad-severity" squad_severity: optional Weight,
        /// Weight of too few or too many candidate themes.
        "candidates-severity" candidates_severity: optional Weight,
        /// Origin of the figures.
        "source" source: default String,
        /// Whether the figures are ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A slot of the year's rhythm (CAL-3).
    pub struct Slot {
        /// Name.
        "name" name: needed Text,
        /// How many a year.
        "count" count: needed i64,
        /// Whether it is made for a big promotion: with a date of its own, and money of its own.
        "anchored" anchored: default bool,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// A season of the northern year (CAL-7).
    pub struct Season {
        /// Name.
        "name" name: needed Text,
        /// Its months, 1–12.
        "months" months: list i64,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

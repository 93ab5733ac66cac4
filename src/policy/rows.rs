//! The rows of policy: what each table of a pack holds.

mod alerts;
mod goals;
mod measure;
mod money;
mod schedule;
mod work;

pub use alerts::*;
pub use goals::*;
pub use measure::*;
pub use money::*;
pub use schedule::*;
pub use work::*;

use crate::base::{Share, Spanned, Text};
use crate::sources::shape::Entries;
use crate::{shape, vocabulary};

vocabulary! {
    /// Severity in policy; `off` silences a rule.
    pub enum Weight, "severity" / "严重程度" {
        /// Stops publishing.
        Error = "error",
        /// Shown.
        Warning = "warning",
        /// A hint.
        Info = "info",
        /// Silent.
        Off = "off",
    }
}

shape! {
    /// A single figure.
    pub struct Figure {
        /// What it is.
        "name" name: needed Text,
        /// A whole number.
        "value" value: optional i64,
        /// A share.
        "percent" percent: optional Share,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A choice among named options.
    pub struct Choice {
        /// What is chosen.
        "name" name: needed Text,
        /// The option in force.
        "value" value: required Spanned<String>,
        /// The options.
        "options" options: needed Entries<Text>,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A whole policy, pack and overrides merged.
    pub struct Rows {
        /// Name of the pack.
        "title" title: default Text,
        /// Phase sets.
        "phase-sets" phase_sets: default Entries<PhaseSet>,
        /// Standard milestones.
        "milestones" milestones: default Entries<StandardNode>,
        /// Scales.
        "scales" scales: default Entries<Scale>,
        /// Slots.
        "slots" slots: default Entries<Slot>,
        /// Channels by which a campaign reaches people.
        "channels" channels: default Entries<Named>,
        /// Axes.
        "axes" axes: default Entries<Axis>,
        /// Presets.
        "presets" presets: default Entries<Preset>,
        /// Roles.
        "roles" roles: default Entries<Role>,
        /// Checklist groups.
        "groups" groups: default Entries<Group>,
        /// Reviews.
        "review" review: required Review,
        /// Metrics.
        "metrics" metrics: default Entries<Metric>,
        /// Single figures.
        "figures" figures: default Entries<Figure>,
        /// Choices.
        "choices" choices: default Entries<Choice>,
        /// Gauges.
        "gauges" gauges: default Entries<Gauge>,
        /// Roles of the squad on call (BUF-4).
        "squad" squad: default Entries<Named>,
        /// Why a budget is cut as it is: the factors to write a line about (BUD-13).
        "rationale" rationale: default Entries<Factor>,
        /// Bodies that decide (GOL-9).
        "bodies" bodies: default Entries<Body>,
        /// Limits by tier.
        "authority" authority: default Entries<Authority>,
        /// Severity by rule.
        "severity" severity: default Entries<Spanned<Weight>>,
        /// Levels of urgency by what they are levels of: `alert`.
        "levels" levels: default Entries<Entries<UrgencyLevel>>,
        /// Causes to look for.
        "causes" causes: default Entries<Cause>,
        /// Kinds of signals.
        "watch" watch: default Entries<WatchSource>,
        /// Monitoring layers.
        "monitoring" monitoring: default Entries<MonitoringLayer>,
        /// Dimensions of goals.
        "goal-dimensions" goal_dimensions: default Entries<GoalDimension>,
        /// Stages of goals.
        "goal-stages" goal_stages: default Entries<GoalStage>,
        /// Letters of SMART.
        "smart" smart: default Entries<SmartLetter>,
        /// The quarterly review of goals.
        "goal-review" goal_review: optional GoalReview,
        /// Expected outcomes.
        "outcomes" outcomes: default Entries<Outcome>,
        /// Chapters of the annual plan.
        "chapters" chapters: default Entries<Chapter>,
        /// Loops and chains.
        "loops" loops: default Entries<Loop>,
        /// Frames of KPIs.
        "kpi-frames" kpi_frames: default Entries<KpiFrame>,
        /// Lines of a budget that rules are about.
        "line-rules" line_rules: default Entries<LineRule>,
        /// Recurring obligations.
        "cadence" cadence: default Entries<Obligation>,
        /// Dimensions of spending.
        "dimensions" dimensions: default Entries<Dimension>,
        /// Seasons.
        "seasons" seasons: default Entries<Season>,
        /// Kinds of pages that search tells apart.
        "search-kinds" search_kinds: default Entries<SearchKind>,
    }
}

impl<T> Entries<T> {
    /// The row of a key.
    pub fn find(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(k, _)| k.value == key).map(|(_, row)| row)
    }
    /// Its place among the rows.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.0.iter().position(|(k, _)| k.value == key)
    }
    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|(k, _)| k.value.as_str())
    }
    /// Keys and rows in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> + Clone {
        self.0.iter().map(|(k, row)| (k.value.as_str(), row))
    }
}

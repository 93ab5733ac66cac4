//! Money: axes, presets, authority, and what budgets must say.

use super::{Between, Mode};
use crate::base::{Share, Spanned, Text};
use crate::sources::shape::{Entries, Number};
use crate::{shape, vocabulary};

vocabulary! {
    /// On or off.
    pub enum State, "state" / "状态" {
        /// Checked.
        On = "on",
        /// Kept as data only.
        Off = "off",
        /// Checked wherever a line carries the axis: nobody has to tag what nobody cuts.
        WhenTagged = "when-tagged",
    }
}

vocabulary! {
    /// Where a preset applies.
    pub enum Level, "level" / "层级" {
        /// Each campaign and the year as a whole.
        Both = "both",
        /// Each campaign.
        Campaign = "campaign",
        /// The year as a whole.
        Programme = "programme",
    }
}

shape! {
    /// An axis along which money is cut (BUD-20).
    pub struct Axis {
        /// Name.
        "name" name: needed Text,
        /// Its values in order.
        "values" values: needed Entries<Text>,
    }
}

shape! {
    /// Target shares on one axis.
    pub struct Preset {
        /// Name.
        "name" name: needed Text,
        /// The axis.
        "axis" axis: optional Spanned<String>,
        /// Whether it is checked.
        "state" state: required State,
        /// Target share of each value; adds up to 100.
        "shares" shares: default Entries<Spanned<Share>>,
        /// Least share of a value.
        "least" least: default Entries<Spanned<Share>>,
        /// Share of the annual marketing budget.
        "of-annual-marketing-budget" of_annual: optional Between,
        /// Only for these modes.
        "modes" modes: list Mode,
        /// Distance in percentage points that warns above.
        "warn-above" warn_above: optional Share,
        /// Distance in percentage points that is an error above.
        "error-above" error_above: optional Share,
        /// Where it applies.
        "level" level: required Level,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// What may be spent in a tier before somebody else must sign (BUD-6).
    pub struct Authority {
        /// The most, in the book's currency.
        "max" max: required Spanned<Number>,
        /// Who signs above it.
        "approver" approver: required Spanned<String>,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// A factor by which money is allotted (BUD-13).
    pub struct Factor {
        /// Name.
        "name" name: needed Text,
        /// Scales whose budgets must say something about it.
        "scales" scales: list String,
        /// Tiers whose budgets must.
        "tiers" tiers: list String,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// Lines of a budget that a rule is about, by their value on an axis.
    pub struct LineRule {
        /// What it is.
        "name" name: needed Text,
        /// Axis.
        "axis" axis: needed String,
        /// Values on it.
        "values" values: list String,
        /// Departments that sign.
        "departments" departments: list String,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A dimension by which spending is judged (MON-2).
    pub struct Dimension {
        /// Name.
        "name" name: needed Text,
        /// Metrics, the first measured one counts; none for what playbook computes.
        "metrics" metrics: list Spanned<String>,
        /// Least that is good.
        "least" least: optional Share,
        /// Most that is good.
        "most" most: optional Share,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

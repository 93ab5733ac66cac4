//! Alerts: bands, levels and clocks, causes, watches.

use crate::base::{Quantity, Spanned, Text};
use crate::{shape, vocabulary};

shape! {
    /// How far a metric may be off its target (ALR-1, X-9).
    pub struct AlertRow {
        /// Width of the band, in percent of the target or in points of the metric.
        "band" band: optional Quantity,
        /// `relative` or `points`; the choice `alert-mode` where left out.
        "mode" mode: optional BandMode,
        /// The value below which the alert is of a level with `floor`, whatever the target (ALR-3).
        "floor" floor: optional Quantity,
        /// Whether a value better than its target is simply good.
        "one-sided" one_sided: default bool,
    }
}

vocabulary! {
    /// What the band around a target is measured in.
    pub enum BandMode, "mode" / "口径" {
        /// Percent of the target.
        Relative = "relative",
        /// Points of the metric itself.
        Points = "points",
    }
}

vocabulary! {
    /// The tone a level is shown in, beside its name.
    pub enum Tone, "tone" / "色调" {
        /// The most urgent.
        Error = "error",
        /// In between.
        Warning = "warning",
        /// The least urgent.
        Info = "info",
    }
}

shape! {
    /// A level of urgency with its response clock (ALR-1, RSK-4).
    pub struct UrgencyLevel {
        /// Name.
        "name" name: needed Text,
        /// Tone it is shown in.
        "tone" tone: required Tone,
        /// Hours until somebody must have answered; 0 is at once.
        "respond-hours" respond_hours: required i64,
        /// The least distance from the target, in bands, that is of this level.
        "bands" bands: optional Quantity,
        /// Whether a value below the floor of its metric is of this level.
        "floor" floor: default bool,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// Something to look for, and what helps against it (ALR-3).
    pub struct Cause {
        /// Name.
        "name" name: needed Text,
        /// What helps.
        "remedy" remedy: needed Text,
        /// The metrics it is looked for in; all where left out.
        "metrics" metrics: list Spanned<String>,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A kind of signal that is watched (ALR-4).
    pub struct WatchSource {
        /// Name.
        "name" name: needed Text,
        /// Scales whose campaigns must watch it.
        "scales" scales: list Spanned<String>,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

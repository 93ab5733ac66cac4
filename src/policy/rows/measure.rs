//! What is measured: metrics, their units and layers, gauges.

use super::{AlertRow, Months, State};
use crate::base::{Quantity, Spanned, Text};
use crate::sources::shape::Entries;
use crate::{shape, vocabulary};

vocabulary! {
    /// Which way a metric is good.
    pub enum Direction, "direction" / "方向" {
        /// Higher is better.
        Higher = "higher",
        /// Lower is better.
        Lower = "lower",
        /// Within a range; more is not better.
        Range = "range",
    }
}

vocabulary! {
    /// Layer of an indicator (KPI-1 … KPI-4).
    pub enum Layer, "layer" / "层级" {
        /// User behaviour.
        Base = "base",
        /// Business result.
        Result = "result",
        /// Brand and lifetime value.
        Long = "long",
        /// Cost and execution.
        Efficiency = "efficiency",
    }
}

vocabulary! {
    /// Unit of a metric.
    pub enum MetricUnit, "unit" / "单位" {
        /// Percent.
        Percent = "percent",
        /// Percentage points.
        Points = "points",
        /// Minutes.
        Minutes = "minutes",
        /// A ratio shown as 1:n.
        Ratio = "ratio",
        /// A number of things.
        Count = "count",
        /// Times a month.
        PerMonth = "per-month",
        /// Times a reference.
        Times = "times",
        /// Money in the major unit.
        Money = "money",
        /// A score.
        Score = "score",
        /// Days.
        Days = "days",
    }
}

shape! {
    /// A metric (Annex A).
    pub struct Metric {
        /// Name.
        "name" name: needed Text,
        /// Unit.
        "unit" unit: required MetricUnit,
        /// Which way is good.
        "direction" direction: required Direction,
        /// Layer.
        "layer" layer: required Layer,
        /// `surface` or `deep`.
        "depth" depth: optional String,
        /// Default pass mark.
        "target" target: optional Quantity,
        /// Industry reference, never a pass mark.
        "reference" reference: optional Quantity,
        /// Computed by playbook: `preparation`.
        "computed" computed: optional String,
        /// What it stands for where the method speaks of one: `return`, `technology-return`, `participation`.
        "stands-for" stands_for: optional String,
        /// Monitoring layer it belongs to (MON-5).
        "monitoring" monitoring: optional Spanned<String>,
        /// When a value off the target is an alert, where not as usual.
        "alert" alert: optional AlertRow,
        /// Side of the three-dimension set: `effect`, `cost`, `user` (KPI-5).
        "dimension" dimension: optional String,
        /// How the months of a year make its figure.
        "months" months: optional Months,
        /// What a target of it must state beside its number: `formula`, `industry` (KPI-4, KPI-9).
        "needs" needs: optional String,
        /// Other figures.
        "note" note: default String,
        /// Origin.
        "source" source: default String,
    }
}

impl Metric {
    /// What it is on a column that frames of KPIs name.
    pub fn on(&self, column: &str) -> Option<&str> {
        match column {
            "layer" => self.layer.map(Layer::word),
            "dimension" => self.dimension.as_deref(),
            "depth" => self.depth.as_deref(),
            _ => None,
        }
    }
}

shape! {
    /// A gauge: a figure that playbook computes, and from where on it is worth a word (PRG-7).
    pub struct Gauge {
        /// Name.
        "name" name: needed Text,
        /// What is computed, by the name of the measure.
        "measure" measure: required Spanned<String>,
        /// Of what: a metric, `axis/value`, a number; each measure says what it takes.
        "of" of: default String,
        /// Whether it is judged and shown.
        "state" state: optional State,
        /// Judged once this node's day has come.
        "since" since: optional Spanned<String>,
        /// Judged only until the campaign's review is closed: a fact nobody can change is no finding.
        "until-closed" until_closed: default bool,
        /// Judged only for these scales.
        "scales" scales: list String,
        /// What is noted.
        "info" info: optional Bound,
        /// What warns.
        "warning" warning: optional Bound,
        /// What stops publishing.
        "error" error: optional Bound,
        /// A value from surveys to compare with, never a pass mark.
        "reference" reference: optional Quantity,
        /// What to do about it.
        "advice" advice: optional Text,
        /// Origin.
        "source" source: default String,
        /// Whether the figures are ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// Where a gauge leaves its range.
    pub struct Bound {
        /// Less than this.
        "under" under: optional Quantity,
        /// This or less.
        "to" to: optional Quantity,
        /// More than this.
        "over" over: optional Quantity,
        /// This or more.
        "from" from: optional Quantity,
    }
}

shape! {
    /// A monitoring layer: when its metrics are read (MON-5).
    pub struct MonitoringLayer {
        /// Name.
        "name" name: needed Text,
        /// When its metrics are read, in words.
        "when" when: default Text,
        /// Scales whose campaigns must have a target in it.
        "scales" scales: list Spanned<String>,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// What the KPIs of a campaign must cover (KPI-1 … KPI-7).
    pub struct KpiFrame {
        /// Name.
        "name" name: needed Text,
        /// Column of the metric: `layer`, `dimension`, `depth`.
        "of" of: needed String,
        /// Its values.
        "values" values: default Entries<Text>,
        /// How many of the values must be there; all when left out.
        "least" least: optional i64,
        /// Only for these scales.
        "scales" scales: list String,
        /// Only for campaigns with at least so many KPIs.
        "from-kpis" from_kpis: optional i64,
        /// Whether pages offer it as a view.
        "view" view: default bool,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

//! Goals, the annual plan and its loops.

use super::{Between, Weight};
use crate::base::{Quantity, Spanned, Text};
use crate::sources::shape::Entries;
use crate::{shape, vocabulary};

vocabulary! {
    /// How the months of a year make its figure (PRG-2).
    pub enum Months, "way of months" / "月度口径" {
        /// They add up to it.
        Add = "add",
        /// The last one is it.
        Reach = "reach",
    }
}

shape! {
    /// A dimension of the year's goals (GOL-1).
    pub struct GoalDimension {
        /// Name.
        "name" name: needed Text,
        /// What the source wants of it, by metric.
        "presets" presets: default Entries<GoalPreset>,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// A goal that the source proposes.
    pub struct GoalPreset {
        /// Value before.
        "baseline" baseline: optional Quantity,
        /// Value wanted.
        "target" target: required Quantity,
    }
}

shape! {
    /// A stage of the year's goals (GOL-2 … GOL-4), or a watch over the whole year (KPI-7).
    pub struct GoalStage {
        /// Name.
        "name" name: needed Text,
        /// First and last month.
        "months" months: required Between,
        /// Metrics that a goal or a campaign of these months must aim at, with the target of the source.
        "metrics" metrics: default Entries<Quantity>,
        /// Forms of campaign that suit it.
        "forms" forms: default Entries<Text>,
        /// Months in which its goals may change (GOL-8); any when empty.
        "revise-in" revise_in: list i64,
        /// Weight of a metric that is missing.
        "severity" severity: optional Weight,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A letter of SMART and what a goal must state for it (GOL-5).
    pub struct SmartLetter {
        /// The letter.
        "letter" letter: needed String,
        /// What it stands for.
        "name" name: needed Text,
        /// Keys of a goal.
        "needs" needs: list String,
        /// Weight of a missing key.
        "severity" severity: required Weight,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// Who reviews the year's goals each quarter (GOL-7, GOL-8).
    pub struct GoalReview {
        /// Departments that must take part, as far as the playbook has them.
        "departments" departments: list String,
        /// Quarters whose review also judges the goals of the long stage.
        "half-year" half_year: list i64,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// What a plan may expect of its metric after some months (OUT-1 … OUT-3).
    pub struct Outcome {
        /// Metric.
        "metric" metric: required Spanned<String>,
        /// Dimension of goals it belongs to.
        "dimension" dimension: default String,
        /// Where it begins: what a forecast counts from; without it there is none.
        "from" from: optional Quantity,
        /// Least that is expected.
        "min" min: required Quantity,
        /// Most that is expected.
        "max" max: optional Quantity,
        /// Months until then.
        "months" months: needed i64,
        /// Origin.
        "source" source: default String,
        /// Whether it is ours.
        "ours" ours: default bool,
    }
}

shape! {
    /// A chapter of the annual plan (PRG-1).
    pub struct Chapter {
        /// Name.
        "name" name: needed Text,
        /// Headings that are recognised.
        "headings" headings: list String,
        /// Live figures shown in it: `goals`, `outcomes`, `budget`, `calendar`, `findings`.
        "live" live: list String,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// A closed loop or chain of steps (PRG-6).
    pub struct Loop {
        /// Name.
        "name" name: needed Text,
        /// Its steps in order.
        "steps" steps: list LoopStep,
        /// Whether the last step leads to the first.
        "closed" closed: default bool,
        /// Origin.
        "source" source: default String,
    }
}

shape! {
    /// A step of a loop.
    pub struct LoopStep {
        /// Name.
        "name" name: needed Text,
        /// Page of the site where it is done: `calendar`, `campaigns`, `lessons` and others.
        "page" page: optional String,
    }
}

shape! {
    /// A body that decides (GOL-9).
    pub struct Body {
        /// Name.
        "name" name: needed Text,
        /// Departments that sit in it.
        "departments" departments: list String,
        /// Origin.
        "source" source: default String,
    }
}

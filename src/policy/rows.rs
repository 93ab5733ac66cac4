//! The rows of policy: what each table of a pack holds.

use crate::base::{Due, Quantity, Share, Spanned, Text};
use crate::sources::shape::{Days, Entries, Number, NumberOrWord};
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
    /// A name and where it comes from: roles of the squad on call (BUF-4).
    pub struct Named {
        /// Name.
        "name" name: needed Text,
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

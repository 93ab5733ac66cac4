//! Gauges: figures computed from plans and results, each a row of policy over a measure of this register.
//!
//! A measure computes one figure of a campaign or of a year; the row says of what, when, and from where on it is
//! worth a word. A new gauge over a known measure is data; only a new way to compute is a function here.

pub mod money;
mod quality;
pub mod time;

use super::Model;
use super::campaign::Campaign;
use super::measure::{Lane, lane};
use super::programme::Programme;
use crate::base::{Quantity, Severity, Share, Span};
use crate::policy::{Bound, Gauge, MetricUnit, State};

/// A way to compute a figure.
#[derive(Debug)]
pub struct Measure {
    /// Its name in policy.
    pub id: &'static str,
    /// Its unit; none when it is that of the metric it is computed of.
    unit: Option<MetricUnit>,
    /// How it is computed, and of what.
    pub compute: Compute,
    /// What its row's `of` names.
    pub of: Of,
}

/// What a measure is computed of. The last argument is the row's `of`.
#[derive(Clone, Copy, Debug)]
pub enum Compute {
    /// One campaign.
    Campaign(fn(&Model, &Campaign, &str) -> Option<Figure>),
    /// One year.
    Programme(for<'a> fn(&'a Model, &'a Programme, &str) -> Option<Figure>),
}

/// What the `of` of a row names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Nothing.
    Nothing,
    /// A value of an axis: `category/discount`.
    Bucket,
    /// A metric.
    Metric,
    /// A whole number.
    Number,
}

/// A computed figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The value in the measure's unit.
    pub value: Quantity,
    /// The words that bring it about most, where there are any.
    pub span: Option<Span>,
    /// Campaigns of the year that bring it about, by id.
    pub because: Vec<String>,
}

impl Figure {
    fn of(value: Quantity) -> Self {
        Self { value, span: None, because: Vec::new() }
    }
    fn share(share: Share) -> Self {
        // A basis point is a hundredth of a percent, a quantity counts ten-thousandths of its unit.
        Self::of(Quantity(share.0.saturating_mul(100)))
    }
    fn count(n: usize) -> Self {
        Self::of(Quantity::whole(i64::try_from(n).unwrap_or(i64::MAX / 10_000)))
    }
    fn at(self, span: Option<Span>) -> Self {
        Self { span, ..self }
    }
    fn because<'a>(self, campaigns: impl Iterator<Item = &'a Campaign>) -> Self {
        Self { because: campaigns.map(|c| c.id.as_str().to_owned()).collect(), ..self }
    }
}

/// `part` of `whole` as a figure in percent; none when there is no whole.
fn portion(part: usize, whole: usize) -> Option<Figure> {
    let share = Share::of(i128::try_from(part).ok()?, i128::try_from(whole).ok()?)?;
    Some(Figure::share(share))
}

/// Every measure by name.
pub static MEASURES: &[Measure] = &[
    percent("bucket-share", Of::Bucket, Compute::Campaign(money::bucket_share)),
    percent("bucket-spent-before-start", Of::Bucket, Compute::Campaign(money::bucket_spent_before_start)),
    percent("bucket-unspent", Of::Bucket, Compute::Campaign(money::bucket_unspent)),
    percent("campaigns-with-layers", Of::Number, Compute::Programme(quality::campaigns_with_layers)),
    percent("campaigns-without-kpi", Of::Metric, Compute::Programme(quality::campaigns_without_kpi)),
    percent("concentrated-output", Of::Number, Compute::Programme(money::concentrated_output)),
    percent("cycle-overrun", Of::Nothing, Compute::Programme(time::cycle_overrun)),
    percent("cycle-spread", Of::Nothing, Compute::Programme(time::cycle_spread)),
    percent("delay-rate", Of::Number, Compute::Programme(time::delay_rate)),
    percent("execution-deviation", Of::Nothing, Compute::Campaign(time::execution_deviation)),
    percent("execution-rate", Of::Nothing, Compute::Campaign(money::execution_rate)),
    percent("free-days", Of::Nothing, Compute::Campaign(time::free_days)),
    percent("punctuality", Of::Nothing, Compute::Campaign(time::punctuality)),
    percent("quarter-share", Of::Number, Compute::Programme(money::quarter_share)),
    percent("sop-coverage", Of::Nothing, Compute::Programme(quality::sop_coverage)),
    percent("tagged-share", Of::Bucket, Compute::Programme(money::tagged_share)),
    percent("tier-deviation", Of::Bucket, Compute::Programme(money::bucket_deviation)),
    percent("year-punctuality", Of::Nothing, Compute::Programme(time::year_punctuality)),
    Measure { id: "metric-mean", unit: None, compute: Compute::Programme(quality::metric_mean), of: Of::Metric },
    Measure {
        id: "days-without-spend",
        unit: Some(MetricUnit::Days),
        compute: Compute::Campaign(money::days_without_spend),
        of: Of::Nothing,
    },
    Measure {
        id: "rejections",
        unit: Some(MetricUnit::Count),
        compute: Compute::Campaign(time::rejections),
        of: Of::Nothing,
    },
    Measure {
        id: "revisions",
        unit: Some(MetricUnit::Count),
        compute: Compute::Campaign(time::revisions),
        of: Of::Nothing,
    },
];

const fn percent(id: &'static str, of: Of, compute: Compute) -> Measure {
    Measure { id, unit: Some(MetricUnit::Percent), compute, of }
}

impl Measure {
    /// The unit of a gauge's figure.
    pub fn unit(&self, model: &Model, gauge: &Gauge) -> Option<MetricUnit> {
        self.unit.or_else(|| model.policy.metric(&gauge.of)?.unit)
    }
}

/// A measure by name.
pub fn measure(id: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|m| m.id == id)
}

/// The gauges of policy that are shown and judged, each with its measure; a name that is none is reported elsewhere.
pub fn gauges(model: &Model) -> impl Iterator<Item = (&str, &Gauge, &'static Measure)> {
    let rows = model.policy.rows.gauges.iter().filter(|(_, g)| g.state != Some(State::Off));
    rows.filter_map(|(id, gauge)| Some((id, gauge, measure(&gauge.measure.as_ref()?.value)?)))
}

/// A gauge's figure for one campaign; none where its row does not apply or nothing is known.
pub fn of_campaign(model: &Model, campaign: &Campaign, gauge: &Gauge, measure: &Measure) -> Option<Figure> {
    let Compute::Campaign(compute) = measure.compute else { return None };
    if !gauge.scales.is_empty() && !gauge.scales.contains(&campaign.scale) {
        return None;
    }
    if let Some(node) = &gauge.since {
        let due = campaign.schedule.as_ref()?.milestone(&node.value)?.due;
        if model.as_of < due {
            return None;
        }
    }
    compute(model, campaign, &gauge.of)
}

/// A gauge's figure for one year.
pub fn of_programme(model: &Model, programme: &Programme, gauge: &Gauge, measure: &Measure) -> Option<Figure> {
    match measure.compute {
        Compute::Programme(compute) => compute(model, programme, &gauge.of),
        Compute::Campaign(_) => None,
    }
}

/// Whether a gauge is judged for a campaign: shown it is in any case.
pub fn is_judged(model: &Model, campaign: &Campaign, gauge: &Gauge) -> bool {
    !gauge.until_closed || lane(campaign, &model.policy, model.as_of) != Some(Lane::Closed)
}

/// How a figure stands against a gauge: the gravest bound it is beyond.
pub fn beyond(gauge: &Gauge, value: Quantity) -> Option<(Severity, Edge)> {
    let bounds = [(Severity::Error, &gauge.error), (Severity::Warning, &gauge.warning), (Severity::Info, &gauge.info)];
    bounds.into_iter().find_map(|(severity, bound)| Some((severity, bound.as_ref()?.edge(value)?)))
}

/// The edge of a range that a value is beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Less than this.
    Under(Quantity),
    /// This or less.
    To(Quantity),
    /// More than this.
    Over(Quantity),
    /// This or more.
    From(Quantity),
}

impl Bound {
    fn edge(&self, value: Quantity) -> Option<Edge> {
        match self {
            Self { under: Some(edge), .. } if value < *edge => Some(Edge::Under(*edge)),
            Self { to: Some(edge), .. } if value <= *edge => Some(Edge::To(*edge)),
            Self { over: Some(edge), .. } if value > *edge => Some(Edge::Over(*edge)),
            Self { from: Some(edge), .. } if value >= *edge => Some(Edge::From(*edge)),
            _ => None,
        }
    }
}

/// The axis and value that a row's `of` names.
fn bucket(of: &str) -> Option<(&str, &str)> {
    of.split_once('/')
}

//! `campaigns/<id>/budget/`: what a campaign may spend, on what, and what it has spent, along every axis.

use super::{At, Head, Part, Slice, WaiverView, page, parts, slices, tone, waivers};
use crate::base::{Currency, Date, DateRange, Money, Share};
use crate::model::budget::{Bucket, Budget, Line};
use crate::model::campaign::Campaign;
use crate::model::carry;
use crate::model::ledger::Ledger;
use crate::model::results::Audit;
use crate::model::spending;
use crate::plan::{Cx, Day, Page, Ref, Words};
use crate::policy::Preset;
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything `campaign/budget.html` can see.
#[derive(Serialize)]
struct View {
    head: Head,
    sums: Option<Sums>,
    note: Option<Words>,
    axes: Vec<AxisView>,
    lines: Vec<LineRow>,
    /// Spending that names no line.
    unassigned: Option<String>,
    waivers: Vec<WaiverView>,
    approved_by: Vec<Ref>,
    rationale: Vec<(Words, Words)>,
    moved: Vec<MovedRow>,
    audits: Vec<AuditView>,
    weeks: Vec<WeekRow>,
    carried: Option<CarriedView>,
    /// What goes on after an early end.
    handed_on: Option<String>,
    /// What went back to the year when the campaign was called off.
    released: Option<String>,
}

/// What went out in one week (MON-1).
#[derive(Serialize)]
struct WeekRow {
    /// `Week 24`.
    week: String,
    days: String,
    spent: String,
    sum: String,
    /// Of the total so far.
    share: Option<String>,
    bar: Vec<Slice>,
}

/// Money that other lines gave this budget, or got from it.
#[derive(Serialize)]
struct MovedRow {
    line: Words,
    /// With its sign.
    amount: String,
    is_in: bool,
}

/// A look into the books (MON-3).
#[derive(Serialize)]
struct AuditView {
    day: Day,
    finding: Words,
    cause: Option<Words>,
    action: Option<Words>,
    owner: Option<Ref>,
}

/// What earlier campaigns saved: apart from the budget (BUF-6).
#[derive(Serialize)]
struct CarriedView {
    rows: Vec<CarriedRow>,
    /// How much of it is spent, in words.
    spent: String,
    bar: Vec<Slice>,
}

/// What one campaign saved.
#[derive(Serialize)]
struct CarriedRow {
    from: String,
    amount: String,
}

/// The budget in three sums.
#[derive(Serialize)]
pub(super) struct Sums {
    pub(super) total: String,
    pub(super) short: String,
    pub(super) lines: String,
    pub(super) spent: String,
    pub(super) left: String,
    pub(super) is_over: bool,
    /// Spent ÷ total.
    pub(super) execution: Option<String>,
    pub(super) bar: Vec<Slice>,
    /// How far lines and total are apart, where they are.
    pub(super) difference: Option<String>,
}

/// One way to cut the money.
#[derive(Serialize)]
struct AxisView {
    id: String,
    name: Words,
    /// The preset that is checked here.
    preset: Option<Words>,
    target: Vec<Slice>,
    planned: Vec<Slice>,
    spent: Vec<Slice>,
    buckets: Vec<BucketRow>,
}

/// One part of the money on an axis.
#[derive(Serialize)]
struct BucketRow {
    /// Class `tone-<n>`; none for what carries no value.
    tone: Option<usize>,
    name: Words,
    planned: String,
    share: Option<String>,
    target: Option<String>,
    /// Planned share less target.
    off: Option<String>,
    /// `near`, `off`, `far`: against the preset's tolerances.
    verdict: &'static str,
    spent: String,
    /// Of everything that was spent.
    spent_share: Option<String>,
    /// Spent ÷ planned.
    execution: Option<String>,
}

/// A budget line.
#[derive(Serialize)]
struct LineRow {
    /// Anchor, where the line has an id.
    id: Option<String>,
    name: Words,
    note: Option<Words>,
    amount: String,
    share: Option<String>,
    spent: String,
    execution: Option<String>,
    is_over: bool,
    bar: Vec<Slice>,
    /// Its value on each axis that it is tagged on.
    tags: Vec<Tag>,
}

/// A line's value on an axis.
#[derive(Serialize)]
struct Tag {
    axis: Words,
    value: Words,
}

pub(super) fn view(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let budget = campaign.plan();
    let used = used_axes(cx, budget);
    let currency = currency(cx, campaign);
    let lost = spending::unassigned(campaign);
    let view = View {
        head: Head::of(cx, at, Part::Budget),
        sums: sums(cx, campaign),
        note: budget.and_then(|b| b.note.as_ref()).map(|n| cx.words(n)),
        axes: used.iter().filter_map(|axis| axis_view(cx, campaign, axis)).collect(),
        lines: spending::by_line(campaign).into_iter().map(|l| line(cx, campaign, l.line, l.spent, &used)).collect(),
        unassigned: (lost != Money::ZERO).then(|| cx.money_in(lost, currency)),
        waivers: waivers(cx, at, Some("budget")),
        approved_by: budget.iter().flat_map(|b| &b.approved_by).map(|p| parts::person(cx, &p.value)).collect(),
        rationale: rationale(cx, budget),
        moved: moved(cx, campaign, currency),
        audits: campaign.results.audits.iter().map(|a| audit(cx, a)).collect(),
        weeks: weeks(cx, campaign, currency),
        carried: carried(cx, campaign),
        handed_on: handed_on(cx, campaign),
        released: released(cx, campaign, currency),
    };
    page(cx, campaign, Part::Budget, view)
}

/// Why the budget is cut as it is, by factor of policy.
fn rationale(cx: &Cx<'_>, budget: Option<&Budget>) -> Vec<(Words, Words)> {
    let rows = &cx.model().policy.rows.rationale;
    let reason = |id: &str| budget.and_then(|b| b.rationale.find(id)).map(|text| cx.words(text));
    rows.iter().filter_map(|(id, row)| Some((cx.words(&row.name), reason(id)?))).collect()
}

/// What was moved to and from the lines of a campaign; the plan stays as it was written.
fn moved(cx: &Cx<'_>, campaign: &Campaign, currency: Currency) -> Vec<MovedRow> {
    let model = cx.model();
    let Some(programme) = campaign.programme.as_ref().and_then(|p| model.programme(&p.value)) else {
        return Vec::new();
    };
    if programme.transfers.is_empty() {
        return Vec::new();
    }
    let ledger = Ledger::of(model, programme);
    let mine = ledger.accounts.iter().filter(|a| a.campaign.is_some_and(|c| c.id == campaign.id));
    let row = |line: &Line, amount: Money, is_in| MovedRow {
        line: cx.words(&line.name),
        amount: cx.money_in(amount, currency),
        is_in,
    };
    mine.flat_map(|a| [(a.line, a.received, true), (a.line, a.given, false)])
        .filter(|(_, amount, _)| *amount > Money::ZERO)
        .map(|(line, amount, is_in)| row(line, amount, is_in))
        .collect()
}

/// Spending week by week, from the first payment to the last.
fn weeks(cx: &Cx<'_>, campaign: &Campaign, currency: Currency) -> Vec<WeekRow> {
    let mut by_week: BTreeMap<Date, Money> = BTreeMap::new();
    for spend in &campaign.results.spends {
        let sum = by_week.entry(spend.date.value.week_start()).or_insert(Money::ZERO);
        *sum = *sum + spend.amount.value;
    }
    let total = campaign.plan().and_then(|b| b.total).map(|t| t.value);
    let greatest = by_week.values().copied().max().unwrap_or_default();
    let mut sum = Money::ZERO;
    let row = |(monday, spent): (Date, Money)| {
        sum = sum + spent;
        let number = monday.iso_week().1;
        WeekRow {
            week: cx.tf("budget-week", &[("n", &number)]),
            days: DateRange::new(monday, monday.plus(6)).map_or_else(String::new, |days| cx.range_short(days)),
            spent: cx.money_in(spent, currency),
            sum: cx.money_in(sum, currency),
            share: total.and_then(|t| sum.share_of(t)).map(|s| cx.percent_short(s)),
            bar: slices([spent.0], greatest.0),
        }
    };
    by_week.into_iter().map(row).collect()
}

fn audit(cx: &Cx<'_>, audit: &Audit) -> AuditView {
    AuditView {
        day: cx.day(audit.date.value),
        finding: cx.words(&audit.finding),
        cause: audit.cause.as_ref().map(|c| cx.words(c)),
        action: audit.action.as_ref().map(|a| cx.words(a)),
        owner: parts::owner(cx, audit.owner.as_ref()),
    }
}

fn carried(cx: &Cx<'_>, campaign: &Campaign) -> Option<CarriedView> {
    let received = carry::received(cx.model(), campaign);
    let (sum, spent) = (received.iter().map(|c| c.amount).sum::<Money>(), carry::spent(campaign));
    let row = |c: &carry::CarryOver<'_>| {
        let (from, on) = (cx.plain(&c.from.title), cx.date(c.on));
        CarriedRow { from: cx.tf("carry-over-from", &[("campaign", &from), ("date", &on)]), amount: cx.money(c.amount) }
    };
    (!received.is_empty()).then(|| CarriedView {
        rows: received.iter().map(row).collect(),
        spent: cx.tf("carry-over-spent", &[("spent", &cx.money(spent)), ("sum", &cx.money(sum))]),
        bar: slices([spent.0.clamp(0, sum.0)], sum.0),
    })
}

fn handed_on(cx: &Cx<'_>, campaign: &Campaign) -> Option<String> {
    let (sum, stop) = (carry::handed_on(campaign)?, campaign.results.early_stop.as_ref()?);
    Some(cx.tf("carry-over-out", &[("sum", &cx.money(sum)), ("date", &cx.date(stop.on.value))]))
}

fn released(cx: &Cx<'_>, campaign: &Campaign, currency: Currency) -> Option<String> {
    let on = campaign.called_off.as_ref()?.on.as_ref()?.value;
    campaign.plan()?;
    let [spent, sum] = [campaign.results.spent(), campaign.released()].map(|m| cx.money_in(m, currency));
    Some(cx.tf("budget-released", &[("date", &cx.date(on)), ("spent", &spent), ("sum", &sum)]))
}

fn currency(cx: &Cx<'_>, campaign: &Campaign) -> Currency {
    campaign.plan().map_or(cx.model().settings.currency, |b| b.currency.value)
}

/// Axes that any line is tagged on, in the order of policy.
fn used_axes<'a>(cx: &Cx<'a>, budget: Option<&Budget>) -> Vec<&'a str> {
    let is_used = |axis: &&str| budget.is_some_and(|b| b.lines.iter().any(|l| l.tag(axis).is_some()));
    cx.model().policy.rows.axes.keys().filter(is_used).collect()
}

/// The sums of a campaign's budget; none without one.
pub(super) fn sums(cx: &Cx<'_>, campaign: &Campaign) -> Option<Sums> {
    let budget = campaign.plan()?;
    let total = budget.total.map_or_else(|| budget.sum(), |t| t.value);
    let spent = campaign.results.spent();
    let money = |amount: Money| cx.money_in(amount, budget.currency.value);
    let difference = budget.sum() - total;
    Some(Sums {
        total: money(total),
        short: cx.money_short(total),
        lines: money(budget.sum()),
        spent: money(spent),
        left: money(Money((total - spent).0.abs())),
        is_over: spent > total,
        execution: spending::execution(campaign).map(|s| cx.percent_short(s)),
        bar: slices([spent.0], total.0),
        difference: (difference != Money::ZERO).then(|| money(difference)),
    })
}

/// What the buckets of an axis are measured by.
struct Whole<'a> {
    currency: Currency,
    planned: Money,
    spent: Money,
    preset: Option<&'a Preset>,
}

impl Whole<'_> {
    fn target(&self, value: &str) -> Option<Share> {
        self.preset.and_then(|p| p.shares.find(value)).map(|s| s.value)
    }

    fn row(&self, cx: &Cx<'_>, bucket: &Bucket, name: Words, place: Option<usize>) -> BucketRow {
        let share = bucket.planned.share_of(self.planned);
        let target = self.target(&bucket.value).filter(|_| place.is_some());
        let off = share.zip(target).map(|(share, target)| Share(share.0 - target.0));
        BucketRow {
            tone: place.map(tone),
            name,
            planned: cx.money_in(bucket.planned, self.currency),
            share: share.map(|s| cx.percent_short(s)),
            target: target.map(|t| cx.percent(t)),
            off: off.map(|o| points(cx, o)),
            verdict: verdict(off, self.preset),
            spent: cx.money_in(bucket.spent, self.currency),
            spent_share: bucket.spent.share_of(self.spent).map(|s| cx.percent_short(s)),
            execution: bucket.spent.share_of(bucket.planned).map(|s| cx.percent_short(s)),
        }
    }
}

fn axis_view(cx: &Cx<'_>, campaign: &Campaign, axis: &str) -> Option<AxisView> {
    let policy = &cx.model().policy;
    let budget = campaign.plan()?;
    let row = policy.rows.axes.find(axis)?;
    let preset = spending::preset(campaign, axis, policy);
    let cut = spending::cut(&spending::by_line(campaign), axis, policy);
    let whole = Whole {
        currency: budget.currency.value,
        planned: budget.sum(),
        spent: cut.buckets.iter().chain([&cut.untagged]).map(|b| b.spent).sum(),
        preset: preset.map(|(_, p)| p),
    };
    let is_empty = |b: &Bucket| b.planned == Money::ZERO && b.spent == Money::ZERO;
    let kept: Vec<&Bucket> = cut.buckets.iter().filter(|b| !is_empty(b) || whole.target(&b.value).is_some()).collect();
    let name = |bucket: &Bucket| cx.named(row.values.find(&bucket.value), &bucket.value);
    let mut buckets: Vec<BucketRow> =
        kept.iter().enumerate().map(|(place, bucket)| whole.row(cx, bucket, name(bucket), Some(place))).collect();
    if !is_empty(&cut.untagged) {
        buckets.push(whole.row(cx, &cut.untagged, cx.t("untagged").into(), None));
    }
    let targets = kept.iter().map(|b| whole.target(&b.value).map_or(0, |s| i128::from(s.0)));
    Some(AxisView {
        id: axis.to_owned(),
        name: cx.words(&row.name),
        preset: preset.map(|(_, p)| cx.words(&p.name)),
        target: if preset.is_some() { slices(targets, i128::from(Share::WHOLE.0)) } else { Vec::new() },
        planned: slices(kept.iter().map(|b| b.planned.0), whole.planned.0),
        spent: slices(kept.iter().map(|b| b.spent.0), whole.spent.0),
        buckets,
    })
}

/// A difference of shares in percentage points, with its sign.
fn points(cx: &Cx<'_>, share: Share) -> String {
    let rounded = Share((share.0 + 5 * share.0.signum()) / 10 * 10);
    let sign = match rounded.0 {
        0 => "±",
        n if n > 0 => "+",
        _ => "−",
    };
    format!("{sign}{}", cx.tf("unit-points", &[("n", &Share(rounded.0.abs()).number())]))
}

/// How far a share is from its target, in the words of the preset's tolerances.
fn verdict(off: Option<Share>, preset: Option<&Preset>) -> &'static str {
    let (Some(off), Some(preset)) = (off, preset) else { return "" };
    let beyond = |limit: Option<Share>| limit.is_some_and(|l| off.0.abs() > l.0);
    match () {
        () if beyond(preset.error_above) => "far",
        () if beyond(preset.warn_above) => "off",
        () => "near",
    }
}

fn line(cx: &Cx<'_>, campaign: &Campaign, line: &Line, spent: Money, axes: &[&str]) -> LineRow {
    let currency = currency(cx, campaign);
    let amount = line.amount.value;
    let total = campaign.plan().map(Budget::sum).unwrap_or_default();
    let tag = |axis: &&str| {
        let value = &line.tag(axis)?.value;
        let row = cx.model().policy.rows.axes.find(axis);
        Some(Tag {
            axis: cx.named(row.map(|a| &a.name), axis),
            value: cx.named(row.and_then(|a| a.values.find(value)), value),
        })
    };
    LineRow {
        id: line.id.as_ref().map(|id| id.value.as_str().to_owned()),
        name: cx.words(&line.name),
        note: line.note.as_ref().map(|n| cx.words(n)),
        amount: cx.money_in(amount, currency),
        share: amount.share_of(total).map(|s| cx.percent_short(s)),
        spent: cx.money_in(spent, currency),
        execution: spent.share_of(amount).map(|s| cx.percent_short(s)),
        is_over: spent > amount,
        bar: slices([spent.0], amount.0),
        tags: axes.iter().filter_map(tag).collect(),
    }
}

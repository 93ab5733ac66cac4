//! `programmes/<id>/money/`: the course of a year's money: planned and spent by month, what was moved, what campaigns
//! get and give.

mod chart;
mod content;

use super::{parts, routes};
use crate::base::{Currency, Date, DateRange, Money, Share};
use crate::model::budget::Budget;
use crate::model::campaign::Campaign;
use crate::model::gauge::money::{Weight, weights};
use crate::model::ledger::{Kind, Ledger, incentive};
use crate::model::programme::Programme;
use crate::plan::{Cx, Day, Ground, Page, Planned, Ref, Section, Words};
use chart::{Curve, Lorenz};
use serde::Serialize;
use std::collections::BTreeSet;

/// One page for each programme with a budget.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let page = |programme: &'a Programme| {
        let budget = programme.budget.as_ref()?;
        let route = routes::programme_money(programme.id.as_str());
        Some(
            Planned::page(route, "money.html", move |cx| view(cx, programme, budget))
                .aliases(&programme.aliases, routes::programme_money)
                .section(Section::Programme)
                .from(format!("programme `{}`", programme.id), programme.span),
        )
    };
    ground.model.programmes.iter().filter_map(page).collect()
}

/// Everything `money.html` can see.
#[derive(Serialize)]
struct View {
    total: Option<String>,
    spent: String,
    moved: String,
    pool: Option<Pool>,
    curve: Curve,
    months: Vec<Month>,
    cross: Option<Cross>,
    transfers: Vec<Moved>,
    concentration: Vec<Held>,
    /// How many more the table of all budgets has.
    more_concentration: usize,
    lorenz: Option<Lorenz>,
    technology: Option<Technology>,
    content: Vec<content::Row>,
    more_content: usize,
    /// The table of all budgets as a file.
    table: Option<String>,
    reserve_use: Option<Words>,
    anchors: Vec<Anchored>,
    authority: Vec<Limit>,
}

/// The incentive pool (BUD-3).
#[derive(Serialize)]
struct Pool {
    all: String,
    drawn: String,
    left: String,
    is_over: bool,
}

/// One month of the year.
#[derive(Serialize)]
struct Month {
    name: String,
    planned: String,
    spent: Option<String>,
    planned_sum: String,
    spent_sum: Option<String>,
    execution: Option<String>,
    /// People with something due in it (CAL-10).
    heads: usize,
}

/// Two axes crossed: what is planned on each pair of values (BUD-2).
#[derive(Serialize)]
struct Cross {
    rows_name: Words,
    columns: Vec<Words>,
    rows: Vec<CrossRow>,
    sums: Vec<String>,
    whole: String,
}

#[derive(Serialize)]
struct CrossRow {
    name: Words,
    cells: Vec<String>,
    sum: String,
    share: String,
}

/// A transfer.
#[derive(Serialize)]
struct Moved {
    day: Day,
    from: Ref,
    to: Ref,
    amount: String,
    is_top_up: bool,
    reason: Words,
    evidence: Option<Words>,
    approver: Ref,
    /// Not made, because something is wrong with it.
    is_faulty: bool,
}

/// A campaign's part of money and output (BUD-15).
#[derive(Serialize)]
struct Held {
    campaign: Ref,
    budget: String,
    budget_share: String,
    output: String,
    output_share: String,
    ratio: String,
    is_low: bool,
}

/// Money kept for a big promotion (BUD-16).
#[derive(Serialize)]
struct Anchored {
    campaign: Ref,
    amount: String,
    note: Option<Words>,
}

/// Who signs above what (BUD-6).
#[derive(Serialize)]
struct Limit {
    tier: Words,
    max: String,
    approver: Ref,
}

fn view(cx: &Cx<'_>, programme: &Programme, own: &Budget) -> Page {
    let model = cx.model();
    let currency = own.currency.value;
    let money = |amount: Money| cx.money_in(amount, currency);
    let campaigns: Vec<&Campaign> = model
        .campaigns_of(programme)
        .filter(|c| c.budget.as_ref().is_none_or(|b| b.currency.value == currency))
        .collect();
    let ledger = Ledger::of(model, programme);
    let faulty: Vec<usize> = ledger.faults.iter().map(|(place, _)| *place).collect();
    let made = programme.transfers.iter().enumerate().filter(|(place, _)| !faulty.contains(place));
    let months = months(programme, &campaigns, own, cx.today());
    let weights = weights(model, programme);
    let pool = incentive(model, programme);
    let mut concentration: Vec<_> = weights.iter().collect();
    let more_concentration = super::worklist::cut(&mut concentration, cx);
    let judged: Vec<&Campaign> = campaigns.iter().copied().filter(|c| c.called_off.is_none()).collect();
    let mut content = content::rows(cx, &judged);
    let more_content = super::worklist::cut(&mut content, cx);
    let view = View {
        total: own.total.map(|t| money(t.value)),
        spent: money(campaigns.iter().map(|c| c.results.spent()).sum()),
        moved: money(made.map(|(_, t)| t.amount.value).sum()),
        pool: pool.map(|pool| Pool {
            all: money(pool.pool),
            drawn: money(pool.drawn),
            left: money(pool.left()),
            is_over: pool.left() < Money::ZERO,
        }),
        curve: chart::curve(cx, &months, currency),
        months: rows(cx, &months, currency),
        cross: cross(cx, own, &campaigns, currency),
        transfers: transfers(cx, programme, &ledger, &faulty, currency),
        lorenz: chart::lorenz(&weights),
        concentration: concentration.into_iter().map(|w| held(cx, w, currency)).collect(),
        more_concentration,
        technology: technology(cx, &campaigns, currency),
        content,
        more_content,
        table: cx.href(&routes::table("budget")),
        reserve_use: reserve_use(cx),
        anchors: anchors(cx, programme, currency),
        authority: authority(cx),
    };
    let path = cx.ground().sources.path(programme.file);
    Page::new(cx.t("money-title"), view)
        .about(cx.tf("money-about", &[("year", &programme.year)]))
        .under(cx.words(&programme.title), routes::programme(programme.id.as_str()))
        .edited_in(path, 1)
}

/// What is planned and spent in one month.
struct Sums {
    first: Date,
    planned: Money,
    /// None for months that have not begun.
    spent: Option<Money>,
    heads: usize,
}

/// Everybody with a node or an item due in some days.
fn heads(campaigns: &[&Campaign], days: DateRange) -> usize {
    let nodes = campaigns.iter().flat_map(|c| c.schedule.iter()).flat_map(|s| &s.milestones);
    let nodes = nodes.map(|m| (m.owner.as_ref(), Some(m.due)));
    let items = campaigns.iter().flat_map(|c| &c.checklist).map(|i| (i.owner.as_ref(), i.due));
    let due = nodes.chain(items).filter(|(_, due)| due.is_some_and(|d| days.contains(d)));
    due.filter_map(|(owner, _)| owner.map(|o| o.value.as_str())).collect::<BTreeSet<_>>().len()
}

/// The year month by month. A campaign's budget counts in the month it goes live, the programme's own lines in equal
/// parts, what cannot be divided in the first months; spending counts on its day, that of the year before in January.
fn months(programme: &Programme, campaigns: &[&Campaign], own: &Budget, today: Date) -> Vec<Sums> {
    let days = (1..=12).filter_map(|m| DateRange::month(programme.year, m));
    let twelfth = own.sum().0.div_euclid(12);
    let rest = own.sum().0.rem_euclid(12);
    days.zip(0..)
        .map(|(days, place): (DateRange, i128)| {
            let live = campaigns.iter().filter(|c| c.start.is_some_and(|s| days.contains(s.value)));
            let planned: Money = live.filter_map(|c| c.budget.as_ref()?.total).map(|t| t.value).sum();
            // What went out before January or after December is money of this year too.
            let is_in = |day: Date| (place == 0 || day >= days.first) && (place == 11 || day <= days.last);
            let spends = campaigns.iter().flat_map(|c| &c.results.spends).filter(|s| is_in(s.date.value));
            Sums {
                first: days.first,
                planned: planned + Money(twelfth + i128::from(place < rest)),
                heads: heads(campaigns, days),
                spent: (days.first <= today).then(|| spends.map(|s| s.amount.value).sum()),
            }
        })
        .collect()
}

fn rows(cx: &Cx<'_>, months: &[Sums], currency: Currency) -> Vec<Month> {
    let (mut planned, mut spent) = (Money::ZERO, Money::ZERO);
    let money = |amount: Money| cx.money_in(amount, currency);
    let row = |month: &Sums| {
        planned = planned + month.planned;
        spent = spent + month.spent.unwrap_or_default();
        Month {
            name: cx.month_name(month.first.month()).to_owned(),
            planned: money(month.planned),
            spent: month.spent.map(money),
            planned_sum: money(planned),
            spent_sum: month.spent.map(|_| money(spent)),
            heads: month.heads,
            execution: month.spent.and_then(|_| spent.share_of(planned)).map(|s| cx.percent_short(s)),
        }
    };
    months.iter().map(row).collect()
}

/// The two axes that most lines carry, crossed; none when fewer are used.
fn cross(cx: &Cx<'_>, own: &Budget, campaigns: &[&Campaign], currency: Currency) -> Option<Cross> {
    let axes = &cx.model().policy.rows.axes;
    let lines: Vec<_> =
        own.lines.iter().chain(campaigns.iter().filter_map(|c| c.budget.as_ref()).flat_map(|b| &b.lines)).collect();
    let mut used = axes.iter().filter(|(axis, _)| lines.iter().any(|l| l.tag(axis).is_some()));
    let ((columns, columns_row), (rows, rows_row)) = (used.next()?, used.next()?);
    let whole: Money = lines.iter().map(|l| l.amount.value).sum();
    let on = |axis: &str, value: &str| {
        let (axis, value) = (axis.to_owned(), value.to_owned());
        move |l: &&&crate::model::budget::Line| l.tag(&axis).is_some_and(|t| t.value == value)
    };
    let sum = |row: Option<&str>, column: Option<&str>| -> Money {
        let of_row = |l: &&&crate::model::budget::Line| row.is_none_or(|value| on(rows, value)(l));
        let of_column = |l: &&&crate::model::budget::Line| column.is_none_or(|value| on(columns, value)(l));
        lines.iter().filter(of_row).filter(of_column).map(|l| l.amount.value).sum()
    };
    let money = |amount: Money| cx.money_in(amount, currency);
    let row = |(value, name)| CrossRow {
        name: cx.words(name),
        cells: columns_row.values.keys().map(|column| money(sum(Some(value), Some(column)))).collect(),
        sum: money(sum(Some(value), None)),
        share: cx.percent_short(sum(Some(value), None).share_of(whole).unwrap_or_default()),
    };
    Some(Cross {
        rows_name: cx.words(&rows_row.name),
        columns: columns_row.values.iter().map(|(_, name)| cx.words(name)).collect(),
        rows: rows_row.values.iter().map(row).collect(),
        sums: columns_row.values.keys().map(|column| money(sum(None, Some(column)))).collect(),
        whole: money(whole),
    })
}

fn transfers(
    cx: &Cx<'_>,
    programme: &Programme,
    ledger: &Ledger<'_>,
    faulty: &[usize],
    currency: Currency,
) -> Vec<Moved> {
    let line = |word: &str| {
        let account = ledger.account(word);
        let name = account.map_or_else(|| Words::from(word), |a| cx.words(&a.line.name));
        match account.and_then(|a| a.campaign) {
            Some(campaign) => {
                let title = cx.plain(&campaign.title);
                let words =
                    Words { text: cx.tf("money-line-of", &[("campaign", &title), ("line", &name.text)]), ..name };
                cx.link(words, &routes::campaign_part(campaign.id.as_str(), "budget"))
            }
            None => Ref { text: name.text, lang: name.lang, href: None },
        }
    };
    let mut order: Vec<usize> = (0..programme.transfers.len()).collect();
    order.sort_by_key(|place| (programme.transfers[*place].date.value, *place));
    let row = |place: usize| {
        let transfer = &programme.transfers[place];
        Moved {
            day: cx.day(transfer.date.value),
            from: line(&transfer.from.value),
            to: line(&transfer.to.value),
            amount: cx.money_in(transfer.amount.value, currency),
            is_top_up: transfer.kind == Kind::TopUp,
            reason: cx.words(&transfer.reason),
            evidence: transfer.evidence.as_ref().map(|e| cx.words(e)),
            approver: parts::person(cx, &transfer.approver.value),
            is_faulty: faulty.contains(&place),
        }
    };
    order.into_iter().map(row).collect()
}

fn held(cx: &Cx<'_>, weight: &Weight<'_>, currency: Currency) -> Held {
    let ratio = Share::of(i128::from(weight.output_share.0), i128::from(weight.budget_share.0)).unwrap_or_default();
    Held {
        campaign: parts::campaign(cx, weight.campaign),
        budget: cx.money_in(weight.budget, currency),
        budget_share: cx.percent_short(weight.budget_share),
        output: cx.money_short(weight.output),
        output_share: cx.percent_short(weight.output_share),
        ratio: cx.percent_short(ratio),
        is_low: ratio < Share::WHOLE,
    }
}

fn anchors(cx: &Cx<'_>, programme: &Programme, currency: Currency) -> Vec<Anchored> {
    let row = |reserve: &crate::model::programme::AnchorReserve| {
        let campaign = cx.model().campaign(&reserve.campaign.value)?;
        Some(Anchored {
            campaign: parts::campaign(cx, campaign),
            amount: cx.money_in(reserve.amount.value, currency),
            note: reserve.note.as_ref().map(|n| cx.words(n)),
        })
    };
    programme.anchor_reserves.iter().filter_map(row).collect()
}

/// What the reserve is for, by policy (BUD-12, X-1).
fn reserve_use(cx: &Cx<'_>) -> Option<Words> {
    let policy = &cx.model().policy;
    let choice = policy.rows.choices.find("reserve-use")?;
    choice.options.find(policy.choice("reserve-use")).map(|option| cx.words(option))
}

/// Money for technology and what it brought (BUD-17).
#[derive(Serialize)]
struct Technology {
    planned: String,
    spent: String,
    /// The mean of what campaigns measured.
    returned: Option<String>,
}

/// What lines of technology cost and return; none where no line is one. A line is one that says what its technology is for.
fn technology(cx: &Cx<'_>, campaigns: &[&Campaign], currency: Currency) -> Option<Technology> {
    let lines: Vec<_> = campaigns.iter().flat_map(|c| crate::model::spending::counted(c)).collect();
    let of = || lines.iter().filter(|l| l.line.tag("technology").is_some());
    of().next()?;
    let metric = cx.model().policy.metric_for("technology-return");
    let measured: Vec<i128> = campaigns
        .iter()
        .filter_map(|c| crate::model::measure::actual(c, metric?.0))
        .map(|(value, _)| i128::from(value.0))
        .collect();
    let count = i128::try_from(measured.len()).unwrap_or(0);
    let mean = (count > 0).then(|| measured.iter().sum::<i128>() / count).and_then(|n| i64::try_from(n).ok());
    Some(Technology {
        planned: cx.money_in(of().map(|l| l.line.amount.value).sum(), currency),
        spent: cx.money_in(of().map(|l| l.spent).sum(), currency),
        returned: mean.map(|value| cx.measured(crate::base::Quantity(value), metric.map(|(_, m)| m))),
    })
}

fn authority(cx: &Cx<'_>) -> Vec<Limit> {
    let rows = &cx.model().policy.rows;
    let tiers = rows.axes.find("tier");
    let row = |(tier, row): (&str, &crate::policy::Authority)| {
        let max = Money::parse(&row.max.as_ref()?.value.0, cx.model().settings.currency)?;
        Some(Limit {
            tier: cx.named(tiers.and_then(|axis| axis.values.find(tier)), tier),
            max: cx.money(max),
            approver: parts::person(cx, &row.approver.as_ref()?.value),
        })
    };
    rows.authority.iter().filter_map(row).collect()
}

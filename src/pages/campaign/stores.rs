//! `campaigns/<id>/stores/`: how evenly branches carried the campaign out, who looked, and a checklist to print (MON-9, MON-10).

use super::{At, Head, Part, page};
use crate::base::Share;
use crate::model::branch::{self, Branch, InspectionKind};
use crate::model::campaign::Campaign;
use crate::pages::routes;
use crate::plan::{Cx, Page, Ref, Words};
use crate::policy::SopPhase;
use serde::Serialize;

/// Everything `campaign/stores.html` can see.
#[derive(Serialize)]
struct View {
    head: Head,
    even: Option<Even>,
    plot: Option<Plot>,
    branches: Vec<Row>,
    inspections: Vec<Visit>,
    sheets: Vec<Sheet>,
}

#[derive(Serialize)]
struct Even {
    spread: String,
    is_wide: bool,
    consistency: String,
    is_low: bool,
    standard: String,
    limits: [String; 2],
}

/// A dot for each branch along its execution rate.
#[derive(Serialize)]
struct Plot {
    height: i64,
    standard: i64,
    dots: Vec<Dot>,
}

#[derive(Serialize)]
struct Dot {
    x: i64,
    y: i64,
    name: Words,
    text: String,
    is_low: bool,
}

#[derive(Serialize)]
struct Row {
    name: Words,
    tier: Option<Words>,
    execution: String,
    is_low: bool,
    sales: Option<String>,
    visits: usize,
    note: Option<Words>,
}

#[derive(Serialize)]
struct Visit {
    date: String,
    branch: Words,
    kind: String,
    checklist: Option<Ref>,
    score: Option<String>,
    note: Option<Words>,
}

/// A procedure's items with room for ticks.
#[derive(Serialize)]
struct Sheet {
    title: Words,
    items: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    time: Option<String>,
    what: Words,
    measure: Option<String>,
    must: bool,
}

/// Height of a branch in the plot.
const ROW: i64 = 26;
/// Left end of the plot, behind the names.
const LEFT: i64 = 220;
/// Width of the plot from nothing to all.
const WIDTH: i64 = 400;

/// Whether a campaign has anything to say of branches.
pub(super) fn is_there(campaign: &Campaign) -> bool {
    !campaign.results.branches.is_empty() || !campaign.results.inspections.is_empty()
}

pub(super) fn view(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let policy = &cx.model().policy;
    let results = &campaign.results;
    let standard = policy.share("branch-standard");
    let mut branches: Vec<&Branch> = results.branches.iter().collect();
    branches.sort_by_key(|b| std::cmp::Reverse(b.execution.value));
    let (spread_max, least) = (policy.share("branch-spread-max"), policy.share("branch-consistency-min"));
    let even = branch::evenness(&results.branches, policy).map(|even| Even {
        spread: cx.points(even.spread).trim_start_matches('+').to_owned(),
        is_wide: even.spread > spread_max,
        consistency: cx.percent_short(even.consistency),
        is_low: even.consistency < least,
        standard: cx.percent(standard),
        limits: [cx.points(spread_max).trim_start_matches('+').to_owned(), cx.percent(least)],
    });
    let view = View {
        head: Head::of(cx, at, Part::Stores),
        even,
        plot: (!branches.is_empty()).then(|| plot(cx, &branches, standard)),
        branches: branches.iter().map(|b| row(cx, campaign, b, standard)).collect(),
        inspections: results.inspections.iter().map(|i| visit(cx, campaign, i)).collect(),
        sheets: sheets(cx, campaign),
    };
    page(cx, campaign, Part::Stores, view)
}

fn place(share: Share) -> i64 {
    LEFT + share.0.clamp(0, Share::WHOLE.0) * WIDTH / Share::WHOLE.0
}

fn plot(cx: &Cx<'_>, branches: &[&Branch], standard: Share) -> Plot {
    let dot = |(index, branch): (i64, &&Branch)| Dot {
        x: place(branch.execution.value),
        y: ROW * index + ROW,
        name: cx.words(&branch.name),
        text: cx.percent_short(branch.execution.value),
        is_low: branch.execution.value < standard,
    };
    let dots: Vec<Dot> = (0_i64..).zip(branches).map(dot).collect();
    Plot { height: ROW * i64::try_from(dots.len()).unwrap_or(0) + ROW, standard: place(standard), dots }
}

fn row(cx: &Cx<'_>, campaign: &Campaign, branch: &Branch, standard: Share) -> Row {
    let mine = |i: &&branch::Inspection| i.branch.value == branch.id.value.as_str();
    Row {
        name: cx.words(&branch.name),
        tier: branch.tier.as_ref().map(|t| cx.words(t)),
        execution: cx.percent_short(branch.execution.value),
        is_low: branch.execution.value < standard,
        sales: branch.sales.map(|s| cx.percent_signed(s)),
        visits: campaign.results.inspections.iter().filter(mine).count(),
        note: branch.note.as_ref().map(|n| cx.words(n)),
    }
}

fn visit(cx: &Cx<'_>, campaign: &Campaign, inspection: &branch::Inspection) -> Visit {
    let branch = campaign.results.branches.iter().find(|b| b.id.value.as_str() == inspection.branch.value);
    let sop = |id: &str| cx.link(cx.named(cx.model().sop(id).map(|s| &s.title), id), &routes::sop(id));
    Visit {
        date: cx.date(inspection.date.value),
        branch: cx.named(branch.map(|b| &b.name), &inspection.branch.value),
        kind: match inspection.kind {
            InspectionKind::Scheduled => cx.t("inspection-scheduled"),
            InspectionKind::Mystery => cx.t("inspection-mystery"),
        }
        .to_owned(),
        checklist: inspection.checklist.as_ref().map(|c| sop(&c.value)),
        score: inspection.score.map(|s| cx.percent_short(s)),
        note: inspection.note.as_ref().map(|n| cx.words(n)),
    }
}

/// The procedures that inspections look at; where none says, those of the live days that are not for every mode.
fn sheets(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Sheet> {
    let mut named: Vec<&str> = Vec::new();
    for id in campaign.results.inspections.iter().filter_map(|i| i.checklist.as_ref()) {
        if !named.contains(&id.value.as_str()) {
            named.push(&id.value);
        }
    }
    let model = cx.model();
    if named.is_empty() {
        let of_stores = |s: &&crate::model::sop::Sop| {
            s.phase.as_ref().is_some_and(|p| p.value == SopPhase::Execution) && !s.modes.is_empty()
        };
        named.extend(model.sops.iter().filter(of_stores).map(|s| s.id.as_str()));
    }
    let sheet = |id: &str| {
        let items = campaign.checklist.iter().filter(|i| i.sop.as_str() == id);
        let line = |item: &crate::model::checklist::Item| Line {
            time: item.at.clone(),
            what: cx.words(&item.text),
            measure: item.measure.clone(),
            must: item.must,
        };
        Sheet { title: cx.named(model.sop(id).map(|s| &s.title), id), items: items.map(line).collect() }
    };
    named.into_iter().map(sheet).filter(|s| !s.items.is_empty()).collect()
}

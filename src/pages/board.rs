//! `board/`: every campaign in preparation or live, with what moves and what is missing (MON-8, MIL-14).

use super::{parts, routes};
use crate::base::{Date, Share};
use crate::model::alert;
use crate::model::campaign::{Campaign, Material};
use crate::model::gauge::time::deviation;
use crate::model::measure::process;
use crate::model::milestone::{Schedule, Standing, standing};
use crate::plan::{Cx, Day, Ground, Page, Planned, Ref, Shelf, Words};
use serde::Serialize;

/// One page, while any campaign has dates.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    if ground.model.dated().next().is_none() {
        return Vec::new();
    }
    vec![Planned::page(routes::board(), "board.html", view).more(Shelf::Running, 5, "board")]
}

/// Everything `board.html` can see.
#[derive(Serialize)]
struct View {
    campaigns: Vec<Column>,
}

/// One campaign.
#[derive(Serialize)]
struct Column {
    campaign: Ref,
    dates: String,
    phase: Option<Words>,
    colour: &'static str,
    bar: Option<parts::PhaseBar>,
    /// Nodes done and all nodes; done in thousandths.
    done: usize,
    nodes: usize,
    share: usize,
    punctuality: Option<String>,
    /// Tasks late or open, of those due (MON-8).
    deviation: Option<String>,
    is_off: bool,
    late: Vec<Line>,
    needs: Vec<Line>,
    alerts: usize,
    alerts_href: Option<String>,
}

/// Something that is late or that must come.
#[derive(Serialize)]
struct Line {
    what: Ref,
    owner: Option<Ref>,
    due: Day,
    state: parts::State,
}

/// A campaign is on the board from the first day of its plan to the last of its phases.
fn is_on_board(schedule: &Schedule, today: Date) -> bool {
    let last = schedule.phases.iter().map(|p| p.days.last).max().unwrap_or(schedule.window.last);
    schedule.first <= today && today <= last
}

fn view(cx: &Cx<'_>) -> Page {
    let today = cx.today();
    let shown = cx.model().dated().filter(|(_, schedule)| is_on_board(schedule, today));
    let view = View { campaigns: shown.map(|(campaign, schedule)| column(cx, campaign, schedule)).collect() };
    Page::new(cx.t("board"), view).about(cx.t("board-about"))
}

fn column(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule) -> Column {
    let today = cx.today();
    let done = schedule.milestones.iter().filter(|m| m.done.is_some()).count();
    let nodes = schedule.milestones.len();
    let phase = schedule.phases.iter().position(|p| p.days.contains(today));
    let (off, due) = deviation(campaign, today);
    let share = Share::of(i128::try_from(off).unwrap_or(0), i128::try_from(due).unwrap_or(0));
    let alerts = alert::of_campaign(cx.model(), campaign).iter().filter(|a| a.is_open()).count();
    Column {
        campaign: parts::campaign(cx, campaign),
        dates: cx.range_short(schedule.window),
        phase: phase.map(|i| cx.words(&schedule.phases[i].name)),
        colour: phase.map_or("startup", |i| parts::phase_colour(schedule, i)),
        bar: parts::phase_bar(cx, schedule),
        done,
        nodes,
        share: done * 1000 / nodes.max(1),
        punctuality: process(campaign, today).punctuality().map(|s| cx.percent_short(s)),
        deviation: share.map(|s| cx.percent_short(s)),
        is_off: off > 0,
        late: late(cx, campaign, schedule),
        needs: needs(cx, campaign),
        alerts,
        alerts_href: cx.href(&routes::campaign_part(campaign.id.as_str(), "kpis")),
    }
}

fn late(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule) -> Vec<Line> {
    let timeline = routes::campaign_part(campaign.id.as_str(), "timeline");
    let overdue = schedule.milestones.iter().filter_map(|node| match node.standing(cx.today()) {
        standing @ Standing::Overdue { .. } => Some((node, standing)),
        _ => None,
    });
    let line = |(node, standing): (&crate::model::milestone::Milestone, Standing)| {
        let name = node.task.as_ref().map_or_else(|| Words::from(node.id.as_str()), |task| cx.words(task));
        Line {
            what: cx.link(name, &timeline),
            owner: parts::owner(cx, node.owner.as_ref()),
            due: cx.day(node.due),
            state: parts::state(cx, standing),
        }
    };
    overdue.map(line).collect()
}

/// Materials that are not there and hand-overs that nobody has taken, by date.
fn needs(cx: &Cx<'_>, campaign: &Campaign) -> Vec<Line> {
    let id = campaign.id.as_str();
    let material = |m: &Material| {
        let due = m.due.filter(|_| m.ready.is_none())?;
        let line = Line {
            what: cx.link(cx.words(&m.name), &routes::campaign(id)),
            owner: parts::owner(cx, m.owner.as_ref()),
            due: cx.day(due),
            state: parts::state(cx, standing(due, None, cx.today())),
        };
        Some((due, line))
    };
    let handover = |h: &crate::model::handover::Handover| {
        h.accepted.is_none().then(|| {
            let line = Line {
                what: cx.link(cx.words(&h.item), &routes::campaign_part(id, "timeline")),
                owner: None,
                due: cx.day(h.due),
                state: parts::state(cx, standing(h.due, None, cx.today())),
            };
            (h.due, line)
        })
    };
    let mut needs: Vec<(Date, Line)> =
        campaign.materials.iter().filter_map(material).chain(campaign.handovers.iter().filter_map(handover)).collect();
    needs.sort_by_key(|(due, _)| *due);
    needs.into_iter().map(|(_, line)| line).collect()
}

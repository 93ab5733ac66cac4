//! `board/`: every campaign by where it stands (CAL-12), and what moves and what is missing in those that are under way (MON-8,
//! MIL-14).

use super::axes::{Axis, State};
use super::calendar::{self, Slot, Tab, slot};
use super::filter::{Data, Filter, Maker};
use super::{parts, routes};
use crate::base::{Date, Share};
use crate::model::alert;
use crate::model::campaign::{Campaign, Material};
use crate::model::gauge::time::deviation;
use crate::model::measure::process;
use crate::model::milestone::{Schedule, Standing, standing};
use crate::plan::{Cx, Day, Ground, Page, Planned, Ref, Section, Shelf, Words};
use serde::Serialize;

/// One page, while any campaign has dates.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    if ground.model.dated().next().is_none() {
        return Vec::new();
    }
    vec![
        Planned::page(routes::board(), "board.html", view)
            .more(Shelf::Running, 5, "board")
            .section(Section::Calendar)
            .alias(routes::pipeline()),
    ]
}

/// Everything `board.html` can see.
#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    filter: Filter,
    columns: Vec<Column>,
    /// What moves and what is missing in campaigns that are under way, the late ones first.
    details: Vec<Detail>,
    /// Campaigns under way without details here.
    more: usize,
}

/// The campaigns that stand alike.
#[derive(Serialize)]
struct Column {
    /// Key `board-<word>`, `board-<word>-note`.
    word: &'static str,
    tone: &'static str,
    count: usize,
    cards: Vec<Card>,
    /// Cards that are left off, and where they stand.
    more: usize,
    more_href: Option<String>,
}

/// One campaign in its column.
#[derive(Serialize)]
struct Card {
    id: String,
    campaign: Ref,
    is_off: bool,
    slot: Option<Slot>,
    dates: String,
    distance: String,
    owner: Option<Ref>,
    bar: Option<parts::PhaseBar>,
    overdue: usize,
    nodes: usize,
    done: usize,
    next: Option<Next>,
    review: Option<Words>,
    data: Data,
}

/// The node that comes next.
#[derive(Serialize)]
struct Next {
    day: Day,
    what: Words,
}

/// One campaign that is under way.
#[derive(Serialize)]
struct Detail {
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
    let room = |figure: &str| cx.model().policy.room(figure);
    let mut maker = Maker::new(cx);
    let mut by_state: Vec<(State, Vec<(&Campaign, &Schedule)>)> =
        State::ALL.into_iter().filter(|s| *s != State::Undated).map(|state| (state, Vec::new())).collect();
    for (campaign, schedule) in cx.model().scheduled() {
        let state = State::of(cx, campaign);
        if let Some((_, list)) = by_state.iter_mut().find(|(s, _)| *s == state) {
            list.push((campaign, schedule));
        }
    }
    // Most years call nothing off.
    by_state.retain(|(state, list)| *state != State::CalledOff || !list.is_empty());
    let counts: Vec<usize> = by_state.iter().map(|(_, list)| list.len()).collect();
    let cap = calendar::fair(&counts, room("board-cards"));
    let mut columns = Vec::new();
    for (state, mut list) in by_state {
        // What is over is looked up from its end.
        if matches!(state, State::Review | State::Closed | State::CalledOff) {
            list.reverse();
        }
        let cards = list.iter().take(cap).map(|(campaign, schedule)| card(cx, campaign, schedule, &mut maker));
        columns.push(Column {
            word: state.word(),
            tone: state.tone(),
            count: list.len(),
            cards: cards.collect(),
            more: list.len().saturating_sub(cap),
            more_href: cx.href(&Axis::State.route()).map(|href| format!("{href}#{}", state.word())),
        });
    }
    let mut shown: Vec<(&Campaign, &Schedule)> =
        cx.model().dated().filter(|(_, schedule)| is_on_board(schedule, today)).collect();
    let overdue = |schedule: &Schedule| {
        schedule.milestones.iter().filter(|m| matches!(m.standing(today), Standing::Overdue { .. })).count()
    };
    shown.sort_by_key(|(_, schedule)| (std::cmp::Reverse(overdue(schedule).min(1)), schedule.window.first));
    let most = room("board-details");
    let fields = [Axis::Owner, Axis::Department, Axis::Channel, Axis::Slot, Axis::Scale, Axis::Mode, Axis::Tag];
    let view = View {
        tabs: calendar::tabs(cx, today),
        columns,
        details: shown.iter().take(most).map(|(campaign, schedule)| detail(cx, campaign, schedule)).collect(),
        more: shown.len().saturating_sub(most),
        filter: maker.form("_board", &fields.map(Axis::word), &[], false),
    };
    Page::new(cx.t("board"), view).about(cx.t("board-about"))
}

fn card(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule, maker: &mut Maker<'_, '_>) -> Card {
    let today = cx.today();
    let standings = || schedule.milestones.iter().map(|m| (m, m.standing(today)));
    let next = standings().find(|(_, s)| matches!(s, Standing::Open { .. })).map(|(node, _)| node);
    let review = cx.model().policy.rows.review.as_ref();
    let status = campaign.postmortem.as_ref().and_then(|p| p.status.as_ref());
    let window = schedule.window;
    Card {
        id: campaign.id.as_str().to_owned(),
        campaign: parts::campaign(cx, campaign),
        is_off: campaign.called_off.is_some(),
        slot: slot(cx, campaign),
        dates: cx.range_short(window),
        distance: if today < window.first {
            cx.distance(window.first)
        } else if today > window.last {
            cx.distance(window.last)
        } else {
            cx.tf("day-of", &[("n", &(window.first.until(today) + 1)), ("all", &window.days())])
        },
        owner: parts::owner(cx, campaign.owner.as_ref()),
        bar: parts::phase_bar(cx, campaign),
        overdue: standings().filter(|(_, s)| matches!(s, Standing::Overdue { .. })).count(),
        nodes: schedule.milestones.len(),
        done: schedule.milestones.iter().filter(|m| m.done.is_some()).count(),
        next: next.map(|node| Next {
            day: cx.day(node.due),
            what: node.task.as_ref().map_or_else(|| node.id.as_str().into(), |t| cx.words(t)),
        }),
        review: match parts::called_off(cx, campaign) {
            Some(off) => Some(off.into()),
            None => status.filter(|_| State::of(cx, campaign) == State::Review).map(|status| {
                cx.named(review.and_then(|r| r.statuses.find(&status.value)).map(|row| &row.name), &status.value)
            }),
        },
        data: maker.campaign(campaign),
    }
}

fn detail(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule) -> Detail {
    let today = cx.today();
    let done = schedule.milestones.iter().filter(|m| m.done.is_some()).count();
    let nodes = schedule.milestones.len();
    let phase = schedule.phases.iter().position(|p| p.days.contains(today));
    let (off, due) = deviation(campaign, today);
    let share = Share::of(i128::try_from(off).unwrap_or(0), i128::try_from(due).unwrap_or(0));
    let alerts = alert::of_campaign(cx.model(), campaign).iter().filter(|a| a.is_open()).count();
    Detail {
        campaign: parts::campaign(cx, campaign),
        dates: cx.range_short(schedule.window),
        phase: phase.map(|i| cx.words(&schedule.phases[i].name)),
        colour: phase.map_or("startup", |i| parts::phase_colour(campaign, schedule, i)),
        bar: parts::phase_bar(cx, campaign),
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

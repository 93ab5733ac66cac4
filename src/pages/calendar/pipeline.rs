//! `calendar/pipeline/`: campaigns being planned, running, and under review on one day (CAL-12).

use super::year::standing;
use super::{Slot, Tab, slot, tabs};
use crate::model::campaign::Campaign;
use crate::model::measure::{Lane, lane};
use crate::model::milestone::{Schedule, Standing};
use crate::pages::parts::{self, PhaseBar};
use crate::pages::routes;
use crate::plan::{Cx, Day, Page, Planned, Ref, Words};
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>() -> Planned<'a> {
    Planned::page(routes::pipeline(), "calendar-pipeline.html", view)
}

/// Everything `calendar-pipeline.html` can see.
#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    lanes: Vec<LaneView>,
    closed: usize,
}

#[derive(Serialize)]
struct LaneView {
    title: String,
    tone: &'static str,
    note: String,
    cards: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    campaign: Ref,
    slot: Option<Slot>,
    dates: String,
    distance: String,
    owner: Option<Ref>,
    bar: Option<PhaseBar>,
    overdue: usize,
    next: Option<Next>,
    status: Option<Words>,
}

#[derive(Serialize)]
struct Next {
    day: Day,
    what: Words,
    state: parts::State,
}

fn view(cx: &Cx<'_>) -> Page {
    let today = cx.today();
    let policy = &cx.model().policy;
    let mut lanes: [Vec<Card>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    let mut closed = 0;
    for (campaign, schedule) in cx.model().dated() {
        let place = match lane(campaign, policy, today) {
            Some(Lane::Planned) => 0,
            Some(Lane::Running) => 1,
            Some(Lane::Reviewed) => 2,
            Some(Lane::Closed) => {
                closed += 1;
                continue;
            }
            None => continue,
        };
        lanes[place].push(card(cx, campaign, schedule));
    }
    let heads = [
        ("open", cx.t("lane-planned"), cx.t("lane-planned-note")),
        ("today", cx.t("lane-running"), cx.t("lane-running-note")),
        ("late", cx.t("lane-reviewed"), cx.t("lane-reviewed-note")),
    ];
    let lane = |((tone, title, note), cards): ((&'static str, &str, &str), Vec<Card>)| LaneView {
        title: title.to_owned(),
        tone,
        note: note.to_owned(),
        cards,
    };
    let view = View { tabs: tabs(cx, today), lanes: heads.into_iter().zip(lanes).map(lane).collect(), closed };
    Page::new(cx.t("calendar-pipeline"), view)
        .under(cx.tf("calendar-year-title", &[("year", &today.year())]), routes::year(today.year()))
        .about(cx.t("calendar-pipeline-about"))
}

fn card(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule) -> Card {
    let today = cx.today();
    let is_overdue = |s: Standing| matches!(s, Standing::Overdue { .. });
    let overdue = schedule.milestones.iter().filter(|m| is_overdue(m.standing(today))).count();
    let next = schedule.milestones.iter().find(|m| matches!(m.standing(today), Standing::Open { .. }));
    let review = cx.model().policy.rows.review.as_ref();
    let status = campaign.postmortem.as_ref().and_then(|p| p.status.as_ref()).map(|status| {
        cx.named(review.and_then(|r| r.statuses.find(&status.value)).map(|row| &row.name), &status.value)
    });
    Card {
        campaign: parts::campaign(cx, campaign),
        slot: slot(cx, campaign),
        dates: cx.range_short(schedule.window),
        distance: match standing(cx, campaign, today) {
            Some(_) if today < schedule.window.first => cx.distance(schedule.window.first),
            Some(_) if today > schedule.window.last => cx.distance(schedule.window.last),
            _ => {
                let day = schedule.window.first.until(today) + 1;
                cx.tf("day-of", &[("n", &day), ("all", &schedule.window.days())])
            }
        },
        owner: parts::owner(cx, campaign.owner.as_ref()),
        bar: parts::phase_bar(cx, schedule),
        overdue,
        next: next.map(|node| Next {
            day: cx.day(node.due),
            what: node.task.as_ref().map_or_else(|| node.id.as_str().into(), |t| cx.words(t)),
            state: parts::state(cx, node.standing(today)),
        }),
        status,
    }
}

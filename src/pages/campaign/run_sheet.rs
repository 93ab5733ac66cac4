//! `campaigns/<id>/run-sheet/`: the live days hour by hour, with who is on duty (SOP-4, SOP-9).

use super::{At, Head, Part, offset, page, parts, role, task};
use crate::base::Date;
use crate::model::campaign::Campaign;
use crate::model::milestone::Schedule;
use crate::pages::places;
use crate::plan::{Cx, Day, Page, Ref, Words};
use crate::policy::SopPhase;
use serde::Serialize;
use std::collections::BTreeSet;

/// Everything `campaign/run-sheet.html` can see.
#[derive(Serialize)]
struct View {
    head: Head,
    days: Vec<SheetDay>,
}

/// A day of the sheet.
#[derive(Serialize)]
struct SheetDay {
    /// Id of its heading: the date.
    day: Day,
    offset: String,
    holiday: Option<Words>,
    is_today: bool,
    is_past: bool,
    nodes: Vec<Ref>,
    duties: Vec<OnDuty>,
    rows: Vec<Row>,
    /// Items of procedures that have a day and no hour.
    any_time: Vec<Row>,
}

/// Somebody on duty.
#[derive(Serialize)]
struct OnDuty {
    person: Ref,
    shift: Option<Words>,
}

/// Something that happens.
#[derive(Serialize)]
struct Row {
    time: String,
    what: Words,
    owner: Option<Ref>,
    role: Option<Words>,
    /// The procedure that asks for it; none for a row of the campaign's own.
    sop: Option<Ref>,
    must: bool,
    measure: Option<String>,
    is_done: bool,
}

pub(super) fn view(at: &At<'_>, cx: &Cx<'_>) -> Page {
    let campaign = at.campaign;
    let days = campaign.schedule.as_ref().map(|s| sheet(cx, campaign, s)).unwrap_or_default();
    page(cx, campaign, Part::RunSheet, View { head: Head::of(cx, at, Part::RunSheet), days })
}

/// From T to Z, and any other day that the campaign's own rows name.
fn sheet(cx: &Cx<'_>, campaign: &Campaign, schedule: &Schedule) -> Vec<SheetDay> {
    let mut days: BTreeSet<Date> = schedule.window.iter().collect();
    days.extend(campaign.run.iter().map(|r| r.day));
    days.extend(campaign.checklist.iter().filter(|i| i.at.is_some()).filter_map(|i| i.due));
    let calendar = cx.model().calendar_of(campaign);
    let timeline = Part::Timeline.route(campaign);
    let node = |node: &crate::model::milestone::Milestone| {
        let Words { text, lang } = task(cx, node);
        Ref { text, lang, href: cx.href_to(&timeline, node.id.as_str()) }
    };
    let day = |day: Date| SheetDay {
        day: cx.day(day),
        offset: offset(schedule, day),
        holiday: calendar.holiday(day).map(|h| cx.words(h)),
        is_today: day == cx.today(),
        is_past: day < cx.today(),
        nodes: schedule.milestones.iter().filter(|m| m.due == day).map(node).collect(),
        duties: campaign
            .duties
            .iter()
            .filter(|d| d.from <= day && day <= d.to)
            .map(|d| OnDuty {
                person: parts::person(cx, &d.person.value),
                shift: d.shift.as_ref().map(|s| cx.words(s)),
            })
            .collect(),
        rows: timed(cx, campaign, day),
        any_time: items(cx, campaign, day, false),
    };
    days.into_iter().map(day).collect()
}

/// Rows of the campaign and items of procedures by hour; the campaign's own first.
fn timed(cx: &Cx<'_>, campaign: &Campaign, day: Date) -> Vec<Row> {
    let own = campaign.run.iter().filter(|r| r.day == day).map(|run| Row {
        time: run.time.clone(),
        what: cx.words(&run.what),
        owner: parts::owner(cx, run.owner.as_ref()),
        role: None,
        sop: None,
        must: false,
        measure: None,
        is_done: false,
    });
    let mut rows: Vec<Row> = own.chain(items(cx, campaign, day, true)).collect();
    rows.sort_by(|a, b| a.time.cmp(&b.time));
    rows
}

/// Items of procedures due on a day: those with an hour, or those of the live phase without.
fn items(cx: &Cx<'_>, campaign: &Campaign, day: Date, with_hour: bool) -> Vec<Row> {
    let fits = |item: &&crate::model::checklist::Item| {
        item.due == Some(day) && item.at.is_some() == with_hour && (with_hour || item.phase == SopPhase::Execution)
    };
    let row = |item: &crate::model::checklist::Item| {
        let title = cx.named(cx.model().sop(item.sop.as_str()).map(|s| &s.title), item.sop.as_str());
        Row {
            time: item.at.clone().unwrap_or_default(),
            what: cx.words(&item.text),
            owner: parts::owner(cx, item.owner.as_ref()),
            role: item.role.as_deref().map(|r| role(cx, r)),
            sop: Some(Ref { text: title.text, lang: title.lang, href: places::checkpoint(cx, item) }),
            must: item.must,
            measure: item.measure.clone(),
            is_done: item.done.is_some(),
        }
    };
    campaign.checklist.iter().filter(fits).map(row).collect()
}

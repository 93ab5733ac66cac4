//! Calendars to subscribe to: everything, a year, a campaign, a department, a person, a role (CAL-1).

use super::entries::Entries;
use super::ics::{self, Feed};
use crate::base::{Date, Id, Spanned};
use crate::model::campaign::Campaign;
use crate::model::person::Person;
use crate::model::work::{self, Work};
use crate::pages::routes;
use crate::plan::{Cx, Ground, Planned};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every feed there is.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let model = ground.model;
    let work = Arc::new(work::by_owner(model));
    let mut planned = vec![Planned::bytes(routes::feed(), |cx| {
        let entries = Entries::new(cx);
        let since = since(cx);
        let stretches = model.programmes.iter().flat_map(|p| entries.programme(p)).filter(|e| e.days.last >= since);
        let reaches = |c: &&Campaign| c.schedule.as_ref().is_some_and(|s| s.last >= since);
        let campaigns = model.campaigns.iter().filter(reaches).flat_map(|c| entries.campaign(c));
        let obligations = entries.obligations(None, since);
        feed(cx, cx.plain(&model.settings.title), stretches.chain(campaigns).chain(obligations).collect())
    })];
    for programme in &model.programmes {
        for id in with_earlier(&programme.id, &programme.aliases) {
            planned.push(Planned::bytes(routes::programme_feed(id.as_str()), move |cx| {
                let entries = Entries::new(cx);
                let campaigns = model.campaigns_of(programme).flat_map(|c| entries.campaign(c));
                let first = Date::new(programme.year, 1, 1).filter(|_| programme.year == model.as_of.year());
                let obligations = first.map(|day| entries.obligations(None, day)).unwrap_or_default();
                let all = entries.programme(programme).into_iter().chain(campaigns).chain(obligations).collect();
                feed(cx, named(cx, &cx.plain(&programme.title)), all)
            }));
        }
    }
    for campaign in &model.campaigns {
        for id in with_earlier(&campaign.id, &campaign.aliases) {
            let feed = Planned::bytes(routes::campaign_feed(id.as_str()), move |cx| {
                feed(cx, named(cx, &cx.plain(&campaign.title)), Entries::new(cx).campaign_in_full(campaign))
            });
            planned.push(feed.from(format!("campaign `{}`", campaign.id), campaign.span));
        }
    }
    for person in model.people.values() {
        for id in with_earlier(&person.id, &person.aliases) {
            let work = Arc::clone(&work);
            planned.push(Planned::bytes(routes::person_feed(id.as_str()), move |cx| {
                let entries = Entries::new(cx);
                let (alone, since) = ([person], since(cx));
                let windows = windows_of(cx, &alone).flat_map(|c| entries.window(c));
                let mine = of(&work, person).iter().filter(|w| is_recent(w, since));
                let mine = mine.filter_map(|w| entries.work(w, false));
                let obligations = entries.obligations(Some(&alone), since);
                let off = called_off(cx, &entries, |w| w.owner == person.id.as_str(), false);
                let all = windows.chain(mine).chain(obligations).chain(off).collect();
                feed(cx, named(cx, &cx.plain(&person.name)), all)
            }));
        }
    }
    for department in model.departments.values() {
        for id in with_earlier(&department.id, &department.aliases) {
            let work = Arc::clone(&work);
            planned.push(Planned::bytes(routes::department_feed(id.as_str()), move |cx| {
                let people: Vec<&Person> = model.people.values().filter(|p| belongs(p, &department.id)).collect();
                let (entries, since) = (Entries::new(cx), since(cx));
                let windows = windows_of(cx, &people).flat_map(|c| entries.window(c));
                let ours = people.iter().flat_map(|p| of(&work, p)).filter(|w| is_recent(w, since));
                let ours = ours.filter_map(|w| entries.work(w, true));
                let obligations = entries.obligations(Some(&people), since);
                let off = called_off(cx, &entries, |w| people.iter().any(|p| p.id.as_str() == w.owner), true);
                let all = windows.chain(ours).chain(obligations).chain(off).collect();
                feed(cx, named(cx, &cx.plain(&department.name)), all)
            }));
        }
    }
    let by_role = Arc::new(work::by_role(model));
    for (id, role) in model.policy.rows.roles.iter().filter(|(id, _)| Id::new(id).is_some()) {
        let work = Arc::clone(&by_role);
        planned.push(Planned::bytes(routes::role_feed(id), move |cx| {
            let (entries, since) = (Entries::new(cx), since(cx));
            let ours = work.get(id).into_iter().flatten().filter(|w| is_recent(w, since));
            let ours = ours.filter_map(|w| entries.work(w, !w.owner.is_empty()));
            let off = called_off(cx, &entries, |w| work::role_of_work(model, w) == Some(id), true);
            feed(cx, named(cx, &cx.plain(&role.name)), ours.chain(off).collect())
        }));
    }
    planned
}

/// An id and those it had before: whoever subscribed under one of them stays subscribed, for calendar programs follow no
/// HTML redirect.
fn with_earlier<'a>(id: &'a Id, earlier: &'a [Spanned<Id>]) -> impl Iterator<Item = &'a Id> {
    std::iter::once(id).chain(earlier.iter().map(|alias| &alias.value))
}

fn belongs(person: &Person, department: &Id) -> bool {
    person.department.as_ref().is_some_and(|d| d.value == department.as_str())
}

fn of<'w, 'a>(work: &'w BTreeMap<&str, Vec<Work<'a>>>, person: &Person) -> &'w [Work<'a>] {
    work.get(person.id.as_str()).map_or(&[], Vec::as_slice)
}

/// The first day that calendars over many campaigns show: programs grow slow, or give up, on years of events.
fn since(cx: &Cx<'_>) -> Date {
    cx.today().plus(-cx.model().policy.figure("feed-past-days"))
}

/// What was called off not long ago and would have been somebody's.
fn called_off(
    cx: &Cx<'_>,
    entries: &Entries<'_, '_>,
    is_theirs: impl Fn(&Work<'_>) -> bool,
    names_owner: bool,
) -> Vec<ics::Entry> {
    let all = cx.model().campaigns.iter().flat_map(work::called_off);
    all.filter(|w| is_theirs(w)).filter_map(|w| entries.called_off(&w, names_owner)).collect()
}

fn is_recent(work: &Work<'_>, since: Date) -> bool {
    work.days.is_some_and(|days| days.last >= since)
}

/// The campaigns, of those not long past, that one of these people owns or has a role in.
fn windows_of<'c, 'a>(cx: &'c Cx<'a>, people: &'c [&Person]) -> impl Iterator<Item = &'a Campaign> + use<'c, 'a> {
    let is_one = |name: &str| people.iter().any(|p| p.id.as_str() == name);
    let since = since(cx);
    let is_recent = move |c: &&Campaign| c.schedule.as_ref().is_some_and(|s| s.window.last >= since);
    let takes_part = move |c: &&Campaign| {
        c.owner.as_ref().is_some_and(|o| is_one(&o.value)) || c.team.iter().any(|(_, p)| is_one(&p.value))
    };
    cx.model().campaigns.iter().filter(is_recent).filter(takes_part)
}

/// `Cenli campaign playbook · Lin Yue`: many feeds of one site stand side by side in a calendar program.
fn named(cx: &Cx<'_>, name: &str) -> String {
    let site = cx.plain(&cx.model().settings.title);
    cx.tf("feed-name", &[("site", &site), ("name", &name)])
}

/// The bytes of a feed, its events in order of date.
fn feed(cx: &Cx<'_>, name: String, mut entries: Vec<ics::Entry>) -> Vec<u8> {
    entries.sort_by(|a, b| (a.days, &a.uid).cmp(&(b.days, &b.uid)));
    unique(&mut entries);
    let today = cx.today();
    let feed = Feed {
        name,
        description: cx.tf("feed-about", &[("date", &cx.date(today))]),
        lang: cx.lang().tag().to_owned(),
        refresh_hours: cx.model().policy.figure("feed-refresh-hours"),
        as_of: today,
        entries,
    };
    ics::write(&feed).into_bytes()
}

/// Two shifts of one person on one day, two materials of one name: the later ones are numbered.
fn unique(entries: &mut [ics::Entry]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let times = seen.entry(entry.uid.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            entry.uid = format!("{times}.{}", entry.uid);
        }
    }
}

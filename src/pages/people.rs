//! `people/`: everybody by department; `people/<id>/`: one person's work; `departments/<id>/`, `roles/<id>/`: the same of many.

mod me;
mod role;

use super::worklist::{self, Counts, Lists};
use super::{parts, routes};
use crate::base::Spanned;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::person::{Department, Person};
use crate::model::work::{self, Work};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Section, Words};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

type ByOwner<'a> = BTreeMap<&'a str, Vec<Work<'a>>>;

/// The index, a page for each person, each department and each role, and beside each what it tells "this is me".
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let model = ground.model;
    let work = Arc::new(work::by_owner(model));
    let by_role = Arc::new(work::by_role(model));
    let (shared, for_index, roles_for_index) = (Arc::clone(&work), Arc::clone(&work), Arc::clone(&by_role));
    let mut planned = vec![
        Planned::page(routes::people(), "people.html", move |cx| index(&for_index, &roles_for_index, cx))
            .entry(Section::People)
            .shows("content/people.toml")
            .shows("content/departments.toml"),
    ];
    for person in model.people.values() {
        let work = Arc::clone(&work);
        planned.push(
            Planned::page(routes::person(person.id.as_str()), "person.html", move |cx| one_person(person, &work, cx))
                .section(Section::People)
                .aliases(&person.aliases, routes::person)
                .from(format!("person `{}`", person.id), person.span),
        );
        planned.push(me::of_person(person, &shared));
        let route = routes::person(person.id.as_str());
        planned.extend(worklist::plan_all(&route, &person.name, of(&shared, person), false, model));
    }
    for department in model.departments.values() {
        let work = Arc::clone(&work);
        let route = routes::department(department.id.as_str());
        planned.push(
            Planned::page(route, "department.html", move |cx| one_department(department, &work, cx))
                .section(Section::People)
                .aliases(&department.aliases, routes::department)
                .from(format!("department `{}`", department.id), department.span),
        );
        planned.push(me::of_department(department, &shared));
        let route = routes::department(department.id.as_str());
        planned.extend(worklist::plan_all(
            &route,
            &department.name,
            &of_all(members(department, model), &shared),
            true,
            model,
        ));
    }
    planned.extend(role::plan(ground, &by_role));
    planned
}

/// Everything `people.html` can see.
#[derive(Serialize)]
struct Index {
    departments: Vec<DepartmentRow>,
    /// People whose department is not known.
    others: Vec<PersonRow>,
    /// Leavers.
    former: Vec<PersonRow>,
    roles: Vec<role::Row>,
}

#[derive(Serialize)]
struct DepartmentRow {
    id: String,
    name: Ref,
    lead: Option<Ref>,
    duty: Option<Words>,
    people: Vec<PersonRow>,
    /// How many there are, where not all of them are shown.
    count: usize,
}

#[derive(Serialize)]
struct PersonRow {
    name: Ref,
    title: Option<Words>,
    counts: Counts,
    is_lead: bool,
}

fn index(work: &ByOwner<'_>, by_role: &ByOwner<'_>, cx: &Cx<'_>) -> Page {
    let model = cx.model();
    // Of very many people the index names those who lead.
    let is_short = model.people.values().filter(|p| p.active).count() > model.policy.room("people-rows");
    let departments = model.departments.values().map(|department| DepartmentRow {
        id: department.id.as_str().to_owned(),
        name: cx.link(cx.words(&department.name), &routes::department(department.id.as_str())),
        lead: parts::owner(cx, department.lead.as_ref()),
        duty: department.duty.as_ref().map(|d| cx.words(d)),
        people: members(department, model)
            .filter(|p| p.active && (!is_short || leads(p, department)))
            .map(|p| person_row(p, Some(department), work, cx))
            .collect(),
        count: members(department, model).filter(|p| p.active).count(),
    });
    let is_known =
        |p: &&Person| p.department.as_ref().is_some_and(|d| model.departments.contains_key(d.value.as_str()));
    let row = |p: &Person| person_row(p, None, work, cx);
    let view = Index {
        departments: departments.collect(),
        others: model.people.values().filter(|p| p.active && !is_known(p)).map(row).collect(),
        former: model.people.values().filter(|p| !p.active).map(row).collect(),
        roles: role::rows(by_role, cx),
    };
    Page::new(cx.t("nav-people"), view).about(cx.t("people-about")).edited_in("content/people.toml", 1)
}

/// People of a department, its lead first, then in order of the file's ids.
fn members<'a>(department: &'a Department, model: &'a Model) -> impl Iterator<Item = &'a Person> + Clone {
    let belongs = |p: &&Person| p.department.as_ref().is_some_and(|d| d.value == department.id.as_str());
    let mut people: Vec<&Person> = model.people.values().filter(belongs).collect();
    people.sort_by_key(|p| !leads(p, department));
    people.into_iter()
}

fn leads(person: &Person, department: &Department) -> bool {
    department.lead.as_ref().is_some_and(|lead| lead.value == person.id.as_str())
}

fn person_row(person: &Person, department: Option<&Department>, work: &ByOwner<'_>, cx: &Cx<'_>) -> PersonRow {
    PersonRow {
        name: parts::person(cx, person.id.as_str()),
        title: person.title.as_ref().map(|t| cx.words(t)),
        counts: Counts::of(of(work, person), cx.today()),
        is_lead: department.is_some_and(|d| leads(person, d)),
    }
}

fn of<'w, 'a>(work: &'w ByOwner<'a>, person: &Person) -> &'w [Work<'a>] {
    work.get(person.id.as_str()).map_or(&[], Vec::as_slice)
}

/// The work of several people in order of date.
fn of_all<'a, 'p>(people: impl Iterator<Item = &'p Person>, work: &ByOwner<'a>) -> Vec<Work<'a>> {
    let mut ours: Vec<Work<'a>> = people.flat_map(|p| of(work, p)).copied().collect();
    ours.sort_by_key(|w| (w.days.is_none(), w.days));
    ours
}

/// Everything `person.html` can see.
#[derive(Serialize)]
struct PersonView {
    title: Option<Words>,
    department: Option<Ref>,
    email: Option<String>,
    is_former: bool,
    today: String,
    counts: Counts,
    work: Lists,
    /// Campaigns they take part in, the newest first.
    campaigns: Vec<Part>,
    /// How many older ones are not shown.
    more_campaigns: usize,
    sops: Vec<Ref>,
    me: me::Button,
    feed: Option<parts::Subscription>,
}

/// A campaign somebody takes part in.
#[derive(Serialize)]
struct Part {
    campaign: Ref,
    days: Option<String>,
    roles: Vec<String>,
    /// `past`, `now` or `next`.
    when: &'static str,
}

fn one_person(person: &Person, work: &ByOwner<'_>, cx: &Cx<'_>) -> Page {
    let model = cx.model();
    let department = person.department.as_ref();
    let named = |id: &Spanned<String>| match model.departments.get(id.value.as_str()) {
        Some(department) => cx.link(cx.words(&department.name), &routes::department(&id.value)),
        None => Ref { text: id.value.clone(), lang: None, href: None },
    };
    let id = person.id.as_str();
    let mine = of(work, person);
    let keeps = model.sops.iter().filter(|s| s.owner.as_ref().is_some_and(|o| o.value == id));
    let counts = Counts::of(mine, cx.today());
    let mut campaigns: Vec<Part> =
        model.campaigns.iter().rev().filter(|c| c.called_off.is_none()).filter_map(|c| part(c, id, cx)).collect();
    let more_campaigns = worklist::cut(&mut campaigns, cx);
    let view = PersonView {
        title: person.title.as_ref().map(|t| cx.words(t)),
        department: department.map(named),
        email: person.email.clone(),
        is_former: !person.active,
        today: cx.date(cx.today()),
        counts,
        work: Lists::of(mine, false, cx),
        campaigns,
        more_campaigns,
        sops: keeps.map(|s| cx.link(cx.words(&s.title), &routes::sop(s.id.as_str()))).collect(),
        me: me::Button::of(&routes::person(id), &person.name, cx),
        feed: parts::subscription(cx, &routes::person_feed(id)),
    };
    let name = cx.words(&person.name);
    let about = cx.tf("person-about", &[("name", &name.text)]);
    let page = Page::new(name, view).under(cx.t("nav-people"), routes::people()).about(about);
    edited(page, person.span, cx)
}

/// What a person does in a campaign; none when nothing.
fn part(campaign: &Campaign, person: &str, cx: &Cx<'_>) -> Option<Part> {
    let rows = &cx.model().policy.rows;
    let owns = campaign.owner.as_ref().is_some_and(|o| o.value == person);
    let mut roles: Vec<String> = owns.then(|| cx.t("role-owner").to_owned()).into_iter().collect();
    let mine = campaign.team.iter().filter(|(_, p)| p.value == person);
    roles.extend(mine.map(|(role, _)| cx.named(rows.roles.find(&role.value).map(|r| &r.name), &role.value).text));
    if roles.is_empty() {
        return None;
    }
    let window = campaign.schedule.as_ref().map(|s| s.window);
    let today = cx.today();
    let when = match window {
        Some(days) if days.last < today => "past",
        Some(days) if days.contains(today) => "now",
        _ => "next",
    };
    Some(Part { campaign: parts::campaign(cx, campaign), days: window.map(|w| cx.range(w)), roles, when })
}

/// Everything `department.html` can see.
#[derive(Serialize)]
struct DepartmentView {
    lead: Option<Ref>,
    duty: Option<Words>,
    people: Vec<PersonRow>,
    /// Roles that fall to its lead where a campaign names nobody.
    roles: Vec<Ref>,
    today: String,
    counts: Counts,
    work: Lists,
    me: me::Button,
    feed: Option<parts::Subscription>,
}

fn one_department(department: &Department, work: &ByOwner<'_>, cx: &Cx<'_>) -> Page {
    let rows = &cx.model().policy.rows;
    let people = members(department, cx.model());
    let ours = of_all(people.clone(), work);
    let id = department.id.as_str();
    let counts = Counts::of(&ours, cx.today());
    let view = DepartmentView {
        lead: parts::owner(cx, department.lead.as_ref()),
        duty: department.duty.as_ref().map(|d| cx.words(d)),
        people: people.filter(|p| p.active).map(|p| person_row(p, Some(department), work, cx)).collect(),
        roles: rows.roles.iter().filter(|(_, r)| r.department == id).map(|(role, _)| parts::role(cx, role)).collect(),
        today: cx.date(cx.today()),
        counts,
        work: Lists::of(&ours, true, cx),
        me: me::Button::of(&routes::department(id), &department.name, cx),
        feed: parts::subscription(cx, &routes::department_feed(id)),
    };
    let name = cx.words(&department.name);
    let about = cx.tf("department-about", &[("name", &name.text)]);
    let page = Page::new(name, view).under(cx.t("nav-people"), routes::people()).about(about);
    edited(page, department.span, cx)
}

/// Names the place of a register's row.
fn edited(page: Page, span: crate::base::Span, cx: &Cx<'_>) -> Page {
    let (path, line) = super::places::of(cx, span);
    page.edited_in(path, line)
}

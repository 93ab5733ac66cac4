//! `roles/<id>/`: what plans give to one role of policy, over all campaigns, and who holds it in which.

use super::super::worklist::{self, Counts, Lists};
use super::super::{parts, routes};
use super::{ByOwner, me};
use crate::base::Id;
use crate::model::campaign::Campaign;
use crate::model::work::Work;
use crate::plan::{Cx, Ground, Page, Planned, Ref, Section};
use crate::policy::Role;
use serde::Serialize;
use std::sync::Arc;

/// A page for each role whose id can be an address, and what it tells "this is me".
pub(super) fn plan<'a>(ground: &'a Ground<'a>, work: &Arc<ByOwner<'a>>) -> Vec<Planned<'a>> {
    let mut planned = Vec::new();
    for (id, role) in named(ground) {
        let shared = Arc::clone(work);
        planned.push(
            Planned::page(routes::role(id), "role.html", move |cx| view(id, role, &shared, cx))
                .section(Section::People)
                .from(format!("role `{id}`"), None),
        );
        planned.push(me::of_role(id, role, work));
        planned.extend(worklist::plan_all(&routes::role(id), &role.name, of(work, id), true, ground.model));
    }
    planned
}

fn named<'a>(ground: &'a Ground<'a>) -> impl Iterator<Item = (&'a str, &'a Role)> {
    ground.model.policy.rows.roles.iter().filter(|(id, _)| Id::new(id).is_some())
}

/// A role among others.
#[derive(Serialize)]
pub(super) struct Row {
    name: Ref,
    department: Ref,
    counts: Counts,
}

/// All roles, for the index.
pub(super) fn rows(work: &ByOwner<'_>, cx: &Cx<'_>) -> Vec<Row> {
    let row = |(id, role): (&str, &Role)| Row {
        name: parts::role(cx, id),
        department: parts::department(cx, &role.department),
        counts: Counts::of(of(work, id), cx.today()),
    };
    named(cx.ground()).map(row).collect()
}

/// The work of a role.
pub(super) fn of<'w, 'a>(work: &'w ByOwner<'a>, id: &str) -> &'w [Work<'a>] {
    work.get(id).map_or(&[], Vec::as_slice)
}

/// Everything `role.html` can see.
#[derive(Serialize)]
struct View {
    department: Ref,
    /// Who has it where a campaign names nobody.
    fallback: Option<Ref>,
    today: String,
    counts: Counts,
    work: Lists,
    /// Who has it in which campaign, the newest first.
    holders: Vec<Holder>,
    /// How many older campaigns are not shown.
    more_holders: usize,
    me: me::Button,
    feed: Option<parts::Subscription>,
}

/// Who has a role in a campaign.
#[derive(Serialize)]
struct Holder {
    campaign: Ref,
    days: Option<String>,
    person: Option<Ref>,
    /// Whether the campaign names them, and not policy.
    is_named: bool,
    is_live: bool,
}

fn view(id: &str, role: &Role, work: &ByOwner<'_>, cx: &Cx<'_>) -> Page {
    let model = cx.model();
    let mine = of(work, id);
    let lead = model.departments.get(role.department.as_str()).and_then(|d| d.lead.as_ref());
    let mut holders: Vec<Holder> =
        model.campaigns.iter().rev().filter(|c| c.called_off.is_none()).map(|c| holder(c, id, cx)).collect();
    let more_holders = worklist::cut(&mut holders, cx);
    let view = View {
        department: parts::department(cx, &role.department),
        fallback: parts::owner(cx, lead),
        today: cx.date(cx.today()),
        counts: Counts::of(mine, cx.today()),
        work: Lists::of(mine, true, cx),
        holders,
        more_holders,
        me: me::Button::of(&routes::role(id), &role.name, cx),
        feed: parts::subscription(cx, &routes::role_feed(id)),
    };
    let name = cx.words(&role.name);
    let about = cx.tf("role-about", &[("name", &name.text)]);
    Page::new(name, view).under(cx.t("nav-people"), routes::people()).about(about)
}

/// The team's, else the lead of the role's department, else the campaign's owner: as plans are bound.
fn holder(campaign: &Campaign, role: &str, cx: &Cx<'_>) -> Holder {
    let model = cx.model();
    let named = campaign.team.iter().find(|(r, _)| r.value == role).map(|(_, p)| p);
    let department = model.policy.rows.roles.find(role).map(|r| r.department.as_str());
    let lead = || department.and_then(|d| model.departments.get(d)).and_then(|d| d.lead.as_ref());
    let window = campaign.schedule.as_ref().map(|s| s.window);
    Holder {
        campaign: parts::campaign(cx, campaign),
        days: window.map(|w| cx.range(w)),
        person: parts::owner(cx, named.or_else(lead).or(campaign.owner.as_ref())),
        is_named: named.is_some(),
        is_live: window.is_some_and(|w| w.contains(cx.today())),
    }
}

//! `campaigns/by/<axis>/`: all campaigns in groups, without a script: by owner, department, role, channel, slot, scale, mode, tag.

use super::Views;
use crate::base::Id;
use crate::model::campaign::Campaign;
use crate::pages::axes::{Axis, State, Value};
use crate::pages::calendar::fair;
use crate::pages::{parts, routes};
use crate::plan::{Cx, Ground, Page, Planned, Ref, Section};
use serde::Serialize;
use std::collections::BTreeMap;

/// One page an axis, while there are campaigns.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    if ground.model.campaigns.is_empty() {
        return Vec::new();
    }
    let page = |axis: Axis| {
        Planned::page(axis.route(), "campaigns-by.html", move |cx| view(cx, axis)).section(Section::Campaigns)
    };
    Axis::ALL.into_iter().map(page).collect()
}

/// Everything `campaigns-by.html` can see.
#[derive(Serialize)]
struct View {
    views: Views,
    /// Campaigns that have nothing on this axis.
    without: usize,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    name: Ref,
    count: usize,
    rows: Vec<Row>,
    /// Campaigns that are left off.
    more: usize,
    /// The years they lie in: words and addresses of their tables, filtered.
    years: Vec<Ref>,
}

#[derive(Serialize)]
struct Row {
    campaign: Ref,
    dates: String,
    tone: &'static str,
    state: String,
    is_off: bool,
}

fn view(cx: &Cx<'_>, axis: Axis) -> Page {
    let mut groups: BTreeMap<String, (Value, Vec<&Campaign>)> = BTreeMap::new();
    let mut without = 0;
    // The latest first: what is over for years is looked up last.
    for campaign in cx.model().campaigns.iter().rev() {
        let values = axis.of(cx, campaign);
        without += usize::from(values.is_empty());
        for value in values {
            groups.entry(value.id.clone()).or_insert_with(|| (value, Vec::new())).1.push(campaign);
        }
    }
    let mut groups: Vec<(Value, Vec<&Campaign>)> = groups.into_values().collect();
    match axis {
        Axis::State => groups.sort_by_key(|(v, _)| State::ALL.iter().position(|s| s.word() == v.id)),
        _ => groups.sort_by(|(a, mine), (b, other)| (other.len(), &a.name, &a.id).cmp(&(mine.len(), &b.name, &b.id))),
    }
    let counts: Vec<usize> = groups.iter().map(|(_, list)| list.len()).collect();
    let cap = fair(&counts, usize::try_from(cx.model().policy.figure("axis-lines")).unwrap_or(usize::MAX));
    // The line that says one is missing would take the place of the one.
    let shown = |list: &[&Campaign]| if list.len() == cap + 1 { list.len() } else { list.len().min(cap) };
    let group = |(place, (value, list)): (usize, (Value, Vec<&Campaign>))| Group {
        id: Id::new(&value.id).map_or_else(|| format!("_{place}"), |id| id.as_str().to_owned()),
        years: if list.len() > shown(&list) { years(cx, axis, &value, &list) } else { Vec::new() },
        name: match value.route {
            Some(route) => cx.link(value.name, &route),
            None => Ref { text: value.name.text, lang: value.name.lang, href: None },
        },
        count: list.len(),
        rows: list.iter().take(shown(&list)).map(|c| row(cx, c)).collect(),
        more: list.len() - shown(&list),
    };
    let view = View { views: Views::of(cx), without, groups: groups.into_iter().enumerate().map(group).collect() };
    let name = cx.t(&format!("axis-{}", axis.word()));
    Page::new(cx.tf("campaigns-by", &[("axis", &name)]), view)
        .under(cx.t("nav-campaigns"), routes::campaigns())
        .about(cx.tf("campaigns-by-about", &[("axis", &name)]))
}

fn row(cx: &Cx<'_>, campaign: &Campaign) -> Row {
    let state = State::of(cx, campaign);
    Row {
        campaign: parts::campaign(cx, campaign),
        dates: campaign.schedule.as_ref().map(|s| cx.range(s.window)).unwrap_or_default(),
        tone: state.tone(),
        state: parts::called_off(cx, campaign).unwrap_or_else(|| cx.t(&format!("board-{}", state.word())).to_owned()),
        is_off: campaign.called_off.is_some(),
    }
}

/// The tables of the years of some campaigns, each filtered to one value; the latest first.
fn years(cx: &Cx<'_>, axis: Axis, value: &Value, campaigns: &[&Campaign]) -> Vec<Ref> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for schedule in campaigns.iter().filter_map(|c| c.schedule.as_ref()) {
        *counts.entry(schedule.window.first.year()).or_default() += 1;
    }
    let link = |(year, count): (i16, usize)| Ref {
        text: format!("{year} ({count})"),
        lang: None,
        href: cx.href(&super::table::route(year)).map(|href| format!("{href}?{}={}", axis.word(), encoded(&value.id))),
    };
    counts.into_iter().rev().map(link).collect()
}

/// A value in the query of an address.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

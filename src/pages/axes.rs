//! Ways to sort campaigns: by state, owner, department, role, channel, slot, scale, mode, goal, tag. What groups pages, filters and
//! columns is defined here once.

use super::campaign::overview;
use super::{parts, routes};
use crate::model::campaign::Campaign;
use crate::model::measure::{self, Lane};
use crate::plan::{Cx, Route, Words};
use std::collections::BTreeSet;

/// One way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    State,
    Owner,
    Department,
    Role,
    Channel,
    Slot,
    Scale,
    Mode,
    Goal,
    Tag,
}

/// A value a campaign has on an axis.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// What the address of a filtered page says.
    pub(super) id: String,
    /// Its name.
    pub(super) name: Words,
    /// Its own page, where it may have one.
    pub(super) route: Option<Route>,
}

impl Axis {
    /// All of them, in the order of filters.
    pub(super) const ALL: [Self; 10] = [
        Self::State,
        Self::Owner,
        Self::Department,
        Self::Role,
        Self::Channel,
        Self::Slot,
        Self::Scale,
        Self::Mode,
        Self::Goal,
        Self::Tag,
    ];

    /// Its word in addresses and attributes; its name is the string `axis-<word>`.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Owner => "owner",
            Self::Department => "department",
            Self::Role => "role",
            Self::Channel => "channel",
            Self::Slot => "slot",
            Self::Scale => "scale",
            Self::Mode => "mode",
            Self::Goal => "goal",
            Self::Tag => "tag",
        }
    }

    /// The page that groups all campaigns by it.
    pub(super) fn route(self) -> Route {
        routes::campaigns_by(self.word())
    }

    /// What a campaign has on it; nothing, or several values.
    pub(super) fn of(self, cx: &Cx<'_>, campaign: &Campaign) -> Vec<Value> {
        let rows = &cx.model().policy.rows;
        let own = |id: &str, name: Words| Value { id: id.to_owned(), name, route: None };
        match self {
            Self::State => {
                let state = State::of(cx, campaign);
                vec![own(state.word(), cx.t(&format!("board-{}", state.word())).into())]
            }
            Self::Owner => campaign.owner.iter().map(|owner| person(cx, &owner.value)).collect(),
            Self::Department => {
                let people = campaign.owner.iter().chain(campaign.team.iter().map(|(_, person)| person));
                let of = |person: &str| cx.model().person(person)?.department.as_ref().map(|d| d.value.as_str());
                let all: BTreeSet<&str> = people.filter_map(|p| of(&p.value)).collect();
                let name = |id: &str| cx.named(cx.model().departments.get(id).map(|d| &d.name), id);
                all.into_iter().map(|id| Value { route: Some(routes::department(id)), ..own(id, name(id)) }).collect()
            }
            Self::Role => {
                let name = |id: &str| cx.named(rows.roles.find(id).map(|r| &r.name), id);
                campaign.team.iter().map(|(role, _)| own(&role.value, name(&role.value))).collect()
            }
            Self::Channel => {
                let name = |id: &str| cx.named(rows.channels.find(id).map(|c| &c.name), id);
                campaign.channels.iter().map(|c| own(&c.value, name(&c.value))).collect()
            }
            Self::Slot => {
                let name = overview::slot(cx, campaign);
                campaign.slot.iter().zip(name).map(|(slot, name)| own(&slot.value, name)).collect()
            }
            Self::Scale => {
                let name = cx.named(rows.scales.find(&campaign.scale).map(|s| &s.name), &campaign.scale);
                vec![own(&campaign.scale, name)]
            }
            Self::Mode => vec![own(campaign.mode.word(), cx.t(overview::mode_key(campaign.mode)).into())],
            Self::Goal => {
                let year = campaign.programme.as_ref().and_then(|p| cx.model().programme(&p.value));
                let name = |id: &str| cx.named(year.and_then(|y| y.goals.get(id)).map(|g| &g.title), id);
                campaign.goals.iter().map(|g| own(&g.value, name(&g.value))).collect()
            }
            Self::Tag => campaign.tags.iter().map(|tag| own(tag, tag.as_str().into())).collect(),
        }
    }
}

pub(super) fn person(cx: &Cx<'_>, id: &str) -> Value {
    let name = parts::person(cx, id);
    let words = Words { text: name.text, lang: name.lang };
    Value { id: id.to_owned(), name: words, route: Some(routes::person(id)) }
}

/// Where a campaign stands: the columns of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Planned,
    Preparing,
    Live,
    Settling,
    Review,
    Closed,
    CalledOff,
    Undated,
}

impl State {
    /// In the order of a campaign's life; called off and without dates last.
    pub(super) const ALL: [Self; 8] = [
        Self::Planned,
        Self::Preparing,
        Self::Live,
        Self::Settling,
        Self::Review,
        Self::Closed,
        Self::CalledOff,
        Self::Undated,
    ];

    /// Where it stands today.
    pub(super) fn of(cx: &Cx<'_>, campaign: &Campaign) -> Self {
        if campaign.called_off.is_some() {
            return Self::CalledOff;
        }
        let today = cx.today();
        let (Some(schedule), Some(lane)) = (&campaign.schedule, measure::lane(campaign, &cx.model().policy, today))
        else {
            return Self::Undated;
        };
        let settled = schedule.phases.iter().map(|p| p.days.last).max().unwrap_or(schedule.window.last);
        match lane {
            Lane::Planned if today < schedule.first => Self::Planned,
            Lane::Planned => Self::Preparing,
            Lane::Running => Self::Live,
            Lane::Reviewed if today <= settled => Self::Settling,
            Lane::Reviewed => Self::Review,
            Lane::Closed => Self::Closed,
        }
    }

    /// Its word in addresses and attributes; its name is the string `board-<word>`.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Preparing => "preparing",
            Self::Live => "live",
            Self::Settling => "settling",
            Self::Review => "review",
            Self::Closed => "closed",
            Self::CalledOff => "cancelled",
            Self::Undated => "undated",
        }
    }

    /// Class of its tone.
    pub(super) fn tone(self) -> &'static str {
        match self {
            Self::Planned => "is-mute",
            Self::Preparing => "phase-startup",
            Self::Live => "phase-burst",
            Self::Settling => "phase-settle",
            Self::Review => "is-late",
            Self::Closed => "is-done",
            Self::CalledOff | Self::Undated => "is-mute",
        }
    }
}

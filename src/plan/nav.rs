//! Menus: gathered from what is planned, so that no menu leads nowhere.

use super::{Planned, Route};
use crate::base::Text;

/// A part of the site: a word in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What is today.
    Today,
    /// Year, quarter, month, agenda, pipeline.
    Calendar,
    /// Campaigns.
    Campaigns,
    /// Years: slots and money.
    Programme,
    /// Standard operating procedures.
    Sops,
    /// Reviews and lessons.
    Lessons,
    /// People and departments.
    People,
    /// Policy, rules, waivers, check report, free pages.
    More,
}

impl Section {
    /// All of them in order of the menu.
    pub const ALL: [Self; 8] = [
        Self::Today,
        Self::Calendar,
        Self::Campaigns,
        Self::Programme,
        Self::Sops,
        Self::Lessons,
        Self::People,
        Self::More,
    ];

    /// Its word in classes and data.
    pub fn word(self) -> &'static str {
        self.key().trim_start_matches("nav-")
    }

    /// Key of its words: `nav-<word>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Today => "nav-today",
            Self::Calendar => "nav-calendar",
            Self::Campaigns => "nav-campaigns",
            Self::Programme => "nav-programme",
            Self::Sops => "nav-sops",
            Self::Lessons => "nav-lessons",
            Self::People => "nav-people",
            Self::More => "nav-more",
        }
    }
}

/// The words of a menu line.
#[derive(Clone, Debug)]
pub(crate) enum Label {
    /// Of the string tables.
    Key(&'static str),
    /// Of an author.
    Text(Text),
}

/// A part of the last menu, "More": lines that belong together stand under one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shelf {
    /// How the year goes: board, alerts, goals, reports.
    Running,
    /// What everything is judged by: policy, rules, waivers, the check report.
    Method,
    /// Pages of the organisation's own.
    Own,
}

impl Shelf {
    /// Key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Running => "nav-running",
            Self::Method => "nav-method",
            Self::Own => "nav-own",
        }
    }
}

/// A page's wish to be in the menu.
#[derive(Clone, Debug)]
pub(crate) enum MenuItem {
    /// Where the section's name leads.
    Section(Section),
    /// A line under "More": its shelf, its order there.
    More(Shelf, i64, Label),
    /// Where the header's search leads.
    Search,
}

/// The menu: sections with their pages, the lines under "More", and where search lies.
#[derive(Debug, Default)]
pub(crate) struct Menu {
    pub(crate) sections: Vec<(Section, Route)>,
    pub(crate) more: Vec<(Shelf, Label, Route)>,
    pub(crate) search: Option<Route>,
}

impl Menu {
    /// The menu of everything that is planned.
    pub(crate) fn of(planned: &[Planned<'_>]) -> Self {
        let mut sections: Vec<(Section, Route)> = Vec::new();
        let mut more: Vec<(Shelf, i64, Label, Route)> = Vec::new();
        let mut search = None;
        for page in planned {
            match &page.menu {
                Some(MenuItem::Section(section)) => sections.push((*section, page.route.clone())),
                Some(MenuItem::More(shelf, order, label)) => {
                    more.push((*shelf, *order, label.clone(), page.route.clone()));
                }
                Some(MenuItem::Search) => search = Some(page.route.clone()),
                None => {}
            }
        }
        sections.sort();
        sections.dedup_by_key(|(section, _)| *section);
        more.sort_by(|a, b| (a.0, a.1, &a.3).cmp(&(b.0, b.1, &b.3)));
        Self {
            sections,
            more: more.into_iter().map(|(shelf, _, label, route)| (shelf, label, route)).collect(),
            search,
        }
    }
}

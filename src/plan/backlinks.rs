//! What links here: read from the sources, before any page is made.

use super::{Directory, Planned, Route, links};
use crate::model::Model;
use crate::sources::Sources;
use crate::sources::markdown::Reach;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Places in the plan of the pages that name a page, by its route, in order of the plan.
pub(super) type Backlinks = BTreeMap<Route, BTreeSet<usize>>;

/// Gathers links of prose, and what pages cite. Only pages that say their name count; none names itself.
pub(super) fn gather(model: &Model, sources: &Sources, directory: &Directory, planned: &[Planned<'_>]) -> Backlinks {
    let mut backlinks = Backlinks::new();
    let mut add = |from: usize, to: &Route| {
        if planned[from].name.is_some() && planned[from].route != *to {
            backlinks.entry(to.clone()).or_default().insert(from);
        }
    };
    let places: HashMap<&Route, usize> = planned.iter().enumerate().map(|(at, page)| (&page.route, at)).collect();
    for (at, page) in planned.iter().enumerate() {
        for route in page.cites.iter().filter(|route| directory.has(route)) {
            add(at, route);
        }
    }
    for version in model.prose() {
        let path = sources.path(version.file);
        let Some(from) = directory.shows(path).and_then(|shown| places.get(&shown.route)) else { continue };
        for link in version.document.links.iter().filter(|l| !l.is_image && l.reach == Reach::Relative) {
            if let Some((target, _)) = links::shown(directory, path, &link.dest) {
                add(*from, &target.route);
            }
        }
    }
    backlinks
}

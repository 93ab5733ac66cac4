//! What links here: read from the sources, before any page is made.

use super::{Directory, Planned, Route, links};
use crate::model::Model;
use crate::sources::Sources;
use crate::sources::markdown::Reach;
use rayon::prelude::*;
use std::collections::HashMap;

/// For each place in the plan the places of the pages that name it, in order of the plan.
pub(super) type Backlinks = Vec<Vec<u32>>;

/// Gathers links of prose, and what pages cite. Only pages that say their name count; none names itself.
pub(super) fn gather(model: &Model, sources: &Sources, directory: &Directory, planned: &[Planned<'_>]) -> Backlinks {
    let mut places: HashMap<&Route, usize> = HashMap::with_capacity(planned.len());
    for (at, page) in planned.iter().enumerate() {
        places.insert(&page.route, at);
    }
    let mut backlinks = vec![Vec::new(); planned.len()];
    let mut add = |from: usize, to: usize| {
        if planned[from].name.is_some() && planned[from].route != planned[to].route {
            backlinks[to].push(u32::try_from(from).expect("bug: more than 2^32 pages"));
        }
    };
    for (at, page) in planned.iter().enumerate() {
        for to in page.cites.iter().filter_map(|route| places.get(route)) {
            add(at, *to);
        }
    }
    let versions: Vec<_> = model.prose().collect();
    let leads = |version: &&crate::model::prose::Version| {
        let path = sources.path(version.file);
        let from = directory.shows(path).and_then(|shown| places.get(&shown.route))?;
        let links = version.document.links.iter().filter(|l| !l.is_image && l.reach == Reach::Relative);
        let targets = links.filter_map(|link| links::shown(directory, path, &link.dest));
        let mut to: Vec<usize> = targets.filter_map(|(target, _)| places.get(&target.route).copied()).collect();
        to.sort_unstable();
        to.dedup();
        Some((*from, to))
    };
    let led: Vec<_> = versions.par_iter().filter_map(leads).collect();
    for (from, targets) in led {
        for to in targets {
            add(from, to);
        }
    }
    for from in &mut backlinks {
        from.sort_unstable();
        from.dedup();
    }
    backlinks
}

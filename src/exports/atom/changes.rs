//! Changes as git has them: one entry a commit, with the campaigns, procedures, years and pages it touched.

use super::Entry;
use crate::base::Id;
use crate::model::page::FreePage;
use crate::model::prose;
use crate::pages::routes;
use crate::plan::{Cx, Route};
use std::sync::Arc;

/// The latest commits up to the as-of day that touched something with a page; none where the history is not known.
pub(super) fn entries(cx: &Cx<'_>) -> Vec<Entry> {
    let Some(log) = cx.ground().sources.history().log() else { return Vec::new() };
    let entries = log.changes().filter_map(|(commit, paths)| {
        let day = cx.day_of(commit).filter(|day| *day <= cx.today())?;
        let mut pages: Vec<(String, Route)> = Vec::new();
        for page in paths.into_iter().filter_map(|path| page_of(cx, path)) {
            if pages.iter().all(|(_, route)| *route != page.1) {
                pages.push(page);
            }
        }
        let first = pages.first()?.1.clone();
        let title = if commit.subject.is_empty() { cx.t("atom-change").to_owned() } else { commit.subject.clone() };
        // The hash alone makes it this one for good, whatever is said of it later.
        let mut entry = Entry::new(format!("commit/{}", commit.id), "change", day, title, first);
        entry.author = (!commit.author.is_empty()).then(|| commit.author.clone());
        entry.points = pages.into_iter().map(|(name, route)| (name, Some(route))).collect();
        Some(entry.say(cx.t("atom-changed")))
    });
    entries.take(cx.model().policy.room("feed-changes")).collect()
}

/// The page that shows a file, and its name. Registers and policy are shown by many, and are left out.
fn page_of(cx: &Cx<'_>, path: &str) -> Option<(String, Route)> {
    let model = cx.model();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let (title, route) = match parts.as_slice() {
        ["campaigns", id, rest @ ..] => {
            let campaign = model.campaign(id)?;
            let is_review = matches!(rest, [name] if prose::stem(name).is_some_and(|(stem, _)| stem == "postmortem"));
            let route =
                if is_review { routes::campaign_part(id, "review") } else { routes::campaign(campaign.id.as_str()) };
            (&campaign.title, route)
        }
        ["sops", name] => {
            let sop = model.sop(prose::stem(name)?.0)?;
            (&sop.title, routes::sop(sop.id.as_str()))
        }
        ["programmes", name] => {
            let id = name.strip_suffix(".toml").or_else(|| prose::stem(name).map(|(stem, _)| stem))?;
            let programme = model.programme(id)?;
            (&programme.title, routes::programme(id))
        }
        ["pages", name] | ["pages", _, name] => {
            let chapter = (parts.len() > 2).then(|| parts[1]);
            let name = prose::stem(name)?.0;
            let is_it =
                |page: &&Arc<FreePage>| page.id.as_str() == name && page.chapter.as_ref().map(Id::as_str) == chapter;
            let page = model.pages.iter().find(is_it)?;
            (&page.title, routes::free(&page.address()))
        }
        _ => return None,
    };
    let name = cx.plain(title);
    let is_review = matches!(parts.as_slice(), ["campaigns", _, name] if name.starts_with("postmortem"));
    Some((if is_review { format!("{name} · {}", cx.t("part-review")) } else { name }, route))
}

//! What was changed in a campaign's files since it went live, as git knows it.

use crate::model::campaign::Campaign;
use crate::model::forge::About;
use crate::plan::{Cx, Day};
use serde::Serialize;

/// Changes since go-live, the newest first.
#[derive(Serialize)]
pub(super) struct Changes {
    rows: Vec<Change>,
    /// How many older ones are not listed.
    more: usize,
}

#[derive(Serialize)]
struct Change {
    day: Day,
    author: String,
    subject: String,
    /// The commit, where the sources are hosted.
    href: Option<String>,
}

/// The changes from the first day up to the as-of day; none before go-live, and none where history is not known.
pub(super) fn changes(cx: &Cx<'_>, campaign: &Campaign) -> Option<Changes> {
    let first = campaign.schedule.as_ref()?.window.first;
    let log = cx.ground().sources.history().log()?;
    let repository = cx.model().settings.repository.as_ref();
    let mut rows: Vec<Change> = log
        .of([campaign.folder.as_str()])
        .filter_map(|commit| Some((cx.day_of(commit)?, commit)))
        .filter(|(day, _)| (first..=cx.today()).contains(day))
        .map(|(day, commit)| Change {
            day: cx.day(day),
            author: commit.author.clone(),
            subject: commit.subject.clone(),
            href: repository.map(|r| {
                let about = About { commit: &commit.id, ..About::default() };
                r.address(r.forge.commit, &about)
            }),
        })
        .collect();
    let room = usize::try_from(cx.model().policy.figure("history-lines")).unwrap_or(0);
    let more = rows.len().saturating_sub(room);
    rows.truncate(room);
    (!rows.is_empty()).then_some(Changes { rows, more })
}

//! `loops/`: the cycles and chains of the method, with the pages on which their steps are done (PRG-6).

use super::routes;
use crate::plan::{Cx, Ground, Page, Planned, Ref, Route, Shelf, Words};
use crate::policy::{Loop, LoopStep};
use serde::Serialize;

/// One page.
pub(super) fn plan<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
    vec![Planned::page(routes::loops(), "loops.html", view).more(Shelf::Method, 105, "loops")]
}

/// Everything `loops.html` can see.
#[derive(Serialize)]
struct View {
    closed: Vec<LoopView>,
    chains: Vec<LoopView>,
}

/// A loop or chain.
#[derive(Serialize)]
struct LoopView {
    id: String,
    name: Words,
    steps: Vec<Ref>,
    source: String,
}

fn view(cx: &Cx<'_>) -> Page {
    let rows = || cx.model().policy.rows.loops.iter();
    let of = |closed: bool| rows().filter(|(_, l)| l.closed == closed).map(|(id, l)| diagram(cx, id, l)).collect();
    Page::new(cx.t("loops"), View { closed: of(true), chains: of(false) }).about(cx.t("loops-about"))
}

fn diagram(cx: &Cx<'_>, id: &str, row: &Loop) -> LoopView {
    let step = |step: &LoopStep| {
        let words = cx.words(&step.name);
        match step.page.as_deref().and_then(page) {
            Some(route) => cx.link(words, &route),
            None => Ref { text: words.text, lang: words.lang, href: None },
        }
    };
    LoopView {
        id: id.to_owned(),
        name: cx.words(&row.name),
        steps: row.steps.iter().map(step).collect(),
        source: row.source.clone(),
    }
}

/// The page a step names. One that this site does not have is no link.
fn page(word: &str) -> Option<Route> {
    Some(match word {
        "agenda" => routes::agenda(),
        "calendar" => routes::calendar(),
        "campaigns" => routes::campaigns(),
        "check" => routes::check(),
        "goals" => routes::all_goals(),
        "lessons" => routes::lessons(),
        "people" => routes::people(),
        "pipeline" => routes::board(),
        "sops" => routes::sops(),
        _ => return None,
    })
}

//! One kind of page a file: which pages exist, where they lie, what their template can see.
//!
//! # How a page is written
//!
//! 1. Its address goes into [`routes`], where whoever links to it finds it.
//! 2. Its file has a `plan` function, listed in [`PAGES`], and a view:
//!
//! ```text
//! //! `sops/<id>/`: one procedure.
//!
//! /// One page for each procedure.
//! pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
//!     let page = |sop: &'a Sop| {
//!         Planned::page(routes::sop(sop.id.as_str()), "sop.html", move |cx| view(sop, cx))
//!             .section(Section::Sops)                             // marked in the menu
//!             .shows(ground.sources.path(sop.file))               // links to the source file lead here
//!             .from(format!("procedure `{}`", sop.id), sop.span)  // for findings about the address
//!     };
//!     ground.model.sops.iter().map(page).collect()
//! }
//!
//! /// Everything `sop.html` can see: finished words, no spans, no clock.
//! #[derive(Serialize)]
//! struct View { summary: Option<Words>, owner: Option<Ref>, prose_html: String }
//!
//! fn view(sop: &Sop, cx: &Cx<'_>) -> Page {
//!     Page::new(cx.words(&sop.title), View { … })
//!         .under(cx.t("nav-sops"), routes::sops())                // breadcrumbs between home and this page
//!         .edited_in(path, 1)
//! }
//! ```
//!
//! The overview of a section calls `.entry(Section::Sops)`, pages of the menu "More" call
//! `.more(Shelf::Running, order, "key")`: menus are
//! gathered from these, so nothing else has to be told.
//!
//! 3. Its template extends `base.html` and fills `{% block main %}`; the fields of the view are its variables, and
//!    `page` is what surrounds it (`page.title`, `page.root`, `page.lang` …). UI words: `{{ "key" | t }}`,
//!    `{{ "days" | t(n=3) }}`, placeholders by name. Components and classes: `themes/default/README.md`.
//!    Only `prose_html | safe` may bypass escaping, for HTML that [`Cx::markdown`] made.
//! 4. New words go into all three files of `themes/default/strings/`; tests compare their keys and find unused ones.
//!
//! Words an author wrote are [`Words`] (text and, where it is not the page's, language) and are shown by
//! `{{ <words of={title} /> }}`. What may be a link is a [`Ref`], shown by `{{ <ref of={owner} /> }}`: without an
//! address it is plain words, so a page may link to one that is not planned.
//!
//! [`Cx::markdown`]: crate::plan::Cx::markdown
//! [`Words`]: crate::plan::Words
//! [`Ref`]: crate::plan::Ref

mod alerts;
mod annual_plan;
mod assets;
mod axes;
mod board;
mod calendar;
mod campaign;
mod campaigns;
mod check;
mod contents;
mod files;
mod filter;
mod findings;
mod free;
mod goals;
mod graph;
mod guide;
mod handovers;
mod health;
mod home;
mod lessons;
mod loops;
mod money;
mod not_found;
pub(crate) mod obligations;
pub mod parts;
mod people;
mod places;
mod policy;
mod programme;
mod reports;
pub mod routes;
mod rules;
mod search;
mod sops;
mod tables;
mod waivers;
mod worklist;

use crate::plan::Planner;

/// Kinds of page of a playbook that holds prose and nothing to plan ([`is_manual`]); [`PAGES`] has them too, but for its home.
///
/// [`is_manual`]: crate::model::Model::is_manual
pub static MANUAL_PAGES: &[Planner] =
    &[assets::plan, contents::plan, free::plan, not_found::plan, policy::plan, rules::plan, search::plan];

/// Every kind of page.
pub static PAGES: &[Planner] = &[
    alerts::plan,
    annual_plan::plan,
    assets::plan,
    board::plan,
    calendar::plan,
    campaigns::plan,
    campaign::plan,
    check::plan,
    free::plan,
    goals::plan,
    guide::plan,
    handovers::plan,
    health::plan,
    home::plan,
    lessons::plan,
    loops::plan,
    money::plan,
    not_found::plan,
    obligations::plan,
    people::plan,
    policy::plan,
    programme::plan,
    reports::plan,
    rules::plan,
    search::plan,
    sops::plan,
    tables::plan,
    waivers::plan,
];

//! Files beside the pages, one format a file: calendars to subscribe to, tables, the list of pages, the index of search.
//!
//! A new format is a file with a function that plans its files, and a line in [`EXPORTS`].

mod atom;
mod checklist;
mod csv;
mod entries;
mod feeds;
mod hosting;
mod ics;
mod json;
mod registers;
mod schemas;
mod search;
mod tables;

use crate::plan::Planner;

/// Exports of a playbook that holds prose and nothing to plan.
pub static MANUAL_EXPORTS: &[Planner] = &[hosting::plan, search::plan];

/// Every export.
pub static EXPORTS: &[Planner] =
    &[atom::plan, feeds::plan, checklist::plan, hosting::plan, json::plan, schemas::plan, search::plan, tables::plan];

//! Files beside the pages, one format a file: calendars to subscribe to, tables, the list of pages, the index of search.
//!
//! A new format is a file with a function that plans its files, and a line in [`EXPORTS`].

mod checklist;
mod csv;
mod entries;
mod feeds;
mod hosting;
mod ics;
mod search;
mod tables;

use crate::plan::Planner;

/// Every export.
pub static EXPORTS: &[Planner] = &[feeds::plan, checklist::plan, hosting::plan, search::plan, tables::plan];

//! `playbook`: campaign plans as text that is checked before it is merged, and a site that teams browse.
//!
//! # The map
//!
//! Rooms in the order the data walks. A room uses only rooms above it, and only those named on its line; a test
//! (`tests/suite/architecture.rs`) holds this map to the folders and to the code.
//!
//! ```text
//! base     ←                                   spans, findings, dates, money, shares, texts: no I/O, no policy
//! sources  ← base                              the only reader of input files: snapshot, TOML and Markdown with spans
//! markup   ← base, sources                     text → HTML pieces, pure
//! policy   ← base, sources                     every figure as data: embedded pack + overrides, with origins
//! model    ← base, sources, policy             what a campaign is: read, bound to dates, people and procedures
//! schema   ← base, sources, policy, model      what may be written in each file, as data: forms, names, JSON Schemas
//! checks   ← base, sources, policy, model      judgement of a finished model, one rule a file
//! theme    ← base, sources                     look and words as data: the embedded theme under the author's own
//! plan     ← base, sources, markup, policy, model, theme   which files the site has; all that a page may ask
//! report   ← base, sources                     findings → text, one format a file
//! pages    ← base, sources, markup, policy, model, schema, plan, report   one kind of page a file: address, view
//! diff     ← base, sources, policy, model, checks, report   two judged playbooks → what a change means in campaign terms
//! exports  ← base, markup, policy, model, schema, plan, report, pages   files beside the pages: calendars, tables, sitemap
//! render   ← base, theme, plan                 plan + theme → paths and bytes; the only room that runs templates
//! compile  ← base, sources, model, checks, theme, plan, pages, exports, render   the build on one screen: files → judged site
//! scaffold ← base, sources, policy, model, schema   what authors start from, and edits of what they wrote: files as values
//! lsp      ← base, sources, model, schema, checks, compile, scaffold   the language server: an editor's unsaved texts, judged as they change
//! output   ← base                              the only writer: staged, exchanged, manifest
//! serve    ← base, sources, theme, report, render, compile   the author's loop: watch, build in memory, answer on loopback, renew the browser
//! cli      ← base, policy, model, compile, diff, lsp, scaffold, output, serve, report, schema, sources   flags, clock and environment become an input
//! ```

pub mod base;
pub mod checks;
pub mod cli;
pub mod compile;
pub mod diff;
pub mod exports;
pub mod lsp;
pub mod markup;
pub mod model;
pub mod output;
pub mod pages;
pub mod plan;
pub mod policy;
pub mod render;
pub mod report;
pub mod scaffold;
pub mod schema;
pub mod serve;
pub mod sources;
pub mod theme;

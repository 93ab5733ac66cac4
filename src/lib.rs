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
//! checks   ← base, sources, policy, model      judgement of a finished model, one rule a file
//! compile  ← base, sources, model, checks      the build on one screen: files → judged site
//! output   ← base                              the only writer: staged, exchanged, manifest
//! report   ← base, sources                     findings → text, one format a file
//! cli      ← base, checks, compile, report, sources   flags, clock and environment become an input
//! ```

pub mod base;
pub mod checks;
pub mod cli;
pub mod compile;
pub mod markup;
pub mod model;
pub mod output;
pub mod policy;
pub mod report;
pub mod sources;

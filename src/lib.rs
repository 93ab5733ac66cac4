//! `playbook`: campaign plans as text that is checked before it is merged, and a site that teams browse.

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

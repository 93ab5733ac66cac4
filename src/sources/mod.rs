//! The only reader of input files: a snapshot read once, TOML and Markdown with spans.

pub mod csv;
mod files;
pub mod git;
pub mod markdown;
pub mod revision;
pub mod shape;
mod statements;
pub mod toml;

pub(crate) use files::UNKNOWN as UNKNOWN_FILE;
pub(crate) use statements::{Sort, Statement, statements};

pub use files::{FILE_RULES, Sources, is_text, resolved};

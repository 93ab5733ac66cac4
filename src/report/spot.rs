//! Where a finding is shown by services that want a file, line and column for each.

use super::Options;
use super::position::{Places, Position, Unit};
use crate::base::{Diagnostic, Span};
use std::ops::Range;

/// Shown where no file holds the words: services drop findings that stand nowhere.
const HOME: &str = "playbook.toml";

/// A place in the repository.
pub(super) struct Spot {
    /// Path from the repository's root.
    pub(super) path: String,
    /// From, and just past the end.
    pub(super) range: Range<Position>,
    /// Whether some file really holds the words.
    pub(super) is_real: bool,
}

impl Spot {
    /// Where a finding is shown, its columns counted in a unit.
    pub(super) fn of(finding: &Diagnostic, places: &mut Places<'_>, unit: Unit, options: &Options<'_>) -> Self {
        match finding.span {
            Some(span) => Self::at(span, places, unit, options),
            None => {
                let start = Position { line: 1, column: 1 };
                Self { path: format!("{}{HOME}", options.folder), range: start..start, is_real: false }
            }
        }
    }

    /// A span in the repository.
    pub(super) fn at(span: Span, places: &mut Places<'_>, unit: Unit, options: &Options<'_>) -> Self {
        let path = places.path(span.file);
        // What ships inside the binary lies in no folder.
        let folder = if path.starts_with('<') { "" } else { options.folder };
        Self { path: format!("{folder}{path}"), range: places.counted(span, unit), is_real: true }
    }
}

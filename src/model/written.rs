//! Which keys a file holds: what tells a thing left out from a thing written wrongly.

use crate::base::Span;
use crate::sources::toml::{Kind, Table};

/// Keys of a file by dotted path, without those inside lists, and the words of their values.
///
/// A value that could not be read is absent from the model, and reported; whoever would complain that it is absent
/// asks here first.
#[derive(Clone, Debug, Default)]
pub struct Written(Vec<(String, Span)>);

impl Written {
    pub(crate) fn of(table: &Table) -> Self {
        let mut keys = Vec::new();
        gather(table, "", &mut keys);
        Self(keys)
    }
    /// Whether the key is written, readable or not.
    pub fn has(&self, path: &str) -> bool {
        self.span(path).is_some()
    }
    /// The words of its value; of a table its header.
    pub fn span(&self, path: &str) -> Option<Span> {
        self.0.iter().find(|(key, _)| key == path).map(|(_, span)| *span)
    }
}

fn gather(table: &Table, prefix: &str, keys: &mut Vec<(String, Span)>) {
    for (key, value) in &table.entries {
        let path = format!("{prefix}{}", key.value);
        if let Kind::Table(inner) = &value.kind {
            gather(inner, &format!("{path}."), keys);
        }
        keys.push((path, value.span));
    }
}

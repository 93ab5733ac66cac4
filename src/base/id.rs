//! Ids: ASCII names that are also addresses.

use serde::Serialize;
use std::borrow::Borrow;
use std::fmt;

/// A name chosen by the author: lower-case ASCII letters, digits and `-`; part of a URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// Longest id: leaves room for `.html` and a language in a file name of 255 bytes.
    pub const MAX: usize = 100;

    /// The id, if `text` is one.
    pub fn new(text: &str) -> Option<Self> {
        let ok = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let valid = !text.is_empty() && text.len() <= Self::MAX && text.bytes().all(ok);
        (valid && !text.starts_with('-') && !text.ends_with('-') && !is_reserved(text)).then(|| Self(text.to_owned()))
    }

    /// The nearest id to `text`, for a hint: lower case, other signs to `-`. Empty text gives none.
    pub fn suggest(text: &str) -> Option<Self> {
        let dashed: String =
            text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        let parts: Vec<&str> = dashed.split('-').filter(|p| !p.is_empty()).collect();
        Self::new(&parts.join("-"))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names that some file systems cannot hold.
fn is_reserved(text: &str) -> bool {
    let numbered = |p: &str| text.len() == 4 && text.starts_with(p) && text.as_bytes()[3].is_ascii_digit();
    ["con", "prn", "aux", "nul"].contains(&text) || numbered("com") || numbered("lpt")
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_addresses_on_every_file_system() {
        assert!(Id::new("2026-03-spring-renewal").is_some());
        for wrong in ["", "Spring", "春", "a_b", "-a", "a-", "con", "com1", "a/b", &"a".repeat(101)] {
            assert!(Id::new(wrong).is_none(), "{wrong}");
        }
        assert_eq!(Id::suggest("Spring Renewal!").unwrap().as_str(), "spring-renewal");
        assert_eq!(Id::suggest("春季"), None);
    }
}

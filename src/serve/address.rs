//! Addresses: what is the server's own, and names as parts of them.

use std::fmt::Write as _;

/// Where the server's own files lie. No page of a site can lie there: their names come from authors' ids and fixed words.
pub(super) const OWN: &str = "__playbook/";

/// A text as part of an address. Slashes and colons stay.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A value of a query, decoded.
pub(super) fn asked(query: &str, name: &str) -> Option<String> {
    let of_name = |pair: &str| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    super::guard::decoded(&query.split('&').find_map(of_name)?)
}

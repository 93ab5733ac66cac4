//! Escaping: the only way words enter HTML.

use std::fmt::Write as _;

/// Adds words as text between tags.
///
/// Control characters that no document may hold become U+FFFD.
pub fn text(out: &mut String, words: &str) {
    escape(out, words, false);
}

/// Adds words as the value of an attribute in double quotes.
pub fn attribute(out: &mut String, words: &str) {
    escape(out, words, true);
}

/// Adds an address as the value of an attribute: what is not allowed in a URL is percent-encoded, then escaped.
///
/// `%` stays, so an address that is encoded already is not encoded twice.
pub fn href(out: &mut String, address: &str) {
    attribute(out, &encoded(address));
}

/// An address with everything percent-encoded that is not allowed in one.
pub fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        let is_allowed = byte.is_ascii_alphanumeric() || b"-_.!~*'();/?:@&=+$,%#".contains(&byte);
        if is_allowed {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Words as text between tags.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    text(&mut out, words);
    out
}

fn escape(out: &mut String, words: &str, in_quotes: bool) {
    let mut from = 0;
    for (at, byte) in words.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if in_quotes => "&quot;",
            b'\t' | b'\n' => continue,
            0..0x20 | 0x7f => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&words[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&words[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_leave_their_place() {
        assert_eq!(escaped("a<b>&\"'\0"), "a&lt;b&gt;&amp;\"'\u{fffd}");
        let mut out = String::new();
        attribute(&mut out, "\"><script>'");
        assert_eq!(out, "&quot;&gt;&lt;script&gt;'");
    }

    #[test]
    fn addresses_are_encoded_once() {
        let mut out = String::new();
        href(&mut out, "a b/双.md?x=1&y=\"%20\\[]");
        assert_eq!(out, "a%20b/%E5%8F%8C.md?x=1&amp;y=%22%20%5C%5B%5D");
    }
}

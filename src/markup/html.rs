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

/// An address with its percent-encoding undone, where that gives text.
pub fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |n: usize| bytes.get(n).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                i += 3;
            }
            (byte, ..) => {
                out.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| address.to_owned())
}

/// Words as text between tags.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    text(&mut out, words);
    out
}

/// Bytes that do not stay as they are, in text or in quotes.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = !matches!(control as u8, b'\t' | b'\n');
        control += 1;
    }
    table[0x7f] = true;
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table
};

fn escape(out: &mut String, words: &str, in_quotes: bool) {
    let bytes = words.as_bytes();
    let (mut from, mut at) = (0, 0);
    while let Some(step) = bytes[at..].iter().position(|&b| SPECIAL[usize::from(b)]) {
        let special = at + step;
        at = special + 1;
        let entity = match bytes[special] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if in_quotes => "&quot;",
            b'"' => continue,
            _ => "\u{fffd}",
        };
        out.push_str(&words[from..special]);
        out.push_str(entity);
        from = at;
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

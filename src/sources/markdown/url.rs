//! Where an address leads, decided once for findings and for the writer.

/// What an address in prose may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A place on the same page: `#id`.
    Fragment,
    /// A file of the playbook, seen from the file that links.
    Relative,
    /// Another site, by `http` or `https`.
    Web,
    /// `mailto:`.
    Mail,
    /// `tel:`.
    Phone,
    /// Anything else: scripts, data, `//host`, control characters. Never written as a link.
    Blocked,
}

impl Reach {
    /// Judges an address after entities and escapes were resolved.
    ///
    /// Browsers drop tabs and line ends inside addresses and take `\` for `/`, so control characters are
    /// refused outright and both slashes count as one.
    pub fn of(dest: &str) -> Self {
        if dest.bytes().any(|b| b.is_ascii_control()) {
            return Self::Blocked;
        }
        let dest = dest.trim();
        let is_slash = |b: &u8| matches!(b, b'/' | b'\\');
        if dest.len() >= 2 && dest.as_bytes()[..2].iter().all(is_slash) {
            return Self::Blocked;
        }
        if dest.starts_with('#') {
            return Self::Fragment;
        }
        let Some((scheme, rest)) = dest.split_once(':') else { return Self::Relative };
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
        if !is_scheme {
            return Self::Relative;
        }
        let has_host = rest
            .strip_prefix("//")
            .is_some_and(|host| host.starts_with(|c: char| !matches!(c, '/' | '\\' | '?' | '#')));
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" if has_host => Self::Web,
            "mailto" => Self::Mail,
            "tel" => Self::Phone,
            _ => Self::Blocked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_allowed_by_name() {
        for (dest, reach) in [
            ("", Reach::Relative),
            ("a/b.md#c", Reach::Relative),
            ("/a", Reach::Relative),
            ("a:b.md", Reach::Blocked),
            ("./a:b.md", Reach::Relative),
            ("活动:方案.md", Reach::Relative),
            ("?q=a:b", Reach::Relative),
            ("#a:b", Reach::Fragment),
            ("https://例子.cn", Reach::Web),
            ("HTTP://x", Reach::Web),
            ("https:x", Reach::Blocked),
            ("https:///x", Reach::Blocked),
            ("mailto:a@b.cn", Reach::Mail),
            ("tel:+86", Reach::Phone),
            ("//host", Reach::Blocked),
            ("\\\\host", Reach::Blocked),
            ("/\\host", Reach::Blocked),
            ("javascript:alert(1)", Reach::Blocked),
            (" JaVaScRiPt:alert(1)", Reach::Blocked),
            ("java\tscript:alert(1)", Reach::Blocked),
            ("java\nscript:alert(1)", Reach::Blocked),
            ("\u{1}javascript:alert(1)", Reach::Blocked),
            ("vbscript:x", Reach::Blocked),
            ("data:image/svg+xml,x", Reach::Blocked),
            ("file:///etc/passwd", Reach::Blocked),
            ("blob:x", Reach::Blocked),
        ] {
            assert_eq!(Reach::of(dest), reach, "{dest:?}");
        }
    }
}

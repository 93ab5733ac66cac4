//! Words of authors as Markdown that forges show as they were written: nothing is marked up, nobody is notified.

/// A sentence of a finding: what stands between backticks is code, the rest is plain words.
pub fn sentence(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return words(text);
    }
    let part = |(at, part): (usize, &&str)| match at % 2 {
        1 => code(part),
        _ => words(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Code in a line or a cell of a table.
pub fn code(text: &str) -> String {
    if text.is_empty() || text.contains('`') {
        return words(text);
    }
    // A backslash or bar at the wrong place would end the cell.
    format!("`{}`", super::one_line(text).replace('|', "\\|"))
}

/// Plain words in a line or a cell of a table.
pub fn words(text: &str) -> String {
    let text = super::one_line(text);
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A comment between keeps forges from sending somebody a message or linking another issue.
            '@' => out.push_str("@<!-- -->"),
            '#' | '!' | '$' if letters.peek().is_some_and(char::is_ascii_digit) => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_authors_mark_up_nothing_and_call_nobody() {
        assert_eq!(words("*a* <b> | @all #12 a#b"), "\\*a\\* &lt;b&gt; \\| @<!-- -->all #<!-- -->12 a#b");
        assert_eq!(words("a\nb"), "a␊b");
    }

    #[test]
    fn code_stays_code_and_an_odd_backtick_is_plain() {
        assert_eq!(sentence("`a|b` is *no* day"), "`a\\|b` is \\*no\\* day");
        assert_eq!(sentence("a ` b"), "a \\` b");
    }
}

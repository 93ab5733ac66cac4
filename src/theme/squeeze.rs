//! Style sheets and scripts without comments and without the spaces that only their writers need.

/// The same rules in fewer bytes. Strings, escapes and unquoted `url(…)` stay as they are; what is not understood stays too.
pub(super) fn squeezed(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut gap = false;
    while let Some(c) = rest.chars().next() {
        if let Some(body) = rest.strip_prefix("/*") {
            rest = body.find("*/").map_or("", |end| &body[end + 2..]);
            gap = true;
            continue;
        }
        if c.is_ascii_whitespace() {
            rest = &rest[1..];
            gap = true;
            continue;
        }
        let token = token(rest);
        if std::mem::take(&mut gap) && needs_gap(&out, c) {
            out.push(' ');
        }
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        // `0.5rem` is `.5rem`, unless the nought ends another number or name.
        let is_nought = token == "0" && rest[1..].starts_with('.') && !ends_in_name(&out);
        if !is_nought {
            out.push_str(token);
        }
        rest = &rest[token.len()..];
    }
    out
}

/// The piece of text at the start that is copied whole: a string, an escape, an address, or one character.
fn token(text: &str) -> &str {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = match text.as_bytes() {
        [quote @ (b'"' | b'\''), ..] => string_end(text, *quote),
        [b'\\', ..] => first + text[first..].chars().next().map_or(0, char::len_utf8),
        _ if text.starts_with("url(") && !text[4..].trim_start().starts_with(['"', '\'']) => {
            text.find(')').map_or(text.len(), |at| at + 1)
        }
        _ => first,
    };
    &text[..end]
}

/// Where the string that `text` begins with ends; an unclosed one runs to the end.
fn string_end(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b if b == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// Whether a space between what is written and `next` says something: between selectors, values and words it does.
/// Around `+` and `-` it is kept, because `calc()` needs it; before `(`, `[`, `.`, `#`, `:` and `*` it may join two selectors.
fn needs_gap(out: &str, next: char) -> bool {
    let after = out.chars().next_back().unwrap_or('{');
    !"{};:,>~(".contains(after) && !"{};,>~)!".contains(next)
}

fn ends_in_name(out: &str) -> bool {
    out.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "-_.\\".contains(c) && !is_sign(out))
}

/// Whether the last character is a minus before a number: after a space, a colon, a comma or a bracket.
fn is_sign(out: &str) -> bool {
    out.strip_suffix('-').is_some_and(|before| before.ends_with([' ', ':', ',', '(']))
}

/// A script without indents, empty lines and the comments that have lines of their own. Whatever else would need a reader of
/// the language; a script with a template literal, where spaces speak, stays as it is.
pub(super) fn squeezed_script(script: &str) -> String {
    if script.contains('`') {
        return script.to_owned();
    }
    let mut out = String::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.lines().map(str::trim) {
        let opens = !is_comment && line.starts_with("/*");
        if is_comment || opens {
            match line.find("*/") {
                None => is_comment = true,
                Some(end) if end + 2 == line.len() => is_comment = false,
                // Code behind the comment: left to the browser.
                Some(_) if opens => out.extend([line, "\n"]),
                Some(_) => return script.to_owned(),
            }
        } else if !line.is_empty() && !line.starts_with("//") {
            out.extend([line, "\n"]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{squeezed, squeezed_script};

    #[test]
    fn a_script_keeps_every_line_that_runs() {
        let script = "/* Says\n   what. */\n\"use strict\";\n\n// once\nfunction f() {\n  /* a */\n  /* b */ return \"// no\"; // kept\n}\n";
        assert_eq!(squeezed_script(script), "\"use strict\";\nfunction f() {\n/* b */ return \"// no\"; // kept\n}\n");
        let literal = "var a = `\n  // words\n`;\n";
        assert_eq!(squeezed_script(literal), literal);
    }

    #[test]
    fn only_what_no_browser_reads_is_left_out() {
        for (sheet, is) in [
            (
                "/* a */\n.a > .b,\n.c ~ d { color : red; margin: 0 -0.5rem; }\n",
                ".a>.b,.c~d{color :red;margin:0 -.5rem}",
            ),
            (
                "a:hover :focus, a *, a [b] { top: calc(100% + 0.35rem) }",
                "a:hover :focus,a *,a [b]{top:calc(100% + .35rem)}",
            ),
            (
                "@media (min-width: 62rem) and (width > 1px) { a { b: c } }",
                "@media (min-width:62rem) and (width>1px){a{b:c}}",
            ),
            (
                "a::after { content: \" /* no */ ; \\\" } \"; x: 'it '' s' }",
                "a::after{content:\" /* no */ ; \\\" } \";x:'it '' s'}",
            ),
            (
                "a { b: url( data:image/svg;x, 0.5 ) 0.5px !important; }",
                "a{b:url( data:image/svg;x, 0.5 ) .5px!important}",
            ),
            (
                ".a10.5 { --x: ; --y: light-dark(#fff, #000); z: 10.5px 0 0.5 }",
                ".a10.5{--x:;--y:light-dark(#fff,#000);z:10.5px 0 .5}",
            ),
            (".md\\:a\\  b { c: d }", ".md\\:a\\  b{c:d}"),
            ("a{b:c}/* never closed", "a{b:c}"),
            ("a { b: \"never closed; } ", "a{b:\"never closed; } "),
            ("a/**/b { c: 1px/**/2px }", "a b{c:1px 2px}"),
            ("岑里 > 茶 { content: \"，\" }", "岑里>茶{content:\"，\"}"),
        ] {
            assert_eq!(squeezed(sheet), is);
            assert_eq!(squeezed(&squeezed(sheet)), is, "once is enough");
        }
    }
}

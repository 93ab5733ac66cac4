//! A comparison as a comment of a pull request, or in a terminal.

use super::Diff;
use super::lines::{Line, Piece, headline, lines};
use crate::report::{markdown as escape, one_line};
use crate::said;
use std::fmt::Write as _;

/// The first line of the Markdown: by it a bot finds its own comment and writes over it.
pub const MARKER: &str = "<!-- playbook diff -->";

/// Characters that GitHub takes in a comment; other forges take more.
const LARGEST: usize = 65_536;
/// Kept for the line that says how much is left out.
const ROOM: usize = 200;

fn title(diff: &Diff, lang: &str) -> String {
    let (base, day) = (&diff.base, diff.as_of);
    match &diff.head {
        Some(head) => said!("{base} → {head}, as of {day}", "{base} → {head}，截至 {day}"),
        None => said!("since {base}, as of {day}", "与 {base} 相比，截至 {day}"),
    }
    .in_lang(lang)
    .to_owned()
}

/// A comment in Markdown, the most important first; what a comment cannot hold is counted at its end.
pub fn markdown(diff: &Diff, lang: &str) -> String {
    let what = said!("What this change means", "本次变更的影响");
    let mut out = format!("{MARKER}\n### {}\n\n**{}**\n\n", what.in_lang(lang), escape::words(&headline(diff, lang)));
    let _ = writeln!(out, "<sub>{}</sub>", escape::words(&title(diff, lang)));
    let mut length = out.encode_utf16().count();
    let lines = lines(diff, lang);
    for (at, line) in lines.iter().enumerate() {
        let text = paper(line);
        length += text.encode_utf16().count();
        if length + ROOM > LARGEST {
            let more = lines[at..].iter().filter(|line| line.depth > 0).count();
            let said = said!(
                "\n{more} more lines do not fit into a comment: `playbook diff` shows all.\n",
                "\n另有 {more} 行超出评论长度：请运行 `playbook diff` 查看全部。\n"
            );
            out.push_str(said.in_lang(lang));
            break;
        }
        out.push_str(&text);
    }
    out
}

fn paper(line: &Line) -> String {
    let words: String = line
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Own(text) => text.clone(),
            Piece::Words(text) => escape::words(text),
            Piece::Strong(text) => format!("**{}**", escape::words(text)),
            Piece::Code(text) => escape::code(text),
            Piece::Sentence(text) => escape::sentence(text),
        })
        .collect();
    match line.depth {
        0 => format!("\n#### {words}\n\n"),
        depth => format!("{}- {words}\n", "  ".repeat(depth - 1)),
    }
}

/// For a terminal.
pub fn terminal(diff: &Diff, lang: &str, color: bool) -> String {
    let (bold, dim, end) = if color { ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m") } else { ("", "", "") };
    let (head, title) = (one_line(&headline(diff, lang)), one_line(&title(diff, lang)));
    let mut out = format!("{bold}{head}{end}\n{dim}{title}{end}\n");
    for line in lines(diff, lang) {
        let words: String = line
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Own(text) | Piece::Words(text) | Piece::Code(text) | Piece::Sentence(text) => one_line(text),
                Piece::Strong(text) => format!("{bold}{}{end}", one_line(text)),
            })
            .collect();
        let words = words.trim_end();
        match line.depth {
            0 => out.push_str(&format!("\n{bold}{words}{end}\n")),
            depth => out.push_str(&format!("{}{words}\n", "  ".repeat(depth))),
        }
    }
    out
}

//! Footnotes: numbered as the text refers to them, listed at its end with ways back.

use crate::markup::html;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A footnote that is referred to.
#[derive(Debug)]
struct Note {
    label: String,
    /// How often the text refers to it.
    references: usize,
}

/// The footnotes of one text.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    notes: Vec<Note>,
    numbers: BTreeMap<String, usize>,
    bodies: BTreeMap<String, String>,
}

/// Labels are the same in whatever case.
fn folded(label: &str) -> String {
    label.to_lowercase()
}

impl Footnotes {
    /// Adds a reference to `out`.
    pub(super) fn refer(&mut self, out: &mut String, label: &str, prefix: &str) {
        let label = folded(label);
        let index = *self.numbers.entry(label.clone()).or_insert_with(|| {
            self.notes.push(Note { label, references: 0 });
            self.notes.len() - 1
        });
        let note = &mut self.notes[index];
        note.references += 1;
        let number = index + 1;
        let id = reference_id(number, note.references);
        let mut safe = String::new();
        html::attribute(&mut safe, prefix);
        let _ = write!(
            out,
            "<sup class=\"footnote-ref\"><a href=\"#{safe}fn:{number}\" id=\"{safe}{id}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    /// Keeps the body of a footnote; the first of a label counts.
    pub(super) fn define(&mut self, label: &str, body: String) {
        self.bodies.entry(folded(label)).or_insert(body);
    }

    /// Adds the list, if there is any footnote that is referred to.
    pub(super) fn write(&self, out: &mut String, prefix: &str, title: &str, back: &str) {
        if self.notes.is_empty() {
            return;
        }
        let attribute = |words: &str| {
            let mut safe = String::new();
            html::attribute(&mut safe, words);
            safe
        };
        let (prefix, title, back) = (attribute(prefix), attribute(title), attribute(back));
        let _ = write!(out, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\">\n<ol>\n");
        for (index, note) in self.notes.iter().enumerate() {
            let number = index + 1;
            let body = self.bodies.get(&note.label).map_or("", String::as_str).trim_end();
            let mut ways = String::new();
            for reference in 1..=note.references {
                let id = reference_id(number, reference);
                let which = if reference == 1 { String::new() } else { format!("<sup>{reference}</sup>") };
                let name =
                    if reference == 1 { format!("{back} {number}") } else { format!("{back} {number}-{reference}") };
                let _ = write!(
                    ways,
                    " <a href=\"#{prefix}{id}\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"{name}\">↩{which}</a>"
                );
            }
            let _ = write!(out, "<li id=\"{prefix}fn:{number}\">");
            match body.strip_suffix("</p>") {
                Some(words) => {
                    let _ = write!(out, "{words}{ways}</p>");
                }
                None => {
                    let _ = write!(out, "{body}<p>{}</p>", ways.trim_start());
                }
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }
}

fn reference_id(number: usize, reference: usize) -> String {
    if reference == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{reference}") }
}

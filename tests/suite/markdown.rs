//! Markdown: the specification, Chinese text, what authors can rely on and what attackers cannot.

mod cjk;
mod facts;
mod property;
mod safety;
mod spec;
mod writer;

use campaign_playbook::base::{Diagnostic, FileId};
use campaign_playbook::markup::markdown::{AsWritten, Options, Rendered, Word, render};
use campaign_playbook::sources::markdown::{Document, split_front_matter};

/// The writer's words in these tests.
fn words(word: Word) -> String {
    word.key().to_owned()
}

/// Reads a text that has no front matter.
fn read(text: &str) -> (Document, Vec<Diagnostic>) {
    let (document, found) = Document::parse(FileId(0), text, split_front_matter(text).body);
    (document, found.sorted())
}

/// Writes it with links as written.
fn written(text: &str) -> Rendered {
    render(&read(text).0, text, &Options::new(&AsWritten, &words))
}

/// Its HTML.
fn html(text: &str) -> String {
    written(text).html
}

/// Each finding as `rule: words`.
fn findings(text: &str) -> Vec<String> {
    let shown = |d: &Diagnostic| format!("{}: {}", d.rule, d.span.map_or("", |span| &text[span.range()]));
    read(text).1.iter().map(shown).collect()
}

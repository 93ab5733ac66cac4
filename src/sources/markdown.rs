//! Prose files: front matter and Markdown, read for what the model, the checks and the writer need.

mod attrs;
mod cjk;
mod front;
mod gather;
mod reader;
mod rules;
mod slips;
mod url;

pub use attrs::{Attr, Attributes};
pub use front::{FrontMatter, split_front_matter};
pub use reader::Flavour;
pub use rules::MARKDOWN_RULES;
pub use url::Reach;

pub(crate) use cjk::{Plain, joins};
pub(crate) use reader::{Prepared, Step, is_block};

use super::toml::Table;
use crate::base::{FileId, Found, Span, Spanned};
use std::sync::Arc;

/// What a prose file says, without its words: everything a rule may point at, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Where the prose starts, in bytes.
    pub body: usize,
    /// Which Markdown was read.
    pub flavour: Flavour,
    /// Every heading.
    pub headings: Vec<Heading>,
    /// Every task item.
    pub tasks: Vec<Task>,
    /// Every link and image.
    pub links: Vec<Link>,
    /// The parts that headings of level 2 open.
    pub sections: Vec<Section>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its words without marks.
    pub text: String,
    /// Unique in the file, among tasks too: the author's, or made from the words.
    pub id: String,
    /// The attribute block, if there is one.
    pub attributes: Option<Attributes>,
    /// The whole heading.
    pub span: Span,
}

impl Heading {
    /// The id the author wrote, and where.
    pub fn own_id(&self) -> Option<&Spanned<String>> {
        self.attributes.as_ref()?.id.as_ref()
    }
    /// The attribute with this key.
    pub fn get(&self, key: &str) -> Option<&Attr> {
        self.attributes.as_ref()?.get(key)
    }
}

/// A task item: `- [ ] words {#id role=tech due=T-9 must}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its words without marks and attributes.
    pub text: String,
    /// Whether the author ticked it.
    pub checked: bool,
    /// The id the author wrote, and where.
    pub id: Option<Spanned<String>>,
    /// The id in the page: unique in the file, among headings too.
    pub anchor: Option<String>,
    /// The other attributes.
    pub attrs: Vec<Attr>,
    /// From the check box to the end of its words, attributes included.
    pub span: Span,
    /// The heading it stands under: an index into [`Document::headings`].
    pub heading: Option<usize>,
}

impl Task {
    /// The attribute with this key.
    pub fn get(&self, key: &str) -> Option<&Attr> {
        self.attrs.iter().find(|attr| attr.key == key)
    }
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, entities and escapes resolved; `mailto:` added to a bare address.
    pub dest: String,
    /// The destination's words; of a reference link, those in its definition.
    pub span: Span,
    /// The whole link.
    pub whole: Span,
    /// Whether it is an image.
    pub is_image: bool,
    /// What it may lead to.
    pub reach: Reach,
}

/// What stands under a heading of level 2, up to the next one of level 1 or 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's id.
    pub id: String,
    /// The heading's words.
    pub title: String,
    /// Heading and body.
    pub span: Span,
    /// The heading: an index into [`Document::headings`].
    pub heading: usize,
    /// Whether it holds nothing but headings and comments.
    pub is_empty: bool,
}

/// A file of prose as it is read: front matter and text.
#[derive(Debug)]
pub struct Parsed {
    /// The front matter's keys; none where there is no front matter.
    pub front: Option<Table>,
    /// The text.
    pub document: Arc<Document>,
    /// What reading the text and the fences found.
    pub found: Found,
    /// What reading the front matter found.
    pub found_in_front: Found,
}

impl Parsed {
    /// Reads a whole file.
    pub fn read(file: FileId, text: &str) -> Self {
        let split = split_front_matter(text);
        let (mut found, mut found_in_front) = (split.found(file), Found::new());
        let front = split.toml.clone().map(|range| {
            let mut table = found_in_front.keep(super::toml::parse(file, &text[range.clone()], range.start));
            table.span = Span::new(file, 0, text[..split.body].trim_end().find('\n').unwrap_or(3).min(3));
            table
        });
        let document = Arc::new(found.keep(Document::parse(file, text, split.body)));
        Self { front, document, found, found_in_front }
    }
}

impl Document {
    /// Reads the prose of `text` (the whole file) from byte `body_start` on.
    pub fn parse(file: FileId, text: &str, body_start: usize) -> (Self, Found) {
        Self::parse_as(file, text, body_start, Flavour::Playbook)
    }

    /// The same in another flavour.
    pub fn parse_as(file: FileId, text: &str, body_start: usize, flavour: Flavour) -> (Self, Found) {
        gather::gather(file, text, body_start, flavour)
    }

    /// The section with this id.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }
}

/// The visible words of a piece of HTML, which is shown as text: comments are left out.
pub(crate) fn html_words(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("<!--") {
        words.push_str(&rest[..at]);
        let Some(end) = rest[at + 2..].find("-->") else { return words };
        rest = &rest[at + 2 + end + 3..];
    }
    words.push_str(rest);
    words
}

/// Whether a piece of inline HTML is the one tag that is obeyed: `<br>`.
pub(crate) fn is_line_break(html: &str) -> bool {
    let inner = html.strip_prefix('<').and_then(|h| h.strip_suffix('>')).unwrap_or_default();
    inner.trim_end_matches('/').trim().eq_ignore_ascii_case("br")
}

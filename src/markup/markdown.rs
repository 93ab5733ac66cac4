//! Prose to HTML: one writer over the parser's steps, safe by default.

mod footnotes;
mod writer;

use crate::base::Span;
use crate::sources::markdown::{Document, Reach, Task};

/// Where links and images of a text lead, decided by whoever knows the site.
///
/// Asked only for addresses that may be written at all; see [`Reach`].
pub trait Links {
    /// The address of a link's destination, as written on the page being made.
    fn link(&self, dest: &str, at: Span) -> Target;
    /// The address and size of an image.
    fn image(&self, dest: &str, at: Span) -> Image;
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The address; percent-encoding is added where it is missing.
    pub href: String,
    /// Whether it leaves the site.
    pub external: bool,
}

/// Where an image lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The address.
    pub src: String,
    /// Width in pixels, where known.
    pub width: Option<u32>,
    /// Height in pixels, where known.
    pub height: Option<u32>,
}

/// Links as the author wrote them, for previews and tests.
#[derive(Clone, Copy, Debug)]
pub struct AsWritten;

impl Links for AsWritten {
    fn link(&self, dest: &str, _: Span) -> Target {
        Target { href: dest.to_owned(), external: Reach::of(dest) == Reach::Web }
    }
    fn image(&self, dest: &str, _: Span) -> Image {
        Image { src: dest.to_owned(), width: None, height: None }
    }
}

/// The words the writer adds to a text; the site's strings know them by [`key`](Self::key).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Title of `> [!NOTE]`.
    Note,
    /// Title of `> [!TIP]`.
    Tip,
    /// Title of `> [!IMPORTANT]`.
    Important,
    /// Title of `> [!WARNING]`.
    Warning,
    /// Title of `> [!CAUTION]`.
    Caution,
    /// Names a table's scrolling frame; a number and the heading follow.
    Table,
    /// Names the list of footnotes.
    Footnotes,
    /// Names the way back from a footnote.
    BackToText,
    /// Names the link a heading has to itself; the heading follows.
    Permalink,
}

impl Word {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Note,
        Self::Tip,
        Self::Important,
        Self::Warning,
        Self::Caution,
        Self::Table,
        Self::Footnotes,
        Self::BackToText,
        Self::Permalink,
    ];

    /// Its key in a table of strings.
    pub fn key(self) -> &'static str {
        match self {
            Self::Note => "alert-note",
            Self::Tip => "alert-tip",
            Self::Important => "alert-important",
            Self::Warning => "alert-warning",
            Self::Caution => "alert-caution",
            Self::Table => "table",
            Self::Footnotes => "footnotes",
            Self::BackToText => "back-to-text",
            Self::Permalink => "permalink",
        }
    }
}

/// How a text is written.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Where links lead.
    pub links: &'a dyn Links,
    /// The writer's own words in the page's language.
    pub words: &'a dyn Fn(Word) -> String,
    /// Added to every heading's level, so that a text's `#` may become `h2`; never beyond `h6`.
    pub heading_shift: u8,
    /// Put before every id, for several texts on one page.
    pub id_prefix: &'a str,
    /// HTML added behind a task's words, such as its role and due date.
    pub task: &'a dyn Fn(&Task) -> String,
    /// Length of the excerpt in characters.
    pub excerpt: usize,
}

impl<'a> Options<'a> {
    /// Headings as written, no prefix, nothing behind tasks, an excerpt of 200 characters.
    pub fn new(links: &'a dyn Links, words: &'a dyn Fn(Word) -> String) -> Self {
        Self { links, words, heading_shift: 0, id_prefix: "", task: &|_| String::new(), excerpt: 200 }
    }
}

/// A text as HTML, and what pages need to know about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The whole text.
    pub html: String,
    /// The same in parts, one for each heading of level 2 at the text's own level; first the words before any.
    pub parts: Vec<Part>,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// Every address written, percent-encoded, with its destination's place in the source.
    pub links: Vec<(String, Span)>,
    /// The first words of its paragraphs.
    pub excerpt: String,
    /// All its words, a line for each block, for search.
    pub text: String,
}

/// A heading of level 2 and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The heading's id, with the prefix; empty for the words before the first heading.
    pub id: String,
    /// The heading's words.
    pub title_html: String,
    /// What stands under it, the heading excluded. The last part holds the footnotes.
    pub html: String,
}

/// A line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TocEntry {
    /// The level as written to HTML.
    pub level: u8,
    /// The id, with the prefix.
    pub id: String,
    /// The plain words.
    pub title: String,
}

/// Writes a document that was read from `text`, the whole file.
///
/// Ids from prose start with a letter or digit and hold no `:`; those of footnotes are `fn:…` and `fnref:…`. A theme whose
/// own ids start with `_` can therefore never meet them.
pub fn render(document: &Document, text: &str, options: &Options<'_>) -> Rendered {
    writer::write(document, text, options)
}

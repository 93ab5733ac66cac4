//! The writer: one pass over the steps, output and facts at once.

mod links;
mod table;
mod words;

use self::links::Picture;
use self::table::Table;
use self::words::Words;
use super::footnotes::Footnotes;
use super::{Options, Part, Rendered, TocEntry, Word};
use crate::base::Span;
use crate::markup::html;
use crate::sources::markdown::{Document, Flavour, Plain, Prepared, Step, html_words, is_block, is_line_break, joins};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

/// Writes the whole document.
pub(super) fn write(document: &Document, text: &str, options: &Options<'_>) -> Rendered {
    let prepared = Prepared::new(document.file, text, document.body, document.flavour);
    let mut writer = Writer {
        document,
        options,
        is_strict: document.flavour == Flavour::CommonMark,
        out: String::with_capacity((text.len() - document.body.min(text.len())) * 5 / 4 + 64),
        outer: Vec::new(),
        words: Words::default(),
        broken: None,
        last: None,
        links: Vec::new(),
        image: None,
        item: None,
        is_label_open: false,
        table: Table::default(),
        html: None,
        in_code: false,
        depth: 0,
        headings: 0,
        tasks: 0,
        seen_links: 0,
        pictures: 0,
        heading: None,
        splits: Vec::new(),
        footnotes: Footnotes::default(),
        ids: None,
        toc: Vec::new(),
        written: Vec::new(),
    };
    for step in prepared.steps() {
        writer.step(step);
    }
    writer.finish()
}

struct Writer<'a, 'o> {
    document: &'a Document,
    options: &'a Options<'o>,
    is_strict: bool,
    out: String,
    /// While a footnote is written: its label, and the output around it.
    outer: Vec<(String, String)>,
    words: Words,
    /// A line ended here in the output; the next sign decides what becomes of it.
    broken: Option<usize>,
    /// The last visible sign of the paragraph.
    last: Option<char>,
    /// For each open link, how it ends.
    links: Vec<&'static str>,
    image: Option<Picture>,
    /// Where the newest item's tag takes attributes.
    item: Option<usize>,
    is_label_open: bool,
    table: Table,
    html: Option<String>,
    in_code: bool,
    /// Open quotes, lists and footnotes.
    depth: usize,
    headings: usize,
    tasks: usize,
    /// How many pictures are written.
    pictures: usize,
    seen_links: usize,
    /// Where the open heading and its words start.
    heading: Option<(usize, usize)>,
    splits: Vec<Split>,
    footnotes: Footnotes,
    ids: Option<BTreeSet<&'a str>>,
    toc: Vec<TocEntry>,
    written: Vec<(String, Span)>,
}

/// A heading that starts a part: ranges of the output.
struct Split {
    id: String,
    heading: usize,
    title: Range<usize>,
    body: usize,
}

impl Writer<'_, '_> {
    fn fresh(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn step(&mut self, step: Step<'_>) {
        let Step { event, range, .. } = step;
        if self.image.is_some() {
            return self.within_image(event);
        }
        if is_block(&event) {
            self.end_label();
            self.end_words(&event);
        }
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => {
                self.visible(&words);
                html::text(&mut self.out, &words);
            }
            Event::Code(words) => {
                self.visible(&words);
                self.out.push_str("<code>");
                html::text(&mut self.out, &words);
                self.out.push_str("</code>");
            }
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::Html(piece) => match &mut self.html {
                Some(whole) => whole.push_str(&piece),
                None => self.out.push_str(&piece),
            },
            Event::SoftBreak if self.is_strict => self.out.push('\n'),
            Event::SoftBreak => self.broken = Some(self.out.len()),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.fresh();
                self.out.push_str(if self.is_strict { "<hr />\n" } else { "<hr>\n" });
            }
            Event::FootnoteReference(label) => self.footnotes.refer(&mut self.out, &label, self.options.id_prefix),
            Event::TaskListMarker(checked) => self.task(checked),
            // Mathematics is not read; shown as text if it ever is.
            Event::InlineMath(words) | Event::DisplayMath(words) => html::text(&mut self.out, &words),
        }
    }

    /// Visible words come next: settles a line end before them, and keeps them for search.
    fn visible(&mut self, words: &str) {
        let Some(first) = words.chars().next() else { return };
        if let Some(at) = self.broken.take() {
            self.words.excerpt.line();
            if !self.last.is_some_and(|last| joins(last, first)) {
                self.out.insert(at, '\n');
                self.words.text.push(' ');
            }
        }
        self.last = words.chars().next_back();
        let counts = self.heading.is_none() && !self.in_code && !self.table.is_open && self.outer.is_empty();
        self.words.add(words, if counts { self.options.excerpt } else { 0 });
    }

    /// A paragraph, an item's line or a cell is over.
    fn end_words(&mut self, event: &Event<'_>) {
        self.broken = None;
        self.last = None;
        let in_row = matches!(event, Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell));
        self.words.line(if in_row { ' ' } else { '\n' });
    }

    fn hard_break(&mut self) {
        self.broken = None;
        self.last = None;
        self.words.line(' ');
        self.out.push_str(if self.is_strict { "<br />\n" } else { "<br>\n" });
    }

    fn inline_html(&mut self, tag: &str) {
        if self.is_strict {
            self.out.push_str(tag);
        } else if is_line_break(tag) {
            self.hard_break();
        } else {
            let words = html_words(tag);
            self.visible(&words);
            html::text(&mut self.out, &words);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.fresh();
                self.out.push_str("<p>");
            }
            Tag::Heading { level, .. } => self.start_heading(level as u8),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock if self.is_strict => self.fresh(),
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(first) => {
                self.depth += 1;
                self.fresh();
                match first {
                    None => self.out.push_str("<ul>\n"),
                    Some(1) => self.out.push_str("<ol>\n"),
                    Some(first) => {
                        let _ = writeln!(self.out, "<ol start=\"{first}\">");
                    }
                }
            }
            Tag::Item => {
                self.fresh();
                self.out.push_str("<li");
                self.item = Some(self.out.len());
                self.out.push('>');
            }
            Tag::FootnoteDefinition(label) => {
                self.depth += 1;
                self.outer.push((label.to_string(), std::mem::take(&mut self.out)));
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => self.start_table(tag),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { dest_url, title, .. } => self.start_link(&dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => {
                let link = self.link(&dest_url, range);
                self.image = Some(Picture { link, title: title.to_string(), alt: Plain::default(), nested: 0 });
            }
            // Not read by either flavour.
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {}
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::BlockQuote(kind) => {
                self.depth -= 1;
                self.fresh();
                self.out.push_str(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::List(is_ordered) => {
                self.depth -= 1;
                self.out.push_str(if is_ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                self.depth -= 1;
                if let Some((label, outer)) = self.outer.pop() {
                    let body = std::mem::replace(&mut self.out, outer);
                    self.footnotes.define(&label, body);
                }
            }
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => self.end_table(tag),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => {
                let end = self.links.pop().unwrap_or("");
                self.out.push_str(end);
            }
            _ => {}
        }
    }

    fn start_heading(&mut self, level: u8) {
        self.fresh();
        let start = self.out.len();
        let level = level.saturating_add(self.options.heading_shift).min(6);
        let _ = write!(self.out, "<h{level}");
        if let Some(heading) = self.document.headings.get(self.headings).filter(|_| !self.is_strict) {
            self.out.push_str(" id=\"");
            html::attribute(&mut self.out, self.options.id_prefix);
            html::attribute(&mut self.out, &heading.id);
            self.out.push('"');
            let classes: Vec<&str> =
                heading.attributes.iter().flat_map(|a| &a.classes).map(|c| c.value.as_str()).collect();
            if !classes.is_empty() {
                self.out.push_str(" class=\"");
                html::attribute(&mut self.out, &classes.join(" "));
                self.out.push('"');
            }
        }
        self.out.push('>');
        self.heading = Some((start, self.out.len()));
    }

    fn end_heading(&mut self, source_level: u8) {
        let level = source_level.saturating_add(self.options.heading_shift).min(6);
        let title_end = self.out.len();
        let places = self.heading.take();
        let heading = self.document.headings.get(self.headings).filter(|_| !self.is_strict);
        self.headings += 1;
        if let Some(heading) = heading {
            let id = format!("{}{}", self.options.id_prefix, heading.id);
            self.out.push_str("<a class=\"anchor\" href=\"#");
            html::attribute(&mut self.out, &id);
            self.out.push_str("\" aria-label=\"");
            html::attribute(&mut self.out, &(self.options.words)(Word::Permalink));
            self.out.push(' ');
            html::attribute(&mut self.out, &heading.text);
            self.out.push_str("\"><span aria-hidden=\"true\">#</span></a>");
            self.toc.push(TocEntry { level, id, title: heading.text.clone() });
        }
        let _ = writeln!(self.out, "</h{level}>");
        if let (2, 0, Some((start, title))) = (source_level, self.depth, places) {
            let id = self.toc.last().map(|entry| entry.id.clone()).unwrap_or_default();
            self.splits.push(Split { id, heading: start, title: title..title_end, body: self.out.len() });
        }
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.depth += 1;
        self.fresh();
        let Some(kind) = kind else { return self.out.push_str("<blockquote>\n") };
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", Word::Note),
            BlockQuoteKind::Tip => ("tip", Word::Tip),
            BlockQuoteKind::Important => ("important", Word::Important),
            BlockQuoteKind::Warning => ("warning", Word::Warning),
            BlockQuoteKind::Caution => ("caution", Word::Caution),
        };
        let _ = write!(self.out, "<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">");
        html::text(&mut self.out, &(self.options.words)(word));
        self.out.push_str("</p>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        self.fresh();
        self.out.push_str("<pre");
        // `toml file=content/people.toml`: whose lines they are, shown above them.
        if let CodeBlockKind::Fenced(info) = kind
            && !self.is_strict
            && let Some(path) = info.split_ascii_whitespace().skip(1).find_map(named_file)
        {
            self.out.push_str(" data-file=\"");
            html::attribute(&mut self.out, path);
            self.out.push('"');
        }
        self.out.push_str("><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let mut language = info.split_ascii_whitespace().next().unwrap_or_default().to_owned();
            if !self.is_strict {
                language.retain(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#' | '_' | '.'));
            }
            if !language.is_empty() {
                self.out.push_str(" class=\"language-");
                html::attribute(&mut self.out, &language);
                self.out.push('"');
            }
        }
        self.out.push('>');
    }

    fn end_html(&mut self) {
        let words = html_words(&self.html.take().unwrap_or_default());
        let words = words.trim();
        if !words.is_empty() {
            self.fresh();
            self.out.push_str("<p>");
            self.visible(words);
            html::text(&mut self.out, words);
            self.out.push_str("</p>\n");
            self.end_words(&Event::Rule);
        }
    }

    fn task(&mut self, checked: bool) {
        if let Some(task) = self.document.tasks.get(self.tasks)
            && let Some(at) = self.item.take()
        {
            let mut attributes = String::from(" class=\"task\"");
            if let Some(anchor) = &task.anchor {
                attributes.push_str(" id=\"");
                html::attribute(&mut attributes, self.options.id_prefix);
                html::attribute(&mut attributes, anchor);
                attributes.push('"');
            }
            self.out.insert_str(at, &attributes);
        }
        self.out.push_str("<label><input type=\"checkbox\" disabled");
        self.out.push_str(if checked { " checked> " } else { "> " });
        self.is_label_open = true;
    }

    /// A task's words are over.
    fn end_label(&mut self) {
        if std::mem::take(&mut self.is_label_open) {
            self.out.push_str("</label>");
            if let Some(task) = self.document.tasks.get(self.tasks) {
                let more = (self.options.task)(task);
                self.out.push_str(&more);
            }
            self.tasks += 1;
        }
    }

    fn finish(mut self) -> Rendered {
        self.end_label();
        self.footnotes.write(
            &mut self.out,
            self.options.id_prefix,
            &(self.options.words)(Word::Footnotes),
            &(self.options.words)(Word::BackToText),
        );
        let end_of = |n: usize| self.splits.get(n).map_or(self.out.len(), |split| split.heading);
        let mut parts = vec![Part { html: self.out[..end_of(0)].to_owned(), ..Part::default() }];
        for (n, split) in self.splits.iter().enumerate() {
            parts.push(Part {
                id: split.id.clone(),
                title_html: self.out[split.title.clone()].to_owned(),
                html: self.out[split.body..end_of(n + 1)].to_owned(),
            });
        }
        let (text, excerpt) = self.words.finish(self.options.excerpt);
        Rendered { html: self.out, parts, toc: self.toc, links: self.written, excerpt, text }
    }
}

/// The file that a word behind the language of a code block names: `file=content/people.toml`.
fn named_file(word: &str) -> Option<&str> {
    let (_, path) = word.split_once('=')?;
    let is_path = path.contains('/') || std::path::Path::new(path).extension().is_some_and(|e| !e.is_empty());
    is_path.then_some(path)
}

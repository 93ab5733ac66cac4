//! Links and images: addresses are judged before and after the site has resolved them.

use super::Writer;
use crate::base::Span;
use crate::markup::html;
use crate::sources::markdown::{Link, Plain, Reach, html_words};
use pulldown_cmark::{CowStr, Event, Tag};
use std::fmt::Write as _;
use std::ops::Range;

/// An image whose words are being read.
pub(super) struct Picture {
    pub(super) link: Link,
    pub(super) title: String,
    pub(super) alt: Plain,
    /// Tags open within it.
    pub(super) nested: usize,
}

impl Writer<'_, '_> {
    /// What the reading room found out about the next link.
    pub(super) fn link(&mut self, dest: &CowStr<'_>, range: &Range<usize>) -> Link {
        let known = self.document.links.get(self.seen_links).cloned();
        self.seen_links += 1;
        known.unwrap_or_else(|| {
            let whole = Span::new(self.document.file, range.start, range.end);
            Link { dest: dest.to_string(), span: whole, whole, is_image: false, reach: Reach::of(dest) }
        })
    }

    /// The address of a link, if it may be written.
    pub(super) fn address(&mut self, link: &Link) -> Option<(String, bool)> {
        if link.reach == Reach::Blocked {
            return None;
        }
        if let Some(id) = self.own_fragment(link) {
            return Some((format!("#{}{id}", self.options.id_prefix), false));
        }
        let target = self.options.links.link(&link.dest, link.span);
        // Whatever the site made of it is judged again.
        (Reach::of(&target.href) != Reach::Blocked).then_some((target.href, target.external))
    }

    /// The id of this text that a fragment names.
    pub(super) fn own_fragment(&mut self, link: &Link) -> Option<String> {
        let fragment = link.dest.strip_prefix('#')?;
        let decoded = html::decoded(fragment);
        let document = self.document;
        let ids = self.ids.get_or_insert_with(|| {
            let headings = document.headings.iter().map(|h| h.id.as_str());
            headings.chain(document.tasks.iter().filter_map(|t| t.anchor.as_deref())).collect()
        });
        ids.contains(decoded.as_str()).then_some(decoded)
    }

    pub(super) fn start_link(&mut self, dest: &CowStr<'_>, title: &str, range: &Range<usize>) {
        let link = self.link(dest, range);
        let address = if self.is_strict { Some((link.dest.clone(), false)) } else { self.address(&link) };
        let Some((address, is_external)) = address else { return self.links.push("") };
        self.open_link(&address, is_external, title, link.span);
        self.links.push("</a>");
    }

    pub(super) fn open_link(&mut self, address: &str, is_external: bool, title: &str, span: Span) {
        self.out.push_str("<a href=\"");
        html::href(&mut self.out, address);
        self.title(title);
        self.out.push_str(if is_external { "\" rel=\"noopener noreferrer\">" } else { "\">" });
        self.written.push((html::encoded(address), span));
    }

    pub(super) fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            html::attribute(&mut self.out, title);
        }
    }

    pub(super) fn within_image(&mut self, event: Event<'_>) {
        let Some(picture) = &mut self.image else { return };
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                picture.nested += 1;
                self.seen_links += 1;
            }
            Event::Start(_) => picture.nested += 1,
            Event::End(_) if picture.nested == 0 => self.end_image(),
            Event::End(_) => picture.nested -= 1,
            Event::SoftBreak | Event::HardBreak if self.is_strict => picture.alt.text.push('\n'),
            Event::SoftBreak | Event::HardBreak => picture.alt.line(),
            Event::Text(words) | Event::Code(words) => picture.alt.push(&words),
            Event::InlineHtml(tag) if !self.is_strict => picture.alt.push(&html_words(&tag)),
            _ => {}
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some(picture) = self.image.take() else { return };
        let Picture { link, title, alt, .. } = picture;
        if self.is_strict {
            return self.image(&link.dest, &alt.text, &title, &link, None, None);
        }
        let is_linked = !self.links.is_empty();
        match link.reach {
            Reach::Relative => {
                let image = self.options.links.image(&link.dest, link.span);
                if Reach::of(&image.src) == Reach::Relative {
                    // An object replacement sign: a picture is no letter, so a line end beside it is a space.
                    self.visible("\u{fffc}");
                    self.words.replace_last(&alt.text);
                    self.image(&image.src, &alt.text, &title, &link, image.width, image.height);
                } else {
                    self.words_of(&alt.text);
                }
            }
            Reach::Web if !is_linked => {
                let words = if alt.text.trim().is_empty() { &link.dest } else { &alt.text };
                self.visible(words);
                self.open_link(&link.dest, true, &title, link.span);
                html::text(&mut self.out, words);
                self.out.push_str("</a>");
            }
            _ => self.words_of(&alt.text),
        }
    }

    pub(super) fn words_of(&mut self, words: &str) {
        self.visible(words);
        html::text(&mut self.out, words);
    }

    pub(super) fn image(
        &mut self,
        src: &str,
        alt: &str,
        title: &str,
        link: &Link,
        width: Option<u32>,
        height: Option<u32>,
    ) {
        self.out.push_str("<img src=\"");
        html::href(&mut self.out, src);
        self.out.push_str("\" alt=\"");
        html::attribute(&mut self.out, alt);
        self.title(title);
        self.out.push('"');
        if self.is_strict {
            return self.out.push_str(" />");
        }
        if let (Some(width), Some(height)) = (width, height) {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        }
        // The first picture of a page's own text is what readers wait for.
        if self.pictures > 0 || self.options.heading_shift > 0 {
            self.out.push_str(" loading=\"lazy\"");
        }
        self.pictures += 1;
        self.out.push_str(" decoding=\"async\">");
        self.written.push((html::encoded(src), link.span));
    }
}

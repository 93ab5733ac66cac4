//! HTML as a browser reads it: the ids of a page and every address in it.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// What an address in a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    /// Somebody may follow it.
    Link,
    /// A picture that is shown.
    Image,
    /// Something else the page loads by itself: styles, scripts, frames, sound.
    Resource,
}

/// What stands in a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Seen<'a> {
    /// A place that fragments may name.
    Id(&'a str),
    /// An address.
    Address(Use, &'a str),
}

/// Calls `see` for each id and address of a page, in order.
pub(crate) fn scan(html: &[u8], mut see: impl FnMut(Seen<'_>)) {
    let mut tag = Tag::default();
    let emitter = {
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
            tag.take(event, &mut see);
            None
        });
        // Without it the text of scripts and styles would be read as tags.
        emitter.naively_switch_states(true);
        emitter
    };
    for step in Tokenizer::new_with_emitter(html, emitter) {
        match step {
            Ok(()) => {}
            Err(never) => match never {},
        }
    }
}

/// A start tag as far as it has been read. Its values keep their room from tag to tag: pages are mostly links.
#[derive(Default)]
struct Tag {
    element: Element,
    attribute: Attribute,
    values: [Value; Attribute::COUNT],
}

#[derive(Default)]
struct Value {
    is_set: bool,
    text: String,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Element {
    #[default]
    Other,
    /// `a`, `area`.
    Anchor,
    Form,
    Link,
    Meta,
    /// `img`, `image`, `input`, and `source` whatever it is of.
    Image,
    /// `script`, `iframe`, `embed`, `audio`, `track`, and `use` of an SVG.
    Resource,
    Video,
    Object,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Attribute {
    #[default]
    Other,
    Id,
    Name,
    Href,
    Src,
    Srcset,
    Rel,
    Poster,
    Action,
    Data,
    Content,
    HttpEquiv,
}

impl Attribute {
    const COUNT: usize = Self::HttpEquiv as usize + 1;

    fn of(name: &[u8]) -> Self {
        match name {
            b"id" => Self::Id,
            b"name" => Self::Name,
            b"href" | b"xlink:href" => Self::Href,
            b"src" => Self::Src,
            b"srcset" | b"imagesrcset" => Self::Srcset,
            b"rel" => Self::Rel,
            b"poster" => Self::Poster,
            b"action" | b"formaction" => Self::Action,
            b"data" => Self::Data,
            b"content" => Self::Content,
            b"http-equiv" => Self::HttpEquiv,
            _ => Self::Other,
        }
    }
}

impl Element {
    fn of(name: &[u8]) -> Self {
        match name {
            b"a" | b"area" => Self::Anchor,
            b"form" | b"button" => Self::Form,
            b"link" => Self::Link,
            b"meta" => Self::Meta,
            b"img" | b"image" | b"input" | b"source" => Self::Image,
            b"script" | b"iframe" | b"embed" | b"audio" | b"track" | b"use" => Self::Resource,
            b"video" => Self::Video,
            b"object" => Self::Object,
            _ => Self::Other,
        }
    }
}

impl Tag {
    #[expect(clippy::needless_pass_by_value, reason = "the tokenizer hands its events over by value")]
    fn take(&mut self, event: CallbackEvent<'_>, see: &mut impl FnMut(Seen<'_>)) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.element = Element::of(name);
                self.values.iter_mut().for_each(|v| v.is_set = false);
            }
            CallbackEvent::AttributeName { name } => self.attribute = Attribute::of(name),
            CallbackEvent::AttributeValue { value } => {
                let (attribute, value) = (self.attribute, String::from_utf8_lossy(value));
                if attribute == Attribute::Id {
                    see(Seen::Id(&value));
                } else if attribute != Attribute::Other && self.element != Element::Other {
                    let slot = &mut self.values[attribute as usize];
                    // The first of two attributes of one name counts.
                    if !slot.is_set {
                        slot.is_set = true;
                        slot.text.clear();
                        slot.text.push_str(&value);
                    }
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.close(see),
            _ => {}
        }
    }

    fn close(&self, see: &mut impl FnMut(Seen<'_>)) {
        let value = |attribute: Attribute| {
            let slot = &self.values[attribute as usize];
            slot.is_set.then_some(slot.text.as_str())
        };
        let mut address = |of: Use, attribute: Attribute| {
            if let Some(value) = value(attribute) {
                see(Seen::Address(of, value.trim()));
            }
        };
        match self.element {
            Element::Other => {}
            Element::Anchor => {
                address(Use::Link, Attribute::Href);
                if let Some(name) = value(Attribute::Name) {
                    see(Seen::Id(name));
                }
            }
            Element::Form => address(Use::Link, Attribute::Action),
            Element::Link => {
                let loads = value(Attribute::Rel).is_some_and(|rel| rel.split_ascii_whitespace().any(is_loaded));
                address(if loads { Use::Resource } else { Use::Link }, Attribute::Href);
            }
            Element::Meta => {
                if value(Attribute::HttpEquiv).is_some_and(|v| v.eq_ignore_ascii_case("refresh"))
                    && let Some(to) = value(Attribute::Content).and_then(refreshed)
                {
                    see(Seen::Address(Use::Link, to));
                }
            }
            Element::Image => {
                address(Use::Image, Attribute::Src);
                address(Use::Image, Attribute::Href);
                for candidate in value(Attribute::Srcset).into_iter().flat_map(candidates) {
                    see(Seen::Address(Use::Image, candidate));
                }
            }
            Element::Resource => {
                address(Use::Resource, Attribute::Src);
                address(Use::Resource, Attribute::Href);
            }
            Element::Video => {
                address(Use::Resource, Attribute::Src);
                address(Use::Image, Attribute::Poster);
            }
            Element::Object => address(Use::Resource, Attribute::Data),
        }
    }
}

/// Whether a browser asks for the target of a `link` of this relation by itself.
fn is_loaded(rel: &str) -> bool {
    const LOADED: [&str; 11] = [
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "mask-icon",
        "manifest",
        "preload",
        "modulepreload",
        "prefetch",
        "preconnect",
        "dns-prefetch",
        "prerender",
    ];
    LOADED.iter().any(|loaded| rel.eq_ignore_ascii_case(loaded))
}

/// The address in `0; url=../new/`.
fn refreshed(content: &str) -> Option<&str> {
    let (_, rest) = content.split_once([';', ','])?;
    let rest = rest.trim_start();
    let url = rest.get(..3).filter(|word| word.eq_ignore_ascii_case("url")).and(rest.get(3..))?;
    Some(url.trim_start().strip_prefix('=')?.trim().trim_matches(['"', '\'']))
}

/// The addresses of `a.png 1x, b.png 2x`.
fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    // An address may hold commas, but neither starts nor ends with one; what follows it has no spaces before its comma.
    srcset.split(", ").filter_map(|part| part.split_ascii_whitespace().next()).map(|url| url.trim_matches(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> Vec<String> {
        let mut list = Vec::new();
        scan(html.as_bytes(), |seen| {
            list.push(match seen {
                Seen::Id(id) => format!("#{id}"),
                Seen::Address(of, url) => format!("{of:?} {url}"),
            });
        });
        list
    }

    #[test]
    fn every_kind_of_address_is_seen_with_its_use() {
        let html = r##"<!DOCTYPE html><html id=top><head>
            <link href="style.css" rel="stylesheet"><link rel="canonical" href="https://example.org/">
            <meta http-equiv=refresh content="0; url=../new/?a=1&amp;b=2"><script src=app.js></script>
            <body><a name="old" href=" a.html#b ">x</a><img src='p.png' srcset="p.png 1x, q.png 2x">
            <svg><use xlink:href="#icon"/><image href="r.png"/></svg><video poster=v.png src=v.mp4></video>"##;
        assert_eq!(
            seen(html),
            [
                "#top",
                "Resource style.css",
                "Link https://example.org/",
                "Link ../new/?a=1&b=2",
                "Resource app.js",
                "Link a.html#b",
                "#old",
                "Image p.png",
                "Image p.png",
                "Image q.png",
                "Resource #icon",
                "Image r.png",
                "Resource v.mp4",
                "Image v.png",
            ]
        );
    }

    #[test]
    fn what_is_text_or_comment_is_no_tag() {
        assert_eq!(seen("<script>'<a href=x>'</script><!-- <a href=y> --><title><a href=z></title>"), [""; 0]);
    }
}

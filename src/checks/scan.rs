//! HTML as a browser reads it: the ids of a page and every address in it.
//!
//! Each build reads every page once more, so this looks at tags only and skips text. Where a browser's rules are long
//! (entities in values) the tokenizer of `html5gum` speaks; a test holds everything else to it.

use html5gum::{Token, Tokenizer};
use memchr::{memchr, memchr3, memmem};
use std::borrow::Cow;

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
    let mut at = 0;
    while let Some(step) = memchr(b'<', &html[at..]) {
        at += step + 1;
        let next = match html.get(at) {
            Some(b'!') => declaration(html, at),
            Some(b'/') if html.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => end_tag(html, at + 1),
            Some(b'/' | b'?') => past(html, at, b'>'),
            Some(first) if first.is_ascii_alphabetic() => tag.read(html, at, &mut see),
            // A sign in a text.
            _ => Some(at),
        };
        // What is open at the end of the file is no tag.
        let Some(next) = next else { return };
        at = next;
    }
}

/// The place behind the next `sign`.
fn past(html: &[u8], at: usize, sign: u8) -> Option<usize> {
    memchr(sign, &html[at..]).map(|step| at + step + 1)
}

/// The place behind a comment or `<!DOCTYPE html>`; `at` is its `!`.
fn declaration(html: &[u8], at: usize) -> Option<usize> {
    let Some(comment) = html[at..].strip_prefix(b"!--") else { return past(html, at, b'>') };
    let start = at + 3;
    for short in [&b">"[..], b"->"] {
        if comment.starts_with(short) {
            return Some(start + short.len());
        }
    }
    let plain = memmem::find(comment, b"-->").map(|step| step + 3);
    let banged = memmem::find(&comment[..plain.unwrap_or(comment.len())], b"--!>").map(|step| step + 4);
    banged.or(plain).map(|step| start + step)
}

/// The place behind an end tag, whose attributes mean nothing; `at` is its name.
fn end_tag(html: &[u8], at: usize) -> Option<usize> {
    attributes(html, at + name(&html[at..]).len(), |_, _| {})
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// The name a tag opens with.
fn name(html: &[u8]) -> &[u8] {
    let end = html.iter().position(|b| is_space(*b) || matches!(b, b'/' | b'>'));
    &html[..end.unwrap_or(html.len())]
}

/// Hands on the attributes of a tag; the place behind its `>`, none when it never comes.
fn attributes<'h>(html: &'h [u8], mut at: usize, mut take: impl FnMut(&'h [u8], &'h [u8])) -> Option<usize> {
    loop {
        at += html[at..].iter().position(|b| !is_space(*b) && *b != b'/')?;
        if html[at] == b'>' {
            return Some(at + 1);
        }
        // A sign of equality at the start belongs to the name.
        let ends = |b: &u8| is_space(*b) || matches!(b, b'/' | b'>' | b'=');
        let end = at + 1 + html[at + 1..].iter().position(ends)?;
        let name = &html[at..end];
        at = end + html[end..].iter().position(|b| !is_space(*b))?;
        if html[at] != b'=' {
            take(name, b"");
            continue;
        }
        at += 1 + html[at + 1..].iter().position(|b| !is_space(*b))?;
        let from = if matches!(html[at], b'"' | b'\'') { at + 1 } else { at };
        let end = match html[at] {
            quote @ (b'"' | b'\'') => from + memchr(quote, &html[from..])?,
            _ => from + html[from..].iter().position(|b| is_space(*b) || *b == b'>')?,
        };
        take(name, &html[from..end]);
        at = end + (from - at);
    }
}

/// A value's text: entities resolved.
fn text(value: &[u8]) -> Cow<'_, str> {
    if memchr3(b'&', b'\r', 0, value).is_none() {
        return String::from_utf8_lossy(value);
    }
    let mut tag = b"<a v=\"".to_vec();
    for &byte in value {
        match byte {
            b'"' => tag.extend_from_slice(b"&quot;"),
            byte => tag.push(byte),
        }
    }
    tag.extend_from_slice(b"\">");
    let start = |token| match token {
        Ok(Token::StartTag(tag)) => tag.attributes.into_values().next(),
        _ => None,
    };
    match Tokenizer::new(tag.as_slice()).find_map(start) {
        Some(value) => Cow::Owned(String::from_utf8_lossy(&value).into_owned()),
        None => String::from_utf8_lossy(value),
    }
}

/// A start tag as far as it has been read. Its values keep their room from tag to tag: pages are mostly links.
#[derive(Default)]
struct Tag {
    element: Element,
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
    /// `form`, and the buttons that lead elsewhere.
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribute {
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
    const NAMES: [(&'static [u8], Self); 14] = [
        (b"id", Self::Id),
        (b"href", Self::Href),
        (b"src", Self::Src),
        (b"name", Self::Name),
        (b"rel", Self::Rel),
        (b"srcset", Self::Srcset),
        (b"imagesrcset", Self::Srcset),
        (b"xlink:href", Self::Href),
        (b"poster", Self::Poster),
        (b"action", Self::Action),
        (b"formaction", Self::Action),
        (b"data", Self::Data),
        (b"content", Self::Content),
        (b"http-equiv", Self::HttpEquiv),
    ];

    fn of(name: &[u8]) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, attribute)| *attribute)
    }
}

impl Element {
    const NAMES: [(&'static [u8], Self); 18] = [
        (b"a", Self::Anchor),
        (b"area", Self::Anchor),
        (b"form", Self::Form),
        (b"button", Self::Form),
        (b"link", Self::Link),
        (b"meta", Self::Meta),
        (b"img", Self::Image),
        (b"image", Self::Image),
        (b"input", Self::Image),
        (b"source", Self::Image),
        (b"script", Self::Resource),
        (b"iframe", Self::Resource),
        (b"embed", Self::Resource),
        (b"audio", Self::Resource),
        (b"track", Self::Resource),
        (b"use", Self::Resource),
        (b"video", Self::Video),
        (b"object", Self::Object),
    ];

    fn of(name: &[u8]) -> Self {
        let known = Self::NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
        known.map_or(Self::Other, |(_, element)| *element)
    }
}

/// Elements whose text holds no tags. `noscript` is none of them: readers without scripts follow its links.
const RAW: [&[u8]; 6] = [b"script", b"style", b"title", b"textarea", b"iframe", b"xmp"];

/// The place of the end tag of an element whose text holds no tags.
fn raw_end(html: &[u8], mut at: usize, name: &[u8]) -> Option<usize> {
    loop {
        at += memmem::find(&html[at..], b"</")?;
        let (word, behind) = html[at + 2..].split_at_checked(name.len())?;
        let ends = behind.first().is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'));
        if word.eq_ignore_ascii_case(name) && ends {
            return Some(at);
        }
        at += 2;
    }
}

impl Tag {
    /// Reads a start tag whose name begins at `at`; the place behind it and behind text that holds no tags.
    fn read(&mut self, html: &[u8], at: usize, see: &mut impl FnMut(Seen<'_>)) -> Option<usize> {
        let name = name(&html[at..]);
        self.element = Element::of(name);
        self.values.iter_mut().for_each(|v| v.is_set = false);
        let behind = attributes(html, at + name.len(), |name, value| self.take(name, value))?;
        self.close(see);
        match RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
            Some(raw) => raw_end(html, behind, raw),
            None => Some(behind),
        }
    }

    fn take(&mut self, name: &[u8], value: &[u8]) {
        let Some(attribute) = Attribute::of(name) else { return };
        if self.element == Element::Other && attribute != Attribute::Id {
            return;
        }
        let slot = &mut self.values[attribute as usize];
        // The first of two attributes of one name counts.
        if !slot.is_set {
            slot.is_set = true;
            slot.text.clear();
            slot.text.push_str(&text(value));
        }
    }

    fn close(&self, see: &mut impl FnMut(Seen<'_>)) {
        let value = |attribute: Attribute| {
            let slot = &self.values[attribute as usize];
            slot.is_set.then_some(slot.text.as_str())
        };
        if let Some(id) = value(Attribute::Id) {
            see(Seen::Id(id));
        }
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

    /// Every start tag that `html5gum` sees, written again in the plainest way.
    fn plainly(html: &str) -> String {
        let mut emitter = html5gum::DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut plain = String::new();
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(Token::StartTag(tag)) = token else { continue };
            let name = String::from_utf8_lossy(&tag.name);
            plain.push_str(&format!("<{name}"));
            for (key, value) in &tag.attributes {
                let value =
                    String::from_utf8_lossy(value).replace('&', "&amp;").replace('"', "&quot;").replace('\r', "&#13;");
                plain.push_str(&format!(" {}=\"{value}\"", String::from_utf8_lossy(key)));
            }
            plain.push_str(&format!("></{name}>"));
        }
        plain
    }

    /// What pages are made of, and what breaks them.
    const PIECES: [&str; 34] = [
        "<",
        ">",
        "/",
        "=",
        "\"",
        "'",
        " ",
        "\n",
        "\r\n",
        "!",
        "-",
        "x",
        "双",
        "&amp;",
        "&copy",
        "&#x41;",
        "<a ",
        "<A HREF=",
        "</a ",
        "<img src=",
        "<p>",
        "<p id=",
        " id=\"",
        " href='",
        " href",
        "<!--",
        "-->",
        "--!>",
        "<!DOCTYPE html>",
        "<title>",
        "</title>",
        "</titl",
        "<style>",
        "<script src=s></script>",
    ];

    proptest::proptest! {
        #[test]
        fn tags_are_read_as_html5gum_reads_them(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40)) {
            let html = pieces.concat();
            proptest::prop_assert_eq!(seen(&html), seen(&plainly(&html)), "{:?}", html);
        }
    }

    #[test]
    fn what_is_text_or_comment_is_no_tag() {
        assert_eq!(seen("<script>'<a href=x>'</script><!-- <a href=y> --><title><a href=z></title>"), [""; 0]);
    }
}

//! The words of a finished page as a reader sees them: its main part, without navigation, marks and drawings.

use memchr::{memchr, memmem};
use std::borrow::Cow;

/// The words of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// The words of its `<h1>`.
    pub(super) title: String,
    /// All others: a line for each block.
    pub(super) text: String,
    /// Where headings stand in the text.
    pub(super) headings: Vec<std::ops::Range<usize>>,
    /// From which byte on a place of the page is nearest.
    pub(super) places: Vec<Place>,
    /// From which byte on the words are in a language; none for the page's own.
    pub(super) languages: Vec<(usize, Option<String>)>,
}

/// A place that a link may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) id: String,
    pub(super) heading: String,
}

/// Elements that may stand within a word.
const WITHIN: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "strong", "sub", "sup", "u", "var", "wbr",
];
/// Elements that part words, as a space does.
const SPACED: &[&str] = &["span", "time", "label", "img"];
/// Elements without an end tag.
const VOID: &[&str] = &["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements that hold no words of the page.
const UNREAD: &[&str] = &[
    "nav", "svg", "script", "style", "template", "noscript", "button", "select", "textarea", "dialog", "iframe",
    "canvas", "thead",
];
/// Classes of the theme that mark what is no content. Heads of tables, badges of state and the line under a campaign's name say
/// the same on thousands of pages: nobody looks for them, and whoever looked loaded megabytes.
const UNREAD_CLASSES: &[&str] = &["hush", "no-print", "anchor", "edit", "fallback", "page-foot", "badge", "c-line"];

/// Reads a page.
pub(super) fn words(html: &str) -> Words {
    let bytes = html.as_bytes();
    let Some(start) = memmem::find(bytes, b"<main") else { return Words::default() };
    let end = memmem::rfind(bytes, b"</main>").unwrap_or(html.len());
    let mut reader = Reader::default();
    let mut rest = html.get(start..end).unwrap_or_default();
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        reader.read(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(close) = tag_end(rest) else { return reader.words };
        let tag = &rest[..close];
        rest = &rest[close + 1..];
        match tag.strip_prefix('/') {
            Some(name) => reader.close(name.trim()),
            None if tag.starts_with('!') => {}
            None => reader.open(tag),
        }
    }
    reader.words
}

/// Where a tag ends: at the first `>` outside quotes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute of a tag, as the theme and the writer of prose write it: in double quotes.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut from = 0;
    while let Some(step) = tag[from..].find(name) {
        let at = from + step;
        let rest = &tag[at + name.len()..];
        if tag[..at].ends_with(|c: char| c.is_ascii_whitespace())
            && let Some(value) = rest.strip_prefix("=\"")
        {
            return value.split('"').next();
        }
        if tag[..at].ends_with(|c: char| c.is_ascii_whitespace()) && (rest.is_empty() || rest.starts_with([' ', '/'])) {
            return Some("");
        }
        from = at + name.len();
    }
    None
}

/// An element that is open.
struct Open {
    name: String,
    /// What it has as its nearest place: id and heading.
    place: Option<(String, String)>,
    has_lang: bool,
}

#[derive(Default)]
struct Reader {
    words: Words,
    open: Vec<Open>,
    /// The outermost unread element, and how many of its name are open.
    unread: Option<(String, usize)>,
    /// Where the heading that is open begins.
    heading: Option<usize>,
    is_title: bool,
    /// What parts the words read from those to come.
    gap: Option<char>,
    languages: Vec<String>,
}

impl Reader {
    fn read(&mut self, raw: &str) {
        if self.unread.is_some() || raw.is_empty() {
            return;
        }
        for c in entities(raw).chars() {
            if c.is_whitespace() {
                self.part(' ');
                continue;
            }
            let out = if self.is_title { &mut self.words.title } else { &mut self.words.text };
            if let Some(gap) = self.gap.take()
                && !out.is_empty()
            {
                out.push(gap);
            }
            out.push(c);
        }
    }

    /// A line end is stronger than a space.
    fn part(&mut self, by: char) {
        if self.gap != Some('\n') {
            self.gap = Some(by);
        }
    }

    /// Where the words to come will stand.
    fn ahead(&self) -> usize {
        let len = self.words.text.len();
        if len > 0 && self.gap.is_some() { len + 1 } else { len }
    }

    fn open(&mut self, tag: &str) {
        let name = tag.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or_default();
        self.gap_for(name);
        let is_void = VOID.contains(&name) || tag.ends_with('/');
        if let Some((unread, depth)) = &mut self.unread {
            *depth += usize::from(!is_void && unread == name);
            return;
        }
        let id = attribute(tag, "id").filter(|id| !id.is_empty() && name != "main");
        let is_heading = matches!(name, "h2" | "h3" | "h4" | "h5" | "h6");
        if let Some(id) = id.map(|id| entities(id).into_owned()) {
            let heading =
                if is_heading { String::new() } else { self.place().map(|p| p.1.clone()).unwrap_or_default() };
            self.set_place(id, heading, is_heading);
        }
        if is_void {
            return;
        }
        if UNREAD.contains(&name)
            || attribute(tag, "class").is_some_and(|c| c.split(' ').any(|c| UNREAD_CLASSES.contains(&c)))
            || attribute(tag, "aria-hidden") == Some("true")
            || attribute(tag, "hidden").is_some()
            || attribute(tag, "data-search") == Some("off")
        {
            self.unread = Some((name.to_owned(), 1));
            return;
        }
        let lang = attribute(tag, "lang").map(str::to_owned);
        let has_lang = lang.is_some();
        self.languages.extend(lang);
        if has_lang {
            self.speak();
        }
        let place = id
            .filter(|_| !is_heading)
            .and_then(|_| self.words.places.last())
            .map(|p| (p.id.clone(), p.heading.clone()));
        self.open.push(Open { name: name.to_owned(), place, has_lang });
        self.is_title |= name == "h1";
        if is_heading {
            self.heading = Some(self.ahead());
        }
    }

    fn gap_for(&mut self, name: &str) {
        if SPACED.contains(&name) {
            self.part(' ');
        } else if !WITHIN.contains(&name) {
            self.part('\n');
        }
    }

    fn close(&mut self, name: &str) {
        self.gap_for(name);
        if let Some((unread, depth)) = &mut self.unread {
            *depth -= usize::from(unread == name);
            if *depth == 0 {
                self.unread = None;
            }
            return;
        }
        if name == "h1" {
            self.is_title = false;
            self.gap = Some('\n');
        }
        if let Some(start) = self.heading.filter(|_| matches!(name, "h2" | "h3" | "h4" | "h5" | "h6")) {
            self.heading = None;
            let end = self.words.text.len();
            if start < end {
                self.words.headings.push(start..end);
                self.name_place(start..end);
            }
        }
        let Some(at) = self.open.iter().rposition(|o| o.name == name) else { return };
        let before = self.place().map(|p| p.0.clone());
        let closed = self.open.split_off(at);
        for _ in closed.iter().filter(|o| o.has_lang) {
            self.languages.pop();
            self.speak();
        }
        let after = self.place().cloned();
        if before != after.as_ref().map(|p| p.0.clone()) {
            let (id, heading) = after.unwrap_or_default();
            self.mark(id, heading);
        }
    }

    /// The nearest place: id and heading.
    fn place(&self) -> Option<&(String, String)> {
        self.open.iter().rev().find_map(|o| o.place.as_ref())
    }

    fn set_place(&mut self, id: String, heading: String, is_heading: bool) {
        if is_heading && let Some(parent) = self.open.last_mut() {
            parent.place = Some((id.clone(), heading.clone()));
        }
        self.mark(id, heading);
    }

    fn mark(&mut self, id: String, heading: String) {
        let at = self.ahead();
        let places = &mut self.words.places;
        if places.last().is_some_and(|p| p.at == at) {
            places.pop();
        }
        places.push(Place { at, id, heading });
    }

    /// Gives the nearest place the words of a heading that has been read.
    fn name_place(&mut self, heading: std::ops::Range<usize>) {
        let words = self.words.text[heading.clone()].to_owned();
        let own = self.open.pop();
        let parent = self.open.iter_mut().rev().find_map(|o| o.place.as_mut());
        let id = match parent {
            Some(place) => {
                place.1.clone_from(&words);
                place.0.clone()
            }
            None => String::new(),
        };
        self.open.extend(own);
        match self.words.places.last_mut() {
            Some(place) if place.id == id && place.at >= heading.start => place.heading = words,
            _ => {
                self.words.places.push(Place { at: heading.start, id, heading: words });
            }
        }
    }

    /// Notes the language of the words to come.
    fn speak(&mut self) {
        let at = self.ahead();
        let languages = &mut self.words.languages;
        if languages.last().is_some_and(|l| l.0 == at) {
            languages.pop();
        }
        languages.push((at, self.languages.last().cloned()));
    }
}

/// A text with its entities resolved; the theme writes few of them.
fn entities(raw: &str) -> Cow<'_, str> {
    if memchr(b'&', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        let name = end.map(|end| &rest[1..end]);
        let number = |digits: &str| {
            let code = digits
                .strip_prefix(['x', 'X'])
                .map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            code.and_then(char::from_u32)
        };
        let c = match name {
            Some("amp") => Some('&'),
            Some("lt") => Some('<'),
            Some("gt") => Some('>'),
            Some("quot") => Some('"'),
            Some("nbsp") => Some(' '),
            Some(name) => name.strip_prefix('#').and_then(number),
            None => None,
        };
        match (c, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            // An entity by another name parts words and shows none.
            (None, Some(end))
                if name.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric())) =>
            {
                out.push(' ');
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_without_its_frame() {
        let page = words(
            "<header>Menu</header><main id=\"_main\"><nav>Crumbs</nav><h1>Tea &amp; <span>Review</span></h1><p>First\n<b>w</b>ord\
             <svg><text>drawn</text></svg></p><h2 id=\"why\">Why<a class=\"anchor\" href=\"#why\">#</a></h2><p class=\"no-print\">Tools</p>\
             <ul><li id=\"a/b\">One <span lang=\"zh-Hans\">复盘</span></li><li>Two</li></ul></main><footer>Foot</footer>",
        );
        assert_eq!(page.title, "Tea & Review");
        assert_eq!(page.text, "First word\nWhy\nOne 复盘\nTwo");
        assert_eq!(&page.text[page.headings[0].clone()], "Why");
        let places: Vec<_> =
            page.places.iter().map(|p| (&page.text[p.at..], p.id.as_str(), p.heading.as_str())).collect();
        let rest = "One 复盘\nTwo";
        assert_eq!(places, [("Why\nOne 复盘\nTwo", "why", "Why"), (rest, "a/b", "Why"), ("Two", "why", "Why")]);
        let spoken: Vec<_> = page.languages.iter().map(|(at, l)| (&page.text[*at..], l.as_deref())).collect();
        assert_eq!(spoken, [("复盘\nTwo", Some("zh-Hans")), ("Two", None)]);
    }

    #[test]
    fn a_heading_belongs_to_the_section_that_has_the_id() {
        let page = words("<main><section id=\"s\"><h2>Goals</h2><p>x</p></section><p>y</p></main>");
        let places: Vec<_> =
            page.places.iter().map(|p| (&page.text[p.at..], p.id.as_str(), p.heading.as_str())).collect();
        assert_eq!(places, [("Goals\nx\ny", "s", "Goals"), ("y", "", "")]);
    }
}

//! On-page contents: headings of the finished page become links to themselves, and a list where the template wants one.

use memchr::memmem;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Where a template wants the list.
const PLACE: &str = "<!--contents-->";

/// Where the headings of the page itself end: those of its foot are not in the list.
const END: &str = "<footer class=\"page-foot\"";

/// Classes of words that stand in a heading without being its name.
const ASIDE: [&str; 7] = ["anchor", "hush", "sub", "dim", "badge", "chip", "num"];

/// How long a list may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Fewest headings of level 2 that are worth a list.
    pub(super) least: usize,
    /// Most lines; a list with more has level 2 only.
    pub(super) lines: usize,
}

/// A heading of the page.
struct Heading<'h> {
    level: u8,
    id: Cow<'h, str>,
    /// Where its id is to be written, if the template gave it none.
    unnamed: Option<usize>,
    /// Its words as HTML without tags.
    words: String,
    lang: Option<&'h str>,
    /// Whether it links to itself already.
    has_anchor: bool,
    /// Where its closing tag begins.
    end: usize,
}

/// The page with its list of contents, under some words. Each heading of level 2 gets a link to itself behind it, and an id
/// made of its words where the template gave it none.
pub(super) fn finished(html: String, title: &str, room: Room) -> String {
    let find = |words: &str| memmem::find(html.as_bytes(), words.as_bytes());
    let Some(start) = find("<main") else { return html };
    // What ends a page stands at its end.
    let last = |words: &str| memmem::rfind(html.as_bytes(), words.as_bytes());
    let end = last(END).or_else(|| last("</main>")).unwrap_or(html.len());
    let headings = headings(&html, start, end);
    let place = find(PLACE);
    if headings.is_empty() && place.is_none() {
        return html;
    }
    let list = list(&headings, title, room);
    let mut out = String::with_capacity(html.len() + list.len() + headings.len() * 80);
    let mut at = 0;
    if let Some(place) = place {
        out.push_str(&html[..place]);
        out.push_str(&list);
        at = place + PLACE.len();
    }
    let listed = at;
    for heading in headings.iter().filter(|h| h.level == 2 && !h.has_anchor && h.end > listed) {
        let id = &heading.id;
        if let Some(place) = heading.unnamed {
            out.push_str(&html[at..place]);
            let _ = write!(out, " id=\"{id}\"");
            at = place;
        }
        out.push_str(&html[at..heading.end]);
        let _ = write!(out, "<a class=\"anchor\" href=\"#{id}\" aria-hidden=\"true\" tabindex=\"-1\"></a>");
        at = heading.end;
    }
    out.push_str(&html[at..]);
    out
}

/// An id of the words of a heading that no other has. Ids of templates and prose never begin so.
fn named(words: &str, others: &[Heading<'_>]) -> String {
    let mut id = String::from("_h");
    for part in words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        id.push('-');
        id.push_str(&part.to_lowercase());
    }
    let alike = others.iter().filter(|h| h.id == id || h.id.strip_prefix(&id).is_some_and(|n| n.starts_with('.')));
    match alike.count() {
        0 => id,
        n => format!("{id}.{}", n + 1),
    }
}

/// Headings of level 2, and those of level 3 that have an id, in order.
fn headings(html: &str, start: usize, end: usize) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let mut prose_lang = None;
    let mut at = start;
    while let Some(open) = memmem::find(&html.as_bytes()[at..end], b"<h").map(|offset| at + offset) {
        if let Some(prose) = memmem::rfind(&html.as_bytes()[at..open], b"<div class=\"prose").map(|offset| at + offset)
        {
            prose_lang = attribute(&html[prose..open], "lang");
        }
        at = open + 1;
        let tag = &html[open..end];
        let level = match tag.as_bytes().get(..3) {
            Some(b"<h2") => 2,
            Some(b"<h3") => 3,
            _ => continue,
        };
        let Some(body) = tag.find('>').map(|offset| open + offset + 1) else { break };
        let close = if level == 2 { "</h2>" } else { "</h3>" };
        let Some(stop) = html[body..end].find(close).map(|offset| body + offset) else { break };
        let inner = &html[body..stop];
        at = stop;
        let id = attribute(&html[open..body], "id");
        if id.is_none() && level == 3 {
            continue;
        }
        let has_anchor = inner.contains("class=\"anchor\"");
        let own = attribute(&html[open..body], "lang");
        let within = || inner.starts_with("<span lang=\"").then(|| attribute(inner, "lang")).flatten();
        let lang = own.or_else(within).or(prose_lang.filter(|_| has_anchor));
        let words = words(inner);
        if words.is_empty() {
            continue;
        }
        let (id, unnamed) = match id {
            Some(id) => (Cow::Borrowed(id), None),
            None => (Cow::Owned(named(&words, &found)), Some(open + "<h2".len())),
        };
        found.push(Heading { level, id, unnamed, words, lang, has_anchor, end: stop });
    }
    found
}

/// The value of an attribute in an opening tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[at..].split('"').next()
}

/// The words of a heading without tags, and without what only stands beside its name.
fn words(inner: &str) -> String {
    let mut out = String::new();
    let mut rest = inner;
    // How many elements are open within one that is left out.
    let mut hidden = 0_usize;
    while let Some((before, tag)) = rest.split_once('<') {
        if hidden == 0 {
            out.push_str(before);
        }
        let Some((tag, after)) = tag.split_once('>') else { break };
        rest = after;
        let is_aside = attribute(&format!("{tag}>"), "class")
            .is_some_and(|classes| classes.split(' ').any(|class| ASIDE.contains(&class) || class == "c-count"));
        if tag.starts_with('/') {
            hidden = hidden.saturating_sub(1);
        } else if tag.ends_with('/') || tag.starts_with("img") || tag.starts_with("br") {
        } else if hidden > 0 || is_aside || tag.starts_with("svg") {
            hidden += 1;
        }
    }
    if hidden == 0 {
        out.push_str(rest);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The list; empty when the page is too short for one.
fn list(headings: &[Heading<'_>], title: &str, room: Room) -> String {
    let count = headings.iter().filter(|h| h.level == 2).count();
    if count < room.least {
        return String::new();
    }
    let deepest = if headings.len() > room.lines { 2 } else { 3 };
    let mut out =
        format!("<details class=\"contents no-print\"><summary>{title}</summary><nav aria-label=\"{title}\"><ol>");
    let (mut is_open, mut is_nested) = (false, false);
    for heading in headings.iter().filter(|h| h.level <= deepest && (h.level == 2 || h.has_anchor)) {
        match (heading.level, is_open, is_nested) {
            (2, _, true) => out.push_str("</li></ol></li><li>"),
            (2, true, false) => out.push_str("</li><li>"),
            (2, false, _) => out.push_str("<li>"),
            (_, true, false) => out.push_str("<ol><li>"),
            (_, true, true) => out.push_str("</li><li>"),
            // A heading of level 3 before any of level 2 belongs to nothing.
            (_, false, _) => continue,
        }
        is_open = true;
        is_nested = heading.level == 3;
        let _ = write!(out, "<a href=\"#{}\"", heading.id);
        if let Some(lang) = heading.lang {
            let _ = write!(out, " lang=\"{lang}\"");
        }
        let _ = write!(out, ">{}</a>", heading.words);
    }
    out.push_str(if is_nested { "</li></ol></li></ol></nav></details>" } else { "</li></ol></nav></details>" });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { least: 2, lines: 9 };

    #[test]
    fn headings_become_a_nested_list_and_link_to_themselves() {
        let html = "<h2 id=\"x\">Menu</h2><main><!--contents--><h2 id=\"_a\">A &amp; <em>b</em> <span class=\"dim c-count\">3/<b>5</b></span></h2>\
            <div class=\"prose\" lang=\"zh\"><h2 id=\"c\">茶 <a class=\"anchor\" href=\"#c\">#</a></h2>\
            <h3 id=\"d\">D<a class=\"anchor\"></a></h3></div><h2 id=\"_e\">E</h2><h2 class=\"x\">No id</h2><h2>No id</h2>\
            <footer class=\"page-foot\"><h2 id=\"f\">F</h2></footer></main>";
        let page = finished(html.to_owned(), "Here", ROOM);
        let (list, rest) = page.split_once("</details>").expect("a list");
        assert!(
            list.ends_with(
                "<ol><li><a href=\"#_a\">A &amp; b</a></li><li><a href=\"#c\" lang=\"zh\">茶</a>\
                <ol><li><a href=\"#d\" lang=\"zh\">D</a></li></ol></li><li><a href=\"#_e\">E</a></li>\
                <li><a href=\"#_h-no-id\">No id</a></li><li><a href=\"#_h-no-id.2\">No id</a></li></ol></nav>"
            ),
            "{list}"
        );
        assert!(
            rest.contains("</span><a class=\"anchor\" href=\"#_a\" aria-hidden=\"true\" tabindex=\"-1\"></a></h2>")
        );
        assert!(rest.contains("<h2 id=\"_h-no-id\" class=\"x\">No id<a class"), "{rest}");
        assert_eq!(rest.matches("class=\"anchor\"").count(), 6, "{rest}");
    }

    #[test]
    fn a_short_page_has_no_list_and_a_long_one_only_its_main_headings() {
        let short = finished("<main><!--contents--><h2 id=\"a\">A</h2></main>".to_owned(), "Here", ROOM);
        assert!(!short.contains("details") && !short.contains(PLACE), "{short}");
        let many = "<h2 id=\"a\">A<a class=\"anchor\"></a></h2><h3 id=\"b\">B<a class=\"anchor\"></a></h3>".repeat(6);
        let long = finished(format!("<main><!--contents-->{many}</main>"), "Here", ROOM);
        assert!(!long.contains("<a href=\"#b\""), "{long}");
    }
}

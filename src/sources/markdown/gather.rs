//! One walk over the steps: headings, tasks, links, sections and findings.

use super::reader::{Prepared, Step, Steps};
use super::rules::{DUPLICATE_ID, RAW_HTML, REMOTE_IMAGE, TOO_DEEP, UNSAFE_LINK, UNUSED_FOOTNOTE};
use super::{
    Attributes, Document, Flavour, Heading, Link, Plain, Reach, Section, Task, html_words, is_block, is_line_break,
    slips,
};
use crate::base::{Diagnostic, FileId, Found, Span, Spanned};
use crate::said;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reads a document and all that is wrong with it.
pub(super) fn gather(file: FileId, text: &str, body: usize, flavour: Flavour) -> (Document, Found) {
    let prepared = Prepared::new(file, text, body, flavour);
    let mut steps = prepared.steps();
    let mut gather = Gather {
        file,
        text,
        is_linted: flavour == Flavour::Playbook,
        document: Document {
            file,
            body,
            flavour,
            headings: Vec::new(),
            tasks: Vec::new(),
            links: Vec::new(),
            sections: Vec::new(),
        },
        found: Found::new(),
        words: None,
        place: Place::Elsewhere,
        depth: 0,
        in_code: false,
        judged: 0,
        section: None,
        links: Vec::new(),
        defined: Vec::new(),
        used: BTreeSet::new(),
        html: None,
    };
    while let Some(step) = steps.next() {
        gather.step(step, &steps);
    }
    gather.finish(steps.too_deep)
}

/// Whose words are being gathered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Heading,
    Task,
}

/// Where the next words stand in their paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// First in a paragraph or a line of it.
    Line,
    /// First in a list item.
    Item,
    /// After other words, in code, in a table.
    Elsewhere,
}

struct Gather<'t> {
    file: FileId,
    text: &'t str,
    is_linted: bool,
    document: Document,
    found: Found,
    words: Option<(Words, Plain)>,
    place: Place,
    /// Open quotes, lists, footnotes and tables.
    depth: usize,
    in_code: bool,
    /// Marks up to here have been reported.
    judged: usize,
    /// The section being read: its index in `sections`.
    section: Option<usize>,
    /// Open links: index, and how far their words reach.
    links: Vec<(usize, usize)>,
    defined: Vec<(String, Range<usize>)>,
    used: BTreeSet<String>,
    /// The HTML block being read.
    html: Option<(String, Range<usize>)>,
}

impl Gather<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn step(&mut self, step: Step<'_>, steps: &Steps<'_>) {
        let Step { event, range, block } = step;
        if is_block(&event) {
            self.end_task();
        }
        let attributes = block.map(|block| {
            self.found.extend(block.found);
            block.attributes
        });
        let place = std::mem::replace(&mut self.place, Place::Elsewhere);
        match event {
            Event::Start(tag) => self.start(tag, range, attributes, place, steps),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(words) => {
                self.lint(&words, &range, place);
                self.add(&words, &range);
            }
            Event::Code(words) => self.add(&words, &range),
            Event::InlineHtml(html) if is_line_break(&html) => self.line(),
            Event::InlineHtml(html) => match html_words(&html).as_str() {
                "" => {}
                words => {
                    self.raw_html(&range);
                    self.add(words, &range);
                }
            },
            Event::Html(html) => {
                if let Some((whole, _)) = &mut self.html {
                    whole.push_str(&html);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.line(),
            Event::Rule => self.fill(),
            Event::FootnoteReference(label) => {
                self.used.insert(label.to_lowercase());
            }
            Event::TaskListMarker(checked) => self.task(checked, range, attributes),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn line(&mut self) {
        if let Some((_, plain)) = &mut self.words {
            plain.line();
        }
        self.place = Place::Line;
    }

    fn start(
        &mut self,
        tag: Tag<'_>,
        range: Range<usize>,
        attributes: Option<Attributes>,
        place: Place,
        steps: &Steps<'_>,
    ) {
        match tag {
            Tag::Heading { level, .. } => self.heading(level as u8, range, attributes),
            // A loose item's words stand in a paragraph, and are the item's first words all the same.
            Tag::Paragraph => self.place = if place == Place::Item { Place::Item } else { Place::Line },
            Tag::Item => self.place = Place::Item,
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_) => self.depth += 1,
            Tag::FootnoteDefinition(label) => {
                self.depth += 1;
                self.defined.push((label.to_lowercase(), range));
            }
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::HtmlBlock => self.html = Some((String::new(), range)),
            Tag::Link { link_type, dest_url, id, .. } => {
                self.place = place;
                self.link(link_type, &dest_url, &id, range, false, steps);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                self.fill();
                self.link(link_type, &dest_url, &id, range, true, steps);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.place = place,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some((Words::Heading, plain)) = self.words.take()
                    && let Some(heading) = self.document.headings.last_mut()
                {
                    heading.text = plain.text.trim().to_owned();
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Table | TagEnd::FootnoteDefinition => {
                self.depth = self.depth.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::HtmlBlock => {
                if let Some((html, range)) = self.html.take()
                    && !html_words(&html).trim().is_empty()
                {
                    self.raw_html(&range);
                    self.fill();
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((index, reached)) = self.links.pop() {
                    self.end_link(index, reached, range);
                }
                self.reach(range);
            }
            _ => {}
        }
    }

    fn heading(&mut self, level: u8, range: Range<usize>, attributes: Option<Attributes>) {
        self.words = Some((Words::Heading, Plain::default()));
        let span = self.span(&(range.start..range.start + self.text[range.clone()].trim_end().len()));
        let index = self.document.headings.len();
        self.document.headings.push(Heading { level, text: String::new(), id: String::new(), attributes, span });
        if level <= 2 && self.depth == 0 {
            self.end_section(range.start);
            if level == 2 {
                self.section = Some(self.document.sections.len());
                let (id, title) = (String::new(), String::new());
                self.document.sections.push(Section { id, title, span, heading: index, is_empty: true });
            }
        }
    }

    fn end_section(&mut self, at: usize) {
        if let Some(section) = self.section.take() {
            let span = &mut self.document.sections[section].span;
            *span = Span::new(self.file, span.start as usize, at);
        }
    }

    fn task(&mut self, checked: bool, range: Range<usize>, attributes: Option<Attributes>) {
        let heading = self.document.headings.len().checked_sub(1);
        let (id, attrs, end) = match attributes {
            Some(read) => (read.id, read.list, read.span.end as usize),
            None => (None, Vec::new(), range.end),
        };
        let start = range.start + self.text[range.clone()].bytes().take_while(u8::is_ascii_whitespace).count();
        let span = Span::new(self.file, start, end);
        self.document.tasks.push(Task { text: String::new(), checked, id, anchor: None, attrs, span, heading });
        self.words = Some((Words::Task, Plain::default()));
    }

    fn end_task(&mut self) {
        if let Some((Words::Task, plain)) = self.words.take_if(|(words, _)| *words == Words::Task)
            && let Some(task) = self.document.tasks.last_mut()
        {
            task.text = plain.text.trim().to_owned();
        }
    }

    /// Words were read at `range`.
    fn add(&mut self, words: &str, range: &Range<usize>) {
        self.reach(range);
        let mut is_title = false;
        if let Some((whose, plain)) = &mut self.words {
            plain.push(words);
            is_title = *whose == Words::Heading && self.depth == 0;
            if *whose == Words::Task
                && let Some(task) = self.document.tasks.last_mut()
            {
                task.span.end = task.span.end.max(Span::new(self.file, 0, range.end).end);
            }
        }
        if !is_title && !words.trim().is_empty() {
            self.fill();
        }
    }

    /// The section is not empty.
    fn fill(&mut self) {
        if let Some(section) = self.section {
            self.document.sections[section].is_empty = false;
        }
    }

    fn link(
        &mut self,
        kind: LinkType,
        dest: &str,
        label: &str,
        range: Range<usize>,
        is_image: bool,
        steps: &Steps<'_>,
    ) {
        let dest = if kind == LinkType::Email { format!("mailto:{dest}") } else { dest.to_owned() };
        let whole = self.span(&range);
        let span = match kind {
            LinkType::Autolink | LinkType::Email => self.span(&(range.start + 1..(range.end - 1).max(range.start + 1))),
            LinkType::Inline => whole,
            _ => match steps.definition(label) {
                Some(definition) => self.destination(&definition, definition.start, "]:"),
                None => whole,
            },
        };
        let reach = Reach::of(&dest);
        if kind == LinkType::Inline {
            self.links.push((self.document.links.len(), range.start + 1));
        } else {
            self.links.push((usize::MAX, 0));
        }
        self.document.links.push(Link { dest, span, whole, is_image, reach });
    }

    /// An inline link's words reached `reached`; its destination stands behind them.
    fn end_link(&mut self, index: usize, reached: usize, range: &Range<usize>) {
        if index == usize::MAX {
            return;
        }
        let from = reached.clamp(range.start, range.end);
        self.document.links[index].span = self.destination(range, from, "](");
    }

    /// The words behind `sign`, searched from `from` on: the destination within `range`.
    fn destination(&self, range: &Range<usize>, from: usize, sign: &str) -> Span {
        let rest = self.text.get(from..range.end).unwrap_or_default();
        let Some(at) = rest.find(sign) else { return self.span(range) };
        let rest = &rest[at + sign.len()..];
        let dest = rest.trim_start();
        let start = range.end - dest.len();
        if let Some(inner) = dest.strip_prefix('<') {
            let end = inner.find('>').unwrap_or(0);
            return self.span(&(start + 1..start + 1 + end));
        }
        let mut depth = 0_usize;
        let mut is_escaped = false;
        let end = dest.find(|c: char| {
            let was_escaped = is_escaped;
            is_escaped = c == '\\' && !was_escaped;
            match c {
                _ if c.is_ascii_whitespace() => true,
                _ if was_escaped => false,
                '(' => {
                    depth += 1;
                    false
                }
                ')' if depth == 0 => sign == "](",
                ')' => {
                    depth -= 1;
                    false
                }
                _ => false,
            }
        });
        self.span(&(start..start + end.unwrap_or(dest.len())))
    }

    /// Tells the open link how far its words go.
    fn reach(&mut self, range: &Range<usize>) {
        if let Some((_, reached)) = self.links.last_mut() {
            *reached = (*reached).max(range.end);
        }
    }

    fn raw_html(&mut self, range: &Range<usize>) {
        if self.is_linted {
            let span = self.span(&(range.start..range.start + self.text[range.clone()].trim_end().len()));
            let message = said!("HTML is shown as text", "HTML 会按文字显示");
            self.found.push(
                Diagnostic::new(&RAW_HTML, span, message)
                    .hint(said!("write it in Markdown, or put it between backticks", "改用 Markdown，或放进反引号")),
            );
        }
    }

    fn lint(&mut self, words: &str, range: &Range<usize>, place: Place) {
        if !self.is_linted || self.in_code {
            return;
        }
        let is_verbatim = self.text.get(range.clone()) == Some(words);
        while is_verbatim && let Some(marks) = slips::stray(self.text, range.start.max(self.judged)..range.end) {
            self.judged = marks.end;
            self.found.push(slips::printed(self.span(&marks), &self.text[marks]));
        }
        let Some(first) = words.bytes().next() else { return };
        let is_suspect = matches!(first, b'#' | b'0'..=b'9' | b'-' | b'*' | b'+' | b'[') || !first.is_ascii();
        if place == Place::Elsewhere || !is_suspect || matches!(self.words, Some((Words::Heading, _))) {
            return;
        }
        if is_verbatim {
            let rest = &self.text[range.start..];
            let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
            self.found.extend(slips::line(self.file, line, range.start, place == Place::Item));
        }
    }

    fn finish(mut self, too_deep: Option<Range<usize>>) -> (Document, Found) {
        self.end_task();
        self.end_section(self.text.len());
        self.name();
        if !self.is_linted {
            return (self.document, self.found);
        }
        let Self { document, found, .. } = &mut self;
        for link in &document.links {
            found.extend(judge(link));
        }
        for (label, range) in &self.defined {
            if !self.used.contains(label) {
                let line = self.text[range.clone()].find("]:").map_or(range.end, |n| range.start + n + 1);
                let message = said!("footnote `{label}` is never referred to", "脚注 `{label}` 没有被引用");
                let span = Span::new(self.file, range.start, line);
                let unused = Diagnostic::new(&UNUSED_FOOTNOTE, span, message);
                self.found
                    .push(unused.hint(said!("write `[^{label}]` where it belongs", "在相应位置写上 `[^{label}]`")));
            }
        }
        if let Some(range) = too_deep {
            let line = self.text[range.clone()].lines().next().map_or(range.start, |l| range.start + l.len());
            let message = said!("nested too deeply, shown flat from here", "嵌套过深，从此处起平铺显示");
            self.found.push(Diagnostic::new(&TOO_DEEP, Span::new(self.file, range.start, line), message));
        }
        (self.document, self.found)
    }

    /// Gives every heading and task its id: the author's first, made ones around them.
    fn name(&mut self) {
        let Self { document, found, file, .. } = self;
        let mut ids = Ids::default();
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        let Document { headings, tasks, sections, .. } = document;
        let own = headings.iter().filter_map(Heading::own_id).chain(tasks.iter().filter_map(|t| t.id.as_ref()));
        let mut own: Vec<&Spanned<String>> = own.collect();
        own.sort_by_key(|id| id.span);
        let mut twice: BTreeSet<Span> = BTreeSet::new();
        for id in own {
            let word = &id.value;
            if let Some(&before) = first.get(word.as_str()) {
                twice.insert(id.span);
                let message = said!("id `{word}` is taken", "标识 `{word}` 已被使用");
                found.push(
                    Diagnostic::new(&DUPLICATE_ID, id.span, message)
                        .label(before, said!("first here", "首次出现在此"))
                        .hint(said!("choose another id", "换一个标识")),
                );
            } else {
                first.insert(word, id.span);
                ids.taken.insert(word.clone());
            }
        }
        let mut anchor = |id: &Spanned<String>| {
            if twice.contains(&id.span) { ids.make(&id.value) } else { id.value.clone() }
        };
        let anchors: Vec<Option<String>> = tasks.iter().map(|t| t.id.as_ref().map(&mut anchor)).collect();
        let names: Vec<Option<String>> = headings.iter().map(|h| h.own_id().map(&mut anchor)).collect();
        for (task, name) in tasks.iter_mut().zip(anchors) {
            task.anchor = name;
        }
        for (heading, name) in headings.iter_mut().zip(names) {
            heading.id = name.unwrap_or_else(|| ids.make(&slug(&heading.text)));
        }
        for section in sections {
            let heading = &headings[section.heading];
            (section.id, section.title) = (heading.id.clone(), heading.text.clone());
            section.span.file = *file;
        }
    }
}

/// What is wrong with where a link leads.
fn judge(link: &Link) -> Option<Diagnostic> {
    let dest = &link.dest;
    let shown: String = dest.chars().filter(|c| !c.is_control()).collect();
    match (link.is_image, link.reach) {
        (_, Reach::Blocked) => {
            let blocked = Diagnostic::new(
                &UNSAFE_LINK,
                link.span,
                said!("`{shown}` is no address to link to", "`{shown}` 不是可链接的地址"),
            );
            Some(if dest.starts_with("//") {
                let fixed = format!("https:{dest}");
                blocked.fix(said!("write `{fixed}`", "写作 `{fixed}`"), link.span, fixed)
            } else {
                blocked.hint(said!(
                    "use `https:`, `mailto:`, `tel:` or the path of a file",
                    "请用 `https:`、`mailto:`、`tel:` 或文件路径"
                ))
            })
        }
        (true, Reach::Web) => Some(
            Diagnostic::new(
                &REMOTE_IMAGE,
                link.span,
                said!("the image `{shown}` lies on another site", "图片 `{shown}` 在别的网站上"),
            )
            .hint(said!("save it in `assets/` beside the text", "请存到文字旁的 `assets/`")),
        ),
        (true, Reach::Mail | Reach::Phone | Reach::Fragment) => {
            Some(Diagnostic::new(&UNSAFE_LINK, link.span, said!("`{shown}` is no image", "`{shown}` 不是图片")))
        }
        _ => None,
    }
}

/// Ids in use, and where to go on counting.
#[derive(Default)]
struct Ids {
    taken: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// `wish`, or `wish-1`, `wish-2` … when it is taken.
    fn make(&mut self, wish: &str) -> String {
        if self.taken.insert(wish.to_owned()) {
            return wish.to_owned();
        }
        let next = self.next.entry(wish.to_owned()).or_insert(1);
        loop {
            let name = format!("{wish}-{next}");
            *next += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// An id from words, as code hosts make it: lower case, spaces to `-`, letters and digits of every script kept.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') {
            slug.extend(c.to_lowercase().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')));
        } else if c.is_whitespace() {
            slug.push('-');
        }
    }
    let slug = slug.trim_start_matches(['-', '_']).trim_end_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}

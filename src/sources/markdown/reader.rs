//! The parser's events as both rooms read them: places in the file, attribute blocks cut off, nesting capped.

use super::attrs::{self, Block};
use super::cjk::Guarded;
use crate::base::FileId;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, OffsetIter, Options, Parser, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// Deepest quotes and lists, and deepest marks, that keep their shape.
const DEEPEST: usize = 32;

/// Which Markdown is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// What authors write: tables, tasks, footnotes, alerts, attributes, CJK emphasis; HTML is text.
    Playbook,
    /// CommonMark to the letter, HTML let through. For the specification's tests; never for a site.
    CommonMark,
}

/// One event, its place in the file, and the block that was cut off a heading or a task.
pub(crate) struct Step<'t> {
    pub(crate) event: Event<'t>,
    pub(crate) range: Range<usize>,
    pub(super) block: Option<Box<Block>>,
}

/// A text made ready for the parser.
pub(crate) struct Prepared<'t> {
    file: FileId,
    source: &'t str,
    body: usize,
    guarded: Guarded<'t>,
    flavour: Flavour,
}

impl<'t> Prepared<'t> {
    /// Takes the prose of `source` (a whole file), which starts at byte `body`.
    pub(crate) fn new(file: FileId, source: &'t str, body: usize, flavour: Flavour) -> Self {
        let body = source.floor_char_boundary(body);
        let guarded = match flavour {
            Flavour::Playbook => Guarded::new(&source[body..]),
            Flavour::CommonMark => Guarded::plain(&source[body..]),
        };
        Self { file, source, body, guarded, flavour }
    }

    /// Reads from the start.
    pub(crate) fn steps(&self) -> Steps<'_> {
        let options = match self.flavour {
            Flavour::Playbook => {
                Options::ENABLE_TABLES
                    | Options::ENABLE_FOOTNOTES
                    | Options::ENABLE_STRIKETHROUGH
                    | Options::ENABLE_TASKLISTS
                    | Options::ENABLE_GFM
            }
            Flavour::CommonMark => Options::empty(),
        };
        Steps {
            prepared: self,
            events: Parser::new_ext(self.guarded.text(), options).into_offset_iter(),
            queue: VecDeque::new(),
            held: None,
            open: Vec::new(),
            blocks: 0,
            marks: 0,
            too_deep: None,
        }
    }

    /// A range of the parser's text as one of the file, on character boundaries.
    fn place(&self, range: Range<usize>) -> Range<usize> {
        let range = self.guarded.back_range(range);
        // A list item behind a tab may start within a character (pulldown-cmark issue 1142).
        let start = self.source.floor_char_boundary(self.body + range.start);
        let end = self.source.floor_char_boundary(self.body + range.end);
        start..end.max(start)
    }

    /// Drops the signs that were put in.
    fn clean(&self, event: &mut Event<'_>) {
        let drop = |words: &mut CowStr<'_>| {
            let sign = self.guarded.sign();
            if words.contains(sign) {
                *words = words.replace(sign, "").into();
            }
        };
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => drop(words),
            Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
                drop(dest_url);
                drop(title);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => drop(info),
            _ => {}
        }
    }
}

/// The steps through a text, in order.
pub(crate) struct Steps<'p> {
    prepared: &'p Prepared<'p>,
    events: OffsetIter<'p>,
    /// Inline steps read ahead.
    queue: VecDeque<Step<'p>>,
    /// The step behind them.
    held: Option<Step<'p>>,
    /// For each open container or mark: whether it lost its shape.
    open: Vec<bool>,
    blocks: usize,
    marks: usize,
    /// Where the first thing stands that lost its shape.
    pub(crate) too_deep: Option<Range<usize>>,
}

impl<'p> Steps<'p> {
    /// Where the destination of a reference link is defined.
    pub(crate) fn definition(&self, label: &str) -> Option<Range<usize>> {
        self.events.reference_definitions().get(label).map(|def| self.prepared.place(def.span.clone()))
    }

    /// The parser's next event, with its shape lost if it lies too deep.
    fn pull(&mut self) -> Option<Step<'p>> {
        loop {
            let (mut event, range) = self.events.next()?;
            let range = self.prepared.place(range);
            let is_shown = match &event {
                Event::Start(tag) => match self.start(tag, &range) {
                    Shape::Kept => true,
                    Shape::Lost => false,
                    Shape::Line => {
                        event = Event::HardBreak;
                        true
                    }
                },
                Event::End(tag) => self.end(*tag),
                _ => true,
            };
            if !is_shown {
                continue;
            }
            if self.prepared.guarded.is_changed() {
                self.prepared.clean(&mut event);
            }
            return Some(Step { event, range, block: None });
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Shape {
        let depth = match tag {
            Tag::BlockQuote(_) | Tag::List(_) => &mut self.blocks,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => &mut self.marks,
            // An item shares the fate of its list.
            Tag::Item => {
                let is_lost = self.open.last().is_some_and(|&lost| lost);
                self.open.push(is_lost);
                return if is_lost { Shape::Line } else { Shape::Kept };
            }
            _ => return Shape::Kept,
        };
        let is_lost = self.prepared.flavour == Flavour::Playbook && *depth >= DEEPEST;
        self.open.push(is_lost);
        if is_lost {
            self.too_deep.get_or_insert_with(|| range.clone());
            return Shape::Lost;
        }
        *depth += 1;
        Shape::Kept
    }

    /// Whether the end of a tag is handed on.
    fn end(&mut self, tag: TagEnd) -> bool {
        let depth = match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) => &mut self.blocks,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => &mut self.marks,
            TagEnd::Item => return !self.open.pop().unwrap_or(false),
            _ => return true,
        };
        let is_lost = self.open.pop().unwrap_or(false);
        if !is_lost {
            *depth = depth.saturating_sub(1);
        }
        !is_lost
    }

    /// Reads the words of a heading or a task ahead and cuts the attribute block off their end.
    fn cut(&mut self, head: &mut Step<'p>) {
        let from = if matches!(head.event, Event::TaskListMarker(_)) { head.range.end } else { head.range.start };
        let mut words: Option<Range<usize>> = None;
        while let Some(step) = self.pull() {
            if is_block(&step.event) {
                self.held = Some(step);
                break;
            }
            let start = words.as_ref().map_or(step.range.start, |w| w.start).max(from);
            let end = words.as_ref().map_or(step.range.end, |w| w.end.max(step.range.end));
            words = Some(start..end.max(start));
            self.queue.push_back(step);
        }
        let prepared = self.prepared;
        let Some(block) = words.and_then(|words| attrs::read(prepared.file, prepared.source, words)) else { return };
        self.trim(block.cut);
        head.block = Some(Box::new(block));
    }

    /// Drops from the queue what stands at or behind `cut`; what straddles it keeps its first part.
    fn trim(&mut self, cut: usize) {
        let source = self.prepared.source;
        let mut dropped = 0_usize;
        self.queue.retain_mut(|step| {
            let is_behind = step.range.start >= cut;
            match &mut step.event {
                Event::Start(_) if is_behind || dropped > 0 => {
                    dropped += 1;
                    false
                }
                Event::End(_) if dropped > 0 => {
                    dropped -= 1;
                    false
                }
                Event::Start(_) | Event::End(_) => true,
                _ if is_behind || dropped > 0 => false,
                Event::Text(words) if step.range.end > cut => {
                    if source.get(step.range.clone()) == Some(words) {
                        *words = words[..cut - step.range.start].to_owned().into();
                        step.range.end = cut;
                    }
                    true
                }
                _ => true,
            }
        });
    }
}

enum Shape {
    Kept,
    /// Lost, but a new line starts.
    Line,
    Lost,
}

/// Whether an event belongs to the flow of blocks, so that words before it have ended.
pub(crate) fn is_block(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        Event::End(tag) => {
            !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        }
        Event::Rule | Event::Html(_) => true,
        _ => false,
    }
}

impl<'p> Iterator for Steps<'p> {
    type Item = Step<'p>;

    fn next(&mut self) -> Option<Step<'p>> {
        if let Some(step) = self.queue.pop_front() {
            return Some(step);
        }
        let mut step = self.held.take().or_else(|| self.pull())?;
        let has_attributes = matches!(step.event, Event::Start(Tag::Heading { .. }) | Event::TaskListMarker(_));
        if has_attributes && self.prepared.flavour == Flavour::Playbook {
            self.cut(&mut step);
        }
        Some(step)
    }
}

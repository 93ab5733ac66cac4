//! Neighbouring lines of one file, with everything a finding marks in them.

use super::crop::Cropped;
use super::one_line;
use crate::base::{Diagnostic, FileId, Span};
use crate::report::position::{Lines, Places, Position};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// Marks this many lines apart share a scene.
const NEAR: usize = 20;
/// A span over more lines than this is underlined in its first line only.
const TALL: usize = 50;
/// Fewest columns of text shown, however narrow the terminal.
const NARROW: usize = 40;
/// Columns beside the text: ` | ` and the bars of spans over several lines.
const BARS: usize = 3 + 4;

pub(super) struct Scene {
    pub(super) file: FileId,
    /// Where the first of its marks starts.
    pub(super) at: Position,
    marks: Vec<Mark>,
    lines: Range<usize>,
}

struct Mark {
    /// Bytes of the file.
    range: Range<usize>,
    /// First and last line.
    lines: (usize, usize),
    kind: AnnotationKind,
    label: Option<String>,
}

impl Scene {
    /// What to show of a finding: its own place first, then labels that stand elsewhere.
    pub(super) fn all(finding: &Diagnostic, lang: &str, places: &mut Places<'_>) -> Vec<Self> {
        let own = finding.span.map(|span| (span, AnnotationKind::Primary, None));
        let labels = finding.labels.iter().map(|(span, said)| {
            let words = one_line(said.in_lang(lang));
            (*span, AnnotationKind::Context, (!words.is_empty()).then_some(words))
        });
        let mut scenes: Vec<Self> = Vec::new();
        for (span, kind, label) in own.into_iter().chain(labels) {
            let (at, mark) = Mark::new(span, kind, label, places.lines(span.file));
            match scenes.iter_mut().find(|s| s.file == span.file && s.is_near(&mark)) {
                Some(scene) => scene.add(mark),
                None => {
                    scenes.push(Self { file: span.file, at, lines: mark.lines.0..mark.lines.1 + 1, marks: vec![mark] });
                }
            }
        }
        scenes
    }

    /// Digits of its greatest line number.
    pub(super) fn gutter(&self) -> usize {
        (self.lines.end - 1).to_string().len()
    }

    fn is_near(&self, mark: &Mark) -> bool {
        let (first, last) = mark.lines;
        first <= self.lines.end + NEAR && last + NEAR >= self.lines.start
    }

    fn add(&mut self, mark: Mark) {
        self.lines = self.lines.start.min(mark.lines.0)..self.lines.end.max(mark.lines.1 + 1);
        self.marks.push(mark);
    }

    /// The lines with their marks, without the line that says where they are.
    pub(super) fn draw(
        &self,
        level: &Level<'static>,
        width: usize,
        gutter: usize,
        renderer: &Renderer,
        lines: &Lines<'_>,
    ) -> String {
        let room = width.saturating_sub(gutter + BARS).max(NARROW);
        let mut source = String::new();
        let mut ranges: Vec<Range<usize>> = self.marks.iter().map(|m| m.range.clone()).collect();
        for number in self.lines.clone() {
            let bytes = lines.range(number);
            let here = |m: &&Mark| (m.lines.0..=m.lines.1).contains(&number);
            let focus = self.marks.iter().find(here).map_or(0, |m| match m.lines {
                (first, _) if first == number => m.range.start - bytes.start,
                (_, last) if last == number => m.range.end - bytes.start,
                _ => 0,
            });
            let shown = Cropped::new(&lines.text()[bytes.clone()], focus, room);
            for (range, mark) in ranges.iter_mut().zip(&self.marks) {
                if mark.lines.0 == number {
                    range.start = source.len() + shown.start(mark.range.start - bytes.start);
                }
                if mark.lines.1 == number {
                    range.end = source.len() + shown.end(mark.range.end - bytes.start);
                }
            }
            source.push_str(&shown.text);
            source.push('\n');
        }
        let marks = ranges.into_iter().zip(&self.marks).map(|(r, m)| m.kind.span(r).label(m.label.as_deref()));
        let snippet = Snippet::source(source).line_start(self.lines.start).annotations(marks);
        renderer.render(&[Group::with_level(level.clone()).element(snippet)])
    }
}

impl Mark {
    fn new(span: Span, kind: AnnotationKind, label: Option<String>, lines: &Lines<'_>) -> (Position, Self) {
        let Range { start, end } = span.range();
        let (start, end) = (lines.settle(start), lines.settle(end));
        let words = lines.text().get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let (at, mut last) = (lines.position(start), lines.position(start + words.len()).line);
        let mut range = start..start + words.len();
        if last - at.line >= TALL {
            (range.end, last) = (lines.range(at.line).end, at.line);
        }
        (at, Self { range, lines: (at.line, last), kind, label })
    }
}

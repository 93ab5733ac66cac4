//! Findings for people: each with its words underlined, hints below, and a count at the end.

use super::position::Places;
use super::{Counts, Options, Texts, one_line};
use crate::base::{Diagnostic, Edit, Hint, Said, Severity, Span};
use crate::said;
use annotate_snippets::renderer::{DEFAULT_EMPHASIS_STYLE, DEFAULT_LINE_NUM_STYLE, Style};
use annotate_snippets::{Group, Level, Renderer};

mod crop;
mod scene;

use scene::Scene;

/// Longest edit shown behind its hint; longer ones get lines of their own.
const INLINE: usize = 60;
/// Most lines shown of an edit.
const EDIT_LINES: usize = 12;

/// Writes findings with the lines they speak of, then a count; nothing when there is no finding.
pub fn human(findings: &[Diagnostic], texts: &dyn Texts, options: &Options<'_>) -> String {
    let counts = Counts::of(findings);
    if findings.is_empty() {
        return String::new();
    }
    let mut page = Page::new(texts, options);
    for finding in findings {
        page.finding(finding);
    }
    page.out + counts.said().in_lang(options.lang) + "\n"
}

struct Page<'a> {
    places: Places<'a>,
    lang: &'a str,
    width: usize,
    renderer: Renderer,
    /// Of `-->` and `=`.
    mark: Style,
    /// Of the word `hint`.
    strong: Style,
    out: String,
}

impl<'a> Page<'a> {
    fn new(texts: &'a dyn Texts, options: &Options<'a>) -> Self {
        let (renderer, mark, strong) = match options.color {
            true => (Renderer::styled(), DEFAULT_LINE_NUM_STYLE, DEFAULT_EMPHASIS_STYLE),
            false => (Renderer::plain(), Style::new(), Style::new()),
        };
        Self {
            places: Places::new(texts),
            lang: options.lang,
            width: options.width,
            // Lines are cropped here and not by the renderer, which puts carets beside wide characters
            // it has cut and prints the whole of a long span.
            renderer: renderer.term_width(usize::MAX / 4),
            mark,
            strong,
            out: String::new(),
        }
    }

    fn finding(&mut self, finding: &Diagnostic) {
        let level = level(finding.severity, self.lang);
        let message = one_line(finding.message.in_lang(self.lang));
        let title = level.clone().primary_title(message).id(finding.rule);
        self.line(&self.renderer.render(&[Group::with_title(title)]));

        let scenes = Scene::all(finding, self.lang, &mut self.places);
        let gutter = scenes.iter().map(Scene::gutter).max().unwrap_or(1);
        for (n, scene) in scenes.iter().enumerate() {
            let arrow = if n == 0 { "-->" } else { ":::" };
            let (pad, mark) = (" ".repeat(gutter), self.mark);
            let at = scene.at;
            let path = one_line(self.places.path(scene.file));
            if n > 0 {
                self.line(&format!("{pad} {mark}|{mark:#}"));
            }
            self.line(&format!("{pad}{mark}{arrow}{mark:#} {path}:{}:{}", at.line, at.column));
            let drawn = scene.draw(&level, self.width, gutter, &self.renderer, self.places.lines(scene.file));
            let pad = " ".repeat(gutter - scene.gutter());
            for line in drawn.lines() {
                self.line(&format!("{pad}{line}"));
            }
        }
        for hint in &finding.hints {
            self.hint(hint, finding.span, gutter);
        }
        self.out.push('\n');
    }

    fn hint(&mut self, hint: &Hint, span: Option<Span>, gutter: usize) {
        let (mark, strong) = (self.mark, self.strong);
        let word = said!("hint", "提示");
        let mut text = one_line(hint.text.in_lang(self.lang));
        let mut below = "";
        if let Some(edit) = &hint.edit {
            let elsewhere = self.elsewhere(edit, span);
            let words = edit.text.trim_matches(['"', '\'']);
            let known = !words.is_empty() && hint.text.en.contains(&format!("`{words}`"));
            if known && elsewhere.en.is_empty() {
                // The sentence says it already.
            } else {
                let (what, lines) = deed(edit);
                text = match self.lang.starts_with("zh") {
                    true => format!("{text}（{}{}）", elsewhere.zh, what.zh),
                    false => format!("{text} ({}{})", elsewhere.en, what.en),
                };
                below = lines;
            }
        }
        let pad = " ".repeat(gutter);
        self.line(&format!("{pad} {mark}={mark:#} {strong}{}{strong:#}: {text}", word.in_lang(self.lang)));
        let all = below.lines().count();
        for line in below.lines().take(EDIT_LINES) {
            let line = crop::head(&one_line(line), self.width.saturating_sub(gutter + 3));
            self.line(format!("{pad} {mark}+{mark:#} {line}").trim_end());
        }
        if all > EDIT_LINES {
            self.line(&format!("{pad} {mark}+{mark:#} ..."));
        }
    }

    /// Where an edit goes, if not into the line the finding points at.
    fn elsewhere(&mut self, edit: &Edit, span: Option<Span>) -> Said {
        let line = self.places.of(edit.span).start.line;
        let path = one_line(self.places.path(edit.span.file));
        match span {
            Some(span) if span.file == edit.span.file && self.places.of(span).start.line == line => Said::default(),
            Some(span) if span.file == edit.span.file => said!("line {line}: ", "第 {line} 行："),
            _ => said!("{path}:{line}: ", "{path}:{line}："),
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }
}

fn level(severity: Severity, lang: &str) -> Level<'static> {
    let (level, word) = match severity {
        Severity::Error => (Level::ERROR, said!("error", "错误")),
        Severity::Warning => (Level::WARNING, said!("warning", "警告")),
        Severity::Info => (Level::INFO, said!("info", "信息")),
    };
    level.with_name(word.in_lang(lang).to_owned())
}

/// What an edit does in a few words, and the text that is shown below them when it is long.
fn deed(edit: &Edit) -> (Said, &str) {
    let inserts = edit.span.start == edit.span.end;
    let text = edit.text.as_str();
    let inline = text.trim_matches('\n');
    let long = inline.contains('\n') || inline.chars().nth(INLINE).is_some();
    let inline = one_line(inline);
    match (text.is_empty(), inserts, long) {
        (true, ..) => (said!("remove it", "删除它"), ""),
        (_, true, true) => (said!("insert the lines below", "插入下面各行"), text),
        (_, false, true) => (said!("replace with the lines below", "替换为下面各行"), text),
        (_, true, false) => (said!("insert `{inline}`", "插入 `{inline}`"), ""),
        (_, false, false) => (said!("replace with `{inline}`", "替换为 `{inline}`"), ""),
    }
}

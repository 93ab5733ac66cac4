//! Whole reports, as people and programs see them.

mod human;
mod services;

use super::*;
use crate::base::{Date, FileId, Rule, Span, Subject};
use crate::said;

static SPLIT: Rule = Rule { code: "budget/split", severity: Severity::Error, items: &[], docs: "", zh: "" };
static DUE: Rule = Rule { code: "milestone/due", severity: Severity::Warning, items: &[], docs: "", zh: "" };
static ZONE: Rule = Rule { code: "reading/timezone", severity: Severity::Info, items: &[], docs: "", zh: "" };

/// A few files, by number.
struct Files(Vec<(&'static str, String)>);

impl Files {
    fn one(text: &str) -> Self {
        Self(vec![("content/campaigns/x/campaign.toml", text.to_owned())])
    }
    fn and(mut self, path: &'static str, text: &str) -> Self {
        self.0.push((path, text.to_owned()));
        self
    }
    /// The first place of these words in any file.
    fn span(&self, words: &str) -> Span {
        let find = |(n, (_, text)): (usize, &(&str, String))| {
            text.find(words).map(|at| Span::new(FileId(n as u32), at, at + words.len()))
        };
        self.0.iter().enumerate().find_map(find).unwrap()
    }
}

impl Texts for Files {
    fn path(&self, file: FileId) -> &str {
        self.0[file.0 as usize].0
    }
    fn text(&self, file: FileId) -> &str {
        &self.0[file.0 as usize].1
    }
}

fn options(lang: &str) -> Options<'_> {
    Options { lang, width: 80, version: "0.1.0", as_of: Date::new(2026, 3, 1), ..Options::default() }
}

#[track_caller]
fn reads(findings: &[Diagnostic], files: &Files, lang: &str, expected: &str) {
    let report = human(findings, files, &options(lang));
    assert_eq!(report.trim_end(), expected.trim_matches('\n'), "\n{report}");
}

fn split(span: impl Into<Option<Span>>) -> Diagnostic {
    let message = said!("core is 60 %, 10 points under 70 %", "核心占 60 %，比 70 % 低 10 个百分点");
    Diagnostic::new(&SPLIT, span, message)
}

#[test]
fn the_end_counts_what_was_found() {
    let files = Files::one("title\n").and("b.md", "words\n");
    let warning = Diagnostic::new(&DUE, files.span("words"), Said::default());
    let findings = [split(files.span("title")), split(None), split(None), warning.clone(), warning];
    let counts = Counts::of(&findings);
    assert_eq!(counts, Counts { errors: 3, warnings: 2, infos: 0, files: 2 });
    assert_eq!(counts.said().en, "3 errors, 2 warnings in 2 files");
    assert_eq!(counts.said().zh, "2 个文件中有 3 个错误、2 个警告");
}

#[test]
fn no_findings_are_no_words() {
    let files = Files(vec![]);
    assert_eq!(human(&[], &files, &options("en")), "");
    assert_eq!(short(&[], &files, &options("en")), "");
}

#[test]
fn short_is_one_line_a_finding() {
    let files = Files::one("title = \"双十一 🎉\"; owner = \"lin\"\n");
    let findings = [split(files.span("lin")), split(None)];
    assert_eq!(
        short(&findings, &files, &options("zh-Hans")),
        "content/campaigns/x/campaign.toml:1:27: error[budget/split] 核心占 60 %，比 70 % 低 10 个百分点\n\
         error[budget/split] 核心占 60 %，比 70 % 低 10 个百分点\n"
    );
}

#[test]
fn json_says_everything_in_both_languages() {
    let files = Files::one("title = \"双十一 🎉\"; owner = \"lin\"\n");
    let owner = files.span("lin");
    let finding = split(owner)
        .label(files.span("title"), said!("here", "这里"))
        .fix(said!("write `lin-yue`", "写成 `lin-yue`"), owner, "lin-yue")
        .about(Subject::campaign("x").item("media"));
    let report = json(&[finding, split(None)], &files, &options("en"));
    assert_eq!(
        report,
        r#"{
  "format": 1,
  "version": "0.1.0",
  "as_of": "2026-03-01",
  "summary": {
    "errors": 2,
    "warnings": 0,
    "infos": 0,
    "files": 1
  },
  "findings": [
    {
      "rule": "budget/split",
      "severity": "error",
      "message": "core is 60 %, 10 points under 70 %",
      "message_zh": "核心占 60 %，比 70 % 低 10 个百分点",
      "path": "content/campaigns/x/campaign.toml",
      "line": 1,
      "column": 27,
      "end_line": 1,
      "end_column": 30,
      "byte_start": 35,
      "byte_end": 38,
      "labels": [
        {
          "message": "here",
          "message_zh": "这里",
          "path": "content/campaigns/x/campaign.toml",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 6,
          "byte_start": 0,
          "byte_end": 5
        }
      ],
      "hints": [
        {
          "message": "write `lin-yue`",
          "message_zh": "写成 `lin-yue`",
          "edit": {
            "text": "lin-yue",
            "path": "content/campaigns/x/campaign.toml",
            "line": 1,
            "column": 27,
            "end_line": 1,
            "end_column": 30,
            "byte_start": 35,
            "byte_end": 38
          }
        }
      ],
      "subject": "campaigns/x#media",
      "docs": "rules/budget/split/"
    },
    {
      "rule": "budget/split",
      "severity": "error",
      "message": "core is 60 %, 10 points under 70 %",
      "message_zh": "核心占 60 %，比 70 % 低 10 个百分点",
      "path": null,
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "byte_start": null,
      "byte_end": null,
      "labels": [],
      "hints": [],
      "subject": null,
      "docs": "rules/budget/split/"
    }
  ]
}
"#
    );
}

#[test]
fn formats_are_found_by_name() {
    assert_eq!(format("short").map(|f| f.name), Some("short"));
    assert!(format("xml").is_none());
}

proptest::proptest! {
    #[test]
    fn any_text_and_any_span_make_a_report(
        text in "([ -~]|[双\u{301}🎉\u{200d}\u{3000}\t\r\u{feff}]|\r\n|\n){0,60}",
        spans in proptest::collection::vec((0_usize..130, 0_usize..130), 1..4),
        width in 0_usize..60,
    ) {
        let files = Files::one(&text);
        let spans: Vec<Span> = spans.into_iter().map(|(at, to)| Span::new(FileId(0), at, to)).collect();
        let mut finding = split(spans[0]).fix(said!("fix it", "修正"), spans[0], text.clone());
        finding.labels = spans[1..].iter().map(|s| (*s, said!("here", "这里"))).collect();
        for format in FORMATS {
            let report = (format.write)(std::slice::from_ref(&finding), &files, &Options { width, ..options("en") });
            assert!(report.ends_with('\n') && report.len() < 10_000);
        }
    }
}

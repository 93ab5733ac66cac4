//! Findings as text: one format a file. Bytes become lines and columns here and nowhere else.
//!
//! A new format is a file with one function of type [`Writer`] and a line in [`FORMATS`].

mod github;
mod gitlab;
mod human;
pub mod identity;
mod json;
mod junit;
pub mod markdown;
mod overlay;
pub mod position;
mod rdjson;
mod sarif;
mod short;
mod spot;
mod summary;

use crate::base::{Date, Diagnostic, FileId, Rule, Said, Severity};
use crate::sources::Sources;
use std::collections::BTreeSet;

pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::json;
pub use junit::junit;
pub use overlay::{Overlay, overlay};
pub use rdjson::rdjson;
pub use sarif::sarif;
pub use short::short;
pub use summary::summary;

/// The files that spans point into.
pub trait Texts {
    /// The file's path from the playbook's root, with `/` between folders.
    fn path(&self, file: FileId) -> &str;
    /// The file's text, the one its spans were made on.
    fn text(&self, file: FileId) -> &str;
}

impl Texts for Sources {
    fn path(&self, file: FileId) -> &str {
        self.path(file)
    }
    fn text(&self, file: FileId) -> &str {
        // A file that could not be read as text is reported at its start.
        self.text(file).unwrap_or_default()
    }
}

/// How a report is written. Terminal and environment are the caller's to judge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Language of the words: Chinese for `zh…`, else English.
    pub lang: &'a str,
    /// Whether terminal colours may be used.
    pub color: bool,
    /// Width of the terminal in columns.
    pub width: usize,
    /// Version of the program that judged.
    pub version: &'a str,
    /// The day it judged on, where one is known.
    pub as_of: Option<Date>,
    /// The playbook's folder in its repository, ending in `/`; empty where they are one.
    pub folder: &'a str,
    /// Address of the published site, ending in `/`, where one is known: rules are explained there.
    pub site: Option<&'a str>,
    /// Every rule there is, by code, for formats that describe them.
    pub rules: &'a [&'static Rule],
    /// Whether warnings fail too.
    pub strict: bool,
}

impl Options<'_> {
    /// Where the published site explains a rule.
    fn page_of(&self, rule: &str) -> Option<String> {
        self.site.map(|site| format!("{site}rules/{rule}/"))
    }
}

/// Turns findings, in the order they are to appear, into one text; empty or ending in a line feed.
pub type Writer = fn(&[Diagnostic], &dyn Texts, &Options<'_>) -> String;

/// One way to write findings.
#[derive(Debug)]
pub struct Format {
    /// The value of `--format`.
    pub name: &'static str,
    /// What it is for.
    pub summary: Summary,
    /// Whether hints of the lowest weight are left out unless somebody asks: what people read, and what only shows a few.
    pub brief: bool,
    /// The function that writes it.
    pub write: Writer,
}

/// One clause in English and Chinese.
pub type Summary = (&'static str, &'static str);

/// Every format, the default first.
pub static FORMATS: &[Format] = &[
    Format {
        name: "human",
        summary: ("the words underlined in their line", "在原文中标出出错的词"),
        brief: true,
        write: human,
    },
    Format { name: "short", summary: ("one line a finding", "每个问题一行"), brief: false, write: short },
    Format {
        name: "json",
        summary: ("for programs, in both languages", "供程序读取，含两种语言"),
        brief: false,
        write: json,
    },
    Format {
        name: "github",
        summary: (
            "annotations on a pull request in GitHub, Gitea and Forgejo Actions",
            "GitHub Actions 拉取请求上的标注",
        ),
        brief: true,
        write: github,
    },
    Format {
        name: "gitlab",
        summary: ("GitLab's Code Quality report", "GitLab 代码质量报告"),
        brief: false,
        write: gitlab,
    },
    Format {
        name: "sarif",
        summary: ("SARIF 2.1.0, for code scanning and editors", "SARIF 2.1.0，供代码扫描和编辑器使用"),
        brief: false,
        write: sarif,
    },
    Format {
        name: "rdjson",
        summary: ("reviewdog, which comments on any forge", "reviewdog，可在各种平台上评论"),
        brief: false,
        write: rdjson,
    },
    Format {
        name: "junit",
        summary: ("JUnit XML, for any other CI: a test for each rule", "JUnit XML，供其他 CI 使用：每条规则一个测试"),
        brief: false,
        write: junit,
    },
];

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|f| f.name == name)
}

/// How many findings there are of each severity, and in how many files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The rest.
    pub infos: usize,
    /// Files with at least one finding.
    pub files: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let weighing = |severity| findings.iter().filter(|d| d.severity == severity).count();
        let files: BTreeSet<FileId> = findings.iter().filter_map(|d| d.span).map(|s| s.file).collect();
        Self {
            errors: weighing(Severity::Error),
            warnings: weighing(Severity::Warning),
            infos: weighing(Severity::Info),
            files: files.len(),
        }
    }

    /// `3 errors, 2 warnings in 2 files`; empty when there is nothing to count.
    pub fn said(self) -> Said {
        let some = |list: [(usize, String); 3], comma: &str| {
            let kept: Vec<String> = list.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
            kept.join(comma)
        };
        let plural = |n: usize, one: &str| if n == 1 { format!("{n} {one}") } else { format!("{n} {one}s") };
        let Self { errors, warnings, infos, files } = self;
        let en = [
            (errors, plural(errors, "error")),
            (warnings, plural(warnings, "warning")),
            (infos, format!("{infos} info")),
        ];
        let zh = [
            (errors, format!("{errors} 个错误")),
            (warnings, format!("{warnings} 个警告")),
            (infos, format!("{infos} 条信息")),
        ];
        let (en, zh) = (some(en, ", "), some(zh, "、"));
        match files {
            0 => Said { en, zh },
            _ => Said { en: format!("{en} in {}", plural(files, "file")), zh: format!("{files} 个文件中有 {zh}") },
        }
    }
}

/// Errors first, then warnings, then the rest; within each by file and position as they came.
pub fn worst_first(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut list: Vec<&Diagnostic> = findings.iter().collect();
    list.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    list
}

/// A finding's message and advice, one a line, in a language.
fn told(finding: &Diagnostic, lang: &str) -> Vec<String> {
    let hint = crate::said!("hint", "提示");
    let hints = finding.hints.iter().map(|h| match lang.starts_with("zh") {
        true => format!("{}：{}", hint.zh, one_line(&h.text.zh)),
        false => format!("{}: {}", hint.en, one_line(&h.text.en)),
    });
    std::iter::once(one_line(finding.message.in_lang(lang))).chain(hints).collect()
}

/// A text on one line: signs that would move a terminal's cursor become visible ones.
pub(crate) fn one_line(text: &str) -> String {
    let seen = |c: char| match u32::from(c) {
        n @ 0..0x20 => char::from_u32(0x2400 + n).unwrap_or(' '),
        0x7f => '␡',
        0x80..0xa0 | 0x202a..=0x202e | 0x2066..=0x2069 | 0x2028 | 0x2029 => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(seen).collect()
}

#[cfg(test)]
mod stories;

//! Findings as text: one format a file. Bytes become lines and columns here and nowhere else.
//!
//! A new format is a file with one function of type [`Writer`] and a line in [`FORMATS`].

mod human;
mod json;
pub mod position;
mod short;

use crate::base::{Date, Diagnostic, FileId, Said, Severity};
use crate::sources::Sources;
use std::collections::BTreeSet;

pub use human::human;
pub use json::json;
pub use short::short;

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
#[derive(Clone, Copy, Debug)]
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
    /// The function that writes it.
    pub write: Writer,
}

/// One clause in English and Chinese.
pub type Summary = (&'static str, &'static str);

/// Every format, the default first.
pub static FORMATS: &[Format] = &[
    Format {
        name: "human", summary: ("the words underlined in their line", "在原文中标出出错的词"), write: human
    },
    Format { name: "short", summary: ("one line a finding", "每个问题一行"), write: short },
    Format {
        name: "json", summary: ("for programs, in both languages", "供程序读取，含两种语言"), write: json
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

/// A text on one line: signs that would move a terminal's cursor become visible ones.
fn one_line(text: &str) -> String {
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

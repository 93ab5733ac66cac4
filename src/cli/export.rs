//! `playbook export csv` and `export json`: tables for spreadsheets, and the whole model for other programs.

use super::args::{CsvFlags, JsonFlags};
use super::console::Console;
use super::{build, check, input};
use crate::base::{Date, Diagnostic, Lang, Severity, trouble, words};
use crate::compile::{Compiled, compile};
use crate::output;
use crate::said;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// What is written, in words for the last line: `{n} tables`.
struct Kind {
    en: &'static str,
    zh: &'static str,
}

pub(super) fn csv(console: &Console, flags: &CsvFlags) -> anyhow::Result<ExitCode> {
    let compiled = compiled(console, flags.day.as_of)?;
    let languages = &compiled.model.settings.languages;
    let default = compiled.model.settings.default_lang();
    let lang = match &flags.lang {
        None => default,
        Some(tag) => languages.iter().find(|l| l.tag() == tag).ok_or_else(|| {
            let known = words::one_of(languages.iter().map(Lang::tag));
            let (en, zh) = (&known.en, &known.zh);
            trouble(match words::nearest(tag, languages.iter().map(Lang::tag)) {
                Some(near) => said!(
                    "the playbook has no language `{tag}`; did you mean `{near}`?",
                    "手册没有语言 `{tag}`；是否想写 `{near}`？"
                ),
                None => said!("the playbook has no language `{tag}`: write {en}", "手册没有语言 `{tag}`：请写 {zh}"),
            })
        })?,
    };
    if compiled.has_errors() && !flags.force.keep_going {
        return refuse(console, &compiled);
    }
    let files = tables(&compiled.rendered.site, languages, default, lang);
    publish(console, flags.to.output.as_deref(), &compiled, &files, &Kind { en: "tables", zh: "个表格" })
}

pub(super) fn json(console: &Console, flags: &JsonFlags) -> anyhow::Result<ExitCode> {
    let compiled = compiled(console, flags.day.as_of)?;
    if compiled.has_errors() && !flags.force.keep_going {
        return refuse(console, &compiled);
    }
    let is_model = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        matches!(path, "model.json" | "model.schema.json") || path.starts_with("campaigns/") && name == "campaign.json"
    };
    let site = compiled.rendered.site.iter().filter(|(path, _)| is_model(path));
    let files = site.map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect();
    publish(console, flags.to.output.as_deref(), &compiled, &files, &Kind { en: "JSON files", zh: "个 JSON 文件" })
}

/// The whole site, from which what is exported is taken.
fn compiled(console: &Console, as_of: Option<Date>) -> anyhow::Result<Compiled> {
    let _progress = console.progress(&said!("reading the playbook:", "正在读取手册："));
    Ok(compile(input(&console.root, as_of)?))
}

/// Tells the errors, and that nothing was written.
fn refuse(console: &Console, compiled: &Compiled) -> anyhow::Result<ExitCode> {
    let mut err = std::io::stderr().lock();
    let errors: Vec<Diagnostic> =
        compiled.findings().iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    let text = check::written(compiled, &errors, "human", &console.lang, console.color(&err));
    err.write_all(text.as_bytes())?;
    let last = if console.is_chinese() {
        "有错误，未导出；改正后重试，或用 --keep-going 强行导出"
    } else {
        "nothing was exported: mend the errors, or export all the same with --keep-going"
    };
    writeln!(err, "{last}")?;
    Ok(ExitCode::FAILURE)
}

fn publish(
    console: &Console,
    to: Option<&Path>,
    compiled: &Compiled,
    files: &BTreeMap<String, Arc<[u8]>>,
    kind: &Kind,
) -> anyhow::Result<ExitCode> {
    let root = &console.root;
    let target = to.map_or_else(|| root.join("export"), Path::to_owned);
    for folder in [root.join("content"), root.join("themes")] {
        let home = std::path::absolute(&folder)?;
        let inside = std::path::absolute(&target).is_ok_and(|path| path.starts_with(&home));
        if inside {
            let folder = folder.display();
            return Err(trouble(said!(
                "cannot export into {folder}: the playbook is read from there; choose another folder",
                "不能导出到 {folder}：手册从那里读取，请另选文件夹"
            )));
        }
    }
    let report =
        output::publish_in_place(files, &target, &[root.to_owned(), root.join("content"), root.join("themes")])
            .map_err(|error| build::said(&error))?;
    let (count, written, unchanged) = (files.len(), report.written, report.unchanged);
    let (as_of, place) = (compiled.model.as_of, target.display());
    check::details(console, compiled);
    console.done(&match console.is_chinese() {
        true => format!("{count} {}（写入 {written}、未变 {unchanged}），截至 {as_of}，在 {place}\n", kind.zh),
        false => format!("{count} {} ({written} written, {unchanged} unchanged) as of {as_of} in {place}\n", kind.en),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The tables for readers of a language, and those that there is only one of.
fn tables(
    site: &BTreeMap<String, Arc<[u8]>>,
    languages: &[Lang],
    default: &Lang,
    lang: &Lang,
) -> BTreeMap<String, Arc<[u8]>> {
    let mut files = BTreeMap::new();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".csv")) {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let edition = languages.iter().find(|l| *l != default && l.tag() == folder);
        match edition {
            Some(edition) if edition == lang => {
                files.insert(path[folder.len() + 1..].to_owned(), Arc::clone(bytes));
            }
            Some(_) => {}
            None => {
                files.entry(path.clone()).or_insert_with(|| Arc::clone(bytes));
            }
        }
    }
    files
}

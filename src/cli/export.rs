//! `playbook export csv` and `export json`: tables for spreadsheets, and the whole model for other programs.

use super::args::{CsvFlags, JsonFlags};
use super::{check, input, terminal};
use crate::base::{Diagnostic, Lang, Severity};
use crate::compile::{Compiled, compile};
use crate::output;
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

pub(super) fn csv(root: &Path, flags: &CsvFlags) -> anyhow::Result<ExitCode> {
    let compiled = compile(input(root, flags.as_of)?);
    if compiled.has_errors() && !flags.keep_going {
        return refuse(&compiled);
    }
    let languages = &compiled.model.settings.languages;
    let default = compiled.model.settings.default_lang();
    let lang = match &flags.lang {
        None => default,
        Some(tag) => languages.iter().find(|l| l.tag() == tag).ok_or_else(|| {
            let known: Vec<&str> = languages.iter().map(Lang::tag).collect();
            anyhow::anyhow!("the playbook has no language `{tag}`: write one of {}", known.join(", "))
        })?,
    };
    let files = tables(&compiled.rendered.site, languages, default, lang);
    publish(root, flags.output.as_deref(), &compiled, &files, &Kind { en: "tables", zh: "个表格" })
}

pub(super) fn json(root: &Path, flags: &JsonFlags) -> anyhow::Result<ExitCode> {
    let compiled = compile(input(root, flags.as_of)?);
    if compiled.has_errors() && !flags.keep_going {
        return refuse(&compiled);
    }
    let is_model = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        matches!(path, "model.json" | "model.schema.json") || path.starts_with("campaigns/") && name == "campaign.json"
    };
    let site = compiled.rendered.site.iter().filter(|(path, _)| is_model(path));
    let files = site.map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect();
    publish(root, flags.output.as_deref(), &compiled, &files, &Kind { en: "JSON files", zh: "个 JSON 文件" })
}

/// Tells the errors, and that nothing was written.
fn refuse(compiled: &Compiled) -> anyhow::Result<ExitCode> {
    let spoken = terminal::lang(None);
    let mut err = std::io::stderr().lock();
    let errors: Vec<Diagnostic> =
        compiled.findings().iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    let text = check::written(compiled, &errors, "human", &spoken, terminal::color(&err));
    err.write_all(text.as_bytes())?;
    let last = if spoken.starts_with("zh") {
        "有错误，未导出；改正后重试，或用 --keep-going 强行导出"
    } else {
        "nothing was exported: mend the errors, or export all the same with --keep-going"
    };
    writeln!(err, "{last}")?;
    Ok(ExitCode::FAILURE)
}

fn publish(
    root: &Path,
    to: Option<&Path>,
    compiled: &Compiled,
    files: &BTreeMap<String, Arc<[u8]>>,
    kind: &Kind,
) -> anyhow::Result<ExitCode> {
    let target = to.map_or_else(|| root.join("export"), Path::to_owned);
    for folder in [root.join("content"), root.join("themes")] {
        let home = std::path::absolute(&folder)?;
        let inside = std::path::absolute(&target).is_ok_and(|path| path.starts_with(&home));
        anyhow::ensure!(!inside, "cannot export into {}: the playbook is read from there", folder.display());
    }
    let report =
        output::publish_in_place(files, &target, &[root.to_owned(), root.join("content"), root.join("themes")])
            .map_err(|error| match error.hint() {
                Some(hint) => anyhow::anyhow!("{error}: {hint}"),
                None => anyhow::anyhow!("{error}"),
            })?;
    let (count, written, unchanged) = (files.len(), report.written, report.unchanged);
    let (as_of, place) = (compiled.model.as_of, target.display());
    let mut out = std::io::stdout().lock();
    if terminal::lang(None).starts_with("zh") {
        writeln!(out, "{count} {}（写入 {written}、未变 {unchanged}），截至 {as_of}，在 {place}", kind.zh)?;
    } else {
        writeln!(out, "{count} {} ({written} written, {unchanged} unchanged) as of {as_of} in {place}", kind.en)?;
    }
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

//! The command line: flags, clock and environment become an `Input` of `compile`; results become text and an exit code.

mod args;
mod args_scaffold;
mod build;
mod check;
mod complete;
mod console;
mod diff;
mod explain;
mod export;
mod fix;
mod fmt;
mod init;
mod lsp;
mod new;
mod policy;
mod publish;
mod rename;
mod schema;
mod serve;
mod timings;

use crate::base::Trouble;
use crate::compile::{Clock, Input};
use crate::said;
use crate::sources::Sources;
use crate::sources::git::Reading;
use args::{Args, Command, Export};
use clap::Parser;
use console::{Console, Volume};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Exit code of a usage mistake or a failure of the world; findings exit with 1.
const FAILURE: u8 = 2;

/// Runs the program. Exit codes: 0 fine, 1 findings, 2 usage or the world's failure.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let volume = match (args.quiet, args.verbose) {
        (true, _) => Volume::Quiet,
        (_, true) => Volume::Verbose,
        _ => Volume::Plain,
    };
    let lang = console::lang(args.command.lang());
    let console = Console { root: args.root, lang, volume, color: args.color };
    match dispatch(&console, &args.command) {
        Ok(code) => code,
        // Whoever reads has seen enough, as `head` has.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let head = if console.is_chinese() { "错误：" } else { "error: " };
            eprintln!("{head}{}", told(&error, &console.lang));
            ExitCode::from(FAILURE)
        }
    }
}

fn dispatch(console: &Console, command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Build(flags) => build::run(console, flags),
        Command::Serve(flags) => serve::run(console, flags),
        Command::Publish(flags) => publish::run(console, flags),
        Command::Check(flags) => check::run(console, flags),
        Command::Diff(flags) => diff::run(console, flags),
        Command::Init(flags) => init::run(console, flags),
        Command::New { what } => new::run(console, what),
        Command::Rename(flags) => rename::run(console, flags),
        Command::Fix(flags) => fix::run(console, flags),
        Command::Fmt(flags) => fmt::run(console, flags),
        Command::Explain(flags) => explain::run(console, flags),
        Command::Policy(flags) => policy::run(console, flags),
        Command::Lsp(_) => lsp::run(console),
        Command::Schema(flags) => schema::run(console, flags),
        Command::Export { what: Export::Csv(flags) } => export::csv(console, flags),
        Command::Export { what: Export::Json(flags) } => export::json(console, flags),
        Command::Completions { shell } => {
            args::completions(*shell);
            Ok(ExitCode::SUCCESS)
        }
        Command::Man { dir } => {
            args::manual(dir.as_deref())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// A failure in the reader's language, where it is one that we have words for.
fn told(error: &anyhow::Error, lang: &str) -> String {
    if let Some(trouble) = error.downcast_ref::<Trouble>() {
        return trouble.said().in_lang(lang).to_owned();
    }
    if let Some(error) = error.downcast_ref::<std::io::Error>() {
        // Whatever else is read or written names its path.
        return Trouble::printing(error).said().in_lang(lang).to_owned();
    }
    format!("{error:#}")
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let by_system = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.downcast_ref::<Trouble>().is_some_and(Trouble::is_broken_pipe)
        || error.downcast_ref::<std::io::Error>().is_some_and(by_system)
}

/// The same with what git knows of the files, which is read while they are parsed. Only pages show it.
fn input_with_history(root: &Path, as_of: Option<crate::base::Date>) -> anyhow::Result<Input> {
    let history = Reading::start(root);
    let mut input = input(root, as_of)?;
    input.sources.remember(history);
    Ok(input)
}

/// Reads a playbook's folder and what decides its as-of date.
fn input(root: &Path, as_of: Option<crate::base::Date>) -> anyhow::Result<Input> {
    let (sources, read) = Sources::read(root)?;
    Ok(Input { sources, read, clock: clock(as_of)? })
}

fn clock(flag: Option<crate::base::Date>) -> anyhow::Result<Clock> {
    let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds = text.parse().ok().filter(|n: &i64| *n >= 0);
            let wrong = || {
                Trouble::new(said!(
                    "SOURCE_DATE_EPOCH is `{text}`, not a number of seconds: correct it, or unset it",
                    "SOURCE_DATE_EPOCH 是 `{text}`，不是秒数：请改正或取消设置"
                ))
            };
            Some(seconds.ok_or_else(wrong)?)
        }
        Err(_) => None,
    };
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Ok(Clock { flag, epoch, now: i64::try_from(since).unwrap_or(0) })
}

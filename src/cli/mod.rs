//! The command line: flags, clock and environment become an `Input` of `compile`; results become text and an exit code.

mod args;
mod args_scaffold;
mod build;
mod check;
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
mod terminal;

use crate::compile::{Clock, Input};
use crate::sources::Sources;
use crate::sources::git::Reading;
use anyhow::Context;
use args::{Args, Command, Export};
use clap::Parser;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Exit code of a usage mistake or a failure of the world; findings exit with 1.
const FAILURE: u8 = 2;

/// Runs the program. Exit codes: 0 fine, 1 findings, 2 usage or the world's failure.
pub fn run() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Command::Build(flags) => build::run(&args.root, flags),
        Command::Serve(flags) => serve::run(&args.root, flags),
        Command::Publish(flags) => publish::run(&args.root, flags),
        Command::Check(flags) => check::run(&args.root, flags),
        Command::Diff(flags) => diff::run(&args.root, flags),
        Command::Init(flags) => init::run(flags),
        Command::New { what } => new::run(&args.root, what),
        Command::Rename(flags) => rename::run(&args.root, flags),
        Command::Fix(flags) => fix::run(&args.root, flags),
        Command::Fmt(flags) => fmt::run(&args.root, flags),
        Command::Explain(flags) => explain::run(flags),
        Command::Policy(flags) => policy::run(&args.root, flags),
        Command::Lsp(_) => lsp::run(&args.root),
        Command::Schema(flags) => schema::run(&args.root, flags),
        Command::Export { what: Export::Csv(flags) } => export::csv(&args.root, flags),
        Command::Export { what: Export::Json(flags) } => export::json(&args.root, flags),
        Command::Completions { shell } => {
            args::completions(*shell);
            Ok(ExitCode::SUCCESS)
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(FAILURE)
    })
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
            Some(seconds.with_context(|| format!("SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"))?)
        }
        Err(_) => None,
    };
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Ok(Clock { flag, epoch, now: i64::try_from(since).unwrap_or(0) })
}

//! Flags, declared once: parsing, help and completions come from here.

use super::args_scaffold::{FixFlags, FmtFlags, InitFlags, New, RenameFlags};
use super::console::When;
use crate::base::{Date, Trouble};
use crate::model::settings::Compression;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, Parser, Subcommand};
use std::path::{Path, PathBuf};

/// Campaign plans checked like code, and a site that teams browse.
#[derive(Debug, Parser)]
#[command(name = "playbook", version, about, max_term_width = 100, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Folder that holds `playbook.toml`
    #[arg(long, global = true, default_value = ".", value_name = "DIR", help_heading = GLOBAL)]
    pub(super) root: PathBuf,
    /// Say only what is wrong and what was asked for; the exit code tells the rest
    #[arg(long, short, global = true, conflicts_with = "verbose", help_heading = GLOBAL)]
    pub(super) quiet: bool,
    /// Say as well how it was done: the day of judgement, files read, how long each stage took
    #[arg(long, short, global = true, help_heading = GLOBAL)]
    pub(super) verbose: bool,
    /// When to colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true, hide_default_value = true, help_heading = GLOBAL)]
    pub(super) color: When,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Flags that every command has.
const GLOBAL: &str = "Global options";

/// What holds for all commands.
const AFTER_HELP: &str = "\
Exit code: 0 fine, 1 findings (each command says which), 2 usage or a failure of the system.

Environment:
  LC_ALL, LC_MESSAGES, LANG   messages are Chinese where the first one begins with zh
  SOURCE_DATE_EPOCH           the day, in seconds since 1970; --as-of goes before
  NO_COLOR, CLICOLOR_FORCE    no colour; colour in pipes too
  COLUMNS                     width of reports
  CI                          where it is set, no progress is drawn
  PLAYBOOK_EDITOR             the editor of `serve`; --editor goes before

Examples:
  playbook init tea-playbook      begin
  playbook serve --open           write, and see it in the browser
  playbook check                  what is wrong, and what to do
  playbook build                  the site, in public/";

/// Language of messages.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Speech {
    /// Language of messages: en or zh [default: from the environment]
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<String>,
}

/// The day of judgement.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Day {
    /// Judge as of this day (YYYY-MM-DD) instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Date>,
}

/// Whether errors stop it.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Force {
    /// Go on in spite of errors; what cannot be read is left out
    #[arg(long)]
    pub(super) keep_going: bool,
}

/// Compressed files beside those of the site.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Squeeze {
    /// Compressed files beside the texts of the site: gz, br, both with a comma, or none [default: what `playbook.toml` says]
    #[arg(long, value_name = "ENDINGS", value_delimiter = ',', value_parser = compression(), hide_possible_values = true)]
    pub(super) compress: Option<Vec<Ending>>,
}

/// An ending, or `none`.
pub(super) type Ending = Option<Compression>;

/// What `--compress` takes.
fn compression() -> impl TypedValueParser<Value = Ending> {
    let words = Compression::ALL.iter().map(|way| way.word()).chain(["none"]);
    PossibleValuesParser::new(words).map(|word| Compression::from_word(&word))
}

/// A folder to export into.
#[derive(Debug, Default, clap::Args)]
pub(super) struct ExportTo {
    /// Folder to write into [default: export/ beside playbook.toml]
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check, render and publish the site into a folder
    #[command(
        after_help = "While there is an error the last good site stays as it is. The folder changes in one step; what has not changed keeps its time.\n\nExit code: 0 published, 1 errors, and nothing was published, 2 usage or a failure of the system.\n\nExamples:\n  playbook build                       into public/\n  playbook build --output /srv/site    into another folder\n  playbook build --as-of 2026-06-10    the site as of another day\n  playbook build --keep-going          publish in spite of errors\n  playbook build --compress gz,br      with compressed files for a web server that sends them"
    )]
    Build(BuildFlags),
    /// Check everything and report all findings
    #[command(
        after_help = "Exit code: 0 nothing to mend, 1 errors (with --strict warnings too), 2 usage or a failure of the system.\n\nExamples:\n  playbook check                                  everything, for people\n  playbook check --changed origin/main            only what this branch brings in\n  playbook check --format github --changed origin/main   annotations on a pull request\n  playbook check --format sarif > playbook.sarif  for code scanning\n\nWith --format github, findings are also written to $GITHUB_STEP_SUMMARY where it is set."
    )]
    Check(CheckFlags),
    /// Show the site in a browser and renew it whenever a file changes
    #[command(
        after_help = "Examples:\n  playbook serve --open                   start, and open the site in the browser\n  playbook serve --editor vscode          findings in the browser lead to their line in VS Code\n  playbook serve --as-of 2026-06-10       show the site as of another day\n  playbook serve --port 0                 take any free port\n\nEditors: cursor, idea, textmate, vscode, vscode-insiders, vscodium, windsurf, zed, or an address such as \"my://open?file={path}&line={line}&column={column}\".\nWhile there are errors the last good site is shown under a box with all findings. Nothing is written to disk; only this machine is answered. Ctrl-C ends.\n\nExit code: 0 ended by Ctrl-C, 2 usage or a failure of the system."
    )]
    Serve(ServeFlags),
    /// Tell what a change means in campaign terms: dates, owners, money, targets, procedures, findings
    #[command(
        after_help = "Compares with the commit where the change left BASE; both sides are judged on the same day. The work tree is not touched.\n\nExamples:\n  playbook diff main                       the work tree, saved changes included\n  playbook diff v1 v2                      two revisions\n  playbook diff origin/main --format markdown > comment.md\n                                           a comment for a pull request: its first line is the same each time,\n                                           so that a bot can find it and write over it\n\nExit code: 0 whatever changed, 2 usage or a failure of the system."
    )]
    Diff(DiffFlags),
    /// Make a new playbook in an empty folder
    Init(InitFlags),
    /// Begin a campaign, a procedure, a review, a year or a policy
    New {
        /// What to begin
        #[command(subcommand)]
        what: New,
    },
    /// Call a campaign, procedure, person … otherwise, everywhere; its old address leads to the new one
    Rename(RenameFlags),
    /// Mend what findings suggest, and say what is left
    Fix(FixFlags),
    /// Lay out TOML files and front matter in one way
    Fmt(FmtFlags),
    /// Make the site the next release of a folder that a web server reads, or go back to an earlier one
    #[command(
        after_help = "The web server's root is DIR/current, a link to the newest of DIR/releases. It changes in one step; a release never changes again. Files that have not changed are shared between releases.\n\nExamples:\n  playbook publish /srv/playbook              the next release, shown at once\n  playbook publish /srv/playbook --rollback   show the one before again\n  playbook publish /srv/playbook --list       what there is\n\nExit code: 0 shown, 1 errors, and nothing was published, 2 usage or a failure of the system."
    )]
    Publish(PublishFlags),
    /// Tell what a rule finds, why, and how to mend it
    #[command(
        after_help = "Examples:\n  playbook explain                    every rule, with its weight\n  playbook explain budget/split       one rule, with an example that breaks it and one that keeps it\n  playbook explain budget/split --lang zh\n\nExit code: 0, or 2 for a rule that there is not."
    )]
    Explain(ExplainFlags),
    /// Print the effective policy with the origin of each value
    #[command(
        after_help = "Examples:\n  playbook policy                          every figure and word of the method, and the file it comes from\n  playbook policy milestones.plan-review   those below a path\n  playbook policy severity                 rules whose weight was changed\n\nExit code: 0, or 2 for a path that there is not."
    )]
    Policy(PolicyFlags),
    /// Serve an editor over standard input and output: findings as you type, completion, hover, renaming
    #[command(
        after_help = "Editors start this themselves; nobody types it. How VS Code, Neovim, Helix and Zed are told to stands in the guide, page \"Editors\".\nThe playbook is the folder that the editor has open, else --root; messages are in the editor's language.\n\nExit code: 0 the editor said goodbye, 2 it did not.\n\nExample:\n  playbook lsp"
    )]
    Lsp(LspFlags),
    /// Print JSON Schemas of the files that authors write, for editors
    #[command(
        after_help = "Inside a playbook, schemas know its people, procedures and policy; outside, those of the policy that ships with the program.\n\nExamples:\n  playbook schema                     every kind of file, and where it lies\n  playbook schema campaign            the schema of campaign.toml\n  playbook schema --all               all of them, into .schemas/\n\nFiles of `playbook init` and `playbook new` begin with a line such as `#:schema ../../../.schemas/campaign.schema.json`: editors that know Even Better TOML (taplo) check them by it. Write the schemas anew after an update of the program, and when people or procedures have come.\n\nExit code: 0, or 2 for a kind that there is not."
    )]
    Schema(SchemaFlags),
    /// Write everything as files for other programs
    Export {
        /// What to write
        #[command(subcommand)]
        what: Export,
    },
    /// Print a completion script for a shell
    #[command(
        after_help = "Exit code: 0, or 2 for a shell that it does not know.\n\nExamples:\n  playbook completions bash > ~/.local/share/bash-completion/completions/playbook\n  playbook completions zsh > \"${fpath[1]}/_playbook\"\n  playbook completions fish > ~/.config/fish/completions/playbook.fish\n  playbook completions powershell >> $PROFILE"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write those of all commands into a folder
    #[command(
        after_help = "Exit code: 0, or 2 for a failure of the system.\n\nExamples:\n  playbook man | man -l -                   read it\n  playbook man ~/.local/share/man/man1      one page for each command"
    )]
    Man {
        /// Folder to write into; made when it is missing
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Write readings, spending and every main table as CSV for spreadsheets
    #[command(
        after_help = "UTF-8 with a byte order mark, CRLF. A cell that a spreadsheet would compute stands behind an apostrophe; numbers stay numbers.\ncampaigns/<id>/readings.csv and spend.csv have the columns that results take in; tables/ has campaigns, milestones, checklist, budget, kpis, actions, lessons, obligations and more.\n\nExit code: 0 written, 1 errors, and nothing was written, 2 usage or a failure of the system.\n\nExamples:\n  playbook export csv                          into export/\n  playbook export csv --output tables --lang zh-Hans"
    )]
    Csv(CsvFlags),
    /// Write the whole model as JSON, with its schema
    #[command(
        after_help = "model.json has everything but what only one campaign needs, which stands in campaigns/<id>/campaign.json; model.schema.json describes both.\nNumbers are decimals as text, so that no program rounds them; words are objects by language; what is not known is left out.\n\nExit code: 0 written, 1 errors, and nothing was written, 2 usage or a failure of the system.\n\nExample:\n  playbook export json --output data"
    )]
    Json(JsonFlags),
}

#[derive(Debug, clap::Args)]
pub(super) struct JsonFlags {
    #[command(flatten)]
    pub(super) to: ExportTo,
    #[command(flatten)]
    pub(super) day: Day,
    #[command(flatten)]
    pub(super) force: Force,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, clap::Args)]
pub(super) struct CsvFlags {
    #[command(flatten)]
    pub(super) to: ExportTo,
    #[command(flatten)]
    pub(super) day: Day,
    #[command(flatten)]
    pub(super) force: Force,
    /// Language of names and headings [default: the playbook's first]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct BuildFlags {
    /// Folder to publish into [default: public/ beside playbook.toml]
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) day: Day,
    #[command(flatten)]
    pub(super) force: Force,
    /// Replace files one by one instead of exchanging the folder in one step
    #[arg(long)]
    pub(super) in_place: bool,
    #[command(flatten)]
    pub(super) squeeze: Squeeze,
    #[command(flatten)]
    pub(super) speech: Speech,
    /// Print how long each stage took
    #[arg(long)]
    pub(super) timings: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ServeFlags {
    /// Port to listen at; the next free one when it is taken, any when it is 0
    #[arg(long, short, value_name = "N", default_value_t = 4000)]
    pub(super) port: u16,
    /// Open the site in the browser
    #[arg(long)]
    pub(super) open: bool,
    #[command(flatten)]
    pub(super) day: Day,
    /// Editor that findings in the browser lead to: its name, or an address with {path}, {line} and {column} [default: PLAYBOOK_EDITOR]
    #[arg(long, value_name = "EDITOR")]
    pub(super) editor: Option<String>,
    /// Look at files several times a second, where the system does not tell of changes (network drives, some containers)
    #[arg(long)]
    pub(super) poll: bool,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, clap::Args)]
pub(super) struct PublishFlags {
    /// Folder of the releases; made when it is missing
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// How many releases to keep, this one included
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) keep: u16,
    /// Show an earlier release again instead: the one before, or the one named
    #[arg(long, value_name = "RELEASE", num_args = 0..=1, conflicts_with_all = ["list", "as_of", "keep_going", "compress"])]
    pub(super) rollback: Option<Option<String>>,
    /// List the releases instead
    #[arg(long, conflicts_with_all = ["as_of", "keep_going", "compress"])]
    pub(super) list: bool,
    #[command(flatten)]
    pub(super) squeeze: Squeeze,
    #[command(flatten)]
    pub(super) day: Day,
    #[command(flatten)]
    pub(super) force: Force,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckFlags {
    /// How findings are written
    #[arg(long, short, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    pub(super) format: String,
    #[command(flatten)]
    pub(super) day: Day,
    /// Let warnings fail too
    #[arg(long)]
    pub(super) strict: bool,
    /// Report only what is new since the work left this branch, tag or commit; the rest is counted
    #[arg(long, value_name = "BASE")]
    pub(super) changed: Option<String>,
    /// Show hints of the lowest weight as well
    #[arg(long)]
    pub(super) all: bool,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, clap::Args)]
pub(super) struct DiffFlags {
    /// Branch, tag or commit to compare with
    pub(super) base: String,
    /// Branch, tag or commit to look at [default: the work tree]
    pub(super) head: Option<String>,
    /// How the change is written
    #[arg(long, short, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Human)]
    pub(super) format: DiffFormat,
    #[command(flatten)]
    pub(super) day: Day,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum DiffFormat {
    /// For people at a terminal
    Human,
    /// A comment for a pull request, at most 65,536 characters
    Markdown,
    /// For programs; the shape is described in docs/content/pages/reviewing.md
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainFlags {
    /// Code of the rule, such as `budget/split`; without it, all rules are listed
    pub(super) rule: Option<String>,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, clap::Args)]
pub(super) struct LspFlags {
    /// Speak over standard input and output; there is no other way, editors name it all the same
    #[arg(long)]
    pub(super) stdio: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct SchemaFlags {
    /// Kind of file, such as `campaign`; without it, all kinds are listed
    pub(super) kind: Option<String>,
    /// Write the schemas of all kinds into a folder [default: .schemas/ beside playbook.toml, where new files look for them]
    #[arg(long, value_name = "DIR", num_args = 0..=1, conflicts_with = "kind")]
    pub(super) all: Option<Option<PathBuf>>,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, clap::Args)]
pub(super) struct PolicyFlags {
    /// Only values whose path begins so, such as `milestones.plan-review`
    pub(super) prefix: Option<String>,
    #[command(flatten)]
    pub(super) speech: Speech,
}

impl Command {
    /// The language that a flag asks for messages in.
    pub(super) fn lang(&self) -> Option<&str> {
        let speech = match self {
            Self::Build(flags) => &flags.speech,
            Self::Check(flags) => &flags.speech,
            Self::Serve(flags) => &flags.speech,
            Self::Diff(flags) => &flags.speech,
            Self::Rename(flags) => &flags.speech,
            Self::Fix(flags) => &flags.speech,
            Self::Fmt(flags) => &flags.speech,
            Self::Publish(flags) => &flags.speech,
            Self::Explain(flags) => &flags.speech,
            Self::Policy(flags) => &flags.speech,
            Self::Schema(flags) => &flags.speech,
            Self::Export { what: Export::Json(flags) } => &flags.speech,
            // Of these the flag is the language of what is written; whoever writes Chinese reads it.
            Self::Export { what: Export::Csv(flags) } => return flags.lang.as_deref(),
            Self::Init(flags) => return flags.lang.first().map(String::as_str),
            Self::New { what } => return what.common().lang.as_deref(),
            Self::Lsp(_) | Self::Completions { .. } | Self::Man { .. } => return None,
        };
        speech.lang.as_deref()
    }
}

/// A language that messages are written in, by any tag of it.
fn language(text: &str) -> Result<String, String> {
    let tag = text.to_ascii_lowercase();
    match ["en", "zh"]
        .into_iter()
        .find(|known| tag == *known || tag.starts_with(&format!("{known}-")) || tag.starts_with(&format!("{known}_")))
    {
        Some(_) => Ok(text.to_owned()),
        None => Err("messages are written in English and Chinese: write `en` or `zh`".to_owned()),
    }
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is no day; write it as 2026-03-12"))
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(
        crate::report::FORMATS.iter().map(|f| clap::builder::PossibleValue::new(f.name).help(f.summary.0)),
    )
}

/// Manual pages: that of the whole on standard output, or one for each command into a folder.
pub(super) fn manual(dir: Option<&Path>) -> Result<(), Trouble> {
    let mut command = Args::command();
    command.build();
    match dir {
        None => {
            clap_mangen::Man::new(command).render(&mut std::io::stdout()).map_err(|error| Trouble::printing(&error))
        }
        Some(dir) => {
            std::fs::create_dir_all(dir).map_err(Trouble::making(dir))?;
            clap_mangen::generate_to(command, dir).map_err(Trouble::writing(dir))
        }
    }
}

pub(super) fn completions(shell: clap_complete::Shell) {
    clap_complete::generate(shell, &mut Args::command(), "playbook", &mut std::io::stdout());
}

//! Flags of the commands that write what authors own: `fix`, `new`, `init`, `rename`, `fmt`.

use super::args::{Day, Speech, day};
use crate::base::Date;
use crate::scaffold::rename::KINDS;
use crate::schema::Refers;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without RULE, each error and warning that has exactly one suggested edit is mended, as long as no date, no amount and no whole part of the plan would change. With RULE, the first suggested edit of each finding of these rules is made.\n\nExit code: 0 no error is left, 1 errors are left, 2 usage or a failure of the system.\n\nExamples:\n  playbook fix --dry-run               show as a diff what would be mended\n  playbook fix                         mend spelling, quotes, names, links\n  playbook fix milestone/order         move what this rule suggests to move\n  playbook fix --dry-run | git apply   the same by way of git"
)]
pub(super) struct FixFlags {
    /// Mend only findings of these rules, also where the plan changes, such as `budget/sum`
    #[arg(value_name = "RULE")]
    pub(super) rules: Vec<String>,
    /// Show what would change as a unified diff, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) day: Day,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Only blanks and line ends change: words, order and remarks stay, and so does what a file means. Prose below front matter is left alone, and so is a file that cannot be read.\n\nExit code: 0 done, or nothing to do; 1 with --check, files are laid out otherwise, or a file cannot be read; 2 usage or a failure of the system.\n\nExamples:\n  playbook fmt                                  every file\n  playbook fmt --check                          in CI: names the files, and fails where there are any\n  playbook fmt --diff content/people.toml       show what would change in one file"
)]
pub(super) struct FmtFlags {
    /// Only these files, and those below these folders
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<std::path::PathBuf>,
    /// Write nothing; name the files that are laid out otherwise, and fail where there are any
    #[arg(long)]
    pub(super) check: bool,
    /// Write nothing; show what would change as a unified diff
    #[arg(long)]
    pub(super) diff: bool,
    #[command(flatten)]
    pub(super) speech: Speech,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Files and folders are moved, every reference is rewritten: keys, values, done marks, offsets, waivers, links in prose. What has a page keeps the old id under `aliases`, so that its old address and its calendar go on working. Nothing is written when it would bring in an error that was not there before.\n\nWhoever has moved a folder by hand and noted the old id under `aliases` gets the references rewritten by the same command.\n\nExit code: 0 done, 2 usage or a failure of the system.\n\nExamples:\n  playbook rename campaign 2026-03-spring 2026-03-spring-renewal\n  playbook rename person lin-yue lin-yue-2 --dry-run        show as a diff what would change\n  playbook rename milestone june/venue venue-signed         an own milestone of the campaign `june`\n  playbook rename checkpoint prep-large/load load-test      a checkpoint of the procedure `prep-large`"
)]
pub(super) struct RenameFlags {
    /// What it is
    #[arg(value_name = "KIND", value_parser = renamed_kinds())]
    pub(super) kind: String,
    /// Its id now; of a milestone, goal or checkpoint where that is needed `CAMPAIGN/ID`, `PROGRAMME/ID`, `SOP/ID`
    #[arg(value_name = "OLD")]
    pub(super) old: String,
    /// Its id from now on
    #[arg(value_name = "NEW")]
    pub(super) new: String,
    /// Show what would change as a unified diff, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) day: Day,
    #[command(flatten)]
    pub(super) speech: Speech,
}

fn renamed_kinds() -> clap::builder::PossibleValuesParser {
    let kind = |(name, _, about): &(&'static str, Refers, (&'static str, &'static str))| {
        clap::builder::PossibleValue::new(*name).help(about.0)
    };
    clap::builder::PossibleValuesParser::new(KINDS.iter().map(kind))
}

/// Flags that every kind of new file has.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Language of remarks: en or zh [default: the playbook's first]
    #[arg(long, value_name = "LANG")]
    pub(super) lang: Option<String>,
    #[command(flatten)]
    pub(super) day: Day,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

impl New {
    /// What every kind of new file is asked for.
    pub(super) fn common(&self) -> &Common {
        match self {
            Self::Campaign(flags) => &flags.common,
            Self::Sop(flags) => &flags.common,
            Self::Postmortem(flags) => &flags.common,
            Self::Programme(flags) => &flags.common,
            Self::Policy(flags) => &flags.common,
        }
    }
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum New {
    /// Begin a campaign: dates, standard nodes, money and people are filled in
    #[command(
        after_help = "Without --start it takes the next free month of the programme, far enough ahead for its scale, on days that leave most nodes off weekends and holidays. The id is made of month and title. The owner is whoever git says you are (user.email or user.name, as in people.toml). Nothing is ever overwritten.\n\nExamples:\n  playbook new campaign \"Warm cups\"\n  playbook new campaign \"Warm cups\" --scale large --budget 300000 --owner lin-yue\n  playbook new campaign \"暖杯\" --id 2027-01-warm-cups --lang zh\n  playbook new campaign \"Warm cups\" --start 2027-01-14 --end 2027-01-18 --dry-run\n\nExit code: 0 begun, 2 usage or a failure of the system."
    )]
    Campaign(NewCampaignFlags),
    /// Begin a procedure: front matter and what its phase must cover
    #[command(
        after_help = "Examples:\n  playbook new sop \"Pack the boxes\" --phase execution\n  playbook new sop \"装箱\" --id pack-boxes --scale large --lang zh\n\nExit code: 0 begun, 2 usage or a failure of the system."
    )]
    Sop(NewSopFlags),
    /// Begin the review of a campaign: sections, due dates, targets and readings
    #[command(
        after_help = "Example:\n  playbook new postmortem 2026-09-moonlit-table\n\nExit code: 0 begun, 2 usage or a failure of the system."
    )]
    Postmortem(NewPostmortemFlags),
    /// Begin a year: rhythm, money, big promotions, chapters of its plan
    #[command(
        after_help = "Examples:\n  playbook new programme                     the next year without one\n  playbook new programme 2027 --budget 5000000 --cadence monthly\n\nExit code: 0 begun, 2 usage or a failure of the system."
    )]
    Programme(NewProgrammeFlags),
    /// Begin a file of overrides: the values in force, as remarks
    #[command(
        after_help = "Examples:\n  playbook new policy ours                       what most organisations change\n  playbook new policy money presets authority    the values below these paths\n\nExit code: 0 begun, 2 usage or a failure of the system."
    )]
    Policy(NewPolicyFlags),
}

#[derive(Debug, clap::Args)]
pub(super) struct NewCampaignFlags {
    /// Name of the campaign
    pub(super) title: String,
    /// Id, which is its folder and its address [default: month and title]
    #[arg(long, value_name = "ID")]
    pub(super) id: Option<String>,
    /// First day (YYYY-MM-DD) [default: in the next free month]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) start: Option<Date>,
    /// Last day, included [default: as long as its scale wants]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) end: Option<Date>,
    /// small, medium or large, or a scale of your policy [default: medium]
    #[arg(long, value_name = "SCALE")]
    pub(super) scale: Option<String>,
    /// online, offline or hybrid [default: hybrid]
    #[arg(long, value_name = "MODE")]
    pub(super) mode: Option<String>,
    /// Place in the year's rhythm [default: what the year still lacks]
    #[arg(long, value_name = "SLOT")]
    pub(super) slot: Option<String>,
    /// Programme [default: that of the year of its first day]
    #[arg(long, value_name = "ID")]
    pub(super) programme: Option<String>,
    /// Who answers for it, an id of people.toml [default: by git's user.email or user.name]
    #[arg(long, value_name = "PERSON")]
    pub(super) owner: Option<String>,
    /// All its money, split by the preset in force
    #[arg(long, value_name = "AMOUNT")]
    pub(super) budget: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewSopFlags {
    /// Name of the procedure
    pub(super) title: String,
    /// Id, which is its file and its address [default: made of the title]
    #[arg(long, value_name = "ID")]
    pub(super) id: Option<String>,
    /// preparation, execution or review [default: preparation]
    #[arg(long, value_name = "PHASE")]
    pub(super) phase: Option<String>,
    /// The one scale it is for [default: all]
    #[arg(long, value_name = "SCALE")]
    pub(super) scale: Option<String>,
    /// Who keeps it, an id of people.toml [default: by git's user.email or user.name]
    #[arg(long, value_name = "PERSON")]
    pub(super) owner: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewPostmortemFlags {
    /// Id of the campaign
    pub(super) campaign: String,
    /// Who does the first action, an id of people.toml [default: the campaign's owner]
    #[arg(long, value_name = "PERSON")]
    pub(super) owner: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewProgrammeFlags {
    /// Calendar year [default: the next one without a programme]
    pub(super) year: Option<i16>,
    /// Name [default: made of the year]
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,
    /// monthly or quarterly [default: monthly]
    #[arg(long, value_name = "CADENCE")]
    pub(super) cadence: Option<String>,
    /// All its money, split by the preset in force
    #[arg(long, value_name = "AMOUNT")]
    pub(super) budget: Option<String>,
    /// Who answers for its goals, an id of people.toml [default: by git's user.email or user.name]
    #[arg(long, value_name = "PERSON")]
    pub(super) owner: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewPolicyFlags {
    /// Id, which is its file
    pub(super) id: String,
    /// Paths of the values it is about, such as `milestones.plan-review`
    pub(super) about: Vec<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "It writes the configuration, one campaign, three procedures, a calendar, people and departments, a README for authors, and files for CI. Whoever git says you are answers for everything. A folder with files in it is refused; one with nothing but .git is fine.\n\nExamples:\n  playbook init tea-playbook\n  playbook init tea-playbook --lang zh-Hans,en --title \"岑里活动手册\"\n  playbook init . --timezone Europe/Berlin --currency EUR\n  playbook init tea-playbook --ci github               for one forge; --ci shell for a bare repository with a hook\n\nExit code: 0 begun, 2 usage or a failure of the system."
)]
pub(super) struct InitFlags {
    /// New or empty folder
    #[arg(value_name = "DIR")]
    pub(super) folder: std::path::PathBuf,
    /// Languages of the site, separated by commas; texts are written in the first: en or zh-Hans
    #[arg(long, value_name = "LANG", value_delimiter = ',', default_value = "en")]
    pub(super) lang: Vec<String>,
    /// Name of the site
    #[arg(long, value_name = "TITLE")]
    pub(super) title: Option<String>,
    /// IANA time zone [default: UTC; Asia/Shanghai in Chinese]
    #[arg(long, value_name = "ZONE")]
    pub(super) timezone: Option<String>,
    /// ISO 4217 code [default: USD; CNY in Chinese]
    #[arg(long, value_name = "CODE")]
    pub(super) currency: Option<String>,
    /// Where it is checked and published, separated by commas
    #[arg(long, value_name = "CI", value_delimiter = ',', default_value = "github,gitlab,gitea", value_parser = ci())]
    pub(super) ci: Vec<String>,
    #[command(flatten)]
    pub(super) day: Day,
}

fn ci() -> clap::builder::PossibleValuesParser {
    let names = crate::scaffold::init::CI.iter();
    clap::builder::PossibleValuesParser::new(
        names.map(|(name, about)| clap::builder::PossibleValue::new(*name).help(*about)),
    )
}

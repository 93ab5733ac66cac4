//! `playbook new`: begins a file with what is known already, and says what to do next.

use super::args_scaffold::{Common, New};
use super::{input, terminal};
use crate::base::{Found, Said};
use crate::compile::{Input, RULES};
use crate::model::settings::Settings;
use crate::model::{self, Model};
use crate::output::author::{self, Rewrite, Rewrites};
use crate::scaffold::files::Tongue;
use crate::scaffold::new::{self, Ground, Made, NewCampaign, NewProgramme, NewSop};
use crate::schema::FOLDER;
use crate::sources::{Sources, git};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(root: &Path, what: &New) -> anyhow::Result<ExitCode> {
    let common = common(what);
    let Input { mut sources, read: _, clock } = input(root, common.as_of)?;
    let (settings, _) = Settings::read(&sources);
    let as_of = clock.as_of(&settings);
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    // What is wrong elsewhere is no reason against a new file: `check` says it.
    let (model, _): (Model, Found) = model::load(&mut sources, settings, as_of, &codes);
    let lang = common.lang.as_deref().unwrap_or_else(|| model.settings.default_lang().tag());
    let spoken = terminal::lang(common.lang.as_deref());
    let (name, email) = (git::setting(root, "user.name"), git::setting(root, "user.email"));
    let me = (name.as_deref(), email.as_deref());
    let ground = Ground { model: &model, sources: &sources, tongue: Tongue::of(lang), me };
    let made = made(&ground, what).map_err(|said| anyhow::anyhow!("{}", said.in_lang(&spoken)))?;
    let made = made.finished(|kind| root.join(FOLDER).join(kind.schema()).is_file());
    write(root, &sources, &made, common.dry_run, &spoken)?;
    Ok(ExitCode::SUCCESS)
}

fn common(what: &New) -> &Common {
    match what {
        New::Campaign(flags) => &flags.common,
        New::Sop(flags) => &flags.common,
        New::Postmortem(flags) => &flags.common,
        New::Programme(flags) => &flags.common,
        New::Policy(flags) => &flags.common,
    }
}

fn made(ground: &Ground<'_>, what: &New) -> Result<Made, Said> {
    match what {
        New::Campaign(f) => new::campaign(
            ground,
            &NewCampaign {
                title: &f.title,
                id: f.id.as_deref(),
                start: f.start,
                end: f.end,
                scale: f.scale.as_deref(),
                mode: f.mode.as_deref(),
                slot: f.slot.as_deref(),
                programme: f.programme.as_deref(),
                owner: f.owner.as_deref(),
                budget: f.budget.as_deref(),
            },
        ),
        New::Sop(f) => new::sop(
            ground,
            &NewSop {
                title: &f.title,
                id: f.id.as_deref(),
                phase: f.phase.as_deref(),
                scale: f.scale.as_deref(),
                owner: f.owner.as_deref(),
            },
        ),
        New::Postmortem(f) => new::postmortem(ground, &f.campaign, f.owner.as_deref()),
        New::Programme(f) => new::programme(
            ground,
            &NewProgramme {
                year: f.year,
                title: f.title.as_deref(),
                cadence: f.cadence.as_deref(),
                budget: f.budget.as_deref(),
                owner: f.owner.as_deref(),
            },
        ),
        New::Policy(f) => {
            let about: Vec<&str> = f.about.iter().map(String::as_str).collect();
            new::policy(ground, &f.id, &about)
        }
    }
}

fn write(root: &Path, sources: &Sources, made: &Made, dry_run: bool, spoken: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let chinese = spoken.starts_with("zh");
    if dry_run {
        for (path, text) in &made.files {
            writeln!(out, "--- {path}\n{text}")?;
        }
        return Ok(());
    }
    debug_assert!(made.files.keys().all(|path| sources.find(path).is_none()), "bug: a new file is there already");
    let new =
        |(path, text): (&String, &String)| (path.clone(), Rewrite { was: None, now: Some(text.clone().into_bytes()) });
    author::rewrite(root, &made.files.iter().map(new).collect::<Rewrites>())?;
    for path in made.files.keys() {
        writeln!(out, "{} {}", if chinese { "已写入" } else { "wrote" }, root.join(path).display())?;
    }
    for note in &made.notes {
        writeln!(out, "{}", note.in_lang(spoken))?;
    }
    let next = if chinese {
        "接下来：打开文件补充内容，再运行 `playbook check`"
    } else {
        "next: open the file, write what only you know, and run `playbook check`"
    };
    writeln!(out, "{next}")?;
    Ok(())
}

//! `playbook new`: begins a file with what is known already, and says what to do next.

use super::args_scaffold::New;
use super::console::Console;
use super::input;
use crate::base::{Found, Said, trouble};
use crate::compile::{Input, RULES};
use crate::model::settings::Settings;
use crate::model::{self, Model};
use crate::output::author::{self, Rewrite, Rewrites};
use crate::scaffold::files::Tongue;
use crate::scaffold::new::{self, Ground, Made, NewCampaign, NewProgramme, NewSop};
use crate::schema::FOLDER;
use crate::sources::{Sources, git};
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(console: &Console, what: &New) -> anyhow::Result<ExitCode> {
    let (root, common) = (&console.root, what.common());
    let Input { mut sources, read: _, clock } = input(root, common.day.as_of)?;
    let (settings, _) = Settings::read(&sources);
    let as_of = clock.as_of(&settings);
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    // What is wrong elsewhere is no reason against a new file: `check` says it.
    let (model, _): (Model, Found) = model::load(&mut sources, settings, as_of, &codes);
    let lang = common.lang.as_deref().unwrap_or_else(|| model.settings.default_lang().tag());
    let (name, email) = (git::setting(root, "user.name"), git::setting(root, "user.email"));
    let me = (name.as_deref(), email.as_deref());
    let ground = Ground { model: &model, sources: &sources, tongue: Tongue::of(lang), me };
    let made = made(&ground, what).map_err(trouble)?;
    let made = made.finished(|kind| root.join(FOLDER).join(kind.schema()).is_file());
    write(console, &sources, &made, common.dry_run)?;
    Ok(ExitCode::SUCCESS)
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

fn write(console: &Console, sources: &Sources, made: &Made, dry_run: bool) -> anyhow::Result<()> {
    let (root, chinese) = (&console.root, console.is_chinese());
    if dry_run {
        let mut out = std::io::stdout().lock();
        for (path, text) in &made.files {
            writeln!(out, "--- {path}\n{text}")?;
        }
        return Ok(());
    }
    debug_assert!(made.files.keys().all(|path| sources.find(path).is_none()), "bug: a new file is there already");
    let new =
        |(path, text): (&String, &String)| (path.clone(), Rewrite { was: None, now: Some(text.clone().into_bytes()) });
    author::rewrite(root, &made.files.iter().map(new).collect::<Rewrites>())?;
    let mut told = String::new();
    for path in made.files.keys() {
        told += &format!("{} {}\n", if chinese { "已写入" } else { "wrote" }, root.join(path).display());
    }
    for note in &made.notes {
        told += &format!("{}\n", note.in_lang(&console.lang));
    }
    let next = if chinese {
        "接下来：打开文件补充内容，再运行 `playbook check`"
    } else {
        "next: open the file, write what only you know, and run `playbook check`"
    };
    console.done(&format!("{told}{next}\n"))?;
    Ok(())
}

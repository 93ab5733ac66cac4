//! `playbook init`: a new playbook in an empty folder.

use super::args_scaffold::InitFlags;
use super::terminal;
use crate::base::{Date, Lang};
use crate::compile::{Clock, RULES};
use crate::model;
use crate::model::settings::Settings;
use crate::output::author::{self, Rewrite, Rewrites};
use crate::scaffold::init::{self, Wanted};
use crate::sources::{Sources, git};
use anyhow::{Context, bail};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(flags: &InitFlags) -> anyhow::Result<ExitCode> {
    let folder = &flags.folder;
    is_free(folder)?;
    let languages: Vec<Lang> = flags.lang.iter().map(|tag| Lang(tag.clone())).collect();
    if let Some(wrong) = languages.iter().find(|l| !Lang::is_tag(l.tag())) {
        bail!("`{wrong}` is no language tag; write a tag such as `en` or `zh-Hans`");
    }
    let spoken = terminal::lang(languages.first().map(Lang::tag));
    let near = folder.ancestors().find(|f| f.is_dir()).unwrap_or(Path::new("."));
    let (name, email) = (git::setting(near, "user.name"), git::setting(near, "user.email"));
    let today = today(flags)?;
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let wanted = Wanted {
        rules: &codes,
        languages: &languages,
        title: flags.title.as_deref(),
        timezone: flags.timezone.as_deref(),
        currency: flags.currency.as_deref(),
        me: (name.as_deref(), email.as_deref()),
        today,
        version: env!("CARGO_PKG_VERSION"),
        rust: env!("CARGO_PKG_RUST_VERSION"),
    };
    let made = init::init(&wanted, |files| {
        let bytes = files.into_iter().map(|(path, text)| (path, text.into_bytes()));
        let (mut sources, _) = Sources::from_memory(bytes);
        let (settings, _) = Settings::read(&sources);
        let (model, _) = model::load(&mut sources, settings, today, &codes);
        (model, sources)
    });
    let made = made.map_err(|said| anyhow::anyhow!("{}", said.in_lang(&spoken)))?;
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let new =
        |(path, text): (&String, &String)| (path.clone(), Rewrite { was: None, now: Some(text.clone().into_bytes()) });
    author::rewrite(folder, &made.files.iter().map(new).collect::<Rewrites>())?;
    let mut out = std::io::stdout().lock();
    let (count, place) = (made.files.len(), folder.display());
    if spoken.starts_with("zh") {
        writeln!(
            out,
            "已在 {place} 写入 {count} 个文件\n接下来：cd {place}，运行 `playbook serve --open`；在 content/people.toml 加上同事"
        )?;
    } else {
        writeln!(
            out,
            "wrote {count} files in {place}\nnext: cd {place}, run `playbook serve --open`, and add your colleagues in content/people.toml"
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a folder that holds anything but a repository without files.
fn is_free(folder: &Path) -> anyhow::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| format!("cannot read {}", folder.display()))?,
    };
    for entry in entries {
        let name = entry?.file_name();
        if name != ".git" {
            let (place, name) = (folder.display(), name.to_string_lossy());
            bail!("{place} is not empty (it holds `{name}`): name a new or an empty folder");
        }
    }
    Ok(())
}

fn today(flags: &InitFlags) -> anyhow::Result<Date> {
    let clock: Clock = super::clock(flags.as_of)?;
    let (mut settings, _) = Settings::read(&Sources::default());
    if let Some(zone) = flags.timezone.as_ref().filter(|zone| Date::knows_zone(zone)) {
        settings.timezone.clone_from(zone);
    }
    Ok(clock.as_of(&settings))
}

//! `playbook init`: a new playbook in an empty folder.

use super::args_scaffold::InitFlags;
use super::console::Console;
use crate::base::{Date, Lang, Trouble, trouble};
use crate::compile::{Clock, RULES};
use crate::model;
use crate::model::settings::Settings;
use crate::output::author::{self, Rewrite, Rewrites};
use crate::said;
use crate::scaffold::init::{self, Wanted};
use crate::sources::{Sources, git};
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &InitFlags) -> anyhow::Result<ExitCode> {
    let folder = &flags.folder;
    is_free(folder)?;
    let languages: Vec<Lang> = flags.lang.iter().map(|tag| Lang(tag.clone())).collect();
    if let Some(wrong) = languages.iter().find(|l| !Lang::is_tag(l.tag())) {
        return Err(trouble(said!(
            "`{wrong}` is no language tag; write a tag such as `en` or `zh-Hans`",
            "`{wrong}` 不是语言标签；请写 `en`、`zh-Hans` 之类的标签"
        )));
    }
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
        ci: &flags.ci.iter().map(String::as_str).collect::<Vec<_>>(),
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
    let made = made.map_err(trouble)?;
    std::fs::create_dir_all(folder).map_err(Trouble::making(folder))?;
    let new =
        |(path, text): (&String, &String)| (path.clone(), Rewrite { was: None, now: Some(text.clone().into_bytes()) });
    author::rewrite(folder, &made.files.iter().map(new).collect::<Rewrites>())?;
    for path in made.files.keys().filter(|_| console.is_verbose()) {
        console.note(&said!("wrote {path}", "已写入 {path}"));
    }
    let (count, place) = (made.files.len(), folder.display());
    console.done(&match console.is_chinese() {
        true => format!(
            "已在 {place} 写入 {count} 个文件\n接下来：cd {place}，运行 `playbook serve --open`；在 content/people.toml 加上同事\n"
        ),
        false => format!(
            "wrote {count} files in {place}\nnext: cd {place}, run `playbook serve --open`, and add your colleagues in content/people.toml\n"
        ),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Refuses a folder that holds anything but a repository without files.
fn is_free(folder: &Path) -> anyhow::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(Trouble::reading(folder))?,
    };
    for entry in entries {
        let name = entry.map_err(Trouble::reading(folder))?.file_name();
        if name != ".git" {
            let (place, name) = (folder.display(), name.to_string_lossy());
            return Err(trouble(said!(
                "{place} is not empty (it holds `{name}`): name a new or an empty folder",
                "{place} 不是空文件夹（其中有 `{name}`）：请写新的或空的文件夹"
            )));
        }
    }
    Ok(())
}

fn today(flags: &InitFlags) -> anyhow::Result<Date> {
    let clock: Clock = super::clock(flags.day.as_of)?;
    let (mut settings, _) = Settings::read(&Sources::default());
    if let Some(zone) = flags.timezone.as_ref().filter(|zone| Date::knows_zone(zone)) {
        settings.timezone.clone_from(zone);
    }
    Ok(clock.as_of(&settings))
}

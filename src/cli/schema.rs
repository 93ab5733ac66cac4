//! `playbook schema`: JSON Schemas of the files that authors write.

use super::args::SchemaFlags;
use super::console::Console;
use super::input;
use crate::base::{Trouble, trouble, words};
use crate::compile::{self, RULES};
use crate::said;
use crate::schema::json::{Names, schema};
use crate::schema::{FOLDER, KINDS, Kind};
use crate::sources::Sources;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &SchemaFlags) -> anyhow::Result<ExitCode> {
    let root = &console.root;
    let mut out = std::io::stdout().lock();
    if let (None, None) = (&flags.kind, &flags.all) {
        let width = KINDS.iter().map(|k| k.name.len()).max().unwrap_or(0);
        for kind in KINDS {
            let about = if console.is_chinese() { kind.about.1 } else { kind.about.0 };
            writeln!(out, "{:width$}  {}: {about}", kind.name, kind.path)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = match &flags.kind {
        None => None,
        Some(name) => match (Kind::named(name), words::nearest(name, KINDS.iter().map(|k| k.name))) {
            (Some(kind), _) => Some(kind),
            (None, Some(near)) => {
                return Err(trouble(said!(
                    "there is no kind of file `{name}`; did you mean `{near}`?",
                    "没有文件类型 `{name}`；是否想写 `{near}`？"
                )));
            }
            (None, None) => {
                return Err(trouble(said!(
                    "there is no kind of file `{name}`; `playbook schema` lists all kinds",
                    "没有文件类型 `{name}`；`playbook schema` 列出全部类型"
                )));
            }
        },
    };
    // Outside a playbook the names are those of the policy that ships with the program.
    let input = if root.join("playbook.toml").is_file() {
        input(root, None)?
    } else {
        let (sources, read) = Sources::from_memory([]);
        compile::Input { sources, read, clock: super::clock(None)? }
    };
    let (model, _, _) = compile::read(input);
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let names = Names { model: &model, rules: &rules };
    if let Some(kind) = wanted {
        out.write_all(schema(kind, &names).as_bytes())?;
    }
    if let Some(folder) = &flags.all {
        let folder = &folder.clone().unwrap_or_else(|| root.join(FOLDER));
        std::fs::create_dir_all(folder).map_err(Trouble::making(folder))?;
        for kind in KINDS {
            let path = folder.join(kind.schema());
            std::fs::write(&path, schema(kind, &names)).map_err(Trouble::writing(&path))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

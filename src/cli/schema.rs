//! `playbook schema`: JSON Schemas of the files that authors write.

use super::args::SchemaFlags;
use super::input;
use crate::base::words;
use crate::compile::{self, RULES};
use crate::schema::json::{Names, schema};
use crate::schema::{FOLDER, KINDS, Kind};
use crate::sources::Sources;
use anyhow::{Context, bail};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(root: &Path, flags: &SchemaFlags) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    if let (None, None) = (&flags.kind, &flags.all) {
        let width = KINDS.iter().map(|k| k.name.len()).max().unwrap_or(0);
        for kind in KINDS {
            writeln!(out, "{:width$}  {}: {}", kind.name, kind.path, kind.about.0)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = match &flags.kind {
        None => None,
        Some(name) => match (Kind::named(name), words::nearest(name, KINDS.iter().map(|k| k.name))) {
            (Some(kind), _) => Some(kind),
            (None, Some(near)) => bail!("there is no kind of file `{name}`; did you mean `{near}`?"),
            (None, None) => bail!("there is no kind of file `{name}`; `playbook schema` lists all kinds"),
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
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        for kind in KINDS {
            let path = folder.join(kind.schema());
            std::fs::write(&path, schema(kind, &names)).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

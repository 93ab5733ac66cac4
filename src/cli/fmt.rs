//! `playbook fmt`: files laid out in one way, or told apart from those that are not.

use super::args_scaffold::FmtFlags;
use super::fix::{count, diffs};
use super::{input, terminal};
use crate::output::author::{self, Rewrite, Rewrites};
use crate::scaffold::format;
use anyhow::{Context, bail};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(root: &Path, flags: &FmtFlags) -> anyhow::Result<ExitCode> {
    let chinese = terminal::lang(flags.lang.as_deref()).starts_with("zh");
    let sources = input(root, None)?.sources;
    let wanted = wanted(root, &flags.paths, chinese)?;
    let fits = |path: &str| wanted.is_empty() || wanted.iter().any(|place| Path::new(path).starts_with(place));
    let (mut rewrites, mut unread) = (Rewrites::new(), Vec::new());
    for (path, file) in sources.paths().filter(|(path, _)| format::is_ours(path) && fits(path)) {
        let Some(text) = sources.text(file) else { continue };
        match format::file(path, text) {
            None => unread.push(path),
            Some(now) if now != text => {
                let was = sources.bytes(file).to_vec();
                let mark = if was.starts_with("\u{feff}".as_bytes()) { "\u{feff}" } else { "" };
                rewrites.insert(path.to_owned(), Rewrite { was: Some(was), now: Some(format!("{mark}{now}").into()) });
            }
            Some(_) => {}
        }
    }
    let mut out = std::io::stdout().lock();
    if flags.diff {
        out.write_all(diffs(&rewrites).as_bytes())?;
    } else if flags.check {
        for path in rewrites.keys() {
            writeln!(out, "{path}")?;
        }
    } else {
        author::rewrite(root, &rewrites)?;
    }
    for path in &unread {
        match chinese {
            true => eprintln!("{path}: 无法读取，未调整格式；用 `playbook check` 查看原因"),
            false => eprintln!("{path}: cannot be read, and is left as it is; `playbook check` says why"),
        }
    }
    let (files, is_dry) = (rewrites.len(), flags.check || flags.diff);
    let told = match (chinese, is_dry, files) {
        (_, _, 0) if !unread.is_empty() => String::new(),
        (false, _, 0) => "every file is laid out\n".to_owned(),
        (true, _, 0) => "所有文件格式一致\n".to_owned(),
        (false, true, n) => format!("{} laid out otherwise; `playbook fmt` mends it\n", count(n, "file")),
        (true, true, n) => format!("{n} 个文件格式不一致；运行 `playbook fmt` 即可\n"),
        (false, false, n) => format!("laid out {}\n", count(n, "file")),
        (true, false, n) => format!("已调整 {n} 个文件的格式\n"),
    };
    // A list or a diff is for other programs; words go beside it.
    if is_dry { std::io::stderr().write_all(told.as_bytes()) } else { out.write_all(told.as_bytes()) }?;
    let has_failed = !unread.is_empty() || (flags.check && files > 0);
    Ok(if has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Paths below the playbook's folder, as the author names them from where he is.
fn wanted(root: &Path, paths: &[PathBuf], chinese: bool) -> anyhow::Result<Vec<PathBuf>> {
    let home = root.canonicalize().with_context(|| format!("cannot read {}", root.display()))?;
    let inside = |path: &PathBuf| {
        let place = path.canonicalize().with_context(|| format!("cannot read {}", path.display()))?;
        match place.strip_prefix(&home) {
            Ok(inside) => Ok(inside.to_owned()),
            Err(_) if chinese => bail!("{} 不在手册 {} 中", path.display(), root.display()),
            Err(_) => bail!("{} is not in the playbook {}", path.display(), root.display()),
        }
    };
    paths.iter().map(inside).collect()
}

//! `playbook fmt`: files laid out in one way, or told apart from those that are not.

use super::args_scaffold::FmtFlags;
use super::console::Console;
use super::fix::{count, diffs};
use super::input;
use crate::base::{Said, Trouble, trouble};
use crate::output::author::{self, Rewrite, Rewrites};
use crate::said;
use crate::scaffold::format;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(console: &Console, flags: &FmtFlags) -> anyhow::Result<ExitCode> {
    let (root, chinese) = (&console.root, console.is_chinese());
    let sources = input(root, None)?.sources;
    let wanted = wanted(root, &flags.paths)?;
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
        for path in rewrites.keys().filter(|_| console.is_verbose()) {
            console.note(&said!("laid out {path}", "已调整 {path}"));
        }
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
    drop(out);
    match is_dry {
        true => console.note(&Said { en: told.trim_end().to_owned(), zh: told.trim_end().to_owned() }),
        false => console.done(&told)?,
    }
    let has_failed = !unread.is_empty() || (flags.check && files > 0);
    Ok(if has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Paths below the playbook's folder, as the author names them from where he is.
fn wanted(root: &Path, paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let home = root.canonicalize().map_err(Trouble::reading(root))?;
    let inside = |path: &PathBuf| {
        let place = path.canonicalize().map_err(Trouble::reading(path))?;
        match place.strip_prefix(&home) {
            Ok(inside) => Ok(inside.to_owned()),
            Err(_) => {
                let (path, root) = (path.display(), root.display());
                Err(trouble(said!("{path} is not in the playbook {root}", "{path} 不在手册 {root} 中")))
            }
        }
    };
    paths.iter().map(inside).collect()
}

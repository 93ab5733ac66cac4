//! `playbook new policy`: a file of overrides with the values in force as remarks.

use super::{Ground, Made, unknown};
use crate::base::Said;
use crate::policy::Value;
use crate::said;
use crate::scaffold::files::{self, Words};
use std::collections::BTreeSet;

/// Parts of policy that most organisations change, when nobody says which.
const USUAL: [&str; 3] = ["scales", "milestones", "presets.721"];

/// The file of new overrides: an id, and the path of the values it is about.
///
/// # Errors
/// What the author should say otherwise.
pub fn policy(ground: &Ground<'_>, name: &str, about: &[&str]) -> Result<Made, Said> {
    let (model, tongue) = (ground.model, ground.tongue);
    let id = ground.id(Some(name), "", name)?;
    let path = format!("content/policies/{id}.toml");
    if ground.sources.find(&path).is_some() {
        return Err(said!("{path} is there already", "{path} 已存在"));
    }
    let all = model.policy.values();
    let parts: BTreeSet<&str> = all.iter().filter_map(|v| v.path.split('.').next()).collect();
    for part in about {
        if !all.iter().any(|v| is_under(v, part)) {
            return Err(unknown(part, &said!("part of policy", "政策部分"), parts.iter().copied(), ""));
        }
    }
    let about = if about.is_empty() { &USUAL[..] } else { about };
    // A table stands once, however its keys and those of its own tables alternate.
    let mut tables: Vec<(&str, Vec<String>)> = Vec::new();
    for value in about.iter().flat_map(|part| all.iter().filter(|v| is_under(v, part))) {
        let Some((home, key)) = split(&value.path) else { continue };
        // Names are words of the method, and where a figure comes from is no figure.
        let is_name = home.rsplit('.').next().is_some_and(|last| matches!(last, "name" | "task" | "title"));
        if is_name || matches!(key, "source" | "ours") {
            continue;
        }
        let line = format!("# {key} = {}", value.value);
        match tables.iter_mut().find(|(name, _)| *name == home) {
            Some((_, lines)) => lines.push(line),
            None => tables.push((home, vec![format!("# [{home}]"), line])),
        }
    }
    let tables: Vec<String> = tables.into_iter().map(|(_, lines)| lines.join("\n")).collect();
    let text = Words::default().with("values", tables.join("\n\n"));
    let mut made = Made::default();
    made.files.insert(path, files::filled(&format!("new/{}/policy.toml", tongue.tag()), &text));
    made.notes.push(said!(
        "remove the `#` before a table's name and before the value you change",
        "去掉表名和要改的那一行前面的 `#`"
    ));
    Ok(made)
}

fn is_under(value: &Value, part: &str) -> bool {
    value.path.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The table and the key of a value's path; a key in quotes may hold dots.
fn split(path: &str) -> Option<(&str, &str)> {
    if let Some(open) = path.strip_suffix('"').and_then(|p| p.rfind('"')) {
        return Some((path[..open].trim_end_matches('.'), &path[open..]));
    }
    path.rsplit_once('.')
}

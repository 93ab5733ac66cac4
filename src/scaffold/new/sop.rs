//! `playbook new sop`: a procedure with the groups of its phase and what they must cover.

use super::{Ground, Made, unknown};
use crate::base::{Said, words};
use crate::policy::SopPhase;
use crate::said;
use crate::scaffold::files::{self, Words};

/// What an author may say of a new procedure.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewSop<'a> {
    /// Name.
    pub title: &'a str,
    /// Id.
    pub id: Option<&'a str>,
    /// Phase.
    pub phase: Option<&'a str>,
    /// The one scale it is for.
    pub scale: Option<&'a str>,
    /// Person.
    pub owner: Option<&'a str>,
}

/// The file of a new procedure.
///
/// # Errors
/// What the author should say otherwise.
pub fn sop(ground: &Ground<'_>, wanted: &NewSop<'_>) -> Result<Made, Said> {
    let (model, tongue) = (ground.model, ground.tongue);
    let rows = &model.policy.rows;
    let owner = ground.owner(wanted.owner)?;
    let word = wanted.phase.unwrap_or("preparation");
    let phases = SopPhase::ALL.iter().map(|p| p.word());
    let phase = SopPhase::from_word(word).ok_or_else(|| unknown(word, &said!("phase", "阶段"), phases, ""))?;
    if let Some(scale) = wanted.scale {
        ground.word(scale, &said!("scale", "规模"), rows.scales.keys())?;
    }
    let id = ground.id(wanted.id, "", wanted.title)?;
    let path = format!("content/sops/{id}.md");
    if model.sop(id.as_str()).is_some() || ground.sources.find(&path).is_some() {
        return Err(said!(
            "there is a procedure `{id}` already: choose another id with --id",
            "流程 `{id}` 已存在：请用 --id 换一个"
        ));
    }
    let scales: Vec<String> = rows.scales.keys().map(|s| format!("\"{s}\"")).collect();
    let scale = match wanted.scale {
        Some(scale) => format!("scale = [\"{scale}\"]"),
        None => format!("# scale = [{}]   {}", scales.join(", "), tongue.pick("# without it: all", "# 不写即全部")),
    };
    let today = model.as_of;
    let groups = rows.groups.iter().filter(|(_, group)| group.phase == Some(phase));
    let covers = |row: &crate::policy::Group| -> String {
        let list: Vec<String> =
            row.covers.iter().map(|(key, name)| format!("covers={key} ({})", ground.words(name))).collect();
        match list.is_empty() {
            true => tongue.pick("Items of this part.", "这一部分的事项。").to_owned(),
            false => list.join(tongue.pick(", ", "，")),
        }
    };
    let section = |(id, row): (&str, &crate::policy::Group)| {
        format!("## {} {{#{id} group={id}}}\n\n<!-- {} -->", ground.heading(&row.name), covers(row))
    };
    let text = Words::default()
        .with("title", ground.title(wanted.title))
        .with("phase", phase.word())
        .with("scale", scale)
        .with("owner", owner.as_str())
        .with("today", today.to_string())
        .with("review-by", today.plus(model.policy.figure("new-sop-review-days")).to_string())
        .with("roles", rows.roles.keys().collect::<Vec<_>>().join(", "))
        .with("groups", groups.map(section).collect::<Vec<_>>().join("\n\n"));
    let mut made = Made::default();
    made.files.insert(path, files::filled(&format!("new/{}/sop.md", tongue.tag()), &text));
    let is_there = |phase: &&SopPhase| model.sops.iter().any(|s| s.phase.as_ref().is_some_and(|p| p.value == **phase));
    let lacking = SopPhase::ALL.iter().filter(|p| **p != phase && !is_there(p));
    let ticked: Vec<String> = lacking.map(|p| format!("`{}`", p.word())).collect();
    if !ticked.is_empty() && model.sops_complete {
        let list = words::all_of(ticked.iter().map(String::as_str));
        let (en, zh) = (&list.en, &list.zh);
        made.notes.push(said!(
            "campaigns still lack a procedure for {en}: begin them with --phase",
            "各活动还缺少 {zh} 阶段的流程：请用 --phase 新建"
        ));
    }
    made.notes.push(said!(
        "write one line for each item; campaigns get them with their dates",
        "每个事项写一行；各活动会自动得到它们和日期"
    ));
    Ok(made)
}

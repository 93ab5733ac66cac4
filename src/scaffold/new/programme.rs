//! `playbook new programme`: a year with its rhythm, its big promotions and the chapters of its plan.

use super::{Ground, Made, unknown};
use crate::base::{Date, Lang, Said};
use crate::model::programme::Cadence;
use crate::policy::Level;
use crate::said;
use crate::scaffold::files::{self, Words};

/// What an author may say of a new year.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewProgramme<'a> {
    /// Calendar year; the next one without a programme when left out.
    pub year: Option<i16>,
    /// Name.
    pub title: Option<&'a str>,
    /// How often campaigns run.
    pub cadence: Option<&'a str>,
    /// The whole of its money.
    pub budget: Option<&'a str>,
    /// Person.
    pub owner: Option<&'a str>,
}

/// The files of a new year.
///
/// # Errors
/// What the author should say otherwise.
pub fn programme(ground: &Ground<'_>, wanted: &NewProgramme<'_>) -> Result<Made, Said> {
    let (model, tongue) = (ground.model, ground.tongue);
    // Nobody owns a year; goals, which are remarks, have owners.
    let me = match wanted.owner {
        Some(_) => Some(ground.owner(wanted.owner)?),
        None => ground.owner(None).ok(),
    };
    let owner = me.or_else(|| model.people.values().find(|p| p.active).map(|p| p.id.clone()));
    let next = || (model.as_of.year()..).find(|year| ground.year(*year).is_none());
    let year = wanted.year.or_else(next).unwrap_or(model.as_of.year());
    if Date::new(year, 1, 1).is_none() || !(1970..=9999).contains(&year) {
        return Err(said!("{year} is no year", "{year} 不是年份"));
    }
    let cadence = wanted.cadence.unwrap_or("monthly");
    let words = Cadence::ALL.iter().map(|c| c.word());
    let cadence = Cadence::from_word(cadence).ok_or_else(|| unknown(cadence, &said!("cadence", "频率"), words, ""))?;
    let path = format!("content/programmes/{year}.toml");
    if let Some(there) = ground.year(year) {
        let path = ground.sources.path(there.file);
        return Err(said!("{year} has its programme already: {path}", "{year} 年已有年度计划：{path}"));
    }
    let before = model.programmes.iter().rfind(|p| p.year < year);
    let is_chinese = model.settings.default_lang().is_kin(&Lang("zh".to_owned()));
    let default_title = if is_chinese { format!("{year} 年") } else { format!("The year {year}") };
    let (split, budget) = ground.budget(wanted.budget, Level::Programme, None)?;
    let rows = &model.policy.rows;
    let slot = |(_, row): (&str, &crate::policy::Slot)| format!("{} × {}", row.count, ground.words(&row.name));
    let slots: Vec<String> = rows.slots.iter().map(slot).collect();
    let peak = before.and_then(|p| p.peak).map_or_else(
        || "# peak-window = { from = 15, to = 20 }".to_owned(),
        |p| format!("peak-window = {{ from = {}, to = {} }}", p.from.value, p.to.value),
    );
    let anchors = before.map(|p| p.anchors.as_slice()).unwrap_or_default();
    let anchor = |a: &crate::model::programme::Stretch| {
        let moved =
            |day: Date| Date::new(day.year() + year - a.from.value.year(), day.month(), day.day()).unwrap_or(day);
        let (from, to) = (moved(a.from.value), moved(a.to.value));
        format!("# [[anchor]]\n# id = \"{}\"\n# name = {}\n# from = {from}\n# to = {to}", a.id, ground.name(&a.name))
    };
    let list: Vec<String> = anchors.iter().map(anchor).collect();
    let example = format!(
        "# [[anchor]]\n# id = \"double-eleven\"\n# name = {}\n# from = {year}-11-01\n# to = {year}-11-11",
        files::quoted(tongue.pick("Double 11", "双十一"))
    );
    let text = Words::default()
        .with("title", wanted.title.map_or_else(|| files::quoted(&default_title), |title| ground.title(title)))
        .with("year", year.to_string())
        .with("cadence", cadence.word())
        .with("peak", peak)
        .with("split", split)
        .with("budget", budget)
        .with("slots", slots.join(tongue.pick(", ", "、")))
        .with("anchors", if list.is_empty() { example } else { list.join("\n#\n") })
        .with("owner", owner.as_ref().map_or("…", |owner| owner.as_str()));
    let chapter = |(id, row): (&str, &crate::policy::Chapter)| format!("## {} {{#{id}}}", ground.heading(&row.name));
    let chapters: Vec<String> = rows.chapters.iter().map(chapter).collect();
    let mut made = Made::default();
    let in_tongue = |name: &str| format!("new/{}/{name}", tongue.tag());
    made.files.insert(path, files::filled(&in_tongue("programme.toml"), &text));
    let prose = Words::default().with("chapters", chapters.join("\n\n"));
    made.files.insert(format!("content/programmes/{year}.md"), files::filled(&in_tongue("programme.md"), &prose));
    let months = model.held().filter(|c| c.start.is_some_and(|s| s.value.year() == year)).count();
    made.notes.push(said!(
        "{months} campaigns of {year} are planned already; `playbook new campaign` takes the next free month",
        "{year} 年已有 {months} 场活动；`playbook new campaign` 会选下一个空闲的月份"
    ));
    Ok(made)
}

//! `playbook new campaign`: a plan whose dates, people and money are there before anything is typed.

use super::month::Window;
use super::{Ground, Made, remark, unknown};
use crate::base::{Date, DateRange, Id, Said};
use crate::model::campaign::Campaign;
use crate::model::milestone::{Absence, Schedule};
use crate::policy::{Level, Metric, Mode, Policy, Scale};
use crate::said;
use crate::scaffold::files::{self, Words};

/// What an author may say of a new campaign; everything but the title has a default.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewCampaign<'a> {
    /// Name.
    pub title: &'a str,
    /// Id.
    pub id: Option<&'a str>,
    /// T.
    pub start: Option<Date>,
    /// Z.
    pub end: Option<Date>,
    /// Scale of policy.
    pub scale: Option<&'a str>,
    /// How it meets its customers.
    pub mode: Option<&'a str>,
    /// Slot of policy.
    pub slot: Option<&'a str>,
    /// Programme.
    pub programme: Option<&'a str>,
    /// Person.
    pub owner: Option<&'a str>,
    /// The whole of its money.
    pub budget: Option<&'a str>,
}

/// The files of a new campaign.
///
/// # Errors
/// What the author should say otherwise.
pub fn campaign(ground: &Ground<'_>, wanted: &NewCampaign<'_>) -> Result<Made, Said> {
    let (model, tongue) = (ground.model, ground.tongue);
    let rows = &model.policy.rows;
    let owner = ground.owner(wanted.owner)?;
    let scale_id = wanted.scale.unwrap_or("medium");
    let scale =
        rows.scales.find(scale_id).ok_or_else(|| unknown(scale_id, &said!("scale", "规模"), rows.scales.keys(), ""))?;
    let mode = wanted.mode.unwrap_or("hybrid");
    let modes = Mode::ALL.iter().map(|m| m.word());
    let mode = Mode::from_word(mode).ok_or_else(|| unknown(mode, &said!("mode", "活动形式"), modes, ""))?;
    if let Some(slot) = wanted.slot {
        ground.word(slot, &said!("slot", "档期"), rows.slots.keys())?;
    }
    if let Some(programme) = wanted.programme {
        let known = model.programmes.iter().map(|p| p.id.as_str());
        ground.word(programme, &said!("programme", "年度计划"), known)?;
    }
    let (window, is_anchored) = window(ground, wanted, scale, &owner)?;
    let id = ground.id(wanted.id, &format!("{}-", window.first.year_month()), wanted.title)?;
    let folder = format!("content/campaigns/{id}/");
    if model.campaign(id.as_str()).is_some() || ground.sources.under(&folder).next().is_some() {
        return Err(said!(
            "there is a campaign `{id}` already: choose another id with --id",
            "活动 `{id}` 已存在：请用 --id 换一个"
        ));
    }
    let schedule = ground.schedule(window, scale, &owner).ok_or_else(|| {
        let most = model.policy.figure("longest-campaign-days");
        said!("the campaign would last too long: {most} days is the most", "活动太长：最多 {most} 天")
    })?;
    let slot = wanted.slot.map_or_else(|| slot(ground, window, is_anchored), str::to_owned);
    let (split, budget) = ground.budget(wanted.budget, Level::Campaign, Some(mode))?;
    let lessons: Vec<&Campaign> = teachers(ground, window);
    let programme = wanted.programme.map_or_else(String::new, |p| format!("programme = \"{p}\""));
    let example = schedule.milestones.first();
    let example_due = example.and_then(|m| model.policy.node(m.id.as_str())?.due.as_ref());
    let bar = |keys: Vec<&str>| keys.join(" | ");
    let figure = |id| model.policy.figure(id);
    let text = Words::default()
        .with("title", ground.title(wanted.title))
        .with("owner", owner.as_str())
        .with("programme", programme)
        .with("slot", slot)
        .with("slots", bar(rows.slots.keys().collect()))
        .with("scale", scale_id)
        .with("scales", bar(rows.scales.keys().collect()))
        .with("mode", mode.word())
        .with("start", window.first.to_string())
        .with("start-day", ground.day(window.first))
        .with("end", window.last.to_string())
        .with("end-day", ground.day(window.last))
        .with("lessons", lessons_line(ground, &lessons))
        .with("candidates", format!("{}–{}", figure("theme-candidates-min"), figure("theme-candidates-max")))
        .with("team", team(ground, &owner))
        .with("nodes", nodes(ground, &schedule))
        .with("absent", absent(ground, &schedule))
        .with("example", example.map_or("theme-decided", |m| m.id.as_str()))
        .with("example-due", example_due.map_or_else(|| "T-30".to_owned(), |d| d.value.to_string()))
        .with("split", split)
        .with("budget", budget)
        .with("kpis", kpis(ground, scale_id, &lessons));
    let heard = lessons_of(ground, &lessons);
    let mut made = Made::default();
    let in_tongue = |name: &str| format!("new/{}/{name}", tongue.tag());
    made.files.insert(format!("{folder}campaign.toml"), files::filled(&in_tongue("campaign.toml"), &text));
    let brief = Words::default().with("lessons", heard);
    made.files.insert(format!("{folder}brief.md"), files::filled(&in_tongue("brief.md"), &brief));
    made.notes = notes(ground, window, &owner, &schedule);
    Ok(made)
}

/// An id of the month in which a campaign would be, and a name.
///
/// # Errors
/// As [`campaign`].
pub fn month_id(ground: &Ground<'_>, wanted: &NewCampaign<'_>, name: &str) -> Result<String, Said> {
    let owner = ground.owner(wanted.owner)?;
    let scales = &ground.model.policy.rows.scales;
    let scale = scales.find(wanted.scale.unwrap_or("medium")).or_else(|| scales.iter().next().map(|(_, row)| row));
    let scale = scale.ok_or_else(|| said!("the policy has no scales", "政策里没有规模"))?;
    let (window, _) = window(ground, wanted, scale, &owner)?;
    Ok(format!("{}-{name}", window.first.year_month()))
}

/// T and Z: as given, else in the next free month.
fn window(ground: &Ground<'_>, wanted: &NewCampaign<'_>, scale: &Scale, owner: &Id) -> Result<(Window, bool), Said> {
    let Some(start) = wanted.start else {
        if let Some(end) = wanted.end {
            return Err(said!("--end {end} needs --start", "有 --end {end} 就要有 --start"));
        }
        return ground.next_window(scale, owner);
    };
    let end = wanted.end.unwrap_or_else(|| start.plus(ground.length(scale) - 1));
    let window = DateRange::new(start, end).ok_or_else(|| {
        said!("the campaign would end on {end}, before it begins on {start}", "活动将在 {end} 结束，早于开始日 {start}")
    })?;
    let touches = |p: &crate::model::programme::Programme| {
        p.anchors.iter().any(|a| DateRange::new(a.from.value, a.to.value).is_some_and(|days| days.overlaps(window)))
    };
    Ok((window, ground.year(start.year()).is_some_and(touches)))
}

/// The slot that the year still lacks: one made for big promotions on their days, another one on other days.
fn slot(ground: &Ground<'_>, window: Window, is_anchored: bool) -> String {
    let model = ground.model;
    let taken = |slot: &str| {
        let of = |c: &&Campaign| c.slot.as_ref().is_some_and(|s| s.value == slot);
        let year = |c: &&Campaign| c.start.is_some_and(|s| s.value.year() == window.first.year());
        i64::try_from(model.held().filter(year).filter(of).count()).unwrap_or(i64::MAX)
    };
    let fits = || model.policy.rows.slots.iter().filter(|(_, row)| row.anchored == is_anchored);
    let free = fits().find(|(id, row)| taken(id) < row.count).or_else(|| fits().next());
    free.or_else(|| model.policy.rows.slots.iter().next()).map_or("regular", |(id, _)| id).to_owned()
}

/// The last two campaigns that were reviewed before this one: their lessons are due in it (PMR-4).
fn teachers<'a>(ground: &Ground<'a>, window: Window) -> Vec<&'a Campaign> {
    let before = |c: &&Campaign| c.end.is_some_and(|e| e.value < window.first) && c.postmortem.is_some();
    let mut list: Vec<&Campaign> = ground.model.held().rev().filter(before).take(2).collect();
    list.reverse();
    list
}

fn lessons_line(ground: &Ground<'_>, teachers: &[&Campaign]) -> String {
    if teachers.is_empty() {
        return String::new();
    }
    let ids: Vec<String> = teachers.iter().map(|c| format!("\"{}\"", c.id)).collect();
    let why = ground.tongue.pick(
        "the last that were reviewed; brief.md says what it takes from them",
        "最近复盘过的活动；在 brief.md 写明用到了什么",
    );
    format!("lessons-from = [{}]   # {why}", ids.join(", "))
}

/// What these campaigns learnt, in one remark.
fn lessons_of(ground: &Ground<'_>, teachers: &[&Campaign]) -> String {
    let one = |c: &&Campaign| {
        let lessons = c.postmortem.iter().flat_map(|p| &p.lessons).map(|l| ground.words(l).replace("--", "–"));
        let list: Vec<String> = lessons.map(|l| format!("- {l}")).collect();
        (!list.is_empty()).then(|| format!("{}:\n{}", c.id, list.join("\n")))
    };
    let all: Vec<String> = teachers.iter().filter_map(one).collect();
    match all.is_empty() {
        true => ground
            .tongue
            .pick("Which lessons does this plan use, and where?", "这个方案用到了哪些经验，用在哪里？")
            .to_owned(),
        false => all.join("\n"),
    }
}

/// Each role of policy and who answers for it without a line of its own.
fn team(ground: &Ground<'_>, owner: &Id) -> String {
    let model = ground.model;
    let roles: Vec<_> = model.policy.rows.roles.iter().collect();
    let lead =
        |department: &str| model.departments.get(department).and_then(|d| d.lead.as_ref()).map(|l| l.value.as_str());
    let line = |(id, role): &(&str, &crate::policy::Role)| {
        let person = lead(&role.department).unwrap_or(owner.as_str());
        let known = model.person(person).map_or(person, |p| ground.words(&p.name));
        format!("{id} = \"{person}\"   # {}{}{known}", ground.words(&role.name), ground.tongue.pick(": ", "："))
    };
    remark(&roles.iter().map(line).collect::<Vec<_>>())
}

/// The dated nodes of the method, one a line.
fn nodes(ground: &Ground<'_>, schedule: &Schedule) -> String {
    let calendar = ground.model.calendar();
    let width = schedule.milestones.iter().map(|m| m.id.as_str().len()).max().unwrap_or(0);
    let line = |m: &crate::model::milestone::Milestone| {
        let offset = ground.model.policy.node(m.id.as_str()).and_then(|n| n.due.as_ref()).map(|d| d.value.to_string());
        let offset = offset.unwrap_or_default();
        let task = m.task.as_ref().map_or("", |t| ground.words(t));
        let who = m.owner.as_ref().map_or("", |o| o.value.as_str());
        let off = if m.any_day || calendar.is_working(m.due) {
            ""
        } else {
            ground.tongue.pick("  (a day off)", "  （休息日）")
        };
        format!("{}  {offset:<6} {:<width$}  {task} ({who}){off}", m.due, m.id.as_str())
    };
    remark(&schedule.milestones.iter().map(line).collect::<Vec<_>>())
}

/// Standard nodes that are not there, and why.
fn absent(ground: &Ground<'_>, schedule: &Schedule) -> String {
    let why = |absence: &Absence| match absence {
        Absence::Scale => ground.tongue.pick("not for this scale", "此规模不需要"),
        Absence::NotNeeded => ground.tongue.pick("comes with what needs it", "有需要它的内容时才出现"),
        Absence::Merged(_) | Absence::TooShort | Absence::Skipped(_) => {
            ground.tongue.pick("no room in these days", "活动太短")
        }
    };
    let list: Vec<String> = schedule.absent.iter().map(|(id, absence)| format!("{id} ({})", why(absence))).collect();
    match list.is_empty() {
        true => String::new(),
        false => format!("# {}{}", ground.tongue.pick("Not there: ", "没有排入："), list.join(", ")),
    }
}

/// Targets as remarks: those of the last reviewed campaign, else the metrics that gates of the method look at.
fn kpis(ground: &Ground<'_>, scale: &str, teachers: &[&Campaign]) -> String {
    let policy = &ground.model.policy;
    let mut rows: Vec<(String, Option<String>, Option<&str>)> = Vec::new();
    if let Some(last) = teachers.last() {
        rows.extend(
            last.kpis.iter().map(|k| (k.metric.value.clone(), Some(k.current().to_string()), Some(last.id.as_str()))),
        );
    }
    if rows.is_empty() {
        let gates = policy.rows.milestones.iter().filter_map(|(_, node)| node.gate.as_ref());
        let targets = gates.filter(|g| g.value.as_ref().is_some_and(|v| v.value.0 == "target"));
        rows.extend(targets.filter_map(|g| Some((g.metric.as_ref()?.value.clone(), None, None))));
    }
    complete(policy, scale, &mut rows);
    let mut lines = Vec::new();
    for (id, target, from) in rows {
        let Some(metric) = policy.metric(&id) else { continue };
        let target = target.or_else(|| metric.target.map(|t| t.to_string())).unwrap_or_else(|| "0".to_owned());
        let name = ground.words(&metric.name);
        let aim = from.map_or_else(String::new, |from| {
            ground.tongue.pick(format!("; {from} aimed at {target}"), format!("；{from} 的目标是 {target}"))
        });
        lines.extend([
            format!("[[kpi]]                    # {name}{aim}"),
            format!("metric = \"{id}\""),
            format!("target = {target}"),
        ]);
    }
    remark(&lines)
}

/// A target, its value as a text where one is known, and the campaign it comes from.
type Target<'a> = (String, Option<String>, Option<&'a str>);

/// Adds a metric for each layer and side that policy wants to see at this scale and none of the rows covers: `kpi/balance` and
/// `kpi/layers` would ask for them one after another.
fn complete(policy: &Policy, scale: &str, rows: &mut Vec<Target<'_>>) {
    let metrics = &policy.rows.metrics;
    let add = |rows: &mut Vec<Target<'_>>, fits: &dyn Fn(&Metric) -> bool| {
        let is_free = |id: &str| rows.iter().all(|(row, ..)| row != id);
        let mut all = metrics.iter().filter(|(id, m)| fits(m) && m.needs.is_none() && is_free(id));
        if let Some((id, _)) = all.clone().find(|(_, m)| m.target.is_some()).or_else(|| all.next()) {
            rows.push((id.to_owned(), None, None));
        }
    };
    let has = |rows: &[Target<'_>], fits: &dyn Fn(&Metric) -> bool| {
        rows.iter().any(|(id, ..)| policy.metric(id).is_some_and(fits))
    };
    for (layer, _) in policy.rows.monitoring.iter().filter(|(_, row)| row.scales.iter().any(|s| s.value == scale)) {
        let fits = |m: &Metric| m.monitoring.as_ref().is_some_and(|own| own.value == layer);
        if !has(rows, &fits) {
            add(rows, &fits);
        }
    }
    for (_, frame) in
        policy.rows.kpi_frames.iter().filter(|(_, f)| f.scales.is_empty() || f.scales.iter().any(|s| s == scale))
    {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if frame.from_kpis.is_some_and(|from| count < from) {
            continue;
        }
        let least = frame.least.and_then(|n| usize::try_from(n).ok()).unwrap_or(frame.values.0.len());
        for value in frame.values.keys() {
            let covered = frame.values.keys().filter(|value| has(rows, &|m| m.on(&frame.of) == Some(*value))).count();
            let fits = |m: &Metric| m.on(&frame.of) == Some(value);
            if covered < least && !has(rows, &fits) {
                add(rows, &fits);
            }
        }
    }
}

fn notes(ground: &Ground<'_>, window: Window, owner: &Id, schedule: &Schedule) -> Vec<Said> {
    let (first, last) = (window.first, window.last);
    let days = window.days();
    let mut notes = vec![said!(
        "{first} to {last}, {days} days; `{owner}` answers for it",
        "{first} 至 {last}，共 {days} 天；负责人 `{owner}`"
    )];
    if let Some(node) = schedule.milestones.first() {
        let (id, due) = (node.id.as_str(), node.due);
        notes.push(said!("first node: `{id}` on {due}", "第一个节点：{due} 的 `{id}`"));
    }
    if schedule.first < ground.model.as_of {
        let day = schedule.first;
        notes.push(said!(
            "its preparation would have begun on {day}: choose a later --start, or smaller --scale",
            "准备工作本应在 {day} 开始：请选更晚的 --start，或更小的 --scale"
        ));
    }
    if ground.year(first.year()).is_none() {
        let year = first.year();
        notes.push(said!(
            "there is no programme of {year} yet: `playbook new programme {year}`",
            "还没有 {year} 年的年度计划：`playbook new programme {year}`"
        ));
    }
    notes
}

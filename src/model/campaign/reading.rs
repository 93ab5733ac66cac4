//! Reads campaigns: from a folder to a campaign bound to dates and people.

use super::raw::{MaterialKind, RawCampaign, RawDuty, RawKpi};
use super::{Campaign, Duty, Incomplete, Kpi, Material, Run};
use crate::base::{Due, FileId, Found, Id, Quantity, Span, Spanned, Subject, Text, words};
use crate::model::budget::Budget;
use crate::model::calendar::Calendars;
use crate::model::cancel::CalledOff;
use crate::model::control;
use crate::model::goal::DepartmentGoal;
use crate::model::handover::{Handover, Squad};
use crate::model::milestone;
use crate::model::milestone::{OwnerFrom, RawMilestone};
use crate::model::person::Department;
use crate::model::postmortem;
use crate::model::prose;
use crate::model::results::Results;
use crate::model::settings::Settings;
use crate::model::waiver;
use crate::model::waiver::Waiver;
use crate::model::written::Written;
use crate::policy::{Mode, Policy};
use crate::said;
use crate::sources::Sources;
use crate::sources::shape::{Entries, NumberOrWord, bad_id, bad_value, of_file};
use crate::sources::toml;
use std::collections::BTreeMap;

/// What reading a campaign needs beside its files.
pub(crate) struct Context<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) settings: &'a Settings,
    pub(crate) policy: &'a Policy,
    pub(crate) calendars: &'a Calendars,
    pub(crate) departments: &'a BTreeMap<Id, Department>,
    pub(crate) axes: &'a [&'a str],
}

/// The folders under `content/campaigns/` that hold a `campaign.toml`.
pub(crate) fn folders(sources: &Sources) -> Vec<(String, FileId)> {
    let inside = |(path, file): (&str, FileId)| {
        let folder = path.strip_suffix("campaign.toml")?;
        let name = folder.strip_prefix("content/campaigns/")?.strip_suffix('/')?;
        (!name.contains('/')).then(|| (folder.to_owned(), file))
    };
    sources.under("content/campaigns/").filter_map(inside).collect()
}

/// Reads one campaign; what cannot be read is left out after a finding.
pub(crate) fn read(cx: &Context<'_>, folder: &str, file: FileId, found: &mut Found) -> Option<(Campaign, Vec<Waiver>)> {
    let text = cx.sources.text(file)?;
    let name = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let before = found.len();
    let table = found.keep(toml::parse(file, text, 0));
    let raw: RawCampaign = of_file(&table, text, found);
    let top = table.entries.first().map_or(Span::new(file, 0, 0), |(k, _)| k.span);
    let span = table.entries.iter().find(|(k, _)| k.value == "title").map_or(top, |(_, v)| v.span);
    let Some(id) = Id::new(name) else {
        found.push(bad_id(name, top, false));
        return None;
    };
    let subject = Subject::campaign(id.as_str());
    let policy = cx.policy;
    let rows = &policy.rows;
    let default = cx.settings.default_lang();
    let results = Results::read(cx.sources, folder, cx.settings.currency, found);

    let scale = word_of(&raw.scale, "medium", &said!("scale", "规模"), rows.scales.keys(), found);
    let slot = raw.slot.filter(|slot| {
        let known = rows.slots.find(&slot.value).is_some();
        if !known {
            found.push(bad_value(slot.span, &slot.value, &said!("slot", "档期"), rows.slots.keys()));
        }
        known
    });
    let mut channels = raw.channels;
    channels.retain(|channel| {
        let known = rows.channels.find(&channel.value).is_some();
        if !known {
            found.push(bad_value(channel.span, &channel.value, &said!("channel", "渠道"), rows.channels.keys()));
        }
        known
    });
    let season = raw.season.filter(|season| {
        let known = rows.seasons.find(&season.value).is_some();
        if !known {
            found.push(bad_value(season.span, &season.value, &said!("season", "季节"), rows.seasons.keys()));
        }
        known
    });
    let tiers = || rows.axes.find("tier").into_iter().flat_map(|axis| axis.values.keys());
    let tier = raw.tier.filter(|tier| {
        let known = tiers().any(|t| t == tier.value);
        if !known {
            found.push(bad_value(tier.span, &tier.value, &said!("tier", "层级"), tiers()));
        }
        known
    });
    let rhythm = word_of(&raw.rhythm, "four-phase", &said!("rhythm", "节奏"), rows.phase_sets.keys(), found);
    let calendar_id = raw.calendar.clone().or_else(|| cx.settings.calendar.clone());
    let calendar = cx.calendars.of(calendar_id.as_ref().map(|c| &c.value));
    let has_materials =
        raw.materials.iter().any(|m| m.kind.unwrap_or(MaterialKind::Physical) == MaterialKind::Physical);

    let incomplete = incomplete(&raw.milestones, policy);
    let milestone_ids = raw.milestones.iter().filter_map(|m| m.id.clone()).collect();
    for gate in raw.milestones.iter().filter_map(|m| m.gate.as_ref()) {
        gate_value(gate.value.as_ref(), found);
    }
    let owner_of = |role: Option<&str>| owner_of(role, &raw.team, raw.owner.as_ref(), cx);
    let done = |key: &str| results.done(key);
    let targets: Vec<String> = raw.kpis.iter().filter_map(|k| k.metric.as_ref()).map(|m| m.value.clone()).collect();
    let has_kpi = |metric: &str| targets.iter().any(|t| t == metric);
    let schedule = match (raw.start, raw.end, policy.phase_set(&rhythm)) {
        (Some(start), Some(end), Some(phase_set)) => milestone::schedule(
            milestone::Input {
                subject: &subject,
                start,
                end,
                promotion: raw.promotion.as_ref(),
                phase_set,
                phases: &raw.phases,
                milestones: raw.milestones,
                scale: rows.scales.find(&scale),
                has_materials,
                has_kpi: &has_kpi,
                calendar,
                policy,
                owner_of: &owner_of,
                done: &done,
            },
            found,
        ),
        _ => None,
    };
    let resolve = |due: &Spanned<Due>| schedule.as_ref().and_then(|s| s.resolve(&due.value, calendar));
    let standard_ready = schedule.as_ref().and_then(|s| s.milestone("materials-ready")).map(|m| m.due);
    let unresolved = |due: &Spanned<Due>, found: &mut Found| {
        if schedule.is_some() && resolve(due).is_none() {
            let word = due.value.to_string();
            let message = said!(
                "`{word}` counts from a milestone this campaign does not have",
                "`{word}` 从本活动没有的里程碑起算"
            );
            let advice = said!(
                "count from `T`, `Z`, `P` or a milestone of this campaign",
                "请从 `T`、`Z`、`P` 或本活动的里程碑起算"
            );
            found.push(
                crate::base::Diagnostic::new(&milestone::UNKNOWN_NODE, due.span, message)
                    .hint(advice)
                    .about(subject.clone()),
            );
        }
    };
    let handed = raw.handovers.iter().filter_map(|h| h.due.as_ref());
    for due in raw.preparation.iter().chain(handed) {
        unresolved(due, found);
    }
    let mut handovers: Vec<Handover> = raw.handovers.into_iter().filter_map(|h| Handover::lower(h, resolve)).collect();
    handovers.sort_by_key(|h| h.due);
    for due in raw.materials.iter().flat_map(|m| [&m.artwork, &m.due]).flatten() {
        unresolved(due, found);
    }
    for due in raw.duties.iter().flat_map(|d| [&d.from, &d.to]).chain(raw.run.iter().map(|r| &r.day)).flatten() {
        unresolved(due, found);
    }
    let materials = raw
        .materials
        .into_iter()
        .map(|m| Material {
            span: m.span,
            name: m.name,
            kind: m.kind.unwrap_or(MaterialKind::Physical),
            quantity: m.quantity,
            supplier: m.supplier,
            owner: m.owner,
            artwork: m.artwork.as_ref().and_then(|a| resolve(a).map(|d| Spanned::new(d, a.span))),
            production_days: m.production_days.map_or(0, |days| days.0),
            due: m.due.as_ref().and_then(resolve).or(standard_ready),
            due_written: m.due,
            artwork_written: m.artwork,
            ready: m.ready,
            sound: m.sound,
        })
        .collect();
    let duty = |d: RawDuty| {
        let from = resolve(d.from.as_ref()?)?;
        Some(Duty { person: d.person?, from, to: d.to.as_ref().and_then(resolve).unwrap_or(from), shift: d.shift })
    };
    let all_duties = raw.duties.len();
    let duties: Vec<Duty> = raw.duties.into_iter().filter_map(duty).collect();
    let mut run: Vec<Run> = Vec::new();
    for row in raw.run {
        let (Some(day), Some(time)) = (row.day.as_ref().and_then(resolve), row.time) else { continue };
        if !is_hour(&time.value) {
            let word = &time.value;
            let message = said!("`{word}` is no time of day", "`{word}` 不是时刻");
            let advice = said!("write hours and minutes: `\"10:00\"`", "请写时和分：`\"10:00\"`");
            found
                .push(crate::base::Diagnostic::new(&crate::sources::shape::BAD_VALUE, time.span, message).hint(advice));
        }
        run.push(Run { day, time: time.value, what: row.what, owner: row.owner });
    }
    run.sort_by(|a, b| (a.day, &a.time).cmp(&(b.day, &b.time)));
    let kpi = |k: RawKpi| {
        Some(Kpi {
            span: k.span,
            metric: k.metric?,
            target: k.target?,
            revised: k.revised,
            reason: k.reason,
            baseline: k.baseline,
            on_breach: k.on_breach,
            weight: k.weight,
            formula: k.formula,
            industry: k.industry,
            sound: k.sound,
        })
    };
    let waivers = raw.waivers.into_iter().filter_map(|w| waiver::lower(w, Some(&subject), found)).collect();
    let known = ["campaign.toml", "results.toml", "readings.csv", "spend.csv", "brief.md", "postmortem.md"];
    let is_prose = |name: &str| prose::stem(name).is_some_and(|(s, _)| matches!(s, "brief" | "postmortem"));
    let assets = cx
        .sources
        .under(folder)
        .filter_map(|(path, file)| Some((path.strip_prefix(folder)?, file)))
        .filter(|(name, _)| !known.contains(name) && !is_prose(name))
        .map(|(name, file)| (name.to_owned(), file))
        .collect();
    let campaign = Campaign {
        folder: folder.to_owned(),
        file,
        span,
        written: Written::of(&table),
        title: raw.title.unwrap_or_else(|| Text::plain(id.as_str())),
        owner: raw.owner.clone(),
        summary: raw.summary,
        theme: raw.theme,
        candidates: raw.candidates,
        programme: raw.programme,
        slot,
        season,
        scale,
        mode: raw.mode.unwrap_or(Mode::Hybrid),
        tier,
        preparation: raw.preparation.as_ref().and_then(|p| resolve(p).map(|day| Spanned::new(day, p.span))),
        handovers,
        squad: raw.squad.map(Squad::lower),
        channels,
        tags: raw.tags,
        calendar: calendar_id,
        lessons_from: raw.lessons_from,
        aliases: raw.aliases,
        called_off: CalledOff::of(raw.cancelled, raw.cancelled_because),
        team: raw.team.0.clone(),
        start: raw.start,
        end: raw.end,
        milestone_ids,
        incomplete,
        materials,
        budget: raw.budget.map(|b| Budget::lower(b, cx.settings.currency, cx.axes, found)),
        kpis: raw.kpis.into_iter().filter_map(kpi).collect(),
        duties_complete: duties.len() == all_duties,
        duties,
        run,
        checklist: Vec::new(),
        has_postmortem: cx.sources.find(&format!("{folder}postmortem.md")).is_some(),
        postmortem: postmortem::read(cx.sources, folder, policy, default, found),
        brief: prose::read(cx.sources, folder, "brief", default, found).map(|r| r.prose),
        goals: raw.goals,
        form: raw.form,
        department_goals: raw.department_goals.into_iter().filter_map(DepartmentGoal::lower).collect(),
        assets,
        watches: raw.watches.into_iter().filter_map(control::watch).collect(),
        unlocks: raw.unlocks.into_iter().filter_map(control::unlock).collect(),
        results,
        schedule,
        sound: found.len() == before,
        id,
    };
    Some((campaign, waivers))
}

/// Who answers for a role in a campaign: its team, the department's lead, the campaign's owner.
pub(crate) fn owner_of(
    role: Option<&str>,
    team: &Entries<Spanned<String>>,
    owner: Option<&Spanned<String>>,
    cx: &Context<'_>,
) -> (Option<Spanned<String>>, OwnerFrom) {
    let Some(role) = role else { return (owner.cloned(), OwnerFrom::Campaign) };
    if let Some(person) = team.find(role) {
        return (Some(person.clone()), OwnerFrom::Team(role.to_owned()));
    }
    let department = cx.policy.rows.roles.find(role).and_then(|r| cx.departments.get(r.department.as_str()));
    match department.and_then(|d| d.lead.clone().map(|lead| (lead, d.id.as_str().to_owned()))) {
        Some((lead, department)) => (Some(lead), OwnerFrom::Department(department)),
        None => (owner.cloned(), OwnerFrom::Campaign),
    }
}

/// Own nodes that lack what only their author can say (MIL-1).
fn incomplete(milestones: &[RawMilestone], policy: &Policy) -> Vec<Incomplete> {
    let mut list: Vec<Incomplete> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for milestone in milestones {
        let Some(id) = milestone.id.as_ref().filter(|id| policy.node(id.value.as_str()).is_none()) else { continue };
        // Of two with one id the first counts; that there is another is told elsewhere.
        if !seen.insert(&id.value) {
            continue;
        }
        // A key that is mistyped is told as such.
        let is_missing = |key: &&str| {
            milestone.written.iter().all(|written| written != key && words::nearest(written, [*key]).is_none())
        };
        let missing: Vec<&'static str> = ["task", "due", "owner"].into_iter().filter(is_missing).collect();
        if !missing.is_empty() {
            list.push(Incomplete { id: id.clone(), header: milestone.span, missing });
        }
    }
    list
}

fn gate_value(value: Option<&Spanned<NumberOrWord>>, found: &mut Found) {
    let Some(value) = value else { return };
    let word = &value.value.0;
    if word != "target" && Quantity::parse(word).is_none() {
        let message = said!("`{word}` is no threshold", "`{word}` 不是门槛值");
        let advice = said!(
            "write a number, a ratio such as \"1:4\", or \"target\"",
            "请写数字、\"1:4\" 这样的比值，或 \"target\""
        );
        found.push(crate::base::Diagnostic::new(&crate::sources::shape::BAD_VALUE, value.span, message).hint(advice));
    }
}

fn word_of<'a>(
    written: &Option<Spanned<String>>,
    default: &str,
    what: &crate::base::Said,
    known: impl Iterator<Item = &'a str> + Clone,
    found: &mut Found,
) -> String {
    match written {
        None => default.to_owned(),
        Some(word) if known.clone().any(|k| k == word.value) => word.value.clone(),
        Some(word) => {
            found.push(bad_value(word.span, &word.value, what, known));
            default.to_owned()
        }
    }
}

fn is_hour(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else { return false };
    let within = |s: &str, max: u8| s.len() == 2 && s.parse::<u8>().is_ok_and(|n| n < max);
    within(hour, 24) && within(minute, 60)
}

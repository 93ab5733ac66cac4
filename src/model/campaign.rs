//! A campaign: the plan as written, as meant, and bound to dates, people and procedures.

use super::budget::{Budget, RawBudget};
use super::calendar::Calendars;
use super::cancel::CalledOff;
use super::checklist::Item;
use super::control::{self, RawUnlock, RawWatch, Unlock, Watch};
use super::goal::{DepartmentGoal, RawDepartmentGoal};
use super::handover::{Handover, RawHandover, RawSquad, Squad};
use super::milestone::{self, OwnerFrom, RawMilestone, RawPhase, Schedule};
use super::person::Department;
use super::postmortem::{self, Postmortem};
use super::prose::{self, Prose};
use super::results::Results;
use super::settings::Settings;
use super::waiver::{self, RawWaiver, Waiver};
use super::written::Written;
use crate::base::{Date, Due, FileId, Found, Id, Quantity, Share, Span, Spanned, Subject, Text};
use crate::policy::{Mode, Policy};
use crate::sources::shape::{Days, Entries, NumberOrWord, Record, bad_id, bad_value};
use crate::sources::{Sources, toml};
use crate::{said, shape, vocabulary};
use std::collections::BTreeMap;

vocabulary! {
    /// What a material is made of.
    pub enum MaterialKind, "material kind" / "物料类型" {
        /// Printed, packed, shipped.
        Physical = "physical",
        /// Files only.
        Digital = "digital",
    }
}

shape! {
    /// `campaign.toml` as written.
    pub struct RawCampaign {
        /// Name.
        "title" title: required Text,
        /// Who answers for it.
        "owner" owner: required Spanned<String>,
        /// T, the first day.
        "start" start: required Spanned<Date>,
        /// Z, the last day.
        "end" end: required Spanned<Date>,
        /// One or two sentences.
        "summary" summary: optional Text,
        /// The chosen theme.
        "theme" theme: optional Text,
        /// The themes it was chosen from.
        "candidates" candidates: optional Spanned<Vec<Text>>,
        /// The programme it belongs to.
        "programme" programme: optional Spanned<String>,
        /// Place in the year's rhythm.
        "slot" slot: optional Spanned<String>,
        /// Season its theme speaks of.
        "season" season: optional Spanned<String>,
        /// Size.
        "scale" scale: optional Spanned<String>,
        /// Online, offline or both.
        "mode" mode: optional Mode,
        /// Tier, which says who signs for its money.
        "tier" tier: optional Spanned<String>,
        /// Channels of the policy by which it reaches people.
        "channels" channels: list Spanned<String>,
        /// Free tags.
        "tags" tags: list String,
        /// Start of preparation, when earlier than the first node.
        "preparation" preparation: optional Spanned<Due>,
        /// Start of promotion.
        "promotion" promotion: optional Spanned<Due>,
        /// Working-day calendar.
        "calendar" calendar: optional Spanned<Id>,
        /// Phase set of the policy.
        "rhythm" rhythm: optional Spanned<String>,
        /// Whose lessons it uses.
        "lessons-from" lessons_from: list Spanned<String>,
        /// Earlier ids.
        "aliases" aliases: list Spanned<Id>,
        /// The day it was called off.
        "cancelled" cancelled: optional Spanned<Date>,
        /// Why it was called off.
        "cancelled-because" cancelled_because: optional Text,
        /// Moved phases.
        "phases" phases: default Entries<RawPhase>,
        /// Person by role.
        "team" team: default Entries<Spanned<String>>,
        /// Nodes.
        "milestone" milestones: list RawMilestone,
        /// Materials.
        "material" materials: list RawMaterial,
        /// Money.
        "budget" budget: optional RawBudget,
        /// Targets.
        "kpi" kpis: list RawKpi,
        /// Duty roster.
        "duty" duties: list RawDuty,
        /// Rows of the run sheet.
        "run" run: list RawRun,
        /// What departments pass to each other.
        "handover" handovers: list RawHandover,
        /// Who stands by.
        "squad" squad: optional RawSquad,
        /// Waivers.
        "waiver" waivers: list RawWaiver,
        /// Signals that are watched.
        "watch" watches: list RawWatch,
        /// Steps at which users get something.
        "unlock" unlocks: list RawUnlock,
        /// Goals of the year it works for.
        "goals" goals: list Spanned<String>,
        /// Form of campaign, of those its goal stage suggests.
        "form" form: optional Spanned<String>,
        /// What each department aims at.
        "department-goal" department_goals: list RawDepartmentGoal,
    }
}

shape! {
    /// `[[material]]` as written.
    pub struct RawMaterial {
        /// What it is.
        "name" name: needed Text,
        /// Physical or digital.
        "kind" kind: optional MaterialKind,
        /// How many.
        "quantity" quantity: optional i64,
        /// Who makes it.
        "supplier" supplier: optional String,
        /// Who looks after it.
        "owner" owner: optional Spanned<String>,
        /// When the artwork goes to production.
        "artwork" artwork: optional Spanned<Due>,
        /// How long production takes.
        "production-days" production_days: optional Days,
        /// When it must be ready.
        "due" due: optional Spanned<Due>,
        /// When it was.
        "ready" ready: optional Spanned<Date>,
    }
}

shape! {
    /// `[[kpi]]` as written.
    pub struct RawKpi {
        /// Metric.
        "metric" metric: required Spanned<String>,
        /// Target.
        "target" target: required Spanned<Quantity>,
        /// Target after a change.
        "revised" revised: optional Spanned<Quantity>,
        /// Why it was changed.
        "reason" reason: optional Text,
        /// Value before.
        "baseline" baseline: optional Quantity,
        /// The procedure that starts when it is off its target.
        "on-breach" on_breach: optional Spanned<String>,
        /// Its weight among the KPIs.
        "weight" weight: optional Spanned<Share>,
        /// How the metric is computed.
        "formula" formula: optional Text,
        /// Average of the industry.
        "industry" industry: optional Quantity,
    }
}

shape! {
    /// `[[duty]]` as written.
    pub struct RawDuty {
        /// Who.
        "person" person: required Spanned<String>,
        /// First day.
        "from" from: required Spanned<Due>,
        /// Last day.
        "to" to: optional Spanned<Due>,
        /// Which shift.
        "shift" shift: optional Text,
    }
}

shape! {
    /// `[[run]]` as written.
    pub struct RawRun {
        /// Day.
        "day" day: required Spanned<Due>,
        /// Hour.
        "time" time: required Spanned<String>,
        /// What happens.
        "what" what: needed Text,
        /// Who does it.
        "owner" owner: optional Spanned<String>,
    }
}

/// Something that must be there before the campaign begins.
#[derive(Clone, Debug)]
pub struct Material {
    /// Its header.
    pub span: Span,
    /// What it is.
    pub name: Text,
    /// Physical or digital.
    pub kind: MaterialKind,
    /// How many.
    pub quantity: Option<i64>,
    /// Who makes it.
    pub supplier: Option<String>,
    /// Who looks after it.
    pub owner: Option<Spanned<String>>,
    /// When the artwork goes to production, with the words.
    pub artwork: Option<Spanned<Date>>,
    /// The artwork's date as written.
    pub artwork_written: Option<Spanned<Due>>,
    /// How long production takes.
    pub production_days: i64,
    /// When it must be ready: written, else the standard node's date.
    pub due: Option<Date>,
    /// `due` as written.
    pub due_written: Option<Spanned<Due>>,
    /// When it was ready.
    pub ready: Option<Spanned<Date>>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

/// A target.
#[derive(Clone, Debug)]
pub struct Kpi {
    /// Its header.
    pub span: Span,
    /// Metric; may name one that does not exist.
    pub metric: Spanned<String>,
    /// Target of the plan.
    pub target: Spanned<Quantity>,
    /// Target after a change.
    pub revised: Option<Spanned<Quantity>>,
    /// Why it was changed.
    pub reason: Option<Text>,
    /// Value before.
    pub baseline: Option<Quantity>,
    /// The procedure that starts when it is off its target.
    pub on_breach: Option<Spanned<String>>,
    /// Its weight among the KPIs.
    pub weight: Option<Spanned<Share>>,
    /// How the metric is computed.
    pub formula: Option<Text>,
    /// Average of the industry.
    pub industry: Option<Quantity>,
    /// Whether reading found nothing wrong in it.
    pub sound: bool,
}

impl Kpi {
    /// The target in force.
    pub fn current(&self) -> Quantity {
        self.revised.map_or(self.target.value, |r| r.value)
    }
}

/// Somebody on duty.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Who.
    pub person: Spanned<String>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Which shift.
    pub shift: Option<Text>,
}

/// A row of the run sheet.
#[derive(Clone, Debug)]
pub struct Run {
    /// Day.
    pub day: Date,
    /// Hour, `HH:MM`.
    pub time: String,
    /// What happens.
    pub what: Text,
    /// Who does it.
    pub owner: Option<Spanned<String>>,
}

/// An own node that lacks what only its author can say.
#[derive(Clone, Debug)]
pub struct Incomplete {
    /// Its id.
    pub id: Spanned<Id>,
    /// Its header; the braces around the id if it is written as one value.
    pub header: Span,
    /// Keys that are not written.
    pub missing: Vec<&'static str>,
}

/// A campaign.
#[derive(Debug)]
pub struct Campaign {
    /// Id, its folder's name.
    pub id: Id,
    /// Its folder, with a slash at the end.
    pub folder: String,
    /// `campaign.toml`.
    pub file: FileId,
    /// The words to point at for the campaign as a whole: its title.
    pub span: Span,
    /// Keys of `campaign.toml`.
    pub written: Written,
    /// Whether reading found nothing wrong in its files: what it seems to be may be a fallback.
    pub sound: bool,
    /// Name.
    pub title: Text,
    /// Who answers for it; may name a person who does not exist.
    pub owner: Option<Spanned<String>>,
    /// One or two sentences.
    pub summary: Option<Text>,
    /// The chosen theme.
    pub theme: Option<Text>,
    /// The themes it was chosen from, where recorded.
    pub candidates: Option<Spanned<Vec<Text>>>,
    /// The programme it belongs to: written, else by year.
    pub programme: Option<Spanned<String>>,
    /// Slot of policy.
    pub slot: Option<Spanned<String>>,
    /// Season of policy that its theme speaks of.
    pub season: Option<Spanned<String>>,
    /// Scale of policy.
    pub scale: String,
    /// Online, offline or both.
    pub mode: Mode,
    /// Tier, a value of the axis of tiers.
    pub tier: Option<Spanned<String>>,
    /// Start of preparation, where written.
    pub preparation: Option<Spanned<Date>>,
    /// What departments pass to each other, by date.
    pub handovers: Vec<Handover>,
    /// Who stands by.
    pub squad: Option<Squad>,
    /// Channels of the policy by which it reaches people.
    pub channels: Vec<Spanned<String>>,
    /// Free tags.
    pub tags: Vec<String>,
    /// Region of its working-day calendar.
    pub calendar: Option<Spanned<Id>>,
    /// Whose lessons it uses.
    pub lessons_from: Vec<Spanned<String>>,
    /// Earlier ids.
    pub aliases: Vec<Spanned<Id>>,
    /// That it was called off, if it was by the as-of day.
    pub called_off: Option<CalledOff>,
    /// Person by role.
    pub team: Vec<(Spanned<String>, Spanned<String>)>,
    /// T and Z as written; none when missing or broken.
    pub start: Option<Spanned<Date>>,
    /// See `start`.
    pub end: Option<Spanned<Date>>,
    /// Every date; none when `start` or `end` is missing, broken or in the wrong order.
    pub schedule: Option<Schedule>,
    /// Ids of `[[milestone]]` as written, for the check of duplicates.
    pub milestone_ids: Vec<Spanned<Id>>,
    /// Own nodes as written that lack task, due or owner.
    pub incomplete: Vec<Incomplete>,
    /// Materials.
    pub materials: Vec<Material>,
    /// Money.
    pub budget: Option<Budget>,
    /// Targets.
    pub kpis: Vec<Kpi>,
    /// Duty roster.
    pub duties: Vec<Duty>,
    /// Whether every row of the roster could be read: days missing from a broken roster mean nothing.
    pub duties_complete: bool,
    /// Rows of the run sheet by day and hour.
    pub run: Vec<Run>,
    /// What happened.
    pub results: Results,
    /// Items of the procedures that are for it, bound to dates and people.
    pub checklist: Vec<Item>,
    /// Its review.
    pub postmortem: Option<Postmortem>,
    /// Whether there is a file for its review, readable or not.
    pub has_postmortem: bool,
    /// Its brief.
    pub brief: Option<Prose>,
    /// Signals that are watched.
    pub watches: Vec<Watch>,
    /// Steps at which users get something, in the order of the file.
    pub unlocks: Vec<Unlock>,
    /// Goals of the year it works for; may name some that do not exist.
    pub goals: Vec<Spanned<String>>,
    /// Form of campaign.
    pub form: Option<Spanned<String>>,
    /// What each department aims at.
    pub department_goals: Vec<DepartmentGoal>,
    /// Its other files: path and id.
    pub assets: Vec<(String, FileId)>,
}

impl Campaign {
    /// What findings and waivers call it.
    pub fn subject(&self) -> Subject {
        Subject::campaign(self.id.as_str())
    }
    /// Whether it lists physical materials.
    pub fn has_physical_materials(&self) -> bool {
        self.materials.iter().any(|m| m.kind == MaterialKind::Physical)
    }
    /// The KPI of a metric.
    pub fn kpi(&self, metric: &str) -> Option<&Kpi> {
        self.kpis.iter().find(|k| k.metric.value == metric)
    }
}

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
    let raw = RawCampaign::read(&table, found);
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
    let mut list = Vec::new();
    for milestone in milestones {
        let Some(id) = milestone.id.as_ref().filter(|id| policy.node(id.value.as_str()).is_none()) else { continue };
        let is_missing = |key: &&str| milestone.written.iter().all(|written| written != key);
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

//! What a playbook is: campaigns, programmes, procedures, people, all read and bound together.

pub mod alert;
pub mod answer;
pub mod branch;
pub mod brand;
pub mod budget;
pub mod cadence;
pub mod calendar;
pub mod campaign;
pub mod cancel;
pub mod carry;
pub mod checklist;
pub mod control;
pub mod forge;
pub mod gauge;
pub mod goal;
mod guide;
pub mod handover;
pub mod ledger;
pub mod measure;
pub mod milestone;
pub mod page;
pub mod period;
pub mod person;
pub mod postmortem;
pub mod programme;
pub mod progress;
pub mod prose;
pub mod report;
pub mod results;
pub mod rollup;
pub mod settings;
pub mod slack;
pub mod sop;
pub mod spending;
#[cfg(test)]
mod tests;
pub mod waiver;
pub mod work;
pub mod written;

use crate::base::{Date, Diagnostic, FileId, Found, Id, Rule, Span, Spanned};
use crate::policy::{self, Policy};
use crate::said;
use crate::sources::{Sources, toml};
use calendar::{Calendar, Calendars};
use campaign::Campaign;
use page::FreePage;
use person::{Department, Person};
use programme::Programme;
use settings::Settings;
use sop::Sop;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use waiver::Waiver;

/// Rules that reading itself reports.
pub static MODEL_RULES: &[&Rule] =
    &[&milestone::CYCLE, &milestone::ENDLESS, &milestone::UNKNOWN_NODE, &sop::FRONT_MATTER];

/// Everything an author wrote, bound together, with the policy in force and the day it is judged on.
#[derive(Debug)]
pub struct Model {
    /// What the whole site shares.
    pub settings: Settings,
    /// Effective policy.
    pub policy: Policy,
    /// The day on which overdue, phase and gates are judged.
    pub as_of: Date,
    /// People by id.
    pub people: BTreeMap<Id, Person>,
    /// Departments by id.
    pub departments: BTreeMap<Id, Department>,
    /// Working-day calendars.
    pub calendars: Calendars,
    /// Procedures by id.
    pub sops: Vec<Sop>,
    /// Whether every procedure could be read: what the others lack may stand in one that could not.
    pub sops_complete: bool,
    /// Campaigns by start, then id; those without a start last.
    pub campaigns: Vec<Campaign>,
    /// Places of campaigns by id: thousands of actions and links look theirs up.
    places: BTreeMap<Id, usize>,
    /// Programmes by year.
    pub programmes: Vec<Programme>,
    /// Free pages in order of the menu.
    pub pages: Vec<Arc<FreePage>>,
    /// Pages of the guide to playbook, where the site carries it.
    pub guide: Vec<Arc<FreePage>>,
    /// Waivers in order of file and position.
    pub waivers: Vec<Waiver>,
    /// Evidence of recurring obligations.
    pub obligations: cadence::Register,
    /// Brand metrics by quarter.
    pub brand: brand::Brand,
    /// Texts for months, quarters and years.
    pub reports: Vec<report::Report>,
}

impl Model {
    /// A campaign by id.
    pub fn campaign(&self, id: &str) -> Option<&Campaign> {
        self.places.get(id).map(|place| &self.campaigns[*place])
    }
    /// Campaigns that had another id in `before`: the old id and the new, by the aliases they keep.
    pub fn renamed<'a>(&'a self, before: &'a Self) -> Vec<(&'a str, &'a str)> {
        let old = |campaign: &'a Campaign| {
            let ids = campaign.aliases.iter().map(|alias| alias.value.as_str());
            ids.filter(|id| self.campaign(id).is_none()).find_map(|id| before.campaign(id))
        };
        let is_new = |campaign: &&Campaign| before.campaign(campaign.id.as_str()).is_none();
        let renamed = self.campaigns.iter().filter(is_new);
        renamed.filter_map(|campaign| Some((old(campaign)?.id.as_str(), campaign.id.as_str()))).collect()
    }
    /// A procedure by id.
    pub fn sop(&self, id: &str) -> Option<&Sop> {
        self.sops.iter().find(|s| s.id.as_str() == id)
    }
    /// A programme by id.
    pub fn programme(&self, id: &str) -> Option<&Programme> {
        self.programmes.iter().find(|p| p.id.as_str() == id)
    }
    /// A person by id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.get(id)
    }
    /// Every version of every text that is shown as prose.
    pub fn prose(&self) -> impl Iterator<Item = &prose::Version> {
        self.proses().flat_map(|prose| &prose.versions)
    }
    /// Every text that is shown as prose.
    pub fn proses(&self) -> impl Iterator<Item = &prose::Prose> {
        let briefs = self.campaigns.iter().filter_map(|c| c.brief.as_ref());
        let reviews = self.campaigns.iter().filter_map(|c| c.postmortem.as_ref()).map(|p| &p.prose);
        let programmes = self.programmes.iter().filter_map(|p| p.prose.as_ref());
        let others = self.sops.iter().map(|s| &s.prose).chain(self.pages.iter().chain(&self.guide).map(|p| &p.prose));
        let reports = self.reports.iter().map(|r| &r.prose);
        briefs.chain(reviews).chain(programmes).chain(others).chain(reports)
    }
    /// Campaigns that were not called off: those that are judged, in order of start.
    pub fn held(&self) -> impl DoubleEndedIterator<Item = &Campaign> {
        self.campaigns.iter().filter(|c| c.called_off.is_none())
    }
    /// Campaigns with dates, also those that were called off, in order of start: what lists and calendars show.
    pub fn scheduled(&self) -> impl DoubleEndedIterator<Item = (&Campaign, &milestone::Schedule)> {
        self.campaigns.iter().filter_map(|c| c.schedule.as_ref().map(|s| (c, s)))
    }
    /// Whether it holds pages of prose and nothing to plan: a manual, not a year.
    pub fn is_manual(&self) -> bool {
        !self.pages.is_empty()
            && self.campaigns.is_empty()
            && self.programmes.is_empty()
            && self.sops.is_empty()
            && self.people.is_empty()
    }
    /// Campaigns with dates that were not called off, in order of start.
    pub fn dated(&self) -> impl DoubleEndedIterator<Item = (&Campaign, &milestone::Schedule)> {
        self.scheduled().filter(|(c, _)| c.called_off.is_none())
    }
    /// The campaigns of a programme that were not called off, in order of start: those by which a year is judged.
    pub fn held_of<'a>(&'a self, programme: &'a Programme) -> impl Iterator<Item = &'a Campaign> {
        self.campaigns_of(programme).filter(|c| c.called_off.is_none())
    }
    /// The campaigns of a programme, also those that were called off, in order of start. Of their money what was spent counts.
    pub fn campaigns_of<'a>(&'a self, programme: &'a Programme) -> impl Iterator<Item = &'a Campaign> {
        let mine = |c: &&Campaign| c.programme.as_ref().is_some_and(|p| p.value == programme.id.as_str());
        self.campaigns.iter().filter(mine)
    }
    /// The working-day calendar of a campaign.
    pub fn calendar_of(&self, campaign: &Campaign) -> &Calendar {
        self.calendars.of(campaign.calendar.as_ref().map(|c| &c.value))
    }
    /// Reads one campaign again, against everything else as it was: what an editor asks with each key that is pressed.
    pub fn reread(&self, sources: &Sources, folder: &str) -> (Option<Campaign>, Found) {
        let mut found = Found::new();
        let Some(file) = sources.find(&format!("{folder}campaign.toml")) else { return (None, found) };
        let axes: Vec<&str> = self.policy.rows.axes.keys().collect();
        let cx = campaign::Context {
            sources,
            settings: &self.settings,
            policy: &self.policy,
            calendars: &self.calendars,
            departments: &self.departments,
            axes: &axes,
        };
        let read = campaign::read(&cx, folder, file, &mut found).map(|(mut campaign, _)| {
            complete(&mut campaign, &self.programmes, &self.sops, &cx);
            cancel::settle(&mut campaign, self.as_of);
            campaign
        });
        (read, found)
    }
    /// The site's working-day calendar.
    pub fn calendar(&self) -> &Calendar {
        self.calendars.of(self.settings.calendar.as_ref().map(|c| &c.value))
    }
}

/// What reading comes to besides the model.
#[derive(Debug, Default)]
pub struct Beside {
    /// Waivers and findings, by campaign.
    campaigns: BTreeMap<Id, (Vec<Waiver>, Found)>,
    /// Free pages that nothing was found in.
    pages: HashSet<FileId>,
}

/// A model that is not needed any more, with the files it was read from: the next one takes over what has not changed.
#[derive(Debug)]
pub struct Past {
    model: Model,
    sources: Sources,
    beside: Beside,
}

impl Past {
    /// Of a model, the files it was read from, and what [`load_again`] handed back beside it.
    pub fn of(model: Model, sources: &Sources, beside: Beside) -> Self {
        Self { model, sources: sources.held(), beside }
    }

    /// The files it was read from.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Whether everything but campaigns, pages and reports is as it was, and so is what campaigns are read against.
    fn is_ground_of(&self, sources: &Sources, as_of: Date) -> bool {
        const APART: [&str; 4] = ["content/campaigns/", page::FOLDER, report::FOLDER, "themes/"];
        let is_apart = |path: &str| APART.iter().any(|folder| path.starts_with(folder));
        let is_same = |(path, file): (&str, FileId)| path.starts_with('<') || sources.is_same(file, &self.sources);
        self.model.as_of == as_of
            && sources.has_paths_of(&self.sources)
            && sources.paths().filter(|(path, _)| !is_apart(path)).all(is_same)
    }

    /// The files of free pages in which nothing but the words of the text changed; none where anything else changed. Links are no
    /// words: other pages say that they are linked to.
    pub fn reworded(&self, sources: &Sources, as_of: Date) -> Option<BTreeSet<FileId>> {
        if self.model.as_of != as_of || !sources.has_paths_of(&self.sources) {
            return None;
        }
        let own = sources.paths().filter(|(path, _)| !path.starts_with('<'));
        let changed: Vec<_> = own.filter(|(_, file)| !sources.is_same(*file, &self.sources)).collect();
        let is_reworded = |(path, file): &(&str, FileId)| {
            path.starts_with(page::FOLDER) && prose::is_reworded(*file, &self.sources, sources)
        };
        changed.iter().all(is_reworded).then(|| changed.into_iter().map(|(_, file)| file).collect())
    }

    /// What can be taken over: campaigns whose folders have not changed, by folder, and pages whose files have not.
    fn kept(self, sources: &Sources) -> Kept {
        let Self { model, sources: old, beside: Beside { campaigns: mut beside, pages: silent } } = self;
        let mut kept = Kept::default();
        for campaign in model.campaigns {
            let folder = format!("content/campaigns/{}/", campaign.id);
            if sources.under(&folder).all(|(_, file)| sources.is_same(file, &old))
                && let Some(beside) = beside.remove(&campaign.id)
            {
                kept.campaigns.insert(folder, (campaign, beside));
            }
        }
        let is_same = |page: &Arc<FreePage>| {
            silent.contains(&page.file) && page.prose.versions.iter().all(|v| sources.is_same(v.file, &old))
        };
        kept.pages = model.pages.into_iter().filter(is_same).map(|page| (page.file, page)).collect();
        kept
    }
}

/// Parts of an earlier model that are as they were.
#[derive(Debug, Default)]
struct Kept {
    campaigns: BTreeMap<String, (Campaign, (Vec<Waiver>, Found))>,
    pages: HashMap<FileId, Arc<FreePage>>,
}

/// Reads everything. `known_rules` are the codes that policy may name; `as_of` is the day of judgement.
pub fn load(sources: &mut Sources, settings: Settings, as_of: Date, known_rules: &[&str]) -> (Model, Found) {
    let loaded = load_again(sources, settings, as_of, known_rules, None);
    (loaded.model, loaded.found)
}

/// A model as it was read.
#[derive(Debug)]
pub struct Loaded {
    /// The model.
    pub model: Model,
    /// What reading it found.
    pub found: Found,
    /// What makes a [`Past`] of the model when it is not needed any more.
    pub beside: Beside,
}

/// The same after an earlier model, of which campaigns in untouched folders are taken over.
pub fn load_again(
    sources: &mut Sources,
    settings: Settings,
    as_of: Date,
    known_rules: &[&str],
    past: Option<Past>,
) -> Loaded {
    let mut found = Found::new();
    let policy = found.keep(policy::load(sources, &settings.policy, known_rules));
    let guide = if settings.guide { guide::pages(sources, &mut found) } else { Vec::new() };
    let sources = &*sources;
    sources.read_prose();
    let kept = past.filter(|past| past.is_ground_of(sources, as_of)).map(|past| past.kept(sources));
    let Kept { campaigns: kept, pages: kept_pages } = kept.unwrap_or_default();
    let kept = std::sync::Mutex::new(kept);
    let axes: Vec<&str> = policy.rows.axes.keys().collect();
    let default = settings.default_lang();
    let people = person::people(sources, &mut found);
    let departments = person::departments(sources, &mut found);
    let calendars = Calendars::read(sources, &mut found);
    let (sops, sops_complete) = sop::sops(sources, default, &mut found);
    let mut programmes = programme::programmes(sources, settings.currency, &axes, &policy, default, &mut found);
    programmes.sort_by(|a, b| (a.year, &a.id).cmp(&(b.year, &b.id)));
    let mut waivers = policy_waivers(sources, &mut found);

    let cx = campaign::Context {
        sources,
        settings: &settings,
        policy: &policy,
        calendars: &calendars,
        departments: &departments,
        axes: &axes,
    };
    let mut campaigns = Vec::new();
    use rayon::prelude::*;
    let read: Vec<_> = campaign::folders(sources)
        .into_par_iter()
        .map(|(folder, file)| {
            let before = kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&folder);
            if let Some((campaign, (waivers, found))) = before {
                return (Some((campaign, waivers)), found);
            }
            let mut found = Found::new();
            let campaign = campaign::read(&cx, &folder, file, &mut found).map(|(mut campaign, waivers)| {
                complete(&mut campaign, &programmes, &sops, &cx);
                cancel::settle(&mut campaign, as_of);
                (campaign, waivers)
            });
            (campaign, found)
        })
        .collect();
    let mut beside = BTreeMap::new();
    for (campaign, list) in read {
        found.extend(list.iter().cloned());
        if let Some((campaign, more)) = campaign {
            waivers.extend(more.iter().cloned());
            beside.insert(campaign.id.clone(), (more, list));
            campaigns.push(campaign);
        }
    }
    campaigns.sort_by(|a, b| {
        let start = |c: &Campaign| c.start.map(|s| s.value);
        (start(a).is_none(), start(a), &a.id).cmp(&(start(b).is_none(), start(b), &b.id))
    });
    waivers.sort_by_key(|w| w.span);
    let (pages, silent_pages) = page::pages(sources, default, kept_pages, &mut found);
    let obligations = cadence::Register::read(sources, &mut found);
    let brand = brand::Brand::read(sources, &mut found);
    let reports = report::reports(sources, default, &mut found);
    unread(sources, &mut found);
    let model = Model {
        settings,
        policy,
        as_of,
        people,
        departments,
        calendars,
        sops,
        sops_complete,
        places: campaigns.iter().enumerate().map(|(place, c)| (c.id.clone(), place)).collect(),
        campaigns,
        programmes,
        pages,
        guide,
        waivers,
        obligations,
        brand,
        reports,
    };
    Loaded { model, found, beside: Beside { campaigns: beside, pages: silent_pages } }
}

/// Fills in what a campaign gets from others: its programme by year, its checklist.
fn complete(campaign: &mut Campaign, programmes: &[Programme], sops: &[Sop], cx: &campaign::Context<'_>) {
    if let (None, Some(start)) = (&campaign.programme, campaign.start)
        && let Some(programme) = programmes.iter().find(|p| p.year == start.value.year())
    {
        campaign.programme = Some(Spanned::new(programme.id.as_str().to_owned(), start.span));
    }
    let calendar = cx.calendars.of(campaign.calendar.as_ref().map(|c| &c.value));
    let team = crate::sources::shape::Entries(campaign.team.clone());
    let owner = campaign.owner.clone();
    let owner_of = |role: Option<&str>| campaign::owner_of(role, &team, owner.as_ref(), cx);
    campaign.checklist = checklist::bind(campaign, sops, calendar, &owner_of);
}

fn policy_waivers(sources: &Sources, found: &mut Found) -> Vec<Waiver> {
    let mut waivers = Vec::new();
    for file in policy::override_files(sources) {
        if let Some(text) = sources.text(file) {
            // Syntax errors were reported when the policy was merged.
            let (table, _) = toml::parse(file, text, 0);
            waivers.extend(waiver::of_policy(&table, found));
        }
    }
    waivers
}

/// Reports files under `content/` that nothing reads.
fn unread(sources: &Sources, found: &mut Found) {
    for (path, file) in sources.under("content/") {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let is_read = match parts.as_slice() {
            [name] => matches!(*name, "people.toml" | "departments.toml" | "obligations.toml" | "brand.toml"),
            ["campaigns", _, name] => {
                matches!(*name, "campaign.toml" | "results.toml" | "readings.csv" | "spend.csv")
                    || prose::stem(name).is_some_and(|(s, _)| matches!(s, "brief" | "postmortem"))
            }
            ["campaigns", _, "assets", ..] => true,
            ["programmes", name] => name.ends_with(".toml") || name.ends_with(".md"),
            ["calendars" | "policies", name] => name.ends_with(".toml"),
            ["reports", name] => prose::stem(name).is_some_and(|(stem, _)| report::period(stem).is_some()),
            ["sops" | "pages", name] => name.ends_with(".md"),
            ["pages", _, name] if name.ends_with(".md") => true,
            ["pages", _, "assets", ..] | ["sops" | "pages", "assets", ..] => true,
            _ => false,
        };
        if !is_read {
            let message = said!("`{path}` is of no known kind and is not read", "无法识别 `{path}`，不会读取");
            let known = [
                "campaign.toml",
                "results.toml",
                "readings.csv",
                "spend.csv",
                "brief.md",
                "postmortem.md",
                "people.toml",
                "departments.toml",
            ];
            let near = crate::base::words::nearest(parts.last().copied().unwrap_or_default(), known);
            let advice = match near {
                Some(near) => said!("did you mean `{near}`?", "是否想写 `{near}`？"),
                None => said!(
                    "give it the name the formats ask for, put it into `assets/`, or remove it",
                    "请改成格式要求的名称，放进 `assets/`，或删除"
                ),
            };
            found.push(Diagnostic::new(&crate::sources::UNKNOWN_FILE, Span::new(file, 0, 0), message).hint(advice));
        }
    }
}

//! What a word refers to: which keys hold ids of people, metrics, procedures …, and which ids there are.

use crate::base::Text;
use crate::model::Model;
use crate::model::budget::Budget;
use crate::model::campaign::Campaign;
use crate::sources::shape::{Form, Leaf};

/// What a word is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refers {
    /// A person of `people.toml`.
    Person,
    /// A department.
    Department,
    /// A role of policy.
    Role,
    /// A metric of policy.
    Metric,
    /// A milestone of the campaign, or a standard one.
    Milestone,
    /// A procedure.
    Sop,
    /// A milestone, a checkpoint (`sop/item`) or an item of a campaign that is done.
    Done,
    /// A campaign.
    Campaign,
    /// A programme.
    Programme,
    /// A goal of a programme.
    Goal,
    /// A scale.
    Scale,
    /// A slot.
    Slot,
    /// A season.
    Season,
    /// A channel.
    Channel,
    /// A tier.
    Tier,
    /// A phase set.
    Rhythm,
    /// A region that has a calendar.
    Region,
    /// A rule.
    Rule,
    /// An axis of the budget.
    Axis,
    /// A value of the axis that is the key.
    AxisValue,
    /// A recurring obligation.
    Obligation,
    /// A status of a review.
    Status,
    /// A body that decides.
    Body,
    /// A kind of signal.
    Signal,
    /// A role of the squad on call.
    SquadRole,
    /// A factor of the rationale.
    Factor,
    /// A page of prose; only links name it.
    Page,
    /// What a waiver is for: `campaigns/<id>#<part>`.
    Target,
    /// A line that money is moved from or to: of a campaign `campaign/line`.
    Account,
}

use Refers::{
    Account, Axis, AxisValue, Body, Channel, Department, Done, Factor, Goal, Metric, Milestone, Obligation, Page,
    Person, Programme, Region, Rhythm, Role, Rule, Scale, Season, Signal, Slot, Sop, SquadRole, Status, Target, Tier,
};

/// Keys whose values are names: record (`*` for any), key (`*` for those that are free), what they name.
pub(super) const VALUES: &[(&str, &str, Refers)] = &[
    ("*", "owner", Person),
    ("*", "approver", Person),
    ("*", "approved-by", Person),
    ("*", "accepted-by", Person),
    ("*", "lead", Person),
    ("RawDuty", "person", Person),
    ("RawCampaign", "team", Person),
    ("RawSquad", "*", Person),
    ("*", "department", Department),
    ("*", "departments", Department),
    ("*", "informed", Department),
    ("RawHandover", "from", Department),
    ("RawHandover", "to", Department),
    ("RawHandover", "node", Milestone),
    ("*", "role", Role),
    ("*", "metric", Metric),
    ("*", "metrics", Metric),
    ("RawMilestone", "id", Milestone),
    ("RawMilestone", "after", Milestone),
    ("StandardNode", "after", Milestone),
    ("Scale", "drop", Milestone),
    ("*", "on-breach", Sop),
    ("RawInspection", "checklist", Sop),
    ("*", "applied-in", Refers::Campaign),
    ("*", "lessons-from", Refers::Campaign),
    ("RawAnchorReserve", "campaign", Refers::Campaign),
    ("*", "programme", Programme),
    ("RawCampaign", "goals", Goal),
    ("RawGoal", "id", Goal),
    ("RawGoal", "part-of", Goal),
    ("RawGoalRevision", "goal", Goal),
    ("RawGoalReading", "goal", Goal),
    ("RawGoalRevision", "decided-by", Body),
    ("*", "scale", Scale),
    ("RawCampaign", "slot", Slot),
    ("RawCampaign", "season", Season),
    ("RawCampaign", "channels", Channel),
    ("RawCampaign", "tier", Tier),
    ("RawCampaign", "rhythm", Rhythm),
    ("*", "calendar", Region),
    ("RawCalendar", "region", Region),
    ("RawWaiver", "rule", Rule),
    ("RawWaiver", "target", Target),
    ("RawTransfer", "from", Account),
    ("RawTransfer", "to", Account),
    ("RawEarlyStop", "savings-to", Refers::Campaign),
    ("RawDepartmentGoal", "shared-goal", Goal),
    ("RawLine", "*", AxisValue),
    ("Preset", "axis", Axis),
    ("RawHeld", "obligation", Obligation),
    ("RawPostmortem", "status", Status),
    ("RawWatch", "source", Signal),
];

/// Free keys that are names themselves.
pub(super) const KEYS: &[(&str, &str, Refers)] = &[
    ("RawCampaign", "team", Role),
    ("RawSquad", "*", SquadRole),
    ("RawLine", "*", Axis),
    ("RawBudget", "rationale", Factor),
    ("RawResults", "done", Done),
    ("RawResults", "measured", Done),
    ("RawPostmortem", "dates", Status),
    ("Rows", "severity", Rule),
    ("Rows", "milestones", Milestone),
    ("Rows", "metrics", Metric),
    ("Rows", "roles", Role),
];

fn find(list: &[(&str, &str, Refers)], record: &str, key: &str) -> Option<Refers> {
    list.iter().find(|(r, k, _)| (*r == record || *r == "*") && *k == key).map(|(_, _, refers)| *refers)
}

/// What the words under a key name, where they name anything.
pub fn of_value(record: &str, key: &str, form: &Form) -> Option<Refers> {
    let inner = match form.item() {
        Form::Entries(inner) => inner.item(),
        other => other,
    };
    let is_word = matches!(inner, Form::Leaf(Leaf::Text | Leaf::Id));
    find(VALUES, record, key).filter(|_| is_word)
}

/// What free keys name: those of the table under `key`, or with `*` those of the record itself.
pub fn of_keys(record: &str, key: &str) -> Option<Refers> {
    find(KEYS, record, key)
}

/// A name that may be written, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The word.
    pub id: String,
    /// What it means.
    pub label: Text,
}

impl Refers {
    /// Whether only names of policy may stand here, so that any other word is a mistake.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            Role | Metric
                | Scale
                | Slot
                | Season
                | Channel
                | Tier
                | Rhythm
                | Rule
                | Axis
                | AxisValue
                | Obligation
                | Status
                | Body
                | Signal
        )
    }
}

/// Every name of a kind; `key` is the key they stand under, `campaign` the one whose file it is.
pub fn known(model: &Model, rules: &[&str], refers: Refers, key: &str, campaign: Option<&Campaign>) -> Vec<Known> {
    let rows = &model.policy.rows;
    let one = |id: &str, label: &Text| Known { id: id.to_owned(), label: label.clone() };
    let bare = |id: &str| Known { id: id.to_owned(), label: Text::default() };
    let mut list: Vec<Known> = match refers {
        Person => model.people.values().map(|p| one(p.id.as_str(), &p.name)).collect(),
        Department => model.departments.values().map(|d| one(d.id.as_str(), &d.name)).collect(),
        Role => rows.roles.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Metric => rows.metrics.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Milestone => milestones(model, campaign),
        Sop => model.sops.iter().map(|s| one(s.id.as_str(), &s.title)).collect(),
        Done => {
            let items = campaign.into_iter().flat_map(|c| &c.checklist);
            let items = items.map(|item| Known { id: item.key(), label: item.text.clone() });
            milestones(model, campaign).into_iter().chain(items).collect()
        }
        Refers::Campaign => model.campaigns.iter().map(|c| one(c.id.as_str(), &c.title)).collect(),
        Programme => model.programmes.iter().map(|p| one(p.id.as_str(), &p.title)).collect(),
        Goal => {
            let goals = model.programmes.iter().flat_map(|p| &p.goals.list);
            goals.map(|g| one(g.id.value.as_str(), &g.title)).collect()
        }
        Scale => rows.scales.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Slot => rows.slots.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Season => rows.seasons.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Channel => rows.channels.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Tier => values(model, "tier"),
        Rhythm => rows.phase_sets.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Region => model.calendars.regions.keys().map(|id| bare(id.as_str())).collect(),
        Rule => rules.iter().map(|code| bare(code)).collect(),
        Axis => rows.axes.iter().map(|(id, row)| one(id, &row.name)).collect(),
        AxisValue => values(model, key),
        Obligation => rows.cadence.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Status => {
            let statuses = rows.review.iter().flat_map(|review| review.statuses.iter());
            statuses.map(|(id, row)| one(id, &row.name)).collect()
        }
        Body => rows.bodies.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Signal => rows.watch.iter().map(|(id, row)| one(id, &row.name)).collect(),
        SquadRole => rows.squad.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Factor => rows.rationale.iter().map(|(id, row)| one(id, &row.name)).collect(),
        Page => model.pages.iter().map(|p| one(p.id.as_str(), &p.title)).collect(),
        Target => targets(model, campaign),
        Account => accounts(model),
    };
    let mut seen = std::collections::BTreeSet::new();
    list.retain(|known| seen.insert(known.id.clone()));
    list
}

/// What a waiver may be for: in a campaign's own file its parts, elsewhere what has an address.
fn targets(model: &Model, campaign: Option<&Campaign>) -> Vec<Known> {
    if let Some(campaign) = campaign {
        let items = campaign.checklist.iter().map(|item| Known { id: item.key(), label: item.text.clone() });
        return milestones(model, Some(campaign)).into_iter().chain(items).collect();
    }
    let one = |kind: &str, id: &str, label: &Text| Known { id: format!("{kind}/{id}"), label: label.clone() };
    let campaigns = model.campaigns.iter().map(|c| one("campaigns", c.id.as_str(), &c.title));
    let sops = model.sops.iter().map(|s| one("sops", s.id.as_str(), &s.title));
    let programmes = model.programmes.iter().map(|p| one("programmes", p.id.as_str(), &p.title));
    campaigns.chain(sops).chain(programmes).collect()
}

/// Lines that money may be moved between, by the words that name them.
fn accounts(model: &Model) -> Vec<Known> {
    let lines = |home: Option<&str>, budget: Option<&Budget>| {
        let lines = budget.into_iter().flat_map(|budget| &budget.lines);
        let named = lines.filter_map(|line| Some((line.id.as_ref()?.value.as_str().to_owned(), line.name.clone())));
        let full = |id: String| home.map_or_else(|| id.clone(), |home| format!("{home}/{id}"));
        named.map(|(id, label)| Known { id: full(id), label }).collect::<Vec<_>>()
    };
    let years = model.programmes.iter().flat_map(|p| lines(None, p.budget.as_ref()));
    years.chain(model.campaigns.iter().flat_map(|c| lines(Some(c.id.as_str()), c.budget.as_ref()))).collect()
}

/// Milestones of a campaign by date, or the standard ones.
fn milestones(model: &Model, campaign: Option<&Campaign>) -> Vec<Known> {
    let own = campaign.and_then(|c| c.schedule.as_ref()).into_iter().flat_map(|s| &s.milestones);
    let own = own.map(|node| Known { id: node.id.as_str().to_owned(), label: node.task.clone().unwrap_or_default() });
    let standard = model.policy.rows.milestones.iter();
    own.chain(standard.map(|(id, node)| Known { id: id.to_owned(), label: node.task.clone() })).collect()
}

fn values(model: &Model, axis: &str) -> Vec<Known> {
    let axis = model.policy.rows.axes.find(axis);
    let values = axis.into_iter().flat_map(|axis| axis.values.iter());
    values.map(|(id, name)| Known { id: id.to_owned(), label: name.clone() }).collect()
}

//! `campaign.toml` as written.

use crate::base::{Date, Due, Id, Quantity, Share, Spanned, Text};
use crate::model::budget::RawBudget;
use crate::model::control::{RawUnlock, RawWatch};
use crate::model::goal::RawDepartmentGoal;
use crate::model::handover::{RawHandover, RawSquad};
use crate::model::milestone::{RawMilestone, RawPhase};
use crate::model::waiver::RawWaiver;
use crate::policy::Mode;
use crate::shape;
use crate::sources::shape::{Days, Entries};
use crate::vocabulary;

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

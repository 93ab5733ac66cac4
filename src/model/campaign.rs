//! A campaign: the plan as written, as meant, and bound to dates, people and procedures.

mod parts;
mod raw;
mod reading;

pub use parts::{Duty, Incomplete, Kpi, Material, Run};
pub use raw::{MaterialKind, RawCampaign, RawDuty, RawKpi, RawMaterial, RawRun};
pub(crate) use reading::{Context, folders, owner_of, read};

use super::budget::Budget;
use super::cancel::CalledOff;
use super::checklist::Item;
use super::control::{Unlock, Watch};
use super::goal::DepartmentGoal;
use super::handover::{Handover, Squad};
use super::milestone::Schedule;
use super::postmortem::Postmortem;
use super::prose::Prose;
use super::results::Results;
use super::written::Written;
use crate::base::{Date, FileId, Id, Span, Spanned, Subject, Text};
use crate::policy::Mode;

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

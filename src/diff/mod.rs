//! What a change means in campaign terms: two judged playbooks against each other, on the same day.
//!
//! Its JSON is described in `docs/content/pages/reviewing.md`; a test holds the keys to it.

mod campaigns;
mod dates;
mod lines;
mod money;
mod others;
mod paper;
mod values;

use crate::base::{Date, Diagnostic, Said};
use crate::model::Model;
use crate::sources::Sources;
use serde::Serialize;

pub use campaigns::{CampaignChange, Fact, Kind, OwnerChange, TargetChange};
pub use dates::{Late, Move, Slackest};
pub use money::{AxisChange, LineChange, MoneyChange};
pub use others::{Altered, Files, Finding, PolicyChange, SopChange, SopItemChange, WaiverChange, YearChange};
pub use paper::{MARKER, markdown, terminal};
pub use values::{Change, Percent, Sum};

/// Raised when a key of the JSON is renamed or goes.
const FORMAT: u32 = 1;

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What its files mean.
    pub model: &'a Model,
    /// Findings in force.
    pub findings: &'a [Diagnostic],
    /// Its files.
    pub sources: &'a Sources,
}

/// What a change means.
#[derive(Debug, Serialize)]
pub struct Diff {
    format: u32,
    /// The day both sides are judged on.
    pub as_of: Date,
    /// What it is compared with.
    pub base: String,
    /// What is compared; none for the work tree.
    pub head: Option<String>,
    /// Campaigns, the most important changes first.
    pub campaigns: Vec<CampaignChange>,
    /// Years.
    pub years: Vec<YearChange>,
    /// Procedures.
    pub sops: Vec<SopChange>,
    /// Waivers.
    pub waivers: Vec<WaiverChange>,
    /// Figures and words of policy.
    pub policy: Vec<PolicyChange>,
    /// Findings that are new, the worst first.
    pub introduced: Vec<Finding>,
    /// Findings that stood before and say other figures now.
    pub altered: Vec<Altered>,
    /// Findings that are gone, the worst first.
    pub resolved: Vec<Finding>,
    /// Files.
    pub files: Files,
}

impl Diff {
    /// Compares two sides. `base` and `head` are how people call them.
    pub fn of(before: Side<'_>, after: Side<'_>, base: &str, head: Option<&str>) -> Self {
        let others::Findings { introduced, altered, resolved } = others::findings(before, after);
        Self {
            format: FORMAT,
            as_of: after.model.as_of,
            base: base.to_owned(),
            head: head.map(str::to_owned),
            campaigns: campaigns::compare(before.model, after.model),
            years: others::years(before.model, after.model),
            sops: others::sops(before.model, after.model),
            waivers: others::waivers(before.model, after.model),
            policy: others::policy(before.model, after.model),
            introduced,
            altered,
            resolved,
            files: others::files(before.sources, after.sources),
        }
    }

    /// Whether the change means nothing in campaign terms.
    pub fn is_empty(&self) -> bool {
        self.campaigns.is_empty()
            && self.years.is_empty()
            && self.sops.is_empty()
            && self.waivers.is_empty()
            && self.policy.is_empty()
            && self.introduced.is_empty()
            && self.altered.is_empty()
            && self.resolved.is_empty()
    }

    /// As JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("bug: strings and numbers are always JSON") + "\n"
    }
}

/// An author's text in both languages of messages, on one line.
fn name(text: &crate::base::Text) -> Said {
    let (en, zh) = text.both();
    let plain = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    Said { en: plain(en), zh: plain(zh) }
}

/// A word that is the same in every language.
fn same(word: &str) -> Said {
    Said { en: word.to_owned(), zh: word.to_owned() }
}

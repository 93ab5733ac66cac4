//! Judgement of a finished model, pure: one rule a file, one register, then severities of policy and waivers.
//!
//! A new rule is a file `<family>/<name>.rs` whose rule has the code `family/name`, a line in the family's `CHECKS`,
//! and a fixture in `tests/fixtures/checks/<family>/`.

pub mod alert;
pub mod branch;
pub mod brand;
pub mod budget;
pub mod cadence;
pub mod calendar;
pub mod campaign;
pub mod gauge;
pub mod goal;
pub mod kpi;
pub mod links;
pub mod milestone;
pub mod postmortem;
pub mod programme;
pub mod reference;
mod scan;
pub mod sop;
pub mod waiver;
pub(crate) mod words;

use crate::base::{Diagnostic, Found, Rule};
use crate::model::campaign::Campaign;
use crate::model::{MODEL_RULES, Model};
use crate::policy::{POLICY_RULES, Policy};
use crate::sources::FILE_RULES;
use crate::sources::csv::CSV_RULES;
use crate::sources::markdown::MARKDOWN_RULES;
use crate::sources::shape::SHAPE_RULES;
use crate::sources::toml::TOML_RULES;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A rule and the function that finds it.
#[derive(Debug)]
pub struct Check {
    /// What it finds.
    pub rule: &'static Rule,
    /// How it finds it.
    pub find: Find,
}

impl Check {
    /// A check of one campaign at a time.
    pub(crate) const fn campaign(rule: &'static Rule, find: fn(&Model, &Campaign, &mut Found)) -> Self {
        Self { rule, find: Find::Campaign(find) }
    }
    /// A check of everything at once.
    pub(crate) const fn whole(rule: &'static Rule, find: fn(&Model, &mut Found)) -> Self {
        Self { rule, find: Find::Whole(find) }
    }
}

/// What a check looks at.
#[derive(Clone, Copy, Debug)]
pub enum Find {
    /// One campaign at a time; campaigns are judged in parallel.
    Campaign(fn(&Model, &Campaign, &mut Found)),
    /// Everything at once.
    Whole(fn(&Model, &mut Found)),
    /// What came of all other checks: waivers that nothing needs.
    Last(fn(&Model, &Judged, &mut Found)),
}

/// Every check by family; a contract test holds each list to its folder.
pub static CHECKS: &[&[&Check]] = &[
    alert::CHECKS,
    branch::CHECKS,
    brand::CHECKS,
    budget::CHECKS,
    cadence::CHECKS,
    calendar::CHECKS,
    campaign::CHECKS,
    gauge::CHECKS,
    goal::CHECKS,
    kpi::CHECKS,
    milestone::CHECKS,
    postmortem::CHECKS,
    programme::CHECKS,
    reference::CHECKS,
    sop::CHECKS,
    waiver::CHECKS,
];

/// Every rule of reading and judging, by code. Theme, plan and rendering add theirs in `compile`.
pub static ALL_RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let read =
        [FILE_RULES, TOML_RULES, CSV_RULES, SHAPE_RULES, MARKDOWN_RULES, POLICY_RULES, MODEL_RULES, links::RULES];
    let mut rules: Vec<&Rule> = read.into_iter().flatten().copied().chain(checks().map(|c| c.rule)).collect();
    rules.sort_by_key(|r| r.code);
    rules.dedup_by_key(|r| r.code);
    rules
});

/// Codes of these rules in order: what policy and waivers may name.
pub fn codes() -> Vec<&'static str> {
    ALL_RULES.iter().map(|r| r.code).collect()
}

fn checks() -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().flat_map(|family| family.iter().copied())
}

/// What judgement came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Findings in force, at the severity of policy, by file and position.
    pub findings: Vec<Diagnostic>,
    /// Findings that a waiver sets aside, each with the place of that waiver in `model.waivers`.
    pub waived: Vec<(Diagnostic, usize)>,
}

impl Judged {
    /// Whether some finding is set aside by the waiver at this place in `model.waivers`.
    pub fn uses(&self, waiver: usize) -> bool {
        self.waived.iter().any(|(_, by)| *by == waiver)
    }

    /// Takes in what another round of judgement came to.
    pub fn merge(&mut self, other: Self) {
        let mut found = Found::new();
        found.extend(std::mem::take(&mut self.findings));
        found.extend(other.findings);
        self.findings = found.sorted();
        self.waived.extend(other.waived);
    }
}

/// Judges a model by every check.
pub fn run(model: &Model) -> Judged {
    // What is called off is no longer judged.
    let held: Vec<&Campaign> = model.held().collect();
    let by_campaign: Vec<Found> = held
        .into_par_iter()
        .map(|campaign| {
            let mut found = Found::new();
            for check in checks() {
                if let Find::Campaign(find) = check.find {
                    find(model, campaign, &mut found);
                }
            }
            found
        })
        .collect();
    let mut found = Found::new();
    found.extend(by_campaign.into_iter().flatten());
    for check in checks() {
        if let Find::Whole(find) = check.find {
            find(model, &mut found);
        }
    }
    let mut judged = settle(model, found);
    let mut last = Found::new();
    for check in checks() {
        if let Find::Last(find) = check.find {
            find(model, &judged, &mut last);
        }
    }
    judged.merge(settle(model, last));
    judged
}

/// Judges one campaign by the checks that look at one at a time, against everything else as it is in the model.
pub fn one(model: &Model, campaign: &Campaign) -> Judged {
    let mut found = Found::new();
    if campaign.called_off.is_none() {
        for check in checks() {
            if let Find::Campaign(find) = check.find {
                find(model, campaign, &mut found);
            }
        }
    }
    settle(model, found)
}

/// Whether [`one`], or reading a campaign again, says all that a rule has to say of a campaign's files.
pub fn is_of_one(code: &str) -> bool {
    let read = [TOML_RULES, CSV_RULES, SHAPE_RULES, MARKDOWN_RULES, MODEL_RULES];
    let reads = read.into_iter().flatten().any(|rule| rule.code == code);
    reads || checks().any(|check| check.rule.code == code && matches!(check.find, Find::Campaign(_)))
}

/// Gives findings the severity of policy and sets aside those that a waiver covers.
///
/// For checks and for links of the rendered site. What reading reports goes through [`weigh`] alone: a file
/// that cannot be understood cannot be waived.
pub fn settle(model: &Model, found: Found) -> Judged {
    let mut judged = Judged::default();
    let mut by_rule: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (place, waiver) in model.waivers.iter().enumerate().filter(|(_, waiver)| waiver.holds_on(model.as_of)) {
        let thing = waiver.target.split('#').next().unwrap_or_default();
        by_rule.entry((&waiver.rule.value, thing)).or_default().push(place);
    }
    for diagnostic in weigh(&model.policy, found).sorted() {
        let waiver = diagnostic.subject.as_ref().and_then(|subject| {
            let places = by_rule.get(&(diagnostic.rule, subject.thing.as_str()))?;
            places.iter().copied().find(|place| subject.is_covered_by(&model.waivers[*place].target))
        });
        match waiver {
            Some(waiver) => judged.waived.push((diagnostic, waiver)),
            None => judged.findings.push(diagnostic),
        }
    }
    judged
}

/// Gives findings the severity that policy states for their rule; drops those whose rule is off.
pub fn weigh(policy: &Policy, found: Found) -> Found {
    let mut weighed = Found::new();
    weighed.extend(found.into_iter().filter_map(|diagnostic| match policy.severity(diagnostic.rule) {
        None => Some(diagnostic),
        Some(severity) => severity.map(|severity| diagnostic.severity(severity)),
    }));
    weighed
}

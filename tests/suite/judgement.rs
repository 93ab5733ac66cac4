//! What policy and waivers make of findings.

use campaign_playbook::base::{Date, Severity};
use campaign_playbook::checks::{self, Judged};
use campaign_playbook::model;
use campaign_playbook::model::settings::Settings;
use campaign_playbook::sources::Sources;

/// A campaign with two findings of `milestone/late-plan` and one of `campaign/live-length`.
const CAMPAIGN: &str = r#"
title = "Spring"
owner = "lin"
start = 2026-06-10
end = 2026-06-19

[[milestone]]
id = "resources-confirmed"
due = "T-12"

[[milestone]]
id = "theme-decided"
due = "T-27"
"#;

const WAIVER: &str = r#"
[[waiver]]
rule = "milestone/late-plan"
reason = "Agreed"
approver = "lin"
expires = 2026-05-01
"#;

/// Judges the campaign with more text at its end and a policy, on a day.
fn judge(more: &str, policy: &str, day: &str) -> Judged {
    let files = [
        ("playbook.toml", "title = \"P\"\n"),
        ("content/people.toml", "[lin]\nname = \"Lin\"\ndepartment = \"m\"\n"),
        ("content/departments.toml", "[m]\nname = \"Marketing\"\n"),
        ("content/campaigns/c/campaign.toml", &(CAMPAIGN.to_owned() + more)),
        ("content/policies/own.toml", policy),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let (mut sources, mut found) = Sources::from_memory(files);
    let settings = found.keep(Settings::read(&sources));
    let as_of = Date::parse(day).expect("a date");
    let model = found.keep(model::load(&mut sources, settings, as_of, &checks::codes()));
    let errors: Vec<_> = found.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    checks::run(&model)
}

/// Severity and item of the findings of a rule.
fn of(judged: &Judged, rule: &str) -> Vec<(Severity, String)> {
    let item = |d: &campaign_playbook::base::Diagnostic| {
        d.subject.as_ref().expect("a finding is about something").item.clone().unwrap_or_default()
    };
    judged.findings.iter().filter(|d| d.rule == rule).map(|d| (d.severity, item(d))).collect()
}

fn items(judged: &Judged, rule: &str) -> Vec<String> {
    of(judged, rule).into_iter().map(|(_, item)| item).collect()
}

#[test]
fn policy_makes_a_rule_weigh_more_or_silences_it() {
    let plain = judge("", "", "2026-03-01");
    assert_eq!(of(&plain, "campaign/live-length"), [(Severity::Warning, String::new())]);
    let policy = "[severity]\n\"campaign/live-length\" = \"error\"\n\"milestone/late-plan\" = \"off\"\n";
    let weighed = judge("", policy, "2026-03-01");
    assert_eq!(of(&weighed, "campaign/live-length"), [(Severity::Error, String::new())]);
    assert_eq!(of(&weighed, "milestone/late-plan"), []);
}

#[test]
fn a_waiver_in_a_campaign_sets_aside_all_that_its_rule_finds_there() {
    let judged = judge(WAIVER, "", "2026-03-01");
    assert_eq!(of(&judged, "milestone/late-plan"), []);
    assert_eq!(of(&judged, "campaign/live-length").len(), 1);
    let waived: Vec<_> = judged.waived.iter().map(|(d, waiver)| (d.rule, *waiver)).collect();
    assert_eq!(waived, [("milestone/late-plan", 0), ("milestone/late-plan", 0)]);
    assert!(judged.uses(0));
}

#[test]
fn a_waiver_for_one_milestone_leaves_the_others_alone() {
    let waiver = WAIVER.replace("reason", "target = \"theme-decided\"\nreason");
    let judged = judge(&waiver, "", "2026-03-01");
    assert_eq!(items(&judged, "milestone/late-plan"), ["resources-confirmed"]);
    assert_eq!(judged.waived.len(), 1);
}

#[test]
fn a_waiver_in_a_policy_names_the_campaign() {
    let waiver = WAIVER.replace("reason", "target = \"campaigns/c#resources-confirmed\"\nreason");
    assert_eq!(items(&judge("", &waiver, "2026-03-01"), "milestone/late-plan"), ["theme-decided"]);
    let elsewhere = WAIVER.replace("reason", "target = \"campaigns/d\"\nreason");
    assert_eq!(items(&judge("", &elsewhere, "2026-03-01"), "milestone/late-plan").len(), 2);
}

#[test]
fn a_waiver_holds_until_the_end_of_its_last_day() {
    assert_eq!(judge(WAIVER, "", "2026-05-01").waived.len(), 2);
    let after = judge(WAIVER, "", "2026-05-02");
    assert_eq!(after.waived, []);
    assert_eq!(items(&after, "milestone/late-plan").len(), 2);
}

#[test]
fn a_finding_that_policy_silences_needs_no_waiver() {
    let judged = judge(WAIVER, "[severity]\n\"milestone/late-plan\" = \"off\"\n", "2026-03-01");
    assert_eq!(judged.waived, []);
}

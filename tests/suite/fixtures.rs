//! Check fixtures: small playbooks that say which findings they expect. How one is written: `tests/README.md`.

mod diff;
mod fixture;
mod notes;
mod stories;

use campaign_playbook::base::Diagnostic;
use campaign_playbook::checks;
use campaign_playbook::compile::{Clock, Input, RULES, compile};
use campaign_playbook::model;
use campaign_playbook::model::settings::Settings;
use campaign_playbook::report::Texts;
use campaign_playbook::sources::Sources;
use fixture::Fixture;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a playbook by path.
type Files = BTreeMap<String, Vec<u8>>;

/// What a playbook was found to be.
struct Judged {
    texts: Box<dyn Texts>,
    /// In the order of a report.
    findings: Vec<Diagnostic>,
}

/// Reads and judges a playbook.
type Judge = fn(Files) -> Judged;

/// Reads and judges: all that most rules need.
fn check(files: Files) -> Judged {
    let (mut sources, mut found) = Sources::from_memory(files);
    let settings = found.keep(Settings::read(&sources));
    // The base playbook freezes its as-of date, so the clock never speaks.
    let as_of = Clock::default().as_of(&settings);
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let model = found.keep(model::load(&mut sources, settings, as_of, &codes));
    let mut judged = checks::run(&model);
    judged.merge(checks::Judged { findings: checks::weigh(&model.policy, found).sorted(), waived: Vec::new() });
    Judged { findings: judged.findings, texts: Box::new(sources) }
}

/// Renders the site too, which takes far longer: for the families that speak of it.
fn build(files: Files) -> Judged {
    let (sources, read) = Sources::from_memory(files);
    let compiled = compile(Input { sources, read, clock: Clock::default() });
    Judged { findings: compiled.findings().to_vec(), texts: Box::new(compiled.sources) }
}

/// Families whose rules look at the finished site or at its theme.
const OF_THE_SITE: [&str; 3] = ["links/", "site/", "theme/"];

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[test]
fn the_base_playbook_is_without_findings() {
    let Judged { texts, findings } = build(fixture::read(&folder("base")));
    let options = campaign_playbook::report::Options { lang: "en", width: 120, ..Default::default() };
    assert_eq!(campaign_playbook::report::human(&findings, texts.as_ref(), &options), "");
}

/// `FIXTURE=family/name` runs those whose name starts so; `BLESS=1` rewrites the notes.
#[test]
fn every_fixture_finds_what_it_notes() {
    let wanted = std::env::var("FIXTURE").unwrap_or_default();
    let mut fixtures = Fixture::all(&folder("checks"));
    fixtures.retain(|f| f.name.starts_with(&wanted));
    let bless = std::env::var_os("BLESS").is_some();
    let base = fixture::read(&folder("base"));
    let is_of_the_site = |f: &Fixture| OF_THE_SITE.iter().any(|family| f.name.starts_with(family));
    let (of_the_site, of_the_plan) = fixtures.into_iter().partition(is_of_the_site);
    let run =
        |fixtures: Vec<Fixture>, judge| fixture::run_all(&fixtures, &base, judge, bless).err().unwrap_or_default();
    let failures = run(of_the_plan, check as Judge) + &run(of_the_site, build);
    if !failures.is_empty() {
        panic!("\n{failures}\nBLESS=1 writes the notes anew: read what changed before you keep it");
    }
}

//! Check fixtures: small playbooks that say which findings they expect. How one is written: `tests/README.md`.

mod diff;
mod fixture;
mod notes;
mod stories;

use campaign_playbook::base::Diagnostic;
use campaign_playbook::compile::{Clock, Input, compile};
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

fn check(files: Files) -> Judged {
    let (sources, read) = Sources::from_memory(files);
    // The base playbook freezes its as-of date, so the clock never speaks.
    let compiled = compile(Input { sources, read, clock: Clock::default() });
    Judged { findings: compiled.findings().to_vec(), texts: Box::new(compiled.sources) }
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[test]
fn the_base_playbook_is_without_findings() {
    let Judged { texts, findings } = check(fixture::read(&folder("base")));
    let options = campaign_playbook::report::Options { lang: "en", color: false, width: 120, version: "", as_of: None };
    assert_eq!(campaign_playbook::report::human(&findings, texts.as_ref(), &options), "");
}

/// `FIXTURE=family/name` runs those whose name starts so; `BLESS=1` rewrites the notes.
#[test]
fn every_fixture_finds_what_it_notes() {
    let wanted = std::env::var("FIXTURE").unwrap_or_default();
    let mut fixtures = Fixture::all(&folder("checks"));
    fixtures.retain(|f| f.name.starts_with(&wanted));
    let bless = std::env::var_os("BLESS").is_some();
    if let Err(failures) = fixture::run_all(&fixtures, &fixture::read(&folder("base")), check, bless) {
        panic!("\n{failures}\nBLESS=1 writes the notes anew: read what changed before you keep it");
    }
}

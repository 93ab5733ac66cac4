//! Every example in a rule's documentation is run: what should be reported is, what should pass does, and whoever
//! follows the advice of an edit is rid of the finding.

use campaign_playbook::base::{Date, Diagnostic, Edit, Rule};
use campaign_playbook::checks::{self, Judged};
use campaign_playbook::compile::{Clock, Input, RULES, compile};
use campaign_playbook::model;
use campaign_playbook::model::settings::Settings;
use campaign_playbook::sources::Sources;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a playbook by path.
type Files = BTreeMap<String, Vec<u8>>;

/// Where an example stands when it does not say.
const CAMPAIGN: &str = "content/campaigns/sample/campaign.toml";
const PROSE: &str = "content/campaigns/sample/brief.md";

/// What a campaign must have; an example writes what is different.
const HEAD: &[(&str, &str)] =
    &[("title", "\"Sample\""), ("owner", "\"lin\""), ("start", "2026-06-10"), ("end", "2026-06-14")];

/// The day on which examples are judged unless they say `as-of=`.
const AS_OF: &str = "2026-05-01";

/// A code block of a rule's documentation.
#[derive(Debug)]
struct Block {
    kind: Kind,
    path: String,
    as_of: Date,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Reports,
    Passes,
    /// A second file for the blocks below it.
    With,
}

/// The blocks of a rule, in order; other code blocks are prose.
fn blocks(rule: &Rule) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = rule.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    while let Some(line) = lines.next() {
        let Some((lang, info)) = line.strip_prefix("```").and_then(|info| info.split_once(',')) else { continue };
        let mut words = info.split_whitespace();
        let kind = match words.next() {
            Some("reports") => Kind::Reports,
            Some("passes") => Kind::Passes,
            Some("with") => Kind::With,
            other => panic!("{}: an example is `reports`, `passes` or `with`, not {other:?}", rule.code),
        };
        let mut path = if lang == "markdown" { PROSE } else { CAMPAIGN }.to_owned();
        let mut as_of = AS_OF;
        for word in words {
            match word.split_once('=') {
                Some(("path", value)) => value.clone_into(&mut path),
                Some(("as-of", value)) => as_of = value,
                _ => panic!("{}: what is `{word}` in an example?", rule.code),
            }
        }
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let as_of = Date::parse(as_of).unwrap_or_else(|| panic!("{}: `{as_of}` is no date", rule.code));
        blocks.push(Block { kind, path, as_of, text: text.join("\n") + "\n" });
    }
    blocks
}

/// The base playbook with a sample campaign, and the files of an example laid over it.
fn playbook(files: &[&Block]) -> Files {
    let mut playbook = base();
    playbook.insert(CAMPAIGN.to_owned(), with_head("").into_bytes());
    for block in files {
        let text = if block.path == CAMPAIGN { with_head(&block.text) } else { block.text.clone() };
        playbook.insert(block.path.clone(), text.into_bytes());
    }
    playbook
}

/// An example of a campaign under the keys that every campaign has, without those it writes itself.
fn with_head(example: &str) -> String {
    let top = example.lines().take_while(|line| !line.starts_with('['));
    let own: Vec<&str> = top.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim()).collect();
    let head = HEAD.iter().filter(|(key, _)| !own.contains(key));
    head.map(|(key, value)| format!("{key} = {value}\n")).collect::<String>() + example
}

fn base() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/base");
    let (sources, _) = Sources::read(&root).expect("the base playbook can be read");
    sources.paths().map(|(path, file)| (path.to_owned(), sources.bytes(file).to_vec())).collect()
}

/// A judged playbook.
struct Compiled {
    sources: Sources,
    findings: Vec<Diagnostic>,
}

/// Judges a playbook; renders it too where the rule is one of rendering, since that takes far longer.
fn judge(playbook: Files, as_of: Date, rule: &Rule) -> Compiled {
    let (mut sources, mut found) = Sources::from_memory(playbook);
    if !is_judgement(rule) {
        let compiled = compile(Input { sources, read: found, clock: Clock::fixed(as_of) });
        return Compiled { findings: compiled.findings().to_vec(), sources: compiled.sources };
    }
    let settings = found.keep(Settings::read(&sources));
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let model = found.keep(model::load(&mut sources, settings, as_of, &codes));
    let mut judged = checks::run(&model);
    judged.merge(Judged { findings: checks::weigh(&model.policy, found).sorted(), waived: Vec::new() });
    Compiled { sources, findings: judged.findings }
}

/// Whether a rule is one of reading and judging, not of theme, plan and the finished site.
fn is_judgement(rule: &Rule) -> bool {
    rule.family() != "links" && checks::ALL_RULES.iter().any(|r| r.code == rule.code)
}

fn of_rule<'a>(compiled: &'a Compiled, code: &str) -> Vec<&'a Diagnostic> {
    compiled.findings.iter().filter(|d| d.rule == code).collect()
}

/// Runs one rule's examples. What is wrong with them, one line each.
fn run(rule: &Rule) -> Vec<String> {
    let blocks = blocks(rule);
    let mut wrong = Vec::new();
    let has = |kind| blocks.iter().any(|b| b.kind == kind);
    let is_shown = has(Kind::Reports) || has(Kind::Passes) || wants_examples(rule);
    if is_shown && !(has(Kind::Reports) && has(Kind::Passes)) {
        wrong.push("needs an example that reports and one that passes".to_owned());
    }
    let mut with: Vec<&Block> = Vec::new();
    for block in &blocks {
        if block.kind == Kind::With {
            with.push(block);
            continue;
        }
        let files: Vec<&Block> = with.iter().copied().chain([block]).collect();
        let playbook = playbook(&files);
        let compiled = judge(playbook.clone(), block.as_of, rule);
        let found = of_rule(&compiled, rule.code);
        match (block.kind, found.as_slice()) {
            (Kind::Passes, []) => {}
            (Kind::Passes, [first, ..]) => wrong.push(format!("passes reports: {}", first.message.en)),
            (_, []) => {
                let other: Vec<String> =
                    compiled.findings.iter().map(|d| format!("{}: {}", d.rule, d.message.en)).collect();
                wrong.push(format!("reports nothing; found {other:#?}"));
            }
            (_, found) => wrong.extend(follow(rule, found, &compiled, &playbook, block.as_of)),
        }
    }
    wrong
}

/// A finding has advice; one with an edit is gone once the edit is made.
fn follow(rule: &Rule, found: &[&Diagnostic], compiled: &Compiled, playbook: &Files, as_of: Date) -> Vec<String> {
    let mut wrong = Vec::new();
    for finding in found {
        if finding.hints.is_empty() {
            wrong.push(format!("gives no advice: {}", finding.message.en));
        }
        for edit in finding.hints.iter().filter_map(|h| h.edit.as_ref()) {
            let mended = judge(edited(compiled, playbook, edit), as_of, rule);
            let still = of_rule(&mended, rule.code).into_iter().filter(|d| d.message == finding.message).count();
            if still > 0 {
                wrong.push(format!("stays after writing {:?}: {}", edit.text, finding.message.en));
            }
            let broken = |c: &Compiled| c.findings.iter().filter(|d| d.rule == "shape/syntax").count();
            if broken(&mended) > broken(compiled) {
                wrong.push(format!("breaks the file by writing {:?}: {}", edit.text, finding.message.en));
            }
        }
    }
    wrong
}

fn edited(compiled: &Compiled, playbook: &Files, edit: &Edit) -> Files {
    let mut playbook = playbook.clone();
    let path = compiled.sources.path(edit.span.file);
    let text = compiled.sources.text(edit.span.file).expect("an edit is of a text");
    let mut text = text.to_owned();
    text.replace_range(edit.span.range(), &edit.text);
    playbook.insert(path.to_owned(), text.into_bytes());
    playbook
}

/// Whether a rule must show examples. Not those whose cases are no text in one file: unreadable bytes, thirty-three
/// quotes in a quote, whole themes.
fn wants_examples(rule: &Rule) -> bool {
    is_judgement(rule) && rule.family() != "files" && rule.code != "markdown/too-deep"
}

#[test]
fn every_rule_reports_and_passes_its_own_examples() {
    let mut failures = String::new();
    for rule in RULES.iter() {
        for wrong in run(rule) {
            failures += &format!("{}: {wrong}\n", rule.code);
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn an_example_drops_the_head_keys_that_it_writes_itself() {
    let text = with_head("end = 2026-06-19\n\n[team]\nowner = \"chen\"\n");
    assert!(text.starts_with("title = \"Sample\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-19\n"), "{text}");
}

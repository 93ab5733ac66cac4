//! How long reading, judging and rendering take, on the sample and on a playbook of many campaigns.
//!
//! `cargo bench` runs them. Figures are for comparing two versions on one machine in one run, never for a test.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that cannot go on has failed")]

use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;

type Files = BTreeMap<String, Vec<u8>>;

/// The sample in this repository.
fn sample() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
        (name, std::fs::read(entry.path()).unwrap())
    };
    let content = walkdir::WalkDir::new(root.join("content")).sort_by_file_name().into_iter().map(Result::unwrap);
    let config = walkdir::WalkDir::new(root.join("playbook.toml")).into_iter().map(Result::unwrap);
    content.chain(config).filter(|e| e.file_type().is_file()).map(read).collect()
}

/// The sample's campaigns, repeated under other ids until there are `n`; programmes are left out, since their sums
/// would no longer be right.
fn many(n: usize) -> Files {
    let sample = sample();
    let (campaigns, mut files): (Files, Files) =
        sample.into_iter().partition(|(path, _)| path.starts_with("content/campaigns/"));
    files.retain(|path, _| !path.starts_with("content/programmes/"));
    let ids: Vec<&str> = campaigns.keys().filter_map(|p| p.strip_suffix("/campaign.toml")).collect();
    for copy in 0..n {
        let folder = ids[copy % ids.len()];
        for (path, bytes) in campaigns.range(format!("{folder}/")..).take_while(|(p, _)| p.starts_with(folder)) {
            let rest = path.strip_prefix(folder).unwrap();
            files.insert(format!("{folder}-{copy}{rest}"), bytes.clone());
        }
    }
    files
}

fn build(files: Files) -> Compiled {
    let (sources, read) = Sources::from_memory(files);
    let clock = Clock::fixed(Date::parse("2026-09-17").unwrap());
    compile(Input { sources, read, clock })
}

fn benches(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    group.sample_size(10);
    for (name, files) in [("sample", sample()), ("200 campaigns", many(200))] {
        group.bench_function(name, |b| {
            b.iter_batched(|| files.clone(), |files| black_box(build(files)), BatchSize::LargeInput);
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);

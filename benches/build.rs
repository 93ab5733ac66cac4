//! How long reading, judging and rendering take, on the sample and on playbooks of more and more campaigns.
//!
//! `cargo bench` runs them. Figures are for comparing two versions on one machine in one run, never for a test.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that cannot go on has failed")]

mod corpus;

use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;
use corpus::{Files, Shape};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;

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

fn build(files: Files) -> Compiled {
    let (sources, read) = Sources::from_memory(files);
    let clock = Clock::fixed(Date::parse("2026-09-17").unwrap());
    compile(Input { sources, read, clock })
}

fn benches(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    group.sample_size(10);
    group.bench_function("sample", |b| {
        b.iter_batched(sample, |files| black_box(build(files)), BatchSize::LargeInput);
    });
    // Ten years each time: what a campaign costs must not grow with their number.
    for campaigns in [100, 300, 900] {
        let files = corpus::files(Shape::new(campaigns, 10));
        group.throughput(Throughput::Elements(campaigns as u64));
        group.bench_function(format!("{campaigns} campaigns"), |b| {
            b.iter_batched(|| files.clone(), |files| black_box(build(files)), BatchSize::LargeInput);
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);

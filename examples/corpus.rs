//! Writes a playbook of many campaigns to disk: `cargo run --release --example corpus -- DIR [CAMPAIGNS [YEARS [DENSE]]]`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a tool for people who build playbook")]

#[path = "../benches/corpus/mod.rs"]
mod corpus;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = args.first() else {
        eprintln!("usage: corpus DIR [CAMPAIGNS [YEARS [DENSE]]]");
        std::process::exit(2);
    };
    let number = |at: usize, default: usize| args.get(at).map_or(default, |text| text.parse().unwrap());
    let files =
        corpus::files(corpus::Shape { dense: number(3, 0), ..corpus::Shape::new(number(1, 3000), number(2, 10)) });
    for (path, bytes) in &files {
        let path = std::path::Path::new(folder).join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    println!("{} files in {folder}", files.len());
}

//! Compiles the crate again when a file is added to the embedded theme, to the guide or to what new files begin with; changed files are tracked by themselves.

fn main() {
    println!("cargo::rerun-if-changed=themes/default");
    println!("cargo::rerun-if-changed=docs/content/pages");
    println!("cargo::rerun-if-changed=scaffold");
}

//! Compiles the crate again when a file is added to the embedded theme; changed files are tracked by themselves.

fn main() {
    println!("cargo::rerun-if-changed=themes/default");
}

//! `playbook`: parse flags, run, exit code.

/// Thousands of small strings and tables on every thread: the system's allocator spends a sixth of a check on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    campaign_playbook::cli::run()
}

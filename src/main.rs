//! `playbook`: parse flags, run, exit code.

fn main() -> std::process::ExitCode {
    campaign_playbook::cli::run()
}

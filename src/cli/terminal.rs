//! What the environment says of language, colour and width.

use std::io::IsTerminal;

/// Language of messages: the flag, else `LC_ALL`, `LC_MESSAGES`, `LANG`; `zh…` is Chinese, anything else English.
pub(super) fn lang(flag: Option<&str>) -> String {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    let word = flag.map(str::to_owned).or_else(|| ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|n| set(n)));
    if word.is_some_and(|w| w.to_ascii_lowercase().starts_with("zh")) { "zh-Hans".to_owned() } else { "en".to_owned() }
}

/// Whether to colour: `NO_COLOR` forbids, `CLICOLOR_FORCE` forces, else only a terminal.
pub(super) fn color(stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0");
    std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && (set("CLICOLOR_FORCE") || stream.is_terminal())
}

/// Width for reports: `COLUMNS`, else 120.
pub(super) fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|v| v.parse().ok()).filter(|n| *n >= 40).unwrap_or(120)
}

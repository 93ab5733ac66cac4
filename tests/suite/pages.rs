//! What stories about pages share: a site from the sample or from files in memory, and its pages as words.

use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;
use std::path::Path;

/// The sample on its own day.
pub(super) fn sample() -> Compiled {
    let (sources, read) = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample can be read");
    let day = Date::new(2026, 9, 17).expect("a real day");
    compile(Input { sources, read, clock: Clock::fixed(day) })
}

/// The sample with some files more, or others in their place, on its own day.
pub(super) fn sample_with(more: &[(&str, &str)]) -> Compiled {
    let (sources, _) = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample can be read");
    let text = |file| sources.text(file).unwrap_or_default().to_owned();
    let all: Vec<(String, String)> = sources.under("").map(|(path, file)| (path.to_owned(), text(file))).collect();
    let kept = all.iter().map(|(p, t)| (p.as_str(), t.as_str())).filter(|(p, _)| !more.iter().any(|(m, _)| m == p));
    built("2026-09-17", &kept.chain(more.iter().copied()).collect::<Vec<_>>())
}

/// A playbook of some files on a day.
pub(super) fn built(as_of: &str, files: &[(&str, &str)]) -> Compiled {
    let files = files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec()));
    let (sources, read) = Sources::from_memory(files);
    let day = Date::parse(as_of).expect("a story names a real day");
    compile(Input { sources, read, clock: Clock::fixed(day) })
}

/// A file of the site.
pub(super) fn html(compiled: &Compiled, path: &str) -> String {
    let bytes = compiled.rendered.site.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8_lossy(bytes).into_owned()
}

/// The words of some HTML, white space squeezed to one space.
pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or("", |(_, words)| words));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of the main part of a page.
pub(super) fn words(compiled: &Compiled, path: &str) -> String {
    text(&format!("<main{}", html(compiled, path).split("<main").nth(1).unwrap_or_default()))
}

/// That some words stand in this order.
pub(super) fn assert_in_order(text: &str, wanted: &[&str]) {
    let mut rest = text;
    for part in wanted {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is not in: {rest}"));
        rest = &rest[at + part.len()..];
    }
}

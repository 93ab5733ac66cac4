//! The documentation: a playbook of prose, built by the program that it is about.

use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;
use std::path::Path;

fn documentation() -> Compiled {
    let (sources, read) =
        Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")).expect("docs/ can be read");
    let day = Date::new(2026, 11, 27).expect("a real day");
    compile(Input { sources, read, clock: Clock::fixed(day) })
}

fn html(compiled: &Compiled, path: &str) -> String {
    let bytes = compiled.rendered.site.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_documentation_has_no_finding_and_every_page_in_both_languages() {
    let compiled = documentation();
    assert_eq!(compiled.findings().iter().map(|d| d.rule.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
    for page in &compiled.model.pages {
        let languages: Vec<&str> = page.prose.versions.iter().map(|v| v.lang.tag()).collect();
        let both = ["en", "zh-Hans"].iter().all(|lang| languages.contains(lang));
        assert!(both || page.id.as_str() == "formats", "{} is written in {languages:?}", page.id);
    }
}

#[test]
fn a_playbook_of_prose_is_its_pages_and_says_nothing_of_campaigns() {
    let compiled = documentation();
    let home = html(&compiled, "index.html");
    let menu =
        home.split("class=\"nav\"").nth(1).and_then(|rest| rest.split("</nav>").next()).expect("there is a menu");
    assert!(menu.contains("For authors") && menu.contains("Rules"), "{menu}");
    for absent in ["Calendar", "Today", "Campaigns", "Lessons"] {
        assert!(!menu.contains(absent), "{absent} stands in {menu}");
    }
    assert!(home.contains("For authors") && home.contains("href=\"authors/index.html\""), "home leads to the pages");
    assert!(html(&compiled, "zh-Hans/index.html").contains("写给作者"));
    let about_campaigns =
        |path: &&String| path.starts_with("calendar") || path.ends_with(".ics") || path.contains("model.json");
    assert_eq!(compiled.rendered.site.keys().filter(about_campaigns).collect::<Vec<_>>(), Vec::<&String>::new());
}

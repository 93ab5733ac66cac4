//! The whole site in memory: what is planned, rendered and found.

use campaign_playbook::base::{Date, Diagnostic};
use campaign_playbook::model::{self, Model, settings::Settings};
use campaign_playbook::pages::PAGES;
use campaign_playbook::plan::{Ground, assemble};
use campaign_playbook::render::{Engine, Made, Rendered, Renderer};
use campaign_playbook::sources::Sources;
use campaign_playbook::theme::{self, Theme};
use campaign_playbook::{base::Found, checks};
use std::path::Path;

/// A playbook, read whole, with its theme.
struct Book {
    sources: Sources,
    model: Model,
    theme: Theme,
    found: Vec<Diagnostic>,
}

impl Book {
    fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec()));
        let (sources, found) = Sources::from_memory(files);
        Self::read(sources, found)
    }

    fn sample() -> Self {
        let (sources, found) = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        Self::read(sources, found)
    }

    fn read(mut sources: Sources, mut found: Found) -> Self {
        let settings = found.keep(Settings::read(&sources));
        let theme = found.keep(theme::load(&mut sources, &settings.theme, &settings.languages));
        let as_of = settings.as_of.unwrap_or_else(|| Date::new(2026, 9, 17).unwrap());
        let model = found.keep(model::load(&mut sources, settings, as_of, &checks::codes()));
        let mut judged = checks::run(&model);
        judged.findings.extend(found.sorted());
        Self { sources, model, theme, found: judged.findings }
    }

    /// The finished site, and what planning and rendering found.
    fn built(&self) -> (Rendered, Vec<Diagnostic>) {
        let ground = Ground {
            model: &self.model,
            sources: &self.sources,
            theme: &self.theme,
            findings: &self.found,
            waived: &[],
            rules: &checks::ALL_RULES,
        };
        let (plan, mut found) = assemble(&[PAGES], &ground);
        let engine = Engine::of(&self.theme, &self.model.settings.languages);
        let renderer = Renderer::of(&plan, &self.theme, &engine);
        let rendered = found.keep(renderer.all(Made::Everything, Vec::new(), &|| false).unwrap());
        (rendered, found.sorted())
    }
}

fn text(rendered: &Rendered, path: &str) -> String {
    let bytes = rendered.site.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn an_empty_playbook_is_a_site() {
    let book = Book::of(&[("playbook.toml", "title = \"Tea <3\"\nlanguages = [\"en\", \"zh-Hans\"]")]);
    let (rendered, found) = book.built();
    assert!(found.is_empty(), "{found:#?}");
    let home = text(&rendered, "index.html");
    assert!(home.contains("<html lang=\"en\">") && home.contains("Tea &lt;3"), "{home}");
    let chinese = text(&rendered, "zh-Hans/index.html");
    assert!(chinese.contains("href=\"../index.html\" lang=\"en\""), "{chinese}");
    assert!(chinese.contains("<span lang=\"en\">Tea &lt;3</span>"), "{chinese}");
}

#[test]
fn a_broken_template_is_found_where_it_is_broken() {
    let broken = [
        ("playbook.toml", "title = \"x\"\ntheme = \"own\""),
        (
            "themes/own/templates/home.html",
            "{% extends \"base.html\" %}\n{% block main %}{{ nothing.at_all }}{% endblock %}",
        ),
    ];
    let book = Book::of(&broken);
    let (_, found) = book.built();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].rule, "theme/template");
    let span = found[0].span.unwrap();
    assert_eq!(book.sources.path(span.file), "themes/own/templates/home.html");
    assert!(broken[1].1[span.range()].contains("nothing"), "{span:?}");
}

#[test]
fn a_template_that_does_not_compile_is_found() {
    for wrong in ["{% if %}", "{{ 1 | nosuch }}", "{% extends \"nowhere.html\" %}"] {
        let book =
            Book::of(&[("playbook.toml", "title = \"x\"\ntheme = \"own\""), ("themes/own/templates/home.html", wrong)]);
        let (_, found) = book.built();
        assert_eq!(found[0].rule, "theme/template", "{wrong}");
        let file = found[0].span.unwrap().file;
        assert_eq!(book.sources.path(file), "themes/own/templates/home.html", "{wrong}");
    }
}

#[test]
fn the_sample_is_rendered_the_same_twice() {
    let book = Book::sample();
    let (one, found) = book.built();
    assert!(found.is_empty(), "{found:#?}");
    let (other, _) = book.built();
    assert_eq!(one.site, other.site);
    // Looking at it: PLAYBOOK_SITE=/some/folder cargo test --test suite the_sample_is
    if let Ok(folder) = std::env::var("PLAYBOOK_SITE") {
        for (path, bytes) in &one.site {
            let file = Path::new(&folder).join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
    }
}

/// The words of a page between its tags, white space folded.
fn words(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, main)| main);
    let mut out = String::new();
    let mut in_tag = true;
    for c in body.chars() {
        match c {
            '<' => {
                in_tag = true;
                out.push(' ');
            }
            '>' => in_tag = false,
            c if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One campaign that is live on 17 September, with a node nobody has done.
fn september() -> Book {
    Book::of(&[
        (
            "playbook.toml",
            "title = \"Tea\"\nlanguages = [\"en\", \"zh-Hans\"]\ncalendar = \"cn\"\nas-of = 2026-09-17\n",
        ),
        (
            "content/people.toml",
            "[lin-yue]\nname = { en = \"Lin Yue\", zh-Hans = \"林悦\" }\ndepartment = \"marketing\"\n",
        ),
        ("content/departments.toml", "[marketing]\nname = \"Marketing\"\nlead = \"lin-yue\"\n"),
        (
            "content/calendars/cn-2026.toml",
            "region = \"cn\"\nyear = 2026\ncomplete = true\n[[holiday]]\nname = \"Mid-Autumn\"\nfrom = 2026-09-25\nto = 2026-09-27\n[[workday]]\ndate = 2026-09-20\n",
        ),
        (
            "content/campaigns/moon/campaign.toml",
            "title = { en = \"Moon\", zh-Hans = \"月\" }\nowner = \"lin-yue\"\nslot = \"theme\"\nstart = 2026-09-15\nend = 2026-09-20\naliases = [\"luna\"]\n[[milestone]]\nid = \"lanterns\"\ntask = \"Hang lanterns\"\ndue = \"T-1\"\nowner = \"lin-yue\"\n",
        ),
    ])
}

#[test]
fn home_says_what_is_live_what_is_late_and_what_comes() {
    let (site, found) = september().built();
    assert!(found.is_empty(), "{found:#?}");
    let home = words(&text(&site, "index.html"));
    for said in [
        "Thursday, 17 September 2026",
        "Moon Burst · day 3 of 6",
        "Mon 14 Sep Hang lanterns",
        "3 days overdue",
        "due today",
        "Who is needed Everybody Lin Yue 9 overdue 5 due",
    ] {
        assert!(home.contains(said), "{said}: {home}");
    }
    let chinese = words(&text(&site, "zh-Hans/index.html"));
    assert!(chinese.contains("2026年9月17日星期四") && chinese.contains("月 爆发期 · 第 3 天，共 6 天"), "{chinese}");
    assert!(chinese.contains("暂以English显示"), "the task has no Chinese: {chinese}");
}

#[test]
fn a_month_marks_holidays_make_up_days_and_phases() {
    let (site, _) = september().built();
    let month = text(&site, "calendar/2026-09/index.html");
    let words = words(&month);
    for said in ["Mid-Autumn 25–27 Sep", "make-up day", "Pre-heat 8–14 Sep", "Settling 21–27 Sep", "Hang lanterns"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(month.contains("aria-current=\"date\""));
    // The last day of August is on the grid, what is due on it is not.
    assert_eq!(month.matches("is-outside").count(), 5);
}

#[test]
fn an_earlier_id_leads_to_the_campaign() {
    let (site, _) = september().built();
    let moved = text(&site, "campaigns/luna/index.html");
    assert!(moved.contains("url=../moon/index.html"), "{moved}");
}

#[test]
fn every_page_keeps_the_policy_of_content_and_has_one_heading() {
    let (site, _) = Book::sample().built();
    for page in &site.pages {
        let html = String::from_utf8(page.html.to_vec()).unwrap();
        let path = &page.output;
        assert!(!html.contains(" style=\"") && !html.contains("<style"), "{path}: a style of its own");
        assert_eq!(html.matches("<script").count(), html.matches("<script src=").count(), "{path}: an inline script");
        assert_eq!(html.matches("<h1").count(), 1, "{path}: one heading of the first level");
        assert!(html.contains("default-src 'none'"), "{path}: no policy of content");
        assert!(!html.contains("=\"/"), "{path}: an address from the root of the server");
        assert!(html.contains("data-as-of=\"2026-09-17\""), "{path}: no as-of date");
    }
}

/// Every file under a folder of the crate with one of these endings.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut list = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)) {
                list.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    list.sort();
    list
}

/// The keys of the English words.
fn keys() -> Vec<String> {
    let key = |line: &str| {
        let (key, _) = line.split_once(" = ")?;
        key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-').then(|| key.to_owned())
    };
    let of_english = |(path, _): &(String, String)| path.ends_with("strings/en.toml") || path.contains("strings/en/");
    let texts: Vec<_> = files("themes/default/strings", &["toml"]).into_iter().filter(of_english).collect();
    texts.iter().flat_map(|(_, text)| text.lines().filter_map(key)).collect()
}

#[test]
fn no_word_of_the_interface_is_unused_and_none_is_missing() {
    let (templates, code) = (files("themes/default/templates", &["html"]), files("src", &["rs"]));
    let mut words = std::collections::BTreeSet::new();
    let mut beginnings = Vec::new();
    for (_, text) in templates.iter().chain(&code) {
        // Tests and documentation name words, too; a word that only they name is still one somebody wanted.
        for line in text.lines() {
            for literal in line.split('"') {
                words.insert(literal.to_owned());
                let beginning = literal.split('{').next().unwrap_or_default();
                if beginning.ends_with('-') && beginning.len() > 3 {
                    beginnings.push(beginning.to_owned());
                }
            }
        }
    }
    let keys = keys();
    let is_used = |key: &&String| words.contains(*key) || beginnings.iter().any(|b| key.starts_with(b));
    let unused: Vec<_> = keys.iter().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "nobody uses {unused:#?}");

    let known: std::collections::BTreeSet<&str> = keys.iter().map(String::as_str).collect();
    let mut missing = Vec::new();
    for (path, text) in &templates {
        for (at, _) in text.match_indices("\" | t") {
            let key = text[..at].rsplit('"').next().unwrap_or_default();
            if !known.contains(key) {
                missing.push(format!("{path}: {key}"));
            }
        }
    }
    for (path, text) in &code {
        for call in [".t(\"", ".tf(\"", ".count(\""] {
            for (at, _) in text.match_indices(call) {
                let key = text[at + call.len()..].split('"').next().unwrap_or_default();
                let is_test = path.contains("tests");
                if !known.contains(key) && !is_test {
                    missing.push(format!("{path}: {key}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "there are no words for {missing:#?}");
}

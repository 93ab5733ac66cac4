//! The whole site in memory: what is planned, rendered and found.

use campaign_playbook::base::{Date, Diagnostic};
use campaign_playbook::model::{self, Model, settings::Settings};
use campaign_playbook::pages::PAGES;
use campaign_playbook::plan::{Ground, assemble};
use campaign_playbook::render::{Rendered, render};
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
        let rendered = found.keep(render(&plan, &self.theme));
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
        ("themes/own/templates/home.html", "{% extends \"base.html\" %}\n{% block main %}{{ nothing.at_all }}{% endblock %}"),
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
        let book = Book::of(&[("playbook.toml", "title = \"x\"\ntheme = \"own\""), ("themes/own/templates/home.html", wrong)]);
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

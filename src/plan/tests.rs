use super::*;
use crate::base::{Date, Text};
use crate::model;
use crate::model::settings::Settings;

/// A playbook in memory, read whole, with its theme.
pub(crate) struct Book {
    pub(crate) sources: Sources,
    pub(crate) model: Model,
    pub(crate) theme: Theme,
    pub(crate) found: Vec<Diagnostic>,
}

impl Book {
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec()));
        let (sources, found) = Sources::from_memory(files);
        Self::read(sources, found)
    }

    fn read(mut sources: Sources, mut found: Found) -> Self {
        let settings = found.keep(Settings::read(&sources));
        let theme = found.keep(crate::theme::load(&mut sources, &settings.theme, &settings.languages));
        let as_of = settings.as_of.unwrap_or_else(|| Date::new(2026, 9, 17).unwrap());
        let model = found.keep(model::load(&mut sources, settings, as_of, &[]));
        Self { sources, model, theme, found: found.sorted() }
    }

    pub(crate) fn ground(&self) -> Ground<'_> {
        Ground {
            model: &self.model,
            sources: &self.sources,
            theme: &self.theme,
            findings: &self.found,
            waived: &[],
            rules: &[],
        }
    }
}

fn page(folder: &str) -> Planned<'static> {
    Planned::page(Route::page(folder), "home.html", |_| Page::new("", ()))
}

#[test]
fn two_files_at_one_address_are_a_finding_that_names_both() {
    fn planner<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
        vec![page("a").from("campaign `a`", None), page("b").from("campaign `b`", None).alias(Route::page("A"))]
    }
    let book = Book::of(&[("playbook.toml", "title = \"x\"")]);
    let ground = book.ground();
    let (plan, found) = assemble(&[&[planner]], &ground);
    let found = found.sorted();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message.en, "campaign `a` and campaign `b` would both lie at `A/index.html`");
    assert_eq!(plan.outputs().collect::<Vec<_>>(), ["a/index.html", "b/index.html"]);
}

#[test]
fn each_language_has_every_page_and_shared_files_are_there_once() {
    fn planner<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
        vec![page("a"), Planned::bytes(Route::shared("x.svg"), |_| b"x".to_vec())]
    }
    let book = Book::of(&[("playbook.toml", "title = \"x\"\nlanguages = [\"en\", \"zh-Hans\"]")]);
    let ground = book.ground();
    let (plan, _) = assemble(&[&[planner]], &ground);
    assert_eq!(plan.outputs().collect::<Vec<_>>(), ["a/index.html", "x.svg", "zh-Hans/a/index.html"]);
}

fn with_cx<T>(languages: &str, edition: usize, ask: impl Fn(&Cx<'_>) -> T) -> T {
    fn planner<'a>(_: &'a Ground<'a>) -> Vec<Planned<'a>> {
        vec![page("a/b").shows_at("content/sops/b.md", "text", "b-"), page("c")]
    }
    let book = Book::of(&[("playbook.toml", &format!("title = \"x\"\nlanguages = {languages}"))]);
    let ground = book.ground();
    let (plan, _) = assemble(&[&[planner]], &ground);
    let entry = plan.entries.iter().find(|e| e.edition == edition && e.output.ends_with("c/index.html")).unwrap();
    ask(&plan.cx(entry))
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn dates_and_ranges_read_as_people_write_them() {
    let range = |a, b| crate::base::DateRange::new(date(a), date(b)).unwrap();
    with_cx("[\"en\"]", 0, |cx| {
        assert_eq!(cx.date_full(date("2026-09-15")), "Tuesday, 15 September 2026");
        assert_eq!(cx.range(range("2026-09-15", "2026-09-20")), "15–20 Sep 2026");
        assert_eq!(cx.range(range("2026-09-28", "2026-10-02")), "28 Sep – 2 Oct 2026");
        assert_eq!(cx.range(range("2026-12-28", "2027-01-02")), "28 Dec 2026 – 2 Jan 2027");
        assert_eq!(cx.distance(date("2026-09-20")), "in 3 days");
        assert_eq!(cx.distance(date("2026-09-16")), "yesterday");
    });
    with_cx("[\"zh-Hans\"]", 0, |cx| {
        assert_eq!(cx.date_full(date("2026-09-15")), "2026年9月15日星期二");
        assert_eq!(cx.range(range("2026-09-15", "2026-09-20")), "2026年9月15日至20日");
        assert_eq!(cx.range(range("2026-12-28", "2027-01-02")), "2026年12月28日至2027年1月2日");
    });
}

#[test]
fn money_and_quantities_have_signs_and_units() {
    use crate::base::{Money, Quantity, Share};
    use crate::policy::MetricUnit;
    with_cx("[\"en\"]", 0, |cx| {
        assert_eq!(cx.money(Money(48_000_050)), "¥480,000.50");
        assert_eq!(cx.money(Money(-4_800_000)), "−¥48,000");
        assert_eq!(cx.money_short(Money(500_000_000)), "¥5m");
        assert_eq!(cx.money_short(Money(45_449_900)), "¥454.5k");
        assert_eq!(cx.percent_short(Share(1234)), "12.3%");
        assert_eq!(cx.quantity(Quantity(42_000), MetricUnit::Ratio), "1:4.2");
        assert_eq!(cx.quantity(Quantity(1_850_000), MetricUnit::Money), "¥185");
        assert_eq!(cx.quantity(Quantity(123_456_000_000), MetricUnit::Count), "12,345,600");
    });
    with_cx("[\"zh-Hans\"]", 0, |cx| assert_eq!(cx.money_short(Money(45_600_000)), "¥45.6万"));
}

#[test]
fn a_page_links_only_to_what_is_planned_and_in_its_own_language() {
    with_cx("[\"en\", \"zh-Hans\"]", 1, |cx| {
        assert_eq!(cx.href(&Route::page("a/b")).as_deref(), Some("../a/b/index.html"));
        assert_eq!(cx.href(&Route::page("nowhere")), None);
        assert_eq!(cx.source_href("content/sops/b.zh-Hans.md").as_deref(), Some("../a/b/index.html"));
    });
}

#[test]
fn words_of_another_language_say_so() {
    with_cx("[\"en\", \"zh-Hans\"]", 1, |cx| {
        let text = Text::plain("Spring");
        assert_eq!(cx.words(&text).lang.as_deref(), Some("en"));
        let number = Text::plain("618");
        assert_eq!(cx.words(&number).lang, None);
    });
}

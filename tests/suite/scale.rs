//! A playbook of ten years with months as full as those of 3,000 campaigns: pages stay small, everything is a few steps from home.

#[path = "../../benches/corpus/mod.rs"]
mod corpus;

use campaign_playbook::base::{Date, Severity};
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// HTML, CSS and JS of a page together.
const MOST: usize = 100_000;

static BOOK: LazyLock<Compiled> = LazyLock::new(|| built(corpus::Shape::small(4)));

fn built(shape: corpus::Shape) -> Compiled {
    let (sources, read) = Sources::from_memory(corpus::files(shape));
    compile(Input { sources, read, clock: Clock::fixed(Date::parse(corpus::AS_OF).unwrap()) })
}

fn html(path: &str) -> &'static str {
    std::str::from_utf8(&BOOK.rendered.site[path]).unwrap()
}

/// Values of `href` and `src`, as paths in the site; those to other hosts and to places on the same page left out.
fn links(path: &str, html: &'static str) -> impl Iterator<Item = (bool, String)> + use<> {
    let folder: Vec<String> = path.split('/').map(str::to_owned).collect();
    let hrefs = html.split("href=\"").skip(1).map(|rest| (false, rest));
    let sources = html.split("src=\"").skip(1).map(|rest| (true, rest));
    hrefs.chain(sources).filter_map(move |(is_source, rest)| {
        let address = rest.split(['"', '#']).next().filter(|a| !a.is_empty() && !a.contains(':'))?;
        let mut parts = folder[..folder.len() - 1].to_vec();
        for part in address.split('/') {
            match part {
                ".." => drop(parts.pop()),
                "." => {}
                part => parts.push(part.to_owned()),
            }
        }
        Some((is_source, parts.join("/")))
    })
}

fn pages() -> impl Iterator<Item = &'static str> {
    BOOK.rendered.pages.iter().map(|page| page.output.as_str())
}

/// All pages of a long list in English: the first and those under it.
fn leaves(folder: &str) -> impl Iterator<Item = &'static str> {
    let folder = format!("{folder}/");
    let is_part = |rest: &str| {
        rest.strip_suffix("index.html").is_some_and(|p| p.bytes().all(|b| b == b'/' || b.is_ascii_digit()))
    };
    pages().filter(move |path| path.strip_prefix(folder.as_str()).is_some_and(is_part))
}

/// How often a text stands on all pages of a list.
fn count(folder: &str, text: &str) -> usize {
    leaves(folder).map(|path| html(path).matches(text).count()).sum()
}

#[test]
fn the_playbook_is_a_sane_one() {
    let errors: Vec<_> =
        BOOK.findings().iter().filter(|d| d.severity == Severity::Error).map(|d| &d.message.en).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let warnings = BOOK.findings().iter().filter(|d| d.severity == Severity::Warning).count();
    assert!(warnings < BOOK.model.campaigns.len() / 2, "{warnings} warnings");
    let of_links: Vec<_> =
        BOOK.findings().iter().filter(|d| d.rule.starts_with("links/")).map(|d| &d.message.en).collect();
    assert!(of_links.is_empty(), "{of_links:#?}");
}

#[test]
fn no_page_is_heavier_than_the_cap() {
    let mut heavy: Vec<(usize, &str)> = Vec::new();
    for path in pages() {
        let parts: BTreeSet<String> = links(path, html(path))
            .map(|(_, to)| to)
            .filter(|to| to.ends_with(".css") || to.ends_with(".js"))
            .collect();
        let loaded: usize = parts.iter().filter_map(|part| BOOK.rendered.site.get(part)).map(|bytes| bytes.len()).sum();
        let weight = html(path).len() + loaded;
        if weight > MOST {
            heavy.push((weight, path));
        }
    }
    heavy.sort_unstable();
    assert!(
        heavy.is_empty(),
        "{} pages, the heaviest: {:#?}",
        heavy.len(),
        heavy.iter().rev().take(20).collect::<Vec<_>>()
    );
}

#[test]
fn every_page_is_a_few_links_from_home() {
    let homes = ["index.html", "zh-Hans/index.html"];
    let mut steps: BTreeMap<String, usize> = homes.iter().map(|home| ((*home).to_owned(), 0)).collect();
    let known: BTreeSet<&str> = pages().collect();
    let mut front = homes.to_vec();
    let mut step = 0;
    while !front.is_empty() {
        step += 1;
        let mut next = Vec::new();
        for path in front {
            for (_, to) in links(path, html(path)).filter(|(is_source, _)| !is_source) {
                let Some(to) = known.get(to.as_str()) else { continue };
                if steps.insert_if_new(to, step) {
                    next.push(*to);
                }
            }
        }
        front = next;
    }
    // A campaign's own parts lie behind it, weeks and days of the calendar behind their months.
    let most = |path: &str| if path.contains("campaigns/") || path.contains("calendar/") { 5 } else { 4 };
    let far: Vec<_> = pages()
        .filter(|path| !path.ends_with("404.html"))
        .filter(|path| steps.get(*path).is_none_or(|n| *n > most(path)))
        .map(|path| (path, steps.get(path)))
        .collect();
    assert!(far.is_empty(), "{} pages: {:#?}", far.len(), &far[..far.len().min(20)]);
}

trait InsertIfNew {
    fn insert_if_new(&mut self, path: &str, step: usize) -> bool;
}
impl InsertIfNew for BTreeMap<String, usize> {
    fn insert_if_new(&mut self, path: &str, step: usize) -> bool {
        let is_new = !self.contains_key(path);
        if is_new {
            self.insert(path.to_owned(), step);
        }
        is_new
    }
}

#[test]
fn what_is_on_several_pages_is_there_once_and_whole() {
    let model = &BOOK.model;
    let reviews = || model.campaigns.iter().filter_map(|c| c.postmortem.as_ref());
    let actions: usize = reviews().map(|p| p.actions.len()).sum();
    let handovers: usize = model.campaigns.iter().map(|c| c.handovers.len()).sum();
    let findings =
        BOOK.judged.findings.iter().filter(|d| !d.rule.starts_with("links/")).count() + BOOK.judged.waived.len();
    assert!(leaves("lessons").count() > 3 && leaves("lessons/actions").count() > 3 && leaves("check").count() > 1);
    assert_eq!(
        count("lessons", "<article class=\"card c-lesson\">"),
        reviews().filter(|p| !p.lessons.is_empty()).count()
    );
    let rows = |folder: &str| count(folder, "<tr") - count(folder, "<thead>");
    assert_eq!(rows("lessons/actions"), actions);
    assert_eq!(count("check", "<div class=\"finding\">"), findings);
    // On the first page the matrix of departments stands above the rows.
    let matrix = html("handovers/index.html").split("</table>").next().unwrap().matches("<tr").count() - 1;
    assert_eq!(rows("handovers") - matrix, handovers);
    // A month names each of its campaigns, whatever the year shows of them.
    let august = model.dated().filter(|(_, s)| s.window.first.year_month() == "2026-08");
    let named: BTreeSet<String> =
        leaves("reports/2026-08").flat_map(|path| links(path, html(path))).map(|(_, to)| to).collect();
    let missing: Vec<_> = august
        .filter(|(c, _)| !named.contains(&format!("campaigns/{}/index.html", c.id)))
        .map(|(c, _)| &c.id)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn pages_of_a_list_name_their_neighbours_and_all_years() {
    let first = html("lessons/index.html");
    assert!(first.contains("<link rel=\"next\" href=\"") && !first.contains("<link rel=\"prev\""));
    for year in 2017..=2025 {
        assert!(first.contains(&format!("href=\"{year}/index.html\"")), "{year}");
    }
    let last = html("lessons/2017/index.html");
    assert!(last.contains("<link rel=\"prev\" href=\"../2018/index.html\">") && !last.contains("<link rel=\"next\""));
    assert!(last.contains(" 2017</h1>"), "no title of the year");
}

#[test]
fn the_site_grows_with_its_campaigns_and_not_faster() {
    // As many campaigns more each time: what they add must be the same, whatever was there before.
    let size = |book: &Compiled| -> usize { book.rendered.pages.iter().map(|page| page.html.len()).sum() };
    let less = [0, 1].map(|dense| built(corpus::Shape::small(dense)));
    let first = (size(&less[1]) - size(&less[0])) / (less[1].model.campaigns.len() - less[0].model.campaigns.len());
    let later = (size(&BOOK) - size(&less[1])) / (BOOK.model.campaigns.len() - less[1].model.campaigns.len());
    assert!(later < first * 5 / 4, "a campaign added {first} bytes of pages, and later {later}");
}

//! A playbook of ten years with months as full as those of 3,000 campaigns: long lists are whole on their pages.

#[path = "../../benches/corpus/mod.rs"]
mod corpus;

use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::model::milestone::Standing;
use campaign_playbook::model::work::{self, Work};
use campaign_playbook::sources::Sources;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Bytes of HTML, CSS and JS that a page may have together.
const CAP: usize = 100_000;
/// Links from home to any page of one language: campaigns, a year, a campaign, its checklist, the same by person.
const STEPS: usize = 5;

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
fn what_is_on_several_pages_is_there_once_and_whole() {
    let model = &BOOK.model;
    let reviews = || model.campaigns.iter().filter_map(|c| c.postmortem.as_ref());
    let actions: usize = reviews().map(|p| p.actions.len()).sum();
    let handovers: usize = model.campaigns.iter().map(|c| c.handovers.len()).sum();
    let findings =
        BOOK.judged.findings.iter().filter(|d| !d.rule.starts_with("links/")).count() + BOOK.judged.waived.len();
    assert!(leaves("lessons").count() > 3 && leaves("lessons/actions").count() > 3 && leaves("check").count() > 1);
    assert_eq!(
        count("lessons", "<article class=\"card c-lesson\""),
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
fn what_a_first_query_of_a_search_may_load_has_a_bound() {
    // A shop's phone on a slow line: the head, the longest lists of two words, positions that are checked at once and as
    // many again, and every result in the largest piece.
    const MOST: usize = 150_000;
    let figure = |id: &str| usize::try_from(BOOK.model.policy.figure(id)).unwrap();
    for edition in ["", "zh-Hans/"] {
        let folder = format!("{edition}search/");
        let sizes = |part: &str| {
            let start = format!("{folder}{part}");
            let mut sizes: Vec<usize> = BOOK
                .rendered
                .site
                .iter()
                .filter(|(path, _)| path.starts_with(&start) && path.ends_with(".js"))
                .map(|(_, bytes)| bytes.len())
                .collect();
            sizes.sort_unstable_by(|a, b| b.cmp(a));
            sizes
        };
        let most = |part: &str, files: usize| sizes(part).into_iter().take(files).sum::<usize>();
        let script: usize = BOOK
            .rendered
            .site
            .iter()
            .filter(|(path, _)| path.contains("search.") && path.ends_with(".js") && !path.contains("search/"))
            .map(|(_, bytes)| bytes.len())
            .sum();
        assert!(script > 0, "the script of search goes by another name");
        let pieces = most("d/", figure("search-results")).max(most("c/", figure("search-results")));
        let positions = most("p/", 2 * figure("search-checked-files"));
        let all = script + most("index", 1) + most("t/", 3) + positions + pieces;
        println!("{edition}: {all}, script {script}, terms {}, positions {positions}, pieces {pieces}", most("t/", 3));
        assert!(
            all <= MOST,
            "{edition}: a first query may load {all} bytes, {positions} of positions, {pieces} of pieces"
        );
    }
}

/// Links of a page that lead to pages of the site.
fn ways(path: &'static str) -> impl Iterator<Item = String> {
    links(path, html(path)).filter(|(is_source, to)| !is_source && to.ends_with(".html")).map(|(_, to)| to)
}

#[test]
fn no_page_passes_the_cap_however_full_its_months() {
    let site = &BOOK.rendered.site;
    let mut over = Vec::new();
    for path in pages().filter(|path| !path.ends_with("404.html")) {
        let sent: BTreeSet<String> = links(path, html(path))
            .filter(|(is_source, to)| if *is_source { to.ends_with(".js") } else { to.ends_with(".css") })
            .map(|(_, to)| to)
            .collect();
        assert!(sent.len() > 2, "{path} names its sheet and scripts in a way that this story does not see");
        let weight = html(path).len() + sent.iter().map(|file| site[file.as_str()].len()).sum::<usize>();
        if weight > CAP {
            over.push((weight, path));
        }
    }
    assert!(over.is_empty(), "{over:?}");
}

#[test]
fn every_page_is_a_few_links_from_home() {
    let is_here = |path: &&str| !path.starts_with("zh-") && !path.ends_with("404.html");
    let all: BTreeSet<&'static str> = pages().filter(is_here).collect();
    let mut reached = BTreeSet::from(["index.html"]);
    let mut edge: Vec<&'static str> = vec!["index.html"];
    for _ in 0..STEPS {
        let next: BTreeSet<String> = edge.iter().flat_map(|path| ways(path)).collect();
        edge = next.iter().filter_map(|to| all.get(to.as_str())).copied().filter(|to| reached.insert(to)).collect();
    }
    let far: Vec<_> = all.difference(&reached).filter(|path| !html(path).contains("http-equiv=\"refresh\"")).collect();
    assert!(far.is_empty(), "{} of {}: {:?}", far.len(), all.len(), &far[..far.len().min(20)]);
}

fn menu(html: &str) -> &str {
    html.split("<nav class=\"nav\"").nth(1).unwrap().split("</nav>").next().unwrap()
}

#[test]
fn the_menu_does_not_grow_with_campaigns() {
    let few = built(corpus::Shape::new(12, 10));
    let few = std::str::from_utf8(&few.rendered.site["index.html"]).unwrap();
    let many = menu(html("index.html"));
    assert!(many.matches("<a ").count() > 10, "{many}");
    assert_eq!(many, menu(few));
}

#[test]
fn all_open_work_of_somebody_is_on_their_pages() {
    let all = work::by_owner(&BOOK.model);
    let mut cut = 0;
    for (id, work) in &all {
        let folder = format!("people/{id}/work");
        if leaves(&folder).next().is_none() {
            continue;
        }
        cut += 1;
        let is_open = |w: &&Work<'_>| {
            matches!(w.standing(BOOK.model.as_of), Some(Standing::Open { .. } | Standing::Overdue { .. }))
        };
        let dated: usize = leaves(&folder)
            .flat_map(|path| html(path).split("<li class=\"is-todo\"").skip(1))
            .filter(|row| row.split_once('>').unwrap().1.starts_with("<time"))
            .count();
        assert_eq!(dated, work.iter().filter(is_open).count(), "{id}");
    }
    assert!(cut > 3, "only {cut} people have more than a page of work");
}

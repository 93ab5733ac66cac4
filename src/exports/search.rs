//! `search/`: the index that the header searches, an edition each: every word that stands on its pages, in whichever language.
//!
//! Words of letters are found by their beginning, Chinese words by any two or more of their characters, one by itself
//! too; nothing is missed and nothing found that is not there. Why an index of our own: one by segments of words misses
//! words, one in WebAssembly does not work by double click.

mod extract;
mod fold;
mod index;
mod shards;
mod tokens;

use crate::base::{Date, Fingerprint};
use crate::model::Model;
use crate::pages::routes;
use crate::plan::{Cx, Finished, Ground, Planned, Route, Words};
use index::Doc;
use rayon::prelude::*;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The index, a folder for each language, if the site has a search.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    if !ground.model.settings.search {
        return Vec::new();
    }
    vec![Planned::folder(file(INDEX), files)]
}

/// The file that is loaded first.
const INDEX: &str = "index";

fn file(name: &str) -> Route {
    routes::search().beside(&format!("{name}.js"))
}

/// A page with what ranks it.
struct Ranked<'p> {
    page: &'p Finished,
    path: &'p str,
    kind: usize,
    bonus: i64,
    /// Days from the beginning of its campaign to today: of two alike, what is near stands first.
    away: Option<i64>,
    doc: Doc,
}

/// What is loaded first.
#[derive(Serialize)]
struct Head<'a> {
    /// The first term of each file of terms.
    terms: String,
    /// Kind, rank and number of pages in a row.
    runs: Vec<(usize, i64, usize)>,
    kinds: Vec<(&'a str, String)>,
    /// Pages in each file of pages.
    group: usize,
    /// Forms of characters that stand on the pages: the form of the index, then the other one.
    forms: String,
    /// Rank by place: text, often, heading, title.
    ranks: [i64; 4],
    prefix: i64,
    results: i64,
    /// Files of positions up to which all that may be found is checked at once.
    checked: i64,
    words: BTreeMap<&'a str, String>,
}

/// A piece of a page's text, with all that a result shows.
#[derive(Serialize)]
struct Piece<'a> {
    /// Its path in this edition.
    u: &'a str,
    /// Its title.
    t: &'a str,
    /// Language of the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    l: Option<&'a str>,
    /// What it lies under.
    c: String,
    /// The text.
    x: &'a str,
    /// From which unit of UTF-16 on which place is nearest: unit, id, heading.
    a: Vec<(usize, &'a str, &'a str)>,
    /// From which unit on the words are in which language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    g: Vec<(usize, &'a str)>,
}

fn files(cx: &Cx<'_>, pages: &[Finished]) -> Vec<(Route, Arc<[u8]>)> {
    let model = cx.model();
    let policy = &model.policy;
    let size = |id: &str| usize::try_from(policy.figure(id)).unwrap_or(0).max(100);
    let edition = model.settings.languages.iter().position(|lang| lang == cx.lang());
    let mut ranked: Vec<Ranked<'_>> = pages
        .par_iter()
        .filter(|page| Some(page.edition) == edition && !page.is_hidden)
        .map(|page| ranked(page, size("search-page-bytes"), model))
        .collect();
    ranked.sort_by(|a, b| {
        let key = |r: &Ranked<'_>| (r.kind, Reverse(r.bonus), r.away, r.path.matches('/').count());
        key(a).cmp(&key(b)).then_with(|| a.path.cmp(b.path))
    });
    let (heads, docs): (Vec<_>, Vec<Doc>) =
        ranked.into_iter().map(|r| ((r.page, r.path, r.kind, r.bonus), r.doc)).unzip();
    let often = u16::try_from(policy.figure("search-often-times")).unwrap_or(u16::MAX);
    let index = index::index(&docs, often);
    let shards =
        shards::cut(&index, size("search-shard-bytes"), size("search-term-files"), size("search-position-files"));
    let first: usize = docs.iter().map(|doc| doc.chunks[0].len()).sum();
    // A result needs one page of a file: most files hold half of what a long page would.
    let group = (size("search-page-bytes") * docs.len() / (2 * first.max(1))).max(1);

    let mut runs: Vec<(usize, i64, usize)> = Vec::new();
    for (_, _, kind, bonus) in &heads {
        match runs.last_mut() {
            Some(run) if (run.0, run.1) == (*kind, *bonus) => run.2 += 1,
            _ => runs.push((*kind, *bonus, 1)),
        }
    }
    let head = Head {
        terms: shards.terms.iter().map(|(first, _)| first.as_str()).collect::<Vec<_>>().join(" "),
        runs,
        kinds: policy.rows.search_kinds.iter().map(|(id, kind)| (id, cx.plain(&kind.name))).collect(),
        group,
        forms: standing(&docs),
        ranks: ["text", "often", "heading", "title"].map(|place| policy.figure(&format!("search-{place}"))),
        prefix: policy.figure("search-prefix"),
        results: policy.figure("search-results"),
        checked: policy.figure("search-checked-files"),
        words: words(cx),
    };
    let mut out: Vec<(String, String)> = Vec::new();
    out.extend(shards.terms.iter().enumerate().map(|(n, (_, list))| (format!("t/{n}"), json(list))));
    out.extend(shards.positions.iter().enumerate().map(|(n, list)| (format!("p/{n}"), json(list))));
    let grouped: Vec<String> = (0..docs.len())
        .collect::<Vec<_>>()
        .par_chunks(group)
        .map(|numbers| json(&numbers.iter().map(|n| piece(&heads[*n], &docs[*n], 0)).collect::<Vec<_>>()))
        .collect();
    out.extend(grouped.into_iter().enumerate().map(|(n, list)| (format!("d/{n}"), list)));
    for (number, doc) in docs.iter().enumerate() {
        let later = 1..doc.chunks.len();
        out.extend(later.map(|n| (format!("c/{number}-{n}"), json(&piece(&heads[number], doc, n)))));
    }
    out.push(("fold".to_owned(), json(&others(&index))));
    finished(out, &head)
}

/// Every file as a script. All name the state of the whole, so that none is used with a part of another state; but for the
/// one that is loaded first, they have it in their names too, so that a web server can keep those of the last states for
/// pages that are open, and a browser need not ask again.
fn finished(files: Vec<(String, String)>, head: &Head<'_>) -> Vec<(Route, Arc<[u8]>)> {
    let head = json(head);
    let mut all = String::new();
    for (name, value) in &files {
        all.push_str(name);
        all.push_str(value);
    }
    all.push_str(&head);
    let state = Fingerprint::of(all.as_bytes()).short();
    let script = |(name, value): (String, String)| {
        let route = if name == INDEX { file(&name) } else { file(&format!("{name}.{state}")) };
        (route, Arc::from(format!("playbookSearch(\"{name}\",\"{state}\",{value});\n").into_bytes()))
    };
    files.into_iter().chain([(INDEX.to_owned(), head)]).map(script).collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("bug: a part of the index is plain")
}

fn ranked<'p>(page: &'p Finished, size: usize, model: &Model) -> Ranked<'p> {
    let policy = &model.policy;
    let path = page.route.path();
    let folder = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let kind = policy.rows.search_kinds.iter().position(|(_, kind)| kind.routes.iter().any(|r| fits(r, folder)));
    // What no kind fits is of the last.
    let kind = kind.unwrap_or(policy.rows.search_kinds.0.len().saturating_sub(1));
    let weight = policy.rows.search_kinds.iter().nth(kind).map_or(0, |(_, kind)| kind.weight);
    let mut words = extract::words(std::str::from_utf8(&page.html).unwrap_or_default());
    // A title says more than the page's first line: `Budget`, where that says only whose.
    if !words.title.contains(&page.title.text) {
        words.title = format!("{} {}", words.title, page.title.text);
    }
    let chunks = index::chunks(&words.text, size);
    let begins = begins(folder, model);
    let bonus = weight + recency(folder, begins, model);
    let away = begins.map(|day| model.as_of.until(day).abs());
    Ranked { page, path, kind, bonus, away, doc: Doc { words, chunks } }
}

/// Whether a pattern fits a folder: `*` stands for any words.
fn fits(pattern: &str, folder: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|start| folder.strip_prefix(start)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((end, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(end)
}

/// When the campaign of a folder begins.
fn begins(folder: &str, model: &Model) -> Option<Date> {
    let campaign = model.campaign(folder.strip_prefix("campaigns/")?.split('/').next()?)?;
    Some(campaign.start.as_ref()?.value)
}

/// What a page gains by its year: this year's most, others less by each year, those of no year nearly most.
fn recency(folder: &str, begins: Option<Date>, model: &Model) -> i64 {
    let most = model.policy.figure("search-this-year");
    let in_path = || {
        let mut numbers = folder.split(|c: char| !c.is_ascii_digit());
        numbers.find(|n| n.len() == 4).and_then(|n| n.parse::<i64>().ok())
    };
    match begins.map(|day| i64::from(day.year())).or_else(in_path) {
        Some(year) => (most - (i64::from(model.as_of.year()) - year).abs()).max(0),
        None => (most - 1).max(0),
    }
}

fn piece<'a>((page, path, _, _): &(&'a Finished, &'a str, usize, i64), doc: &'a Doc, number: usize) -> Piece<'a> {
    let range = doc.chunks[number].clone();
    let text = &doc.words.text;
    let units = |at: usize| text[range.start..at].encode_utf16().count();
    /// What holds at the start of a piece, and what changes within it.
    fn within<T>(all: &[T], at: impl Fn(&T) -> usize, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let first = all.partition_point(|one| at(one) <= range.start).saturating_sub(1);
        let last = all.partition_point(|one| at(one) < range.end);
        first.min(last)..last
    }
    let places = &doc.words.places[within(&doc.words.places, |p| p.at, &range)];
    let languages = &doc.words.languages[within(&doc.words.languages, |l| l.0, &range)];
    let Words { text: title, lang } = &page.title;
    Piece {
        u: path,
        t: title,
        l: lang.as_deref(),
        c: page.crumbs.join(" › "),
        x: text[range.clone()].trim_end(),
        a: places.iter().map(|p| (units(p.at.max(range.start)), p.id.as_str(), p.heading.as_str())).collect(),
        g: languages
            .iter()
            .map(|(at, lang)| (units((*at).max(range.start)), lang.as_deref().unwrap_or_default()))
            .collect(),
    }
}

/// The other forms of Chinese characters that stand on the pages.
fn standing(docs: &[Doc]) -> String {
    let chars: BTreeSet<char> = docs
        .par_iter()
        .flat_map_iter(|d| d.words.text.chars().chain(d.words.title.chars()))
        .filter(|c| fold::is_cjk(*c))
        .collect();
    let mut out = String::new();
    for (form, others) in fold::forms() {
        for other in others.into_iter().filter(|other| chars.contains(other)) {
            out.push(form);
            out.push(other);
        }
    }
    out
}

/// Every other form of the characters that stand in the index.
fn others(index: &index::Index) -> String {
    let mut out = String::new();
    for (form, others) in fold::forms() {
        if index.contains_key(form.encode_utf8(&mut [0; 4])) {
            for other in others {
                out.push(form);
                out.push(other);
            }
        }
    }
    out
}

/// The words of the interface that the script shows.
fn words<'a>(cx: &Cx<'_>) -> BTreeMap<&'a str, String> {
    let plain = [
        ("label", "search-label"),
        ("hint", "search-hint"),
        ("all", "search-all"),
        ("kinds", "search-kinds"),
        ("many", "search-found"),
        ("none", "search-none"),
        ("advice", "search-advice"),
        ("more", "search-more"),
        ("page", "search-page"),
        ("wait", "search-wait"),
        ("failed", "search-failed"),
        ("keys", "search-keys"),
    ];
    let mut words: BTreeMap<&str, String> = plain.iter().map(|(name, key)| (*name, cx.t(key).to_owned())).collect();
    words.insert("one", cx.count("search-found", 1));
    words
}

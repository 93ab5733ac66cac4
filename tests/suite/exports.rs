//! Files beside the pages: calendars, tables, the sitemap.

use campaign_playbook::base::Found;
use campaign_playbook::compile::{Clock, Input, compile};
use campaign_playbook::sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Site = BTreeMap<String, Vec<u8>>;

fn built(sources: Sources, read: Found, now: i64) -> Site {
    let compiled = compile(Input { sources, read, clock: Clock { now, ..Clock::default() } });
    compiled.rendered.site.iter().map(|(path, bytes)| (path.clone(), bytes.to_vec())).collect()
}

fn sample(now: i64) -> Site {
    let (sources, read) = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    built(sources, read, now)
}

fn book(files: &[(&str, &str)]) -> Site {
    let (sources, read) = Sources::from_memory(files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec())));
    built(sources, read, 0)
}

fn text(site: &Site, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap_or_else(|| panic!("no {path}")).clone()).unwrap()
}

/// The unfolded lines of a feed.
fn lines(site: &Site, path: &str) -> Vec<String> {
    text(site, path).replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

fn values<'l>(lines: &'l [String], property: &str) -> Vec<&'l str> {
    let value = |line: &'l String| {
        let (name, value) = line.split_once(':')?;
        (name.split(';').next() == Some(property)).then_some(value)
    };
    lines.iter().filter_map(value).collect()
}

#[test]
fn every_feed_of_the_sample_keeps_the_format() {
    let site = sample(0);
    let feeds: Vec<&String> = site.keys().filter(|path| path.ends_with(".ics")).collect();
    assert_eq!(feeds.len() % 2, 0, "as many in Chinese as in English");
    assert!(feeds.len() > 70, "{feeds:?}");
    for path in feeds {
        let raw = text(&site, path);
        assert!(raw.split("\r\n").all(|line| line.len() <= 75), "{path}: a line is too long");
        assert!(!raw.replace("\r\n", "").contains(['\r', '\n']), "{path}: a bare line end");
        let lines = lines(&site, path);
        let count = |line: &str| lines.iter().filter(|l| *l == line).count();
        assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"), "{path}");
        assert!(count("BEGIN:VEVENT") + count("BEGIN:VTIMEZONE") > 0, "{path}: a calendar must hold something");
        let uids = values(&lines, "UID");
        assert_eq!(uids.len(), count("BEGIN:VEVENT"), "{path}");
        assert_eq!(uids.iter().collect::<BTreeSet<_>>().len(), uids.len(), "{path}: a uid twice");
        for property in ["DTSTAMP", "DTEND", "SUMMARY", "SEQUENCE"] {
            assert_eq!(values(&lines, property).len(), uids.len(), "{path}: {property}");
        }
    }
}

#[test]
fn a_thing_is_the_same_event_in_every_feed_and_language() {
    let site = sample(0);
    let uids = |path: &str| values(&lines(&site, path), "UID").into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(uids("calendar.ics"), uids("zh-Hans/calendar.ics"));
    let campaign = uids("campaigns/2026-09-moonlit-table/campaign.ics");
    assert!(campaign.contains("milestone.2026-09-moonlit-table.go-live@playbook"), "{campaign:?}");
    assert!(uids("calendar.ics").contains("milestone.2026-09-moonlit-table.go-live@playbook"));
    let person = uids("people/su-wen/person.ics");
    assert!(person.contains("milestone.2026-09-moonlit-table.peak@playbook"), "{person:?}");
}

#[test]
fn exports_do_not_depend_on_the_clock() {
    assert_eq!(sample(0), sample(1_900_000_000));
}

const CAMPAIGN: &str = "title = \"=618, the sale\"\naliases = [\"618\"]\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n\
    [[duty]]\nperson = \"lin\"\nfrom = \"T\"\nshift = \"day\"\n[[duty]]\nperson = \"lin\"\nfrom = \"T\"\nshift = \"night\"\n";
const SOP: &str = "+++\ntitle = \"S\"\nphase = \"preparation\"\nowner = \"lin\"\nversion = \"1\"\n+++\n\
    ## Sums {#sums}\n\n- [ ] =SUM(A1) is not a formula {#sum role=sales due=T-9 must measure=\"-1\"}\n- [ ] Someday {#someday}\n";

fn small(base_url: &str) -> Site {
    let settings = format!("title = \"P\"\nas-of = 2026-06-11\n{base_url}");
    book(&[
        ("playbook.toml", &settings),
        (
            "content/people.toml",
            "[lin]\nname = \"Lin\"\ndepartment = \"sales\"\n[bo]\nname = \"Bo\"\ndepartment = \"sales\"\n",
        ),
        ("content/departments.toml", "[sales]\nname = \"Sales\"\nlead = \"lin\"\n"),
        ("content/campaigns/june/campaign.toml", CAMPAIGN),
        ("content/sops/s.md", SOP),
    ])
}

#[test]
fn a_live_window_ends_on_the_day_after_its_last_and_links_to_its_page() {
    let site = small("base-url = \"https://plans.example/book\"");
    let lines = lines(&site, "campaigns/june/campaign.ics");
    let at = lines.iter().position(|l| l == "UID:live.june@plans.example/book").unwrap();
    let start = lines[..at].iter().rposition(|l| l == "BEGIN:VEVENT").unwrap();
    let event = &lines[start..];
    assert_eq!(values(event, "DTSTART")[0], "20260610");
    assert_eq!(values(event, "DTEND")[0], "20260615");
    assert_eq!(values(event, "SUMMARY")[0], "=618\\, the sale");
    assert_eq!(values(&lines, "X-WR-CALNAME"), ["=618\\, the sale · P"]);
    assert!(
        values(&lines, "URL").contains(&"https://plans.example/book/campaigns/june/timeline/#go-live"),
        "{lines:#?}"
    );
}

#[test]
fn whoever_subscribed_under_an_earlier_id_stays_subscribed() {
    let site = small("");
    assert_eq!(site["campaigns/618/campaign.ics"], site["campaigns/june/campaign.ics"]);
}

#[test]
fn two_shifts_of_one_day_are_two_events_and_nobody_has_an_empty_calendar() {
    let site = small("");
    let mine = lines(&site, "people/lin/person.ics");
    let duty: Vec<&str> = values(&mine, "UID").into_iter().filter(|uid| uid.contains("duty.")).collect();
    assert_eq!(duty, ["duty.june.lin.2026-06-10@playbook", "2.duty.june.lin.2026-06-10@playbook"]);
    // An item without a day is in no calendar.
    assert!(!mine.iter().any(|l| l.contains("Someday")));
    let theirs = lines(&site, "people/bo/person.ics");
    assert!(theirs.contains(&"BEGIN:VTIMEZONE".to_owned()) && !theirs.contains(&"BEGIN:VEVENT".to_owned()));
}

#[test]
fn a_checklist_opens_in_a_spreadsheet_and_computes_nothing() {
    let table = text(&small(""), "campaigns/june/checklist.csv");
    assert_eq!(
        table,
        "\u{feff}Key,Checkpoint,Phase,Group,Role,Owner,Due,Mandatory,Measure,Result,Done on,State\r\n\
         s/sum,'=SUM(A1) is not a formula,Preparation,,Sales,Lin,2026-06-01,yes,-1,,,overdue\r\n\
         s/someday,Someday,Preparation,,,Lin,,,,,,open\r\n"
    );
}

#[test]
fn the_sitemap_is_there_when_the_address_is_known_and_names_every_page() {
    assert!(!small("").contains_key("sitemap.xml"));
    let site = small("base-url = \"https://plans.example/book/\"");
    let map = text(&site, "sitemap.xml");
    assert!(map.contains("<loc>https://plans.example/book/</loc>"), "{map}");
    assert!(map.contains("<loc>https://plans.example/book/people/lin/</loc>"), "{map}");
    assert!(!map.contains("index.html") && !map.contains("404"), "{map}");
    assert!(site.contains_key(".nojekyll"));
}

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

/// The JSON files keep the schema in all that a schema can say simply; `tests/feeds/verify.py` asks a full validator.
#[test]
fn the_model_as_json_has_every_campaign_in_head_and_in_full() {
    let site = sample(0);
    let json = |path: &str| serde_json::from_str::<serde_json::Value>(&text(&site, path)).unwrap();
    let model = json("model.json");
    assert_eq!(model["as_of"], "2026-09-17");
    assert_eq!(model["format"], 1);
    let campaigns = model["campaigns"].as_array().unwrap();
    assert_eq!(campaigns.len(), 13);
    let starts: Vec<&str> = campaigns.iter().map(|c| c["start"].as_str().unwrap()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    for head in campaigns {
        let whole = json(head["file"].as_str().unwrap());
        for (key, value) in head.as_object().unwrap() {
            assert_eq!(&whole[key], value, "the head is part of the whole: {key}");
        }
        assert_eq!(whole["milestones"].as_array().unwrap().len() as u64, head["milestones_all"].as_u64().unwrap());
        assert_eq!(whole["checklist"].as_array().unwrap().len() as u64, head["items_all"].as_u64().unwrap());
        assert!(site.contains_key(head["page"].as_str().unwrap()), "{head}");
        assert!(!text(&site, head["file"].as_str().unwrap()).contains("null"), "what is not known is left out");
    }
    // The same figures as in the table.
    let table = text(&site, "tables/campaigns.csv");
    let oolong = campaigns.iter().find(|c| c["id"] == "2026-10-autumn-oolong").unwrap();
    let row = table.lines().find(|l| l.starts_with("2026-10-autumn-oolong,")).unwrap();
    assert!(row.contains(oolong["budget"].as_str().unwrap()), "{row} {oolong}");
    let schema = json("model.schema.json");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    // Every key of a campaign is described.
    let described = schema["$defs"]["campaign_file"]["properties"].as_object().unwrap();
    for key in json("campaigns/2026-03-spring-renewal/campaign.json").as_object().unwrap().keys() {
        assert!(described.contains_key(key), "{key} is not in the schema");
    }
}

#[test]
fn news_have_stable_ids_and_dates_that_somebody_wrote() {
    let site = sample(0);
    for path in ["feed.xml", "zh-Hans/feed.xml"] {
        let feed = text(&site, path);
        let ids: Vec<&str> = feed.split("<id>").skip(1).map(|part| part.split('<').next().unwrap()).collect();
        assert!(ids.len() > 20, "{path}: {ids:?}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: an id twice");
        assert!(ids.iter().all(|id| id.starts_with("tag:") && id.contains(".playbook.invalid,")), "{ids:?}");
        let updated: Vec<&str> = feed.split("<updated>").skip(2).map(|part| part.split('<').next().unwrap()).collect();
        assert!(updated.is_sorted_by(|a, b| a >= b), "the newest first: {updated:?}");
        assert!(updated.iter().all(|day| *day <= "2026-09-17T00:00:00Z"), "nothing of the future: {updated:?}");
        assert!(!feed.contains("href=\"http"), "relative links only: the site does not know its address");
        for link in feed.split(" href=\"").skip(1).map(|part| part.split('"').next().unwrap()) {
            let folder = path.strip_suffix("feed.xml").unwrap();
            let (page, fragment) = link.split_once('#').unwrap_or((link, ""));
            let page = format!("{folder}{page}");
            assert!(site.contains_key(&page), "{path}: {link} leads nowhere");
            let is_there = fragment.is_empty() || text(&site, &page).contains(&format!(" id=\"{fragment}\""));
            assert!(is_there, "{path}: {link} leads to no place on its page");
        }
        let page = text(&site, &path.replace("feed.xml", "lessons/index.html"));
        assert!(page.contains("type=\"application/atom+xml\" href=\"../feed.xml\""), "{path}");
    }
    // The ids do not depend on how far the playbook has got: the same day a year on, the same entries.
    let ids = |site: &Site| {
        let feed = text(site, "feed.xml");
        feed.split("<entry>").skip(1).map(|e| e[..e.find("</id>").unwrap()].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&site), ids(&sample(0)));
}

#[test]
fn news_of_a_site_that_knows_its_address_are_absolute_and_a_review_stays_one_entry() {
    let campaign = "title = \"May <3\"\nowner = \"lin\"\nstart = 2026-05-10\nend = 2026-05-14\n";
    let review = |dates: &str| {
        format!("+++\nstatus = \"final\"\nlessons = [\"Ask & listen\"]\n[dates]\n{dates}+++\n## Effect\nGood.\n")
    };
    let book = |as_of: &str, dates: &str| {
        let settings = format!("title = \"Tea\"\nbase-url = \"https://tea.example/book\"\nas-of = {as_of}\n");
        let results = "[[revision]]\ndate = 2026-05-01\nreason = \"Rain\"\n[[revision]]\ndate = 2026-05-01\nreason = \"Hail\"\nrejected = true\n";
        book(&[
            ("playbook.toml", &settings),
            ("content/campaigns/may/campaign.toml", campaign),
            ("content/campaigns/may/results.toml", results),
            ("content/campaigns/may/postmortem.md", &review(dates)),
        ])
    };
    let early = text(&book("2026-05-30", "draft = 2026-05-20\nfinal = 2026-06-20\n"), "feed.xml");
    assert!(early.contains("<id>tag:tea.example,2026:book/revision/may/2026-05-01</id>"), "{early}");
    assert!(early.contains("<id>tag:tea.example,2026:book/revision/may/2026-05-01/2</id>"), "{early}");
    assert!(early.contains("href=\"https://tea.example/book/campaigns/may/timeline/\""), "{early}");
    assert!(early.contains("<title>Plan rejected: May &lt;3</title>"), "{early}");
    assert!(early.contains("&lt;li&gt;Ask &amp;amp; listen&lt;/li&gt;"), "{early}");
    let entry = |feed: &str| feed.split("<entry>").find(|e| e.contains("/review/")).unwrap().to_owned();
    let late = text(&book("2026-06-30", "draft = 2026-05-20\nfinal = 2026-06-20\n"), "feed.xml");
    let id = "<id>tag:tea.example,2026:book/review/may/2026-05-20</id>";
    assert!(entry(&early).contains(id) && entry(&late).contains(id), "one entry: {}", entry(&late));
    assert!(entry(&early).contains("<updated>2026-05-20T") && entry(&late).contains("<updated>2026-06-20T"));
}

#[test]
fn every_table_is_offered_on_its_page_and_listed_in_one_line() {
    let site = sample(0);
    let list = text(&site, "tables/index.html");
    let mut tables = 0;
    for path in site.keys().filter(|p| p.starts_with("tables/") && p.ends_with(".csv")) {
        let name = path.strip_prefix("tables/").unwrap();
        assert!(list.contains(&format!("<a href=\"{name}\" download>{name}</a></dt><dd>")), "{name} is not listed");
        let offering = site.iter().filter(|(p, _)| p.ends_with(".html") && !p.starts_with("tables/"));
        let offers = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(&format!("tables/{name}\" download"));
        assert!(offering.into_iter().any(|(_, bytes)| offers(bytes)), "no page offers {name}");
        tables += 1;
    }
    assert_eq!(tables, list.matches(".csv\" download>").count(), "every one that is listed is there");
    // Rows are those of the page.
    let rows = |name: &str| text(&site, &format!("tables/{name}.csv")).split("\r\n").count() - 2;
    assert!(rows("calendar") > 200 && rows("people") > 10 && rows("work") > 500);
    assert_eq!(rows("alerts"), text(&site, "feed.xml").matches("<category term=\"alert\"/>").count());
}

//! Pages of work: a person, a department, a role, and what they tell "this is me".

use campaign_playbook::base::Found;
use campaign_playbook::compile::{Clock, Input, compile};
use campaign_playbook::sources::Sources;
use std::collections::BTreeMap;
use std::path::Path;

type Site = BTreeMap<String, Vec<u8>>;

fn built(sources: Sources, read: Found) -> Site {
    let compiled = compile(Input { sources, read, clock: Clock::default() });
    compiled.rendered.site.iter().map(|(path, bytes)| (path.clone(), bytes.to_vec())).collect()
}

fn sample() -> Site {
    let (sources, read) = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    built(sources, read)
}

fn text(site: &Site, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap_or_else(|| panic!("no {path}")).clone()).unwrap()
}

const BOOK: &str =
    "title = \"Tea\"\nas-of = 2026-05-28\nbase-url = \"https://tea.example/book\"\nlanguages = [\"en\"]\n";
const CAMPAIGN: &str =
    "title = \"June\"\nowner = \"bo\"\nstart = 2026-06-10\nend = 2026-06-14\n[team]\ndesigner = \"lin\"\n";
const SOP: &str = "+++\ntitle = \"S\"\nphase = \"preparation\"\nversion = \"1\"\n+++\n\
    - [ ] Draw the poster {#poster role=designer due=T-20}\n- [ ] Call the shops {#call role=sales due=T-9}\n";

fn book(more: &[(&str, &str)]) -> Site {
    let mut files = vec![
        ("playbook.toml", BOOK),
        ("content/campaigns/june/campaign.toml", CAMPAIGN),
        (
            "content/people.toml",
            "[bo]\nname = \"Bo\"\ndepartment = \"design\"\n[lin]\nname = \"Lin\"\ndepartment = \"design\"\n",
        ),
        ("content/departments.toml", "[design]\nname = \"Design\"\nlead = \"bo\"\n"),
        ("content/sops/s.md", SOP),
    ];
    files.extend_from_slice(more);
    let (sources, read) = Sources::from_memory(files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec())));
    built(sources, read)
}

#[test]
fn a_role_has_its_work_over_all_campaigns_and_who_holds_it_where() {
    let july = CAMPAIGN.replace("June", "July").replace("-06-", "-07-").replace("[team]\ndesigner = \"lin\"\n", "");
    let site = book(&[("content/campaigns/july/campaign.toml", &july)]);
    let page = text(&site, "roles/designer/index.html");
    let overdue = page.find("id=\"overdue\"").unwrap();
    let soon = page.find("id=\"soon\"").unwrap();
    assert!(overdue < soon, "overdue first");
    assert!(page[overdue..soon].contains("Draw the poster"), "T-20 of June is past: {page}");
    assert!(!page.contains("Call the shops"), "another role's");
    // June's team names Lin; July names nobody, so the lead of the department has it, and the page says why.
    let holders = &page[page.find("id=\"_holders\"").unwrap()..];
    let (lin, bo) = (holders.find("people/lin/").unwrap(), holders.rfind("people/bo/").unwrap());
    assert!(holders.find("July").unwrap() < bo && bo < holders.find("June").unwrap(), "the newest first: {holders}");
    assert!(lin > holders.find("June").unwrap());
    assert_eq!(holders.matches("not named in the plan").count(), 1);
    let feed = text(&site, "roles/designer/role.ics").replace("\r\n ", "");
    assert!(feed.contains("SUMMARY;LANGUAGE=en:Draw the poster · June (Lin)\r\n"), "{feed}");
    assert!(
        feed.contains("UID:item.june.s.poster@tea.example/book\r\n"),
        "the same event as in Lin's own feed: {feed}"
    );
    assert!(text(&site, "people/index.html").contains("../roles/designer/index.html"));
    assert!(page.contains("webcal://tea.example/book/roles/designer/role.ics"), "{page}");
}

#[test]
fn work_of_a_role_that_nobody_holds_is_still_listed() {
    let campaign = CAMPAIGN.replace("owner = \"bo\"\n", "").replace("designer = \"lin\"\n", "");
    let site = book(&[("content/campaigns/june/campaign.toml", &campaign), ("content/departments.toml", "")]);
    let page = text(&site, "roles/sales/index.html");
    assert!(page.contains("Call the shops"), "{page}");
    assert!(text(&site, "roles/sales/role.ics").contains("Call the shops · June\r\n"));
}

#[test]
fn every_page_of_work_tells_this_is_me_the_counts_it_shows() {
    let site = sample();
    let mut told = 0;
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with("/me.js")) {
        let script = String::from_utf8(bytes.clone()).unwrap();
        let json = script.strip_prefix("playbookMe(").and_then(|s| s.strip_suffix(");\n")).unwrap();
        let me: serde_json::Value = serde_json::from_str(json).unwrap();
        let page = text(&site, &path.replace("me.js", "index.html"));
        let (open, overdue) = (me["counts"]["open"].as_u64().unwrap(), me["counts"]["overdue"].as_u64().unwrap());
        let said = if path.starts_with("zh-Hans") { format!("待办 {open}<") } else { format!(">{open} open<") };
        assert!(page.contains(&said), "{path}: {open} open");
        let rows = me["rows"].as_array().unwrap();
        assert!(rows.len() as u64 <= open, "{path}");
        assert_eq!(rows.len() as u64 + me["more"].as_u64().unwrap(), open, "{path}: what is not shown is counted");
        // Overdue rows stand first.
        let late = rows.iter().take_while(|r| r["state"]["word"] == "overdue").count() as u64;
        assert_eq!(late, overdue.min(rows.len() as u64), "{path}");
        for row in rows {
            let href = row["what"]["href"].as_str().unwrap();
            assert!(href.starts_with("../../"), "{path}: {href}");
        }
        assert!(bytes.len() < 6000, "{path} is loaded with every page: {} bytes", bytes.len());
        told += 1;
    }
    assert!(told > 30, "{told}");
}

#[test]
fn ticks_copied_from_a_checklist_are_done_marks() {
    // What the script writes: the row's id as a quoted key, and the day. A browser test holds the script to it.
    let plain = book(&[]);
    let page = text(&plain, "campaigns/june/checklist/index.html");
    let rows = page.split("<tr id=\"").skip(1).map(|row| row.split('"').next().unwrap());
    let done: String = rows.map(|key| format!("\"{key}\" = 2026-05-20\n")).collect();
    assert_eq!(done.lines().count(), 2, "{done}");
    let ticked = book(&[("content/campaigns/june/results.toml", &format!("[done]\n{done}"))]);
    let page = text(&ticked, "campaigns/june/checklist/index.html");
    assert_eq!(page.matches("\" class=\"is-done\"").count(), 2, "{page}");
    assert!(page.contains("data-line=\"1\""), "the bar knows where `[done]` stands");
}

#[test]
fn a_campaign_called_off_is_nobodys_work_and_calendars_take_it_back() {
    let on = |as_of: &str| {
        let settings = BOOK.replace("2026-05-28", as_of);
        let campaign = format!("cancelled = 2026-05-20\ncancelled-because = \"The venue burnt down\"\n{CAMPAIGN}");
        book(&[("playbook.toml", &settings), ("content/campaigns/june/campaign.toml", &campaign)])
    };
    let uids = |feed: &str| -> Vec<String> {
        let feed = feed.replace("\r\n ", "");
        let mut uids: Vec<String> =
            feed.split("\r\n").filter_map(|l| l.strip_prefix("UID:")).map(str::to_owned).collect();
        uids.sort();
        uids
    };
    let (before, after, later) = (on("2026-05-19"), on("2026-05-28"), on("2026-12-01"));
    for feed in
        ["people/lin/person.ics", "roles/designer/role.ics", "departments/design/department.ics", "calendar.ics"]
    {
        let (was, is) = (text(&before, feed), text(&after, feed));
        assert!(!was.contains("STATUS:CANCELLED"), "{feed}: planned until the day it is called off");
        assert_eq!(uids(&was), uids(&is), "{feed}: the same events, taken back");
        let events = is.matches("BEGIN:VEVENT").count();
        assert!(events > 0 && is.matches("STATUS:CANCELLED").count() == events, "{feed}: {is}");
        assert!(!text(&later, feed).contains("BEGIN:VEVENT"), "{feed}: in the end it is forgotten");
    }
    assert!(text(&before, "people/lin/index.html").contains("Draw the poster"));
    assert!(!text(&after, "people/lin/index.html").contains("Draw the poster"));
    assert!(!text(&after, "index.html").contains("Draw the poster"));
    let page = text(&after, "campaigns/june/index.html");
    assert!(page.contains("called off on 20 May 2026") && page.contains("The venue burnt down"), "{page}");
    assert!(text(&after, "campaigns/index.html").contains("stage-cancelled"), "the list says so");
    assert!(text(&after, "feed.xml").contains("<title>Called off: June</title>"));
    let json: serde_json::Value = serde_json::from_str(&text(&after, "model.json")).unwrap();
    assert_eq!(json["campaigns"][0]["cancelled"], "2026-05-20");
    assert_eq!(json["campaigns"][0]["stage"], "cancelled");
    // Its plan is judged no more.
    let judged = |site: &Site| text(site, "check/index.html").matches("rules/milestone/").count();
    assert!(judged(&before) > 0 && judged(&after) == 0, "{} {}", judged(&before), judged(&after));
}

#[test]
fn a_node_that_a_plan_skips_is_taken_back_until_the_campaign_is_over() {
    let skipped = format!("{CAMPAIGN}[[milestone]]\nid = \"tech-test\"\nskip = \"Nothing technical\"\n");
    let site = book(&[("content/campaigns/june/campaign.toml", &skipped)]);
    let feed = text(&site, "campaigns/june/campaign.ics").replace("\r\n ", "");
    let event = feed.split("BEGIN:VEVENT").find(|e| e.contains("UID:milestone.june.tech-test@")).unwrap();
    assert!(event.contains("STATUS:CANCELLED") && event.contains("Nothing technical"), "{event}");
    let plain = text(&book(&[]), "campaigns/june/campaign.ics").replace("\r\n ", "");
    assert!(plain.contains("UID:milestone.june.tech-test@"), "it was there before");
    let settings = BOOK.replace("2026-05-28", "2026-09-28");
    let over = book(&[("playbook.toml", &settings), ("content/campaigns/june/campaign.toml", &skipped)]);
    assert!(!text(&over, "campaigns/june/campaign.ics").contains("STATUS:CANCELLED"));
}

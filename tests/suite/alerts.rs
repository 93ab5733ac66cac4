//! Alerts, early ends, steps and tables in CSV: what an author writes and what a reader then sees.

use campaign_playbook::base::{Date, Money};
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::model::carry;
use campaign_playbook::sources::Sources;
use std::path::Path;

const SETTINGS: (&str, &str) = ("playbook.toml", "title = \"P\"\nlanguages = [\"en\", \"zh-Hans\"]\n");
const PEOPLE: (&str, &str) = ("content/people.toml", "[lin]\nname = \"Lin\"\ndepartment = \"m\"\n");
const DEPARTMENTS: (&str, &str) = ("content/departments.toml", "[m]\nname = \"Marketing\"\n");
const JUNE: &str = "title = \"618\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n";
const TARGET: &str = "[[kpi]]\nmetric = \"participation-rate\"\ntarget = 65\n";

fn built(as_of: &str, campaign: &str, more: &[(&str, &str)]) -> Compiled {
    let mut files = vec![SETTINGS, PEOPLE, DEPARTMENTS, ("content/campaigns/june/campaign.toml", campaign)];
    files.extend(more);
    let files = files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec()));
    let (sources, read) = Sources::from_memory(files);
    let day = Date::parse(as_of).expect("a story names a real day");
    compile(Input { sources, read, clock: Clock::fixed(day) })
}

fn sample() -> Compiled {
    let (sources, read) = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample can be read");
    let day = Date::new(2026, 9, 17).expect("a real day");
    compile(Input { sources, read, clock: Clock::fixed(day) })
}

/// The words of a page, tags and white space squeezed to one space.
fn words(compiled: &Compiled, path: &str) -> String {
    let bytes = compiled.rendered.site.get(path).unwrap_or_else(|| panic!("no {path}"));
    let html = String::from_utf8_lossy(bytes);
    let main = html.split("<main").nth(1).unwrap_or_default();
    let mut text = String::new();
    for part in main.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or("", |(_, words)| words));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_in_order(text: &str, wanted: &[&str]) {
    let mut rest = text;
    for part in wanted {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is not in: {rest}"));
        rest = &rest[at + part.len()..];
    }
}

/// Code, words and message of findings of a family.
fn findings(compiled: &Compiled, family: &str) -> Vec<(String, String, String)> {
    let of = |d: &&campaign_playbook::base::Diagnostic| d.rule.starts_with(family);
    let line = |d: &campaign_playbook::base::Diagnostic| {
        let words = d.span.and_then(|s| compiled.sources.text(s.file).map(|t| t[s.range()].to_owned()));
        (d.rule.to_owned(), words.unwrap_or_default(), d.message.en.clone())
    };
    compiled.findings().iter().filter(of).map(line).collect()
}

#[test]
fn a_new_alert_level_is_a_row_of_policy_and_nothing_else() {
    let policy = "[levels.alert.orange]\nname = \"Orange\"\ntone = \"warning\"\nrespond-hours = 2\nbands = 1.5\n";
    let campaign = format!("{JUNE}[[kpi]]\nmetric = \"average-order-value\"\ntarget = 100\n");
    let reading = "[[reading]]\nmetric = \"average-order-value\"\ndate = 2026-06-11\nvalue = 84\n";
    let results = ("content/campaigns/june/results.toml", reading);
    let before = built("2026-06-12", &campaign, &[results]);
    let after = built("2026-06-12", &campaign, &[results, ("content/policies/own.toml", policy)]);
    let message = |c: &Compiled| findings(c, "alert/")[0].2.clone();
    assert!(message(&before).ends_with(": `Blue`"), "{}", message(&before));
    assert!(message(&after).ends_with(": `Orange`"), "{}", message(&after));
    let page = words(&after, "alerts/index.html");
    assert_in_order(&page, &["Average order value", "84", "Orange", "Clock runs"]);
    assert_in_order(&page, &["Levels and their clocks", "Red", "at once", "Orange", "within 2 hours", "Yellow"]);
}

#[test]
fn an_open_clock_stands_first_on_its_page_at_home_on_the_kpi_page_and_in_the_feed() {
    let results = "[[reading]]\nmetric = \"participation-rate\"\ndate = 2026-06-11\nvalue = 49\n\n\
        [[alert]]\nmetric = \"participation-rate\"\nraised = 2026-06-11T20:00:00\nowner = \"lin\"\n";
    let campaign = format!("{JUNE}{TARGET}");
    let compiled = built("2026-06-12", &campaign, &[("content/campaigns/june/results.toml", results)]);
    assert_eq!(findings(&compiled, "alert/"), []);
    for path in ["alerts/index.html", "campaigns/june/kpis/index.html"] {
        let page = words(&compiled, path);
        assert_in_order(&page, &["Participation rate", "49%", "Red", "Clock runs", "Report by 13 Jun, 20:00"]);
    }
    let home = words(&compiled, "index.html");
    assert_in_order(&home, &["Late", "Participation rate", "49%", "Red", "Report by 13 Jun, 20:00", "Clock runs"]);
    assert_in_order(
        &words(&compiled, "alerts/index.html"),
        &["What to look for", "The activity appeals too little", "Add interaction", "A channel does not deliver"],
    );
    let feed = String::from_utf8_lossy(compiled.rendered.site.get("calendar.ics").expect("a feed")).into_owned();
    assert_in_order(&feed, &["UID:alert.june.participation-rate.2026-06-11", "20260613", "Report due 13 Jun"]);
    // A day after the clock it is overdue, and the check asks for the report.
    let late = built("2026-06-14", &campaign, &[("content/campaigns/june/results.toml", results)]);
    assert!(words(&late, "index.html").contains("Overdue"));
    assert_eq!(findings(&late, "alert/")[0].0, "alert/report-late");
}

#[test]
fn readings_of_a_closed_review_start_no_clock_and_lower_is_better_turns_the_band_round() {
    let campaign = format!("{JUNE}[[kpi]]\nmetric = \"cac-vs-industry\"\ntarget = 80\n");
    let reading =
        |value: &str| format!("[[reading]]\nmetric = \"cac-vs-industry\"\ndate = 2026-06-11\nvalue = {value}\n");
    let found = |value: &str, more: &[(&str, &str)]| {
        let text = reading(value);
        let mut files = vec![("content/campaigns/june/results.toml", text.as_str())];
        files.extend(more);
        findings(&built("2026-06-16", &campaign, &files), "alert/")
    };
    assert_eq!((found("90", &[]), found("70", &[])), (vec![], vec![]));
    assert!(found("90.1", &[])[0].2.contains("the limit 90 %"), "{:?}", found("90.1", &[]));
    assert!(found("69", &[])[0].2.contains("better than the target"), "{:?}", found("69", &[]));
    let closed = "+++\nstatus = \"closed\"\n+++\n\n## Effect\n\nGood.\n";
    assert_eq!(found("99", &[("content/campaigns/june/postmortem.md", closed)]), []);
}

#[test]
fn rows_in_csv_are_rows_of_the_results_and_each_bad_one_is_reported() {
    let campaign = format!(
        "{JUNE}{TARGET}[budget]\ntotal = 1000\n[[budget.line]]\nid = \"film\"\nname = \"Film\"\namount = 1000\n"
    );
    let results = "[[spend]]\ndate = 2026-06-01\nline = \"film\"\namount = 100\n";
    let spend = "\u{feff}date,line,amount,note\r\n2026-06-02,film,250.50,\"a, \"\"b\"\"\"\r\n\r\n2026-06-03,film,7\r\n";
    let readings = "metric,date,value,window\nparticipation-rate,2026-06-11,61,during\n";
    let compiled = built(
        "2026-06-12",
        &campaign,
        &[
            ("content/campaigns/june/results.toml", results),
            ("content/campaigns/june/spend.csv", spend),
            ("content/campaigns/june/readings.csv", readings),
        ],
    );
    assert_eq!((findings(&compiled, "shape/"), findings(&compiled, "files/")), (vec![], vec![]));
    let june = &compiled.model.campaigns[0];
    assert_eq!((june.results.spent(), june.results.readings.len()), (Money(35_750), 1));
    assert!(words(&compiled, "campaigns/june/kpis/index.html").contains("61%"));
    // Every bad row, at its words; the good one counts.
    let bad = "metric,date,value,window\nparticipation-rate,11/06/2026,61,\nparticipation-rate,2026-06-11,\"6,1\",\n\
        participation-rate,2026-06-11,,\nparticipation-rate,2026-06-11,61,while\nparticipation-rte,2026-06-11,61,\n\
        participation-rate,2026-06-11,62,during,x\nparticipation-rate,2026-06-12,63,during\n";
    let compiled = built("2026-06-12", &campaign, &[("content/campaigns/june/readings.csv", bad)]);
    let found = findings(&compiled, "");
    let words: Vec<&str> = found
        .iter()
        .filter(|(rule, ..)| rule.starts_with("shape/") || rule == "reference/metric")
        .map(|(_, words, _)| words.as_str())
        .collect();
    let wanted = ["11/06/2026", "6,1", "participation-rate,2026-06-11,,", "while", "participation-rte", "x"];
    assert_eq!(words, wanted, "{found:#?}");
    let kept = |r: &&campaign_playbook::model::results::Reading| r.metric.value == "participation-rate";
    assert_eq!(compiled.model.campaigns[0].results.readings.iter().filter(kept).count(), 2);
}

#[test]
fn what_an_early_end_saves_is_shown_apart_and_is_no_part_of_the_split() {
    let compiled = sample();
    let oolong = compiled.model.campaign("2026-10-autumn-oolong").expect("the campaign in October");
    let received: Vec<_> = carry::received(&compiled.model, oolong).iter().map(|c| c.amount).collect();
    assert_eq!((received, carry::spent(oolong)), (vec![Money(2_400_000)], Money(360_000)));
    let page = words(&compiled, "campaigns/2026-10-autumn-oolong/budget/index.html");
    assert_in_order(
        &page,
        &["Budget ¥220,000", "Carried over", "Cold brew summer", "¥24,000", "spent ¥3,600 of ¥24,000"],
    );
    let page = words(&compiled, "campaigns/2026-07-cold-brew/budget/index.html");
    assert!(page.contains("¥24,000 of what is left go on after the early end on 12 Jul 2026"), "{page}");
    let page = words(&compiled, "alerts/index.html");
    assert_in_order(
        &page,
        &["Interaction rate", "better than wanted", "End early", "¥24,000 handed on", "Oolong season"],
    );
    assert_in_order(&page, &["Participation rate 38%", "Answered late", "64 hours", "due 20 May, 20:00"]);
}

#[test]
fn the_gate_on_reservations_is_there_for_campaigns_that_take_them() {
    let with = format!("{JUNE}[[kpi]]\nmetric = \"reservations-ratio\"\ntarget = 50\n");
    let node = |campaign: &str| {
        let results = "[[reading]]\nmetric = \"reservations-ratio\"\ndate = 2026-06-08\nvalue = 35\n";
        let compiled = built("2026-06-10", campaign, &[("content/campaigns/june/results.toml", results)]);
        let schedule = compiled.model.campaigns[0].schedule.as_ref().expect("dates");
        let due = schedule.milestone("reservations").map(|m| m.due.to_string());
        (due, findings(&compiled, "milestone/gate-missed").len())
    };
    assert_eq!(node(JUNE), (None, 0));
    assert_eq!(node(&with), (Some("2026-06-09".to_owned()), 1));
    assert_eq!(node(&format!("scale = \"small\"\n{with}")), (None, 0));
}

#[test]
fn kpis_are_grouped_by_monitoring_layer_and_steps_show_how_far_it_came() {
    let campaign = format!(
        "{JUNE}{TARGET}[[kpi]]\nmetric = \"roi\"\ntarget = 4\n\
         [budget]\ntotal = 10\n[[budget.line]]\nid = \"cups\"\nname = \"Cups\"\namount = 10\n\
         [[unlock]]\nmetric = \"participants\"\nthreshold = 1000\nbenefit = \"Second cup\"\nline = \"cups\"\n\
         [[unlock]]\nmetric = \"participants\"\nthreshold = 4000\nbenefit = \"Third cup\"\nline = \"cups\"\n"
    );
    let results = "[[reading]]\nmetric = \"participation-rate\"\ndate = 2026-06-11\nvalue = 64\n\
        [[reading]]\nmetric = \"participants\"\ndate = 2026-06-12\nvalue = 1600\n";
    let compiled = built("2026-06-12", &campaign, &[("content/campaigns/june/results.toml", results)]);
    let page = words(&compiled, "campaigns/june/kpis/index.html");
    let wanted = ["Real time", "Data as of 11 Jun 2026", "Participation rate", "Short term", "nothing measured yet"];
    assert_in_order(&page, &wanted);
    assert_in_order(&page, &["Participants 1,600", "1,000", "Second cup", "Cups", "Reached", "4,000", "Ahead"]);
}

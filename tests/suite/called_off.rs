//! Campaigns called off: money that was not spent goes back to the year, months and slots are free again, and every list still
//! shows what was planned, with the day and the reason.

use super::pages::{assert_in_order, built, html, sample, text, words};
use campaign_playbook::compile::Compiled;

const SETTINGS: (&str, &str) = ("playbook.toml", "title = \"P\"\nlanguages = [\"en\"]\ncurrency = \"CNY\"\n");
const PEOPLE: (&str, &str) = ("content/people.toml", "[lin]\nname = \"Lin\"\n");
const OFF: &str = "cancelled = 2026-05-20\ncancelled-because = \"The hall burnt down\"\n";
const SPENT: (&str, &str) =
    ("content/campaigns/june/results.toml", "[[spend]]\ndate = 2026-05-10\nline = \"film\"\namount = 10\n");

/// 100 of a campaign and 50 of the programme itself, split 70/20/10.
fn plan(title: &str, month: &str, head: &str) -> String {
    format!(
        "{head}title = \"{title}\"\nowner = \"lin\"\nprogramme = \"2026\"\nslot = \"regular\"\nstart = 2026-{month}-10\n\
         end = 2026-{month}-14\n[budget]\ntotal = 100\n\
         [[budget.line]]\nid = \"film\"\nname = \"Film\"\namount = 70\npurpose = \"core\"\n\
         [[budget.line]]\nid = \"rain\"\nname = \"Rain\"\namount = 20\npurpose = \"reserve\"\n\
         [[budget.line]]\nid = \"try\"\nname = \"Try\"\namount = 10\npurpose = \"innovation\"\n"
    )
}

fn year(total: u32, more: &str) -> String {
    format!(
        "title = \"2026\"\nyear = 2026\ncadence = \"monthly\"\n[budget]\ntotal = {total}\n\
         [[budget.line]]\nid = \"own\"\nname = \"Own\"\namount = 50\npurpose = \"core\"\n{more}"
    )
}

/// June and July of a year; June may be called off.
fn book(june: &str, year: &str) -> Compiled {
    let july = plan("July", "07", "");
    let files = [
        SETTINGS,
        PEOPLE,
        ("content/programmes/2026.toml", year),
        ("content/campaigns/june/campaign.toml", june),
        SPENT,
        ("content/campaigns/july/campaign.toml", &july),
    ];
    built("2026-05-28", &files)
}

fn messages(compiled: &Compiled, rule: &str) -> Vec<String> {
    compiled.findings().iter().filter(|d| d.rule == rule).map(|d| d.message.en.clone()).collect()
}

#[test]
fn what_was_not_spent_goes_back_to_the_year_and_what_was_spent_still_counts() {
    let whole = year(250, "");
    let stands = book(&plan("June", "06", ""), &whole);
    assert!(messages(&stands, "budget/programme-sum").is_empty());
    let off = book(&plan("June", "06", OFF), &whole);
    // The 90 that were set free may wait; they are no slip of anybody.
    assert!(messages(&off, "budget/programme-sum").is_empty(), "{:?}", messages(&off, "budget/programme-sum"));
    let page = words(&off, "programmes/2026/index.html");
    assert_in_order(&page, &["Spent", "¥10", "Campaigns", "1", "1 called off", "Set free, not planned anew", "¥90"]);
    assert!(!words(&stands, "programmes/2026/index.html").contains("Set free"));
    // Planned anew, nothing is free; more than was set free is missing again.
    let anew = book(&plan("June", "06", OFF), &year(160, ""));
    assert!(messages(&anew, "budget/programme-sum").is_empty());
    assert!(!words(&anew, "programmes/2026/index.html").contains("Set free"));
    let short = book(&plan("June", "06", OFF), &year(251, ""));
    assert_eq!(
        messages(&short, "budget/programme-sum"),
        ["campaigns and own lines add up to ¥160, ¥91 less than the total ¥251"]
    );
    // Month by month: June plans what it spent.
    let months = words(&off, "programmes/2026/money/index.html");
    assert_in_order(&months, &["June", "¥14", "July", "¥104"]);
    // The report of the month counts money, but no campaign.
    let report = words(&off, "reports/2026-q2/index.html");
    assert!(report.contains("Called off: June"), "{report}");
    // Its own page keeps the plan.
    let own = words(&off, "campaigns/june/budget/index.html");
    assert_in_order(&own, &["¥100", "¥10", "10%", "¥10 was spent, ¥90 went back to the year", "Film", "¥70"]);
}

#[test]
fn money_of_a_campaign_called_off_can_be_moved_on() {
    let transfer = "[[transfer]]\ndate = 2026-05-21\nfrom = \"june/rain\"\nto = \"july/film\"\namount = 20\n\
                    reason = \"The hall burnt down\"\napprover = \"lin\"\n";
    let off = book(&plan("June", "06", OFF), &year(250, transfer));
    assert!(messages(&off, "budget/transfer").is_empty(), "{:?}", messages(&off, "budget/transfer"));
    assert_in_order(&words(&off, "campaigns/july/budget/index.html"), &["Film", "+", "¥20"]);
}

#[test]
fn the_year_is_judged_by_the_campaigns_that_take_place() {
    let whole = year(250, "");
    let (stands, off) = (book(&plan("June", "06", ""), &whole), book(&plan("June", "06", OFF), &whole));
    let gap = |compiled: &Compiled| messages(compiled, "programme/month-gap").concat();
    assert!(!gap(&stands).contains("2026-06") && gap(&off).contains("2026-06"), "{}", gap(&off));
    let rhythm = |compiled: &Compiled| words(compiled, "programmes/2026/index.html");
    assert!(rhythm(&stands).contains("2 Regular") && rhythm(&off).contains("1 Regular"), "{}", rhythm(&off));
    // What nobody judges any more: lines without a purpose.
    let untagged = plan("June", "06", "").replace("purpose = \"core\"\n", "");
    let untagged_off = format!("{OFF}{untagged}");
    assert!(!messages(&book(&untagged, &whole), "budget/untagged").is_empty());
    assert!(messages(&book(&untagged_off, &whole), "budget/untagged").is_empty());
}

#[test]
fn every_list_of_campaigns_shows_it_struck_through() {
    let off = book(&plan("June", "06", OFF), &year(250, ""));
    let lists = [
        "index.html",
        "campaigns/index.html",
        "campaigns/by/2026/index.html",
        "campaigns/by/owner/index.html",
        "board/index.html",
        "calendar/2026/index.html",
        "calendar/2026-q2/index.html",
        "calendar/2026-06/index.html",
        "calendar/timeline/2026/index.html",
        "programmes/2026/index.html",
        "reports/2026-q2/index.html",
    ];
    for path in lists {
        let page = html(&off, path);
        let place = page.find("called-off").unwrap_or_else(|| panic!("{path} does not show it"));
        assert!(text(&page[page[..place].rfind('<').unwrap_or(0)..]).contains("June"), "{path}");
    }
    let table = words(&off, "campaigns/by/2026/index.html");
    assert_in_order(&table, &["June", "The hall burnt down", "called off on 20 May 2026"]);
    assert_in_order(&words(&off, "board/index.html"), &["Called off", "1", "June"]);
    let csv = html(&off, "tables/campaigns.csv");
    let row = csv.lines().find(|l| l.starts_with("june,")).expect("its row");
    assert!(row.contains(",10,10,") && row.contains("2026-05-20,The hall burnt down"), "{row}");
    let json: serde_json::Value = serde_json::from_str(&html(&off, "model.json")).expect("JSON");
    let june = json["campaigns"].as_array().and_then(|all| all.iter().find(|c| c["id"] == "june")).expect("June");
    assert_eq!((&june["budget"], &june["released"], &june["stage"]), (&"10".into(), &"90".into(), &"cancelled".into()));
}

#[test]
fn the_sample_calls_one_campaign_off_without_any_finding_or_change_of_its_splits() {
    let sample = sample();
    let about = sample.findings().iter().filter(|d| {
        d.subject.as_ref().is_some_and(|s| s.thing.contains("lantern-market") || s.thing.starts_with("programme"))
    });
    let about: Vec<String> = about.map(|d| format!("{} {}", d.rule, d.message.en)).collect();
    assert!(!about.iter().any(|f| f.contains("lantern") || f.starts_with("budget/")), "{about:?}");
    assert!(!messages(&sample, "programme/anchor").is_empty(), "big dates are still looked at");
    assert!(words(&sample, "index.html").contains("called off on 10 Sep 2026"));
    assert!(html(&sample, "calendar.ics").contains("STATUS:CANCELLED"));
    assert!(words(&sample, "zh-Hans/campaigns/2026-10-lantern-market/index.html").contains("2026年9月10日取消"));
}

//! Pages of campaigns: what a reader must find on them, from plans in memory and from the sample.

use super::pages::{self, assert_in_order, html, sample, words};
use campaign_playbook::compile::Compiled;

const SETTINGS: (&str, &str) = ("playbook.toml", "title = \"P\"\nlanguages = [\"en\", \"zh-Hans\"]\n");
const PEOPLE: (&str, &str) = ("content/people.toml", "[lin]\nname = \"Lin\"\ndepartment = \"m\"\n");
const DEPARTMENTS: (&str, &str) = ("content/departments.toml", "[m]\nname = \"Marketing\"\n");
const JUNE: &str = "title = \"618\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n";

fn built(as_of: &str, campaign: &str, more: &[(&str, &str)]) -> Compiled {
    let mut files = vec![SETTINGS, PEOPLE, DEPARTMENTS, ("content/campaigns/june/campaign.toml", campaign)];
    files.extend(more);
    pages::built(as_of, &files)
}

#[test]
fn the_timeline_of_10_to_14_june_shows_every_date_of_the_method() {
    let page = words(&built("2026-05-01", JUNE, &[]), "campaigns/june/timeline/index.html");
    let dates = [
        "Mon 11 May T−30 Theme decided",
        "Sat 16 May T−25",
        "Plan review",
        "Thu 21 May T−20",
        "Sun 31 May T−10",
        "Wed 3 Jun T−7",
        "Wed 10 Jun T Go-live",
        "Fri 12 Jun T+2 Peak operation",
        "Sun 14 Jun Z Closing sprint",
        "Wed 17 Jun Z+3",
        "Sun 21 Jun Z+7",
        "Wed 24 Jun Z+10",
        "Tue 14 Jul Z+30 Short-term report",
    ];
    assert_in_order(&page, &dates);
    assert!(page.contains("Start-up 26 May – 2 Jun Pre-heat 3–9 Jun Burst 10–14 Jun Settling 15–21 Jun"), "{page}");
}

#[test]
fn a_budget_page_adds_up_along_every_axis_and_says_what_is_off() {
    let campaign = format!(
        "{JUNE}[budget]\ntotal = 1000\n\
         [[budget.line]]\nid = \"film\"\nname = \"Film\"\namount = 740\npurpose = \"core\"\nfunction = \"content\"\n\
         [[budget.line]]\nid = \"keep\"\nname = \"Reserve\"\namount = 160\npurpose = \"reserve\"\n\
         [[budget.line]]\nid = \"try\"\nname = \"Try\"\namount = 100\npurpose = \"innovation\"\nfunction = \"content\"\n"
    );
    let results = "[[spend]]\ndate = 2026-06-10\nline = \"film\"\namount = 370\n";
    let book = built("2026-06-20", &campaign, &[("content/campaigns/june/results.toml", results)]);
    let page = words(&book, "campaigns/june/budget/index.html");
    assert_in_order(
        &page,
        &[
            "Budget ¥1,000 Spent ¥370 Left ¥630 Spent of plan 37%",
            "Core execution ¥740 74% 70% +4 pp ¥370 100% 50%",
            "Emergency reserve ¥160 16% 20% −4 pp ¥0 0% 0%",
            "Innovation experiment ¥100 10% 10% ±0 pp",
            "Content ¥840 84%",
            "untagged ¥160 16%",
            "Sum ¥1,000 ¥370 37%",
        ],
    );
}

#[test]
fn what_nobody_measured_is_said_and_is_no_zero() {
    let campaign =
        format!("{JUNE}[[kpi]]\nmetric = \"roi\"\ntarget = \"1:4\"\n[[kpi]]\nmetric = \"nps\"\ntarget = 50\n");
    let results = "[[reading]]\nmetric = \"roi\"\ndate = 2026-06-17\nvalue = \"1:5\"\n";
    let book = built("2026-06-20", &campaign, &[("content/campaigns/june/results.toml", results)]);
    let page = words(&book, "campaigns/june/kpis/index.html");
    assert_in_order(
        &page,
        &["Return on investment 1:5 Target 1:4 · revenue ÷ cost", "1:5 17 Jun 125% reached", "not measured"],
    );
    assert!(!page.contains(" 0% missed"), "{page}");
}

#[test]
fn a_campaign_without_a_post_mortem_says_what_is_due_when() {
    let page = words(&built("2026-06-20", JUNE, &[]), "campaigns/june/review/index.html");
    assert_in_order(
        &page,
        &[
            "Data extracted Due Wed 17 Jun 3 days overdue",
            "Evaluated Due Sun 21 Jun in 1 day",
            "There is no post-mortem yet",
        ],
    );
}

#[test]
fn the_parts_of_a_campaign_lead_to_each_other_in_the_readers_language() {
    let book = built("2026-06-20", JUNE, &[]);
    assert!(html(&book, "zh-Hans/campaigns/june/index.html").contains("href=\"run-sheet/index.html\">执行表</a>"));
    assert!(html(&book, "campaigns/june/kpis/index.html").contains("href=\"../review/index.html\">Review</a>"));
    let alias = format!("{JUNE}aliases = [\"six\"]\n");
    let moved = html(&built("2026-06-20", &alias, &[]), "campaigns/six/budget/index.html");
    assert!(moved.contains("url=../../june/budget/index.html"), "{moved}");
}

#[test]
fn the_sample_shows_planned_against_done_and_what_was_learnt() {
    let book = sample();
    let timeline = words(&book, "campaigns/2026-05-tea-letters/timeline/index.html");
    assert_in_order(&timeline, &["Punctuality 47.1%", "Materials ready", "done 9 days late 12 May"]);
    let review = words(&book, "campaigns/2026-05-tea-letters/review/index.html");
    assert_in_order(
        &review,
        &["What we reached", "Participation rate", "How we worked", "Plan changes", "What people say", "of 540 asked"],
    );
    let lessons = words(&book, "lessons/index.html");
    assert_in_order(&lessons, &["A draft that everybody likes is not a released file.", "Used by"]);
    let index = words(&book, "campaigns/index.html");
    assert_in_order(
        &index,
        &["Copy link", "Live", "The moonlit table", "Preparing", "Oolong season", "Closed", "A plain 618"],
    );
}

#[test]
fn no_page_of_a_campaign_has_inline_style_or_script() {
    let book = sample();
    for (path, bytes) in &book.rendered.site {
        if path.ends_with(".html") && (path.contains("campaigns/") || path.contains("lessons/")) {
            let html = String::from_utf8_lossy(bytes);
            assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="), "{path}");
        }
    }
}

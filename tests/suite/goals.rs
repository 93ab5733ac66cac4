//! Goals of a year, its plan in chapters, loops, and what campaigns show of them.

use super::pages::{self, assert_in_order, html, words};
use campaign_playbook::compile::Compiled;

const SETTINGS: (&str, &str) = ("playbook.toml", "title = \"P\"\nlanguages = [\"en\", \"zh-Hans\"]\n");
const PEOPLE: (&str, &str) = ("content/people.toml", "[lin]\nname = \"Lin\"\ndepartment = \"marketing\"\n");
const DEPARTMENTS: (&str, &str) =
    ("content/departments.toml", "[marketing]\nname = \"Marketing\"\n\n[sales]\nname = \"Sales\"\n");
const JUNE: (&str, &str) = (
    "content/campaigns/june/campaign.toml",
    "title = \"618\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\ngoals = [\"stay\"]\n\
     [[kpi]]\nmetric = \"participation-rate\"\ntarget = 65\nweight = 50\nbaseline = 50\n\
     [[kpi]]\nmetric = \"roi\"\ntarget = 4\nrevised = 3\nreason = \"War of prices\"\nweight = 50\nbaseline = 3\n\
     [[department-goal]]\ndepartment = \"sales\"\ngoal = \"1,000 tins\"\nshared-goal = \"stay\"\n",
);
const RESULTS: (&str, &str) = (
    "content/campaigns/june/results.toml",
    "[[reading]]\nmetric = \"participation-rate\"\ndate = 2026-06-14\nvalue = 65\n\
     [[reading]]\nmetric = \"roi\"\ndate = 2026-06-14\nvalue = 3\n",
);
const YEAR: (&str, &str) = (
    "content/programmes/2026.toml",
    "title = \"2026\"\nyear = 2026\n\
     [[goal]]\nid = \"stay\"\ntitle = \"Three of four members stay\"\nmetric = \"retention-rate\"\ndimension = \"user\"\n\
     baseline = 63\ntarget = 75\ndue = 2026-12-31\nowner = \"lin\"\n\
     steps = [{ quarter = 1, value = 66 }, { quarter = 2, value = 69 }]\n\
     [[goal-revision]]\ngoal = \"stay\"\nold = 75\nnew = 69\nbasis = \"A shop closed\"\ninformed = [\"sales\"]\n\
     requested = 2026-06-01\ndecided = 2026-06-03\n\
     [[goal-reading]]\ngoal = \"stay\"\ndate = 2026-03-31\nvalue = 66.5\n\
     [[goal-reading]]\ngoal = \"stay\"\ndate = 2026-06-30\nvalue = 65.5\n\
     [[quarter-review]]\nquarter = 1\ndate = 2026-04-03\ndepartments = [\"marketing\", \"sales\"]\nchanges = \"None.\"\n",
);
const TEXT: (&str, &str) = (
    "content/programmes/2026.md",
    "Words before.\n\n## Background\nNineteen promotions.\n\n## What we want {#goals}\nThat they stay.\n\n## Afterword\nThanks.\n",
);

fn built(files: &[(&str, &str)]) -> Compiled {
    pages::built("2026-07-20", files)
}

fn year() -> Compiled {
    built(&[SETTINGS, PEOPLE, DEPARTMENTS, JUNE, RESULTS, YEAR, TEXT])
}

#[test]
fn a_goal_shows_its_letters_its_year_its_steps_and_its_changes() {
    let site = year();
    let page = words(&site, "programmes/2026/goals/index.html");
    // What it came to, what was wanted by June of a way from 63 to 69, and the change that made it 69.
    let card = ["Three of four members stay", "behind", "S M A R T", "69%", "75%", "65.5%", "of 66% wanted"];
    assert_in_order(&page, &card);
    assert_in_order(
        &page,
        &["Q1 66.5% / 66%", "Q2 65.5% / 69%", "75% → 69%", "decided in 2 days", "A shop closed", "Sales"],
    );
    let html = html(&site, "programmes/2026/goals/index.html");
    assert!(html.contains("Relevant no") && html.contains("Time-bound yes"), "{html}");
    assert_eq!(html.matches("h16v").count(), 12, "twelve months on the ground they stand on");
    assert_eq!(html.matches("class=\"fill-done\"").count(), 1, "March was reached, June was not: {html}");
    assert!(page.contains("Campaigns with a goal 1 of 1"), "{page}");
    assert!(site.rendered.site.contains_key("goals/index.html"));
}

#[test]
fn a_year_without_goals_has_no_page_of_them() {
    let site = built(&[SETTINGS, PEOPLE, DEPARTMENTS, (YEAR.0, "title = \"2026\"\nyear = 2026\n")]);
    assert!(!site.rendered.site.contains_key("goals/index.html"));
    assert!(!words(&site, "index.html").contains("Campaigns with a goal"));
}

#[test]
fn the_plan_has_all_chapters_and_the_figures_of_today() {
    let page = words(&year(), "programmes/2026/plan/index.html");
    assert_in_order(&page, &["1 Background", "2 Problem · not written", "3 Goals", "10 Conclusion · not written"]);
    assert_in_order(
        &page,
        &["Words before.", "Nineteen promotions.", "That they stay.", "69%", "65.5%", "Afterword", "Thanks."],
    );
}

#[test]
fn a_campaign_shows_what_it_is_for_and_what_each_department_does() {
    let site = year();
    let page = words(&site, "campaigns/june/index.html");
    assert_in_order(&page, &["Sales", "1,000 tins", "shared: Three of four members stay"]);
    assert!(page.contains("Works for Three of four members stay"), "{page}");
}

#[test]
fn kpis_are_seen_by_layer_and_by_dimension_and_weighed_against_both_targets() {
    let page = words(&year(), "campaigns/june/kpis/index.html");
    // 50 % × 100 % + 50 % × 3/3 now, and 50 % × 3/4 of the plan.
    assert_in_order(&page, &["Weighted attainment 100%", "87.5% of the plan", "100% of the weight measured"]);
    assert_in_order(
        &page,
        &["By layer", "Base: user behaviour", "Participation rate", "Long: brand assets", "nobody looks"],
    );
    assert_in_order(&page, &["By dimension", "Effect", "Participation rate", "Cost", "Return on investment"]);
}

#[test]
fn the_same_month_of_last_year_stands_beside_the_campaign_before() {
    let before = "title = \"Last\"\nowner = \"lin\"\nstart = 2025-06-10\nend = 2025-06-14\n";
    let reading = "[[reading]]\nmetric = \"roi\"\ndate = 2025-06-14\nvalue = 2.5\n";
    let last = [("content/campaigns/last/campaign.toml", before), ("content/campaigns/last/results.toml", reading)];
    let site = built(&[SETTINGS, PEOPLE, DEPARTMENTS, JUNE, RESULTS, YEAR, last[0], last[1]]);
    let page = words(&site, "campaigns/june/kpis/index.html");
    assert!(page.contains("same month last year 1:2.5 Last"), "{page}");
}

#[test]
fn loops_lead_to_the_pages_on_which_their_steps_are_done() {
    let page = html(&year(), "loops/index.html");
    assert!(page.contains("href=\"../board/index.html\">Execute</a>"), "{page}");
    assert_eq!(page.matches("id=\"_loop-").count(), 37);
}

#[test]
fn the_sample_links_every_campaign_and_writes_every_chapter() {
    let site = pages::sample();
    assert!(words(&site, "index.html").contains("Campaigns with a goal 12 of 12"));
    for path in ["programmes/2026/plan/index.html", "zh-Hans/programmes/2026/plan/index.html"] {
        let page = words(&site, path);
        assert!(!page.contains("not written") && !page.contains("未写"), "{path}: {page}");
    }
    let goals = words(&site, "programmes/2026/goals/index.html");
    assert_in_order(
        &goals,
        &["Short: activation", "Middle: retention", "Long: brand", "now", "25% → 27%", "Q2 67.1% / 68%"],
    );
    let (name, size) = ("goals/index.html", html(&site, "programmes/2026/goals/index.html").len());
    assert!(size < 100_000, "{name} has {size} bytes");
}

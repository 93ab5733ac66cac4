//! Views of the same data: weeks with their days, slack and the critical path, boards and timelines over all campaigns.

use super::pages::{assert_in_order, built, html, sample, sample_with, text};

/// What stands between the section of a day and the next one.
fn day(page: &str, iso: &str) -> String {
    let start = page.find(&format!("id=\"{iso}\"")).unwrap_or_else(|| panic!("no {iso}"));
    text(page[start..].split("</section>").next().unwrap_or_default())
}

#[test]
fn a_week_tells_day_by_day_who_is_on_duty_what_happens_and_what_is_due() {
    let compiled = sample();
    let week = html(&compiled, "calendar/2026-w38/index.html");
    assert_in_order(
        &day(&week, "2026-09-15"),
        &["The moonlit table", "Burst", "day 1 of 6", "On duty", "Lin Yue", "07:30", "20:00", "Due", "Go-live", "done"],
    );
    assert_in_order(&day(&week, "2026-09-17"), &["today", "15:00", "Stock call", "Peak operation", "due today"]);
    assert_in_order(&day(&week, "2026-09-20"), &["make-up day", "23:30", "Closing sprint"]);
    assert!(week.contains("href=\"../2026-w37/index.html\"") && week.contains("href=\"../2026-w39/index.html\""));
    // The days of the month, and today at home, lead to their place in the week.
    assert!(html(&compiled, "calendar/2026-09/index.html").contains("href=\"../2026-w38/index.html#2026-09-17\""));
    assert!(html(&compiled, "index.html").contains("href=\"calendar/2026-w38/index.html#2026-09-17\""));
    // A hand-over and an obligation stand on their day.
    let handed = html(&compiled, "calendar/2026-w36/index.html");
    assert_in_order(&day(&handed, "2026-09-03"), &["Delivery promises, city by city", "Sales", "Customer service"]);
    assert_in_order(&day(&handed, "2026-09-05"), &["Obligations due", "Choice of the next theme"]);
    assert_in_order(
        &text(&html(&compiled, "zh-Hans/calendar/2026-w38/index.html")),
        &["2026 年第 38 周", "值班", "逐小时安排"],
    );
}

#[test]
fn every_week_of_a_programme_has_a_page_and_no_other_empty_week() {
    let compiled = sample();
    let has = |week: &str| compiled.rendered.site.contains_key(&format!("calendar/{week}/index.html"));
    assert!(has("2026-w01") && has("2026-w53") && has("2026-w30"));
    assert!(!has("2025-w20") && !has("2027-w30"));
}

#[test]
fn the_timeline_says_what_the_critical_path_is_and_how_far_each_node_may_slip() {
    let compiled = sample();
    let page = html(&compiled, "campaigns/2026-11-double-eleven/timeline/index.html");
    let said = text(&page);
    assert_in_order(
        &said,
        &[
            "Critical path",
            "Theme decided",
            "→",
            "Plan review",
            "Technical test passed",
            "Go-live",
            "Short-term report",
            "0 days",
            "of slack before the first day moves, until 27 Oct 2026:",
            "Technical test passed",
        ],
    );
    // Done nodes have no slack to lose; an overdue one has less than it was planned to have.
    assert_in_order(&said, &["Nodes", "Shortlist of two live-stream hosts", "49 days", "3 days overdue"]);
    assert!(page.matches("<path class=\"g-mark\"").count() >= 20);
    assert!(page.contains("class=\"is-critical\" marker-end=\"url(#_tip-critical)\""), "its lines are marked");
    assert!(text(&html(&compiled, "zh-Hans/campaigns/2026-11-double-eleven/timeline/index.html")).contains("关键路径"));
}

#[test]
fn the_board_has_a_column_for_each_state_and_says_what_is_missing_in_those_under_way() {
    let compiled = sample();
    let board = html(&compiled, "board/index.html");
    assert_in_order(
        &text(&board),
        &[
            "Planned 1",
            "Three days of thanks",
            "Preparing 2",
            "Oolong season",
            "1 of 17 done",
            "Double 11: buy once, buy well",
            "1 overdue",
            "Live 1",
            "The moonlit table",
            "day 3 of 6",
            "Settling 0",
            "Under review 1",
            "A table for four",
            "Improvements planned",
            "Closed 7",
            "Under way: what moves, what is missing",
            "Shortlist of two live-stream hosts",
        ],
    );
    assert!(
        html(&compiled, "calendar/pipeline/index.html").contains("url=../../board/"),
        "the pipeline's address leads on"
    );
}

#[test]
fn campaigns_stand_in_groups_by_every_side_without_a_script() {
    let compiled = sample();
    let by = |axis: &str| text(&html(&compiled, &format!("campaigns/by/{axis}/index.html")));
    assert_in_order(
        &by("owner"),
        &["Lin Yue 5", "Double 11: buy once, buy well", "Preparing", "The moonlit table", "Chen Bo 3"],
    );
    assert_in_order(&by("channel"), &["Stores 10", "Live stream 4", "The moonlit table"]);
    assert_in_order(&by("department"), &["Design 13", "Product 9"]);
    assert_in_order(&by("role"), &["Planner 13", "Data analyst 10"]);
    assert_in_order(&by("slot"), &["Theme innovation 5", "Regular 4", "Sprint 3"]);
    assert_in_order(
        &by("state"),
        &["Planned 1", "Preparing 2", "Live 1", "Under review 1", "Closed 7", "Called off 1"],
    );
    for axis in ["scale", "mode", "tag"] {
        assert!(by(axis).contains("Cold brew summer"), "{axis}");
    }
    let year = html(&compiled, "campaigns/by/2026/index.html");
    assert_eq!(year.matches("<tr data-row").count(), 13);
    assert!(year.contains("data-channel=\"marketplace|live-stream|message|store\""), "{year}");
    assert!(year.contains("<th scope=\"col\" data-sort=\"start\">"));
}

#[test]
fn what_a_list_leaves_off_has_a_complete_place() {
    let figures =
        "[figures.page-rows]\nvalue = 3\n[figures.month-campaigns]\nvalue = 1\n[figures.home-lines]\nvalue = 1\n";
    let cut = sample_with(&[("content/policies/rows.toml", figures)]);
    let lessons = html(&cut, "lessons/index.html");
    assert!(text(&lessons).contains("The filter looks through this page only."), "{lessons}");
    assert!(lessons.contains("href=\"problems/index.html#_tag-"), "what is not named leads to all of it: {lessons}");
    let first = html(&cut, "lessons/problems/index.html");
    assert!(first.contains("id=\"_tag-") && first.contains("/review/index.html\""), "{first}");
    let goals = html(&cut, "programmes/2026/goals/index.html");
    assert!(goals.contains("href=\"../../../campaigns/by/goal/index.html#repurchase\""), "{goals}");
    assert!(html(&cut, "campaigns/by/goal/index.html").contains("id=\"repurchase\""));
    // Where everything fits there is one place, and nothing to warn of.
    let whole = sample();
    assert!(!whole.rendered.site.contains_key("lessons/problems/index.html"));
    assert!(!text(&html(&whole, "lessons/index.html")).contains("this page only"));
}

#[test]
fn a_channel_that_policy_does_not_know_is_reported_with_the_nearest_one() {
    let campaign = "title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\nchannels = [\"stroe\"]\n";
    let files = [("playbook.toml", "title = \"P\"\n"), ("content/campaigns/june/campaign.toml", campaign)];
    let compiled = built("2026-05-01", &files);
    let found = compiled.findings().iter().find(|d| d.message.en.contains("stroe")).expect("a finding");
    assert_eq!(found.message.en, "`stroe` is no channel");
    assert!(found.hints.iter().any(|hint| hint.text.en.contains("`store`")), "{found:#?}");
}

#[test]
fn timelines_draw_campaigns_with_what_they_learnt_from_and_cut_years_where_there_are_too_many() {
    let compiled = sample();
    let now = html(&compiled, "calendar/timeline/index.html");
    assert_eq!(now.matches("<tr data-row").count(), 6);
    assert_in_order(
        &text(&now),
        &["A table for four", "uses lessons from", "The moonlit table", "Three days of thanks"],
    );
    assert!(now.contains("class=\"tl-now\"") && now.matches("href=\"#_tip\"").count() > 3);
    let year = html(&compiled, "calendar/timeline/2026/index.html");
    assert_eq!(year.matches("<tr data-row").count(), 13);
    // The same year with room for five: quarters, each with its own.
    let policy = "[figures.timeline-rows]\nvalue = 5\n[figures.campaign-rows]\nvalue = 5\n";
    let cut = sample_with(&[("content/policies/rows.toml", policy)]);
    assert!(!cut.rendered.site.contains_key("calendar/timeline/2026/index.html"));
    let quarter = html(&cut, "calendar/timeline/2026-q4/index.html");
    assert!(text(&quarter).contains("Oolong season") && !text(&quarter).contains("First cup of the year"));
    let index = text(&html(&cut, "campaigns/by/2026/index.html"));
    assert_in_order(&index, &["Q1 2026 3", "Q2 2026 3", "Q3 2026 3", "Q4 2026 4"]);
    assert!(text(&html(&cut, "campaigns/by/2026-q1/index.html")).contains("Year-goods fair"));
}

#[test]
fn a_page_below_a_view_lights_the_tab_of_the_view() {
    let compiled = sample();
    let lit = |path: &str| -> Vec<String> {
        let page = html(&compiled, path);
        let tabs = page.split("class=\"tabs").nth(1).expect("the page has tabs");
        let tabs = tabs.split("</nav>").next().unwrap_or_default();
        tabs.split("<li>").filter(|tab| tab.contains("aria-current")).map(text).collect()
    };
    assert_eq!(lit("calendar/timeline/2026/index.html"), ["Timeline"]);
    assert_eq!(lit("calendar/2026-09/index.html"), ["Month"]);
    assert_eq!(lit("campaigns/by/2026/index.html"), ["All"]);
    assert_eq!(lit("campaigns/by/owner/index.html"), ["Owner"]);
    assert_eq!(lit("campaigns/index.html"), ["All"]);
}

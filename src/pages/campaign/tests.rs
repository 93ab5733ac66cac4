//! What the parts of a campaign compute, from small playbooks.

use super::*;
use crate::plan::tests::Book;
use crate::plan::{Plan, assemble};

const JUNE: &str = "title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Asks about the campaign `june` of a playbook on a day.
fn ask<T>(campaign: &str, as_of: &str, then: impl Fn(&Cx<'_>, &Campaign) -> T) -> T {
    let settings = format!("title = \"P\"\nas-of = {as_of}\n");
    let book = Book::of(&[("playbook.toml", &settings), ("content/campaigns/june/campaign.toml", campaign)]);
    let ground = book.ground();
    let (plan, _): (Plan<'_>, _) = assemble(&[crate::pages::PAGES], &ground);
    let entry = plan.entries.iter().find(|e| e.output == "campaigns/june/index.html").unwrap();
    let cx = plan.cx(entry);
    then(&cx, book.model.campaign("june").unwrap())
}

#[test]
fn days_are_counted_from_the_campaign_as_people_say_them() {
    ask(JUNE, "2026-06-01", |_, campaign| {
        let schedule = campaign.schedule.as_ref().unwrap();
        let said = |text| offset(schedule, day(text));
        assert_eq!(said("2026-05-11"), "T−30");
        assert_eq!(said("2026-06-10"), "T");
        assert_eq!(said("2026-06-12"), "T+2");
        assert_eq!(said("2026-06-14"), "Z");
        assert_eq!(said("2026-07-14"), "Z+30");
    });
}

#[test]
fn a_campaign_says_where_it_stands() {
    let stage = |as_of| ask(JUNE, as_of, Stage::of).text;
    assert_eq!(stage("2026-05-01"), "starts in 40 days");
    assert_eq!(stage("2026-06-05"), "Pre-heat, day 3 of 7");
    assert_eq!(stage("2026-06-14"), "Burst, day 5 of 5");
    assert_eq!(stage("2026-06-22"), "in review");
    let undated = "title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-09\n";
    assert_eq!(ask(undated, "2026-06-01", Stage::of).word, "undated");
}

#[test]
fn slices_of_a_bar_fill_it_without_gaps_and_never_leave_it() {
    let ends = |parts: &[i128], whole| {
        let cut = slices(parts.iter().copied(), whole);
        cut.windows(2).for_each(|w| assert_eq!(w[0].x + w[0].width, w[1].x));
        cut.last().map(|s| s.x + s.width)
    };
    assert_eq!(ends(&[1, 1, 1], 3), Some(1000));
    assert_eq!(ends(&[70, 80], 100), Some(1000));
    assert_eq!(ends(&[0, 25], 100), Some(250));
    assert_eq!(ends(&[5], 0), Some(1000));
    assert_eq!(ends(&[], 100), None);
}

#[test]
fn the_next_nodes_begin_with_what_is_overdue() {
    let done = format!("{JUNE}[[milestone]]\nid = \"theme-decided\"\ndone = 2026-05-11\n");
    ask(&done, "2026-05-20", |cx, campaign| {
        let next = timeline::next(campaign.schedule.as_ref().unwrap(), cx.today(), 2);
        let ids: Vec<&str> = next.iter().map(|n| n.id.as_str()).collect();
        assert_eq!(ids, ["plan-review", "resources-confirmed"]);
    });
}

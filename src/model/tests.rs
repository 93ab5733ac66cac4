//! The model read from small playbooks and from the sample.

use super::*;
use crate::base::DateRange;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub(super) fn load_files(files: &[(&str, &str)]) -> (Model, Vec<Diagnostic>) {
    let files = files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec()));
    let (mut sources, mut found) = Sources::from_memory(files);
    let settings = found.keep(Settings::read(&sources));
    let model = found.keep(load(&mut sources, settings, day("2026-05-01"), &[]));
    (model, found.sorted())
}

const SETTINGS: (&str, &str) = ("playbook.toml", "title = \"P\"\n");

#[test]
fn a_campaign_alone_in_a_file_has_every_date_of_the_canonical_timeline() {
    let text = "title = \"618\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n";
    let (model, found) = load_files(&[SETTINGS, ("content/campaigns/june/campaign.toml", text)]);
    assert!(found.is_empty(), "{found:#?}");
    let schedule = model.campaigns[0].schedule.as_ref().unwrap();
    let phases: Vec<_> = schedule.phases.iter().map(|p| format!("{} {} {}", p.id, p.days.first, p.days.last)).collect();
    assert_eq!(
        phases,
        [
            "startup 2026-05-26 2026-06-02",
            "preheat 2026-06-03 2026-06-09",
            "burst 2026-06-10 2026-06-14",
            "settle 2026-06-15 2026-06-21"
        ]
    );
    let nodes: Vec<_> = schedule.milestones.iter().map(|m| format!("{} {}", m.due, m.id)).collect();
    assert_eq!(
        nodes,
        [
            "2026-05-11 theme-decided",
            "2026-05-16 plan-review",
            "2026-05-21 resources-confirmed",
            "2026-05-31 design-delivered",
            "2026-06-01 tech-test",
            "2026-06-03 preparation-complete",
            "2026-06-03 preheat-start",
            "2026-06-10 go-live",
            "2026-06-12 peak",
            "2026-06-14 closing",
            "2026-06-17 data-extraction",
            "2026-06-21 effect-evaluation",
            "2026-06-24 optimisation-plan",
            "2026-07-14 short-term-report"
        ]
    );
}

#[test]
fn a_three_day_campaign_merges_peak_and_closing_and_a_two_day_one_drops_the_peak() {
    let text = |end: &str| format!("title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = {end}\n");
    for (end, merged) in [("2026-06-12", true), ("2026-06-11", false)] {
        let (model, _) = load_files(&[SETTINGS, ("content/campaigns/june/campaign.toml", &text(end))]);
        let schedule = model.campaigns[0].schedule.as_ref().unwrap();
        assert!(schedule.milestone("peak").is_none());
        let why = schedule.absent.iter().find(|(id, _)| id == "peak").map(|(_, why)| why).unwrap();
        assert_eq!(matches!(why, milestone::Absence::Merged(_)), merged, "{why:?}");
    }
}

#[test]
fn an_own_node_counts_working_days_over_a_holiday() {
    let text = "title = \"x\"\nowner = \"lin\"\nstart = 2026-10-20\nend = 2026-10-24\n\
        [[milestone]]\nid = \"venue\"\ntask = \"Venue\"\nowner = \"lin\"\ndue = \"plan-review+3wd\"\n";
    let calendar = "region = \"cn\"\nyear = 2026\ncomplete = true\n[[holiday]]\nname = \"National Day\"\nfrom = 2026-10-01\nto = 2026-10-07\n";
    let (model, found) = load_files(&[
        ("playbook.toml", "title = \"P\"\ncalendar = \"cn\"\n"),
        ("content/calendars/cn.toml", calendar),
        ("content/campaigns/october/campaign.toml", text),
    ]);
    assert!(found.is_empty(), "{found:#?}");
    // Plan review on Friday 25 September; Monday to Wednesday follow, all before the holiday.
    let schedule = model.campaigns[0].schedule.as_ref().unwrap();
    assert_eq!(schedule.milestone("plan-review").unwrap().due, day("2026-09-25"));
    assert_eq!(schedule.milestone("venue").unwrap().due, day("2026-09-30"));
    assert_eq!(model.calendar().plus_working(day("2026-09-30"), 1), day("2026-10-08"));
}

#[test]
fn moving_promotion_moves_design_and_start_up_with_it() {
    let text = "title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\npromotion = \"T-10\"\n";
    let (model, _) = load_files(&[SETTINGS, ("content/campaigns/june/campaign.toml", text)]);
    let schedule = model.campaigns[0].schedule.as_ref().unwrap();
    assert_eq!(schedule.promotion, day("2026-05-31"));
    assert_eq!(schedule.milestone("design-delivered").unwrap().due, day("2026-05-28"));
    assert_eq!(schedule.phase("startup").unwrap().days, DateRange::new(day("2026-05-26"), day("2026-05-30")).unwrap());
}

#[test]
fn a_circle_of_dates_is_named_once() {
    let text = "title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n\
        [[milestone]]\nid = \"a\"\ntask = \"A\"\nowner = \"lin\"\ndue = \"b+1\"\n\
        [[milestone]]\nid = \"b\"\ntask = \"B\"\nowner = \"lin\"\ndue = \"a+1\"\n";
    let (_, found) = load_files(&[SETTINGS, ("content/campaigns/june/campaign.toml", text)]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].message.en, "the dates of these milestones depend on each other: a → b → a");
}

#[test]
fn every_mistake_of_a_file_is_found_in_one_run_in_order_of_position() {
    let text = "titel = \"x\"\nowner = 5\nstart = \"2026-06-10\"\nend = 2026-06-14\nscale = \"lage\"\n[[kpi]]\nmetric = \"roi\"\n";
    let (_, found) = load_files(&[SETTINGS, ("content/campaigns/june/campaign.toml", text)]);
    let codes: Vec<_> = found.iter().map(|d| d.rule).collect();
    assert_eq!(
        codes,
        ["shape/unknown-key", "shape/wrong-type", "shape/wrong-type", "shape/bad-value", "shape/missing-key"]
    );
    assert_eq!(found[0].hints[0].text.en, "did you mean `title`?");
    assert_eq!(found[2].hints[0].text.en, "remove the quotes: `2026-06-10`");
    assert_eq!(found[3].hints[0].text.en, "did you mean `large`?");
}

#[test]
fn the_sample_is_read_without_a_finding() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut sources, mut found) = Sources::read(root).unwrap();
    let settings = found.keep(Settings::read(&sources));
    let model = found.keep(load(&mut sources, settings, day("2026-09-17"), &[]));
    let list = found.sorted();
    let show = |d: &Diagnostic| format!("{} {:?} {}", d.rule, d.span.map(|s| sources.path(s.file)), d.message.en);
    assert!(list.is_empty(), "{:#?}", list.iter().map(show).collect::<Vec<_>>());
    assert_eq!((model.campaigns.len(), model.held().count()), (13, 12));
    assert!(model.held().all(|c| c.schedule.is_some() && !c.checklist.is_empty()));
}

const RESULTS: &str = "content/campaigns/june/results.toml";
const JUNE: &str = "title = \"x\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n\
    [[kpi]]\nmetric = \"roi\"\ntarget = 4\n[[kpi]]\nmetric = \"complaint-rate\"\ntarget = 0.5\n[[kpi]]\nmetric = \"nps\"\ntarget = 50\n";

#[test]
fn attainment_turns_round_for_lower_is_better_and_unmeasured_is_not_zero() {
    let results = "[[reading]]\nmetric = \"roi\"\ndate = 2026-06-17\nvalue = \"1:5\"\n\
        [[reading]]\nmetric = \"complaint-rate\"\ndate = 2026-06-14\nvalue = 0.25\n";
    let (model, found) = load_files(&[SETTINGS, ("content/campaigns/june/campaign.toml", JUNE), (RESULTS, results)]);
    assert!(found.is_empty(), "{found:#?}");
    let rows = measure::attainments(&model, &model.campaigns[0]);
    let shown: Vec<_> = rows.iter().map(|r| (r.verdict, r.attainment.map(crate::base::Share::number))).collect();
    assert_eq!(
        shown,
        [
            (measure::Verdict::Reached, Some("125".to_owned())),
            (measure::Verdict::Reached, Some("200".to_owned())),
            (measure::Verdict::NotMeasured, None)
        ]
    );
}

#[test]
fn a_gate_is_judged_by_the_latest_reading_up_to_its_day() {
    let results = "[[reading]]\nmetric = \"roi\"\ndate = 2026-06-13\nvalue = 3\n\
        [[reading]]\nmetric = \"roi\"\ndate = 2026-06-17\nvalue = 5\n";
    let (model, _) = load_files(&[SETTINGS, ("content/campaigns/june/campaign.toml", JUNE), (RESULTS, results)]);
    let campaign = &model.campaigns[0];
    let node = campaign.schedule.as_ref().unwrap().milestone("closing").unwrap();
    let gate = node.gate.as_ref().unwrap();
    let result = |as_of| measure::gate_result(campaign, node, gate, &model.policy, day(as_of));
    assert_eq!(result("2026-06-20"), measure::GateResult::Missed(crate::base::Quantity::whole(3)));
    let peak = campaign.schedule.as_ref().unwrap().milestone("peak").unwrap();
    let gate = peak.gate.as_ref().unwrap();
    let result = |as_of| measure::gate_result(campaign, peak, gate, &model.policy, day(as_of));
    assert_eq!(result("2026-06-10"), measure::GateResult::Pending);
    assert_eq!(result("2026-06-20"), measure::GateResult::NotMeasured);
}

//! `playbook diff`: what a change means in campaign terms, on real repositories.

mod formats;

use super::cli::{Book, stderr, stdout};
use super::history::{commit, git};

const PLAN: &str = "content/campaigns/june/campaign.toml";
const SOP: &str = "content/sops/launch.md";

const JUNE: &str = r#"title = { en = "June", zh-Hans = "六月" }
programme = "2026"
owner = "lin-yue"
scale = "medium"
start = 2026-06-10
end = 2026-06-14

[team]
designer = "bo"

[[milestone]]
id = "venue"
task = { en = "Venue signed", zh-Hans = "场地签约" }
due = 2026-05-20
owner = "bo"

[[milestone]]
id = "keys"
task = { en = "Keys fetched", zh-Hans = "取钥匙" }
due = "venue+5"
owner = "bo"

[[handover]]
from = "design"
to = "marketing"
item = { en = "Pictures", zh-Hans = "图片" }
due = "T-22"
node = "venue"

[budget]
total = 1000
[[budget.line]]
name = { en = "Media", zh-Hans = "媒介" }
amount = 700
purpose = "core"
[[budget.line]]
name = { en = "Spare", zh-Hans = "备用" }
amount = 200
purpose = "reserve"
[[budget.line]]
name = { en = "Trial", zh-Hans = "试验" }
amount = 100
purpose = "innovation"

[[kpi]]
metric = "participation-rate"
target = 60
"#;

const LAUNCH: &str = "+++\ntitle = { en = \"Launch\", zh-Hans = \"上线\" }\nphase = \"preparation\"\nowner = \"lin-yue\"\nscale = [\"medium\"]\n+++\n\
    - [ ] Load test {#load-test role=tech due=T-9 must}\n- [ ] Call the shops {#call role=planner due=T-2}\n";

/// A year with one campaign in June and one in August, under git; nothing changed yet.
fn book() -> Book {
    let book = Book::small();
    book.write("playbook.toml", "title = \"Tea\"\ntimezone = \"Asia/Shanghai\"\nlanguages = [\"en\", \"zh-Hans\"]\n");
    book.write(
        "content/people.toml",
        "[lin-yue]\nname = \"Lin Yue\"\ndepartment = \"marketing\"\n[bo]\nname = \"Bo\"\ndepartment = \"design\"\n\
         [mei]\nname = \"Mei\"\ndepartment = \"design\"\n",
    );
    book.write(
        "content/departments.toml",
        "[marketing]\nname = \"Marketing\"\nlead = \"lin-yue\"\n[design]\nname = \"Design\"\nlead = \"bo\"\n",
    );
    book.write("content/programmes/2026.toml", "title = { en = \"Year\", zh-Hans = \"全年\" }\nyear = 2026\n");
    book.write(PLAN, JUNE);
    book.write(
        "content/campaigns/august/campaign.toml",
        "title = \"August\"\nprogramme = \"2026\"\nowner = \"mei\"\nscale = \"medium\"\nstart = 2026-08-12\nend = 2026-08-16\n\
         [budget]\ntotal = 500\n[[budget.line]]\nname = \"All\"\namount = 500\npurpose = \"core\"\n",
    );
    book.write(SOP, LAUNCH);
    git(book.root(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(book.root(), "He Jia", "2026-04-01T10:00:00+0800", "Plan");
    book
}

fn run(book: &Book, args: &[&str]) -> String {
    let output = book.run(&[&["diff", "--as-of", "2026-04-01"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

/// What it says since `main`, findings and files left out: other stories look at those.
fn since_main(book: &Book) -> String {
    let text = run(book, &["main"]);
    let parts = text.split("\n\n").filter(|part| !part.starts_with("Findings") && !part.starts_with("Files"));
    parts.collect::<Vec<_>>().join("\n\n").trim_end().to_owned()
}

/// The lines of a campaign or year, without the heading.
#[track_caller]
fn says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|l| l.trim() == *line), "no line `{line}` in\n{text}");
    }
}

fn edit(book: &Book, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(book.root().join(path)).unwrap();
    assert!(text.contains(from), "{from}");
    book.write(path, &text.replacen(from, to, 1));
}

#[test]
fn what_means_nothing_says_so() {
    let book = book();
    assert_eq!(since_main(&book).lines().next(), Some("nothing changes in campaign terms"));
    edit(&book, PLAN, "title", "# a comment\ntitle");
    let text = run(&book, &["main"]);
    assert!(text.starts_with("nothing changes in campaign terms\n"), "{text}");
    says(&text, &[&format!("changed 1: {PLAN}")]);
}

#[test]
fn a_moved_launch_names_all_that_it_pushes_and_what_it_makes_late() {
    let book = book();
    edit(&book, PLAN, "start = 2026-06-10\nend = 2026-06-14", "start = 2026-06-17\nend = 2026-06-21");
    let text = since_main(&book);
    assert!(text.starts_with("1 campaign changed · go-live +7 days (june) · 1 now late"), "{text}");
    says(
        &text,
        &[
            "go-live 2026-06-10 → 2026-06-17 (+7 days)",
            "last day 2026-06-14 → 2026-06-21 (+7 days)",
            "2 checklist items move along",
            // The picture's day moves with T; the venue, whose date is written, stays and waits for them.
            "⚠️ now late: hand-over Pictures (design → marketing) is due 2026-05-26, 6 days after what waits for it",
        ],
    );
    let pushed = text.lines().find(|line| line.trim().starts_with("pushes ")).unwrap();
    assert!(pushed.contains(": start of promotion 2026-06-03 → 2026-06-10 (+7 days), "), "{pushed}");
    assert!(!text.contains("Venue signed 20") && !text.contains("Keys fetched 20"), "{text}");
}

#[test]
fn a_moved_node_pushes_those_that_count_from_it_and_eats_their_slack() {
    let book = book();
    edit(&book, PLAN, "due = 2026-05-20", "due = 2026-05-22");
    says(
        &since_main(&book),
        &["Venue signed 2026-05-20 → 2026-05-22 (+2 days)", "pushes 1: Keys fetched 2026-05-25 → 2026-05-27 (+2 days)"],
    );
    // The plan's review is moved so far that the launch can no longer be kept.
    edit(&book, PLAN, "[budget]", "[[milestone]]\nid = \"materials-ready\"\ndue = 2026-06-09\n\n[budget]");
    let text = since_main(&book);
    assert!(text.contains("too late for the promised day") && text.contains("least slack before go-live: "), "{text}");
}

#[test]
fn a_node_written_done_or_dropped_is_told() {
    let book = book();
    edit(
        &book,
        PLAN,
        "[[milestone]]\nid = \"keys\"\ntask = { en = \"Keys fetched\", zh-Hans = \"取钥匙\" }\ndue = \"venue+5\"\nowner = \"bo\"\n",
        "",
    );
    book.write("content/campaigns/june/results.toml", "[done]\nvenue = 2026-03-30\n");
    says(&since_main(&book), &["nodes dropped: Keys fetched 2026-05-25", "done: Venue signed 2026-03-30"]);
}

#[test]
fn an_owner_takes_along_what_follows_from_being_one() {
    let book = book();
    edit(&book, PLAN, "owner = \"lin-yue\"", "owner = \"mei\"");
    edit(&book, PLAN, "designer = \"bo\"", "designer = \"mei\"");
    edit(&book, PLAN, "due = 2026-05-20\nowner = \"bo\"", "due = 2026-05-20\nowner = \"mei\"");
    let text = since_main(&book);
    let line =
        |start: &str| text.lines().map(str::trim).find(|l| l.starts_with(start)).unwrap_or_else(|| panic!("{text}"));
    assert!(line("owner: ").starts_with("owner: lin-yue → mei, and with it "), "{text}");
    assert!(line("role designer: ").starts_with("role designer: bo → mei"), "{text}");
    assert_eq!(line("owner of "), "owner of Venue signed: bo → mei");
}

#[test]
fn money_is_told_by_bucket_in_money_and_share_for_campaign_and_year() {
    let book = book();
    edit(&book, PLAN, "total = 1000", "total = 1100");
    edit(&book, PLAN, "amount = 100", "amount = 150");
    edit(
        &book,
        PLAN,
        "name = { en = \"Spare\", zh-Hans = \"备用\" }\namount = 200\npurpose = \"reserve\"\n",
        "name = \"Rent\"\namount = 250\npurpose = \"core\"\n",
    );
    let text = since_main(&book);
    says(
        &text,
        &[
            "budget ¥1,000 → ¥1,100 (+¥100)",
            "by Purpose: Core execution 70 % → 86.36 % (¥700 → ¥950), Emergency reserve 20 % → 0 % (¥200 → ¥0), Innovation experiment 10 % → 13.64 % (¥100 → ¥150)",
            "lines: Rent – → ¥250, Trial ¥100 → ¥150, Spare ¥200 → –",
            "budget ¥1,500 → ¥1,600 (+¥100)",
            "by Purpose: Core execution 80 % → 90.63 % (¥1,200 → ¥1,450), Emergency reserve 13.33 % → 0 % (¥200 → ¥0), Innovation experiment 6.67 % → 9.38 % (¥100 → ¥150)",
        ],
    );
    assert!(text.contains("money of 2026: ¥1,500 → ¥1,600 (+¥100)"), "{text}");
}

#[test]
fn targets_of_campaigns_and_goals_of_the_year_are_told_with_their_units() {
    let book = book();
    edit(&book, PLAN, "target = 60", "target = 65.5");
    edit(&book, PLAN, "[[kpi]]", "[[kpi]]\nmetric = \"roi\"\ntarget = \"1:4\"\n\n[[kpi]]");
    let goal = "title = { en = \"Year\", zh-Hans = \"全年\" }\nyear = 2026\n[[goal]]\nid = \"nps\"\ntitle = \"Recommend\"\nmetric = \"nps\"\ntarget = 50\n";
    book.write("content/programmes/2026.toml", goal);
    let text = since_main(&book);
    says(&text, &["target Participation rate: 60 % → 65.5 %"]);
    assert!(text.contains("target Recommend: – → 50"), "{text}");
    assert!(text.lines().any(|l| l.trim().starts_with("target ") && l.ends_with(": – → 1:4")), "{text}");
}

#[test]
fn campaigns_that_come_go_or_are_called_off_are_told_and_stand_first() {
    let book = book();
    edit(&book, PLAN, "end = 2026-06-14", "end = 2026-06-14\ncancelled = 2026-03-31\ncancelled-because = \"No venue\"");
    git(book.root(), &["mv", "content/campaigns/august", "content/campaigns/late-summer"]);
    book.write(
        "content/campaigns/october/campaign.toml",
        "title = \"October\"\nowner = \"bo\"\nstart = 2026-10-20\nend = 2026-10-22\n",
    );
    let text = since_main(&book);
    assert!(text.starts_with("1 campaign removed · 1 campaign called off · 2 campaigns added"), "{text}");
    says(
        &text,
        &[
            "August august — removed",
            "June june — called off",
            "called off on: 2026-03-31",
            "because: No venue",
            "budget ¥1,000 → ¥0 (-¥1,000)",
            "days: 2026-08-12 – 2026-08-16",
            "budget ¥500 → –",
            "by Purpose: Core execution 100 % (¥500)",
            "August late-summer — new",
            "days: 2026-10-20 – 2026-10-22",
        ],
    );
    // A rename that keeps the old address is a rename and nothing else.
    edit(&book, "content/campaigns/late-summer/campaign.toml", "title", "aliases = [\"august\"]\ntitle");
    let text = since_main(&book);
    says(&text, &["August late-summer — was august"]);
    assert!(!text.contains("removed"), "{text}");
    let found = run(&book, &["main"]);
    let (found, _) = found.split_once("\n\nFiles\n").unwrap();
    assert!(!found.contains("content/campaigns/august/"), "what was found under the old name is not gone: {found}");
}

#[test]
fn items_of_a_procedure_name_the_campaigns_they_reach() {
    let book = book();
    edit(
        &book,
        SOP,
        "- [ ] Load test {#load-test role=tech due=T-9 must}\n",
        "- [ ] Ask *all* {#ask role=planner due=T-8 must}\n",
    );
    edit(&book, SOP, "due=T-2", "due=T-3");
    book.write("content/sops/new.md", "+++\ntitle = \"New\"\nphase = \"preparation\"\nowner = \"bo\"\nscale = [\"large\"]\n+++\n- [ ] Look {#look role=planner due=T}\n");
    let text = since_main(&book);
    says(
        &text,
        &[
            "item added: Ask all (must) — reaches 2 campaigns: june, august",
            "item dropped: Load test (must) — reaches 2 campaigns: june, august",
            "item changed: Call the shops — reaches 2 campaigns: june, august",
            "New new — new",
            "item added: Look — reaches no open campaign",
        ],
    );
    // What is over is not reached any more.
    let later = stdout(&book.run(&["diff", "main", "--as-of", "2026-07-01"]));
    says(&later, &["item added: Ask all (must) — reaches 1 campaign: august"]);
}

#[test]
fn another_scale_changes_a_campaigns_own_checklist() {
    let book = book();
    edit(&book, PLAN, "scale = \"medium\"", "scale = \"small\"");
    let text = since_main(&book);
    says(&text, &["scale: medium → small", "checklist items dropped: Call the shops 2026-06-08, Load test 2026-06-01"]);
    assert!(!text.contains("Procedures"), "{text}");
}

#[test]
fn findings_are_introduced_resolved_or_say_other_figures() {
    let book = book();
    edit(&book, PLAN, "amount = 700", "amount = 690");
    commit(book.root(), "He Jia", "2026-04-02T10:00:00+0800", "Odd money");
    git(book.root(), &["branch", "--force", "before"]);
    edit(&book, PLAN, "amount = 690", "amount = 680");
    edit(&book, PLAN, "scale = ", "colour = \"red\"\nscale = ");
    let text = run(&book, &["before"]);
    let part =
        |title: &str| text.split("\n\n").find(|p| p.starts_with(title)).unwrap_or_else(|| panic!("{title}\n{text}"));
    assert!(part("Findings introduced (1)").contains("❌ error shape/unknown-key"), "{text}");
    assert!(part("Findings introduced").contains(&format!("{PLAN}:4")), "{text}");
    assert!(part("Findings with other figures").contains(" → "), "{text}");
    edit(&book, PLAN, "colour = \"red\"\n", "");
    edit(&book, PLAN, "amount = 680", "amount = 700");
    let text = run(&book, &["before"]);
    assert!(text.contains("Findings resolved") && !text.contains("Findings introduced"), "{text}");
}

#[test]
fn waivers_and_policy_are_told() {
    let book = book();
    let waiver = |expires: &str| {
        format!(
            "[[waiver]]\nrule = \"budget/split\"\nreason = \"One | @all\"\napprover = \"bo\"\nexpires = {expires}\n"
        )
    };
    book.write(PLAN, &format!("{JUNE}{}", waiver("2026-06-30")));
    book.write("content/policies/own.toml", "[milestones.plan-review]\ndue = \"T-28\"\n");
    let text = since_main(&book);
    says(
        &text,
        &[
            "new: budget/split for campaigns/june: One | @all (until 2026-06-30, approved by bo)",
            "milestones.plan-review.due: \"T-25\" → \"T-28\"",
        ],
    );
    assert!(text.contains("policy moves "), "{text}");
    commit(book.root(), "He Jia", "2026-04-02T10:00:00+0800", "Waive");
    book.write(PLAN, &format!("{JUNE}{}", waiver("2026-07-31")));
    says(
        &run(&book, &["HEAD"]),
        &["changed: budget/split for campaigns/june: One | @all (until 2026-06-30 → 2026-07-31, approved by bo)"],
    );
    book.write(PLAN, JUNE);
    says(
        &run(&book, &["HEAD"]),
        &["ended: budget/split for campaigns/june: One | @all (until 2026-06-30, approved by bo)"],
    );
}

#[test]
fn two_revisions_are_read_from_git_and_the_work_tree_stays_as_it_is() {
    let book = book();
    git(book.root(), &["tag", "v1"]);
    edit(&book, PLAN, "target = 60", "target = 65");
    commit(book.root(), "He Jia", "2026-04-02T10:00:00+0800", "More");
    git(book.root(), &["tag", "v2"]);
    book.write(PLAN, "not even TOML [");
    let status = git(book.root(), &["status", "--porcelain"]);
    let text = run(&book, &["v1", "v2"]);
    says(&text, &["target Participation rate: 60 % → 65 %"]);
    assert!(text.contains("v1 (") && text.contains(" → v2 ("), "{text}");
    assert_eq!(git(book.root(), &["status", "--porcelain"]), status);
    assert_eq!(std::fs::read_to_string(book.root().join(PLAN)).unwrap(), "not even TOML [");
    let output = book.run(&["diff", "v1", "v3"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("git knows no revision `v3`: did you mean `v1`?"), "{}", stderr(&output));
}

#[test]
fn both_sides_are_judged_on_the_same_day() {
    let book = book();
    // Sides judged on different days would tell of nodes that came due between them.
    edit(&book, "playbook.toml", "languages", "as-of = 2026-05-30\nlanguages");
    let text = stdout(&book.run(&["diff", "main"]));
    assert!(text.starts_with("nothing changes in campaign terms\nsince main ("), "{text}");
    assert!(text.contains("as of 2026-05-30"), "{text}");
}

//! Recurring obligations, roll-ups, branches, the seasons and big dates of the year.

use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;

fn built(as_of: &str, files: &[(&str, &str)]) -> Compiled {
    let (sources, read) = Sources::from_memory(files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec())));
    compile(Input { sources, read, clock: Clock::fixed(Date::parse(as_of).unwrap()) })
}

/// A page or file on one line.
fn page(compiled: &Compiled, path: &str) -> String {
    let bytes = compiled.rendered.site.get(path).unwrap_or_else(|| panic!("no {path}: {:#?}", compiled.findings()));
    String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n ", "").replace('\n', "")
}

fn holds(html: &str, words: &[&str]) {
    for words in words {
        assert!(html.contains(words), "no `{words}` in {html}");
    }
}

/// The messages of a rule.
fn said(compiled: &Compiled, rule: &str) -> Vec<String> {
    compiled.findings().iter().filter(|d| d.rule == rule).map(|d| d.message.en.clone()).collect()
}

const SETTINGS: (&str, &str) = ("playbook.toml", "title = \"P\"\nlanguages = [\"en\", \"zh-Hans\"]\n");
const PEOPLE: (&str, &str) = ("content/people.toml", "[lin]\nname = \"Lin\"\ndepartment = \"stock\"\n");
const DEPARTMENTS: (&str, &str) = ("content/departments.toml", "[stock]\nname = \"Stock\"\nlead = \"lin\"\n");
/// Everything of the pack off, so that one obligation speaks alone.
const ALONE: &str = "cadence.daily-review.state = \"off\"\ncadence.kpi-watch.state = \"off\"\ncadence.cost-control.state = \"off\"\n\
    cadence.weekly-meeting.state = \"off\"\ncadence.theme-choice.state = \"off\"\ncadence.competitor-log.state = \"off\"\n\
    cadence.budget-review.state = \"off\"\ncadence.budget-audit.state = \"off\"\ncadence.case-study.state = \"off\"\n\
    cadence.expert-workshop.state = \"off\"\ncadence.joint-meeting.state = \"off\"\ncadence.target-review.state = \"off\"\n\
    cadence.brand-evaluation.state = \"off\"\ncadence.budget-evaluation.state = \"off\"\ncadence.emergency-drill.state = \"off\"\n\
    cadence.long-term-goals.state = \"off\"\ncadence.brand-curve.state = \"off\"\ncadence.annual-plan.state = \"off\"\n";

/// A new obligation is a row of policy and nothing else: page, calendar, finding and owner follow.
#[test]
fn a_new_obligation_needs_a_row_of_policy_and_no_code() {
    let policy = format!(
        "{ALONE}[cadence.stock-count]\nname = {{ en = \"Stock count\", zh-Hans = \"盘点\" }}\nevery = \"month\"\ndue = 5\n\
         department = \"stock\"\n"
    );
    let policy = ("content/policies/own.toml", policy.as_str());
    let register = "since = 2026-01-01\n[[held]]\nobligation = \"stock-count\"\nperiod = \"2026-01\"\ndate = 2026-02-04\n\
        evidence = \"https://wiki.example/count\"\n";
    let register = ("content/obligations.toml", register);
    let compiled = built("2026-04-03", &[SETTINGS, PEOPLE, DEPARTMENTS, policy, register]);
    // March is due on 5 April: only February is missing.
    assert_eq!(
        said(&compiled, "cadence/overdue"),
        ["`Stock count` for 2026-02 was due on 2026-03-05 and has no evidence"]
    );
    let html = page(&compiled, "obligations/index.html");
    holds(&html, &["id=\"stock-count\"", "monthly", ">Lin</a>", "due 5 days after the period"]);
    holds(
        &html,
        &["href=\"https://wiki.example/count\"", "February 2026 · Past due", "badge is-open", "badge is-done"],
    );
    holds(&page(&compiled, "zh-Hans/obligations/index.html"), &["盘点", "每月", "2026年2月"]);
    for feed in ["calendar.ics", "people/lin/person.ics", "departments/stock/department.ics"] {
        holds(&page(&compiled, feed), &["Stock count: March 2026", "UID:obligation.stock-count.2026-03@playbook"]);
    }
    holds(&page(&compiled, "calendar/2026-04/index.html"), &["Obligations due", "Stock count", "March 2026"]);
    // Once it is kept, nothing is found.
    let more = format!(
        "{}[[held]]\nobligation = \"stock-count\"\nperiod = \"2026-02\"\ndate = 2026-03-09\nevidence = \"x\"\n",
        register.1
    );
    let compiled = built("2026-04-03", &[SETTINGS, PEOPLE, DEPARTMENTS, policy, (register.0, &more)]);
    assert!(said(&compiled, "cadence/overdue").is_empty());
    holds(&page(&compiled, "obligations/index.html"), &["done 4 days late"]);
}

#[test]
fn nobody_is_reminded_without_a_register_and_once_for_all_periods_with_one() {
    let compiled = built("2026-04-03", &[SETTINGS]);
    assert!(said(&compiled, "cadence/overdue").is_empty());
    holds(&page(&compiled, "obligations/index.html"), &["Nobody keeps evidence yet", "Monthly budget audit"]);
    let compiled = built("2026-04-03", &[SETTINGS, ("content/obligations.toml", "since = 2026-01-01\n")]);
    let said = said(&compiled, "cadence/overdue");
    let weekly = said.iter().filter(|m| m.contains("`KPI watch`")).collect::<Vec<_>>();
    assert_eq!(weekly, ["`KPI watch` has no evidence for 12 periods, the latest 2026-W13, due on 2026-03-31"]);
    assert!(said.iter().all(|m| !m.contains("Data review of the day")), "no campaign is live: {said:?}");
}

#[test]
fn days_of_a_live_window_count_and_one_entry_may_cover_several() {
    let campaign = (
        "content/campaigns/june/campaign.toml",
        "title = \"June\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n",
    );
    let register = |to: &str| {
        format!(
            "[[held]]\nobligation = \"daily-review\"\nperiod = \"2026-06-10\"\nto = \"{to}\"\ndate = 2026-06-15\nevidence = \"x\"\n"
        )
    };
    let judged = |to: &str| {
        let register = register(to);
        let compiled = built("2026-06-20", &[SETTINGS, PEOPLE, campaign, ("content/obligations.toml", &register)]);
        said(&compiled, "cadence/overdue").into_iter().filter(|m| m.contains("Data review")).collect::<Vec<_>>()
    };
    assert_eq!(
        judged("2026-06-12"),
        ["`Data review of the day` has no evidence for 2 periods, the latest 2026-06-14, due on 2026-06-15"]
    );
    assert!(judged("2026-06-14").is_empty());
}

/// The export beside the site: numbers stay numbers, words never become formulas, and only one language's tables are written.
#[test]
fn export_csv_writes_readings_spending_and_every_main_table() {
    use super::cli::{Book, stderr, stdout};
    let book = Book::small();
    book.write(
        "content/campaigns/june/results.toml",
        "[[spend]]\ndate = 2026-06-10\nline = \"film\"\namount = 12.5\nnote = \"=1+1\"\n\
         [[reading]]\nmetric = \"sales-growth\"\ndate = 2026-06-12\nvalue = -3.5\nsource = \"shop\"\n",
    );
    book.write(
        "content/campaigns/june/campaign.toml",
        "title = \"+June\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n\
         [budget]\ntotal = 100\n[[budget.line]]\nid = \"film\"\nname = \"Film, short\"\namount = 100\n",
    );
    let output = book.run(&["export", "csv", "--as-of", "2026-06-13", "--keep-going"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("23 tables (23 written"), "{}", stdout(&output));
    let file = |path: &str| std::fs::read_to_string(book.root().join("export").join(path)).unwrap();
    assert_eq!(file("campaigns/june/spend.csv"), "\u{feff}date,line,amount,note\r\n2026-06-10,film,12.50,'=1+1\r\n");
    assert_eq!(
        file("campaigns/june/readings.csv"),
        "\u{feff}date,metric,value,window,source\r\n2026-06-12,sales-growth,-3.5,,shop\r\n"
    );
    assert!(
        file("tables/campaigns.csv").contains("june,'+June,,Medium,2026-06-10,2026-06-14,Lin Yue,100,12.50,12.5,,")
    );
    assert!(file("tables/budget.csv").contains("june,film,\"Film, short\",100,12.50"));
    for table in ["milestones", "checklist", "kpis", "actions", "lessons", "obligations"] {
        assert!(file(&format!("tables/{table}.csv")).starts_with('\u{feff}'), "{table}");
    }
    let output = book.run(&["export", "csv", "--lang", "fr", "--keep-going"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("the playbook has no language `fr`"), "{}", stderr(&output));
    let output = book.run(&["export", "csv", "--keep-going", "-o", "content/tables"]);
    assert!(stderr(&output).contains("the playbook is read from there"), "{}", stderr(&output));
    assert!(stdout(&book.run(&["export", "csv", "--help"])).contains("byte order mark"));
    assert!(stdout(&book.run(&["completions", "bash"])).contains("export"));

    let output = book.run(&["export", "json", "--as-of", "2026-06-13", "--keep-going", "-o", "json"]);
    assert!(stdout(&output).contains("3 JSON files (3 written"), "{} {}", stdout(&output), stderr(&output));
    let file = |path: &str| std::fs::read_to_string(book.root().join("json").join(path)).unwrap();
    let june: serde_json::Value = serde_json::from_str(&file("campaigns/june/campaign.json")).unwrap();
    assert_eq!(june["spending"][0]["amount"], "12.50", "money is a decimal as text");
    assert_eq!(june["readings"][0]["value"], "-3.5");
    assert!(file("model.json").contains("\"id\":\"june\"") && file("model.schema.json").contains("campaign_file"));
    // Errors are told, and nothing is written.
    book.write("content/campaigns/june/campaign.toml", "title = \"June\"\n");
    let output = book.run(&["export", "json", "-o", "none"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("nothing was exported") && !book.root().join("none").exists());
}

const YEAR: (&str, &str) = ("content/programmes/2026.toml", "title = \"2026\"\nyear = 2026\n");
const RESULTS: &str = "[[reading]]\nmetric = \"roi\"\ndate = 2026-04-12\nvalue = 3\n[[spend]]\ndate = 2026-04-09\nline = \"film\"\namount = 60\n";
const SECOND: &str = "[[reading]]\nmetric = \"roi\"\ndate = 2026-05-12\nvalue = 5\n[[spend]]\ndate = 2026-05-09\nline = \"film\"\namount = 20\n";

fn campaign(month: &str, more: &str) -> String {
    format!(
        "title = \"C{month}\"\nowner = \"lin\"\nstart = 2026-{month}-09\nend = 2026-{month}-12\nslot = \"theme\"\n{more}\
         [budget]\ntotal = 80\n[[budget.line]]\nid = \"film\"\nname = \"Film\"\namount = 80\n"
    )
}

/// Sums of a quarter by hand: 80 of 160 spent; return (3 × 60 + 5 × 20) ÷ 80 = 3.5.
#[test]
fn a_roll_up_adds_money_weighs_returns_and_holds_prose_in_both_languages() {
    let review =
        |lesson: &str| format!("+++\nstatus = \"draft\"\nproblem-tags = [\"queue\"]\nlessons = [\"{lesson}\"]\n+++\n");
    let (one, two) = (campaign("04", ""), campaign("05", "lessons-from = [\"april\"]\n"));
    let (first, second) = (review("Two hosts"), review("One door"));
    let files = [
        SETTINGS,
        PEOPLE,
        YEAR,
        ("content/campaigns/april/campaign.toml", one.as_str()),
        ("content/campaigns/april/results.toml", RESULTS),
        ("content/campaigns/april/postmortem.md", first.as_str()),
        ("content/campaigns/may/campaign.toml", two.as_str()),
        ("content/campaigns/may/results.toml", SECOND),
        ("content/campaigns/may/postmortem.md", second.as_str()),
        ("content/reports/2026-Q2.md", "A *good* quarter.\n"),
        ("content/reports/2026-Q2.zh-Hans.md", "不错的季度。\n"),
    ];
    let compiled = built("2026-07-20", &files);
    let html = page(&compiled, "reports/2026-q2/index.html");
    holds(&html, &["A <em>good</em> quarter.", "¥160", "¥80", "50%", "1:3.5", "75%", "25%", "queue", "2 campaigns"]);
    // The lesson that a later campaign uses comes first.
    assert!(html.find("Two hosts").unwrap() < html.find("One door").unwrap());
    holds(&page(&compiled, "zh-Hans/reports/2026-q2/index.html"), &["不错的季度。", "反复出现的问题", "达成目标"]);
    let year = page(&compiled, "reports/2026/index.html");
    holds(&year, &["The year on one page", "Return by campaign", ">C05<", "1:5"]);
    holds(&page(&compiled, "reports/2026-04/index.html"), &["href=\"../2026-05/index.html\"", "1:3"]);
    holds(
        &page(&compiled, "tables/dimensions.csv"),
        &["april,C04,2026-04,75,,outside its bounds,3,Return on investment"],
    );
    assert!(!compiled.rendered.site.contains_key("reports/2026-08/index.html"), "August has not begun");
    assert!(said(&compiled, "files/unknown").is_empty());
}

/// 38 → 41 in four quarters is +7.9 %, less than the industry's 12 %.
#[test]
fn the_brand_curve_is_an_index_beside_the_industry_with_campaigns_as_marks() {
    let quarter = |q: &str, nps: &str| format!("[[quarter]]\nperiod = \"{q}\"\nvalues = {{ nps = {nps} }}\n");
    let brand: String = [("2025-Q2", "38"), ("2025-Q3", "39"), ("2025-Q4", "40"), ("2026-Q1", "43"), ("2026-Q2", "41")]
        .map(|(q, n)| quarter(q, n))
        .concat();
    let april = campaign("04", "");
    let files = |brand: &str| {
        built(
            "2026-07-25",
            &[SETTINGS, PEOPLE, YEAR, ("content/campaigns/april/campaign.toml", &april), ("content/brand.toml", brand)],
        )
    };
    let compiled = files(&brand);
    assert!(said(&compiled, "brand/gap").is_empty());
    let html = page(&compiled, "reports/2026/index.html");
    holds(
        &html,
        &[
            "industry average, 12% a year",
            "Net promoter score · Q2 2026: 108",
            "+7.9%",
            "<title>C04 9–12 Apr 2026</title>",
        ],
    );
    // The reference rises by three points a quarter; without the second quarter of 2026 the rule speaks.
    holds(&html, &["graph-reference"]);
    let compiled = files(&brand.replace(&quarter("2026-Q2", "41"), ""));
    assert_eq!(said(&compiled, "brand/gap"), ["2026-Q2 has no brand values"]);
}

#[test]
fn branches_are_a_ranking_with_dots_and_a_sheet_to_print() {
    let june = campaign("06", "mode = \"offline\"\n");
    let results = "[[branch]]\nid = \"quay\"\nname = \"Quay\"\nexecution-rate = 60\nsales-change = -4\n\
        [[branch]]\nid = \"hill\"\nname = \"Hill\"\nexecution-rate = 95\n\
        [[inspection]]\ndate = 2026-06-10\nbranch = \"quay\"\ntype = \"mystery\"\nchecklist = \"day\"\nscore = 50\n";
    let sop = "+++\ntitle = \"Store day\"\nphase = \"execution\"\nowner = \"lin\"\nversion = \"1\"\nmode = [\"offline\"]\n+++\n\
        ## Day {#day group=burst}\n\n- [ ] Kettle on {#kettle role=sales due=T at=\"09:30\" must measure=\"hot\"}\n";
    let files = [
        SETTINGS,
        PEOPLE,
        ("content/campaigns/june/campaign.toml", june.as_str()),
        ("content/campaigns/june/results.toml", results),
        ("content/sops/day.md", sop),
    ];
    let compiled = built("2026-06-20", &files);
    let html = page(&compiled, "campaigns/june/stores/index.html");
    holds(&html, &["35 pp", "50%", "Kettle on", "09:30", "hot", "mystery shopper", "−4%", "cx=\"460\"", "cx=\"600\""]);
    assert!(html.find(">Hill<").unwrap() < html.find(">Quay<").unwrap());
    assert_eq!(
        said(&compiled, "branch/consistency"),
        ["50 % of the branches are at the standard of 80 %, less than 95 %"]
    );
    // Without branches there is no such page and no such tab.
    let compiled = built("2026-06-20", &[SETTINGS, PEOPLE, ("content/campaigns/june/campaign.toml", &june)]);
    assert!(!compiled.rendered.site.contains_key("campaigns/june/stores/index.html"));
    assert!(!page(&compiled, "campaigns/june/index.html").contains("Stores"));
}

#[test]
fn the_calendar_shows_seasons_peak_days_and_dates_that_nobody_uses() {
    let year = "title = \"2026\"\nyear = 2026\npeak-window = { from = 15, to = 20 }\n[[anchor]]\nid = \"eleven\"\nname = \"Double 11\"\nfrom = 2026-11-11\n";
    let june = campaign("06", "season = \"winter\"\n");
    let files = |policy: &str| {
        let campaign = ("content/campaigns/june/campaign.toml", june.as_str());
        built(
            "2026-05-01",
            &[
                SETTINGS,
                PEOPLE,
                ("content/programmes/2026.toml", year),
                campaign,
                ("content/policies/own.toml", policy),
            ],
        )
    };
    let compiled = files("");
    holds(&page(&compiled, "calendar/2026/index.html"), &[">Summer</text>", ">Winter</text>"]);
    let month = page(&compiled, "calendar/2026-06/index.html");
    assert_eq!(month.matches("is-peak").count(), 6);
    holds(&month, &["Most people take part from 15–20 Jun."]);
    holds(&page(&compiled, "programmes/2026/index.html"), &["no campaign near", "from the 15 to the 20"]);
    assert_eq!(said(&compiled, "campaign/season"), ["the theme is of `winter`, the campaign in `summer`"]);
    assert_eq!(said(&compiled, "programme/anchor"), ["no campaign is live within 10 days of `eleven`"]);
    assert_eq!(said(&compiled, "campaign/peak").len(), 1);
    // South of the line June is winter.
    let compiled = files("[choices.hemisphere]\nvalue = \"south\"\n");
    assert!(said(&compiled, "campaign/season").is_empty());
}

/// What is exported can be read in again from the campaign's folder: the same readings and the same money.
#[test]
fn exported_readings_and_spending_are_read_back_to_the_same_figures() {
    let june = campaign("06", "");
    let results = "[[spend]]\ndate = 2026-06-10\nline = \"film\"\namount = 12.5\nnote = \"cups, two\"\n\
        [[reading]]\nmetric = \"roi\"\ndate = 2026-06-12\nvalue = \"1:3.25\"\nwindow = \"during\"\nsource = \"shop\"\n\
        [[reading]]\nmetric = \"sales-growth\"\ndate = 2026-06-12\nvalue = -3.5\nwindow = \"during\"\nsource = \"shop\"\n";
    let plan = ("content/campaigns/june/campaign.toml", june.as_str());
    let written = built("2026-06-20", &[SETTINGS, PEOPLE, plan, ("content/campaigns/june/results.toml", results)]);
    let table = |name: &str| {
        let bytes = &written.rendered.site[&format!("campaigns/june/{name}.csv")];
        String::from_utf8(bytes.to_vec()).unwrap()
    };
    let (readings, spends) = (table("readings"), table("spend"));
    let folder = "content/campaigns/june/";
    let (a, b) = (format!("{folder}readings.csv"), format!("{folder}spend.csv"));
    let again = built("2026-06-20", &[SETTINGS, PEOPLE, plan, (&a, &readings), (&b, &spends)]);
    let codes = |c: &Compiled| c.findings().iter().map(|d| (d.rule, d.message.en.clone())).collect::<Vec<_>>();
    assert_eq!(codes(&written), codes(&again));
    for path in ["reports/2026-06/index.html", "tables/campaigns.csv", "tables/dimensions.csv"] {
        assert_eq!(page(&written, path), page(&again, path), "{path}");
    }
}

/// Evidence under a mistyped name or period is one mistake, not two.
#[test]
fn mistyped_evidence_is_said_where_it_stands_and_not_missed_as_well() {
    let judged = |obligation: &str, period: &str| {
        let register = format!(
            "since = 2026-01-01\n[[held]]\nobligation = \"{obligation}\"\nperiod = \"{period}\"\ndate = 2026-07-20\nevidence = \"x\"\n"
        );
        let compiled = built("2026-08-10", &[SETTINGS, ("content/obligations.toml", &register)]);
        let missed = said(&compiled, "cadence/overdue").iter().any(|m| m.contains("Evaluation of the long-term goals"));
        (said(&compiled, "cadence/unknown").len() + said(&compiled, "cadence/period").len(), missed)
    };
    assert_eq!(judged("long-term-goals", "2026-H1"), (0, false));
    assert_eq!(judged("long-term-goal", "2026-H1"), (1, false));
    assert_eq!(judged("long-term-goals", "2026-Q2"), (1, false));
    assert_eq!(judged("kpi-watch", "2026-W29"), (0, true));
}

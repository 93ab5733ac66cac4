//! Reports for forges and CI. Each counts columns in its own unit: the words stand behind Chinese and an emoji.

use super::*;
use serde_json::Value;

const TEXT: &str = "title = \"双十一 🎉\"; owner = \"lin\"\n";

/// A finding with a second place, advice and an edit.
fn full(files: &Files) -> Diagnostic {
    let owner = files.span("lin");
    split(owner)
        .label(files.span("title"), said!("here", "这里"))
        .fix(said!("write `lin-yue`", "写成 `lin-yue`"), owner, "lin-yue")
        .about(Subject::campaign("x").item("media"))
}

fn of_a_subfolder(lang: &str) -> Options<'_> {
    static RULES: [&Rule; 3] = [&SPLIT, &DUE, &ZONE];
    Options { folder: "shop/", site: Some("https://play.example/"), rules: &RULES, ..options(lang) }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn github_gets_one_command_a_finding_the_worst_first() {
    let files = Files::one(TEXT);
    let warning = Diagnostic::new(&DUE, files.span("title"), said!("a: 50 %, b", "甲：50 %，乙"));
    let over_two = Diagnostic::new(&DUE, Span::new(FileId(0), 3, TEXT.len() + 9), said!("c", "丙"));
    let report = github(&[warning, over_two, full(&files), split(None)], &files, &of_a_subfolder("en"));
    assert_eq!(
        report,
        "::error file=shop/content/campaigns/x/campaign.toml,line=1,endLine=1,col=27,endColumn=30,title=budget/split::\
         core is 60 %25, 10 points under 70 %25%0Ahint: write `lin-yue`\n\
         ::error title=budget/split::core is 60 %25, 10 points under 70 %25\n\
         ::warning file=shop/content/campaigns/x/campaign.toml,line=1,endLine=1,col=1,endColumn=6,title=milestone/due::\
         a: 50 %25, b\n\
         ::warning file=shop/content/campaigns/x/campaign.toml,line=1,endLine=1,col=4,endColumn=31,title=milestone/due::c\n"
    );
}

#[test]
fn no_word_of_an_author_begins_a_command_or_ends_a_property() {
    let files = Files(vec![("content/a,b:100%/c.md", "x\n\n".to_owned())]);
    let odd = Diagnostic::new(&DUE, Span::new(FileId(0), 0, 3), said!("x\n::error::y", "丁"));
    let report = github(&[odd], &files, &options("en"));
    assert_eq!(
        report,
        "::warning file=content/a%2Cb%3A100%25/c.md,line=1,endLine=2,title=milestone/due::x␊::error::y\n"
    );
}

#[test]
fn github_says_that_it_shows_only_the_first_ten() {
    let files = Files::one(TEXT);
    let ten = vec![split(files.span("lin")); 10];
    assert_eq!(github(&ten, &files, &options("en")).lines().count(), 10);
    let report = github(&vec![split(None); 11], &files, &options("zh"));
    assert!(report.ends_with("完整列表见此日志和步骤摘要\n"), "{report}");
    assert_eq!(report.lines().filter(|line| line.starts_with("::")).count(), 11, "the log has all");
}

#[test]
fn the_summary_of_a_step_is_a_table_in_which_words_mark_up_nothing() {
    let files = Files::one(TEXT);
    let odd = Diagnostic::new(&DUE, None, said!("`a|b` is <b>no</b> day of @all", "戊"));
    let report = summary(&[odd, full(&files)], &files, &of_a_subfolder("en"));
    assert_eq!(
        report,
        "### playbook check: 1 error, 1 warning in 1 file (as of 2026-03-01)\n\n\
         | | Where | What | What to do |\n|---|---|---|---|\n\
         | ❌ error | `shop/content/campaigns/x/campaign.toml:1` | core is 60 %, 10 points under 70 %<br>\
         [budget/split](https://play.example/rules/budget/split/) | write `lin-yue` |\n\
         | ⚠️ warning |  | `a\\|b` is &lt;b&gt;no&lt;/b&gt; day of @<!-- -->all<br>\
         [milestone/due](https://play.example/rules/milestone/due/) |  |\n\n"
    );
    assert_eq!(summary(&[], &files, &options("zh")), "### playbook check：没有问题（截至 2026-03-01）\n\n");
}

#[test]
fn a_summary_that_would_be_refused_is_cut_and_counts_the_rest() {
    let files = Files::one(TEXT);
    let words = "x".repeat(390);
    let long = full(&files).hint(said!("{words}", "{words}")).hint(said!("{words}", "{words}"));
    let many = vec![long; 2_000];
    let report = summary(&many, &files, &options("en"));
    assert!(report.len() < 1 << 20, "{}", report.len());
    let rows = report.lines().filter(|line| line.starts_with("| ❌")).count();
    assert!(report.contains(&format!("\n{} more are not shown here.\n", 2_000 - rows)) && rows > 500);
}

#[test]
fn gitlab_gets_the_path_from_the_repository_and_a_severity_it_knows() {
    let files = Files::one(TEXT);
    let issues = parsed(&gitlab(&[full(&files), split(None)], &files, &of_a_subfolder("zh")));
    assert_eq!(issues[0]["description"], "核心占 60 %，比 70 % 低 10 个百分点；提示：写成 `lin-yue`");
    assert_eq!(issues[0]["check_name"], "budget/split");
    assert_eq!(issues[0]["severity"], "critical");
    assert_eq!(issues[0]["location"]["path"], "shop/content/campaigns/x/campaign.toml");
    assert_eq!(issues[0]["location"]["lines"]["begin"], 1);
    assert_eq!(issues[1]["location"]["path"], "shop/playbook.toml");
    assert_eq!(gitlab(&[], &files, &options("en")), "[]\n");
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_is_nobody_elses() {
    let prints = |files: &Files, findings: &[Diagnostic]| -> Vec<String> {
        let issues = parsed(&gitlab(findings, files, &options("en")));
        issues.as_array().unwrap().iter().map(|i| i["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let (here, below) = (Files::one(TEXT), Files::one(&format!("# a comment\n\n{TEXT}")));
    let late = |days: u8| Diagnostic::new(&DUE, None, said!("{days} days late", "迟 {days} 天"));
    let before = prints(&here, &[full(&here), full(&here), late(2)]);
    let after = prints(&below, &[full(&below), full(&below), late(3)]);
    assert_eq!(before, after);
    let unique: BTreeSet<&String> = before.iter().collect();
    assert_eq!(unique.len(), 3);
    let elsewhere = Files(vec![("content/campaigns/y/campaign.toml", TEXT.to_owned())]);
    assert_ne!(before[0], prints(&elsewhere, &[full(&elsewhere)])[0]);
}

#[test]
fn sarif_counts_in_utf16_and_carries_rules_and_fixes() {
    let files = Files::one(TEXT);
    let log = parsed(&sarif(&[full(&files)], &files, &of_a_subfolder("en")));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let result = &run["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "shop/content/campaigns/x/campaign.toml");
    assert_eq!((&place["region"]["startColumn"], &place["region"]["endColumn"]), (&Value::from(28), &Value::from(31)));
    let fix = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(
        (&fix["deletedRegion"]["startColumn"], &fix["insertedContent"]["text"]),
        (&28.into(), &"lin-yue".into())
    );
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "here");
    let rule = &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(
        (&rule["id"], &rule["helpUri"]),
        (&"budget/split".into(), &"https://play.example/rules/budget/split/".into())
    );
    assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_string());
}

#[test]
fn sarif_leaves_out_the_mildest_when_there_are_more_than_github_takes() {
    let files = Files::one(TEXT);
    let mut many = vec![Diagnostic::new(&ZONE, None, said!("x", "己")); 25_000];
    many.push(split(None));
    let log = parsed(&sarif(&many, &files, &options("en")));
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 25_000);
    assert_eq!(run["results"][0]["level"], "error");
    let note = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(note, "1 milder findings are left out: a run may have 25000");
}

#[test]
fn a_path_with_any_sign_is_a_uri() {
    let files = Files(vec![("content/sops/新 办法#1.md", "x\n".to_owned())]);
    let log = parsed(&sarif(&[split(files.span("x"))], &files, &options("en")));
    let uri = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "content/sops/%E6%96%B0%20%E5%8A%9E%E6%B3%95%231.md");
}

#[test]
fn rdjson_counts_bytes_and_offers_edits_of_the_same_file() {
    let files = Files::one(TEXT).and("content/people.toml", "[lin-yue]\n");
    let elsewhere = files.span("lin-yue");
    let finding = full(&files).fix(said!("add them", "添加"), elsewhere, "lin");
    let report = parsed(&rdjson(&[finding], &files, &of_a_subfolder("en")));
    let finding = &report["diagnostics"][0];
    assert_eq!(finding["severity"], "ERROR");
    assert_eq!(finding["location"]["path"], "shop/content/campaigns/x/campaign.toml");
    assert_eq!(finding["location"]["range"]["start"], serde_json::json!({ "line": 1, "column": 36 }));
    assert_eq!(finding["location"]["range"]["end"], serde_json::json!({ "line": 1, "column": 39 }));
    let suggestions = finding["suggestions"].as_array().unwrap();
    assert_eq!(suggestions.len(), 1, "an edit of another file cannot be offered here");
    assert_eq!((&suggestions[0]["text"], &suggestions[0]["range"]["end"]["column"]), (&"lin-yue".into(), &39.into()));
    assert_eq!(finding["code"]["url"], "https://play.example/rules/budget/split/");
}

#[test]
fn junit_has_a_test_for_each_rule_and_fails_as_the_check_does() {
    let files = Files::one(TEXT);
    let warning = Diagnostic::new(&DUE, None, said!("a < b & \u{1b}", "庚"));
    let report = junit(&[full(&files), warning], &files, &of_a_subfolder("en"));
    assert_eq!(
        report,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="playbook" tests="3" failures="1" errors="0" time="0">
  <testsuite name="budget" tests="1" failures="1" errors="0" skipped="0" time="0">
    <testcase classname="playbook.budget" name="budget/split" file="shop/content/campaigns/x/campaign.toml" line="1" time="0">
      <failure message="core is 60 %, 10 points under 70 %" type="error">shop/content/campaigns/x/campaign.toml:1:27: error: core is 60 %, 10 points under 70 %
    hint: write `lin-yue`
</failure>
    </testcase>
  </testsuite>
  <testsuite name="milestone" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="playbook.milestone" name="milestone/due" time="0">
      <system-out>warning: a &lt; b &amp; ␛
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="reading" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="playbook.reading" name="reading/timezone" time="0"/>
  </testsuite>
</testsuites>
"#
    );
    let strict = junit(&[split(None)], &files, &Options { strict: true, ..of_a_subfolder("en") });
    assert!(strict.contains("failures=\"1\""));
    let warned = Diagnostic::new(&DUE, None, said!("w", "辛"));
    assert!(junit(&[warned], &files, &Options { strict: true, ..options("en") }).contains("type=\"warning\""));
}

//! A comment, JSON, and a whole change in Chinese.

use super::*;

#[test]
fn a_comment_begins_with_its_marker_and_calls_nobody() {
    let book = book();
    edit(&book, PLAN, "en = \"June\"", "en = \"*June* @all <b>\"");
    edit(&book, PLAN, "start = 2026-06-10", "start = 2026-06-09");
    let text = run(&book, &["main", "--format", "markdown"]);
    assert!(
        text.starts_with("<!-- playbook diff -->\n### What this change means\n\n**1 campaign changed · "),
        "{text}"
    );
    assert!(text.contains("\n- **\\*June\\* @<!-- -->all &lt;b&gt;** `june`\n"), "{text}");
    assert!(text.contains("\n  - **go-live** 2026-06-10 → 2026-06-09 (-1 day)\n    - pushes "), "{text}");
}

#[test]
fn a_comment_that_would_be_too_long_is_cut_and_counts_what_is_missing() {
    let book = book();
    for n in 0..80 {
        book.write(
            &format!("content/campaigns/c{n:02}/campaign.toml"),
            &format!(
                "title = \"双十一 {n} {}\"\nowner = \"bo\"\nstart = 2026-10-20\nend = 2026-10-22\n",
                "很长".repeat(450)
            ),
        );
    }
    std::fs::remove_dir_all(book.root().join("content/campaigns/august")).unwrap();
    let text = run(&book, &["main", "--format", "markdown"]);
    let length = text.encode_utf16().count();
    assert!((60_000..=65_536).contains(&length), "{length}");
    let (shown, last) = text.trim_end().rsplit_once('\n').unwrap();
    assert!(shown.contains("**August** `august` — removed"), "the most important comes first");
    let more: usize = last.split(' ').next().unwrap().parse().unwrap();
    let all = run(&book, &["main"]).lines().filter(|line| line.starts_with("  ")).count();
    let there = shown.lines().filter(|line| line.trim_start().starts_with("- ")).count();
    assert_eq!(
        (there + more, last.split_once(' ').unwrap().1),
        (all, "more lines do not fit into a comment: `playbook diff` shows all.")
    );
}

/// Programs read the JSON by what `docs/content/pages/reviewing.md` says of it.
#[test]
fn json_has_the_keys_that_the_documentation_names() {
    fn keys(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => {
                found.extend(map.keys().cloned());
                map.values().for_each(|value| keys(value, found));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }
    let book = book();
    edit(&book, PLAN, "start = 2026-06-10\nend = 2026-06-14", "start = 2026-06-17\nend = 2026-06-21");
    edit(&book, PLAN, "amount = 100", "amount = 150");
    edit(&book, PLAN, "target = 60", "target = 61");
    edit(&book, PLAN, "owner = \"lin-yue\"", "owner = \"mei\"");
    edit(&book, SOP, "Call the shops", "Ring the shops");
    book.write(
        "content/policies/own.toml",
        "[[waiver]]\nrule = \"budget/split\"\ntarget = \"campaigns/june\"\nreason = \"Once\"\napprover = \"bo\"\nexpires = 2026-06-30\n\
         [milestones.plan-review]\nbuffer = 4\n",
    );
    let json: serde_json::Value = serde_json::from_str(&run(&book, &["main", "--format", "json"])).unwrap();
    assert_eq!(
        (&json["format"], &json["as_of"], &json["head"]),
        (&1.into(), &"2026-04-01".into(), &serde_json::Value::Null)
    );
    let start = &json["campaigns"][0]["moves"][0];
    assert_eq!((&start["id"], &start["before"], &start["days"]), (&"T".into(), &"2026-06-10".into(), &7.into()));
    let bucket = &json["campaigns"][0]["money"]["axes"][0]["buckets"][2];
    assert_eq!((&bucket["amount"]["after"], &bucket["share"]["after"]), (&"150".into(), &"14.29".into()));
    let docs = include_str!("../../../docs/content/pages/reviewing.md");
    let mut found = std::collections::BTreeSet::new();
    keys(&json, &mut found);
    let missing: Vec<&String> = found.iter().filter(|key| !docs.contains(&format!("\"{key}\""))).collect();
    assert!(missing.is_empty() && found.len() > 40, "{missing:?} of {found:?}");
}

/// One change of everything, read by a person in both languages.
#[test]
fn a_whole_change_reads_well_in_chinese() {
    let book = book();
    edit(&book, PLAN, "start = 2026-06-10\nend = 2026-06-14", "start = 2026-06-17\nend = 2026-06-21");
    edit(&book, PLAN, "due = \"T-22\"", "due = \"T-30\"");
    edit(&book, PLAN, "amount = 100", "amount = 150");
    edit(&book, PLAN, "target = 60", "target = 61");
    edit(&book, PLAN, "owner = \"lin-yue\"", "owner = \"mei\"");
    edit(&book, SOP, "- [ ] Call the shops {#call role=planner due=T-2}\n", "");
    let text = run(&book, &["main", "--format", "markdown", "--lang", "zh"]);
    let (_, text) = text.split_once("#### 活动\n\n").unwrap();
    let text: Vec<&str> = text.split("\n#### ").filter(|p| !p.contains("问题（") && !p.starts_with("文件")).collect();
    assert_eq!(text.join("\n#### ").trim_end(), include_str!("zh.md").trim_end());
}

//! What people see in a terminal.

use super::*;

#[test]
fn a_finding_underlines_its_words_and_says_what_to_do() {
    let files = Files::one("[[budget.line]]\nname = \"Media\"\namount = 300000\n");
    let amount = files.span("300000");
    let finding = split(amount).fix(said!("move 50,000 here", "把 50,000 移到这里"), amount, "350000");
    reads(
        std::slice::from_ref(&finding),
        &files,
        "en",
        r"
error[budget/split]: core is 60 %, 10 points under 70 %
 --> content/campaigns/x/campaign.toml:3:10
  |
3 | amount = 300000
  |          ^^^^^^
  = hint: move 50,000 here (replace with `350000`)

1 error in 1 file
",
    );
    reads(
        &[finding],
        &files,
        "zh-Hans",
        r"
错误[budget/split]: 核心占 60 %，比 70 % 低 10 个百分点
 --> content/campaigns/x/campaign.toml:3:10
  |
3 | amount = 300000
  |          ^^^^^^
  = 提示: 把 50,000 移到这里（替换为 `350000`）

1 个文件中有 1 个错误
",
    );
}

#[test]
fn chinese_and_emoji_before_the_words_do_not_move_the_carets() {
    let files = Files::one("title = \"双十一 🎉\"; owner = \"lin\"\n\tname = 春 # due\n");
    let findings = [split(files.span("lin")), split(files.span("due"))];
    reads(
        &findings,
        &files,
        "en",
        r#"
error[budget/split]: core is 60 %, 10 points under 70 %
 --> content/campaigns/x/campaign.toml:1:27
  |
1 | title = "双十一 🎉"; owner = "lin"
  |                               ^^^

error[budget/split]: core is 60 %, 10 points under 70 %
 --> content/campaigns/x/campaign.toml:2:13
  |
2 |     name = 春 # due
  |                 ^^^

2 errors in 1 file
"#,
    );
}

#[test]
fn other_places_are_shown_with_the_words_that_explain_them() {
    let plan = "start = 2026-03-12\nend = 2026-03-17\n\n[[milestone]]\ndue = \"T-18\"\n";
    let files = Files::one(&format!("{plan}{}done = 2026-01-01\n", "#\n".repeat(200)))
        .and("content/calendars/cn-2026.toml", "[[holiday]]\nname = \"春节\"\nfrom = 2026-02-15\n");
    let finding = Diagnostic::new(&DUE, files.span("T-18"), said!("due on a holiday", "到期日是假日"))
        .label(files.span("2026-03-12"), said!("T is this day", "T 是这一天"))
        .label(files.span("2026-01-01"), said!("but it was done before", "但此前已完成"))
        .label(files.span("春节"), said!("this holiday", "这个假日"))
        .fix(said!("move the first day", "移动第一天"), files.span("2026-03-12"), "2026-03-16")
        .hint(said!("name the working day", "写出工作日"));
    reads(
        &[finding],
        &files,
        "en",
        r#"
warning[milestone/due]: due on a holiday
   --> content/campaigns/x/campaign.toml:5:8
    |
  1 | start = 2026-03-12
    |         ---------- T is this day
  ...
  5 | due = "T-18"
    |        ^^^^
    |
   ::: content/campaigns/x/campaign.toml:206:8
    |
206 | done = 2026-01-01
    |        ---------- but it was done before
    |
   ::: content/calendars/cn-2026.toml:2:9
    |
  2 | name = "春节"
    |         ---- this holiday
    = hint: move the first day (line 1: replace with `2026-03-16`)
    = hint: name the working day

1 warning in 1 file
"#,
    );
}

#[test]
fn long_edits_are_shown_line_by_line() {
    let files = Files::one("title = \"x\"\n[budget]\ntotal = 480000\n");
    let end = files.span("total = 480000\n");
    let at = Span::new(end.file, end.end as usize, end.end as usize);
    let lines = "\n[[budget.line]]\nname = \"创新\"\namount = 48000\npurpose = \"innovation\"\n";
    let many: String = (1..=20).map(|n| format!("line {n}\n")).collect();
    let finding = split(files.span("[budget]"))
        .fix(said!("add the missing bucket", "补上缺少的一类"), at, lines)
        .fix(said!("start afresh", "重新开始"), files.span("title = \"x\""), many)
        .fix(said!("drop the table", "去掉这个表"), files.span("[budget]\n"), "")
        .fix(said!("did you mean `[budgets]`", "是否想写 `[budgets]`"), files.span("[budget]"), "[budgets]");
    reads(
        &[finding],
        &files,
        "en",
        r#"
error[budget/split]: core is 60 %, 10 points under 70 %
 --> content/campaigns/x/campaign.toml:2:1
  |
2 | [budget]
  | ^^^^^^^^
  = hint: add the missing bucket (line 3: insert the lines below)
  +
  + [[budget.line]]
  + name = "创新"
  + amount = 48000
  + purpose = "innovation"
  = hint: start afresh (line 1: replace with the lines below)
  + line 1
  + line 2
  + line 3
  + line 4
  + line 5
  + line 6
  + line 7
  + line 8
  + line 9
  + line 10
  + line 11
  + line 12
  + ...
  = hint: drop the table (remove it)
  = hint: did you mean `[budgets]`

1 error in 1 file
"#,
    );
}

#[test]
fn spans_over_several_lines_are_bracketed_and_tall_ones_shown_by_their_first_line() {
    let files =
        Files::one(&format!("[team]\nplanner = \"lin\"\nsales = \"chen\"\n\n[kpi]\n{}end = 1\n", "#\n".repeat(80)));
    let table = files.span("planner = \"lin\"\nsales = \"chen\"\n");
    let rest = Span::new(FileId(0), files.span("[kpi]").start as usize, files.0[0].1.len());
    reads(
        &[split(table), split(rest)],
        &files,
        "en",
        r#"
error[budget/split]: core is 60 %, 10 points under 70 %
 --> content/campaigns/x/campaign.toml:2:1
  |
2 | / planner = "lin"
3 | | sales = "chen"
  | |______________^

error[budget/split]: core is 60 %, 10 points under 70 %
 --> content/campaigns/x/campaign.toml:5:1
  |
5 | [kpi]
  | ^^^^^

2 errors in 1 file
"#,
    );
}

#[test]
fn ends_of_files_and_empty_spans_have_a_caret() {
    let mut files = Files::one("title = \"x\"\r\nowner = \r\n").and("empty.md", "").and("no-feed.md", "双十一");
    files.0[0].0 = "windows.toml";
    let at = |file: u32, byte: usize| split(Span::new(FileId(file), byte, byte));
    let beyond = split(Span::new(FileId(2), 900, 5_000));
    let findings = [at(0, 21), at(0, 23), split(files.span("x\"\r\n")), at(1, 0), at(2, 9), beyond];
    reads(
        &findings,
        &files,
        "en",
        r#"
error[budget/split]: core is 60 %, 10 points under 70 %
 --> windows.toml:2:9
  |
2 | owner = 
  |         ^

error[budget/split]: core is 60 %, 10 points under 70 %
 --> windows.toml:2:9
  |
2 | owner = 
  |         ^

error[budget/split]: core is 60 %, 10 points under 70 %
 --> windows.toml:1:10
  |
1 | title = "x"
  |          ^^

error[budget/split]: core is 60 %, 10 points under 70 %
 --> empty.md:1:1
  |
1 |
  | ^

error[budget/split]: core is 60 %, 10 points under 70 %
 --> no-feed.md:1:4
  |
1 | 双十一
  |       ^

error[budget/split]: core is 60 %, 10 points under 70 %
 --> no-feed.md:1:4
  |
1 | 双十一
  |       ^

6 errors in 3 files
"#,
    );
}

#[test]
fn a_line_of_a_megabyte_is_cropped_around_the_words() {
    let prose = "双十一的预算".repeat(30_000);
    let files = Files::one(&format!("# 标题\n{prose}[link](nowhere){prose}\n"));
    let all = Span::new(FileId(0), files.span("双").start as usize, files.0[0].1.len());
    let findings: Vec<_> = [files.span("nowhere"), all].into_iter().cycle().take(2_000).map(split).collect();
    reads(
        &findings[..2],
        &files,
        "zh",
        r#"
错误[budget/split]: 核心占 60 %，比 70 % 低 10 个百分点
 --> content/campaigns/x/campaign.toml:2:180008
  |
2 | ...算双十一的预算[link](nowhere)双十一的预算双十一的预算双十一的预算...
  |                         ^^^^^^^

错误[budget/split]: 核心占 60 %，比 70 % 低 10 个百分点
 --> content/campaigns/x/campaign.toml:2:1
  |
2 | 双十一的预算双十一的预算双十一的预算双十一的预算双十一的预算双十一...
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

1 个文件中有 2 个错误
"#,
    );
    for format in FORMATS {
        assert!((format.write)(&findings, &files, &options("en")).len() < 2_000_000, "{}", format.name);
    }
}

#[test]
fn a_finding_without_a_place_is_a_header_and_its_hints() {
    let finding = Diagnostic::new(&ZONE, None, said!("no time zone is set", "没有设置时区"))
        .hint(said!("set `timezone`", "设置 `timezone`"));
    reads(
        &[finding],
        &Files(vec![]),
        "en",
        r"
info[reading/timezone]: no time zone is set
  = hint: set `timezone`

1 info
",
    );
}

#[test]
fn what_an_author_wrote_cannot_move_the_cursor() {
    let files = Files::one("title = \"\u{1b}[2J\u{202e}x\"\n");
    let words = "\u{1b}[2J\nx";
    let finding = Diagnostic::new(&SPLIT, files.span("x"), said!("`{words}` is odd", "`{words}` 奇怪")).fix(
        said!("not `{words}`", "不是 `{words}`"),
        files.span("title"),
        "\u{7}\r\n\u{1b}",
    );
    for lang in ["en", "zh"] {
        for format in FORMATS {
            let report = (format.write)(std::slice::from_ref(&finding), &files, &options(lang));
            assert!(!report.contains(['\u{1b}', '\u{7}', '\r', '\u{202e}']) || format.name == "json", "{report}");
        }
    }
    reads(
        &[finding],
        &files,
        "en",
        r#"
error[budget/split]: `␛[2J␊x` is odd
 --> content/campaigns/x/campaign.toml:1:15
  |
1 | title = "␛[2J�x"
  |               ^
  = hint: not `␛[2J␊x` (replace with the lines below)
  + ␇
  + ␛

1 error in 1 file
"#,
    );
}

#[test]
fn colours_change_nothing_but_colour() {
    let files = Files::one("[[budget.line]]\nname = \"Media\"\namount = 300000\n");
    let amount = files.span("300000");
    let finding =
        split(amount).label(files.span("Media"), said!("here", "这里")).fix(said!("move it", "移动"), amount, "a\nb\n");
    let plain = human(std::slice::from_ref(&finding), &files, &options("en"));
    let colored = human(&[finding], &files, &Options { color: true, ..options("en") });
    let mut bare = String::new();
    for (n, part) in colored.split('\u{1b}').enumerate() {
        bare += if n == 0 { part } else { part.split_once('m').unwrap().1 };
    }
    assert!(colored.contains('\u{1b}'));
    assert_eq!(bare, plain);
}

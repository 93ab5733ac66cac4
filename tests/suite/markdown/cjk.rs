//! Emphasis and line ends in Chinese text.

use super::{findings, html, read, written};

/// What comrak makes of a text, the oracle for emphasis beside Chinese, Japanese and Korean.
fn oracle(text: &str, is_friendly: bool) -> String {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.cjk_friendly_emphasis = is_friendly;
    comrak::markdown_to_html(text, &options)
}

/// One paragraph's HTML, signs that mean the same in one form.
fn one_form(html: &str) -> String {
    html.replace("&quot;", "\"").replace(" />", ">").trim().to_owned()
}

const SAMPLES: &[&str] = &[
    "**重点：**内容",
    "前文**“加粗”**后文",
    "**注意。**下一句",
    "~~删除，~~继续",
    "**90%**的预算",
    "**Q3（九月）**上线",
    "**`code`**后",
    "请看**[链接](a.md)**内容",
    "*重点：*内容",
    "***重点：***内容",
    "****重点：****内容",
    "这是**“引号”**，以及*（括号）*的*『书名』*。",
    "**（一）**活动**（二）**复盘",
    "预算**480,000元。**按期",
    "**A：**B**，**C",
    "a**：b**c",
    "中文**“a”**中文**“b”**中文",
    "**重点**：**内容**",
    "**重点** ：** 内容**",
    "“**重点**”",
    "“**重点。**”后",
    "**重点！**！",
    "*a**重点：**内容*",
    "**加粗*斜体，*加粗。**之后",
    "~~**删除，**~~继续",
    "_重点：_内容",
    "__重点：__内容",
    "前_“重点”_后",
    "これは**「重要」**です",
    "**テスト。**次",
    "**중요：**내용",
    "**한국어(韩语)**는",
    "价格**￥99**起，**$99**起，**99+**起",
    "🎉**“庆祝”**🎉",
    "**🎉庆祝！**中文",
    "字\u{e0100}**“异体”**字\u{e0100}",
    "中\\**文**：",
    "中`**：`文**重点：**内容",
    "中**`**：`**文",
    "> **重点：**内容\n> ~~删除，~~继续",
    "- **重点：**内容\n- 前**“加粗”**后",
    "|前**“粗”**后|**重点：**内容|\n|-|-|\n|a**。**b|**重点。**|",
    "<https://例.cn/a**：b>中**重点：**内容",
    "[文**：**字](b**：c.md \"标题**：**\")",
    "**重点：**内容\n**又一行：**内容",
    "**未闭合：内容",
    "内容：**未打开",
    "** 空格： **内容",
    "**&nbsp;**内容**&amp;**内容",
];

#[test]
fn emphasis_is_what_the_oracle_sees() {
    let tables = |html: String| {
        let html = html
            .replace(" scope=\"col\"", "")
            .replace("</div>\n", "")
            .replace("<tr>", "<tr>\n")
            .replace("</th>", "</th>\n")
            .replace("</td>", "</td>\n");
        match html.split_once("<div").zip(html.split_once("<table>")) {
            Some(((before, _), (_, after))) => format!("{before}<table>{after}"),
            None => html,
        }
    };
    // The oracle keeps line ends between Chinese characters; see below for ours.
    let joined = |html: &str| html.replace("内容\n<", "内容<");
    let html = |text: &str| html(text).replace(" rel=\"noopener noreferrer\"", "");
    for text in SAMPLES {
        assert_eq!(one_form(&tables(html(text))), one_form(&joined(&oracle(text, true))), "{text}");
    }
    let changed = SAMPLES.iter().filter(|text| oracle(text, true) != oracle(text, false)).count();
    assert!(changed >= 25, "only {changed} samples need the rewrite");
}
/// Everything that five pieces can make: marks, wide and narrow signs, a space.
#[test]
fn every_short_text_with_asterisks_is_what_the_oracle_sees() {
    const PIECES: [&str; 9] = ["*", "**", "中", "：", "“", "a", ".", " ", "🎉"];
    let mut texts = vec![String::new()];
    let mut last = 0..1;
    for _ in 0..5 {
        let from = texts.len();
        for n in last {
            for piece in PIECES {
                let longer = format!("{}{piece}", texts[n]);
                texts.push(longer);
            }
        }
        last = from..texts.len();
    }
    let is_words = |text: &&String| !text.starts_with([' ', '*']) || text.starts_with("**") && !text.contains(' ');
    let wrong: Vec<&String> =
        texts.iter().filter(is_words).filter(|text| one_form(&html(text)) != one_form(&oracle(text, true))).collect();
    assert!(wrong.is_empty(), "{} of {}: {:?}", wrong.len(), texts.len(), &wrong[..wrong.len().min(20)]);
}

#[test]
fn marks_in_addresses_and_code_are_left_as_they_are() {
    let text = "`中**：**`文 [a](x**：中.md \"标**：\") <https://例.cn/**：中> ![图**：](文**：.png)\n\n```\n**重点：**内容\n```\n";
    let document = read(text).0;
    let dests: Vec<&str> = document.links.iter().map(|l| l.dest.as_str()).collect();
    assert_eq!(dests, ["x**：中.md", "https://例.cn/**：中", "文**：.png"]);
    for link in &document.links {
        assert_eq!(&text[link.span.range()], link.dest);
    }
    let html = html(text);
    assert!(!html.contains('\u{2060}') && !html.contains("%E2%81%A0"), "{html}");
    assert!(html.contains("<code>中**：**</code>文"), "{html}");
    assert!(html.contains("<pre><code>**重点：**内容\n</code></pre>"), "{html}");
    assert!(html.contains("title=\"标**：\""), "{html}");
}

#[test]
fn a_word_joiner_of_the_authors_own_survives() {
    let text = "**重点：**内\u{2060}容";
    assert_eq!(html(text), "<p><strong>重点：</strong>内\u{2060}容</p>\n");
}

#[test]
fn a_line_end_between_chinese_characters_is_no_space() {
    for (text, inner) in [
        ("中文\n中文", "中文中文"),
        ("中文，\n中文", "中文，中文"),
        ("中文”\n中文", "中文”中文"),
        ("中文\n“中文", "中文“中文"),
        ("中文\r\n中文", "中文中文"),
        ("中文\nabc", "中文\nabc"),
        ("abc\n中文", "abc\n中文"),
        ("abc\nabc", "abc\nabc"),
        ("“a”\n“b”", "“a”\n“b”"),
        ("１２\n３４", "１２３４"),
        ("カナ\nかな", "カナかな"),
        ("한국\n한국", "한국\n한국"),
        ("中文\n**中文**", "中文<strong>中文</strong>"),
        ("**中文**\n中文", "<strong>中文</strong>中文"),
        ("*中文\n中文*", "<em>中文中文</em>"),
        ("**中文**\n*[中文](a)*", "<strong>中文</strong><em><a href=\"a\">中文</a></em>"),
        ("[中文](a)\nabc", "<a href=\"a\">中文</a>\nabc"),
        ("中文\n`中文`", "中文<code>中文</code>"),
        ("中文\n`code`", "中文\n<code>code</code>"),
        ("中文<!-- x -->\n中文", "中文中文"),
        ("中文  \n中文", "中文<br>\n中文"),
        ("中文\\\n中文", "中文<br>\n中文"),
        ("中文<br>中文", "中文<br>\n中文"),
    ] {
        assert_eq!(html(text), format!("<p>{inner}</p>\n"), "{text:?}");
    }
    assert_eq!(written("中文\n中文\n\nabc\nabc").text, "中文中文\nabc abc");
    assert_eq!(written("## 中文\n\n中文[^1]\n中文\n\n[^1]: 脚注").excerpt, "中文中文");
    assert_eq!(read("中文\n中文\n===").0.headings[0].text, "中文中文");
}

#[test]
fn marks_that_are_printed_are_reported() {
    assert_eq!(findings("** 重点 **内容"), ["markdown/stray-mark: **", "markdown/stray-mark: **"]);
    assert_eq!(
        findings("a ** b ** c ~~ d"),
        ["markdown/stray-mark: **", "markdown/stray-mark: **", "markdown/stray-mark: ~~"]
    );
    assert_eq!(findings("**重点 **内容"), ["markdown/stray-mark: **", "markdown/stray-mark: **"]);
    assert_eq!(findings("**重点：**内容，\\*\\*，`**`，a * b\n\n    **\n"), [""; 0]);
}

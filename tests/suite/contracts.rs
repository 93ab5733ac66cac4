//! What holds for all rules at once: registers and folders agree, figures exist, every rule speaks both languages.

use campaign_playbook::base::{Date, Rule};
use campaign_playbook::checks::CHECKS;
use campaign_playbook::compile::{Clock, Input, RULES, compile, rule};
use campaign_playbook::sources::Sources;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    let list = std::fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
    let mut list: Vec<PathBuf> = list.map(|e| e.expect("a folder can be listed").path()).collect();
    list.sort();
    list
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("an entry has a name").to_string_lossy().into_owned()
}

/// Every Rust file of the crate with its text.
fn code() -> Vec<(PathBuf, String)> {
    let (mut folders, mut files) = (vec![root().join("src")], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push((path.clone(), std::fs::read_to_string(&path).expect("a source file is UTF-8")));
            }
        }
    }
    files
}

/// `family/name` for each file in the folders of families.
fn on_disk() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for family in entries(&root().join("src/checks")).into_iter().filter(|p| p.is_dir()) {
        for file in entries(&family).iter().map(|p| stem(p)).filter(|name| name != "mod") {
            codes.insert(format!("{}/{}", stem(&family), file.replace('_', "-")));
        }
    }
    codes
}

#[test]
fn a_rule_is_in_the_register_if_and_only_if_its_file_is_in_the_folder() {
    let listed = CHECKS.iter().flat_map(|family| family.iter()).map(|check| check.rule.code);
    let links = RULES.iter().map(|rule| rule.code).filter(|code| code.starts_with("links/"));
    let registered: BTreeSet<String> = listed.chain(links).map(str::to_owned).collect();
    assert_eq!(registered, on_disk());
}

#[test]
fn each_family_is_in_order_and_names_no_rule_twice() {
    for family in CHECKS {
        let codes: Vec<&str> = family.iter().map(|check| check.rule.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    }
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    assert!(codes.iter().all(|code| rule(code).is_some_and(|r| r.code == *code)));
    assert!(rule("milestone/nothing").is_none());
}

#[test]
fn every_declared_rule_is_registered() {
    let declared = code().into_iter().filter(|(path, _)| !path.ends_with("base/rule.rs")).flat_map(|(_, text)| {
        let codes = text.match_indices("pub(crate) static ").chain(text.match_indices("pub(super) static "));
        let code = |(at, _): (usize, &str)| {
            text[at..].lines().next()?.split_once(" = \"")?.1.split_once("\", ").map(|c| c.0.to_owned())
        };
        codes.filter_map(code).collect::<Vec<_>>()
    });
    let declared: BTreeSet<String> = declared.filter(|code| code.contains('/') && !code.contains(' ')).collect();
    let registered: BTreeSet<String> = RULES.iter().map(|rule| rule.code.to_owned()).collect();
    assert_eq!(declared, registered);
}

#[test]
fn every_rule_says_what_why_and_both_in_chinese() {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut wrong = Vec::new();
    for rule in RULES.iter() {
        let Rule { code, docs, zh, .. } = rule;
        if !rule.summary().ends_with('.') {
            wrong.push(format!("{code}: the first line is no sentence"));
        }
        if !docs.contains("## Why") {
            wrong.push(format!("{code}: no `## Why`"));
        }
        let paragraphs = zh.split("\n\n").filter(|p| is_chinese(p)).count();
        if paragraphs < 2 {
            wrong.push(format!("{code}: the Chinese text needs a summary and a reason"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Items of the method that a rule serves are written `MIL-7`, contradictions it settles `X-6`.
#[test]
fn every_check_names_the_items_it_serves() {
    let is_item = |item: &str| {
        let (family, number) = item.split_once('-').unwrap_or_default();
        !family.is_empty() && family.bytes().all(|b| b.is_ascii_uppercase()) && number.parse::<u8>().is_ok()
    };
    for check in CHECKS.iter().flat_map(|family| family.iter()) {
        let items = check.rule.items;
        assert!(!items.is_empty() && items.iter().all(|item| is_item(item)), "{}: {items:?}", check.rule.code);
    }
}

#[test]
fn every_figure_that_code_asks_for_is_in_the_policy() {
    let (sources, read) = Sources::from_memory([("playbook.toml".to_owned(), b"title = \"P\"\n".to_vec())]);
    let clock = Clock::fixed(Date::parse("2026-05-01").expect("a date"));
    let policy = compile(Input { sources, read, clock }).model.policy;
    let mut asked = BTreeSet::new();
    for (_, text) in code() {
        for (call, is_share) in [(".figure(\"", false), (".share(\"", true)] {
            for (at, _) in text.match_indices(call) {
                let id = text[at + call.len()..].split('"').next().expect("split gives one part");
                asked.insert((id.to_owned(), is_share));
            }
        }
    }
    assert!(!asked.is_empty());
    for (id, is_share) in asked {
        let figure = policy.rows.figures.find(&id).unwrap_or_else(|| panic!("no figure `{id}`"));
        assert!(
            if is_share { figure.percent.is_some() } else { figure.value.is_some() },
            "figure `{id}` is of the other kind"
        );
    }
}

/// Every check has a fixture whose notes show its carets.
#[test]
fn every_check_has_a_fixture() {
    let fixtures: BTreeSet<String> = entries(&root().join("tests/fixtures/checks"))
        .into_iter()
        .flat_map(|family| entries(&family).into_iter().map(move |path| format!("{}/{}", stem(&family), stem(&path))))
        .collect();
    let codes = CHECKS.iter().flat_map(|family| family.iter()).map(|check| check.rule.code);
    let missing: Vec<&str> = codes.filter(|code| !fixtures.contains(*code)).collect();
    assert!(missing.is_empty(), "no fixture for {missing:?}");
}

/// Characters that only simplified Chinese writes, of those that the sample and the interface use.
const SIMPLIFIED: &str = "\
    专业东丢两严个为举义乌习书买亚产亲亿仅从仓们众会传伪侣侧偿储兑关兴养内册写农冲决况减凑凭击则刚创别劝\
    办务动励势区协单卖却历压县参双发变叠叶号吗启员响团围国图圆场块坚垄墙声壶处备够头夹奖妈学实审对导将尝\
    层屉属岁岗师带帮广庆库应废开弃张弹强归当录径忆态总悬惯戏户执扩扫扬护报担拨择挣损换摆撑攒数断无旧时显\
    暂术杀杂权条来标栏样档桩检楼槛横橱欢毕汇汉沟没浅浆测浏润涨温溃滚满滨灯点烦烧热焕状独环现电画盏监盖盘\
    着码砖础礼积称稳窑竞笔筛筹签简类紧红约级纵纸线练组细终经结绘给络绝统继绩绪续维绿缓编缩职联胆脚舆艺节\
    获营蓝虑虚虽补装见观规视览觉计订认讨让训议记讲许论设访证评识诉词译试诚话该详语误说请诺读课谁调谈谢谱\
    负责败账货质购贴贵费资赞赠跃踪车转轮软轴轻载辑输边达过运还这进远连迟选逊递邮邻释鉴钟钥钮钱银铺链销锁\
    错锡锤键镜长门闪闭问闲间闸闹闻阅阈队阶际陈险难静页项顺须顾顿预频题额风饮饱饼馈验骗骤鲜黄齐龙\
";

#[test]
fn traditional_chinese_is_complete_and_traditional() {
    let mut wrong = Vec::new();
    let packs = entries(&root().join("src/policy"));
    let words = entries(&root().join("themes/default/strings/zh-Hant"));
    let main = root().join("themes/default/strings/zh-Hant.toml");
    for path in packs.iter().chain(&words).chain([&main]).filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let text = std::fs::read_to_string(path).expect("a table is UTF-8");
        let is_pack = packs.contains(path);
        for line in text.lines() {
            let simplified = line.matches("zh-Hans = \"").count();
            let traditional = line.matches("zh-Hant = \"").count();
            if is_pack && simplified != traditional {
                wrong.push(format!("{}: {line}", stem(path)));
            }
            let own = if is_pack { line.split("zh-Hant = ").nth(1).unwrap_or_default() } else { line };
            let own = own.split("zh-Hans").next().unwrap_or_default();
            if let Some(c) = own.chars().find(|c| SIMPLIFIED.contains(*c)) {
                wrong.push(format!("{}: `{c}` in {own}", stem(path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

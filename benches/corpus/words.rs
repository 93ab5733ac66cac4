//! The words of a playbook of a size: settings, feasts, titles, briefs.

use super::campaign::Plan;
use super::{Two, both, pick};
use std::fmt::Write as _;

/// Days off that come every year. Feasts of the moon are kept on fixed days here.
pub struct Feast {
    pub from: (u8, u8),
    pub to: (u8, u8),
    pub words: Two<'static>,
}
pub const FEASTS: [Feast; 4] = [
    Feast { from: (1, 1), to: (1, 1), words: ("New Year", "元旦") },
    Feast { from: (2, 10), to: (2, 14), words: ("Spring Festival", "春节") },
    Feast { from: (5, 1), to: (5, 3), words: ("Labour Day", "劳动节") },
    Feast { from: (10, 1), to: (10, 5), words: ("National Day", "国庆节") },
];

pub fn settings() -> String {
    format!(
        "title = {}\ntagline = {}\nlanguages = [\"en\", \"zh-Hans\"]\ntimezone = \"Asia/Shanghai\"\ncurrency = \"CNY\"\n\
         calendar = \"cn\"\nbase-url = \"https://playbook.teahouse.example\"\nas-of = {}\n",
        both("The Teahouse campaign playbook", "茶舍活动手册"),
        both("Every campaign of every year, in the open", "每一年、每一场活动，人人看得见"),
        super::AS_OF
    )
}

/// Place, thing and way: their words make titles, and two of them an id.
pub const PLACES: [(&str, &str, &str); 24] = [
    ("hangzhou", "Hangzhou", "杭州"),
    ("shanghai", "Shanghai", "上海"),
    ("suzhou", "Suzhou", "苏州"),
    ("nanjing", "Nanjing", "南京"),
    ("ningbo", "Ningbo", "宁波"),
    ("chengdu", "Chengdu", "成都"),
    ("chongqing", "Chongqing", "重庆"),
    ("changsha", "Changsha", "长沙"),
    ("wuhan", "Wuhan", "武汉"),
    ("beijing", "Beijing", "北京"),
    ("tianjin", "Tianjin", "天津"),
    ("shenzhen", "Shenzhen", "深圳"),
    ("guangzhou", "Guangzhou", "广州"),
    ("xiamen", "Xiamen", "厦门"),
    ("qingdao", "Qingdao", "青岛"),
    ("xian", "Xi'an", "西安"),
    ("kunming", "Kunming", "昆明"),
    ("dali", "Dali", "大理"),
    ("jiaxing", "Jiaxing", "嘉兴"),
    ("shaoxing", "Shaoxing", "绍兴"),
    ("wuxi", "Wuxi", "无锡"),
    ("hefei", "Hefei", "合肥"),
    ("fuzhou", "Fuzhou", "福州"),
    ("online", "everywhere", "全网"),
];
pub const THINGS: [(&str, &str, &str); 26] = [
    ("cold-brew", "Cold brew", "冷泡茶"),
    ("first-flush", "First flush", "明前茶"),
    ("moon-cakes", "Moon cakes", "月饼"),
    ("tea-letters", "Letters in tea", "茶里的信"),
    ("small-table", "A small table", "一张小桌"),
    ("year-goods", "Year goods", "年货"),
    ("oolong", "Autumn oolong", "秋乌龙"),
    ("jasmine", "Jasmine nights", "茉莉夜"),
    ("gongfu", "Gongfu cups", "功夫杯"),
    ("picnic", "Picnic kettle", "野餐壶"),
    ("white-peony", "White peony", "白牡丹"),
    ("black-tea", "Winter black tea", "冬日红茶"),
    ("matcha", "Matcha mornings", "抹茶早晨"),
    ("gift-box", "The gift box", "礼盒"),
    ("members", "Members' thanks", "会员答谢"),
    ("home-scent", "Scents of home", "家的气味"),
    ("tea-towels", "Tea towels", "茶巾"),
    ("night-market", "Night market", "夜市"),
    ("puer", "Old pu'er", "老普洱"),
    ("iced-lemon", "Iced lemon tea", "冰柠檬茶"),
    ("reading", "Tea and a book", "一茶一书"),
    ("school", "Back to school", "开学季"),
    ("harvest", "Harvest", "采收"),
    ("double-eleven", "Double 11", "双11"),
    ("six-eighteen", "618", "618"),
    ("lanterns", "Lanterns", "花灯"),
];
const WAYS: [Two<'_>; 8] = [
    ("week", "周"),
    ("for two", "双人份"),
    ("days", "开放日"),
    ("after work", "下班之后"),
    ("at home", "在家"),
    ("with a neighbour", "邻里局"),
    ("by hand", "手作场"),
    ("tasting tour", "品鉴之旅"),
];
/// Now and then a title is long, as titles are.
const TAILS: [Two<'_>; 3] = [
    (
        ", or how forty stores and the online shop tell one story in the same week without a single coupon",
        "——四十家门店和线上商城，同一周讲同一个故事，一张券也不发",
    ),
    (
        ": three evenings, two cities, one kettle that travels between them and is never allowed to cool",
        "：三个晚上、两座城，一把壶在其间往返，不许凉下来",
    ),
    (
        " (second try, with everything the first one taught us about queues, boxes and couriers)",
        "（再来一次：排队、礼盒、快递，上次学到的都用上）",
    ),
];

pub fn title(n: usize, place: usize, thing: usize) -> (String, String) {
    let (way, (_, place_en, place_zh), (_, thing_en, thing_zh)) =
        (WAYS[pick(n, "way", WAYS.len())], PLACES[place], THINGS[thing]);
    let tail = if pick(n, "tail", 20) == 0 { TAILS[n % TAILS.len()] } else { ("", "") };
    (format!("{thing_en} {}, {place_en}{}", way.0, tail.0), format!("{place_zh}{thing_zh}{}{}", way.1, tail.1))
}

const SUMMARIES: [Two<'_>; 6] = [
    (
        "One idea, one table, one price; whoever comes is poured a cup before anything is said.",
        "一个想法，一张桌，一个价；来的人先喝一杯，再说别的。",
    ),
    (
        "Members bring a friend who has never been; both drink for the price of one, and nobody has to scan anything.",
        "会员带一位没来过的朋友，两人一份价，什么都不用扫。",
    ),
    ("Five days in the mini-program, one recipe an hour.", "小程序五天，一小时一个方子。"),
    ("Stores and shop on the same price list, and on the same day.", "门店和商城同一份价格表，同一天开始。"),
    (
        "A box that can be opened twice: once for the tea, once for what is written under it.",
        "一个能打开两次的盒子：第一次是茶，第二次是茶下面写的字。",
    ),
    ("Fewer goods, each with the name of whoever chose it.", "货少一点，每样都写着是谁挑的。"),
];
pub fn summary(n: usize) -> Two<'static> {
    SUMMARIES[pick(n, "summary", SUMMARIES.len())]
}

const SENTENCES: [Two<'_>; 14] = [
    (
        "We ask what people do at home at that hour, and begin there.",
        "我们先问：那个钟点，人们在家里做什么？就从那里开始。",
    ),
    (
        "The offer fits on one line, so that a shop assistant can say it aloud while pouring.",
        "优惠一句话说完，店员一边倒茶一边就能讲清楚。",
    ),
    (
        "Last year the boxes came after the feast; this year artwork is released seven weeks before.",
        "去年礼盒过了节才到，今年稿件提前七周下发。",
    ),
    (
        "Guests who came once and did not come back are written to by hand, three hundred of them.",
        "来过一次没再来的顾客，手写三百封信。",
    ),
    (
        "Nothing is extended on the last day; whoever bought on time would feel cheated, and would be right.",
        "最后一天绝不延长；按时买的人会觉得被骗，而且他们没错。",
    ),
    (
        "If fewer than half of the reservations come in, we give a second reason to come and not a deeper discount.",
        "预约不到一半，就再给一个来的理由，而不是再降一次价。",
    ),
    (
        "The page carries three times the expected peak, or the pre-heat does not begin.",
        "页面扛得住预计峰值的三倍，否则不开始预热。",
    ),
    (
        "Every store gets the drawing, the date and a telephone number, on one sheet of paper.",
        "每家门店一张纸：图纸、日期、一个电话。",
    ),
    ("Two writers who really drink it try it first and say what they think.", "请两位真喝的作者先试，说真话。"),
    (
        "What the evening shift hears is written down before midnight and read at nine.",
        "晚班听到的话，当晚写下，次日九点念给大家。",
    ),
    (
        "A tenth of the money tries something that may fail, and its report is due on the same day as all others.",
        "一成的钱用来试可能失败的事，报告和别的同一天交。",
    ),
    ("Prices are switched twice and checked in three stores each time.", "价格切换两次，每次抽三家店核对。"),
    ("We count first cups and not visitors.", "我们数第一杯，不数人头。"),
    ("Whoever complains is answered the same day, by a person with a name.", "投诉当天回复，由有名有姓的人来回。"),
];
/// A paragraph of so many sentences.
pub fn paragraph(n: usize, why: &str, sentences: usize) -> (String, String) {
    let first = pick(n, why, SENTENCES.len());
    let chosen = || (0..sentences).map(move |k| SENTENCES[(first + k * 3) % SENTENCES.len()]);
    let english: Vec<&str> = chosen().map(|s| s.0).collect();
    (english.join(" "), chosen().map(|s| s.1).collect())
}

const SECTIONS: [(&str, Two<'_>); 5] = [
    ("idea", ("Idea", "想法")),
    ("for-whom", ("For whom", "为谁做")),
    ("what", ("What happens", "做什么")),
    ("measure", ("How we will know", "怎么算做成")),
    ("dates", ("Dates we must not lose", "不能丢的日子")),
];
/// Brief and translation: from one page to three.
pub fn brief(plan: &Plan) -> (String, String) {
    let (mut en, mut zh) = (String::new(), String::new());
    let (a, b) = paragraph(plan.n, "opening", 2 + plan.n % 3);
    let _ = writeln!(en, "{a}");
    let _ = writeln!(zh, "{b}");
    for (id, (heading, title)) in SECTIONS {
        let _ = write!(en, "\n## {heading} {{#{id}}}\n");
        let _ = write!(zh, "\n## {title} {{#{id}}}\n");
        for k in 0..1 + pick(plan.n, id, 3) {
            let (a, b) = paragraph(plan.n, &format!("{id}{k}"), 2 + pick(plan.n + k, id, 4));
            let _ = write!(en, "\n{a}\n");
            let _ = write!(zh, "\n{b}\n");
        }
    }
    (en, zh)
}
